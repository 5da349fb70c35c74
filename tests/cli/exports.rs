//! A chat that is exported again, and one mail that comes in several forms.

use serde_json::Value;

use super::Desk;
use crate::sources::msg_samples::Saved;

const FIRST: &str = "\
13/09/2026, 17:02 - Messages and calls are end-to-end encrypted.
13/09/2026, 17:02 - Sam Reed: Handover at five?
13/09/2026, 17:03 - Alex Reed: Five is fine
13/09/2026, 17:10 - Sam Reed: I will not bring her
13/09/2026, 17:12 - Sam Reed: I am sorry
14/09/2026, 09:00 - Alex Reed: See you Sunday
";

const SECOND: &str = "\
13/09/2026, 17:02 - Messages and calls are end-to-end encrypted.
13/09/2026, 17:02 - Sam Reed: Handover at five?
13/09/2026, 17:03 - Alex Reed: Six is fine <This message was edited>
13/09/2026, 17:10 - Sam Reed: This message was deleted
14/09/2026, 09:00 - Alex Reed: See you Sunday
20/09/2026, 18:00 - Sam Reed: She had a good time
";

fn differences(report: &Value) -> Vec<(String, String)> {
    let sources = report["sources"].as_array().expect("sources are a list");
    let findings = sources.iter().flat_map(|source| source["findings"].as_array().into_iter().flatten());
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let all = findings.map(|finding| (text(&finding["kind"]), text(&finding["what"])));
    all.filter(|(kind, _)| kind.ends_with("-since")).collect()
}

#[test]
fn a_later_export_adds_what_is_new_and_shows_what_is_gone() {
    let desk = Desk::with_book();
    desk.write("March/WhatsApp Chat with Sam Reed.txt", FIRST);
    desk.write("May/WhatsApp Chat with Sam Reed.txt", SECOND);
    let first = desk.json(&["import", "March", "--from-device", "mine"]);
    assert_eq!((&first["totals"]["new"], differences(&first).len()), (&6.into(), 0), "{first:#}");
    let second = desk.json(&["import", "May", "--from-device", "mine"]);
    // The edited words, the line in place of the deleted ones, and what was written since.
    assert_eq!((&second["totals"]["new"], &second["totals"]["duplicate"]), (&3.into(), &3.into()), "{second:#}");
    let found = differences(&second);
    let kinds: Vec<&str> = found.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, ["edited-since", "deleted-since", "gone-since"], "{found:#?}");
    for (at, words) in [(0, "Five is fine"), (0, "Six is fine"), (1, "I will not bring her"), (2, "I am sorry")] {
        assert!(found[at].1.contains(words), "{found:#?}");
    }
    assert_eq!(differences(&desk.json(&["show", "IMP-2"])["import"]), found);
    let gone = desk.json(&["show", "MSG-5"]);
    assert_eq!(gone["text"], "I am sorry");
    assert_eq!(
        (&gone["differences"][0]["kind"], &gone["differences"][0]["import"]),
        (&"gone-since".into(), &"IMP-2".into())
    );
    let words = |id: &str| desk.ok(&["show", id]).split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = words("MSG-5");
    assert!(shown.contains("not in the export May/WhatsApp Chat with Sam Reed.txt (IMP-2)"), "{shown}");
    let edited = words("MSG-3");
    assert!(edited.contains("marked as edited in the export"), "{edited}");
    // In the conversation the edited words stand right below the first ones.
    let thread = desk.json(&["show", "MSG-3", "--thread"]);
    let lines = thread["entries"].as_array().expect("a list");
    let order: Vec<&str> = lines.iter().filter_map(|line| line["id"].as_str()).collect();
    assert_eq!(order, ["MSG-1", "MSG-2", "MSG-3", "MSG-7", "MSG-4", "MSG-8", "MSG-5", "MSG-6", "MSG-9"]);
    assert_eq!(lines[3]["instead_of"], serde_json::json!({"id": "MSG-3", "deleted": false}));
    assert_eq!(lines[5]["instead_of"], serde_json::json!({"id": "MSG-4", "deleted": true}));
    assert!(words("MSG-7").contains("(one message in two exports: the later one marks MSG-3 as edited and has:)"));
    assert_eq!(desk.json(&["verify"])["ok"], true);
}

