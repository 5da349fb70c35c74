//! The invented family, as records, for tests of planning.

use std::collections::BTreeMap;

use daybook::actions::bundle::split_quotes;
use daybook::bundle::{History, JournalHead, KeptFile, Options, Picture, PictureFrame, PlanInput};
use daybook::model::when::Precision;
use daybook::model::*;
use daybook::rules::Rules;

/// A book being written.
pub struct Family {
    pub records: Vec<History>,
    pub kept: BTreeMap<Digest, KeptFile>,
    count: BTreeMap<Noun, u32>,
}

pub fn day(text: &str) -> Date {
    text.parse().expect("a date in a test")
}

/// `2026-09-18 17:00`, London time, to the minute.
pub fn at(text: &str) -> When {
    let (date, time) = text.split_once(' ').expect("a date and a time");
    let (hour, minute) = time.split_once(':').expect("hours and minutes");
    let time = TimeOfDay::new(hour.parse().unwrap(), minute.parse().unwrap(), 0).unwrap();
    When::assumed(text, day(date), time, Precision::Minute, Zone::LONDON)
}

pub fn instant(text: &str) -> Instant {
    Instant::from_rfc3339(text).expect("a moment in a test")
}

pub fn id(text: &str) -> RecordId {
    text.parse().expect("a record's name in a test")
}

pub fn address(name: &str, address: &str) -> Address {
    Address { name: Some(name.to_owned()), address: Some(address.to_owned()) }
}

impl Family {
    /// Alex (who keeps the book), Sam, Robin, a lawyer, a mediator, and the case.
    pub fn with_case() -> Self {
        let mut family = Self::without_case();
        family.add(Content::Case(Case {
            court: Some("Bristol".into()),
            number: Some("BS26P70940".into()),
            applicant: Some(Side::Me),
            me: Some(id("PER-1")),
            other: Some(id("PER-2")),
            children: vec![id("PER-3")],
            ..Case::default()
        }));
        family
    }

    /// The same people, before anybody has gone to court.
    pub fn without_case() -> Self {
        let mut family = Family { records: Vec::new(), kept: BTreeMap::new(), count: BTreeMap::new() };
        family.person("Alex Reed", Role::Me, "alex@example.com");
        family.person("Sam Reed", Role::OtherParent, "sam@example.com");
        family.person("Robin Reed", Role::Child, "robin@example.com");
        family.person("Priya Nair", Role::Solicitor, "priya@example.org");
        family.person("Jo Lambert", Role::Mediator, "jo@example.net");
        family
    }

    fn person(&mut self, name: &str, role: Role, email: &str) {
        let mut person = Person::named(name, role);
        person.identities.push(Identity { kind: IdentityKind::Email, value: email.into() });
        if role == Role::Child {
            person.born = Date::new(2017, 5, 4);
        }
        self.add(Content::Person(person));
    }

    /// Adds a record, written down on 19 September 2026 at 9.14 pm.
    pub fn add(&mut self, content: Content) -> RecordId {
        self.add_at(content, "2026-09-19T20:14:00Z")
    }

    pub fn add_at(&mut self, content: Content, written: &str) -> RecordId {
        let number = self.count.entry(content.noun()).or_default();
        *number += 1;
        let id = RecordId::new(content.noun(), *number);
        let record = Record { id, version: 1, written_at: instant(written), why: None, salt: "00".repeat(32), content };
        self.records.push(History::of(record));
        id
    }

    pub fn amend(&mut self, id: RecordId, why: &str, written: &str, change: impl FnOnce(&mut Content)) {
        let history = self.records.iter_mut().find(|h| h.current().is_some_and(|r| r.id == id)).expect("the record");
        let mut next = history.current().expect("a version").clone();
        next.version += 1;
        next.why = Some(why.into());
        next.written_at = instant(written);
        change(&mut next.content);
        history.versions.push(next);
    }

    /// The order of 27 February 2026, with two paragraphs.
    pub fn order(&mut self) -> RecordId {
        let paragraph = |number: &str, words: &str, kind| OrderParagraph {
            number: number.into(),
            words: words.into(),
            kind,
            ..OrderParagraph::default()
        };
        self.add(Content::Order(Box::new(Order {
            title: "Child arrangements order".into(),
            court: Some("The Family Court at Bristol".into()),
            case_number: Some("BS26P70940".into()),
            made: Some(When::day("27 February 2026", day("2026-02-27"))),
            by: Some("District Judge Marlow".into()),
            warning_notice: Some(true),
            paragraphs: vec![
                paragraph("1", "The parents agree to write to each other by e-mail.", ParagraphKind::Recital),
                paragraph(
                    "3",
                    "Robin shall spend time with the applicant on alternate weekends from 5.00 pm on Friday to 5.00 pm on Sunday.",
                    ParagraphKind::Ordered,
                ),
            ],
            ..Order::default()
        })))
    }

