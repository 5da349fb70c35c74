//! Messages of chats, as transcripts.

use daybook::bundle::*;
use daybook::model::*;

use super::plan_evidence::dump;
use super::plan_family::*;
use crate::cli::Desk;

/// A chat of WhatsApp between Alex and Sam: one message an hour, `count` of them, from 17 September 2026, 8 am.
struct Chat {
    family: Family,
    original: Digest,
    messages: Vec<RecordId>,
}

impl Chat {
    fn new() -> Self {
        let mut family = Family::with_case();
        let original = family.keep("WhatsApp Chat with Sam Reed.zip", "application/zip");
        Chat { family, original, messages: Vec::new() }
    }

    fn of(count: u64) -> Self {
        let mut chat = Chat::new();
        for number in 1..=count {
            let (day, hour) = (17 + (number - 1) / 12, 8 + (number - 1) % 12);
            let from = if number % 2 == 0 { "Sam Reed" } else { "Alex Reed" };
            chat.add(number, &format!("2026-09-{day} {hour:02}:05"), from, &format!("Words {number}"), |_| {});
        }
        chat
    }

    fn add(&mut self, number: u64, sent: &str, from: &str, words: &str, change: impl FnOnce(&mut Message)) {
        let to = if from == "Sam Reed" { "Alex Reed" } else { "Sam Reed" };
        let named = |name: &str| Address { name: Some(name.to_owned()), address: None };
        let mut message = Message {
            sent: Some(at(sent)),
            from: vec![named(from)],
            to: vec![named(to)],
            text: words.into(),
            place: Some(Place { original: self.original, locator: Locator::whole() }),
            chat: Some(ChatPlace::named("Sam Reed", number)),
            ..typed(Channel::Whatsapp)
        };
        change(&mut message);
        let id = self.family.add(Content::Message(Box::new(message)));
        self.messages.push(id);
    }

    fn exhibit(&self) -> BundlePlan {
        let mut options = Options::new(Profile::Exhibit, Reader::Court);
        options.exhibit.statement = Some(1);
        plan(&self.family.input(options)).unwrap()
    }

    fn evidence(&self) -> BundlePlan {
        plan(&self.family.input(Options::new(Profile::Evidence, Reader::Court))).unwrap()
    }
}

fn transcripts(plan: &BundlePlan) -> Vec<&Transcript> {
    plan.entries()
        .filter_map(|entry| match &entry.paper {
            Paper::Transcript(transcript) => Some(transcript),
            _ => None,
        })
        .collect()
}

fn rich(rich: &Rich) -> String {
    rich.iter()
        .map(|span| match span {
            Span::Text(text) | Span::Bold(text) | Span::Mono(text) => text.clone(),
            Span::Reference(anchor) => format!("[{}]", anchor.0),
        })
        .collect()
}

/// The rows of a transcript: `*` chosen, `-` context.
fn rows(transcript: &Transcript) -> Vec<String> {
    transcript
        .rows
        .iter()
        .map(|row| match row {
            TranscriptRow::Day(words) => format!("= {words}"),
            TranscriptRow::Gap(words) => format!("~ {words}"),
            TranscriptRow::Message { number, time, sender, words, notes, files, chosen, .. } => {
                let mark = if *chosen { '*' } else { '-' };
                let files: Vec<String> =
                    files.iter().map(|file| format!(" [{}: {}]", file.name, rich(&file.about))).collect();
                let notes: Vec<String> = notes.iter().map(|note| format!(" ({note})")).collect();
                format!("{mark} {number} {time} {sender}: {words}{}{}", notes.concat(), files.concat())
            }
        })
        .collect()
}

