//! Tests of the book as its users see it.

mod doors;
mod evidence;
mod finding;
mod fixture;
mod round_trip;
