//! Invented orders, each with a list of its sessions that was made without this program (`README.md` tells how), and
//! properties that hold for all of them.

use std::fs;
use std::path::PathBuf;

use daybook::contact::{Arrangement, Calendar, Child, Due, DueSession, Pattern, due};
use daybook::model::{Date, Order, OrderKind, OrderParagraph, ParagraphKind, RecordId, SchoolTerm, Stamp, When};
use daybook::rules::Rules;
use proptest::prelude::*;

const ORDERS: [&str; 7] =
    ["1-weekends", "2-school", "3-interim-and-final", "4-plan", "5-nights", "6-festivals", "7-summers"];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/sessions")
}

fn date(text: &str) -> Date {
    text.trim().parse().unwrap_or_else(|()| panic!("{text}"))
}

fn when(text: &str) -> When {
    When::day(text.trim(), date(text))
}

/// What a file of orders holds.
struct Written {
    orders: Vec<(RecordId, Order)>,
    children: Vec<Child>,
    terms: Vec<SchoolTerm>,
}

impl Written {
    fn read(name: &str) -> Self {
        let text = fs::read_to_string(folder().join(format!("orders/{name}.txt"))).expect("the orders are there");
        let mut all = Written { orders: Vec::new(), children: Vec::new(), terms: terms() };
        let mut in_pattern = false;
        for line in text.lines() {
            let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
            let last = all.orders.last_mut().map(|(_, order)| order);
            let paragraph = last.and_then(|order| order.paragraphs.last_mut());
            match (first, paragraph) {
                ("order", _) => all.begin(rest),
                ("made", None) => all.order().made = Some(when(rest)),
                ("in", None) if rest.starts_with("force from") => {
                    all.order().in_force_from = Some(when(&rest["force from".len()..]));
                }
                ("in", None) => all.order().in_force_until = Some(when(&rest["force until".len()..])),
                ("superseded", None) => all.order().superseded_by = Some(rest[3..].parse().expect("a name")),
                ("child", None) => all.child(rest),
                ("paragraph", _) => {
                    let number = rest.to_owned();
                    all.order().paragraphs.push(OrderParagraph { number, ..OrderParagraph::default() });
                    in_pattern = false;
                }
                ("pattern", Some(paragraph)) if rest.is_empty() => {
                    in_pattern = true;
                    paragraph.pattern = Some(String::new());
                }
                ("", _) => {}
                (_, Some(paragraph)) => {
                    let text =
                        if in_pattern { paragraph.pattern.get_or_insert_default() } else { &mut paragraph.words };
                    text.push_str(line);
                    text.push(if in_pattern { '\n' } else { ' ' });
                }
                other => panic!("{name}: {other:?}"),
            }
        }
        all
    }

    fn begin(&mut self, rest: &str) {
        let (id, kind) = rest.split_once(' ').expect("a name and a kind");
        let kind = OrderKind::from_word(kind);
        assert!(kind.is_some(), "{rest}");
        self.orders.push((id.parse().expect("a name"), Order { kind, title: "Order".into(), ..Order::default() }));
    }

    fn order(&mut self) -> &mut Order {
        &mut self.orders.last_mut().expect("an order was begun").1
    }

    fn child(&mut self, rest: &str) {
        let (name, born) = rest.rsplit_once(' ').expect("a name and a day");
        let child = Child { name: name.to_owned(), born: Some(date(born)) };
        if !self.children.contains(&child) {
            self.children.push(child);
        }
    }

    fn due(&self, from: Date, until: Date) -> Due {
        let rules = Rules::england_and_wales();
        let arrangements: Vec<Arrangement<'_>> =
            self.orders.iter().map(|(id, order)| Arrangement { id: *id, version: 1, order }).collect();
        let calendar =
            Calendar { rules: &rules, terms: &self.terms, children: self.children.clone(), together: Vec::new() };
        due(&arrangements, &calendar, from, until)
    }
}

