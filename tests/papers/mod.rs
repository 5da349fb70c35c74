//! Papers: what is planned, laid out and read back.

mod plan_evidence;
mod plan_exhibit;
mod plan_family;
mod plan_guard;
mod plan_hearing;
mod whole;