/// The exports may be brought in the other way round, or together: which is the later one, their dates say.
#[test]
fn the_order_in_which_exports_come_does_not_matter() {
    let desk = Desk::with_book();
    desk.write("chats/a.txt", SECOND);
    desk.write("chats/b.txt", FIRST);
    let report = desk.json(&["import", "chats", "--from-device", "mine"]);
    let found = differences(&report);
    assert_eq!(found.len(), 3, "{report:#}");
    assert!(found.iter().all(|(_, what)| !what.contains("stands in chats/a.txt and not in")), "{found:#?}");
    assert!(found.iter().any(|(_, what)| what.contains("stands in chats/b.txt and not in chats/a.txt")), "{found:#?}");
}

/// An export with media has a name where one without has `<Media omitted>`; that is no difference.
#[test]
fn a_picture_left_out_is_no_difference() {
    let desk = Desk::with_book();
    let chat = |picture: &str| {
        format!(
            "13/09/2026, 17:02 - Sam Reed: Handover at five?\n13/09/2026, 17:03 - Sam Reed: {picture}\n\
             13/09/2026, 17:05 - Alex Reed: Thank you\n"
        )
    };
    desk.write("one/chat.txt", chat("<Media omitted>"));
    desk.write("two/chat.txt", chat("IMG-20260913-WA0001.jpg (file attached)"));
    desk.write("two/IMG-20260913-WA0001.jpg", b"\xff\xd8\xff\xe0 a picture");
    desk.json(&["import", "one", "--from-device", "mine"]);
    let report = desk.json(&["import", "two", "--from-device", "mine"]);
    assert_eq!(differences(&report), [], "{report:#}");
}

const BETWEEN_NICKNAMES: &str = "\
13/09/2026, 17:02 - Sam Reed: Handover at five?
13/09/2026, 17:03 - Lex: Five is fine
13/09/2026, 17:04 - Sam Reed: Good
";

/// Which name in a chat is the user's is asked once, and is from then on a spelling of their name.
#[test]
fn the_name_in_a_chat_that_is_mine() {
    let desk = Desk::with_book();
    desk.write("chat.txt", BETWEEN_NICKNAMES);
    let kinds = |report: &Value| report["sources"][0]["findings"].to_string().contains("which-is-me");
    let unsaid = desk.json(&["import", "chat.txt", "--from-device", "mine"]);
    assert!(kinds(&unsaid), "{unsaid:#}");
    let other = desk.run(&["import", "chat.txt", "--me", "Sam Reed"]);
    assert_eq!(other.exit, 2, "somebody else's name is not taken: {}", other.out);
    let said = desk.json(&["import", "chat.txt", "--me", "Lex"]);
    assert_eq!((&said["totals"]["new"], kinds(&said)), (&0.into(), false), "{said:#}");
    let me = desk.ok(&["show", "PER-1"]);
    assert!(me.contains("Lex"), "{me}");
    desk.write("later.txt", BETWEEN_NICKNAMES.replace("17:0", "18:0"));
    let later = desk.json(&["import", "later.txt"]);
    assert!(!kinds(&later), "{later:#}");
}

/// At a terminal it is asked, with the names of which one may be the user's.
#[test]
fn the_name_in_a_chat_is_asked_at_a_terminal() {
    let desk = Desk::with_book();
    let chat = desk.write("chat.txt", BETWEEN_NICKNAMES).display().to_string();
    let (terminal, exit) = desk.typing(&["import", &chat, "--from-device", "mine"], &["1"]);
    assert_eq!(exit, 0, "{} {}", terminal.said, terminal.printed);
    assert!(terminal.said.contains("Which of these is you in chat.txt?"), "{}", terminal.said);
    assert!(desk.ok(&["show", "PER-1"]).contains("Lex"));
}

/// What came from a child's device goes into no paper for others until its owner says so.
#[test]
fn a_childs_device_is_held_back() {
    let desk = Desk::with_book();
    desk.write("chat.txt", BETWEEN_NICKNAMES);
    desk.json(&["import", "chat.txt", "--from-device", "child", "--me", "Lex"]);
    desk.write("one.eml", super::mail("one", "This weekend", "Not this weekend."));
    desk.json(&["import", "one.eml", "--from-device", "mine"]);
    desk.ok(&["choose", "MSG-1", "MSG-4", "--for", "exhibit", "--exhibit", "AR1"]);
    let plan = |desk: &Desk| desk.json(&["bundle", "--for", "exhibit", "--to", "court", "--dry-run", "-o", "x.pdf"]);
    let held = plan(&desk);
    assert!(held.to_string().contains("a child’s device"), "{held:#}");
    desk.ok(&["mark", "MSG-1", "--let-into", "exhibit", "--why", "the court asked for it"]);
    let let_in = plan(&desk);
    let left_out = let_in["left_out"].as_array().expect("a list");
    assert!(left_out.iter().all(|one| one["id"] != "MSG-1"), "{let_in:#}");
}

