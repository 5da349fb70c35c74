//! Tests of the book as its users see it.

mod fixture;
mod round_trip;