fn terms() -> Vec<SchoolTerm> {
    let text = fs::read_to_string(folder().join("terms.txt")).expect("the terms are there");
    let row = |line: &str| {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let half_term = Some((date(parts[3]), date(parts[4])));
        SchoolTerm { name: parts[0].into(), from: date(parts[1]), until: date(parts[2]), half_term, source: None }
    };
    text.lines().filter(|line| line.contains('|')).map(row).collect()
}

/// `Fri 2026-03-06 17:00 to Sun 2026-03-08 17:00 | 3`
fn line(session: &DueSession, several: bool) -> String {
    let stamp = |stamp: Stamp| {
        let time = stamp.time.expect("a session has times");
        format!("{} {} {:02}:{:02}", &stamp.date.weekday_name()[..3], stamp.date, time.hour, time.minute)
    };
    let order = if several { format!("{} ", session.order) } else { String::new() };
    let call = if session.call { " | call" } else { "" };
    format!("{} to {} | {order}{}{call}", stamp(session.start), stamp(session.end), session.paragraph)
}

#[test]
fn every_order_gives_the_sessions_of_its_list() {
    for name in ORDERS {
        let orders = Written::read(name);
        let due = orders.due(date("2026-03-01"), date("2028-02-29"));
        let list = fs::read_to_string(folder().join(format!("lists/{name}.txt"))).expect("the list is there");
        let mut found: Vec<String> =
            due.sessions.iter().map(|session| line(session, orders.orders.len() > 1)).collect();
        let mut listed: Vec<String> = list.lines().map(str::to_owned).collect();
        let by_date = |line: &String| line.get(4..).map(str::to_owned);
        found.sort_by_key(by_date);
        listed.sort_by_key(by_date);
        let missing: Vec<&String> = listed.iter().filter(|line| !found.contains(line)).collect();
        let too_many: Vec<&String> = found.iter().filter(|line| !listed.contains(line)).collect();
        assert!(missing.is_empty() && too_many.is_empty(), "{name}\nmissing {missing:#?}\ntoo many {too_many:#?}");
        assert_eq!(found, listed, "{name}");
        assert_eq!(due.findings, [], "{name}");
    }
}

#[test]
fn no_key_stands_twice_and_none_overlap_without_a_finding() {
    for name in ORDERS {
        let due = Written::read(name).due(date("2026-03-01"), date("2028-02-29"));
        let mut keys: Vec<&str> = due.sessions.iter().map(|session| session.key.as_str()).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), due.sessions.len(), "{name}");
        for pair in due.sessions.windows(2) {
            let (first, second) = (&pair[0], &pair[1]);
            let meet = second.start.sort_key() < first.end.sort_key();
            // Sessions of two children may meet; nothing else may.
            let apart = first.reckoning.contains("for ") && second.reckoning.contains("for ");
            assert!(!meet || apart || first.call, "{name}: {} and {}", first.key, second.key);
        }
    }
}

#[test]
fn patterns_said_back_read_as_themselves() {
    for name in ORDERS {
        for (_, order) in Written::read(name).orders {
            for paragraph in order.paragraphs {
                let pattern = Pattern::read(&paragraph.pattern.expect("a pattern")).expect("it can be read");
                assert_eq!(Pattern::read(&pattern.said()).as_ref(), Ok(&pattern), "{}", pattern.said());
            }
        }
    }
}

#[test]
fn every_example_of_the_page_is_understood() {
    let page = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/patterns.md");
    let page = fs::read_to_string(page).expect("the page is there");
    let examples = page.split("```pattern\n").nth(1).and_then(|rest| rest.split("```").next()).expect("examples");
    let all = Pattern::read(examples).expect("together they are one pattern");
    assert_eq!(Pattern::read(&all.said()), Ok(all));
    for example in examples.lines() {
        let clause = Pattern::read(&format!("{example}\nevery day, 1 pm to 2 pm\nschool day 9 am to 3 pm"));
        assert!(clause.is_ok(), "{example}: {clause:?}");
    }
}