#[test]
fn chosen_messages_stand_with_those_around_them_and_gaps_are_said() {
    let mut chat = Chat::of(30);
    let (a, b) = (chat.messages[4], chat.messages[14]);
    chat.family.choose(&[a, b], Profile::Exhibit, 2);
    let plan = chat.exhibit();
    let [transcript] = transcripts(&plan)[..] else { panic!("one transcript") };
    assert_eq!(transcript.title, "WhatsApp: Alex Reed and Sam Reed");
    assert_eq!(
        rich(&transcript.subtitle),
        "17 and 18 September 2026. Excerpt: 10 of 30 messages shown, 2 chosen, 8 for context. \
         Those chosen are in black with a bar, those for context in grey."
    );
    assert!(transcript.marks_chosen);
    assert_eq!(
        rows(transcript),
        [
            "= Thursday 17 September 2026",
            "- 3 10.05 am Alex Reed: Words 3",
            "- 4 11.05 am Sam Reed: Words 4",
            "* 5 12.05 pm Alex Reed: Words 5",
            "- 6 1.05 pm Sam Reed: Words 6",
            "- 7 2.05 pm Alex Reed: Words 7",
            "~ 5 messages not shown, 8 to 12: Thu 17 Sep 2026, 3.05 pm to 7.05 pm",
            "= Friday 18 September 2026",
            "- 13 8.05 am Alex Reed: Words 13",
            "- 14 9.05 am Sam Reed: Words 14",
            "* 15 10.05 am Alex Reed: Words 15",
            "- 16 11.05 am Sam Reed: Words 16",
            "- 17 12.05 pm Alex Reed: Words 17",
        ]
    );
    let entry = plan.entries().nth(1).expect("the transcript follows the front sheet");
    assert_eq!(entry.title, "WhatsApp: Alex Reed and Sam Reed, 17 and 18 September 2026");
    assert_eq!((entry.date.as_str(), entry.sources.as_slice()), ("17 Sep 2026", &[chat.original][..]));
    assert!(rich(&transcript.source).starts_with(
        "Source: “WhatsApp Chat with Sam Reed.zip”, from Alex Reed’s own device or account, received into the record on"
    ));
    assert!(transcript.times_note.starts_with(
        "Upper time: London (summer time, UTC+1). Lower time: exactly as exported. Numbers count from the first message in the export."
    ));
    assert!(transcript.times_note.contains("The export names no time zone"), "{}", transcript.times_note);
}

#[test]
fn what_is_held_back_is_counted_and_not_quoted() {
    let mut chat = Chat::of(6);
    let held = chat.messages[2];
    chat.family.mark(held, |mark| mark.privilege = Some(Privilege::LegalAdvice));
    chat.family.choose(&[chat.messages[1], chat.messages[3]], Profile::Exhibit, 1);
    let plan = chat.exhibit();
    let dump = dump(&plan);
    assert!(!dump.contains("Words 3"), "{dump}");
    assert!(dump.contains("1 message not shown, 3: Thu 17 Sep 2026, 10.05 am"), "{dump}");
    assert!(dump.contains("Excerpt: 4 of 6 messages shown, 2 chosen, 2 for context."), "{dump}");
    assert!(plan.left_out.iter().any(|left| left.id == held && left.why != "not chosen for this paper"));
}

#[test]
fn evidence_without_a_choice_holds_the_whole_chat_a_month_at_a_time_and_marks_nothing() {
    let mut chat = Chat::of(30);
    chat.add(32, "2026-10-02 09:00", "Sam Reed", "In October", |_| {});
    let plan = chat.evidence();
    let all = transcripts(&plan);
    assert_eq!(all.len(), 2, "a transcript a month");
    assert!(all.iter().all(|transcript| !transcript.marks_chosen));
    assert_eq!(
        rich(&all[0].subtitle),
        "17 to 19 September 2026. 30 of the 31 messages of this chat in the record, none left out between them."
    );
    assert_eq!(
        rich(&all[1].subtitle),
        "2 October 2026. 1 of the 31 messages of this chat in the record, none left out between them."
    );
    // The chronology leads to each row.
    assert!(dump(&plan).contains("Sam Reed wrote: “Words 2” | ● | MSG-2"), "{}", dump(&plan));
    let september = Chat::of(30).evidence();
    let [whole] = transcripts(&september)[..] else { panic!("one transcript") };
    assert_eq!(rich(&whole.subtitle), "17 to 19 September 2026. All 30 messages of this chat in the record.");
}

