//! Small orders whose sessions can be counted on a calendar by hand.

use super::super::due::{Arrangement, Calendar, Child, Due};
use super::super::school::tests::terms;
use super::compute;
use crate::model::{Basis, Date, Noun, Order, OrderKind, OrderParagraph, ParagraphKind, RecordId, SchoolTerm, When};
use crate::rules::Rules;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn when(text: &str) -> When {
    When::day(text, date(text))
}

fn paragraph(number: &str, pattern: &str) -> OrderParagraph {
    OrderParagraph {
        number: number.into(),
        words: "The child shall spend time with the father.".into(),
        pattern: Some(pattern.into()),
        ..OrderParagraph::default()
    }
}

fn order(made: &str, patterns: &[&str]) -> Order {
    let paragraphs = patterns.iter().enumerate().map(|(i, pattern)| paragraph(&(i + 3).to_string(), pattern));
    Order {
        title: "Child arrangements order".into(),
        made: Some(when(made)),
        paragraphs: paragraphs.collect(),
        ..Order::default()
    }
}

fn compute_all(orders: &[Order], terms: &[SchoolTerm], from: &str, until: &str) -> Due {
    compute_with(orders, terms, Vec::new(), from, until)
}

fn compute_with(
    orders: &[Order],
    terms: &[SchoolTerm],
    together: Vec<(Date, Option<Date>)>,
    from: &str,
    until: &str,
) -> Due {
    let rules = Rules::england_and_wales();
    let arrangements: Vec<Arrangement<'_>> = orders
        .iter()
        .zip(1..)
        .map(|(order, number)| Arrangement { id: RecordId::new(Noun::Order, number), version: 1, order })
        .collect();
    let children = vec![Child { name: "Robin Reed".into(), born: Some(date("2017-05-09")) }];
    let calendar = Calendar { rules: &rules, terms, children, together };
    compute(&arrangements, &calendar, date(from), date(until))
}

fn lines(due: &Due) -> Vec<String> {
    due.sessions
        .iter()
        .map(|it| {
            let stamp = |stamp: crate::model::Stamp| {
                let time = stamp.time.unwrap();
                format!("{} {:02}:{:02}", stamp.date, time.hour, time.minute)
            };
            format!("{} to {}: {}", stamp(it.start), stamp(it.end), it.reckoning)
        })
        .collect()
}

fn kinds(due: &Due) -> Vec<&str> {
    due.findings.iter().map(|finding| finding.kind.as_str()).collect()
}

#[test]
fn alternate_weekends_are_counted_from_their_first() {
    let order = order("2026-02-27", &["alternate weekends, Friday 5 pm to Sunday 5 pm, first Friday 6 March 2026"]);
    let due = compute_all(&[order], &[], "2026-01-01", "2026-04-05");
    assert_eq!(
        lines(&due),
        [
            "2026-03-06 17:00 to 2026-03-08 17:00: first alternate weekend counted from Friday 6 March 2026",
            "2026-03-20 17:00 to 2026-03-22 17:00: second alternate weekend counted from Friday 6 March 2026",
            "2026-04-03 17:00 to 2026-04-05 17:00: third alternate weekend counted from Friday 6 March 2026",
        ]
    );
    assert_eq!(due.sessions[0].key, "ORD-1/3/2026-03-06T17:00");
    assert_eq!(due.sessions[0].start.to_string(), "2026-03-06T17:00:00+00:00");
    assert_eq!(due.sessions[2].start.to_string(), "2026-04-03T17:00:00+01:00");
    assert!(due.sessions[0].enforceable && !due.sessions[0].call);
    assert!(due.findings.is_empty(), "{:?}", due.findings);
}

