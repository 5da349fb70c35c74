//! Papers: what is planned, laid out and read back.

mod foreign;
mod pictures;
mod plan_chats;
mod plan_enforcement;
mod plan_evidence;
mod plan_exhibit;
mod plan_family;
mod plan_foreign;
mod plan_guard;
mod plan_hearing;
mod plan_own_words;
mod whole;