#[test]
fn what_a_program_wrote_is_apart_from_what_somebody_wrote() {
    let mut chat = Chat::new();
    let at = "2026-09-18 17:00";
    let state = |state| move |message: &mut Message| message.states.push(state);
    chat.add(1, at, "Sam Reed", "Messages are end-to-end encrypted.", |message| {
        message.from.clear();
        message.states.push(MessageState::Program);
    });
    chat.add(2, at, "Sam Reed", "This message was deleted.", state(MessageState::Deleted));
    chat.add(3, at, "Sam Reed", "Goggles are in the blue bag <This message was edited>", state(MessageState::Edited));
    chat.add(4, at, "Sam Reed", "image omitted\nLook at this", |message| {
        message.missing.push(MissingMedia { words: "image omitted".into() });
    });
    chat.add(5, at, "Sam Reed", "Missed voice call", |message| {
        message.call = Some(CallFacts { missed: true, ..CallFacts::default() });
    });
    chat.add(6, at, "Sam Reed", "Video call, 5 min", |message| {
        message.call = Some(CallFacts { seconds: Some(300), video: true, ..CallFacts::default() });
    });
    let picture = chat.family.keep("IMG-1.jpg", "image/jpeg");
    let letter = chat.family.keep("letter.docx", "application/msword");
    for (number, (sha256, name, text)) in [
        (picture, "IMG-1.jpg", "IMG-1.jpg (file attached)\nThe front entrance"),
        (letter, "letter.docx", "A caption <attached: letter.docx>"),
    ]
    .into_iter()
    .enumerate()
    {
        chat.add(7 + number as u64, at, "Sam Reed", text, |message| {
            message.attachments.push(Attachment {
                sha256,
                name: Some(name.into()),
                bytes: 84_000,
                media_type: "application/octet-stream".into(),
                quality: DecodeQuality::Exact,
                place: Locator::whole(),
                inline: false,
            });
        });
    }
    chat.add(11, at, "Sam Reed", "After a hole", |_| {});
    let ids = chat.messages.clone();
    chat.family.choose(&ids, Profile::Exhibit, 0);
    let plan = chat.exhibit();
    let [transcript] = transcripts(&plan)[..] else { panic!("one transcript") };
    let lines: Vec<String> = rows(transcript).iter().map(|row| row.replace(" 5.00 pm Sam Reed:", "")).collect();
    assert_eq!(
        lines,
        [
            "= Friday 18 September 2026",
            "* 1 5.00 pm WhatsApp:  (Messages are end-to-end encrypted. (line written by WhatsApp))",
            "* 2  (Deleted. The export says: “This message was deleted.”)",
            "* 3 Goggles are in the blue bag (Edited. The export holds only the last wording.)",
            "* 4 Look at this (Not in the export: “image omitted”)",
            "* 5  (Missed voice call (line written by WhatsApp))",
            "* 6  (Video call, 5 minutes (line written by WhatsApp))",
            "* 7 The front entrance [IMG-1.jpg: JPEG picture, 84 kB]",
            "* 8 A caption [letter.docx: file, 84 kB. Not printed: only pictures and PDFs can be printed. It is kept and can be shown.]",
            "~ Numbers 9 and 10 of the export are not in the record",
            "* 11 After a hole",
        ]
    );
}