#[test]
fn weekdays_calls_and_single_dates() {
    let order = order(
        "2026-03-02",
        &[
            "every Tuesday and Thursday, 4 pm to 7 pm, grace 15 minutes, handover at “the library, front door”, the father collects",
            "video call every Sunday, between 6 pm and 6.30 pm",
            "14 March 2026, 10 am to 4 pm",
        ],
    );
    let due = compute_all(&[order], &[], "2026-03-09", "2026-03-15");
    assert_eq!(
        lines(&due),
        [
            "2026-03-10 16:00 to 2026-03-10 19:00: every Tuesday",
            "2026-03-12 16:00 to 2026-03-12 19:00: every Thursday",
            "2026-03-14 10:00 to 2026-03-14 16:00: the date named in the pattern, Saturday 14 March 2026",
            "2026-03-15 18:00 to 2026-03-15 18:30: every Sunday",
        ]
    );
    let first = &due.sessions[0];
    assert_eq!(first.place.as_deref(), Some("the library, front door"));
    assert_eq!((first.handover.as_deref(), first.grace_minutes), (Some("the father collects"), 15));
    assert!(due.sessions[3].call);
}

#[test]
fn the_order_in_force_on_the_day_counts() {
    let mut first = order("2026-03-02", &["every Saturday, 10 am to 4 pm"]);
    let second = order("2026-03-20", &["every Sunday, 10 am to 4 pm"]);
    first.superseded_by = Some(RecordId::new(Noun::Order, 2));
    let due = compute_all(&[first, second], &[], "2026-03-01", "2026-03-31");
    let keys: Vec<&str> = due.sessions.iter().map(|it| it.key.as_str()).collect();
    assert_eq!(
        keys,
        [
            "ORD-1/3/2026-03-07T10:00",
            "ORD-1/3/2026-03-14T10:00",
            "ORD-2/3/2026-03-22T10:00",
            "ORD-2/3/2026-03-29T10:00",
        ]
    );
}

#[test]
fn recitals_make_nothing_due_and_agreements_cannot_be_enforced() {
    let mut order = order("2026-03-02", &["every Saturday, 10 am to 4 pm"]);
    order.paragraphs[0].kind = ParagraphKind::Recital;
    let due = compute_all(std::slice::from_ref(&order), &[], "2026-03-01", "2026-03-31");
    assert_eq!((due.sessions.len(), kinds(&due)), (0, vec!["pattern-on-recital"]));
    order.kind = Some(OrderKind::ParentingPlan);
    let due = compute_all(&[order], &[], "2026-03-01", "2026-03-31");
    assert_eq!(due.sessions.len(), 4);
    assert!(due.sessions.iter().all(|it| it.basis == Basis::Agreement && !it.enforceable));
}

#[test]
fn halves_of_holidays_come_before_weekends() {
    let order = order(
        "2026-03-02",
        &[
            "alternate weekends, Friday 5 pm to Sunday 5 pm, first Friday 6 March 2026",
            "first half of each school holiday in odd years and second half in even years\nschool day 8.45 am to 3.15 pm",
        ],
    );
    let due = compute_all(&[order], &terms(), "2027-03-14", "2027-04-18");
    assert_eq!(
        lines(&due),
        [
            "2027-03-19 17:00 to 2027-03-21 17:00: 28th alternate weekend counted from Friday 6 March 2026",
            "2027-03-25 15:15 to 2027-04-03 12:00: first half of the Easter holiday 2027 (odd year): from the end of term, \
             Thursday 25 March 2027, to 12 noon on Saturday 3 April 2027, the middle day",
            "2027-04-03 12:00 to 2027-04-04 17:00: 29th alternate weekend counted from Friday 6 March 2026; from Saturday 12 \
             noon, when the first half of the Easter holiday ends",
            "2027-04-16 17:00 to 2027-04-18 17:00: 30th alternate weekend counted from Friday 6 March 2026",
        ]
    );
}

