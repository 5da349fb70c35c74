//! Papers from choosing to sending: what is chosen, made, frozen, written out again, and never replaced.

use std::fs;

use serde_json::{Value, json};

use super::Desk;

/// A desk with two conversations and a finished exhibit of the first.
fn with_exhibit() -> Desk {
    let desk = Desk::with_book();
    for words in ["Robin rang about swimming.", "Robin rang about the library."] {
        let call = ["message", "--channel", "call", "--from", "Sam Reed", "--to", "me"];
        desk.ok(&[&call[..], &["--sent", "6 March 2026 6.20pm", "--text", words]].concat());
    }
    desk.ok(&["choose", "MSG-1", "--for", "exhibit", "--exhibit", "AR1"]);
    desk.ok(&["bundle", "--for", "exhibit", "--to", "court", "--exhibit", "AR1", "--statement", "1", "-o", "ar1.pdf"]);
    desk
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

#[test]
fn a_sent_paper_is_frozen_and_can_be_written_out_again() {
    let desk = with_exhibit();
    let made = fs::read(desk.path("ar1.pdf")).expect("the paper is there");
    assert_eq!(
        desk.run(&["bundle", "--again", "BND-1", "-o", "again.pdf"]).exit,
        2,
        "it is not kept before it is sent"
    );
    desk.ok(&["sent", "BND-1", "--to", "Bristol family court", "--how", "on the portal", "--on", "6 March 2026"]);
    fs::remove_file(desk.path("ar1.pdf")).expect("the file can go");
    desk.ok(&["bundle", "--again", "BND-1", "-o", "again.pdf"]);
    assert_eq!(fs::read(desk.path("again.pdf")).expect("it is written"), made);
    desk.ok(&["verify", "again.pdf"]);
    let list = desk.json(&["sent", "--list"]);
    assert_eq!(list["sent"][0]["words"], "Bristol family court, on the portal");
    assert_eq!(list["sent"][0]["kept"], true);
    assert_eq!(desk.json(&["show", "BND-1"])["paper"]["kept"], true);
    // A second reader needs no file: the book has it.
    desk.ok(&["sent", "BND-1", "--to", "Sam Reed", "--how", "by post"]);
    assert_eq!(desk.json(&["sent", "--list"])["sent"].as_array().map(Vec::len), Some(2));
    desk.ok(&["verify"]);
}

#[test]
fn the_file_of_a_sent_paper_is_never_replaced() {
    let desk = with_exhibit();
    let before = fs::read(desk.path("ar1.pdf")).expect("the paper is there");
    desk.ok(&["sent", "BND-1", "--to", "the court", "--how", "by hand"]);
    let make = ["bundle", "--for", "exhibit", "--exhibit", "AR1", "--statement", "1", "-o", "ar1.pdf", "--replace"];
    let refused = desk.run(&make);
    assert_eq!(refused.exit, 2);
    assert!(refused.err.contains("which was sent"), "{}", refused.err);
    assert_eq!(fs::read(desk.path("ar1.pdf")).expect("it is still there"), before);
    desk.ok(&["verify", "ar1.pdf"]);
}

#[test]
fn a_paper_that_was_not_sent_gives_way_with_its_folder() {
    let desk = with_exhibit();
    desk.ok(&["choose", "MSG-2", "--for", "exhibit", "--exhibit", "AR1"]);
    let make = ["bundle", "--for", "exhibit", "--exhibit", "AR1", "--statement", "1", "-o", "ar1.pdf"];
    assert_eq!(desk.run(&make).exit, 2, "not unasked");
    desk.ok(&[&make[..], &["--replace"]].concat());
    desk.ok(&["verify", "ar1.pdf"]);
    assert!(passing_names(&desk).is_empty());
}

#[test]
fn a_changed_or_missing_file_is_told_and_nothing_is_kept_of_it() {
    let desk = with_exhibit();
    let sent = ["sent", "BND-1", "--to", "the court", "--how", "by hand"];
    let mut bytes = fs::read(desk.path("ar1.pdf")).expect("the paper is there");
    bytes.push(b'\n');
    desk.write("ar1.pdf", &bytes);
    let answered = desk.run(&sent);
    assert_eq!(answered.exit, 1);
    assert!(answered.err.contains("is not the file that was made"), "{}", answered.err);
    fs::remove_file(desk.path("ar1.pdf")).expect("the file can go");
    assert!(desk.run(&sent).err.contains("was not found"));
    assert_eq!(desk.json(&["sent", "--list"])["sent"], json!([]));
    desk.ok(&[&sent[..], &["--without-file"]].concat());
    assert_eq!(desk.json(&["sent", "--list"])["sent"][0]["kept"], false);
    let (terminal, exit) = desk.typing(&sent, &["no"]);
    assert_eq!(exit, 0);
    assert!(terminal.printed.contains("Nothing was written down"), "{}", terminal.said);
}

#[test]
fn a_paper_for_oneself_goes_to_nobody_else_unasked() {
    let desk = with_exhibit();
    desk.ok(&["people", "add", "Jo Lambert", "--role", "mediator"]);
    desk.ok(&["bundle", "--for", "evidence", "--to", "self", "-o", "mine.pdf"]);
    let mine = ["sent", "BND-2", "--to", "Jo Lambert", "--how", "by e-mail"];
    let refused = desk.run(&mine);
    assert_eq!(refused.exit, 2);
    assert!(refused.err.contains("for yourself alone"), "{}", refused.err);
    assert_eq!(desk.run(&["sent", "BND-1", "--to", "Jo Lambert", "--how", "by e-mail"]).exit, 2, "a court paper");
    desk.ok(&["sent", "BND-1", "--to", "Sam Reed", "--how", "by e-mail"]);
    let (_, exit) = desk.typing(&mine, &["no"]);
    assert_eq!(exit, 0);
    assert_eq!(desk.json(&["sent", "--list"])["sent"].as_array().map(Vec::len), Some(1));
    desk.ok(&[&mine[..], &["--even-so"]].concat());
    desk.ok(&["sent", "BND-2", "--to", "me", "--how", "kept at home"]);
}

#[test]
fn places_where_no_paper_is_written() {
    let desk = with_exhibit();
    desk.write("folder/inside", "mine");
    desk.write("own.check/letter.txt", "mine");
    desk.write("lone.check/manifest.json", "{}");
    let book = fs::read(desk.path("robin.daybook")).expect("the book is there");
    #[cfg(unix)]
    std::os::unix::fs::symlink("elsewhere.pdf", desk.path("link.pdf")).expect("a link can be made");
    let mut places = vec!["ar1.pdf", "folder", "nowhere/x.pdf", "robin.daybook", "own.pdf", "lone.pdf"];
    if cfg!(unix) {
        places.push("link.pdf");
    }
    for place in places {
        let make = ["bundle", "--for", "exhibit", "--exhibit", "AR1", "--statement", "1", "-o", place];
        let answered = desk.run(&make);
        assert_eq!(answered.exit, 2, "{place}: {}", answered.err);
        if !["ar1.pdf", "lone.pdf"].contains(&place) {
            let answered = desk.run(&[&make[..], &["--replace"]].concat());
            assert_eq!(answered.exit, 2, "{place} with --replace: {}", answered.err);
        }
    }
    assert_eq!(fs::read(desk.path("robin.daybook")).expect("the book is there"), book);
    assert!(desk.path("own.check/letter.txt").exists() && desk.path("lone.check/manifest.json").exists());
    assert!(!desk.path("elsewhere.pdf").exists());
    assert!(passing_names(&desk).is_empty(), "no half file is left");
    desk.ok(&["verify", "ar1.pdf"]);
}

fn passing_names(desk: &Desk) -> Vec<String> {
    fs::read_dir(desk.path("."))
        .expect("the folder can be read")
        .filter_map(Result::ok)
        .map(|item| item.file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(".daybook-") || name.starts_with(".tmp"))
        .collect()
}

#[test]
fn what_was_chosen_is_taken_back_with_a_reason() {
    let desk = with_exhibit();
    desk.ok(&["choose", "MSG-1", "MSG-2", "--for", "evidence"]);
    assert_eq!(desk.run(&["choose", "MSG-1", "--for", "evidence", "--withdraw"]).exit, 2, "no reason");
    desk.ok(&["choose", "MSG-1", "--for", "evidence", "--withdraw", "--why", "Not needed"]);
    let list = desk.json(&["choose", "--list", "--for", "evidence"]);
    assert_eq!(ids(&list["choices"][0]["records"]), ["MSG-2"]);
    desk.ok(&["choose", "MSG-2", "--for", "evidence", "--withdraw", "--why", "Nor that"]);
    assert_eq!(desk.json(&["choose", "--list", "--for", "evidence"])["choices"], json!([]));
    assert_eq!(ids(&desk.json(&["choose", "--list"])["choices"][0]["records"]), ["MSG-1"], "the exhibit keeps it");
}

#[test]
fn what_is_held_back_is_listed_with_the_choice() {
    let desk = with_exhibit();
    desk.ok(&["choose", "MSG-2", "--for", "exhibit", "--exhibit", "AR1"]);
    desk.ok(&["mark", "MSG-2", "--privilege", "mediation", "--why", "Said in mediation"]);
    let list = desk.json(&["choose", "--list"]);
    assert_eq!(list["choices"][1]["not_shown"][0]["id"], "MSG-2");
    assert!(desk.ok(&["choose", "--list"]).contains("not shown: "));
}

#[test]
fn a_hearing_bundle_takes_a_sent_exhibit_whole() {
    let desk = with_exhibit();
    let whole = ["choose", "BND-1", "--for", "hearing", "--section", "c"];
    assert!(desk.run(&whole).err.contains("not frozen"));
    assert_eq!(desk.run(&["choose", "BND-1", "--for", "exhibit"]).exit, 2);
    desk.ok(&["sent", "BND-1", "--to", "the court", "--how", "by hand"]);
    desk.ok(&whole);
    let list = desk.json(&["choose", "--list", "--for", "hearing"]);
    assert_eq!(list["choices"][0]["section"], "C");
    desk.ok(&["choose", "MSG-1", "--for", "hearing", "--directed", "order of 3 March 2026, paragraph 4"]);
    assert_eq!(desk.run(&["choose", "MSG-1", "--for", "evidence", "--directed", "order of 3 March 2026"]).exit, 2);
}

#[test]
fn links_and_words_are_taken_back() {
    let desk = with_exhibit();
    desk.ok(&["link", "MSG-1", "MSG-2", "--as", "supports"]);
    desk.ok(&["link", "MSG-1", "MSG-2", "--withdraw"]);
    assert_eq!(desk.json(&["show", "MSG-1"])["links"], json!([]));
    assert_eq!(desk.run(&["link", "MSG-1", "MSG-2", "--withdraw"]).exit, 2);
    desk.ok(&["link", "MSG-1", "MSG-2", "--as", "supports"]);
    desk.ok(&["confidential", "add", "Elmgrove School", "--kind", "school"]);
    assert_eq!(desk.run(&["confidential", "remove", "Elmgrove School"]).exit, 2, "no reason");
    desk.ok(&["confidential", "remove", "Elmgrove School", "--why", "It is in the order"]);
    assert_eq!(desk.json(&["confidential", "list"])["words"], json!([]));
}

#[test]
fn what_the_first_page_of_a_bundle_says() {
    let desk = with_exhibit();
    assert_eq!(desk.run(&["case", "--decide", "Weekends"]).exit, 2, "there is no hearing yet");
    let case = ["case", "--hearing", "14 January 2027 10am", "--time-estimate", "1 hour", "--prepares", "yes"];
    let lists = ["--decide", "Weekends", "--decide", "Half-terms", "--agreed", "School", "--essential", "MSG-2"];
    desk.ok(&[&case[..], &lists].concat());
    desk.ok(&["case", "--not-agreed", "Where handovers are"]);
    let facts = desk.json(&["case"])["facts"].clone();
    assert_eq!(facts["decide"], json!(["Weekends", "Half-terms"]));
    assert_eq!(facts["not-agreed"], json!(["Where handovers are"]));
    assert_eq!(facts["essential"], json!(["MSG-2"]));
    assert_eq!(facts["prepares"], true);
    assert!(desk.ok(&[]).contains("time estimate 1 hour"));
    desk.ok(&["case", "--decide", "Only this"]);
    assert_eq!(desk.json(&["case"])["facts"]["decide"], json!(["Only this"]));
    assert_eq!(desk.run(&["case", "--essential", "MSG-99"]).exit, 1);
}

#[test]
fn words_beside_a_slip_are_given_back() {
    let desk = Desk::with_book();
    let words = "I waited at the main door until a quarter to six. Nobody came.";
    for slip in [&["--duee", "6 March 5pm"][..], &["--due", "31/2/2026"], &["--kind", "wonderful"]] {
        let answered = desk.run(&[&["log", "--kind", "nobody-there", "--what", words], slip].concat());
        assert_eq!(answered.exit, 2, "{slip:?}");
        assert!(answered.err.contains("Nothing was kept"), "{slip:?}: {}", answered.err);
        assert!(answered.err.contains(words), "{slip:?}: {}", answered.err);
    }
    assert_eq!(desk.json(&["timeline"])["entries"], json!([]));
}

fn prepare(desk: &Desk, answers: &[&str]) -> (String, String, u8) {
    let (terminal, exit) = desk.typing(&["prepare"], answers);
    (terminal.said.replace(&desk.path("").display().to_string(), "[DESK]/"), terminal.printed, exit)
}

#[test]
fn a_paper_by_questions() {
    let desk = with_exhibit();
    let answers = [
        "", // nobody is in danger
        "1",
        "14 January 2027 10am",
        "file a statement by 4 pm on 7 January 2027",
        "7 January 2027",
        "no", // the court's
        "1",
        "",
        "1", // an exhibit, AR1, to the first statement
        "2",
        "", // the second message too
        "yes",
        "asked.pdf",
    ];
    let (said, printed, exit) = prepare(&desk, &answers);
    assert_eq!(exit, 0, "{said}");
    assert!(printed.starts_with("BND-2  "), "{said}\n{printed}");
    assert!(said.contains("somebody else prepares the bundle"), "{said}");
    assert!(said.contains("daybook sent BND-2"), "{said}");
    desk.ok(&["verify", "asked.pdf"]);
    assert_eq!(desk.json(&["case"])["facts"]["prepares"], false);
    // Answered once, it is suggested the next time, and Enter keeps it.
    let (said, _, _) = prepare(&desk, &["", "", "", "", "", "", "", ""]);
    assert!(said.contains("Written down before: file a statement by 4 pm"), "{said}");
    assert!(said.contains("Thursday 14 January 2027"), "{said}");
}

#[test]
fn every_question_explains_itself_and_goes_back() {
    let desk = with_exhibit();
    let answers = [
        "?", "", "?", "1", "?", "back", "1", "", "?", "back", "", "", "?", "back", "", "maybe", "no", "?", "back",
        "no", "1", "?", "back", "1", "?", "", "?", "back", "", "x", "1", "?", "9", "library", "all", "not 2", "list",
        "?",
    ];
    let (said, _, exit) = prepare(&desk, &answers);
    assert_eq!(exit, 0, "{said}");
    assert!(said.ends_with("To go on: daybook prepare\n"), "{said}");
    for explained in ["may be shown depends", "The notice of hearing", "exactly", "Usually the one who applied", "mark"]
    {
        assert!(said.contains(explained), "{explained}: {said}");
    }
    assert!(said.contains("“9” is not on the list"), "{said}");
}

#[test]
fn danger_comes_first_and_the_end_of_input_keeps_what_was_answered() {
    let desk = with_exhibit();
    let (said, _, exit) = prepare(&desk, &["yes", ""]);
    assert!(said.contains("999") && exit == 0, "{said}");
    let (_, _, exit) = prepare(&desk, &["", "1", "14 January 2027 10am", "", "no", "1", "AR1", "", "2"]);
    assert_eq!(exit, 0);
    let list = desk.json(&["choose", "--list", "--for", "exhibit"]);
    assert_eq!(list["choices"].as_array().map(Vec::len), Some(2), "what was picked before the end is kept");
    assert!(desk.run(&["prepare"]).err.contains("daybook bundle"), "nobody can be asked");
    assert_eq!(desk.run(&["prepare"]).exit, 2);
}

#[test]
fn a_finding_that_stops_is_settled_by_leaving_out_or_by_a_reason() {
    let desk = with_exhibit();
    desk.ok(&["confidential", "add", "swimming", "--kind", "other"]);
    let start = ["", "3", "", "1", "all"];
    let (said, _, _) =
        prepare(&desk, &[&start[..], &["", "3", "It is no secret from my solicitor", "yes", "s.pdf"]].concat());
    // Where the finding names no picked record, going on is the second way.
    if !desk.path("s.pdf").exists() {
        let (said, _, _) =
            prepare(&desk, &[&start[..], &["", "2", "It is no secret from my solicitor", "yes", "s.pdf"]].concat());
        assert!(desk.path("s.pdf").exists(), "{said}");
    }
    assert!(said.contains("What do you want to do?"), "{said}");
    let shown = desk.json(&["show", "BND-2"]);
    assert_eq!(shown["paper"]["overrides"][0], "confidential-word: It is no secret from my solicitor");
}

#[test]
fn whoever_prepares_the_bundle_is_asked_for_its_first_page() {
    let desk = with_exhibit();
    let answers = [
        "",
        "1",
        "14 January 2027 10am",
        "",
        "yes", // told to prepare it
        "1",
        "Bristol",
        "back",
        "",
        "BS26P70940",
        "1 hour",
        "Weekends; half-terms",
        "School",
        "?",
        "Where handovers are",
    ];
    let (said, _, exit) = prepare(&desk, &answers);
    assert_eq!(exit, 0, "{said}");
    let facts = desk.json(&["case"])["facts"].clone();
    assert_eq!(facts["prepares"], true);
    assert_eq!(facts["court"], "Bristol");
    assert_eq!(facts["decide"], json!(["Weekends", "half-terms"]));
    assert_eq!(facts["not-agreed"], json!(["Where handovers are"]));
    assert!(said.contains("in your words: short") && said.contains("? [Bristol]"), "{said}");
}

#[test]
fn the_bare_program_names_the_next_step_for_a_hearing() {
    let desk = with_exhibit();
    desk.ok(&["case", "--hearing", "14 January 2027 10am"]);
    let first = |desk: &Desk| desk.json(&[])["next"][0]["command"].as_str().map(str::to_owned).unwrap_or_default();
    assert_eq!(first(&desk), "daybook case");
    desk.ok(&["case", "--court", "Bristol", "--number", "BS26P70940"]);
    assert!(first(&desk).starts_with("daybook sent BND-1"), "{}", first(&desk));
    desk.ok(&["sent", "BND-1", "--to", "the court", "--how", "by hand"]);
    assert!(!first(&desk).starts_with("daybook sent"));
}

#[test]
fn a_paper_for_mediation_stays_in_mediation_once_it_is_sent() {
    let desk = Desk::with_book();
    desk.ok(&["people", "add", "Jo Lambert", "--role", "mediator"]);
    desk.ok(&["case", "--propose", "Handover at school.", "--mediation-now", "Robin lives with Sam."]);
    desk.ok(&["bundle", "--for", "mediation", "--reader", "Jo Lambert", "-o", "mediation.pdf"]);
    desk.ok(&["verify", "mediation.pdf"]);
    let refused = desk.run(&["bundle", "--for", "mediation", "--to", "court", "-o", "court.pdf"]);
    assert_eq!((refused.exit, desk.path("court.pdf").exists()), (1, false));
    desk.ok(&["sent", "BND-1", "--to", "Jo Lambert", "--how", "by e-mail"]);
    assert_eq!(desk.json(&["show", "BND-1"])["privilege"], "mediation");
    assert_eq!(desk.json(&["show", "STP-1"])["privilege"], "mediation");
}

#[test]
fn a_statement_is_begun_as_text_or_as_a_file_that_is_not_overwritten() {
    let desk = with_exhibit();
    let text = desk.json(&["scaffold", "witness-statement", "--statement", "1"]);
    let words = text["text"].as_str().expect("the text");
    assert!(words.contains("Exhibit: AR1") && words.contains("[in your own words:"), "{words}");
    desk.ok(&["scaffold", "witness-statement", "-o", "statement.rtf"]);
    assert!(fs::read_to_string(desk.path("statement.rtf")).expect("it is written").starts_with("{\\rtf1"));
    assert_eq!(desk.run(&["scaffold", "witness-statement", "-o", "statement.rtf"]).exit, 2);
    desk.ok(&["scaffold", "position-statement", "-o", "statement.rtf", "--replace"]);
}
