//! Ten years of three overlapping orders, computed, against a plain loop over the same days in Python's `calendar`.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use daybook::contact::{Arrangement, Calendar, Child, due};
use daybook::model::{Date, Noun, Order, OrderParagraph, RecordId, SchoolTerm, When};
use daybook::rules::Rules;

use super::measure::cpu;

/// Weekends, a weekday and daily calls; halves of holidays and half-terms; days with a name.
const PATTERNS: [&str; 3] = [
    "alternate weekends, Friday 5 pm to Sunday 5 pm, first Friday 7 January 2022\nevery Wednesday, 4 pm to 7 pm\n\
     video call every day, between 6 pm and 6.30 pm",
    "school day 8.50 am to 3.15 pm\nfirst half of each school holiday in odd years and second half in even years\n\
     each half-term, from 5 pm on the last day of term to 5 pm on the last day\nevery Thursday, 4 pm to 6 pm",
    "Christmas from 10 am on 24 December to 3 pm on 25 December in even years\nEaster, Friday 10 am to Monday 6 pm\n\
     Mother's Day, 10 am to 6 pm\neach child's birthday, 10 am to 6 pm\nfirst and third weekends of each month, Saturday 10 am \
     to Sunday 5 pm",
];

/// What a stock language does for a day: look at its weekday and count weeks.
const PYTHON: &str = "import calendar, datetime
found = []
for order in range(3):
    for year in range(2022, 2032):
        for month in range(1, 13):
            for day in calendar.Calendar().itermonthdates(year, month):
                if day.month == month and (day.weekday() in (2, 4) or (day - datetime.date(2022, 1, 7)).days % 14 == 0):
                    found.append((datetime.datetime.combine(day, datetime.time(17)), 'every one of them'))
print(len(found))";

pub fn ten_years(_desk: &Path, report: &mut String) {
    let day = |year, month, day| Date::new(year, month, day).expect("a day of the calendar");
    let terms: Vec<SchoolTerm> = (2022..2032).flat_map(terms_of).collect();
    let orders: Vec<Order> = PATTERNS.iter().map(|pattern| order(pattern, day(2022, 1, 1))).collect();
    let rules = Rules::england_and_wales();
    let arrangements: Vec<Arrangement<'_>> = orders
        .iter()
        .zip(1..)
        .map(|(order, number)| Arrangement { id: RecordId::new(Noun::Order, number), version: 1, order })
        .collect();
    let children = vec![Child { name: "Robin Reed".into(), born: Some(day(2019, 5, 9)) }];
    let calendar = Calendar { rules: &rules, terms: &terms, children, together: Vec::new() };
    let mut sessions = 0;
    let ours = (0..5)
        .map(|_| {
            let start = Instant::now();
            sessions = due(&arrangements, &calendar, day(2022, 1, 1), day(2031, 12, 31)).sessions.len();
            start.elapsed().as_secs_f64()
        })
        .fold(f64::INFINITY, f64::min);
    let theirs = cpu(Command::new("python3").args(["-c", PYTHON]));
    let ratio = ours / theirs.max(0.01);
    writeln!(
        report,
        "ten years of three overlapping orders, {sessions} sessions | {ours:.3} | a loop over their days in Python | {theirs:.2} | {ratio:.2}"
    )
    .expect("a string takes text");
}

fn order(pattern: &str, made: Date) -> Order {
    let paragraph = OrderParagraph { number: "1".into(), pattern: Some(pattern.into()), ..OrderParagraph::default() };
    Order {
        title: "Order".into(),
        made: Some(When::day("made", made)),
        paragraphs: vec![paragraph],
        ..Order::default()
    }
}

/// Terms on the same days of every year.
fn terms_of(year: i32) -> [SchoolTerm; 3] {
    let day = |month, day| Date::new(year, month, day).expect("a day of the calendar");
    let term = |name: &str, from, until, half| SchoolTerm {
        from,
        until,
        name: format!("{name} term {year}"),
        half_term: Some(half),
        source: None,
    };
    [
        term("Spring", day(1, 5), day(3, 28), (day(2, 14), day(2, 18))),
        term("Summer", day(4, 14), day(7, 21), (day(5, 27), day(5, 31))),
        term("Autumn", day(9, 3), day(12, 18), (day(10, 25), day(10, 29))),
    ]
}