#[test]
fn a_picture_printed_as_a_paper_of_its_own_is_named_with_its_page() {
    let mut chat = Chat::new();
    let photo = chat.family.document(DocumentKind::Photo, "Front entrance", "2026-09-18", "image/jpeg");
    let sha256 = Digest::of(b"Front entrance");
    for sender in ["Sam Reed", "Alex Reed"] {
        chat.add(1 + chat.messages.len() as u64, "2026-09-18 17:00", sender, "", |message| {
            message.attachments.push(Attachment {
                sha256,
                name: Some("IMG-2.jpg".into()),
                bytes: 84_000,
                media_type: "image/jpeg".into(),
                quality: DecodeQuality::Exact,
                place: Locator::whole(),
                inline: false,
            });
        });
    }
    chat.family.choose(&[chat.messages[0], photo], Profile::Exhibit, 1);
    let plan = chat.exhibit();
    let dump = dump(&plan);
    assert!(dump.contains("MSG-1: IMG-2.jpg [picture] | JPEG picture, 84 kB. Printed in full at [DOC-1]"), "{dump}");
    assert!(dump.contains("MSG-2: IMG-2.jpg | JPEG picture, 84 kB. Printed in full at [DOC-1]"), "context: {dump}");
    // A photograph that is not for this reader is not drawn in a chat either.
    chat.family.mark(photo, |mark| mark.confidential = Some(true));
    let dump = super::plan_evidence::dump(&chat.exhibit());
    assert!(!dump.contains("[picture]"), "{dump}");
}

#[test]
fn texts_name_nobody_by_number_and_a_sent_one_is_its_keepers() {
    let mut chat = Chat::new();
    for (number, direction) in [(1, Direction::Received), (2, Direction::Sent)] {
        chat.add(number, "2026-10-25 01:30", "Sam Reed", "See you at five", |message| {
            message.channel = Channel::Sms;
            message.chat = Some(ChatPlace::named("+44 7700 900123", number));
            let other = Address { name: Some("Sammy".into()), address: Some("sam@example.com".into()) };
            let (from, to) = if direction == Direction::Sent { (None, Some(other)) } else { (Some(other), None) };
            message.from = from.into_iter().collect();
            message.to = to.into_iter().collect();
            message.direction = Some(direction);
        });
    }
    let ids = chat.messages.clone();
    chat.family.choose(&ids, Profile::Exhibit, 0);
    let mine = chat.exhibit();
    let text = dump(&mine);
    assert!(text.contains("Text messages: Alex Reed and Sam Reed"), "{text}");
    assert!(text.contains("| Sammy | See you at five") && text.contains("| Alex Reed | See you at five"), "{text}");
    assert!(text.contains("“Sammy” in the export is Sam Reed."), "{text}");
    assert!(text.contains("All of these: the clocks went back that night"), "{text}");
    assert!(!text.contains("7700"), "{text}");
    chat.family.kept.get_mut(&chat.original).expect("it is kept").from_device = Some(DeviceOwner::Given);
    assert!(dump(&chat.exhibit()).contains("| sent from this telephone | See you at five"));
}

#[test]
fn two_exports_of_a_chat_are_one_transcript_that_names_both() {
    let mut chat = Chat::of(4);
    chat.original = chat.family.keep("WhatsApp Chat with Sam Reed (2).zip", "application/zip");
    chat.add(9, "2026-09-18 09:00", "Sam Reed", "Only in the second", |_| {});
    let ids = [chat.messages[0], chat.messages[4]];
    chat.family.choose(&ids, Profile::Exhibit, 0);
    let plan = chat.exhibit();
    let [transcript] = transcripts(&plan)[..] else { panic!("one transcript") };
    let source = rich(&transcript.source);
    assert!(source.contains("Sam Reed.zip”") && source.contains("Sam Reed (2).zip”"), "{source}");
    assert!(transcript.times_note.contains("more than one export"), "{}", transcript.times_note);
    assert!(!dump(&plan).contains("not in the record"), "numbers of two exports are not compared");
}

