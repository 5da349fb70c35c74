use std::io::Cursor;

use super::*;
use crate::intake::detect;
use crate::intake::samples::Collect;
use crate::model::Locator;

fn read_with(bytes: &[u8], settings: &Settings) -> (Collect, Outcome) {
    let whole = Locator::whole();
    let about = About {
        digest: Digest::of(bytes),
        name: "calls.csv",
        bytes: bytes.len() as u64,
        written: None,
        within: &whole,
    };
    assert_eq!(detect(&bytes[..bytes.len().min(HEAD)], &about).map(Source::name), Some("call-log"));
    let mut collect = Collect::default();
    let outcome =
        CallsSource.read(&mut Cursor::new(bytes), &about, settings, &mut collect).expect("memory can be read");
    (collect, outcome)
}

fn read(text: &str) -> Collect {
    read_with(text.as_bytes(), &Settings::default()).0
}

fn shown(collect: &Collect) -> Vec<String> {
    let line = |draft: &MessageDraft| {
        let message = &draft.message;
        let call = message.call.clone().unwrap_or_default();
        let sent = message.sent.as_ref().map_or("-".to_owned(), |when| when.start.to_string());
        let way = message.direction.map_or("?", |way| if way == Direction::Sent { ">" } else { "<" });
        let other = message.from.iter().chain(&message.to).map(Address::shown).collect::<Vec<_>>().join(" ");
        let length = call.seconds.map_or(String::new(), |seconds| format!(" {seconds}s"));
        let missed = if call.missed { " missed" } else { "" };
        let declined = if call.declined { " declined" } else { "" };
        format!("{sent} {way} {other}{length}{missed}{declined}")
    };
    collect.drafts.iter().map(line).collect()
}

fn kinds(collect: &Collect) -> Vec<&str> {
    collect.findings.iter().map(|finding| finding.kind.as_str()).collect()
}

#[test]
fn the_list_of_an_app() {
    let found = read(
        "Name,Phone Number,Call Type,Date,Time,Duration (sec)\n\
         Sam Reed,07700 900123,Incoming,18/09/2026,17:04:05,192\n\
         Sam Reed,+447700900123,Missed,18/09/2026,17:04:05,0\n\
         ,\"07700 900999\",Outgoing,19/09/2026,08:00:00,0\n",
    );
    assert_eq!(
        shown(&found),
        [
            "2026-09-18T17:04:05+01:00 < Sam Reed 192s",
            "2026-09-18T17:04:05+01:00 < Sam Reed missed",
            "2026-09-19T08:00:00+01:00 > 07700 900999 0s missed",
        ]
    );
    assert_eq!(kinds(&found), ["date-order", "zone-assumed"]);
    // The two spellings of one number are one chat.
    let numbers: Vec<u64> = found.drafts.iter().filter_map(|draft| Some(draft.message.chat.as_ref()?.number)).collect();
    assert_eq!(numbers, [1, 2, 1]);
    let place = found.drafts[1].message.place.as_ref().unwrap().locator.0.last().cloned();
    assert_eq!(place, Some(LocatorStep::Bytes { start: 108, length: 52 }));
}

#[test]
fn an_itemised_bill_begins_with_whose_it_is() {
    let found = read(
        "Your bill;;;\nAccount;0001;;\n\nDate;Time;Number called;Duration (mins);Cost\n\
         18 Sep 2026;17:04;07700900123;3;£0.00\n18 Sep 2026;17:10;07700900123;Data;£0.00\nTotal;;;;£0.00\n",
    );
    assert_eq!(
        shown(&found),
        ["2026-09-18T17:04:00+01:00 > 07700900123 180s", "2026-09-18T17:10:00+01:00 > 07700900123"]
    );
    assert_eq!(kinds(&found), ["zone-assumed", "other-rows", "length-unreadable"]);
}

