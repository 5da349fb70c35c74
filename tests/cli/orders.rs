//! Orders with patterns, and school terms.

use super::Desk;

const ORDER: [&str; 9] = [
    "order",
    "add",
    "--title",
    "Child arrangements order",
    "--number",
    "BS26P7094",
    "--made",
    "27 February 2026",
    "--json",
];

const WORDS: &str = "Robin shall spend time with the applicant on alternate weekends.";

#[test]
fn a_pattern_is_said_back_with_its_first_sessions() {
    let desk = Desk::with_book();
    desk.run(&ORDER);
    desk.write("pattern.txt", "# as the order has it\nvideo call every Wednesday, between 6 pm and 6.30 pm\n");
    insta::assert_snapshot!(desk.transcript(&[
        &[
            "order",
            "para",
            "ORD-1",
            "3",
            "--words",
            WORDS,
            "--pattern",
            "alternate weekends, Friday 5 pm to Sunday 5 pm, first Friday 6 March 2026",
        ],
        &["order", "para", "ORD-1", "5", "--words", "Calls on Wednesdays.", "--pattern-file", "pattern.txt"],
        &[
            "order",
            "para",
            "ORD-1",
            "6",
            "--words",
            "And Mondays.",
            "--every",
            "Monday",
            "--start",
            "4pm",
            "--end",
            "6pm",
            "--duty",
            "make available",
            "--duty-of",
            "the mother",
            "--grace",
            "10",
        ],
        &[
            "order",
            "para",
            "ORD-1",
            "9",
            "--words",
            "The father shall file a statement.",
            "--direct",
            "statement",
            "--by",
            "4 pm on 12 January 2027",
            "--sides",
            "8",
        ],
        &["show", "ORD-1"],
    ]));
}

#[test]
fn a_pattern_that_is_not_understood_is_not_kept() {
    let desk = Desk::with_book();
    desk.run(&ORDER);
    insta::assert_snapshot!(desk.transcript(&[
        &[
            "order",
            "para",
            "ORD-1",
            "3",
            "--words",
            WORDS,
            "--pattern",
            "alternate weekends, Friday 5 pm to Sunday 5 pm"
        ],
        &[
            "order",
            "para",
            "ORD-1",
            "3",
            "--words",
            WORDS,
            "--pattern",
            "every Wednesday, 4 pm to 7 pm, weather permitting"
        ],
        &["order", "para", "ORD-1", "3", "--words", WORDS, "--pattern", "reasonable contact as agreed"],
        &["order", "para", "ORD-1", "1", "--recital", "--words", WORDS, "--pattern", "every Wednesday, 4 pm to 7 pm"],
        &["show", "ORD-1"],
    ]));
}

#[test]
fn school_terms_come_by_hand_and_from_a_calendar() {
    let desk = Desk::with_book();
    let entry = |title: &str, first: &str, after: &str| {
        format!(
            "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:{first}\r\nDTEND;VALUE=DATE:{after}\r\nSUMMARY:{title}\r\nEND:VEVENT\r\n"
        )
    };
    let entries = [
        entry("Spring term starts", "20270104", "20270105"),
        entry("Half term", "20270215", "20270220"),
        entry("Spring term ends", "20270325", "20270326"),
        entry("Sports day", "20270301", "20270302"),
    ];
    desk.write("terms.ics", &format!("BEGIN:VCALENDAR\r\n{}END:VCALENDAR\r\n", entries.concat()));
    insta::assert_snapshot!(desk.transcript(&[
        &["terms"],
        &[
            "terms",
            "add",
            "Autumn term 2026",
            "--from",
            "2 September 2026",
            "--until",
            "18 December 2026",
            "--half-term-from",
            "26 October 2026",
            "--half-term-until",
            "30 October 2026",
        ],
        &["terms", "import", "terms.ics"],
        &["terms", "add", "Summer term 2028", "--from", "18 April 2028", "--until", "21 July 2028"],
        &["terms", "remove", "Summer term 2028"],
    ]));
}
