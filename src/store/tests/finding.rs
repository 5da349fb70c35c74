//! Lists, filters and search.

use proptest::prelude::*;

use super::fixture::*;
use crate::model::{Content, Date, Digest, Noun, RecordId};
use crate::store::{Book, Filter, Listed, StoreError, Writing};

fn ids(listed: &[Listed]) -> Vec<String> {
    listed.iter().map(|line| line.id.to_string()).collect()
}

fn filled() -> Shelf {
    let mut shelf = shelf();
    shelf.add(Content::Person(sam()));
    shelf.add(incident(&day(2026, 3, 6), "Waited at Elmgrove Library until six."));
    let sent = |d| Some(day(2026, 3, d));
    shelf.add(Content::Message(Box::new(message("SAM@example.org", sent(5), "This weekend", "Zoë is at a café"))));
    shelf.add(Content::Message(Box::new(message("jo@example.net", sent(6), "Mediation", "Could you both come"))));
    shelf.add(note("no time in it"));
    shelf.add(incident(&day(2026, 4, 3), "Contact held in full."));
    shelf
}

#[test]
fn the_timeline_is_in_order_of_time_with_what_has_none_last() {
    let shelf = filled();
    let list = |filter: Filter| ids(&shelf.book.list(&filter).unwrap());
    let all = ["MSG-1", "INC-1", "MSG-2", "INC-2", "NOT-1"];
    assert_eq!(list(Filter::default()), all);
    assert_eq!(list(Filter { limit: Some(2), ..Filter::default() }), all[..2]);
    let date = |d| Date::new(2026, 3, d);
    assert_eq!(list(Filter { from: date(6), until: date(6), ..Filter::default() }), ["INC-1", "MSG-2"]);
    assert_eq!(list(Filter { from: date(6), ..Filter::default() }), ["INC-1", "MSG-2", "INC-2"]);
    assert_eq!(list(Filter { nouns: vec![Noun::Message], ..Filter::default() }), ["MSG-1", "MSG-2"]);
    assert_eq!(list(Filter { nouns: vec![Noun::Person], ..Filter::default() }), ["PER-1"]);
    let sam = vec![RecordId::new(Noun::Person, 1)];
    assert_eq!(list(Filter { with: sam, ..Filter::default() }), ["MSG-1"]);
    assert_eq!(list(Filter { matching: Some("library six".into()), ..Filter::default() }), ["INC-1"]);
    assert_eq!(list(Filter { matching: Some("' \"".into()), ..Filter::default() }), [""; 0]);
}

#[test]
fn search_finds_words_phrases_addresses_and_beginnings() {
    let shelf = filled();
    for (words, expected) in [
        ("zoe", &["MSG-1"][..]),
        ("CAFÉ", &["MSG-1"]),
        ("\"at Elmgrove\"", &["INC-1"]),
        ("“at Elmgrove”", &["INC-1"]),
        ("\"Elmgrove at\"", &[]),
        ("medi*", &["MSG-2"]),
        ("medi", &[]),
        ("sam@example.org", &["MSG-1", "PER-1"]),
        ("library OR mediation", &[]),
        ("NEAR(", &[]),
        ("", &[]),
    ] {
        let mut found = ids(&shelf.book.search(words, &Filter::default()).unwrap().listed);
        found.sort();
        assert_eq!(found, expected, "{words}");
    }
    let found = shelf.book.search("library", &Filter::default()).unwrap().listed;
    assert_eq!(found[0].excerpt.as_deref(), Some("Waited at Elmgrove \u{1}Library\u{2} until six."));
}

#[test]
fn letters_and_numbers_are_found_however_they_are_written() {
    let mut shelf = filled();
    shelf.add(note("We met in Łódź, in the Straße by the river."));
    let mut text = message("+44 7700 900123", Some(day(2026, 3, 9)), "Late", "Running late");
    text.channel = crate::model::Channel::Sms;
    shelf.add(Content::Message(Box::new(text)));
    shelf.add(note("Gran's number is 07700 900123 now, said (0161) 496 0123."));
    for (words, expected) in [
        ("lodz", &["NOT-2"][..]),
        ("LODZ", &["NOT-2"]),
        ("Łódź", &["NOT-2"]),
        ("strasse", &["NOT-2"]),
        ("\"in lodz in the\"", &["NOT-2"]),
        ("lod*", &["NOT-2"]),
        ("07700 900123", &["MSG-3", "NOT-3"]),
        ("+447700900123", &["MSG-3", "NOT-3"]),
        ("0044 7700 900 123", &["MSG-3", "NOT-3"]),
        ("late 07700 900123", &["MSG-3"]),
        ("0161 496 0123", &["NOT-3"]),
    ] {
        let mut found = ids(&shelf.book.search(words, &Filter::default()).unwrap().listed);
        found.sort();
        assert_eq!(found, expected, "{words}");
    }
    let found = shelf.book.search("lodz", &Filter::default()).unwrap();
    assert_eq!(found.listed[0].excerpt.as_deref(), Some("We met in \u{1}Łódź\u{2}, in the Straße by the river."));
}

