//! The schedule for an enforcement application, planned: what each row alleges, under the exact words of
//! the paragraph, with room for the reply and the finding.

use super::plan::{Anchor, Field, Heading, Rich};
use crate::model::RecordId;

/// The schedule of alleged failures to comply with an order (Form C79).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// Court and case number; parties stand in the sentence beneath the title.
    pub heading: Heading,
    /// `Schedule of alleged failures to comply`.
    pub title: String,
    /// By whom, directed by whom or by nobody, for which hearing, and what a row is.
    pub prepared: Rich,
    /// The order, its judge, the notices, the letter before applying, the sections of the Act.
    pub fields: Vec<Field>,
    /// What was due and what became of it.
    pub counts: ScheduleCounts,
    /// The heads of the last two columns: whose reply, and the court's finding.
    pub blank: [String; 2],
    /// Rows under the words of one paragraph each.
    pub groups: Vec<ScheduleGroup>,
    /// Under the table: who “I” is, how it is known, the loss in all, which pages are meant.
    pub note: String,
}

/// The block of figures: the denominator stands in its head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleCounts {
    /// `Sessions, 6 Mar to 20 Nov 2026`.
    pub title: String,
    /// How many were due.
    pub due: u32,
    /// What became of them; the numbers sum to `due`.
    pub rows: Vec<(String, u32)>,
    /// What is not counted here, and why. Empty: nothing.
    pub note: String,
}

/// The rows under one paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleGroup {
    /// The paragraph's number, its exact words, and the duty.
    pub under: Rich,
    /// In order of time.
    pub rows: Vec<ScheduleRow>,
}

/// One alleged failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleRow {
    /// The row's own place: `schedule/INC-6`.
    pub anchor: Anchor,
    /// The event it tells of: its name stays when rows are numbered anew.
    pub id: RecordId,
    /// Its number in this schedule, from 1.
    pub number: u32,
    /// `Fri 15 May 2026`.
    pub date: String,
    /// What was due, and how that was reckoned.
    pub due: String,
    /// What the keeper did.
    pub did: String,
    /// What happened.
    pub happened: String,
    /// The reason given, in its exact words where a message holds them.
    pub reason: String,
    /// What else is known, each under its name: excuse, refusal, agreed change, offer, loss.
    pub known: Vec<(String, Rich)>,
    /// Where the papers and messages behind it are.
    pub pages: Vec<SchedulePage>,
}

/// Where something behind a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchedulePage {
    /// In this file.
    Here(Anchor),
    /// In a paper made earlier, by the number printed there: `AR1-4`; or `kept`.
    Elsewhere(String),
}