#[test]
fn the_two_hours_of_the_night_the_clocks_go_back_are_told_apart() {
    let mut chat = Chat::new();
    for (number, moment) in [(1, "2026-10-25T00:30:00Z"), (2, "2026-10-25T01:30:00Z"), (5, "2026-10-27T01:30:00Z")] {
        chat.add(number, "2026-10-25 12:00", "Sam Reed", "Awake", |message| {
            message.sent = Some(When::stated(moment, instant(moment), 0));
        });
    }
    chat.add(6, "2026-10-28 12:00", "Sam Reed", "Later", |_| {});
    chat.add(7, "2026-10-28 12:01", "Sam Reed", "Last", |_| {});
    chat.family.choose(&[chat.messages[0], chat.messages[1], chat.messages[4]], Profile::Exhibit, 0);
    let plan = chat.exhibit();
    let lines = rows(transcripts(&plan)[0]);
    assert_eq!(
        lines,
        [
            "= Sunday 25 October 2026",
            "* 1 1.30 am Sam Reed: Awake (The clocks went back that night: this is the first 1.30 am (summer time).)",
            "* 2 1.30 am Sam Reed: Awake (The clocks went back that night: this is the second 1.30 am (winter time).)",
            "~ 2 messages not shown, 5 and 6: 27 Oct, 1.30 am to 28 Oct 2026, 12 noon",
            "~ Numbers 3 and 4 of the export are not in the record",
            "= Wednesday 28 October 2026",
            "* 7 12.01 pm Sam Reed: Last",
        ]
    );
}

