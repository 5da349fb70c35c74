//! All integration tests, in one binary.

mod cli;
mod damaged;
mod papers;
mod schema;
mod sources;
