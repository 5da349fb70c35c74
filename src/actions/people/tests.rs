use proptest::prelude::*;

use super::*;
use crate::actions::{TimelineQuery, timeline};
use crate::model::{Channel, Identity, Locator, Message, Place, When};

const NOW: Instant = Instant(1_795_442_700_000);

struct Desk {
    _folder: tempfile::TempDir,
    book: Book,
}

fn desk() -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let book = Book::create(&folder.path().join("reed.daybook"), true, None, NOW).unwrap();
    Desk { _folder: folder, book }
}

impl Desk {
    fn add(&mut self, content: Content) -> RecordId {
        self.book.write::<_, ActionError>(NOW, |writing| Ok((writing.add(content)?, "Wrote".into()))).unwrap().value
    }

    fn person(&mut self, name: &str, role: Role, addresses: &[&str]) -> RecordId {
        let mut person = Person::named(name, role);
        person.identities.extend(addresses.iter().map(|value| Identity {
            kind: if value.contains('@') { IdentityKind::Email } else { IdentityKind::Name },
            value: (*value).to_owned(),
        }));
        self.add(Content::Person(person))
    }

    fn mail(&mut self, from: &str, with: &[RecordId]) -> RecordId {
        let mut message = Message::blank(Channel::Email);
        message.from = vec![Address { name: Some("Somebody".into()), address: Some(from.into()) }];
        message.with = with.to_vec();
        self.add(Content::Message(Box::new(message)))
    }

    fn chat_line(&mut self, author: &str, day: u32) -> RecordId {
        let mut message = Message::blank(Channel::Whatsapp);
        message.from = vec![Address { name: Some(author.into()), address: None }];
        let date = crate::model::Date::new(2026, 3, day).unwrap();
        message.sent = Some(When::day(date.long(), date));
        message.place = Some(Place { original: crate::model::Digest::of(b"chat"), locator: Locator::whole() });
        self.add(Content::Message(Box::new(message)))
    }

    /// Everything a person sees of who is who: the people, the lines with whom they name, and each person's
    /// own lines.
    fn views(&self) -> String {
        let people = People::load(&self.book).unwrap();
        let lines = |query: &TimelineQuery| {
            let lines = timeline(&self.book, NOW, query).unwrap();
            let lines = lines.into_iter().map(|line| format!("{} {:?}\n", line.entry.id, line.entry.people));
            lines.collect::<Vec<_>>().concat()
        };
        let mut seen = lines(&TimelineQuery::default());
        for (id, person) in &people.everybody {
            seen += &format!("{id} {person:?} {:?}\n", written_with(&self.book, &people, *id).unwrap());
            seen += &lines(&TimelineQuery { with: vec![id.to_string()], ..TimelineQuery::default() });
        }
        seen + &format!("{:?}", unknown_correspondents(&self.book, &people).unwrap())
    }
}

#[test]
fn what_names_the_one_is_shown_under_the_other_and_nothing_is_rewritten() {
    let mut desk = desk();
    let kept = desk.person("Elm Street Nursery", Role::Professional, &["office@example.org"]);
    let other = desk.person("Nursery", Role::Other, &["elm@example.net", "The nursery"]);
    let (mail, typed) = (desk.mail("elm@example.net", &[]), desk.mail("x@example.com", &[other]));
    merge(&mut desk.book, NOW, kept, other, "one nursery").unwrap();
    let people = People::load(&desk.book).unwrap();
    assert_eq!(people.name(other), "Elm Street Nursery");
    assert_eq!(people.find("nursery").unwrap(), kept);
    let with = TimelineQuery { with: vec![other.to_string()], ..TimelineQuery::default() };
    let lines = timeline(&desk.book, NOW, &with).unwrap();
    assert_eq!(lines.iter().map(|line| line.entry.id).collect::<Vec<_>>(), [mail, typed]);
    assert!(lines.iter().all(|line| line.entry.people.iter().any(|one| one.name == "Elm Street Nursery")));
    assert_eq!(desk.book.versions(typed).unwrap().len(), 1, "the record was not touched");
    let own = people.own(other).unwrap();
    assert_eq!(own.name, "Nursery", "and the other stays readable");
    // A circle cannot be made: who was joined stands for nobody.
    merge(&mut desk.book, NOW, other, kept, "the other way round").unwrap_err();
    merge(&mut desk.book, NOW, kept, kept, "itself").unwrap_err();
    desk.book.rebuild().unwrap();
    assert_eq!(timeline(&desk.book, NOW, &with).unwrap(), lines);
}

