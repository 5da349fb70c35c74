//! The wording of a chronology: built from recorded facts only, in neutral forms. "I" is the keeper.

use super::people::People;
use crate::model::when::duration_in_words;
use crate::model::{
    Channel, Content, Document, Incident, IncidentKind, Instant, Knowledge, Message, Order, Record, Step, StepKind,
    When,
};

/// How many characters of somebody's words a chronology line quotes: with the name, three lines.
pub(super) const QUOTED: usize = 110;

/// One record as a line of a chronology.
#[must_use]
pub fn line(record: &Record, people: &People<'_>) -> String {
    match &record.content {
        Content::Incident(event) => incident_line(event, people),
        Content::Message(message) => message_line(message, people),
        Content::Document(document) => document_line(document),
        Content::Order(order) => order_line(order),
        Content::Step(step) => step_line(step),
        other => sentence(&other.title()),
    }
}

/// What contact is called by its due times alone: `weekend`, `call`, `contact`.
#[must_use]
pub fn contact_noun(event: &Incident) -> &'static str {
    if matches!(event.kind, Some(IncidentKind::CallMissed | IncidentKind::CallRefused)) {
        return "call";
    }
    let (Some(due), Some(until)) = (&event.due, &event.until) else { return "contact" };
    let (from, to) = (due.london_date(), until.london_date());
    let weekend =
        matches!(from.weekday(), 4 | 5) && matches!(to.weekday(), 6 | 0) && (1..=3).contains(&to.days_since(from));
    if weekend { "weekend" } else { "contact" }
}

/// The plain outcome, as an index and a page title name an event: `Nobody came to the handover`.
#[must_use]
pub fn event_title(event: &Incident, people: &People<'_>) -> String {
    title_of(event, contact_noun(event), people)
}

/// The same of an event that tells of a session of which the words say that it was a call.
#[must_use]
pub fn call_title(event: &Incident, people: &People<'_>) -> String {
    title_of(event, "call", people)
}

/// The line of a chronology of an event that tells of a call.
#[must_use]
pub fn call_line(event: &Incident, people: &People<'_>) -> String {
    line_of(event, "call", people)
}

fn title_of(event: &Incident, noun: &str, people: &People<'_>) -> String {
    let Some(kind) = event.kind else { return "What became of it is not known".to_owned() };
    let words = match kind {
        IncidentKind::Kept => held_in_full(noun),
        IncidentKind::Late => match minutes_late(event) {
            Some(minutes) => format!("{noun} started {} late", duration_in_words(minutes)),
            None => format!("{noun} started late"),
        },
        IncidentKind::EndedEarly => format!("{noun} ended early"),
        IncidentKind::CancelledByOther => format!("{noun} cancelled by {}", people.other_name()),
        IncidentKind::CancelledByMe => format!("{noun} cancelled by me"),
        IncidentKind::CancelledByThird => format!("{noun} cancelled by a third person"),
        IncidentKind::AgreedChange => format!("{noun} moved by agreement"),
        IncidentKind::ChildUnwell => format!("{noun} not held: {} unwell", children(event, people)),
        IncidentKind::ChildReluctant => format!("{noun} not held: {} did not want to go", children(event, people)),
        IncidentKind::NotReturned => format!("{} not returned at the time due", children(event, people)),
        other => other.plain().to_owned(),
    };
    capitalised(&words)
}

/// How long after the last moment it tells of an entry was written down, in minutes (negative if it was
/// written before); `None` where the moment is not known to the minute.
#[must_use]
pub fn delay_in_writing(event: &Incident, written: Instant) -> Option<i64> {
    let last = event.last_moment()?.start.instant()?;
    Some(written.minutes_since(last))
}

/// The first words of a text, at most so many characters, cut at a word and marked with an ellipsis.
#[must_use]
pub fn first_words(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= most {
        return text;
    }
    let cut: String = text.chars().take(most).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("{} …", cut.trim_end_matches([',', ';', ':', '.']))
}

