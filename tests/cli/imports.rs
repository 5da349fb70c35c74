//! Exports as a telephone gives them, brought in again and again: what is asked, what is known, what is joined.

use serde_json::Value;

use super::mailbox::zip;
use super::{Desk, mail};

fn totals(report: &Value) -> (u64, u64) {
    let count = |name: &str| report["totals"][name].as_u64().unwrap_or_default();
    (count("new"), count("duplicate"))
}

fn kinds(report: &Value) -> Vec<String> {
    let sources = report["sources"].as_array().into_iter().flatten();
    let findings = sources.flat_map(|source| source["findings"].as_array().into_iter().flatten());
    findings.filter_map(|finding| finding["kind"].as_str()).map(str::to_owned).collect()
}

fn attached(desk: &Desk, id: &str) -> usize {
    desk.json(&["show", id])["attachments"].as_array().map_or(0, Vec::len)
}

const UNCLEAR: &str = "07/09/2026, 19:05 - Sam Reed: one\n08/09/2026, 19:06 - Alex Reed: two\n";
const PHOTO: &[u8] = b"\xff\xd8\xff\xe0 a picture";

/// The answer was taken, and then the file was read from where the first reading had ended: nothing was in it.
#[test]
fn the_answer_about_dates_gives_what_the_flag_gives() {
    let chat = "chat/WhatsApp Chat with Sam Reed.txt";
    for answered in [false, true] {
        for brought in [chat, "chat.zip", "chat"] {
            let desk = Desk::with_book();
            desk.write(chat, UNCLEAR);
            desk.write("chat.zip", zip(&[("WhatsApp Chat with Sam Reed.txt", UNCLEAR.as_bytes())]));
            let brought = desk.path(brought).display().to_string();
            let flagged = [&brought, "--from-device", "mine", "--date-order", "dmy"];
            if answered {
                let asked = ["import", &brought, "--from-device", "mine"];
                let (terminal, exit) = desk.typing(&asked, &["1"]);
                assert_eq!(exit, 0, "{} {}", terminal.said, terminal.printed);
                assert!(terminal.printed.contains("2 messages"), "{}", terminal.printed);
                let again = desk.json(&[&["import"][..], &flagged[..]].concat());
                assert_eq!(totals(&again), (0, 2), "{again:#}");
            } else {
                assert_eq!(totals(&desk.json(&[&["import"][..], &flagged[..]].concat())), (2, 0));
            }
            let first = desk.json(&["show", "MSG-1"]);
            assert_eq!((&first["text"], &first["when"]["start"]), (&"one".into(), &"2026-09-07T19:05:00+01:00".into()));
        }
    }
}

/// A chat whose question nobody answered is read by a later import with the flag, in its zip among other files.
#[test]
fn what_one_import_left_waiting_another_reads() {
    let desk = Desk::with_book();
    desk.write("phone/chat.zip", zip(&[("WhatsApp Chat with Sam Reed.txt", UNCLEAR.as_bytes())]));
    desk.write("phone/one.eml", mail("one", "This weekend", "Not this weekend."));
    assert_eq!(desk.run(&["--no-input", "import", "phone", "--from-device", "mine"]).exit, 1);
    let said = desk.json(&["import", "phone", "--from-device", "mine", "--date-order", "mdy"]);
    assert_eq!(totals(&said), (2, 1), "{said:#}");
}

const MESSENGER: &str = r#"{"participants": [{"name": "Sam Reed"}, {"name": "Alex Reed"}], "title": "Sam Reed",
 "thread_path": "inbox/samreed_123", "messages": [
 {"sender_name": "Sam Reed", "timestamp_ms": 1786356660000, "photos": [{"uri": "your_facebook_activity/messages/inbox/samreed_123/photos/missing.jpg"}]},
 {"sender_name": "Sam Reed", "timestamp_ms": 1786356360000, "photos": [{"uri": "your_facebook_activity/messages/inbox/samreed_123/photos/1.jpg"}]}]}"#;