#[test]
fn hits_are_counted_beyond_those_shown_and_narrowed_by_channel() {
    let shelf = filled();
    let filter = Filter { limit: Some(1), ..Filter::default() };
    let found = shelf.book.search("e*", &filter).unwrap();
    assert_eq!((found.listed.len(), found.at_least), (1, false));
    let all = shelf.book.search("e*", &Filter::default()).unwrap();
    assert_eq!(found.total, all.listed.len() as u64);
    let by = |channel| Filter { channels: vec![channel], ..Filter::default() };
    assert_eq!(ids(&shelf.book.list(&by(crate::model::Channel::Email)).unwrap()), ["MSG-1", "MSG-2"]);
    assert_eq!(ids(&shelf.book.list(&by(crate::model::Channel::Signal)).unwrap()), [""; 0]);
}

#[test]
fn correspondents_are_counted_without_reading_messages() {
    let mut shelf = filled();
    shelf.add(Content::Message(Box::new(message("sam+school@example.org", Some(day(2026, 5, 1)), "x", "y"))));
    let all = shelf.book.correspondents().unwrap();
    let keys: Vec<_> = all.iter().map(|one| (one.key.as_str(), one.messages)).collect();
    assert!(keys.contains(&("sam@example.org", 1)) && keys.contains(&("sam+school@example.org", 1)), "{keys:?}");
    // Sam's own record is no message, and what stands after a plus is Sam's all the same.
    let sam = RecordId::new(Noun::Person, 1);
    let Content::Person(person) = shelf.book.record(sam).unwrap().unwrap().content else { panic!() };
    let counted = shelf.book.messages_with(&[sam], Some(&person)).unwrap();
    assert_eq!(counted, (2, Date::new(2026, 3, 5), Date::new(2026, 5, 1)));
}

#[test]
fn a_correction_is_found_by_its_new_words_only_and_a_rebuild_changes_nothing() {
    let mut shelf = filled();
    let id = RecordId::new(Noun::Incident, 1);
    shelf
        .book
        .write::<_, crate::store::StoreError>(now(), |writing| {
            writing.amend(id, incident(&day(2026, 3, 7), "Waited at Bristol station."), "the place")?;
            Ok(((), "Corrected".to_owned()))
        })
        .unwrap();
    let see = |book: &crate::store::Book| {
        let found = |words| ids(&book.search(words, &Filter::default()).unwrap().listed);
        (book.list(&Filter::default()).unwrap(), found("library"), found("station"))
    };
    let before = see(&shelf.book);
    assert_eq!((before.1.len(), before.2.len()), (0, 1));
    assert_eq!(ids(&before.0), ["MSG-1", "MSG-2", "INC-1", "INC-2", "NOT-1"]);
    shelf.book.rebuild().unwrap();
    assert_eq!(see(&shelf.book), before);
    assert_eq!(shelf.book.check(&[]).unwrap().findings, []);
}

/// In a long import most messages are not looked for one by one; none that is there may be missed for it.
#[test]
fn among_thousands_a_message_is_known_again_whoever_wrote_it() {
    let mut shelf = shelf();
    let of = |number: u32| {
        let mut message = message("sam@example.org", None, &format!("number {number}"), "words");
        message.fingerprint = Some(Digest::of(&number.to_be_bytes()));
        message.thread.message_id = Some(format!("id-{number}@example.org"));
        message
    };
    let known = |writing: &Writing<'_>, number: u32| {
        let message = of(number);
        let by_print = writing.book().messages_like(message.fingerprint.as_ref(), None).unwrap();
        let by_id = writing.book().messages_like(None, message.thread.message_id.as_deref()).unwrap();
        assert_eq!(by_print, by_id, "number {number}");
        by_print.len()
    };
    for round in 0..3_u32 {
        shelf
            .book
            .write::<_, StoreError>(now(), |writing| {
                for number in round * 400..(round + 1) * 400 {
                    assert_eq!(known(writing, number), 0);
                    let id = writing.add(Content::Message(Box::new(of(number))))?;
                    assert_eq!(known(writing, number), 1);
                    if number.is_multiple_of(7) {
                        assert!(writing.book().record(id)?.is_some(), "what was just added can be read");
                        writing.amend(id, Content::Message(Box::new(of(number))), "once more")?;
                    }
                }
                Ok(((), "some messages".to_owned()))
            })
            .unwrap();
        // Another process adds one between two parts of an import.
        let mut other = Book::open(shelf.book.path(), None).unwrap();
        let added = Content::Message(Box::new(of(10_000 + round)));
        other.write::<_, StoreError>(now(), |writing| Ok((writing.add(added)?, "another's".to_owned()))).unwrap();
    }
    shelf
        .book
        .write::<_, StoreError>(now(), |writing| {
            for number in (0..1_200).chain(10_000..10_003) {
                assert_eq!(known(writing, number), 1, "number {number}");
            }
            Ok(((), "nothing".to_owned()))
        })
        .unwrap();
    assert_eq!(shelf.book.check(&[]).unwrap().findings, []);
}

