//! Sessions as a table for a spreadsheet (RFC 4180), in which no cell can be taken for a formula.

use crate::model::{Basis, RecordId, Stamp};

use super::figures::Figures;
use super::session::{Instead, Matched, Outside, Session};

const HEAD: [&str; 22] = [
    "counted",
    "session",
    "due_start",
    "due_end",
    "basis",
    "order",
    "paragraph",
    "call",
    "outcome",
    "by",
    "event",
    "further_events",
    "matched",
    "minutes_due",
    "minutes_held",
    "minutes_held_instead",
    "nights_due",
    "nights_held",
    "within_grace",
    "for_safety",
    "reason",
    "reckoning",
];

/// One line a session, each followed by what was held in its place, then one for each event that is in no count.
#[must_use]
pub fn csv(figures: &Figures) -> String {
    let mut text = String::new();
    push(&mut text, &HEAD.map(str::to_owned));
    for session in &figures.sessions {
        push(&mut text, &counted(session));
        session.instead.iter().for_each(|one| push(&mut text, &instead(session, one)));
    }
    figures.outside.iter().for_each(|event| push(&mut text, &apart(event)));
    text
}

fn counted(session: &Session) -> [String; 22] {
    let also: Vec<String> = session.also.iter().map(RecordId::to_string).collect();
    let instead: i64 = session.instead.iter().filter_map(|instead| instead.minutes).sum();
    [
        "yes".to_owned(),
        session.key.clone(),
        stamp(session.due_start),
        stamp(session.due_end),
        basis(session.basis),
        session.order.map_or(String::new(), |order| order.to_string()),
        session.paragraph.clone().unwrap_or_default(),
        yes(session.call),
        word(&session.outcome),
        session.by.as_ref().map_or(String::new(), word),
        session.incident.map_or(String::new(), |id| id.to_string()),
        also.join(" "),
        session.matched.map_or("", Matched::plain).to_owned(),
        session.minutes.map_or(String::new(), |minutes| minutes.due.to_string()),
        session.minutes.map_or(String::new(), |minutes| minutes.held.to_string()),
        instead.to_string(),
        session.overnights.due.to_string(),
        session.overnights.held.to_string(),
        yes(session.within_grace),
        yes(session.for_safety),
        session.reason.clone().unwrap_or_default(),
        session.reckoning.clone().unwrap_or_default(),
    ]
}

/// Contact in the place of a session: its minutes stand in the line of that session, so that sums hold.
fn instead(session: &Session, instead: &Instead) -> [String; 22] {
    let mut cells: [String; 22] = std::array::from_fn(|_| String::new());
    "no: in the place of the session above".clone_into(&mut cells[0]);
    cells[1].clone_from(&session.key);
    cells[2] = stamp(instead.start);
    cells[8] = word(&instead.outcome);
    cells[10] = instead.incident.to_string();
    cells
}

fn apart(event: &Outside) -> [String; 22] {
    let mut cells: [String; 22] = std::array::from_fn(|_| String::new());
    cells[0] = format!("no: {}", event.why.plain());
    cells[2] = stamp(event.start);
    cells[4] = basis(event.basis);
    cells[5] = event.order.map_or(String::new(), |order| order.to_string());
    cells[6] = event.paragraph.clone().unwrap_or_default();
    cells[8] = word(&event.outcome);
    cells[10] = event.incident.to_string();
    cells[19] = yes(event.for_safety);
    cells
}

fn push(text: &mut String, cells: &[String]) {
    let cells: Vec<String> = cells.iter().map(|cell| safe(cell)).collect();
    text.push_str(&cells.join(","));
    text.push_str("\r\n");
}

/// Quoted where it must be; what a spreadsheet would reckon with is marked as text by an apostrophe.
fn safe(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if formula || cell.contains([',', '"', '\n', '\r', '\t', ';']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

fn stamp(stamp: Option<Stamp>) -> String {
    stamp.map_or(String::new(), |stamp| stamp.to_string())
}

fn basis(basis: Option<Basis>) -> String {
    basis.as_ref().map_or_else(|| "not said".to_owned(), word)
}

/// The word of a value, as in JSON.
fn word<T: serde::Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

fn yes(is: bool) -> String {
    if is { "yes" } else { "no" }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn no_cell_is_a_formula() {
        let cases = [
            ("Robin was ill", "Robin was ill"),
            ("ill, and late", "\"ill, and late\""),
            ("he said \"no\"", "\"he said \"\"no\"\"\""),
            ("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\""),
            ("+44 7700 900123", "\"'+44 7700 900123\""),
            ("-1", "\"'-1\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("\t=1", "\"'\t=1\""),
            ("two\nlines", "\"two\nlines\""),
        ];
        for (cell, expected) in cases {
            assert_eq!(safe(cell), expected);
        }
    }
}