/// Messenger names a photo by its way from the top of the download, wherever below it the user begins.
#[test]
fn photos_of_messenger_are_joined_to_their_messages() {
    let thread = "your_facebook_activity/messages/inbox/samreed_123";
    let message = format!("{thread}/message_1.json");
    let photo = format!("{thread}/photos/1.jpg");
    for brought in ["facebook-alex", "facebook-alex/your_facebook_activity", "thread", "download.zip", "top.zip"] {
        let desk = Desk::with_book();
        for top in ["facebook-alex/", ""] {
            desk.write(&format!("{top}{message}"), MESSENGER);
            desk.write(&format!("{top}{photo}"), PHOTO);
        }
        desk.write("thread/samreed_123/message_1.json", MESSENGER);
        desk.write("thread/samreed_123/photos/1.jpg", PHOTO);
        let entries = [(message.as_str(), MESSENGER.as_bytes()), (photo.as_str(), PHOTO)];
        desk.write("download.zip", zip(&entries));
        let (below, photo_below) = (format!("facebook-alex/{message}"), format!("facebook-alex/{photo}"));
        desk.write("top.zip", zip(&[(below.as_str(), MESSENGER.as_bytes()), (photo_below.as_str(), PHOTO)]));
        let report = desk.json(&["import", brought, "--from-device", "mine"]);
        assert_eq!(report["totals"]["media_missing"], 1, "{brought}: {report:#}");
        assert!(!kinds(&report).contains(&"not-a-message".to_owned()), "{brought}: {report:#}");
        assert_eq!((attached(&desk, "MSG-1"), attached(&desk, "MSG-2")), (0, 1), "{brought}");
        let again = desk.json(&["import", brought, "--from-device", "mine"]);
        assert!(!kinds(&again).contains(&"not-a-message".to_owned()), "{brought}: {again:#}");
    }
}

const APPLE: &str = "\
[03/09/2026, 17:40:01] Sam Reed: \u{200e}Messages and calls are end-to-end encrypted.
[03/09/2026, 17:45:10] Alex Reed: \u{200e}PHOTO
[03/09/2026, 17:46:00] Sam Reed: Reading list attached \u{200e}LETTER
[23/09/2026, 18:00:00] Sam Reed: Thank you
";

fn apple(photo: &str, letter: &str) -> String {
    APPLE.replace("PHOTO", photo).replace("LETTER", letter)
}

/// `Export the chat again with media` is what the program says; then the media have to come.
#[test]
fn an_export_with_media_gives_them_to_the_messages_that_are_there() {
    let name = "WhatsApp Chat - Sam Reed.zip";
    let bare = apple("image omitted", "document omitted");
    let (photo, letter) = ("00000004-PHOTO-2026-09-03-17-45-10.jpg", "00000005-school letter.pdf");
    let whole = apple(&format!("<attached: {photo}>"), &format!("<attached: {letter}>"));
    let desk = Desk::with_book();
    desk.write(&format!("bare/{name}"), zip(&[("_chat.txt", bare.as_bytes())]));
    let entries = [("_chat.txt", whole.as_bytes()), (photo, PHOTO), (letter, b"%PDF-1.4 a letter".as_slice())];
    desk.write(&format!("whole/{name}"), zip(&entries));
    assert_eq!(totals(&desk.json(&["import", "bare", "--from-device", "mine"])), (4, 0));
    let report = desk.json(&["import", "whole", "--from-device", "mine"]);
    assert_eq!(totals(&report), (0, 4), "{report:#}");
    assert_eq!(report["totals"]["media_brought"], 2, "{report:#}");
    for kind in kinds(&report) {
        assert!(!["gone-since", "not-a-message", "edited-since"].contains(&kind.as_str()), "{report:#}");
    }
    assert_eq!((attached(&desk, "MSG-2"), attached(&desk, "MSG-3")), (1, 1));
    assert_eq!(desk.json(&["show", "MSG-3"])["text"], format!("Reading list attached <attached: {letter}>"));
    assert_eq!(desk.json(&["verify"])["ok"], true);
    // Brought in once more from a folder, nothing changes and no picture is a stranger.
    desk.write("folder/_chat.txt", &whole);
    desk.write(&format!("folder/{photo}"), PHOTO);
    desk.write(&format!("folder/{letter}"), b"%PDF-1.4 a letter");
    for _ in 0..2 {
        let again = desk.json(&["import", "folder", "--from-device", "mine"]);
        assert_eq!(totals(&again), (0, 4), "{again:#}");
        assert!(!kinds(&again).contains(&"not-a-message".to_owned()), "{again:#}");
        assert_eq!(attached(&desk, "MSG-2"), 1);
    }
}