#[test]
fn every_session_tells_its_order_and_how_it_was_reckoned() {
    for name in ORDERS {
        let orders = Written::read(name);
        for session in orders.due(date("2026-03-01"), date("2028-02-29")).sessions {
            let (_, order) = orders.orders.iter().find(|(id, _)| *id == session.order).expect("it names its order");
            let paragraph = order.paragraph(&session.paragraph).expect("it names its paragraph");
            assert_eq!(paragraph.kind, ParagraphKind::Ordered);
            let first = order.in_force_from.as_ref().or(order.made.as_ref()).expect("a first day").london_date();
            assert!(session.start.date >= first, "{name}: {}", session.key);
            let last = order.in_force_until.as_ref().map(When::london_date);
            assert!(last.is_none_or(|last| session.start.date <= last), "{name}: {}", session.key);
            assert!(!session.reckoning.is_empty() && !session.reckoning.ends_with('.'), "{}", session.reckoning);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Computing a time in two parts gives what computing it at once gives.
    #[test]
    fn two_parts_make_the_whole(which in 0..ORDERS.len(), from in 0_i64..700, length in 0_i64..500, cut in 0_i64..500) {
        let orders = Written::read(ORDERS[which]);
        let start = date("2026-03-01").plus_days(from);
        let end = start.plus_days(length);
        let middle = start.plus_days(cut.min(length));
        let whole = orders.due(start, end).sessions;
        let mut parts = orders.due(start, middle).sessions;
        if middle < end {
            parts.extend(orders.due(middle.plus_days(1), end).sessions);
        }
        prop_assert_eq!(whole, parts);
    }

    /// A session of an order lies in the time in which it is in force, wherever that begins and ends.
    #[test]
    fn sessions_lie_in_force(which in 0..ORDERS.len(), from in 0_i64..700, length in 0_i64..400) {
        let mut orders = Written::read(ORDERS[which]);
        let start = date("2026-03-01").plus_days(from);
        let end = start.plus_days(length);
        for (_, order) in &mut orders.orders {
            order.superseded_by = None;
            order.in_force_from = Some(When::day("from", start));
            order.in_force_until = Some(When::day("until", end));
        }
        for session in orders.due(date("2026-01-01"), date("2029-12-31")).sessions {
            prop_assert!(start <= session.start.date && session.start.date <= end, "{}", session.key);
        }
    }

    /// No text makes the reader fall over, and what it understands it says so that it is understood again.
    #[test]
    fn any_text_is_read_or_refused(text in "[a-zA-Z0-9 ,;.:'“”\n-]{0,120}") {
        if let Ok(pattern) = Pattern::read(&text) {
            prop_assert_eq!(Pattern::read(&pattern.said()), Ok(pattern));
        }
    }

    /// Words of the language in any order, the same.
    #[test]
    fn any_words_of_the_language_are_read_or_refused(words in proptest::collection::vec(0..WORDS.len(), 1..14)) {
        let text: Vec<&str> = words.into_iter().map(|word| WORDS[word]).collect();
        let text = text.join(" ");
        if let Ok(pattern) = Pattern::read(&text) {
            prop_assert_eq!(Pattern::read(&pattern.said()), Ok(pattern), "{}", text);
        }
    }
}

const WORDS: [&str; 40] = [
    "alternate",
    "every",
    "weekends",
    "weekend",
    ",",
    "Friday",
    "5 pm",
    "to",
    "Sunday",
    "first",
    "6 March 2026",
    "the",
    "half",
    "of",
    "each",
    "school holiday",
    "in odd years",
    "school",
    "or",
    "from",
    "until",
    "next day",
    "Christmas",
    "24 December",
    "handover at",
    "grace",
    "15",
    "minutes",
    "if",
    "is a bank holiday",
    "Monday",
    "and",
    "for",
    "Robin",
    "video call",
    "in term time",
    "Easter",
    "birthday",
    "10 am",
    "school day",
];