/// The same calls in a backup (XML) and in a list that counts milliseconds are the same.
#[test]
fn a_call_is_known_again_from_a_backup() {
    let found = read("number,date,duration,type,name\n+447700900123,1789747445120,192,1,Sam\n");
    let xml = "<calls count=\"1\"><call number=\"07700 900123\" duration=\"192\" date=\"1789747445000\" type=\"1\" /></calls>";
    let whole = Locator::whole();
    let about = About { digest: Digest::of(b"x"), name: "calls.xml", bytes: 1, written: None, within: &whole };
    let mut backup = Collect::default();
    crate::intake::SmsSource.read(&mut Cursor::new(xml), &about, &Settings::default(), &mut backup).unwrap();
    assert_eq!(found.drafts[0].message.fingerprint, backup.drafts[0].message.fingerprint);
}

#[test]
fn three_missed_calls_in_one_minute_are_three() {
    let row = "07700900123,Missed,2026-09-18 17:04,0\n";
    let found = read(&format!("Number,Type,Date,Duration\n{row}{row}{row}"));
    let mut prints: Vec<_> = found.drafts.iter().map(|draft| draft.message.fingerprint).collect();
    prints.dedup();
    assert_eq!(prints.len(), 3);
}

#[test]
fn habit_alone_does_not_decide() {
    let text = "Number,Type,Date,Duration\n07700900123,In,03/04/2026 17:04,5\n07700900123,In,05/06/2026 17:04,5\n";
    let (collect, outcome) = read_with(text.as_bytes(), &Settings::default());
    assert!(collect.drafts.is_empty() && matches!(outcome, Outcome::Ask(_)), "{outcome:?}");
    let said = Settings { date_order: Some(DateOrder::DayFirst), ..Settings::default() };
    assert_eq!(shown(&read_with(text.as_bytes(), &said).0)[0], "2026-04-03T17:04:00+01:00 < 07700900123 5s");
    // The newest first, which only the day first gives.
    let newest_first = read(
        "Number,Type,Date,Duration\n1571,In,01/04/2026 17:04,5\n1571,In,02/03/2026 1:02,5\n1571,In,01/03/2026 1:01,5\n",
    );
    assert_eq!(shown(&newest_first)[0], "2026-04-01T17:04:00+01:00 < 1571 5s");
}

#[test]
fn times_that_are_not_certain_say_so() {
    let found = read(
        "Number,Type,Date,Duration\n1571,In,2026-10-25 01:30,5\n1571,In,2026-03-29 01:30,5\n1571,In,nonsense,5\n1571,Neu,2026-03-30,5\n",
    );
    assert_eq!(
        shown(&found),
        ["2026-10-25T01:30:00 < 1571 5s", "2026-03-29T01:30:00 < 1571 5s", "- < 1571 5s", "2026-03-30 ? 1571 5s"]
    );
    let expected = [
        "date-order",
        "date-unreadable",
        "time-missing",
        "zone-assumed",
        "repeated-hour",
        "missing-hour",
        "kind-unknown",
        "direction-unknown",
    ];
    assert_eq!(kinds(&found), expected);
    assert!(found.drafts[2].partly);
}

#[test]
fn from_and_to_stand_as_they_are() {
    let found = read("From,To,Start time,Duration,Direction\n07700900123,07700900456,2026-09-18T17:04:05Z,12,\n");
    let message = &found.drafts[0].message;
    assert_eq!((message.from[0].shown(), message.to[0].shown()), ("07700900123", "07700900456"));
    assert_eq!(message.direction, None);
    assert_eq!(message.sent.as_ref().unwrap().zone_source, crate::model::when::ZoneSource::Stated);
}

#[test]
fn what_a_spreadsheet_did_is_said() {
    let found = read(
        "sep=,\nPhone,Type,Date,Duration\n4.477E+11,In,2026-09-18 17:04,3:12\n7700900123,In,2026-09-18 17:05,0:05\n",
    );
    assert_eq!(kinds(&found), ["date-order", "zone-assumed", "length-form", "number-rounded", "number-without-nought"]);
}

#[test]
fn unicode_text_of_a_spreadsheet_is_read() {
    let text = "Number\tType\tDate\tDuration\r\n07700 900123\tIncoming\t2026-09-18 17:04:05\t9\r\n";
    let bytes: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let (found, _) = read_with(&bytes, &Settings::default());
    assert_eq!(shown(&found), ["2026-09-18T17:04:05+01:00 < 07700 900123 9s"]);
}
