//! What speaks against an event as a row of the schedule. Nothing here decides: the user does, and what
//! the law was read to require stops the paper until a reason is typed.

use std::collections::BTreeMap;

use super::notice::{self, Known};
use crate::bundle::planning::book::Book;
use crate::bundle::planning::chronology::supporting;
use crate::contact::Why;
use crate::model::{
    Basis, Content, Date, Incident, IncidentKind, Noun, Order, OrderKind, OrderParagraph, ParagraphKind, RecordId,
    Severity, When,
};

/// One doubt about one event.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Doubt {
    /// The kind of its finding, by which it is overridden.
    pub kind: &'static str,
    /// The rule behind it.
    pub rule: &'static str,
    /// How grave.
    pub severity: Severity,
    /// A sentence that follows the event's name and a colon.
    pub what: String,
    /// What to do next, as a sentence.
    pub next: String,
    /// Such an event is no row unless it is chosen by name.
    pub bars: bool,
}

/// Doubts being collected about one event.
struct About<'a> {
    id: RecordId,
    event: &'a Incident,
    day: Option<Date>,
    found: Vec<Doubt>,
}

impl About<'_> {
    fn say(&mut self, severity: Severity, kind: &'static str, rule: &'static str, what: impl Into<String>, next: &str) {
        let bars = severity == Severity::Block;
        let next = next.replace("{id}", &self.id.to_string());
        self.found.push(Doubt { kind, rule, severity, what: what.into(), next, bars });
    }

    /// What was said last keeps an event out that was not chosen by name.
    fn bars(&mut self) {
        if let Some(last) = self.found.last_mut() {
            last.bars = true;
        }
    }
}

/// The orders of the book.
pub(super) fn orders<'a>(book: &Book<'a>) -> BTreeMap<RecordId, &'a Order> {
    let order = |record: &'a crate::model::Record| match &record.content {
        Content::Order(order) => Some((record.id, &**order)),
        _ => None,
    };
    book.all(Noun::Order).into_iter().filter_map(order).collect()
}

/// Everything that speaks against this event as a row.
pub(super) fn about(book: &Book<'_>, id: RecordId, event: &Incident) -> Vec<Doubt> {
    let orders = orders(book);
    let mut about = About { id, event, day: event.when().map(When::london_date), found: Vec::new() };
    match event.order.and_then(|order| orders.get(&order)) {
        None => about.say(
            Severity::Block,
            "no-order",
            "ENF-01",
            "it does not say under which order contact was due.",
            "Say which: daybook amend {id} --set order=ORD-1 --set para=3 --why \"…\".",
        ),
        Some(order) => {
            what_order(&mut about, order);
            in_force(&mut about, order, &orders);
            which_paragraph(&mut about, book, order);
        }
    }
    warning_notice(&mut about, &orders);
    ages(&mut about, book);
    that_day(&mut about);
    own_part(&mut about);
    loss(&mut about, book);
    about.found
}

/// Another entry for the same session says otherwise, so that what became of it is not known.
pub(super) fn says_otherwise(id: RecordId, others: &[RecordId]) -> Doubt {
    let names: Vec<String> = others.iter().map(RecordId::to_string).collect();
    let (entry, says) = if others.len() == 1 { ("another entry", "says") } else { ("other entries", "say") };
    Doubt {
        kind: "entries-contradict",
        rule: "C79-06",
        severity: Severity::Block,
        what: format!(
            "{entry} for this session {says} otherwise ({}), so it is counted as not known and alleges nothing.",
            names.join(", ")
        ),
        next: format!("Put right the one that is wrong: daybook amend {id} --set kind=… --why \"…\"."),
        bars: true,
    }
}

/// The reckoning finds nothing due at its time.
pub(super) fn not_due(id: RecordId, why: Why) -> Option<Doubt> {
    let what = match why {
        Why::NothingDue => "it is on a day for which the orders in this record make nothing due.",
        Why::OtherTime => "the orders in this record make contact due then at another day or time than it says.",
        _ => return None,
    };
    Some(Doubt {
        kind: "nothing-due",
        rule: "C79-04",
        severity: Severity::Warn,
        what: what.to_owned(),
        next: format!("If it tells of a session, say which: daybook amend {id} --set session=KEY --why \"…\"."),
        bars: true,
    })
}

