//! Papers: what is planned, laid out and read back.

mod pictures;
mod plan_evidence;
mod plan_exhibit;
mod plan_family;
mod plan_guard;
mod whole;
