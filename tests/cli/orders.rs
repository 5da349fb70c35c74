//! Orders with patterns, and school terms.

use super::Desk;

const WORDS: &str = "Robin shall spend time with the applicant on alternate weekends.";

fn with_order() -> Desk {
    let desk = Desk::with_book();
    desk.ok(&["order", "add", "--title", "Child arrangements order", "--made", "27 February 2026"]);
    desk
}

/// Everything stands in the text, in this order.
fn holds(text: &str, parts: &[&str]) {
    // Lines are broken where the terminal ends; the words are what counts.
    let text = text.split_whitespace().filter(|word| *word != "!").collect::<Vec<_>>().join(" ");
    let mut rest = text.as_str();
    for part in parts {
        let at = rest.find(part);
        assert!(at.is_some(), "“{part}” is missing in:\n{text}");
        rest = &rest[at.unwrap_or_default() + part.len()..];
    }
}

#[test]
fn a_pattern_is_said_back_with_its_first_sessions() {
    let desk = with_order();
    let typed = desk.transcript(&[&[
        "order",
        "para",
        "ORD-1",
        "3",
        "--words",
        WORDS,
        "--pattern",
        "alternate weekends, Friday 5 pm to Sunday 5 pm, first Friday 6 March 2026",
    ]]);
    let said = "Alternate weekends, from Friday 5.00 pm to Sunday 5.00 pm, counted from Friday 6 March 2026.";
    holds(
        &typed,
        &["Paragraph 3 is kept.", said, "first sessions", "Fri 6 Mar 2026, 5.00 pm", "Fri 15 May 2026, 5.00 pm"],
    );
    desk.write("pattern.txt", "# as the order has it\nvideo call every Wednesday, between 6 pm and 6.30 pm\n");
    desk.ok(&["order", "para", "ORD-1", "5", "--words", "Calls.", "--pattern-file", "pattern.txt"]);
    desk.ok(&[
        "order", "para", "ORD-1", "6", "--words", "Mondays.", "--every", "Monday", "--start", "4pm", "--end", "6pm",
    ]);
    let direction = ["order", "para", "ORD-1", "9", "--words", "A statement.", "--direct", "statement", "--sides", "8"];
    desk.ok(&direction);
    desk.ok(&["order", "para", "ORD-1", "9", "--done", "27 February 2026", "--why", "it was filed"]);
    holds(
        &desk.ok(&["show", "ORD-1"]),
        &[
            said,
            "Pattern: Video call every Wednesday, from 6.00 pm to 6.30 pm.",
            "Pattern: Every Monday, from 4.00 pm to 6.00 pm.",
            "To do: statement, at most 8 sides; done Friday 27 February 2026",
        ],
    );
}

#[test]
fn a_pattern_that_is_not_understood_is_not_kept() {
    let desk = with_order();
    let refused = |number: &str, pattern: &str, more: &[&str]| {
        let mut arguments = vec!["order", "para", "ORD-1", number, "--words", WORDS, "--pattern", pattern];
        arguments.extend(more);
        desk.transcript(&[&arguments])
    };
    let weekends = refused("3", "alternate weekends, Friday 5 pm to Sunday 5 pm", &[]);
    holds(&weekends, &["From which day it is counted is not said", "first Friday 6 March 2026"]);
    let weather = refused("3", "every Wednesday, 4 pm to 7 pm, weather permitting", &[]);
    holds(&weather, &["^^^^^^^", "not understood at “weather”"]);
    holds(&refused("3", "reasonable contact as agreed", &[]), &["“reasonable”", "no session due"]);
    holds(&refused("1", "every Wednesday, 4 pm to 7 pm", &["--recital"]), &["A recital makes no session due"]);
    assert!(!desk.ok(&["show", "ORD-1"]).contains(WORDS));
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
    desk.write("terms.ics", format!("BEGIN:VCALENDAR\r\n{}END:VCALENDAR\r\n", entries.concat()));
    let autumn = ["terms", "add", "Autumn term 2026", "--from", "2 September 2026", "--until", "18 December 2026"];
    holds(&desk.ok(&autumn), &["Autumn term 2026", "Wed 2 Sep 2026", "to Fri 18 Dec 2026"]);
    holds(
        &desk.ok(&["terms", "import", "terms.ics"]),
        &[
            "Spring term 2027",
            "Mon 4 Jan 2027",
            "Christmas holiday 2026: 19 December 2026 to 3 January 2027",
            "passed over",
        ],
    );
    let summer = ["terms", "add", "Summer term 2028", "--from", "18 April 2028", "--until", "21 July 2028"];
    holds(&desk.ok(&summer), &["a term is missing"]);
}

/// By questions the pattern is asked for as well, again until it is understood; and words that are not confirmed are given back.
#[test]
fn by_questions_a_pattern_is_asked_for_and_no_words_are_lost() {
    let desk = with_order();
    let pattern = "alternate weekends, Friday 5 pm to Sunday 5 pm, first Friday 6 March 2026";
    let para = ["order", "para", "ORD-1", "3"];
    let (terminal, exit) = desk.typing(&para, &[WORDS, "", "every third Thursday, 5 to 7", pattern, "no"]);
    assert_eq!(exit, 0);
    holds(
        &terminal.said,
        &["Write it much as the order does", "Understood: Alternate weekends", "Your words, to copy", WORDS, pattern],
    );
    let kept = |desk: &Desk| desk.transcript(&[&["show", "ORD-1"]]).contains("alternate weekends");
    assert!(!kept(&desk));
    let (_, exit) = desk.typing(&para, &[WORDS, "", pattern, "yes"]);
    assert_eq!(exit, 0);
    assert!(kept(&desk));
}