/// It started late within the minutes that the words of the order allow.
pub(super) fn within_grace() -> Doubt {
    Doubt {
        kind: "within-grace",
        rule: "C79-06",
        severity: Severity::Warn,
        what: "it started late within the minutes the order itself allows, so it counts as held in full.".to_owned(),
        next: "Take it off the choice: daybook choose --withdraw.".to_owned(),
        bars: true,
    }
}

/// What no schedule has a row for, whoever chooses it. `None`: it may be a row.
pub(super) fn never_a_row(event: &Incident) -> Option<Doubt> {
    let doubt = |kind, rule, what: &str, next: &str| {
        Some(Doubt { kind, rule, severity: Severity::Warn, what: what.to_owned(), next: next.to_owned(), bars: true })
    };
    match event.kind {
        Some(IncidentKind::CancelledByMe) => doubt(
            "own-cancellation",
            "ENF-17",
            "you cancelled this yourself, so it is no row; it is counted in the figures.",
            "Take it off the choice: daybook choose --withdraw.",
        ),
        Some(IncidentKind::Kept) => doubt(
            "held-in-full",
            "C79-06",
            "contact was held in full, so there is nothing to allege; it is counted in the figures.",
            "Take it off the choice: daybook choose --withdraw.",
        ),
        None => doubt(
            "unfinished-row",
            "C79-06",
            "the entry is unfinished: what became of it is not known, so it is no row.",
            "Finish it: daybook amend, with --set kind=…",
        ),
        _ => None,
    }
}

fn what_order(about: &mut About<'_>, order: &Order) {
    if order.basis() != Basis::Order {
        let kind = order.kind.map_or("agreement", OrderKind::plain);
        let what =
            format!("it was due under a {kind}, which is no order of a court and cannot be enforced in this way.");
        about.say(Severity::Block, "not-an-order", "ENF-01", what, "Leave it out: it can be told in a statement.");
    } else if !matches!(order.kind, None | Some(OrderKind::ChildArrangements | OrderKind::OtherOrder)) {
        let kind = order.kind.map_or("order", OrderKind::plain);
        let what = format!("it was due under another kind of order ({kind}) than a child arrangements order.");
        let next = "Ask somebody who knows the law which form fits; leave it out of this schedule.";
        about.say(Severity::Block, "not-child-arrangements", "ENF-01", what, next);
    }
}

/// Whether the order was there, and still there, that day.
fn in_force(about: &mut About<'_>, order: &Order, orders: &BTreeMap<RecordId, &Order>) {
    let Some(day) = about.day else { return };
    let from = |order: &Order| order.in_force_from.as_ref().or(order.made.as_ref()).map(When::london_date);
    if let Some(from) = from(order).filter(|from| *from > day) {
        let what = format!("it was due before the order was in force ({}).", from.plain());
        let next = "Look at both dates; put right what is wrong: daybook amend {id}, or the order.";
        about.say(Severity::Block, "order-after-event", "ENF-01", what, next);
    }
    let until = order.in_force_until.as_ref().map(When::london_date).filter(|until| *until < day);
    let next = "Say under which order it was due that day: daybook amend {id} --set order=ORD-2 --why \"…\".";
    let later = order.superseded_by.and_then(|later| Some((later, from(orders.get(&later)?)?)));
    match (until, later) {
        (Some(until), _) => {
            let what = format!("the order was in force until {} only, and it was due after that.", until.plain());
            about.say(Severity::Block, "order-not-in-force", "ENF-01", what, next);
        }
        (None, Some((later, since))) if order.in_force_until.is_none() && since <= day => {
            let what = format!("another order, {later}, had taken the place of this one on {}.", since.plain());
            about.say(Severity::Block, "order-not-in-force", "ENF-01", what, next);
        }
        _ => {}
    }
}

fn which_paragraph(about: &mut About<'_>, book: &Book<'_>, order: &Order) {
    let number = about.event.paragraph.as_deref().map(str::trim).filter(|number| !number.is_empty());
    let Some(number) = number else {
        let next = "Say which: daybook amend {id} --set para=3 --why \"…\".";
        about.say(
            Severity::Warn,
            "no-paragraph",
            "C79-02",
            "it does not say which paragraph of the order it is about.",
            next,
        );
        about.bars();
        return;
    };
    let Some(paragraph) = order.paragraph(number).filter(|paragraph| !paragraph.words.trim().is_empty()) else {
        let what = format!("the exact words of paragraph {number} of the order are not in the book.");
        let next = "Type them in as they stand: daybook order para ORD-1 NUMBER --words \"…\".";
        about.say(Severity::Warn, "no-exact-words", "C79-02", what, next);
        return;
    };
    match paragraph.kind {
        ParagraphKind::Ordered => duty(about, book, paragraph),
        ParagraphKind::Recital => {
            let what =
                format!("paragraph {number} is a recital: it records what was agreed and carries no warning notice.");
            let next = "Look whether an “it is ordered” paragraph says the same, and name that one; else leave it out.";
            about.say(Severity::Warn, "recital-only", "ENF-34", what, next);
            about.bars();
        }
        ParagraphKind::Direction => {
            let what = format!("paragraph {number} is a direction for the proceedings, not about contact.");
            let next = "Name the “it is ordered” paragraph about contact; else leave it out.";
            about.say(Severity::Warn, "direction-only", "ENF-10", what, next);
            about.bars();
        }
    }
}

