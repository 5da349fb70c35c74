//! Daybook: a private record of contact between a child and a parent, and the papers made from it.

pub mod actions;
pub mod bundle;
pub mod cli;
pub mod contact;
pub mod intake;
pub mod integrity;
pub mod layout;
pub mod model;
pub mod pdf;
pub mod protect;
pub mod rules;
pub mod store;
pub mod timeline;
