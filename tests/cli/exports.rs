//! A chat that is exported again, and one mail that comes in several forms.

use serde_json::Value;

use super::Desk;

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
