//! Faults that people found by using the program, each with its story, so that they stay mended.

use super::Desk;

/// A mail to the keeper alone, about a solicitor's advice, from somebody nobody has named yet.
const ADVICE: &str = "From: Priya Nair <priya.nair@example.com>\nTo: Alex Reed <alex.reed@example.com>\n\
    Date: Mon, 2 Mar 2026 15:33:00 +0000\nSubject: Your order: my advice\nMessage-ID: <advice@example.com>\n\n\
    This is advice to you and is confidential between us.\n";

/// A subject in a script that no bundled font has made every paper impossible: the index printed code
/// points, and the proof looked for the characters.
#[test]
fn a_subject_no_font_has_does_not_stop_a_paper() {
    let desk = Desk::with_book();
    let mail = "From: Aiko <aiko@example.com>\nTo: Alex Reed <alex.reed@example.com>\n\
        Date: Mon, 2 Mar 2026 20:41:09 +0000\nSubject: =?utf-8?B?6KqV55Sf5pel?=\nMessage-ID: <j@example.com>\n\n\
        Hello\n";
    desk.write("mail/a.eml", mail);
    desk.ok(&["import", "--no-input", "--from-device", "mine", "mail"]);
    let made = desk.json(&["bundle", "--for", "evidence", "--to", "solicitor", "-o", "paper.pdf"]);
    assert_eq!(made["proof"]["ok"], true, "{made}");
    let findings = made["findings"].as_array().expect("findings are a list");
    assert!(findings.iter().any(|finding| finding["kind"] == "character-without-font"), "and it is said: {made}");
}

/// A solicitor's mail went to the other party because nobody had said who she was.
#[test]
fn advice_from_somebody_not_named_yet_is_held_back() {
    let desk = Desk::with_book();
    desk.write("mail/a.eml", ADVICE);
    desk.ok(&["import", "--no-input", "--from-device", "mine", "mail"]);
    desk.ok(&["log", "--kind", "kept", "--due", "6 March 2026 5pm", "--what", "On time.", "--no-input"]);
    let made = desk.json(&["bundle", "--for", "evidence", "--to", "other-party", "-o", "paper.pdf"]);
    let left_out = made["left_out"].as_array().expect("a list");
    assert!(left_out.iter().any(|one| one["id"] == "MSG-1"), "{made}");
}

/// Typing a paragraph a second time replaced its words without a question.
#[test]
fn a_paragraph_is_not_typed_over_without_a_reason() {
    let desk = Desk::with_book();
    desk.ok(&["order", "add", "--title", "Child arrangements order", "--made", "27 February 2026"]);
    desk.ok(&["order", "para", "ORD-1", "3", "--words", "Robin shall spend time with the applicant."]);
    let again = ["order", "para", "ORD-1", "3", "--words", "Other words."];
    let refused = desk.run(&again);
    assert_eq!(refused.exit, 2);
    assert!(refused.err.contains("Robin shall spend time"), "the words that are there are shown: {}", refused.err);
    desk.ok(&[&again[..], &["--why", "a slip of the pen"]].concat());
    let shown = desk.json(&["show", "ORD-1"]);
    assert!(shown["history"].to_string().contains("Robin shall spend time"), "the first words stay readable: {shown}");
}

/// Contact on a day that lies ahead was counted as held.
#[test]
fn what_lies_ahead_is_not_yet_held() {
    let desk = Desk::with_book();
    let ahead = ["log", "--no-input", "--due", "20 March 2026 5pm", "--what", "x", "--kind"];
    assert_eq!(desk.run(&[&ahead[..], &["kept"]].concat()).exit, 2);
    desk.ok(&[&ahead[..], &["cancelled-by-me"]].concat());
    assert_eq!(desk.json(&["contact"])["kept"], 0);
}