/// A message as Outlook saves one that was received.
pub fn outlook(headers: &str, subject: &str, text: &str) -> Vec<u8> {
    let mut saved = Saved::mail();
    for (id, words) in [("0037", subject), ("1000", text), ("007D", headers)] {
        saved.words("/", id, words);
    }
    saved.finish()
}

/// One mail, as four programs save it, is one message that stands in four places.
#[test]
fn one_mail_in_four_forms_is_one_message() {
    let desk = Desk::with_book();
    let text = "Not this weekend.\r\n\r\nFrom Monday on I can.\r\n";
    let mail = super::mail("one", "Re: This weekend", text);
    let (headers, _) = mail.split_once("\r\n\r\n").expect("a blank line");
    desk.write("a/one.eml", &mail);
    let unix = mail.replace("\r\n", "\n").replace("\nFrom Monday", "\n>From Monday");
    desk.write("b/Inbox.mbox", format!("From - Fri Mar 06 17:20:00 2026\n{unix}\n"));
    let apple = mail.replace("\r\n", "\n");
    desk.write(
        "c/1.emlx",
        format!("{}\n{apple}<?xml version=\"1.0\"?><plist version=\"1.0\"><dict/></plist>", apple.len()),
    );
    desk.write("d/one.msg", outlook(&format!("{headers}\r\n\r\n"), "Re: This weekend", text));
    let report = desk.json(&["import", "a", "b", "c", "d", "--from-device", "mine"]);
    let totals = &report["totals"];
    assert_eq!(
        (&totals["new"], &totals["duplicate"], &totals["differing"]),
        (&1.into(), &3.into(), &0.into()),
        "{report:#}"
    );
    let shown = desk.json(&["show", "MSG-1"]);
    assert_eq!(shown["also_in"].as_array().map(Vec::len), Some(3), "{shown:#}");
}

/// Where only habit would decide what a date means, nothing of that file is taken, the flag is named, the rest is
/// brought in, and the program ends with 1. A date order that was found ends with 0.
#[test]
fn an_undecided_date_order_stops_that_file_alone() {
    let desk = Desk::with_book();
    let chat =
        "03/04/2026, 17:02 - Sam Reed: Five?\n03/04/2026, 17:03 - Alex Reed: Fine\n05/04/2026, 09:00 - Sam Reed: Ok\n";
    desk.write("in/chat.txt", chat);
    desk.write("in/one.eml", super::mail("one", "This weekend", "Not this weekend."));
    let stopped = desk.run(&["--no-input", "--json", "import", "in", "--from-device", "mine"]);
    let report: Value = serde_json::from_str(&stopped.out).expect("one object");
    if report.to_string().contains("date-order-undecided") {
        assert_eq!((stopped.exit, &report["totals"]["new"]), (1, &1.into()), "{report:#}");
        assert!(report.to_string().contains("--date-order dmy"), "{report:#}");
    } else {
        panic!("it was decided by habit: {report:#}");
    }
    let said = desk.run(&["--no-input", "--json", "import", "in", "--date-order", "dmy"]);
    let report: Value = serde_json::from_str(&said.out).expect("one object");
    assert_eq!((said.exit, &report["totals"]["new"]), (0, &3.into()), "{report:#}");
    desk.write("clear.txt", FIRST);
    assert_eq!(desk.run(&["--no-input", "import", "clear.txt"]).exit, 0);
}

/// The import asked which number is the day; the answer was given, and the zip was taken as read already: the
/// conversation never came into the book.
#[test]
fn a_chat_in_a_zip_is_read_once_the_order_of_its_dates_is_said() {
    let desk = Desk::with_book();
    let chat = "03/04/2026, 16:40 - Alex Reed: On my way\n05/04/2026, 16:47 - Sam Reed: Not today\n";
    desk.write("chat.zip", super::mailbox::zip(&[("WhatsApp Chat with Sam Reed.txt", chat.as_bytes())]));
    let import = ["--no-input", "import", "chat.zip", "--from-device", "mine"];
    assert_eq!(desk.run(&import).exit, 1, "only a person can say");
    let answered = desk.json(&[&import[..], &["--date-order", "dmy"]].concat());
    assert_eq!(answered["totals"]["new"], 2, "{answered}");
    let again = desk.json(&[&import[..], &["--date-order", "dmy"]].concat());
    assert_eq!((&again["totals"]["new"], &again["totals"]["duplicate"]), (&0.into(), &2.into()), "{again}");
}
