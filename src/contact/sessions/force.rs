//! Which paragraphs count, and from when to when: orders in force, later orders in their place, parents living
//! together again, children past sixteen.

use super::super::due::{Arrangement, Calendar};
use super::super::pattern::{Clause, Pattern};
use super::noted::Noted;
use super::{Candidate, Desk, examine};
use crate::model::{Basis, Date, Finding, OrderKind, OrderParagraph, ParagraphKind, RecordId, Severity};

/// A paragraph that makes sessions due.
#[derive(Debug)]
pub(super) struct Paragraph<'a> {
    pub arrangement: Arrangement<'a>,
    pub words: &'a OrderParagraph,
    pub pattern: Pattern,
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub until: Option<Date>,
}

impl Paragraph<'_> {
    pub fn order_id(&self) -> RecordId {
        self.arrangement.id
    }

    /// As findings name it: `ORD-1 paragraph 3`.
    pub fn place(&self) -> String {
        place(self.arrangement.id, &self.words.number)
    }
}

pub(super) fn place(id: RecordId, number: &str) -> String {
    format!("{id} paragraph {number}")
}

/// The paragraphs with a pattern that can be reckoned with, order by order.
pub(super) fn paragraphs<'a>(
    arrangements: &[Arrangement<'a>],
    calendar: &Calendar<'_>,
    noted: &mut Noted,
) -> Vec<Paragraph<'a>> {
    let mut found = Vec::new();
    for arrangement in arrangements {
        noted.all(&examine::words(arrangement));
        noted.all(&varied(arrangement, arrangements));
        for words in &arrangement.order.paragraphs {
            let Some(text) = words.pattern.as_deref().filter(|text| !text.trim().is_empty()) else { continue };
            // A recital is no term of an order: nothing becomes due by it (ENF-10, ORD-05).
            if words.kind != ParagraphKind::Ordered && arrangement.order.basis() == Basis::Order {
                continue;
            }
            let Ok(pattern) = Pattern::read(text) else { continue };
            let (from, until) = in_force(arrangement, arrangements, words, &pattern);
            let Some(from) = from else {
                noted.push(no_first_day(arrangement.id, &words.number));
                continue;
            };
            let until = rest(arrangement, calendar, from, until, noted);
            found.push(Paragraph { arrangement: *arrangement, words, pattern, from, until });
        }
    }
    found.sort_by_key(Paragraph::order_id);
    found
}

/// An order that varies another, where nothing says whether the other goes on beside it (ORD-04).
fn varied(arrangement: &Arrangement<'_>, all: &[Arrangement<'_>]) -> Vec<Finding> {
    let before = arrangement.order.varies.and_then(|id| all.iter().find(|other| other.id == id));
    let open = before.filter(|before| before.order.superseded_by.is_none() && before.order.in_force_until.is_none());
    let Some(before) = open else { return Vec::new() };
    let (id, old) = (arrangement.id, before.id);
    let what = format!("{id} varies {old}, and nothing says whether {old} goes on beside it; until then both count.");
    let next = format!(
        "If its place was taken: daybook amend {old} --set superseded-by={id} --why \"the later order says so\""
    );
    vec![Finding::new(Severity::Info, "varied-order-open", old.to_string(), what, next).under("ORD-04")]
}

fn no_first_day(id: RecordId, number: &str) -> Finding {
    Finding::new(
        Severity::Warn,
        "order-without-date",
        place(id, number),
        "It is not known from which day this counts, so no session is computed.",
        format!("Write down when it was made: daybook amend {id} --set made=\"27 February 2026\" --why \"the date was missing\""),
    )
    .under("ORD-04")
}