#[test]
fn nothing_is_computed_where_no_term_is_known() {
    let pattern = "alternate weekends, Friday 5 pm to Sunday 5 pm, first Friday 6 March 2026\nschool day 8.45 am to 3.15 pm\n\
                   first half of the summer holiday";
    let order = order("2026-03-02", &[pattern]);
    let due = compute_all(std::slice::from_ref(&order), &[], "2026-03-01", "2026-03-31");
    assert_eq!((due.sessions.len(), kinds(&due)), (0, vec!["terms-not-known"]));
    let due = compute_all(&[order], &terms(), "2026-03-01", "2026-08-31");
    let starts: Vec<String> = due.sessions.iter().map(|it| it.start.date.to_string()).collect();
    assert_eq!(
        starts,
        [
            "2026-05-01",
            "2026-05-15",
            "2026-05-29",
            "2026-06-12",
            "2026-06-26",
            "2026-07-10",
            "2026-07-21",
            "2026-08-21"
        ]
    );
    assert_eq!(due.findings.len(), 1);
    assert!(
        due.findings[0].what.starts_with("From 2 March 2026 to 19 April 2026 it is not known"),
        "{:?}",
        due.findings
    );
}

#[test]
fn a_day_with_a_name_shortens_a_weekend_or_falls_in_it() {
    let pattern = "every weekend, Friday 5 pm to Sunday 5 pm\nno contact on Mother's Day, 10 am to 6 pm\n\
                   Father's Day, 10 am to 4 pm";
    let order = order("2026-03-02", &[pattern]);
    let due = compute_all(std::slice::from_ref(&order), &[], "2026-03-13", "2026-03-14");
    assert_eq!(
        lines(&due),
        [
            "2026-03-13 17:00 to 2026-03-15 10:00: every weekend; until Sunday 10.00 am, as no contact is due on Mother's Day"
        ]
    );
    let due = compute_all(&[order], &[], "2026-06-19", "2026-06-21");
    assert_eq!(
        lines(&due),
        ["2026-06-19 17:00 to 2026-06-21 17:00: every weekend; Father's Day (10.00 am to 4.00 pm) falls in it"]
    );
}

#[test]
fn a_bank_holiday_makes_a_weekend_longer_only_where_the_table_knows_it() {
    let pattern = "every weekend, Friday 5 pm to Sunday 5 pm, to Monday 5 pm if Monday is a bank holiday, from Thursday 5 pm if \
                   Friday is a bank holiday";
    let order = order("2026-03-02", &[pattern]);
    let due = compute_all(std::slice::from_ref(&order), &[], "2026-04-01", "2026-04-08");
    assert_eq!(
        lines(&due),
        [
            "2026-04-02 17:00 to 2026-04-06 17:00: every weekend; until Monday 5.00 pm, as Monday 6 April 2026 is a bank holiday; \
          from Thursday 5.00 pm, as Friday 3 April 2026 is a bank holiday"
        ]
    );
    let due = compute_all(&[order], &[], "2029-01-01", "2029-01-08");
    assert_eq!((due.sessions.len(), kinds(&due)), (0, vec!["bank-holidays-not-known"]));
}

#[test]
fn the_clock_change_is_told_and_never_decided() {
    let order = order(
        "2026-03-02",
        &["every Saturday, 6 pm to 1.30 am the next day", "every weekend, Friday 5 pm to Saturday 5 pm"],
    );
    let due = compute_all(std::slice::from_ref(&order), &[], "2026-10-24", "2026-10-24");
    assert!(lines(&due)[0].ends_with("1.30 am comes twice that night, and the order does not say which is meant"));
    assert_eq!(due.sessions[0].end.to_string(), "2026-10-25T01:30:00");
    let due = compute_all(&[order], &[], "2026-03-28", "2026-03-28");
    assert!(lines(&due)[0].ends_with("1.30 am does not exist that night: the clocks go forward over it"));
}

