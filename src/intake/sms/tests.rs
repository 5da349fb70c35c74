use std::io::Cursor;

use super::*;
use crate::intake::{ItemDraft, attachment_bytes, detect};
use crate::model::{Finding, Locator};

#[derive(Default)]
struct Collect {
    messages: Vec<Message>,
    findings: Vec<Finding>,
}

impl Sink for Collect {
    fn message(&mut self, draft: MessageDraft) -> io::Result<()> {
        self.messages.push(draft.message);
        Ok(())
    }

    fn item(&mut self, _: ItemDraft) -> io::Result<()> {
        panic!("a backup of messages holds only messages")
    }

    fn finding(&mut self, finding: Finding) {
        self.findings.push(finding);
    }
}

fn read(text: &str) -> Collect {
    let whole = Locator::whole();
    let about = About {
        digest: Digest::of(text.as_bytes()),
        name: "sms.xml",
        bytes: text.len() as u64,
        written: None,
        within: &whole,
    };
    assert_eq!(detect(text.as_bytes(), &about).map(Source::name), Some("sms-backup"));
    let mut collect = Collect::default();
    SmsSource.read(&mut Cursor::new(text), &about, &Settings::default(), &mut collect).expect("memory can be read");
    for message in &collect.messages {
        for attachment in &message.attachments {
            let bytes = attachment_bytes(text.as_bytes(), &attachment.place).expect("its bytes are found again");
            assert_eq!(Digest::of(&bytes), attachment.sha256);
        }
    }
    collect
}

#[test]
fn sent_and_received() {
    let read = read(
        "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count=\"3\">\n\
         <sms address=\"+447700900123\" date=\"1789747200000\" type=\"1\" subject=\"null\" body=\"Not today &#55357;&#56832;\" \
         date_sent=\"0\" readable_date=\"18 Sep 2026 17:00:00\" contact_name=\"Sam Reed\" />\n\
         <sms address=\"07700 900123\" date=\"1789747260000\" type=\"2\" body=\"null\" contact_name=\"Sam Reed\" />\n\
         <sms address=\"60777\" date=\"1789747320000\" type=\"5\" body=\"never left\" contact_name=\"(Unknown)\" />\n</smses>",
    );
    assert!(read.findings.is_empty(), "{:?}", read.findings);
    let [received, sent, failed] = &read.messages[..] else { panic!("{:?}", read.messages) };
    assert_eq!(received.text, "Not today 😀");
    assert_eq!(received.from[0].name.as_deref(), Some("Sam Reed"));
    assert_eq!(
        received.sent.as_ref().map(|when| (when.words.as_str(), when.london().to_string())),
        Some(("18 Sep 2026 17:00:00", "2026-09-18T17:00:00+01:00".to_owned()))
    );
    assert_eq!(received.subject, None);
    assert_eq!((sent.text.as_str(), sent.direction), ("null", Some(Direction::Sent)), "somebody may write that word");
    assert!(sent.from.is_empty() && sent.to.len() == 1);
    assert_eq!((sent.chat.as_ref().map(|chat| chat.number)), Some(2), "one number in two spellings is one chat");
    assert_eq!(failed.states, [MessageState::NotSent]);
    assert_eq!(failed.to[0].name, None);
}

#[test]
fn a_picture_message_with_its_parts() {
    let read = read(
        "<smses count=\"1\"><mms date=\"1789747200000\" msg_box=\"1\" m_type=\"132\" address=\"+447700900123~+447700900456\" \
         contact_name=\"Sam Reed, Jo Lambert\"><parts>\
         <part seq=\"-1\" ct=\"application/smil\" text=\"&lt;smil/&gt;\"/>\
         <part seq=\"0\" ct=\"image/jpeg\" name=\"null\" cl=\"IMG_1.jpg\" text=\"null\" data=\"aGVsbG8=\"/>\
         <part seq=\"1\" ct=\"text/plain\" text=\"At the door\"/></parts>\
         <addrs><addr address=\"+447700900456\" type=\"137\"/><addr address=\"insert-address-token\" type=\"151\"/>\
         <addr address=\"+447700900123\" type=\"151\"/></addrs></mms></smses>",
    );
    assert!(read.findings.is_empty(), "{:?}", read.findings);
    let message = &read.messages[0];
    assert_eq!(message.from[0].name.as_deref(), Some("Jo Lambert"), "the list of addresses says who sent it");
    assert_eq!(message.to[0].name.as_deref(), Some("Sam Reed"));
    assert_eq!(message.text, "At the door");
    assert_eq!((message.attachments[0].name.as_deref(), message.attachments[0].bytes), (Some("IMG_1.jpg"), 5));
}

#[test]
fn damage_costs_a_finding_and_not_the_rest() {
    let read = read(
        "<smses count=\"4\"><mms date=\"1789747200000\" msg_box=\"2\" address=\"07700900123\"><parts>\
         <part ct=\"image/png\" cl=\"a.png\" data=\"not-valid-base64-content!!\"/></parts></mms>\
         <sms address=\"07700900123\" date=\"soon\" type=\"1\" body=\"when?\"/>\
         <sms address=\"07700900123\" date=\"1789747200000\" type=\"1\" body=\"whole\"/>\
         <sms address=\"07700900123\" date=\"1789747200000\" type=\"1\" body=\"half of it",
    );
    let kinds: Vec<&str> = read.findings.iter().map(|finding| finding.kind.as_str()).collect();
    assert_eq!(kinds, ["attachment-damaged", "date-missing", "cut-off", "count-differs"]);
    assert_eq!(read.messages.len(), 3);
    assert_eq!(read.messages[1].sent, None);
    assert_eq!(read.messages[2].text, "whole");
}

#[test]
fn calls() {
    let read = read(
        "<calls count=\"3\"><call number=\"07700900123\" duration=\"240\" date=\"1789747200000\" type=\"1\" contact_name=\"Sam Reed\"/>\
         <call number=\"07700900123\" duration=\"0\" date=\"1789747300000\" type=\"3\"/>\
         <call number=\"07700900123\" duration=\"0\" date=\"1789747400000\" type=\"2\"/></calls>",
    );
    let calls: Vec<_> =
        read.messages.iter().map(|message| (message.direction, message.call.clone().expect("a call"))).collect();
    assert_eq!(calls[0].1.seconds, Some(240));
    assert!(calls[1].1.missed && calls[1].1.seconds.is_none());
    assert!(calls[2].1.missed && calls[2].0 == Some(Direction::Sent), "nobody answered");
}

#[test]
fn a_document_type_is_said_and_never_followed() {
    let read = read(
        "<!DOCTYPE smses [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;\">]><smses count=\"1\">\
         <sms address=\"1\" date=\"1789747200000\" type=\"1\" body=\"&b;\"/></smses>",
    );
    assert_eq!(read.messages[0].text, "&b;");
    assert_eq!(read.findings[0].kind, "document-type");
}

#[test]
fn two_backups_of_one_telephone_agree() {
    let first = read(
        "<smses count=\"1\"><sms address=\"+447700900123\" date=\"1789747200000\" type=\"1\" body=\"Hello\" contact_name=\"(Unknown)\"/></smses>",
    );
    let later = read(
        "<smses count=\"2\"><sms address=\"60777\" date=\"1\" type=\"1\" body=\"x\"/>\
         <sms address=\"07700 900123\" date=\"1789747200000\" type=\"1\" body=\"Hello\" contact_name=\"Sam Reed\"/></smses>",
    );
    assert_eq!(first.messages[0].fingerprint, later.messages[1].fingerprint);
}