/// What a message named came with it at the first import; at the second it was called no message and not kept.
#[test]
fn a_folder_brought_in_again_holds_no_strangers() {
    let desk = Desk::with_book();
    let chat = r#"{"name": "Sam", "type": "personal_chat", "id": 5, "messages": [{"id": 1, "type": "message",
        "date": "2026-09-03T17:45:10", "date_unixtime": "1788453910", "from": "Sam", "from_id": "user5",
        "photo": "photos/p1.jpg", "text": ""}]}"#;
    desk.write("export/result.json", chat);
    desk.write("export/photos/p1.jpg", PHOTO);
    desk.write("export/holiday.jpg", b"\xff\xd8\xff\xe0 another picture");
    for _ in 0..2 {
        let report = desk.json(&["import", "export", "--from-device", "mine"]);
        let strangers: Vec<String> = kinds(&report).into_iter().filter(|kind| kind == "not-a-message").collect();
        assert_eq!(strangers.len(), 1, "the picture nobody names: {report:#}");
        assert!(report.to_string().contains("holiday.jpg"));
    }
}

/// A contact was given another name on the telephone, and every message of the chat was taken for a new one.
#[test]
fn a_chat_with_a_renamed_contact_is_the_same_chat() {
    let desk = Desk::with_book();
    let chat = "13/09/2026, 17:02 - Sam Reed: Handover at five?\n13/09/2026, 17:03 - Alex Reed: Five is fine\n\
                14/09/2026, 17:04 - Sam Reed: Good\n";
    desk.write("WhatsApp Chat with Sam Reed.txt", chat);
    desk.write("WhatsApp Chat with Sammy ex.txt", chat.replace("Sam Reed", "Sammy ex"));
    desk.ok(&["people", "attach", "PER-2", "Sammy ex", "--name"]);
    assert_eq!(totals(&desk.json(&["import", "WhatsApp Chat with Sam Reed.txt", "--from-device", "mine"])), (3, 0));
    let renamed = desk.json(&["import", "WhatsApp Chat with Sammy ex.txt", "--from-device", "mine"]);
    assert_eq!(totals(&renamed), (0, 3), "{renamed:#}");
    assert!(!kinds(&renamed).iter().any(|kind| kind.ends_with("-since")), "{renamed:#}");
}

/// The first message after the notice of encryption stands in the notice's minute, and was not missed when it was gone.
#[test]
fn what_is_gone_at_the_very_beginning_is_told() {
    let desk = Desk::with_book();
    let notice = "13/09/2026, 17:02 - Messages and calls are end-to-end encrypted.\n";
    let first = "13/09/2026, 17:02 - Sam Reed: I will not bring her\n";
    let rest = "13/09/2026, 17:30 - Alex Reed: Why?\n14/09/2026, 09:00 - Sam Reed: Because\n";
    desk.write("a/chat.txt", format!("{notice}{first}{rest}"));
    desk.write("b/chat.txt", format!("{notice}{rest}"));
    desk.json(&["import", "a", "--from-device", "mine"]);
    let report = desk.json(&["import", "b", "--from-device", "mine"]);
    assert_eq!(kinds(&report).iter().filter(|kind| *kind == "gone-since").count(), 1, "{report:#}");
    assert!(report.to_string().contains("which ends with the same minute: “I will not bring her”"), "{report:#}");
}

const CALENDAR: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n\
    BEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID=Europe/London:20260918T170000\r\nSUMMARY:Handover\r\nLOCATION:Elm Library\r\n\
    DESCRIPTION:Bring the goggles\r\nRRULE:FREQ=WEEKLY\\;BYDAY=FR\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nUID:2\r\nDTSTART;VALUE=DATE:20261026\r\nSUMMARY:Half-term\r\nEND:VEVENT\r\n";