/// A step for every pair of messages would be a hundred million here.
#[test]
fn a_long_chat_is_planned_in_one_walk() {
    let mut chat = Chat::new();
    for number in 0..10_000u64 {
        let (day, minute) = (1 + number / 1440 % 28, number % 1440);
        let sent = format!("2026-{:02}-{day:02} {:02}:{:02}", 1 + number / 40_320, minute / 60, minute % 60);
        chat.add(number + 1, &sent, "Sam Reed", "Words", |_| {});
    }
    let every_tenth: Vec<RecordId> = chat.messages.iter().step_by(10).copied().collect();
    chat.family.choose(&every_tenth, Profile::Exhibit, 2);
    let started = std::time::Instant::now();
    let plan = chat.exhibit();
    assert_eq!(transcripts(&plan)[0].messages.len(), 4_998);
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

/// A chat of WhatsApp as a telephone exports it with media.
const WHATSAPP: &str = "\
15/09/2026, 08:00 - Messages and calls are end-to-end encrypted. No one outside of this chat, not even WhatsApp, can read or listen to them. Tap to learn more.
16/09/2026, 09:10 - Alex Reed: Is the bag with you?
16/09/2026, 09:12 - Sam Reed: Yes
17/09/2026, 18:55 - Alex Reed: Hi Sam, I will be at the library at 4.45 tomorrow. Does Robin need anything for swimming?
17/09/2026, 19:03 - Sam Reed: شكرا، سنكون هناك في الساعة الخامسة إن شاء الله
17/09/2026, 19:04 - Sam Reed: \u{1F44D}\u{1F3FD}\u{1F642}
17/09/2026, 19:20 - Sam Reed: Goggles are in the blue bag <This message was edited>
17/09/2026, 19:31 - Alex Reed: Thank you
17/09/2026, 21:00 - Sam Reed: Night
18/09/2026, 11:06 - Alex Reed: Is five still all right?
18/09/2026, 16:40 - Alex Reed: On my way
18/09/2026, 16:47 - Alex Reed: IMG-20260918-WA0003.jpg (file attached)
I am at the front entrance.
18/09/2026, 16:58 - Sam Reed: This message was deleted
18/09/2026, 17:09 - Alex Reed: Are you on your way?
18/09/2026, 17:12 - Sam Reed: LONG
18/09/2026, 17:20 - Sam Reed: PTT-20260918-WA0004.opus (file attached)
18/09/2026, 17:30 - Sam Reed: <Media omitted>
";

const ENTRANCE: &[u8] = include_bytes!("../../src/actions/demo/entrance.jpg");

#[test]
fn a_chat_with_media_becomes_an_exhibit() {
    let desk = Desk::with_book();
    let long = "We’re not going to make it. Robin has had a long week and we can talk about it tomorrow. ".repeat(28);
    let chat = WHATSAPP.replace("LONG", &long);
    let zip = crate::cli::mailbox::zip(&[
        ("WhatsApp Chat with Sam Reed.txt", chat.as_bytes()),
        ("IMG-20260918-WA0003.jpg", ENTRANCE),
        ("PTT-20260918-WA0004.opus", b"OggS not really sound"),
    ]);
    desk.write("WhatsApp Chat with Sam Reed.zip", zip);
    // What the export left out is a finding of the import, and no failure.
    let imported = desk.run(&["import", "WhatsApp Chat with Sam Reed.zip", "--from-device", "mine"]);
    assert_eq!(imported.exit, 0, "{}", imported.out);
    let choose = ["choose", "MSG-5", "MSG-12", "MSG-15", "--for", "exhibit", "--exhibit", "AR1", "--context", "2"];
    desk.ok(&choose);
    let make = ["bundle", "--for", "exhibit", "--to", "court", "--exhibit", "AR1", "--statement", "1", "-o", "ar1.pdf"];
    desk.ok(&make);
    let bytes = std::fs::read(desk.path("ar1.pdf")).expect("the exhibit is there");
    let observed = daybook::pdf::observe(&bytes).expect("it can be read back");
    let text = observed.pages.iter().map(|page| page.text.as_str()).collect::<Vec<_>>().join("\n");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "WhatsApp: Alex Reed and Sam Reed",
        "Excerpt: 13 of 17 messages shown",
        "3 chosen, 10 for context.",
        "Hi Sam, I will be at the library",
        "thumbs up, medium skin tone; slightly smiling face",
        "Edited. The export holds only the last wording.",
        "2 messages not shown, 8 and 9: Thu 17 Sep 2026, 7.31 pm to 9.00 pm",
        "17/09/2026, 18:55",
        "IMG-20260918-WA0003.jpg",
        "Deleted. The export says: “This message was deleted”",
        "PTT-20260918-WA0004.opus",
        "Not in the export: “<Media omitted>”",
        "“WhatsApp Chat with Sam Reed.zip”",
    ] {
        assert!(text.contains(words), "{words:?} is not in\n{text}");
    }
    assert!(!text.contains("Night") && !text.contains("file attached"), "{text}");
}

