//! `daybook contact`

use clap::Args as ClapArgs;
use serde_json::json;
use std::fmt::Write as _;

use crate::actions::{self, Contact};
use crate::contact::{Buckets, Counting, Time};
use crate::model::Outcome;
use crate::model::when::duration_in_words;

use super::desk::Desk;
use super::error::Fault;
use super::output::{columns, counted, display_line, wrapped};
use super::reply::Reply;

/// Contact that was due, and what became of it: by month, with your own cancellations
///
/// Example: daybook contact --from "1 January 2026" --until "31 March 2026"
#[derive(ClapArgs, Debug)]
pub struct Args {
    /// From this day on
    #[arg(long, value_name = "D")]
    from: Option<String>,
    /// Until this day, included
    #[arg(long, value_name = "D")]
    until: Option<String>,
}

impl Args {
    pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let (book, now) = desk.open()?;
        let contact = actions::contact(&book, now, self.from.as_deref(), self.until.as_deref(), Counting::default())?;
        Ok(Reply::new(human(&contact, desk.terminal.width()), json!(contact.figures)))
    }
}

fn human(contact: &Contact, width: usize) -> String {
    let figures = &contact.figures;
    if figures.due == 0 {
        return "No contact events are written down for this time.\n".to_owned();
    }
    let mut text = format!("{} written down\n", counted(u64::from(figures.due), "contact event"));
    let rows: Vec<Vec<String>> = buckets(&figures.buckets)
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, plain)| vec![format!("  {count:>5}"), plain.to_owned()])
        .collect();
    text.push_str(&columns(&rows, width));
    let times = format!("Time due and held: {}", time(&figures.minutes));
    text.push('\n');
    text.push_str(&wrapped(&times, width, "", "  "));
    text.push('\n');
    let _ = writeln!(text, "Nights due and held: {} and {}", figures.overnights.due, figures.overnights.held);
    text.push_str("\nBy month:\n");
    let rows: Vec<Vec<String>> = figures
        .months
        .iter()
        .map(|month| {
            let became: Vec<String> = buckets(&month.buckets)
                .into_iter()
                .filter(|(count, _)| *count > 0)
                .map(|(count, plain)| format!("{count} {plain}"))
                .collect();
            let name = month.month.clone().unwrap_or_else(|| "no time".to_owned());
            vec![format!("  {name}"), format!("{:>3} due", month.due), became.join(", ")]
        })
        .collect();
    text.push_str(&columns(&rows, width));
    text.push_str("\nOne by one:\n");
    let rows: Vec<Vec<String>> = figures
        .sessions
        .iter()
        .map(|session| {
            let due = session.due_start.map_or_else(|| "time not known".to_owned(), |due| due.table());
            let title = contact.titles.iter().find(|(id, _)| Some(*id) == session.incident);
            let title = title.map_or("not written down", |(_, title)| title);
            let name = session.incident.map_or_else(|| session.key.clone(), |id| id.to_string());
            vec![format!("  {name}"), due, display_line(title)]
        })
        .collect();
    text.push_str(&columns(&rows, width));
    text
}

fn time(time: &Time) -> String {
    let mut text = format!("{} and {}", hours(time.due), hours(time.held));
    if time.not_reckoned > 0 {
        let _ = write!(text, " ({} without the times to reckon it are left out)", time.not_reckoned);
    }
    text
}

/// Hours and minutes, however many: contact is counted in hours, not in days.
fn hours(minutes: i64) -> String {
    if minutes < 1440 {
        return duration_in_words(minutes);
    }
    match (minutes / 60, minutes % 60) {
        (hours, 0) => format!("{hours} hours"),
        (hours, minutes) => format!("{hours} hours {minutes} minutes"),
    }
}

fn buckets(buckets: &Buckets) -> [(u32, &'static str); 10] {
    [
        (buckets.of(Outcome::Kept), "held in full"),
        (buckets.of(Outcome::Late), "started late"),
        (buckets.of(Outcome::EndedEarly), "ended early"),
        (buckets.of(Outcome::MissedByOther), "not held: nobody came, or it was declined at the time"),
        (buckets.of(Outcome::CancelledByOther), "cancelled by the other parent"),
        (buckets.of(Outcome::CancelledByMe), "cancelled by me"),
        (buckets.of(Outcome::CancelledByThird), "not held by neither parent's act"),
        (buckets.of(Outcome::AgreedChange), "moved by agreement"),
        (buckets.of(Outcome::MadeUp), "made up at another time"),
        (buckets.of(Outcome::NotKnown), "not known"),
    ]
}