/// A calendar doubled at each import, and of an entry its title was all that was kept.
#[test]
fn a_calendar_is_known_again_and_its_words_are_kept() {
    let desk = Desk::with_book();
    desk.write("alex.ics", format!("{CALENDAR}END:VCALENDAR\r\n"));
    let first = desk.json(&["import", "alex.ics", "--from-device", "mine"]);
    assert_eq!(first["totals"]["items"], 2, "{first:#}");
    let again = desk.ok(&["import", "alex.ics", "--from-device", "mine"]);
    assert!(again.contains("2  calendar entries, in the book already"), "{again}");
    let later = format!(
        "{CALENDAR}BEGIN:VEVENT\r\nUID:3\r\nDTSTART:20261218T160000Z\r\nSUMMARY:Concert\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    );
    desk.write("later.ics", later);
    let later = desk.json(&["import", "later.ics", "--from-device", "mine"]);
    assert_eq!((&later["totals"]["items"], &later["totals"]["items_known"]), (&1.into(), &2.into()), "{later:#}");
    let shown = desk.ok(&["show", "DOC-1"]);
    for words in ["Place: Elm Library", "Words: Bring the goggles", "FREQ=WEEKLY;BYDAY=FR"] {
        assert!(shown.contains(words), "{shown}");
    }
    assert!(desk.ok(&["search", "goggles"]).contains("DOC-1"));
}

/// A line that begins with `From ` gets a `>` in a mailbox; it was shown as a quotation, and left out of papers.
#[test]
fn from_now_on_is_no_quotation() {
    let desk = Desk::with_book();
    let text = "Hi,\n\n>From now on, ask my solicitor.\n\nSam\n\nOn Monday Alex wrote:\n>From what I hear\n> yes\n";
    desk.write("Inbox.mbox", format!("From - Fri Mar 06 17:20:00 2026\n{}\n", mail("one", "Re: This weekend", text)));
    desk.json(&["import", "Inbox.mbox", "--from-device", "mine"]);
    let shown = desk.json(&["show", "MSG-1"]);
    let words = shown["text"].as_str().unwrap_or_default();
    assert!(words.contains("\nFrom now on, ask my solicitor."), "{words}");
    assert!(words.contains("\n>From what I hear"), "what is quoted stays quoted: {words}");
    assert!(desk.ok(&["show", "MSG-1"]).contains("From now on, ask my solicitor."));
}

/// Six reminders of one second with the same words were one message, though each has a Message-ID of its own.
#[test]
fn mails_with_message_ids_of_their_own_are_mails_of_their_own() {
    let desk = Desk::with_book();
    for id in ["one", "two", "three"] {
        desk.write(&format!("mails/{id}.eml"), mail(id, "Reminder", "Please answer."));
    }
    desk.write("mails/copy of one.eml", mail("one", "Reminder", "Please answer.") + "\r\n");
    let report = desk.json(&["import", "mails", "--from-device", "mine"]);
    assert_eq!(totals(&report), (3, 1), "{report:#}");
    assert_eq!(report["totals"]["differing"], 0, "{report:#}");
}

/// Two equal texts of one second were one message, and a paper said that a number of the export was not in the record.
#[test]
fn equal_texts_of_a_backup_are_kept_as_they_stand() {
    let desk = Desk::with_book();
    let text = r#"<sms protocol="0" address="+447700900123" date="1788453910000" type="1" body="Ring me" />"#;
    desk.write("sms.xml", format!("<?xml version='1.0'?>\n<smses count=\"2\">\n{text}\n{text}\n</smses>\n"));
    let report = desk.json(&["import", "sms.xml", "--from-device", "mine"]);
    assert_eq!((totals(&report), kinds(&report).contains(&"repeated".to_owned())), ((2, 0), true), "{report:#}");
    desk.write("later.xml", format!("<?xml version='1.0'?>\n<smses count=\"2\">\n{text}\n\n{text}\n</smses>\n"));
    let later = desk.json(&["import", "later.xml", "--from-device", "mine"]);
    assert_eq!(totals(&later), (0, 2), "{later:#}");
}

/// The question came on the line that says how far the import is, and the name was suggested again once it was said.
#[test]
fn a_name_that_was_said_is_not_suggested() {
    let desk = Desk::with_book();
    let chat = "13/09/2026, 17:02 - Sam Reed: Handover at five?\n13/09/2026, 17:03 - Lex: Five is fine\n";
    let chat = desk.write("chat.txt", chat).display().to_string();
    let (terminal, exit) = desk.typing(&["import", &chat, "--from-device", "mine"], &["1"]);
    assert_eq!(exit, 0, "{} {}", terminal.said, terminal.printed);
    assert!(!terminal.printed.contains("people attach PER-1"), "{}", terminal.printed);
    assert!(!terminal.said.lines().any(|line| line.contains("so far") && line.contains("Which")), "{}", terminal.said);
}

/// In a chat of two in which neither has the chat's number, nothing says which of them is the user.
#[test]
fn who_is_me_in_telegram_is_never_guessed() {
    let desk = Desk::with_book();
    let message = |id: u32, name: &str, from: &str| {
        format!(
            r#"{{"id": {id}, "type": "message", "date": "2026-09-03T17:45:1{id}", "date_unixtime": "178845391{id}",
            "from": "{name}", "from_id": "{from}", "text": "words {id}"}}"#
        )
    };
    let chat = |of: u32, first: &str, second: &str| {
        let messages = [message(1, "Sam R", first), message(2, "Lexi", second)].join(",");
        format!(r#"{{"name": "Sam R", "type": "personal_chat", "id": {of}, "messages": [{messages}]}}"#)
    };
    desk.write("unclear/result.json", chat(5, "user111", "user222"));
    desk.write("clear/result.json", chat(333, "user333", "user222"));
    desk.json(&["import", "unclear", "--from-device", "mine"]);
    desk.json(&["import", "clear", "--from-device", "mine"]);
    let direction = |id: &str| desk.json(&["show", id])["direction"].clone();
    assert_eq!([direction("MSG-1"), direction("MSG-2")], [Value::Null, Value::Null]);
    assert_eq!([direction("MSG-3"), direction("MSG-4")], [Value::from("received"), Value::from("sent")]);
}

