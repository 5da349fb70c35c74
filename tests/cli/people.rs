//! Who is who, what belongs together, and finding it again: through the program.

use serde_json::Value;

use super::Desk;

/// A telephone's backup: sent, received, and sent again eleven days later.
const BACKUP: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<smses count="3">
  <sms address="+447700900123" date="1772816400000" type="2" body="On my way to the library" contact_name="Sam R" />
  <sms address="07700 900123" date="1772816460000" type="1" body="Robin is not ready" contact_name="Sam R" />
  <sms address="+447700900123" date="1773853200000" type="2" body="Is Thursday all right?" contact_name="(Unknown)" />
</smses>"#;

fn ids(answer: &Value) -> Vec<&str> {
    answer["entries"].as_array().expect("a list").iter().map(|entry| entry["id"].as_str().unwrap()).collect()
}

fn mail(desk: &Desk, name: &str, from: &str, headers: &str, day: u32, text: &str) {
    let mail = format!(
        "From: {from}\r\nTo: Alex Reed <alex@example.com>\r\nDate: {day} Mar 2026 17:20:00 +0000\r\n{headers}\r\n\r\n{text}\r\n"
    );
    desk.write(&format!("mail/{name}.eml"), mail);
}

#[test]
fn a_text_sent_from_my_telephone_is_mine_and_from_another_it_is_not() {
    for (device, mine) in [("mine", true), ("given", false)] {
        let desk = Desk::with_book();
        desk.write("sms.xml", BACKUP);
        desk.ok(&["import", "sms.xml", "--from-device", device]);
        desk.ok(&["people", "attach", "Sam", "07700 900123"]);
        desk.ok(&["bundle", "--for", "evidence", "--to", "self", "-o", "paper.pdf"]);
        let bytes = std::fs::read(desk.path("paper.pdf")).expect("the paper is there");
        let observed = daybook::pdf::observe(&bytes).expect("it can be read back");
        let text: String = observed.pages.iter().map(|page| page.text.replace('\n', " ")).collect();
        assert_eq!(text.contains("I wrote to Sam Reed"), mine, "{device}: {text}");
        assert_eq!(text.contains("Sent from the telephone"), !mine, "{device}: {text}");
        assert!(text.contains("Sam Reed wrote"), "{text}");
        // One number, however each line writes it, and one conversation.
        assert_eq!(ids(&desk.json(&["timeline", "--with", "Sam", "--kind", "message"])).len(), 3);
        let thread = desk.json(&["show", "MSG-1", "--thread"]);
        assert_eq!(ids(&thread), ["MSG-1", "MSG-2", "MSG-3"]);
        assert_eq!(thread["entries"][2]["gaps_before"][0]["days"], 11, "{thread}");
    }
}

#[test]
fn a_conversation_is_shown_around_its_message_with_quotes_folded() {
    let desk = Desk::with_book();
    let sam = "Sam Reed <sam@example.org>";
    mail(&desk, "1", sam, "Subject: This weekend\r\nMessage-ID: <a@x>", 2, "Can we swap?");
    let quoting =
        "No.\r\n\r\nOn Mon, 2 Mar 2026 at 17:20, Sam Reed wrote:\r\n> Can we swap?\r\n> Really?\r\n\r\n-- \r\nSam";
    let answer = "Subject: Re: This weekend\r\nMessage-ID: <b@x>\r\nReferences: <a@x>\r\nIn-Reply-To: <a@x>";
    mail(&desk, "2", sam, answer, 20, quoting);
    desk.ok(&["import", "mail"]);
    let shown = desk.ok(&["show", "MSG-2"]);
    assert!(shown.contains("2 lines quoted") && !shown.contains("Really?"), "{shown}");
    assert!(shown.contains("17 days without a message") && shown.contains("> MSG-2"), "{shown}");
    let all = desk.ok(&["show", "MSG-2", "--all"]);
    assert!(all.contains("Really?") && all.contains("\n--\n"), "{all}");
    let json = desk.json(&["show", "MSG-2"]);
    assert!(json["text"].as_str().unwrap().contains("Really?"), "the record has it all: {json}");
    assert_eq!(json["conversation"]["messages"], 2);
    assert!(!ids(&desk.json(&["search", "really"])).is_empty(), "what is folded is found as well");
}