/// The first and the last day on which a paragraph counts (ORD-04).
fn in_force(
    arrangement: &Arrangement<'_>,
    all: &[Arrangement<'_>],
    words: &OrderParagraph,
    pattern: &Pattern,
) -> (Option<Date>, Option<Date>) {
    let order = arrangement.order;
    let day = |when: &Option<crate::model::When>| when.as_ref().map(crate::model::When::london_date);
    let first_day = day(&order.in_force_from).or(day(&order.made));
    // What was never an order often has no date of its own: its pattern's first day says since when.
    let usual = || pattern.clauses.iter().filter_map(first_of).min();
    let from = match (first_day, day(&words.from)) {
        (Some(order), Some(own)) => Some(order.max(own)),
        (None, own @ Some(_)) => own,
        (order, None) => order.or_else(usual),
    };
    let successor = order.superseded_by.and_then(|id| all.iter().find(|other| other.id == id));
    let replaced = successor.and_then(|next| day(&next.order.in_force_from).or(day(&next.order.made)));
    let ends = day(&order.in_force_until).or(replaced.map(|first| first.plus_days(-1)));
    let until = match (ends, day(&words.until)) {
        (Some(order), Some(own)) => Some(order.min(own)),
        (order, own) => order.or(own),
    };
    (from, until)
}

fn first_of(clause: &Clause) -> Option<Date> {
    clause.first.or(clause.starting)
}

/// Where the parents lived together for more than six months, a child arrangements order has lapsed (ENF-32).
fn rest(
    arrangement: &Arrangement<'_>,
    calendar: &Calendar<'_>,
    from: Date,
    until: Option<Date>,
    noted: &mut Noted,
) -> Option<Date> {
    let order = arrangement.order;
    let lapses = order.basis() == Basis::Order && matches!(order.kind, None | Some(OrderKind::ChildArrangements));
    let mut until = until;
    for (start, end) in &calendar.together {
        let start = (*start).max(from);
        let limit = months_after(start, calendar.rules.limit("ENF-32").unwrap_or(6));
        let long = end.is_none_or(|end| end > limit);
        if lapses && long && until.is_none_or(|until| until > limit) && end.is_none_or(|end| end >= from) {
            let what = match end {
                Some(end) => format!(
                    "By this record the parents lived together from {} to {}, for more than six months; such an order \
                     stops having effect then, so no session is computed after {}.",
                    start.plain(),
                    end.plain(),
                    limit.plain()
                ),
                None => format!(
                    "The parents live together from {} and no end is written down. If that lasts more than six months \
                     without a break, such an order stops having effect, so no session is computed after {}.",
                    start.plain(),
                    limit.plain()
                ),
            };
            let next = "Ask an adviser or the court whether the order still stands before relying on it";
            noted.push(
                Finding::new(Severity::Warn, "order-lapsed", arrangement.id.to_string(), what, next).under("ENF-32"),
            );
            until = Some(limit);
        }
    }
    until
}

/// The same day so many months on; the last of the month where it has none.
fn months_after(date: Date, months: u64) -> Date {
    let months = i64::from(date.month()) - 1 + i64::try_from(months).unwrap_or(0);
    let year = i32::try_from(i64::from(date.year()) + months / 12).unwrap_or(9999);
    let month = u32::try_from(months % 12 + 1).unwrap_or(1);
    (0..4).find_map(|less| Date::new(year, month, date.day() - less)).unwrap_or(date)
}

/// The parents lived together on this day, so nothing was due by the order (ENF-32).
pub(super) fn together(desk: &Desk<'_>, paragraph: &Paragraph<'_>, date: Date, noted: &mut Noted) -> bool {
    let found = desk.calendar.together.iter().find(|(start, end)| *start <= date && end.is_none_or(|end| date <= end));
    let Some((start, _)) = found else { return false };
    let what = format!("The parents lived together from {}; sessions in that time are not computed.", start.plain());
    let next = "Look at the dates again if that is not so";
    noted.on(
        date,
        Finding::new(Severity::Info, "lived-together", paragraph.order_id().to_string(), what, next).under("ENF-32"),
    );
    true
}

/// What is said of a session after the sixteenth birthday of a child (ENF-33).
pub(super) fn past_sixteen(desk: &Desk<'_>, session: &Candidate<'_>, noted: &mut Noted) -> Option<String> {
    let names = &session.clause.children;
    let age = i32::try_from(desk.rules.limit("ENF-33").unwrap_or(16)).unwrap_or(16);
    let concerned: Vec<_> = desk
        .calendar
        .children
        .iter()
        .filter(|child| names.is_empty() || names.iter().any(|name| named(&child.name, name)))
        .collect();
    let past: Vec<&str> = concerned
        .iter()
        .filter(|child| child.born.is_some_and(|born| birthday(born, age) <= session.start.date))
        .map(|child| child.name.as_str())
        .collect();
    if past.is_empty() || session.paragraph.arrangement.order.basis() != Basis::Order {
        return None;
    }
    let who = past.join(" and ");
    let what = format!(
        "{who} had turned {age}. Parts of an order about contact end then, unless the court has ordered otherwise in an exceptional \
         case."
    );
    let next = "Ask an adviser whether the order goes on before counting these sessions";
    noted.on(
        session.start.date,
        Finding::new(Severity::Warn, "past-sixteen", session.paragraph.place(), what, next).under("ENF-33"),
    );
    Some(format!("after the {age}th birthday of {who}"))
}

/// The day on which a child reaches an age; 1 March where it was born on 29 February and the year has none.
fn birthday(born: Date, age: i32) -> Date {
    let year = born.year() + age;
    Date::new(year, born.month(), born.day()).or_else(|| Date::new(year, 3, 1)).unwrap_or(born)
}

/// Whether a clause means this child by the name it uses.
pub(super) fn named(child: &str, name: &str) -> bool {
    let same = |a: &str| a.eq_ignore_ascii_case(name);
    same(child) || child.split_whitespace().next().is_some_and(same)
}