/// In a group two accounts go by names of mine: a name does not say which of them is mine.
#[test]
fn two_telegram_accounts_of_my_name_are_not_both_mine() {
    let desk = Desk::with_book();
    desk.ok(&["people", "attach", "PER-1", "Alex", "--name"]);
    let message = |id: u32, from: &str| {
        format!(
            r#"{{"id": {id}, "type": "message", "date_unixtime": "178845391{id}", "from": "{from}", "from_id": "user{id}", "text": "hi"}}"#
        )
    };
    let group = |messages: &[String]| {
        format!(r#"{{"name": "Dads", "type": "private_group", "id": 7, "messages": [{}]}}"#, messages.join(","))
    };
    desk.write("two/result.json", group(&[message(1, "Alex"), message(2, "Alex Reed"), message(3, "Tom")]));
    desk.write("one/result.json", group(&[message(4, "Alex"), message(5, "Tom")]));
    desk.json(&["import", "two", "--from-device", "mine"]);
    desk.json(&["import", "one", "--from-device", "mine"]);
    let direction = |id: &str| desk.json(&["show", id])["direction"].clone();
    assert_eq!([direction("MSG-1"), direction("MSG-2"), direction("MSG-3")], [Value::Null, Value::Null, Value::Null]);
    assert_eq!(direction("MSG-4"), "sent");
}

/// A poll was a message without words, which no search found.
#[test]
fn a_poll_in_telegram_has_its_words() {
    let desk = Desk::with_book();
    let poll = |voters: u32| {
        format!(
            r#"{{"name": "Sam", "type": "personal_chat", "id": 5, "messages": [{{"id": 1, "type": "message",
            "date": "2026-09-03T17:45:10", "date_unixtime": "1788453910", "from": "Sam", "from_id": "user5", "text": "",
            "poll": {{"question": "Which day for half-term?", "closed": false, "total_voters": {voters}, "answers": [
                {{"text": "Monday", "voters": {voters}, "chosen": false}},
                {{"text": "Tuesday", "voters": 1, "chosen": true}}]}}}}]}}"#
        )
    };
    desk.write("one/result.json", poll(0));
    desk.json(&["import", "one", "--from-device", "mine"]);
    assert!(desk.ok(&["search", "half-term"]).contains("MSG-1"));
    let words = "POLL: Which day for half-term?\nOPTION: Monday (0 votes)\nOPTION: Tuesday (1 vote, one from here)";
    assert_eq!(desk.json(&["show", "MSG-1"])["text"], words);
    desk.write("two/result.json", poll(2));
    assert_eq!(
        totals(&desk.json(&["import", "two", "--from-device", "mine"])),
        (0, 1),
        "its votes make no new message"
    );
}