/// Of a very long chat only what stands around the message is read; it has to say the same as the whole.
#[test]
fn the_place_of_a_message_in_a_very_long_chat_is_told_without_reading_all_of_it() {
    let desk = Desk::with_book();
    let line = |number: usize| {
        let (day, hour, minute) =
            (1 + number / 600 + if number < 1_100 { 0 } else { 20 }, 8 + number / 60 % 10, number % 60);
        format!(
            "{day:02}/03/2026, {hour:02}:{minute:02} - {}: number {number}\n",
            ["Sam Reed", "Alex Reed"][number % 2]
        )
    };
    desk.write("WhatsApp Chat with Sam Reed.txt", (0..1_200).map(line).collect::<String>());
    desk.ok(&["import", "WhatsApp Chat with Sam Reed.txt", "--from-device", "mine", "--date-order", "dmy"]);
    let whole = desk.json(&["show", "MSG-1101", "--thread"]);
    let around = &desk.json(&["show", "MSG-1101"])["conversation"];
    assert_eq!((&around["messages"], &around["place"]), (&whole["messages"], &whole["place"]));
    assert_eq!((&whole["messages"], &whole["place"]), (&1_200.into(), &1_101.into()));
    let near = ids(around);
    assert_eq!(near, ids(&whole)[1_097..1_104]);
    let silences = |of: &Value| -> Vec<Value> {
        of["entries"].as_array().unwrap().iter().map(|entry| entry["gaps_before"][0]["days"].clone()).collect()
    };
    assert_eq!(silences(around), silences(&whole)[1_097..1_104], "the silence of twenty days is before the fourth");
    assert_eq!(silences(around)[3], 19, "{around}");
}

#[test]
fn people_are_merged_split_and_taken_apart_again() {
    let desk = Desk::with_book();
    desk.ok(&["people", "add", "Elm Street Nursery", "--role", "professional", "--email", "office@example.org"]);
    desk.ok(&["people", "add", "Nursery", "--email", "elm@example.net"]);
    mail(&desk, "1", "elm@example.net", "Subject: Term dates\r\nMessage-ID: <a@x>", 2, "From 8 September.");
    desk.ok(&["import", "mail"]);
    let before = desk.json(&["people"]);
    let merged = desk.json(&["people", "merge", "PER-4", "PER-5", "--why", "one nursery"]);
    assert_eq!(merged["id"], "PER-4", "{merged}");
    assert_eq!(desk.json(&["timeline", "--with", "PER-4"])["entries"][0]["people"][0]["name"], "Elm Street Nursery");
    let shown = desk.ok(&["show", "PER-5"]);
    assert!(shown.contains("Shown as Elm Street Nursery (PER-4)"), "{shown}");
    assert_eq!(desk.run(&["people", "merge", "PER-5", "PER-4", "--why", "again"]).exit, 2);
    assert_eq!(desk.run(&["people", "merge", "PER-1", "PER-2", "--why", "a slip"]).exit, 2);
    desk.ok(&["people", "undo", "PER-5", "--why", "two after all"]);
    let mut after = desk.json(&["people"]);
    for (place, person) in before["people"].as_array().unwrap().iter().enumerate() {
        assert_eq!(after["people"][place].take(), *person);
    }
    let split =
        ["people", "split", "PER-4", "--take", "office@example.org", "--as", "Elm Street School", "--why", "moved up"];
    assert_eq!(desk.json(&split)["id"], "PER-6");
    assert!(desk.json(&["verify"])["ok"].as_bool().unwrap());
}

#[test]
fn search_shows_words_in_context_and_how_many_there_are() {
    let desk = Desk::with_book();
    for number in 0..60 {
        desk.write(
            &format!("many/{number}.eml"),
            super::mail(&number.to_string(), &format!("Word {number}"), "at the Łódź café"),
        );
    }
    desk.ok(&["import", "many"]);
    let shown = desk.ok(&["search", "lodz", "--channel", "email"]);
    assert!(shown.contains("at the [Łódź] café"), "{shown}");
    assert!(shown.contains("first 50 of 60 records (more: --limit 60)"), "{shown}");
    let json = desk.json(&["search", "the lodz", "--source", "IMP-1"]);
    assert_eq!((json["total"].as_u64(), json["at_least"].as_bool()), (Some(60), Some(false)), "{json}");
    assert_eq!(json["entries"][0]["marked"], serde_json::json!([[10, 13], [14, 18]]), "{json}");
    assert_eq!(desk.json(&["search", "lodz", "--channel", "signal"])["total"], 0);
    assert_eq!(desk.run(&["search", "lodz", "--source", "MSG-1"]).exit, 2);
    desk.ok(&["search", "\" OR NEAR( * \u{202e} {}"]);
}