/// A call typed in by its keeper stood in the chronology as something the other person wrote.
#[test]
fn a_call_typed_in_is_its_keepers_account() {
    let desk = Desk::with_book();
    let call = ["message", "--no-input", "--channel", "call", "--from", "Robin Reed", "--to", "me"];
    desk.ok(&[&call[..], &["--sent", "6 March 2026 6.20pm", "--text", "Robin rang about swimming."]].concat());
    desk.ok(&["bundle", "--for", "evidence", "--to", "solicitor", "-o", "paper.pdf"]);
    let bytes = std::fs::read(desk.path("paper.pdf")).expect("the paper is there");
    let observed = daybook::pdf::observe(&bytes).expect("it can be read back");
    let text: String = observed.pages.iter().map(|page| page.text.replace('\n', " ")).collect();
    assert!(!text.contains("wrote:"), "nobody wrote it: {text}");
    assert!(text.contains("own note"), "it is shown as whose note it is: {text}");
}

/// An exhibit mark could be used for a second statement.
#[test]
fn an_exhibit_mark_is_used_once() {
    let desk = Desk::with_book();
    desk.ok(&["people", "add", "Priya Nair", "--role", "solicitor"]);
    desk.write(
        "mail/a.eml",
        ADVICE.replace("my advice", "dates").replace("advice to you and is confidential between us", "a date"),
    );
    desk.ok(&["import", "--no-input", "--from-device", "mine", "mail"]);
    desk.ok(&["mark", "MSG-1", "--privilege", "none", "--why", "open"]);
    desk.ok(&["choose", "MSG-1", "--for", "exhibit", "--exhibit", "AR1"]);
    let exhibit = |statement: &'static str, out: &'static str| {
        desk.run(&[
            "bundle",
            "--for",
            "exhibit",
            "--to",
            "court",
            "--exhibit",
            "AR1",
            "--statement",
            statement,
            "-o",
            out,
        ])
    };
    assert_eq!(exhibit("1", "one.pdf").exit, 0);
    assert_eq!(exhibit("1", "anew.pdf").exit, 0, "the same exhibit may be made anew");
    let second = exhibit("2", "two.pdf");
    assert_eq!(second.exit, 1, "{}", second.err);
    assert!(!desk.path("two.pdf").exists());
}

/// An entry left half way could only be finished by somebody who knows the names of fields.
#[test]
fn an_entry_left_half_way_is_finished_by_questions() {
    let desk = Desk::with_book();
    let (_, exit) = desk.typing(&["log"], &["no", "I waited at the library.", ""]);
    assert_eq!(exit, 0);
    let (terminal, exit) = desk.typing(&["amend", "INC-1"], &["4", "6 March 2026 5pm", "."]);
    assert_eq!(exit, 0, "{}", terminal.said);
    assert!(!terminal.said.contains("What happened?"), "what is known is not asked again: {}", terminal.said);
    let shown = desk.json(&["show", "INC-1"]);
    assert_eq!(shown["facts"]["kind"], "nobody-there", "{shown}");
    assert_eq!(shown["facts"]["what"], "I waited at the library.");
    assert_eq!(shown["amended"], true);
}

/// `daybook new` alone, the first thing anybody types, was answered with a line about required arguments.
#[test]
fn a_book_is_begun_without_knowing_what_to_type() {
    let desk = Desk::bare();
    let name = desk.path("robin").display().to_string();
    let (terminal, exit) = desk.typing(&["new"], &[&name, "Alex Reed", "Sam Reed", "Robin Reed", "", "", ""]);
    assert_eq!(exit, 0, "{}", terminal.said);
    assert!(desk.path("robin.daybook").exists());
    let unasked = desk.run(&["new", "--no-input"]);
    assert_eq!(unasked.exit, 2);
    assert!(unasked.err.contains("daybook new robin.daybook --me"), "{}", unasked.err);
}

/// Stopping the questions of a new book was answered with "nobody can be asked".
#[test]
fn stopping_a_new_book_says_that_none_was_begun() {
    let desk = Desk::bare();
    let name = desk.path("robin").display().to_string();
    let (terminal, exit) = desk.typing(&["new", &name], &[]);
    assert_eq!(exit, 1);
    assert!(!terminal.said.contains("Nobody can be asked"), "{}", terminal.said);
    assert!(!desk.path("robin.daybook").exists());
}