/// A call is not held: it takes place.
fn held_in_full(noun: &str) -> String {
    if noun == "call" { "call took place".to_owned() } else { format!("{noun} held in full") }
}

fn incident_line(event: &Incident, people: &People<'_>) -> String {
    line_of(event, contact_noun(event), people)
}

fn line_of(event: &Incident, noun: &str, people: &People<'_>) -> String {
    let this = if noun == "contact" { "contact".to_owned() } else { format!("this {noun}") };
    let Some(kind) = event.kind else {
        let was_due = if event.due.is_some() { "Contact was due. " } else { "" };
        return format!("{was_due}My entry is unfinished, so it is counted as not known.");
    };
    let mut parts = vec![match kind {
        IncidentKind::Kept => sentence(&held_in_full(noun)),
        IncidentKind::Late => late_words(event, noun),
        IncidentKind::EndedEarly => match &event.ended {
            Some(ended) => sentence(&format!("{noun} ended early, on {}", ended.long())),
            None => sentence(&format!("{noun} ended early")),
        },
        IncidentKind::Refused => "I was told at the handover that contact would not take place.".to_owned(),
        IncidentKind::NobodyThere => "Nobody came to the handover.".to_owned(),
        IncidentKind::NotReturned => {
            let back =
                event.ended.as_ref().map_or(String::new(), |ended| format!(" The return was on {}.", ended.long()));
            format!("{} was not returned at the time due.{back}", children(event, people))
        }
        IncidentKind::CallMissed => "A call was due and did not take place.".to_owned(),
        IncidentKind::CallRefused => "A call was due and was declined.".to_owned(),
        IncidentKind::CancelledByOther => format!("{} cancelled {this}.", capitalised(people.other_name())),
        IncidentKind::CancelledByMe => format!("I cancelled {this}."),
        IncidentKind::CancelledByThird => format!("{} was cancelled by a third person.", capitalised(&this)),
        IncidentKind::AgreedChange => format!("{} was moved by agreement.", capitalised(&this)),
        IncidentKind::ChildUnwell => {
            format!("{} did not take place: {} was unwell.", capitalised(&this), children(event, people))
        }
        IncidentKind::ChildReluctant => {
            format!("{} did not take place: {} did not want to go.", capitalised(&this), children(event, people))
        }
    }];
    parts.extend(waited(event, kind));
    if event.for_safety == Some(true) && kind != IncidentKind::Kept {
        parts.push("This was for somebody’s safety.".to_owned());
    }
    parts.extend(reason_words(event, kind));
    match event.knowledge {
        Some(Knowledge::Own) | None => {}
        Some(Knowledge::Told) => parts.push("I was told this.".to_owned()),
        Some(Knowledge::Read) => parts.push("I read this.".to_owned()),
    }
    parts.join(" ")
}

fn late_words(event: &Incident, noun: &str) -> String {
    let Some(time) = event.started.as_ref().and_then(|started| started.london().time) else {
        return sentence(&format!("{noun} started late"));
    };
    let late = minutes_late(event).map_or(String::new(), |minutes| format!(", {} late", duration_in_words(minutes)));
    sentence(&format!("{noun} started at {}{late}", time.clock()))
}

fn minutes_late(event: &Incident) -> Option<i64> {
    let started = event.started.as_ref()?.start.instant()?;
    let due = event.due.as_ref()?.start.instant()?;
    Some(started.minutes_since(due)).filter(|minutes| *minutes > 0)
}

fn waited(event: &Incident, kind: IncidentKind) -> Option<String> {
    if !matches!(kind, IncidentKind::NobodyThere | IncidentKind::Refused) {
        return None;
    }
    let time = event.left.as_ref()?.london().time?;
    Some(format!("I waited until {}.", time.clock()))
}

/// The reason, where there is one to give: contact that was held needs none.
fn reason_words(event: &Incident, kind: IncidentKind) -> Option<String> {
    let held = matches!(kind, IncidentKind::Kept);
    match event.reason.as_deref().map(str::trim) {
        Some("") | None => None,
        Some(reason) if says_none(reason) => Some("No reason was given.".to_owned()).filter(|_| !held),
        Some(reason) => {
            let by = event.reason_by.as_deref().map(str::trim).filter(|by| !by.is_empty());
            let by = by.map_or(String::new(), |by| format!(" by {by}"));
            Some(sentence(&format!("Reason given{by}: {}", first_words(reason, QUOTED))))
        }
    }
}