/// Who owed what (C79-03): the other person, for this schedule.
fn duty(about: &mut About<'_>, book: &Book<'_>, paragraph: &OrderParagraph) {
    let number = &paragraph.number;
    let of = super::filled(paragraph.duty_of.as_ref());
    if of.is_none() || super::filled(paragraph.duty.as_ref()).is_none() {
        let what = format!("who owes the duty of paragraph {number}, or what the duty is, is not written down.");
        let next = "Give both as the order has them: daybook order para, with --duty-of and --duty.";
        about.say(Severity::Warn, "no-duty", "C79-03", what, next);
    }
    if let (Some(of), Some(mine)) = (of, book.people.my_side()) {
        let of = of.to_lowercase();
        if of.contains(mine) && !of.contains(super::other_side(mine)) {
            let what = format!("the duty of paragraph {number} is yours ({mine}), not the other person’s.");
            let next = "Name the paragraph that says what the other person had to do.";
            about.say(Severity::Warn, "duty-of-mine", "ENF-09", what, next);
            about.bars();
        }
    }
}

fn warning_notice(about: &mut About<'_>, orders: &BTreeMap<RecordId, &Order>) {
    let (Some(under), Some(when)) = (about.event.order.filter(|id| orders.contains_key(id)), about.event.when()) else {
        return;
    };
    let notice = notice::that_counts(orders, under, when);
    let on = notice.on;
    let unknown = format!(
        "Look at the order’s last pages; then: daybook amend {on} --set warning-notice=yes --set notice-known=DATE --why \"…\"."
    );
    let look = "Look whether another order carries the notice. If not, take it off the schedule, or ask for advice.";
    match notice.known {
        Known::Before(..) => {}
        Known::NotAttached => {
            let what = format!("the warning notice that counts is that on {on}, and none is attached to it.");
            about.say(Severity::Block, "no-warning-notice", "ENF-20", what, look);
        }
        Known::After(known) => {
            let what = format!("the warning notice on {on} was known from {} on, after this failure.", known.plain());
            about.say(Severity::Block, "notice-too-late", "ENF-20", what, look);
        }
        Known::SameDay(known) => {
            let what = format!(
                "the warning notice on {on} became known on {} too; which came first is not known.",
                known.plain()
            );
            about.say(Severity::Warn, "notice-same-day", "ENF-20", what, "Give the time of day, if you know it.");
        }
        Known::NotSaid => {
            let what = format!(
                "a warning notice is attached to {on}, and when the other person knew of it is not written down."
            );
            about.say(Severity::Warn, "notice-known-when", "ENF-20", what, &unknown);
        }
        Known::Unknown => {
            let what =
                format!("the warning notice that counts is that on {on}, and whether it has one is not written down.");
            about.say(Severity::Warn, "notice-not-known", "ENF-20", what, &unknown);
        }
    }
}

/// Under 18 on the day (ENF-21), and a child of 16 or more (ENF-33).
fn ages(about: &mut About<'_>, book: &Book<'_>) {
    let Some(day) = about.day else { return };
    let under = |born: Date, years: i32| {
        let birthday = (born.year() + years, born.month(), born.day());
        (day.year(), day.month(), day.day()) < birthday
    };
    if book.people.other().and_then(|person| person.born).is_some_and(|born| under(born, 18)) {
        let next = "Compare the date of birth in the book: daybook people.";
        about.say(Severity::Block, "under-18", "ENF-21", "the other person was not 18 yet on that day.", next);
    }
    let named: Vec<_> = about.event.children.iter().filter_map(|id| book.people.get(*id)).collect();
    let children = if named.is_empty() { book.people.children() } else { named };
    if !children.is_empty() && children.iter().all(|child| child.born.is_some_and(|born| !under(born, 16))) {
        let next = "Look whether the order says that it goes on after 16; ask for advice.";
        about.say(Severity::Warn, "child-16", "ENF-33", "the child was 16 or older on that day.", next);
    }
}