/// A contact was renamed, and every message of the chat was taken for a new one: Telegram has numbers for all of them.
#[test]
fn a_telegram_chat_with_a_renamed_contact_is_the_same_chat() {
    let desk = Desk::with_book();
    let chat = |name: &str, second: &str, more: &str| {
        let message = |id: u32, from: &str, user: &str, rest: &str| {
            format!(
                r#"{{"id": {id}, "type": "message", "date": "2026-09-03T17:4{id}:10", "date_unixtime": "178845391{id}",
                "from": "{from}", "from_id": "{user}", {rest}}}"#
            )
        };
        let messages = [
            message(1, name, "user5", r#""text": "Five?""#),
            message(2, "Alex Reed", "user9", second),
            message(3, name, "user5", r#""text": "Good""#),
        ];
        format!(r#"{{"name": "{name}", "type": "personal_chat", "id": 5, "messages": [{}{more}]}}"#, messages.join(","))
    };
    desk.write("one/result.json", chat("Sam R", r#""text": "Five is fine""#, ""));
    let more = r#",{"id": 4, "type": "message", "date": "2026-09-04T09:00:00", "date_unixtime": "1788508800",
        "from": "Sammy ex", "from_id": "user5", "text": "See you"}"#;
    let edited = r#""text": "Six is fine", "edited": "2026-09-03T18:00:00", "edited_unixtime": "1788454800""#;
    desk.write("two/result.json", chat("Sammy ex", edited, more));
    assert_eq!(totals(&desk.json(&["import", "one", "--from-device", "mine"])), (3, 0));
    let renamed = desk.json(&["import", "two", "--from-device", "mine"]);
    assert_eq!(totals(&renamed), (2, 2), "{renamed:#}");
    let since: Vec<String> = kinds(&renamed).into_iter().filter(|kind| kind.ends_with("-since")).collect();
    assert_eq!(since, ["edited-since"], "{renamed:#}");
    let thread = desk.json(&["show", "MSG-1", "--thread"]);
    assert_eq!(thread["messages"], 5, "one conversation under both names: {thread:#}");
}

/// Messenger has no numbers for people; the chat's own number tells that it is the same, and who was renamed.
#[test]
fn a_messenger_chat_with_a_renamed_contact_is_the_same_chat() {
    let chat = |name: &str, title: &str, others: &str, more: &str| {
        format!(
            r#"{{"participants": [{{"name": "{name}"}}, {others}{{"name": "Alex Reed"}}], "title": "{title}",
            "thread_path": "inbox/samreed_10203", "messages": [{more}
            {{"sender_name": "Alex Reed", "timestamp_ms": 1786356660000, "content": "Five is fine"}},
            {{"sender_name": "{name}", "timestamp_ms": 1786356360000, "content": "Five?"}}]}}"#
        )
    };
    let more = r#"{"sender_name": "Sammy Hill", "timestamp_ms": 1786366360000, "content": "See you"},"#;
    for (others, title, later) in
        [("", "Sam Reed", "Sammy Hill"), (r#"{"name": "Tom"}, "#, "Handovers", "Handovers of Robin")]
    {
        let desk = Desk::with_book();
        desk.write("one/message_1.json", chat("Sam Reed", title, others, ""));
        desk.write("two/message_1.json", chat("Sammy Hill", later, others, more));
        assert_eq!(totals(&desk.json(&["import", "one", "--from-device", "mine"])), (2, 0));
        let renamed = desk.json(&["import", "two", "--from-device", "mine"]);
        assert_eq!(totals(&renamed), (1, 2), "{renamed:#}");
        assert!(!kinds(&renamed).iter().any(|kind| kind.ends_with("-since")), "{renamed:#}");
        assert_eq!(desk.json(&["show", "MSG-1", "--thread"])["messages"], 3);
    }
}

/// The question about dates was answered wrongly, and every message of the chat stood in the wrong month for good.
#[test]
fn a_wrong_order_of_dates_can_be_put_right() {
    let name = "WhatsApp Chat with Sam Reed.txt";
    for brought in ["chat.zip", name] {
        let desk = Desk::with_book();
        desk.write(name, UNCLEAR);
        desk.write("chat.zip", zip(&[(name, UNCLEAR.as_bytes())]));
        let import = |order: &str| desk.json(&["import", brought, "--from-device", "mine", "--date-order", order]);
        let start = |id: &str| desk.json(&["show", id])["when"]["start"].as_str().unwrap_or_default().to_owned();
        let corrected = |report: &Value| report["totals"]["corrected"].as_u64().unwrap_or_default();
        let wrong = import("mdy");
        assert_eq!((totals(&wrong), start("MSG-1")), ((2, 0), "2026-07-09T19:05:00+01:00".to_owned()));
        assert!(wrong.to_string().contains("--date-order dmy: its messages are corrected"), "{wrong:#}");
        let right = import("dmy");
        assert_eq!((totals(&right), corrected(&right)), ((0, 2), 2), "{right:#}");
        assert_eq!(start("MSG-1"), "2026-09-07T19:05:00+01:00");
        assert_eq!(start("MSG-2"), "2026-09-08T19:06:00+01:00");
        let again = import("dmy");
        assert_eq!((totals(&again), corrected(&again)), ((0, 2), 0), "{again:#}");
        let shown = desk.ok(&["show", "MSG-1"]).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            shown.contains("the day stands first, as its keeper said; it was read as Thursday 9 July 2026"),
            "{shown}"
        );
        // What is known by the right date is known in a longer export too.
        desk.write("later/chat.txt", format!("{UNCLEAR}23/09/2026, 09:00 - Sam Reed: three\n"));
        assert_eq!(totals(&desk.json(&["import", "later", "--from-device", "mine"])), (1, 2));
        assert_eq!(desk.json(&["verify"])["ok"], true);
    }
}

/// A message that came from another export first is corrected there, and one that both have is named.
#[test]
fn a_corrected_date_makes_no_second_message_in_silence() {
    let desk = Desk::with_book();
    desk.write("right/chat.txt", format!("{UNCLEAR}23/09/2026, 09:00 - Sam Reed: three\n"));
    desk.write("wrong/chat.txt", UNCLEAR);
    desk.json(&["import", "wrong", "--from-device", "mine", "--date-order", "mdy"]);
    desk.json(&["import", "right", "--from-device", "mine"]);
    let report = desk.json(&["import", "wrong", "--from-device", "mine", "--date-order", "dmy"]);
    assert_eq!((totals(&report), &report["totals"]["corrected"]), ((0, 2), &2.into()), "{report:#}");
    assert_eq!(kinds(&report).iter().filter(|kind| *kind == "corrected-double").count(), 2, "{report:#}");
}

/// The name was asked for and kept as a spelling, while Telegram names people by numbers: nothing became the user's.
#[test]
fn the_account_of_a_telegram_group_that_is_mine_is_kept() {
    let desk = Desk::with_book();
    let group = r#"{"name": "Dads", "type": "private_group", "id": 7, "messages": [
        {"id": 1, "type": "message", "date_unixtime": "1788453910", "from": "Lex", "from_id": "user9", "text": "hi"},
        {"id": 2, "type": "message", "date_unixtime": "1788453920", "from": "Tom", "from_id": "user8", "text": "hi"}]}"#;
    let path = desk.write("result.json", group).display().to_string();
    let unsaid = desk.json(&["import", &path, "--from-device", "mine"]);
    assert!(unsaid.to_string().contains("people attach me ACCOUNT, with one of user9, user8"), "{unsaid:#}");
    desk.write("again/result.json", group.replace("]}", "] }"));
    let path = desk.path("again/result.json").display().to_string();
    let (terminal, exit) = desk.typing(&["import", &path, "--from-device", "mine"], &["1"]);
    assert_eq!(exit, 0, "{} {}", terminal.said, terminal.printed);
    let entry = desk.json(&["show", "MSG-1"]);
    assert_eq!(entry["people"][0]["id"], "PER-1", "{entry:#}");
}
