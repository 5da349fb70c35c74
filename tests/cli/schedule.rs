//! The schedule for an enforcement application, from the order's words to the file.

use std::fs;

use super::Desk;

/// A book with an order, its notice, and two weekends that were not held.
fn with_order() -> Desk {
    let desk = Desk::with_book();
    desk.ok(&["case", "--court", "Bristol", "--number", "BS26P70940", "--applicant", "me"]);
    let order = ["order", "add", "--title", "Child arrangements order", "--made", "6 January 2026"];
    desk.ok(&[
        &order[..],
        &["--by", "District Judge Marlow", "--kind", "child-arrangements", "--number", "BS26P70940"],
    ]
    .concat());
    let words = "The respondent shall make Robin available on alternate Fridays at 5.00 pm.";
    desk.ok(&["order", "para", "ORD-1", "3", "--words", words, "--duty-of", "respondent", "--duty", "make available"]);
    for day in ["6 February 2026", "20 February 2026"] {
        let (due, until) = (format!("{day} 5pm"), format!("{day} 7pm"));
        desk.ok(&[
            "log",
            "--kind",
            "nobody-there",
            "--order",
            "ORD-1",
            "--para",
            "3",
            "--due",
            &due,
            "--until",
            &until,
            "--arrived",
            "4.50pm",
            "--left",
            "5.45pm",
            "--what",
            "I waited at the library.",
            "--knowledge",
            "own",
        ]);
    }
    desk
}

fn kinds(answer: &serde_json::Value, severity: &str) -> Vec<String> {
    let findings = answer["findings"].as_array().expect("a list of findings");
    let of = findings.iter().filter(|finding| finding["severity"] == severity);
    of.filter_map(|finding| finding["kind"].as_str()).map(str::to_owned).collect()
}

#[test]
fn a_schedule_from_the_words_of_the_order_to_the_file() {
    let desk = with_order();
    let dry = desk.json(&["bundle", "--for", "enforcement", "--dry-run"]);
    assert!(kinds(&dry, "warn").contains(&"notice-not-known".to_owned()), "{dry}");
    let set = "warning-notice=yes";
    desk.ok(&["amend", "ORD-1", "--set", set, "--set", "served=9 January 2026", "--why", "the last page of the order"]);
    let directed = "the order of 2 March 2026, paragraph 6";
    desk.ok(&["choose", "INC-2", "--for", "enforcement", "--directed", directed]);
    let made = desk.json(&["bundle", "--for", "enforcement", "-o", "schedule.pdf"]);
    assert!(!kinds(&made, "warn").contains(&"notice-not-known".to_owned()), "{made}");
    assert_eq!(made["entries"][0]["title"], "Schedule of alleged failures to comply");
    assert_eq!(made["proof"]["ok"], true);
    desk.ok(&["verify", "schedule.pdf"]);
    let bytes = fs::read(desk.path("schedule.pdf")).expect("the paper is there");
    let observed = daybook::pdf::observe(&bytes).expect("it can be read back");
    let first = &observed.pages[0];
    assert!(first.size.0 > first.size.1, "it lies on its side");
    assert!(first.text.contains("as directed by the order of 2 March 2026, paragraph 6"), "{}", first.text);
    assert!(first.text.contains("INC-2") && !first.text.contains("INC-1"), "{}", first.text);
    let text = fs::read_to_string(desk.path("schedule.rtf")).expect("the same as text lies beside it");
    assert!(text.starts_with("{\\rtf1") && text.contains("Court\\u8217?s finding"), "{text}");
}

#[test]
fn what_the_law_was_read_to_bar_stops_it_until_a_reason_is_typed() {
    let desk = with_order();
    desk.ok(&["amend", "ORD-1", "--set", "warning-notice=no", "--why", "there is none"]);
    // Without a choice no row is left, and what to do is said.
    let nothing = desk.run(&["bundle", "--for", "enforcement", "-o", "schedule.pdf"]);
    assert!(nothing.exit != 0 && nothing.err.contains("daybook choose"), "{}", nothing.err);
    desk.ok(&["choose", "INC-1", "--for", "enforcement"]);
    let stopped = desk.run(&["bundle", "--for", "enforcement", "-o", "schedule.pdf"]);
    assert_eq!(stopped.exit, 1);
    assert!(stopped.err.contains("warning notice"), "{}", stopped.err);
    assert!(!desk.path("schedule.pdf").exists());
    let why = "no-warning-notice=the judge read it out";
    desk.ok(&["bundle", "--for", "enforcement", "-o", "schedule.pdf", "--override", why]);
    assert!(desk.path("schedule.pdf").exists());
}