/// What was agreed, in whose power it was, and what the child wanted.
fn that_day(about: &mut About<'_>) {
    let event = about.event;
    if event.kind == Some(IncidentKind::AgreedChange) || super::filled(event.agreed.as_ref()).is_some() {
        let next = "Leave it out, unless what was agreed is another session than this one.";
        about.say(
            Severity::Warn,
            "agreed-change",
            "C79-09",
            "a change was agreed, and what was agreed took its place.",
            next,
        );
        about.bars();
    }
    if event.in_their_power == Some(false) {
        let next = "Leave it out: what was not in a person’s power is no failure of theirs.";
        about.say(
            Severity::Warn,
            "not-in-their-power",
            "ENF-09",
            "it was not in the other person’s power that day.",
            next,
        );
        about.bars();
    }
    if event.child_refused == Some(true) || event.kind == Some(IncidentKind::ChildReluctant) {
        let next = "Leave it out, or write down what the adult did that day: daybook amend {id} --set also-known=… --why \"…\".";
        let what = "the child did not want to go; an order to make a child available is not broken by that alone.";
        about.say(Severity::Warn, "child-refused", "ENF-31", what, next);
        about.bars();
    }
    if matches!(event.kind, Some(IncidentKind::CancelledByThird | IncidentKind::ChildUnwell)) {
        let next = "Leave it out, unless the other person could have prevented it.";
        about.say(
            Severity::Warn,
            "third-party-cause",
            "ENF-09",
            "it did not take place by neither parent’s act.",
            next,
        );
        about.bars();
    }
    if event.for_safety == Some(true) {
        let next = "Consider leaving it out; the reason is printed in the row.";
        about.say(Severity::Warn, "for-safety", "ENF-09", "it was cancelled, or ended, for somebody’s safety.", next);
        about.bars();
    }
}

/// What the keeper did that day (C79-05). Nobody goes to a handover that was cancelled before.
fn own_part(about: &mut About<'_>) {
    let event = about.event;
    let was_there = event.arrived.is_some() || event.left.is_some();
    let (missing, what) = match event.kind {
        Some(IncidentKind::NobodyThere | IncidentKind::Refused | IncidentKind::Late) => {
            (!was_there, "when you arrived, and until when you waited, is not written down.")
        }
        Some(IncidentKind::CallMissed | IncidentKind::CallRefused) => {
            let rang = was_there || event.happened.is_some() || event.started.is_some();
            (!rang, "when you rang is not written down.")
        }
        _ => (false, ""),
    };
    if missing {
        let next =
            "Add it, if you know it: daybook amend {id} --set arrived=\"4.50 pm\" --set left=\"5.45 pm\" --why \"…\".";
        about.say(Severity::Warn, "no-own-attendance", "C79-05", what, next);
    }
    if event.when().is_none() {
        let next = "Add when it was due: daybook amend {id} --set due=… --why \"…\".";
        about.say(Severity::Warn, "row-without-date", "C79-01", "it has no date.", next);
        about.bars();
    }
}

/// A loss needs its receipt (C79-12, ENF-27).
fn loss(about: &mut About<'_>, book: &Book<'_>) {
    if about.event.loss.is_none() {
        return;
    }
    let Some(record) = book.record(about.id) else { return };
    let titles: Vec<String> = supporting(book, record)
        .into_iter()
        .filter(|id| book.may_show(*id))
        .filter_map(|id| match &book.record(id)?.content {
            Content::Document(document) => Some(document.title.to_lowercase()),
            _ => None,
        })
        .collect();
    let named = book.input.rules.list("C79-12");
    let is_receipt = |title: &String| named.iter().any(|word| title.contains(word.as_str()));
    if titles.is_empty() {
        let next = "Add the receipt and join it: daybook add FILE, then daybook link DOC-1 {id} --as supports.";
        about.say(
            Severity::Warn,
            "loss-without-receipt",
            "C79-12",
            "money was lost, and no receipt is joined to it.",
            next,
        );
    } else if !titles.iter().any(is_receipt) {
        let next = "See whether one of its papers shows the loss; a receipt, ticket or invoice does.";
        about.say(Severity::Info, "loss-which-receipt", "C79-12", "no paper joined to it is named as a receipt.", next);
    }
}