#[test]
fn agreed_changes_move_and_cancel() {
    let pattern = "alternate weekends, Friday 5 pm to Sunday 5 pm, first Friday 6 March 2026\n\
                   instead of Friday 20 March 2026, from 5 pm on Friday 27 March 2026 to 5 pm on Sunday 29 March 2026, agreed \
                   on 12 March 2026\ncancelled by agreement on 3 April 2026; cancelled by agreement on 4 April 2026";
    let order = order("2026-03-02", &[pattern]);
    let due = compute_all(&[order], &[], "2026-03-01", "2026-04-19");
    let starts: Vec<String> = due.sessions.iter().map(|it| it.start.date.to_string()).collect();
    assert_eq!(starts, ["2026-03-06", "2026-03-27", "2026-04-17"]);
    assert_eq!((due.sessions[1].basis, due.sessions[1].enforceable), (Basis::Agreement, false));
    assert_eq!(
        due.sessions[1].reckoning,
        "moved by agreement on 12 March 2026, in place of Friday 20 March 2026; the clocks go forward in it, so it is an hour \
         shorter than they show"
    );
    assert_eq!(kinds(&due), ["nothing-to-change"]);
}

#[test]
fn two_sessions_without_a_priority_are_told() {
    let patterns = ["every weekend, Friday 5 pm to Sunday 5 pm", "every Friday, 4 pm to 7 pm"];
    let both = order("2026-03-02", &patterns);
    let due = compute_all(&[both], &[], "2026-03-06", "2026-03-08");
    assert_eq!((due.sessions.len(), kinds(&due)), (2, vec!["sessions-overlap"]));
    let first = order("2026-03-02", &[patterns[0], "every Friday, 4 pm to 7 pm, gives way to weekends"]);
    let due = compute_all(std::slice::from_ref(&first), &[], "2026-03-06", "2026-03-08");
    assert_eq!((due.sessions.len(), due.findings.len()), (2, 0));
    assert!(lines(&due)[0].starts_with("2026-03-06 16:00 to 2026-03-06 17:00"), "{:?}", lines(&due));
    let due = compute_all(&[first.clone(), first], &[], "2026-03-06", "2026-03-08");
    assert_eq!((due.sessions.len(), due.findings.len()), (4, 2), "two orders do not know of each other");
}

#[test]
fn living_together_rests_an_order_and_ends_it_after_six_months() {
    let order = order("2026-03-02", &["every Saturday, 10 am to 4 pm"]);
    let short = vec![(date("2026-03-10"), Some(date("2026-03-20")))];
    let due = compute_with(std::slice::from_ref(&order), &[], short, "2026-03-01", "2026-03-31");
    assert_eq!((due.sessions.len(), kinds(&due)), (3, vec!["lived-together"]));
    let long = vec![(date("2026-03-10"), Some(date("2026-09-11")))];
    let due = compute_with(&[order], &[], long, "2026-09-01", "2026-10-31");
    assert_eq!((due.sessions.len(), kinds(&due)), (0, vec!["order-lapsed", "lived-together"]));
}

#[test]
fn sessions_after_sixteen_are_marked() {
    let order = order("2033-05-01", &["every Saturday, 10 am to 4 pm"]);
    let due = compute_all(&[order], &[], "2033-05-07", "2033-05-14");
    assert_eq!(due.sessions[0].reckoning, "every Saturday");
    assert_eq!(due.sessions[1].reckoning, "every Saturday; after the 16th birthday of Robin Reed");
    assert_eq!(kinds(&due), ["past-sixteen"]);
}

#[test]
fn counting_starts_again_with_each_term() {
    let pattern = "alternate weekends, Friday 5 pm to Sunday 5 pm, first Friday 24 April 2026, in term time, restarts with the \
                   second weekend of each term";
    let order = order("2026-03-02", &[pattern]);
    let due = compute_all(&[order], &terms(), "2026-07-01", "2026-10-20");
    let starts: Vec<String> = due.sessions.iter().map(|it| it.start.date.to_string()).collect();
    assert_eq!(starts, ["2026-07-03", "2026-07-17", "2026-09-11", "2026-09-25", "2026-10-09"]);
    assert_eq!(
        due.sessions[2].reckoning,
        "first alternate weekend counted from Friday 11 September 2026, the second of its kind in Autumn term 2026"
    );
}