#[test]
fn messages_are_known_again_by_fingerprint_and_message_id() {
    let mut shelf = shelf();
    let original = shelf.keep("a.eml", b"a");
    let mut one = message("sam@example.org", None, "s", "t");
    one.place = Some(read_from(original));
    one.fingerprint = Some(Digest::of(b"one"));
    one.thread.message_id = Some("m1@example.org".to_owned());
    let mut other = one.clone();
    other.fingerprint = Some(Digest::of(b"other"));
    let first = shelf.add(Content::Message(Box::new(one)));
    let second = shelf.add(Content::Message(Box::new(other)));
    let like = |fingerprint: Option<&Digest>, id| {
        let found = shelf.book.messages_like(fingerprint, id).unwrap();
        found.into_iter().map(|like| (like.id, like.fingerprint)).collect::<Vec<_>>()
    };
    let both = [(first, Some(Digest::of(b"one"))), (second, Some(Digest::of(b"other")))];
    assert_eq!(like(Some(&Digest::of(b"one")), None), both[..1]);
    assert_eq!(like(None, Some("m1@example.org")), both);
    assert_eq!(like(None, None), []);
    assert_eq!(shelf.book.messages_of(&original).unwrap(), [first, second]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]
    #[test]
    fn any_words_are_safe(words in prop::collection::vec("\\PC{0,12}|[\"*^:(){}+-]{0,6}|\0a|NEAR|AND a", 60)) {
        let shelf = filled();
        for words in words {
            shelf.book.search(&words, &Filter::default()).unwrap();
            shelf.book.list(&Filter { matching: Some(words), ..Filter::default() }).unwrap();
        }
    }
}

#[test]
fn a_file_is_found_by_its_words_once_they_are_read_and_a_rebuild_has_them_read_again() {
    use crate::model::FileWords;
    use crate::store::{StandsIn, WordsRead};

    let mut shelf = shelf();
    let sha256 = shelf.keep("letter.pdf", b"%PDF-");
    let document = serde_json::json!({"document": {"kind": "letter", "title": "Swimming", "original": sha256,
        "name": "letter.pdf", "bytes": 5, "media_type": "application/pdf"}});
    let id = shelf.add(serde_json::from_value(document).unwrap());
    assert_eq!(shelf.book.unread(9).unwrap(), [(sha256, id)]);
    assert_eq!(shelf.book.search("goggles", &Filter::default()).unwrap().total, 0);

    let pages = vec!["Dear parents".to_owned(), "bring go\u{c}ggles and a towel to Łódź".to_owned()];
    let words = FileWords { pages, paged: true, cut: false };
    shelf.book.take_written(&[(sha256, WordsRead::Words(words))]).unwrap();
    assert_eq!(shelf.book.count_unread().unwrap(), 0);
    let found = shelf.book.search("lodz", &Filter::default()).unwrap();
    assert_eq!(ids(&found.listed), ["DOC-1"]);
    assert_eq!(found.listed[0].stands_in, Some(StandsIn { sha256, page: Some(2) }), "a form feed in a page ends none");
    assert!(found.listed[0].excerpt.as_ref().unwrap().contains("towel"));
    assert_eq!(shelf.book.search("swimming", &Filter::default()).unwrap().listed[0].stands_in, None);

    shelf.book.rebuild().unwrap();
    assert_eq!(shelf.book.unread(9).unwrap(), [(sha256, id)], "what is of the file is not of the evidence");
    shelf.book.take_written(&[(sha256, WordsRead::Unreadable("it is locked".to_owned()))]).unwrap();
    assert_eq!(shelf.book.count_unread().unwrap(), 0, "it is not tried again and again");
    assert_eq!(shelf.book.search("lodz", &Filter::default()).unwrap().total, 0);
    assert_eq!(shelf.book.check(&[]).unwrap().findings, []);
}
