//! What was due and what became of it, for a terminal.

use std::fmt::Write as _;

use crate::actions::Contact;
use crate::contact::{Buckets, Figures, Session, Time, Why};
use crate::model::when::duration_in_words;
use crate::model::{Basis, Outcome};

use super::output::{columns, counted, display_line, wrapped};

/// The outcomes, in the order of every table.
const OUTCOMES: [Outcome; 10] = [
    Outcome::Kept,
    Outcome::Late,
    Outcome::EndedEarly,
    Outcome::MissedByOther,
    Outcome::CancelledByOther,
    Outcome::CancelledByMe,
    Outcome::CancelledByThird,
    Outcome::AgreedChange,
    Outcome::MadeUp,
    Outcome::NotKnown,
];

/// Denominator first, then what became of it, by month, one by one, and what is not known.
pub(super) fn human(contact: &Contact, width: usize) -> String {
    let figures = &contact.figures;
    if figures.due == 0 && figures.outside.is_empty() {
        let not_computed = not_computed(figures, width);
        let mut text = if not_computed.is_empty() {
            "No contact was due or is written down for this time.\n".to_owned()
        } else {
            format!("No contact is written down for this time, and none could be computed.\n{not_computed}")
        };
        text.push_str(&findings(figures, width));
        return text;
    }
    let sections = [
        totals(figures, width),
        by_basis(figures, width),
        months(figures),
        one_by_one(contact, width),
        not_known(figures, width),
        for_safety(figures, width),
        apart(contact, width),
        findings(figures, width),
    ];
    sections.into_iter().filter(|section| !section.is_empty()).collect::<Vec<_>>().join("\n")
}

fn totals(figures: &Figures, width: usize) -> String {
    let buckets = &figures.buckets;
    let mut text = format!("{} due; {} held", counted(u64::from(figures.due), "session"), buckets.held());
    if buckets.in_part() > 0 {
        let _ = write!(text, ", {} of them in part", buckets.in_part());
    }
    text.push('\n');
    text.push_str(&not_computed(figures, width));
    let rows: Vec<Vec<String>> =
        counts(buckets).map(|(count, plain)| vec![format!("  {count:>5}"), plain.to_owned()]).collect();
    text.push_str(&columns(&rows, width));
    let mut say = |words: String| {
        text.push_str(&wrapped(&words, width, "", "  "));
        text.push('\n');
    };
    if figures.calls.due > 0 && figures.together.due > 0 {
        let held = figures.calls.buckets.held();
        say(format!(
            "Of these, {}; {held} made. Hours and nights leave calls out.",
            counted(u64::from(figures.calls.due), "call")
        ));
    }
    let unknown = figures.together.buckets.not_known;
    say(format!("Time due and held: {}", time(&figures.minutes, unknown)));
    say(format!("Nights due and held: {} and {}", figures.overnights.due, figures.overnights.held));
    if figures.minutes.held_instead > 0 {
        say(format!("Held at another time instead, and not in these hours: {}", hours(figures.minutes.held_instead)));
    }
    if figures.minutes.third_party > 0 {
        say(format!(
            "In the time due, somebody else looked after the child for {}",
            hours(figures.minutes.third_party)
        ));
    }
    if figures.within_grace > 0 {
        say(format!("{} of those held in full started late, within the minutes the words allow", figures.within_grace));
    }
    if figures.ahead > 0 {
        say(format!("{} of those counted lie ahead: what became of them is written down already", figures.ahead));
    }
    text
}

/// Why some contact that may have been due is in no count.
fn not_computed(figures: &Figures, width: usize) -> String {
    figures.not_computed().next().map_or_else(String::new, |finding| {
        let words = format!("Some contact could not be computed. {}: {}", finding.place, finding.what);
        format!("{}\n", wrapped(&display_line(&words), width, "", "  "))
    })
}

fn by_basis(figures: &Figures, width: usize) -> String {
    if figures.by_basis.len() < 2 {
        return String::new();
    }
    let rows: Vec<Vec<String>> = figures
        .by_basis
        .iter()
        .map(|part| {
            let became: Vec<String> =
                counts(&part.tally.buckets).map(|(count, plain)| format!("{count} {plain}")).collect();
            vec![format!("  {}", because(part.basis)), format!("{:>3} due", part.tally.due), became.join(", ")]
        })
        .collect();
    format!("By why it was due:\n{}", columns(&rows, width))
}