#[test]
fn a_message_that_was_edited_between_two_exports_is_told_as_one() {
    let mut chat = Chat::new();
    chat.add(1, "2026-09-17 09:03", "Sam Reed", "No", |_| {});
    chat.add(2, "2026-09-17 09:03", "Alex Reed", "Why?", |_| {});
    let mut differences = Vec::new();
    // One is edited twice; of the other the last export has only that it was deleted.
    for (name, number, words, of) in
        [("second", 1, "No. Not this week", 0), ("third", 1, "Not this week", 2), ("third", 2, "Deleted.", 1)]
    {
        let later = chat.family.keep(&format!("WhatsApp Chat with Sam Reed, {name}.zip"), "application/zip");
        let from = if number == 1 { "Sam Reed" } else { "Alex Reed" };
        chat.add(number, "2026-09-17 09:03", from, words, |message| {
            message.place = Some(Place { original: later, locator: Locator::whole() });
            message.states = vec![if number == 1 { MessageState::Edited } else { MessageState::Deleted }];
        });
        differences.push(ChatDifference {
            kind: if number == 1 { "edited-since".into() } else { "deleted-since".into() },
            earlier: chat.messages[of],
            later: chat.messages.last().copied(),
            before: "the first".into(),
            after: name.into(),
        });
    }
    let source = ImportSource { differences, ..ImportSource::default() };
    let import = ImportRecord { sources: vec![source], ..ImportRecord::default() };
    chat.family.add(Content::Import(Box::new(import)));
    let plan = chat.evidence();
    let earlier = "One message in two exports: these are its words in the earlier one. The later one";
    let later = "One message in two exports: these are its words in the later one, which marks it as edited. The earlier \
                 one has it as it read before";
    let deleted = "One message in two exports: the later one has this line where the earlier one has its words";
    assert_eq!(
        rows(transcripts(&plan)[0]),
        [
            "= Thursday 17 September 2026".to_owned(),
            format!("* 1 9.03 am Sam Reed: No ({earlier} marks it as edited (number 2/1).)"),
            format!(
                "* 2/1 9.03 am Sam Reed: No. Not this week ({later} (number 1).) ({earlier} marks it as edited (number 3/1).)"
            ),
            format!("* 3/1 9.03 am Sam Reed: Not this week ({later} (number 2/1).)"),
            format!("* 2 9.03 am Alex Reed: Why? ({earlier} says that it was deleted (number 3/2).)"),
            format!("* 3/2 9.03 am Alex Reed:  (Deleted. The export says: “Deleted.”) ({deleted} (number 2).)"),
        ]
    );
    let source = rich(&transcripts(&plan)[0].source);
    assert!(source.contains("Export 3: “WhatsApp Chat with Sam Reed, third.zip”"), "{source}");
    let dump = dump(&plan);
    let told = "Sam Reed wrote: “No” (A later export marks this message as edited and has: “No. Not this week”.)";
    assert!(dump.contains(told), "{dump}");
    assert_eq!(dump.matches("Sam Reed wrote:").count(), 1, "{dump}");
}

#[test]
fn texts_of_a_backup_stand_in_order_of_time_and_keep_their_numbers() {
    let mut chat = Chat::new();
    for (number, sent) in [(1, "2026-09-17 09:00"), (2, "2026-09-17 11:00"), (3, "2026-09-17 10:00")] {
        chat.add(number, sent, "Sam Reed", "Words", |message| message.channel = Channel::Sms);
    }
    let plan = chat.evidence();
    let [transcript] = transcripts(&plan)[..] else { panic!("one transcript") };
    assert_eq!(
        rows(transcript),
        [
            "= Thursday 17 September 2026",
            "* 1 9.00 am Sam Reed: Words",
            "* 3 10.00 am Sam Reed: Words",
            "* 2 11.00 am Sam Reed: Words",
        ]
    );
    assert!(transcript.times_note.contains("here they stand in order of time"), "{}", transcript.times_note);
}

#[test]
fn an_evidence_bundle_nobody_chose_for_says_what_of_strangers_it_takes() {
    let mut chat = Chat::of(2);
    chat.add(3, "2026-09-18 09:00", "Alex Reed", "A draft", |message| message.states = vec![MessageState::Draft]);
    chat.add(4, "2026-09-18 09:01", "Granny Pat", "Come on Sunday", |message| {
        message.to = Vec::new();
        message.states = vec![MessageState::Spam];
    });
    let found = |plan: &BundlePlan| {
        let found = plan.findings.iter().find(|finding| finding.kind == "unchosen-messages");
        found.map(|finding| finding.what.clone())
    };
    let [draft, stranger] = [chat.messages[2], chat.messages[3]];
    assert_eq!(
        found(&chat.evidence()).as_deref(),
        Some(&*format!(
            "Nothing was chosen for this paper, so it takes every message of its dates. Of 4 messages 1 name nobody this \
                 book knows but you ({stranger}); 1 were kept as spam by their mailbox ({stranger}); 1 are drafts that were \
                 not sent ({draft})."
        ))
    );
    let first = chat.messages[0];
    chat.family.choose(&[first], Profile::Evidence, 0);
    assert_eq!(found(&chat.evidence()), None);
}
