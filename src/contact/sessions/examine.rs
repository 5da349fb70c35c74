//! What can be seen wrong in an order before any session is computed.

use super::super::due::Arrangement;
use super::super::pattern::Pattern;
use super::force::place;
use crate::model::{Basis, Date, Finding, OrderParagraph, ParagraphKind, Severity, When};
use crate::rules::Rules;

/// Words that leave open what is due (ORD-05).
const OPEN: [&str; 8] = [
    "as agreed",
    "by agreement",
    "to be agreed",
    "may agree",
    "reasonable contact",
    "reasonable time",
    "reasonable telephone",
    "such other",
];

/// Everything that stands out in an order: its dates, its number, its paragraphs and patterns.
#[must_use]
pub fn examine(arrangement: &Arrangement<'_>, rules: &Rules, today: Date) -> Vec<Finding> {
    let mut findings = words(arrangement);
    let (order, id) = (arrangement.order, arrangement.id);
    let made = order.made.as_ref().map(When::london_date).filter(|made| *made > today);
    if let Some(made) = made {
        let what = format!("It is dated {}, and that day has not come yet.", made.plain());
        let next = format!("Look at the date: daybook amend {id} --set made=\"…\" --why \"the date was mistyped\"");
        findings.push(Finding::new(Severity::Warn, "order-in-future", id.to_string(), what, next));
    }
    if let Some(number) = order.case_number.as_deref().filter(|number| !has_shape(rules, number)) {
        let what = format!("“{number}” does not look like a case number of a family court, such as BS26P70940.");
        let next = "Compare it with a letter from the court; it is kept as given";
        findings.push(Finding::new(Severity::Warn, "case-number-shape", id.to_string(), what, next).under("EF-15"));
    }
    findings
}

fn has_shape(rules: &Rules, number: &str) -> bool {
    let online: String = number.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
    rules.is_case_number(number) || (online.len() == 16 && online.bytes().all(|byte| byte.is_ascii_digit()))
}

/// What its paragraphs say that computes nothing, or twice.
pub(super) fn words(arrangement: &Arrangement<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (order, id) = (arrangement.order, arrangement.id);
    for (i, paragraph) in order.paragraphs.iter().enumerate() {
        let place = place(id, &paragraph.number);
        let mut found = |kind: &str, rule: Option<&str>, what: String, next: &str| {
            let finding = Finding::new(Severity::Warn, kind, place.clone(), what, next);
            findings.push(match rule {
                Some(rule) => finding.under(rule),
                None => finding,
            });
        };
        let before = &order.paragraphs[..i];
        if before.iter().any(|other| other.number.eq_ignore_ascii_case(&paragraph.number)) {
            let what = "The order has this number twice, so a session cannot say which words it follows.".to_owned();
            found("paragraph-twice", None, what, "Number one of them as the order does: 3a");
        }
        let Some(text) = paragraph.pattern.as_deref().filter(|text| !text.trim().is_empty()) else {
            if let Some(words) = leaves_open(paragraph) {
                let what = format!("“{words}” leaves open what is due, so no session is computed from this paragraph.");
                found(
                    "leaves-open",
                    Some("ORD-05"),
                    what,
                    "Nothing to do; what was agreed later can be kept as an agreement",
                );
            }
            continue;
        };
        if paragraph.kind != ParagraphKind::Ordered && order.basis() == Basis::Order {
            let what = "It is a recital or a direction: it makes no session due, and its pattern is not reckoned with.";
            found(
                "pattern-on-recital",
                Some("ENF-10"),
                what.to_owned(),
                "Keep what it records as an agreement, if it is one",
            );
            continue;
        }
        if let Err(error) = Pattern::read(text) {
            let what = format!("Its pattern cannot be read, so no session is computed: {error}.");
            found("pattern-unreadable", None, what, &error.next);
        }
        if let Some(words) = leaves_open(paragraph) {
            let what = format!(
                "“{words}” in its words leaves something open; the pattern computes only what is fixed. Compare the two."
            );
            found("leaves-open", Some("ORD-05"), what, "Nothing is due by the words that leave it open");
        }
    }
    findings
}

/// The words of a paragraph that leave open what is due.
pub(in crate::contact) fn leaves_open(paragraph: &OrderParagraph) -> Option<&'static str> {
    let words = paragraph.words.to_lowercase();
    OPEN.into_iter().find(|open| words.contains(open))
}