fn because(basis: Option<Basis>) -> &'static str {
    match basis {
        Some(Basis::Order) => "by an order",
        Some(Basis::Agreement) => "by agreement",
        Some(Basis::Pattern) => "as had become usual",
        Some(Basis::Asked) => "asked for",
        None => "not said",
    }
}

/// A column for each outcome there is; due, held in full, by me and not known stand in any case.
fn months(figures: &Figures) -> String {
    let all = &figures.buckets;
    let heads: [(&str, u32, bool); 9] = [
        ("full", all.kept, true),
        ("part", all.in_part(), false),
        ("missed", all.missed_by_other, false),
        ("by other", all.cancelled_by_other, false),
        ("by me", all.cancelled_by_me, true),
        ("neither", all.cancelled_by_third, false),
        ("moved", all.agreed_change, false),
        ("made up", all.made_up, false),
        ("not known", all.not_known, true),
    ];
    let figures_of = |b: &Buckets| {
        [
            b.kept,
            b.in_part(),
            b.missed_by_other,
            b.cancelled_by_other,
            b.cancelled_by_me,
            b.cancelled_by_third,
            b.agreed_change,
            b.made_up,
            b.not_known,
        ]
    };
    let shown: Vec<usize> = (0..9).filter(|i| heads[*i].1 > 0 || heads[*i].2).collect();
    let line = |name: &str, due: String, cells: Vec<String>, hours: [String; 2]| {
        let mut line = format!("  {name:<8}{due:>5}");
        for (i, cell) in shown.iter().zip(cells) {
            let _ = write!(line, "{cell:>width$}", width = heads[*i].0.len() + 2);
        }
        let _ = write!(line, "{:>11}{:>8}", hours[0], hours[1]);
        line + "\n"
    };
    let names = shown.iter().map(|i| heads[*i].0.to_owned()).collect();
    let mut text = "By month:\n".to_owned();
    text.push_str(&line("", "due".to_owned(), names, ["hours due".to_owned(), "held".to_owned()]));
    let mut row = |name: &str, due: u32, buckets: &Buckets, minutes: &Time| {
        let counts = figures_of(buckets);
        let cells =
            shown.iter().map(|i| if counts[*i] == 0 { "-".to_owned() } else { counts[*i].to_string() }).collect();
        text.push_str(&line(name, due.to_string(), cells, [clock(minutes.due), clock(minutes.held)]));
    };
    for month in &figures.months {
        row(month.month.as_deref().unwrap_or("no time"), month.due, &month.buckets, &month.minutes);
    }
    row("total", figures.due, all, &figures.minutes);
    text
}

fn one_by_one(contact: &Contact, width: usize) -> String {
    let mut text = "One by one:\n".to_owned();
    for session in &contact.figures.sessions {
        let due = session.due_start.map_or_else(|| "time not known".to_owned(), |due| due.table());
        let name = session.incident.map_or_else(|| "-".to_owned(), |id| id.to_string());
        let row = vec![format!("  {name:<7}"), due, display_line(&became(contact, session))];
        text.push_str(&columns(&[row], width));
        if let Some(reckoning) = &session.reckoning {
            text.push_str(&wrapped(&display_line(reckoning), width, "           ", "           "));
            text.push('\n');
        }
    }
    text
}

/// What became of a session, by whose act, and what must be said beside it.
fn became(contact: &Contact, session: &Session) -> String {
    let title = contact.titles.iter().find(|(id, _)| Some(*id) == session.incident).map(|(_, title)| title.clone());
    let mut words = match (session.outcome, title) {
        (_, None) => format!("{}, not written down", session.outcome.plain()),
        (Outcome::MadeUp, Some(title)) => format!("{title}; made up at another time"),
        (Outcome::Kept, Some(title)) if session.within_grace => {
            format!("{title}, within the minutes allowed: counted as held in full")
        }
        (_, Some(_)) if session.contradicted => "not known: the entries for it contradict each other".to_owned(),
        (_, Some(title)) => title,
    };
    if let Some(by) = session.by.map(crate::contact::Act::plain).filter(|by| !words.contains(by)) {
        let _ = write!(words, " ({by})");
    }
    let beside: Vec<String> =
        session.also.iter().chain(session.instead.iter().map(|i| &i.incident)).map(ToString::to_string).collect();
    if !beside.is_empty() {
        let _ = write!(words, " (see also {})", beside.join(", "));
    }
    words
}