/// Every import stood in the timeline as "corrected", though nobody had touched it.
#[test]
fn an_import_nobody_touched_is_not_called_corrected() {
    let desk = Desk::with_book();
    desk.write("mail/a.eml", ADVICE);
    desk.ok(&["import", "--no-input", "--from-device", "mine", "mail"]);
    let timeline = desk.ok(&["timeline"]);
    assert!(timeline.contains("Import of 1 file, 1 new message"), "{timeline}");
    assert!(!timeline.contains("corrected"), "{timeline}");
}

/// A folder given to `verify` was answered with the number of an error of the system.
#[test]
fn a_folder_is_not_a_paper_and_is_called_a_folder() {
    let desk = Desk::with_book();
    std::fs::create_dir(desk.path("papers")).expect("a folder");
    let refused = desk.run(&["verify", "papers"]);
    assert_eq!(refused.exit, 1);
    assert!(refused.err.contains("folder") && !refused.err.contains("os error"), "{}", refused.err);
}

/// A letter kept as a PDF was found by its title alone, and somebody looked for it by what the school had written.
#[test]
fn a_pdf_is_found_by_its_words_and_a_scan_says_that_it_has_none() {
    let desk = Desk::with_book();
    let given = |name: &str| {
        std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/actions/demo").join(name)).unwrap()
    };
    desk.write("school.pdf", given("school-letter.pdf"));
    desk.write("scan.pdf", given("directions-scan.pdf"));
    let added = desk.json(&["add", "school.pdf", "scan.pdf", "--as", "letter"]);
    let kinds: Vec<_> = added["findings"].as_array().unwrap().iter().map(|one| &one["kind"]).collect();
    assert_eq!(kinds, ["no-words"], "{added:#}");
    let found = desk.json(&["search", "Elmgrove Pool"]);
    assert_eq!((&found["total"], &found["not_read"]), (&1.into(), &0.into()), "{found:#}");
    let place = &found["entries"][0]["stands_in"];
    assert_eq!((&place["name"], &place["page"]), (&"school.pdf".into(), &1.into()), "{found:#}");
    let shown = desk.run(&["search", "Elmgrove Pool"]);
    assert!(shown.out.contains("school.pdf, page 1: "), "{}", shown.out);
    let words = |id: &str| desk.json(&["show", id])["found_by"][0]["words"].clone();
    let mut both = [words("DOC-1"), words("DOC-2")].map(|word| word.as_str().unwrap().to_owned());
    both.sort();
    assert_eq!(both, ["none", "read"]);
}

/// What came attached to an e-mail is read when somebody searches, not when fifty thousand mails are brought in.
#[test]
fn an_attachment_is_found_by_its_words() {
    let desk = Desk::with_book();
    let mail = "From: Sam Reed <sam@example.org>\nTo: Alex Reed <alex.reed@example.com>\n\
        Date: Mon, 2 Mar 2026 20:41:09 +0000\nSubject: Dates\nMessage-ID: <d@example.org>\n\
        Content-Type: multipart/mixed; boundary=x\n\n--x\n\nSee the list.\n--x\nContent-Type: text/plain\n\
        Content-Disposition: attachment; filename=list.txt\n\nTrampoline on Sunday\n--x--\n";
    desk.write("mail/a.eml", mail);
    desk.ok(&["import", "--no-input", "--from-device", "mine", "mail"]);
    assert_eq!(desk.json(&["show", "MSG-1"])["found_by"][0]["words"], "not-read");
    let found = desk.json(&["search", "trampoline"]);
    let place = &found["entries"][0]["stands_in"];
    assert_eq!((&place["name"], &place["page"]), (&"list.txt".into(), &serde_json::Value::Null), "{found:#}");
}