/// Whether a reason that was typed in says that none was given, which is an answer too (C79-07). A
/// reason left empty says nothing: nobody wrote down whether there was one.
#[must_use]
pub fn says_none(reason: &str) -> bool {
    let reason = reason.trim().trim_end_matches('.').to_lowercase();
    matches!(reason.as_str(), "none" | "none given" | "no reason" | "no reason given" | "no reason was given")
}

fn message_line(message: &Message, people: &People<'_>) -> String {
    if message.place.is_none() && matches!(message.channel, Channel::Call | Channel::Conversation) {
        return talk_line(message, people);
    }
    super::message_line::line(message, people)
}

/// A call or a conversation typed in: the words are the keeper's account of it, and are shown as that.
fn talk_line(message: &Message, people: &People<'_>) -> String {
    let mut others: Vec<String> = Vec::new();
    for address in message.from.iter().chain(&message.to).filter(|address| !people.is_me(message, address)) {
        let name = people.printed(message, address);
        if !others.contains(&name) {
            others.push(name);
        }
    }
    let with = if others.is_empty() { String::new() } else { format!(" with {}", others.join(" and ")) };
    let words = first_words(&message.text, QUOTED);
    let account = if words.is_empty() { String::new() } else { format!(" My note of it: “{words}”") };
    format!("{}{with}.{account}", message.channel.plain())
}

fn document_line(document: &Document) -> String {
    let title = &document.title;
    let kind = document.kind.plain();
    let named = title.to_lowercase().contains(&kind.to_lowercase());
    let by = document.by.as_deref().map_or(String::new(), |by| format!(", by {by}"));
    if named { sentence(&format!("{title}{by}")) } else { sentence(&format!("{kind}: {title}{by}")) }
}

fn order_line(order: &Order) -> String {
    let by = order.by.as_deref().map_or(String::new(), |by| format!(" by {by}"));
    let notice = if order.warning_notice == Some(true) { "; warning notice attached" } else { "" };
    sentence(&format!("{} made{by}{notice}", order.title))
}

/// A step; of mediation the fact only (MED-17).
fn step_line(step: &Step) -> String {
    let named = match step.kind {
        StepKind::Mediation => "Mediation".to_owned(),
        StepKind::ChildMediation => "Child-inclusive mediation".to_owned(),
        _ => step.named(),
    };
    if step.kind.fact_only() {
        return sentence(&named);
    }
    let what = first_words(&step.what, QUOTED * 2);
    let outcome = step.outcome.as_deref().map(|words| first_words(words, QUOTED)).unwrap_or_default();
    match (what.is_empty(), outcome.is_empty()) {
        // The writer's own sentence says it; the kind would say it twice.
        (false, _) => sentence(&what),
        (true, false) => sentence(&format!("{named}: {outcome}")),
        (true, true) => sentence(&named),
    }
}

fn children(event: &Incident, people: &People<'_>) -> String {
    let mut names: Vec<&str> =
        event.children.iter().filter_map(|id| people.get(*id)).map(crate::model::Person::short_name).collect();
    if names.is_empty() {
        names = people.children().into_iter().map(crate::model::Person::short_name).collect();
    }
    match names.as_slice() {
        [] => "the child".to_owned(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

fn sentence(words: &str) -> String {
    let words = capitalised(words.trim());
    if words.ends_with(['.', '!', '?', '”', '…']) { words } else { format!("{words}.") }
}

/// Keeps the doubt about a time beside the line that has it.
#[must_use]
pub(crate) fn with_remark(words: String, when: Option<&When>) -> String {
    match when.and_then(When::remark) {
        Some(remark) => format!("{words} ({}.)", capitalised(remark)),
        None => words,
    }
}