#[test]
fn parties_children_and_advisers_are_not_made_one() {
    let mut desk = desk();
    let roles = [Role::Me, Role::OtherParent, Role::Child, Role::Solicitor, Role::Relative, Role::Other];
    let people: Vec<_> = roles.iter().map(|role| desk.person(&format!("{role:?}"), *role, &[])).collect();
    for (place, one) in people.iter().enumerate().take(5) {
        for (other_place, other) in people.iter().enumerate().take(5) {
            if place != other_place {
                merge(&mut desk.book, NOW, *one, *other, "a slip").unwrap_err();
            }
        }
    }
    merge(&mut desk.book, NOW, people[5], people[3], "the same firm").unwrap();
    let now = People::load(&desk.book).unwrap();
    assert_eq!(now.get(people[5]).unwrap().role, Role::Solicitor, "what a lawyer wrote stays a lawyer's");
}

#[test]
fn part_of_a_person_goes_to_another_and_undoing_gives_no_address_two_owners() {
    let mut desk = desk();
    let kept = desk.person("Gran Reed", Role::Relative, &["gran@example.org"]);
    let other = desk.person("Gran", Role::Other, &["family@example.org", "g@example.org"]);
    merge(&mut desk.book, NOW, kept, other, "one grandmother").unwrap();
    let split_off = |name: &str| Splitting {
        from: kept,
        take: vec!["FAMILY@example.org".into()],
        name: name.into(),
        chat: None,
        role: Role::Relative,
        why: "shared with Grandad".into(),
    };
    split(&mut desk.book, NOW, &split_off("Gran Reed")).unwrap_err();
    let change = split(&mut desk.book, NOW, &split_off("Grandad Reed")).unwrap();
    let grandad = change.people[0].id;
    undo_merge(&mut desk.book, NOW, other, "two after all").unwrap();
    let people = People::load(&desk.book).unwrap();
    let owner = |text: &str| people.owner(&Address { name: None, address: Some(text.into()) });
    assert_eq!(owner("family@example.org"), Some(grandad));
    assert_eq!(owner("g@example.org"), Some(other));
    assert_eq!(owner("gran@example.org"), Some(kept));
    undo_merge(&mut desk.book, NOW, other, "again").unwrap_err();
}

#[test]
fn a_name_in_a_chat_is_asked_about_and_belongs_to_nobody_until_the_keeper_says_so() {
    let mut desk = desk();
    let sam = desk.person("Sam Reed", Role::OtherParent, &["sam@example.org"]);
    desk.chat_line("Sam \u{2764}", 2);
    desk.chat_line("Sam \u{2764}", 9);
    let people = People::load(&desk.book).unwrap();
    let unknown = unknown_correspondents(&desk.book, &people).unwrap();
    assert_eq!((unknown[0].address.as_str(), unknown[0].messages, unknown[0].by_name), ("Sam \u{2764}", 2, true));
    assert_eq!(unknown[0].next, "daybook people attach PER-1 \"Sam \u{2764}\" --name");
    assert_eq!(unknown[0].first.map(|day| day.to_string()).as_deref(), Some("2026-03-02"));
    let attaching =
        Attaching { to: sam, written: "Sam \u{2764}".into(), by_name: true, chat: None, why: String::new() };
    attach(&mut desk.book, NOW, &attaching).unwrap();
    let people = People::load(&desk.book).unwrap();
    assert_eq!(unknown_correspondents(&desk.book, &people).unwrap(), []);
    assert_eq!(written_with(&desk.book, &people, sam).unwrap().messages, 2);
    attach(&mut desk.book, NOW, &attaching).unwrap_err();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn merging_and_undoing_gives_the_same_views(
        first in prop::collection::btree_set(0..6_usize, 0..4),
        second in prop::collection::btree_set(6..12_usize, 0..4),
        mails in prop::collection::vec((0..12_usize, 0..3_usize), 1..6),
    ) {
        let mut desk = desk();
        let addresses: Vec<String> = (0..12).map(|number| match number % 3 {
            0 => format!("Name {number}"),
            _ => format!("a{number}@example.org"),
        }).collect();
        let of = |set: &std::collections::BTreeSet<usize>| set.iter().map(|one| addresses[*one].as_str()).collect::<Vec<_>>();
        let kept = desk.person("Jo Lambert", Role::Other, &of(&first));
        let other = desk.person("J. Lambert", Role::Mediator, &of(&second));
        for (from, with) in mails {
            let with: &[RecordId] = match with { 0 => &[], 1 => &[kept], _ => &[other, kept] };
            desk.mail(&addresses[from], with);
        }
        let before = desk.views();
        merge(&mut desk.book, NOW, kept, other, "one mediator").unwrap();
        prop_assert_ne!(&desk.views(), &before);
        undo_merge(&mut desk.book, NOW, other, "two after all").unwrap();
        prop_assert_eq!(desk.views(), before);
    }
}
