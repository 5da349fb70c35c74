//! The shapes of `--json`, which programs rely on (docs/json.md).

use serde_json::{Value, json};

use super::{Desk, mail, without_chance};

fn shape(mut value: Value) -> String {
    without_chance(&mut value);
    format!("{value:#}")
}

#[test]
fn a_contact_event() {
    let desk = Desk::with_book();
    let arguments = ["log", "--kind", "late", "--due", "6 March 5pm", "--started", "5.30pm", "--child", "Robin"];
    insta::assert_snapshot!(shape(desk.json(&arguments)));
    insta::assert_snapshot!(shape(desk.json(&["show", "INC-1"])));
    insta::assert_snapshot!(shape(desk.json(&["contact"])));
}

#[test]
fn an_import_and_its_message() {
    let desk = Desk::with_book();
    desk.write("a.eml", mail("a1", "This weekend", "Robin is not ready."));
    insta::assert_snapshot!(shape(desk.json(&["import", "a.eml", "--from-device", "mine"])));
    insta::assert_snapshot!(shape(desk.json(&["show", "MSG-1"])));
}

/// The five lines say what the members say: whoever holds them can compare.
#[test]
fn a_checkpoint() {
    let desk = Desk::with_book();
    let told = desk.json(&["checkpoint"]);
    let text = |name: &str| told[name].as_str().expect("a text").to_owned();
    let lines = format!("daybook/v1\n{}\n{}\n{}\n{}\n", text("book"), told["seq"], text("head"), text("at"));
    assert_eq!(text("text"), lines);
    assert_eq!(desk.ok(&["checkpoint"]), lines);
    assert_eq!((text("book").len(), text("head").len()), (32, 64));
}

#[test]
fn every_answer_has_its_version() {
    let desk = Desk::with_book();
    desk.ok(&["note", "one"]);
    let commands: [&[&str]; 12] = [
        &[],
        &["timeline"],
        &["search", "one"],
        &["show", "NOT-1"],
        &["contact"],
        &["people"],
        &["case"],
        &["checkpoint"],
        &["choose", "--list"],
        &["confidential", "list"],
        &["show", "NOT-9"],
        &["amend", "--fields", "case"],
    ];
    for command in commands {
        assert_eq!(desk.json(command)["version"], json!(1), "{command:?}");
    }
}

#[test]
fn an_error_has_four_parts() {
    let desk = Desk::with_book();
    let error = &desk.json(&["show", "INC-9"])["error"];
    for part in ["kind", "what", "why", "next"] {
        assert!(error[part].as_str().is_some_and(|text| !text.is_empty()), "{part}");
    }
}

/// The counts of an import are messages, and `read = new + duplicate + differing`.
#[test]
fn the_counts_of_an_import_add_up() {
    let desk = Desk::with_book();
    desk.write("m/a.eml", mail("a1", "S", "one"));
    desk.write("m/b.eml", mail("a1", "S", "two"));
    desk.write("m/c.eml", mail("a1", "S", "one").replace("\r\n", "\n"));
    let totals = &desk.json(&["import", "m"])["totals"];
    let count = |name: &str| totals[name].as_u64().expect("a count");
    assert_eq!(count("read"), count("new") + count("duplicate") + count("differing"));
    assert_eq!((count("new"), count("duplicate"), count("differing")), (1, 1, 1));
}
