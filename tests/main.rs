//! All integration tests, in one binary.

mod architecture;
mod cli;
mod damaged;
mod papers;
mod schema;
mod sessions;
mod sources;
#[cfg(debug_assertions)]
mod worker;