    /// The weekend of Friday 18 September 2026: nobody came.
    pub fn nobody_came(&mut self) -> RecordId {
        let event = Incident {
            arrived: Some(at("2026-09-18 16:45")),
            left: Some(at("2026-09-18 17:50")),
            place: Some("Elmgrove Library, front entrance".into()),
            what: "I was at the front entrance from 4.45 pm.".into(),
            ..weekend("2026-09-18", IncidentKind::NobodyThere)
        };
        self.add_at(Content::Incident(Box::new(event)), "2026-09-18T20:14:00Z")
    }

    pub fn event(&mut self, event: Incident) -> RecordId {
        self.add(Content::Incident(Box::new(event)))
    }

    /// An e-mail with a kept original.
    pub fn email(&mut self, from: &str, to: &str, sent: &str, subject: &str, text: &str) -> RecordId {
        let original = self.keep(subject, "message/rfc822");
        let key = format!("{subject}.{sent}@example.com");
        self.add(Content::Message(Box::new(Message {
            sent: Some(at(sent)),
            from: vec![address(from, &mail_of(from))],
            to: vec![address(to, &mail_of(to))],
            subject: Some(subject.into()),
            text: text.into(),
            thread: ThreadKeys { message_id: Some(key), ..ThreadKeys::default() },
            place: Some(Place { original, locator: Locator::whole() }),
            ..typed(Channel::Email)
        })))
    }

    pub fn document(&mut self, kind: DocumentKind, title: &str, dated: &str, media_type: &str) -> RecordId {
        let original = self.keep(title, media_type);
        self.add(Content::Document(Box::new(Document {
            kind,
            title: title.into(),
            dated: Some(When::day(dated, day(dated))),
            by: None,
            received: None,
            original,
            name: format!("/home/alex/{title}"),
            bytes: 84_000,
            media_type: media_type.into(),
            from_message: None,
            recording: None,
            words: None,
            place: None,
        })))
    }

    pub fn link(&mut self, from: RecordId, to: RecordId, kind: LinkKind) {
        self.add(Content::Link(Link { from, to, kind, withdrawn: false }));
    }

    pub fn mark(&mut self, on: RecordId, change: impl FnOnce(&mut Mark)) {
        let mut mark = Mark { on, privilege: None, confidential: None, keep_out_of: None, let_into: None, why: None };
        change(&mut mark);
        self.add(Content::Mark(mark));
    }

    pub fn choose(&mut self, records: &[RecordId], profile: Profile, context: u32) {
        let records = records.to_vec();
        self.add(Content::Choice(Choice {
            records,
            profile,
            exhibit: None,
            section: None,
            directed: None,
            context,
            withdrawn: false,
        }));
    }

    pub fn keep(&mut self, name: &str, media_type: &str) -> Digest {
        let digest = Digest::of(name.as_bytes());
        let picture = (media_type == "image/jpeg").then_some(Picture {
            frames: vec![PictureFrame { number: 0, pixels: (4032, 3024), orientation: 6, as_it_is: true }],
            taken: Some(at("2026-09-18 16:46")),
            has_place: true,
            remarks: Vec::new(),
        });
        let file = KeptFile {
            name: format!("/home/alex/Mail/{name}"),
            bytes: 84_000,
            media_type: media_type.into(),
            kept_at: instant("2026-09-19T20:00:00Z"),
            from_device: Some(DeviceOwner::Mine),
            picture,
            pdf: None,
            not_shown: None,
            notes: Vec::new(),
            seconds: media_type.starts_with("audio/").then_some(72),
        };
        self.kept.insert(digest, file);
        digest
    }

    pub fn input(&self, options: Options) -> PlanInput {
        PlanInput {
            edition: id("BND-7"),
            made: instant("2026-11-23T14:05:00Z"),
            program: "1.0".into(),
            records: self.records.clone(),
            kept: self.kept.clone(),
            head: JournalHead { seq: 731, head: Digest::of(b"head") },
            journal: Vec::new(),
            head_given: None,
            rules: Rules::england_and_wales(),
            options,
            quotes: split_quotes,
        }
    }
}

fn mail_of(name: &str) -> String {
    let first = name.split(' ').next().unwrap_or_default().to_lowercase();
    let host = match first.as_str() {
        "priya" => "example.org",
        "jo" => "example.net",
        _ => "example.com",
    };
    format!("{first}@{host}")
}

pub fn typed(channel: Channel) -> Message {
    Message::blank(channel)
}

/// A weekend from Friday 5 pm to Sunday 5 pm under paragraph 3 of the first order.
pub fn weekend(friday: &str, kind: IncidentKind) -> Incident {
    let sunday = day(friday).plus_days(2);
    Incident {
        kind: Some(kind),
        order: Some(id("ORD-1")),
        paragraph: Some("3".into()),
        due: Some(at(&format!("{friday} 17:00"))),
        until: Some(at(&format!("{sunday} 17:00"))),
        ..bare()
    }
}

pub fn bare() -> Incident {
    serde_json::from_str("{}").expect("every field of an event may be missing")
}