fn not_known(figures: &Figures, width: usize) -> String {
    let unknown: Vec<&Session> = figures
        .sessions
        .iter()
        .filter(|session| session.outcome == Outcome::NotKnown && session.incident.is_none())
        .collect();
    let Some(last) = unknown.last() else { return String::new() };
    let words = format!(
        "Of {}, nobody wrote down what became of {}. To write one down, good or bad: daybook log --session {}",
        counted(unknown.len() as u64, "session"),
        if unknown.len() == 1 { "it" } else { "them" },
        last.key
    );
    let mut text = wrapped(&display_line(&words), width, "", "  ");
    text.push('\n');
    for session in unknown {
        let _ = writeln!(text, "  {}", display_line(&session.key));
    }
    text
}

/// The reason stands beside every cancellation for safety.
fn for_safety(figures: &Figures, width: usize) -> String {
    let safety: Vec<&Session> =
        figures.sessions.iter().filter(|session| session.for_safety && session.outcome != Outcome::Kept).collect();
    if safety.is_empty() {
        return String::new();
    }
    let rows: Vec<Vec<String>> = safety
        .iter()
        .map(|session| {
            let due = session.due_start.map_or_else(|| "time not known".to_owned(), |due| due.table());
            let reason = session.reason.as_deref().unwrap_or("no reason written down");
            vec![format!("  {due}"), session.outcome.plain().to_owned(), display_line(reason)]
        })
        .collect();
    format!("For somebody's safety (counted above as well):\n{}", columns(&rows, width))
}

fn apart(contact: &Contact, width: usize) -> String {
    let rows: Vec<Vec<String>> = contact
        .figures
        .outside
        .iter()
        .map(|event| {
            let start = event.start.map_or_else(|| "time not known".to_owned(), |start| start.table());
            let title = contact.titles.iter().find(|(id, _)| *id == event.incident).map_or("", |(_, title)| title);
            let why = if event.why == Why::Asked { "asked for, not due" } else { event.why.plain() };
            vec![format!("  {:<7}", event.incident.to_string()), start, display_line(&format!("{title}: {why}"))]
        })
        .collect();
    if rows.is_empty() { String::new() } else { format!("In no count of what was due:\n{}", columns(&rows, width)) }
}

fn findings(figures: &Figures, width: usize) -> String {
    if figures.findings.is_empty() {
        return String::new();
    }
    let mut text = "To look at:\n".to_owned();
    for finding in &figures.findings {
        let next =
            if finding.next.is_empty() { String::new() } else { format!(" {}.", finding.next.trim_end_matches('.')) };
        let words = format!("{}: {}.{next}", finding.place, finding.what.trim_end_matches('.'));
        text.push_str(&wrapped(&display_line(&words), width, "  ", "    "));
        text.push('\n');
    }
    text
}

fn counts(buckets: &Buckets) -> impl Iterator<Item = (u32, &'static str)> {
    let buckets = *buckets;
    OUTCOMES.into_iter().map(move |outcome| (buckets.of(outcome), outcome.plain())).filter(|(count, _)| *count > 0)
}

/// `unknown`: how many of those left out are so because nobody knows what became of them.
fn time(time: &Time, unknown: u32) -> String {
    let text = format!("{} and {}", hours(time.due), hours(time.held));
    let unknown = unknown.min(time.not_reckoned);
    let untimed = time.not_reckoned - unknown;
    let mut parts = Vec::new();
    if unknown > 0 {
        parts.push(format!("{unknown} whose outcome is not known"));
    }
    if untimed > 0 {
        parts.push(format!("{untimed} without the times to reckon it"));
    }
    let are = if time.not_reckoned == 1 { "is" } else { "are" };
    if parts.is_empty() { text } else { format!("{text} ({} {are} left out)", parts.join(" and ")) }
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

/// `48:00`; nothing is a dash.
fn clock(minutes: i64) -> String {
    if minutes == 0 { "-".to_owned() } else { format!("{}:{:02}", minutes / 60, minutes % 60) }
}
