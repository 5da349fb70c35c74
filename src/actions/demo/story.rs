//! The story of the worked case. Everybody and everything in it is invented.

use crate::model::when::Precision;
use crate::model::{
    Address, Basis, Case, Channel, ConfidentialWord, Date, DocumentKind, Hearing, Identity, IdentityKind, Incident,
    IncidentKind, Instant, LinkKind, Loss, Message, Note, Order, OrderKind, OrderParagraph, ParagraphKind,
    ParentalResponsibility, Person, RecordId, Role, Side, Step, StepKind, TimeOfDay, When, WordKind, Zone,
};

/// Month and day of a Friday in 2026: how the story names its weekends.
pub(super) type Friday = (u32, u32);

pub(super) const ORDER_PDF: &[u8] = include_bytes!("order.pdf");

/// The saved e-mails, by file name.
pub(super) const MAILS: &[(&str, &[u8])] = &[
    ("2026-04-17 I am unwell.eml", include_bytes!("mail/2026-04-17 I am unwell.eml")),
    ("2026-05-18 Friday.eml", include_bytes!("mail/2026-05-18 Friday.eml")),
    ("2026-06-26 Birthday party today.eml", include_bytes!("mail/2026-06-26 Birthday party today.eml")),
    ("2026-07-16 Weekend of 24 July.eml", include_bytes!("mail/2026-07-16 Weekend of 24 July.eml")),
    ("2026-07-17 Re Weekend of 24 July.eml", include_bytes!("mail/2026-07-17 Re Weekend of 24 July.eml")),
    ("2026-09-17 Tomorrow at the library.eml", include_bytes!("mail/2026-09-17 Tomorrow at the library.eml")),
    ("2026-09-18 This weekend.eml", include_bytes!("mail/2026-09-18 This weekend.eml")),
    ("2026-09-19 Re This weekend.eml", include_bytes!("mail/2026-09-19 Re This weekend.eml")),
    ("2026-09-30 Half-term, a proposal.eml", include_bytes!("mail/2026-09-30 Half-term, a proposal.eml")),
    ("2026-10-05 Re Half-term, a proposal.eml", include_bytes!("mail/2026-10-05 Re Half-term, a proposal.eml")),
    ("2026-10-08 Babcia.eml", include_bytes!("mail/2026-10-08 Babcia.eml")),
    ("2026-10-09 Handover help.eml", include_bytes!("mail/2026-10-09 Handover help.eml")),
    ("2026-10-12 Gwyliau hanner tymor.eml", include_bytes!("mail/2026-10-12 Gwyliau hanner tymor.eml")),
    ("2026-10-14 Mediation summary.eml", include_bytes!("mail/2026-10-14 Mediation summary.eml")),
    ("2026-10-21 Your order.eml", include_bytes!("mail/2026-10-21 Your order.eml")),
];

/// Which mail bears on which weekend, by subject.
pub(super) const LINKS: &[(&str, Friday, LinkKind)] = &[
    ("This weekend: I am unwell", (4, 17), LinkKind::Supports),
    ("Friday", (5, 15), LinkKind::Admits),
    ("Birthday party today", (6, 26), LinkKind::Supports),
    ("Weekend of 24 July", (7, 24), LinkKind::Supports),
    ("Re: Weekend of 24 July", (7, 24), LinkKind::Supports),
    ("Tomorrow at the library", (9, 18), LinkKind::Supports),
    ("This weekend", (9, 18), LinkKind::Admits),
];

/// Which mail stands behind which step, by subject.
pub(super) const STEP_LINKS: &[(&str, StepKind)] =
    &[("Half-term: a proposal", StepKind::Proposal), ("Re: Half-term: a proposal", StepKind::Reply)];

/// What goes into the exhibit, by subject.
pub(super) const EXHIBITED: &[&str] =
    &["Friday", "Birthday party today", "Tomorrow at the library", "This weekend", "Re: This weekend"];

/// The weekends the schedule is about.
pub(super) const ALLEGED: [Friday; 4] = [(5, 15), (6, 12), (6, 26), (9, 18)];

/// Words of the messages of the exported chat that are chosen.
pub(super) const IN_THE_CHAT: &[&str] = &["Two puffs given at 8.15", "drew this at breakfast", "goes on the fridge"];

/// What the first page of the hearing bundle says, field by field, as typed.
pub(super) const HEARING: &[(&str, &str)] = &[
    ("time-estimate", "1 hour 20 minutes: reading 20 minutes, hearing 1 hour"),
    (
        "decide",
        "Whether Robin is collected from school on the Fridays.\nWhether the handover on Sundays stays at the library.\nHow a change of plan is told, and how soon.",
    ),
    (
        "agreed",
        "Robin lives with the respondent.\nRobin enjoys the weekends, and they go on as ordered.\nIllness is told on the same day.",
    ),
    (
        "not-agreed",
        "Where the handover on Fridays should be.\nWhether and why some weekends did not take place as ordered.",
    ),
    ("prepares", "yes"),
];

/// What is to be said in mediation and in the call with Cafcass, in Alex's words.
pub(super) const OWN_WORDS: &[(&str, &str)] = &[
    ("about-child", "Robin is nine, is in Year 5, and likes swimming and drawing."),
    (
        "mediation-now",
        "Robin lives with Sam and has spent alternate weekends with me since March 2026, under a court order.\nHandovers are at a library, at 5.00 pm on Fridays. There is a video call on Wednesdays at 6.00 pm. A court hearing is listed on 14 December 2026.",
    ),
    (
        "propose",
        "Handover at school on Fridays, so that nobody waits.\nA shared calendar, with seven days’ notice of a change and a date to make it up.\nIf Robin is tired or unwell: a shorter visit, or the next day, before cancelling.",
    ),
    ("mediation-agreed", "Robin lives with Sam.\nThe weekends are good for Robin.\nA week’s notice of changes."),
    ("mediation-not-agreed", "Where handovers take place.\nWhat happens when a weekend is missed."),
    ("call-safety", "Nobody is unsafe. Robin is well looked after in both homes."),
    (
        "call-wish",
        "The weekends as ordered, with a handover at school so that Robin does not wait. A plan for half-terms before they begin.",
    ),
    (
        "call-worry",
        "On 15 May and 18 September 2026 nobody came to the handover. Robin rang on 18 September and asked about the swimming.",
    ),
];

/// The call with the family court adviser, arranged for the week before the hearing.
pub(super) fn call_ahead() -> Step {
    Step {
        when: Some(clock(2026, 12, 3, 11, 30)),
        what: "The family court adviser, Rowan Ellery, rings me.".to_owned(),
        ..Step::of(StepKind::Cafcass)
    }
}

pub(super) fn begun() -> Instant {
    at(2026, 2, 28, 20, 40)
}

pub(super) fn order_kept() -> Instant {
    at(2026, 3, 2, 19, 5)
}

pub(super) fn photographs_kept() -> Instant {
    at(2026, 9, 18, 21, 16)
}

pub(super) fn application_kept() -> Instant {
    at(2026, 10, 26, 20, 5)
}

/// The day the order was asked to be varied.
pub(super) fn application_day() -> Date {
    date(2026, 10, 26)
}

pub(super) fn screenshot_kept() -> Instant {
    at(2026, 11, 2, 19, 10)
}

pub(super) fn directions_kept() -> Instant {
    at(2026, 11, 11, 19, 0)
}

pub(super) fn statement_kept() -> Instant {
    at(2026, 11, 20, 20, 15)
}

pub(super) fn mails_read() -> Instant {
    at(2026, 11, 16, 20, 30)
}

pub(super) fn joined() -> Instant {
    at(2026, 11, 16, 21, 10)
}

/// The one clock reading of all papers: 2.05 pm in London.
pub(super) fn papers_made() -> Instant {
    at(2026, 11, 23, 14, 5)
}

pub(super) fn people() -> Vec<Person> {
    let with_mail = |name: &str, role: Role, mail: &str| {
        let mut person = Person::named(name, role);
        person.identities.push(Identity { kind: IdentityKind::Email, value: mail.to_owned() });
        person
    };
    let mut me = with_mail("Alex Reed", Role::Me, "alex.reed@example.com");
    me.parental_responsibility = ParentalResponsibility::Yes { basis: "named on the birth certificate".to_owned() };
    let mut robin = Person::named("Robin Reed", Role::Child);
    robin.born = Date::new(2017, 5, 9);
    vec![
        me,
        with_mail("Sam Reed", Role::OtherParent, "sam.reed@example.org"),
        robin,
        with_mail("Priya Nair", Role::Solicitor, "priya.nair@example.com"),
        with_mail("Jo Lambert", Role::Mediator, "jo.lambert@example.net"),
        with_mail("Bożena Wójcik", Role::Relative, "bozena.wojcik@example.org"),
        with_mail("Layla Haddad", Role::Other, "layla.haddad@example.net"),
        with_mail("Huw Pryce", Role::Relative, "huw.pryce@example.org"),
    ]
}

pub(super) fn case(me: RecordId, other: RecordId, robin: RecordId) -> Case {
    Case {
        court: Some("Bristol".to_owned()),
        number: Some("BS26P70940".to_owned()),
        applicant: Some(Side::Me),
        me: Some(me),
        other: Some(other),
        children: vec![robin],
        hearing: Some(Box::new(Hearing::at(clock(2026, 12, 14, 10, 0)))),
        ..Case::default()
    }
}

pub(super) fn order(document: RecordId) -> Order {
    use ParagraphKind::{Ordered, Recital};
    let paragraph = |number: &str, kind, duty: Option<&str>, words: &str| OrderParagraph {
        number: number.to_owned(),
        words: words.to_owned(),
        kind,
        duty_of: duty.map(str::to_owned),
        ..OrderParagraph::default()
    };
    Order {
        kind: Some(OrderKind::ChildArrangements),
        document: Some(document),
        title: "Child arrangements order".to_owned(),
        court: Some("The Family Court at Bristol".to_owned()),
        case_number: Some("BS26P70940".to_owned()),
        made: Some(day(2026, 2, 27)),
        by: Some("District Judge Marlow".to_owned()),
        served: Some(day(2026, 3, 2)),
        warning_notice: Some(true),
        paragraphs: vec![
            paragraph(
                "1",
                Recital,
                None,
                "The parents agree that each will tell the other of any illness of Robin on the same day.",
            ),
            paragraph("2", Ordered, None, "Robin lives with the respondent, Sam Reed."),
            OrderParagraph {
                duty: Some("make Robin available at the start (paragraph 4)".to_owned()),
                pattern: Some("alternate weekends, Friday 5 pm to Sunday 5 pm, first Friday 6 March 2026".to_owned()),
                ..paragraph(
                    "3",
                    Ordered,
                    Some("respondent"),
                    "Robin shall spend time with the applicant on alternate weekends from 5.00 pm on Friday to 5.00 pm on Sunday, beginning on Friday 6 March 2026.",
                )
            },
            paragraph(
                "4",
                Ordered,
                Some("respondent and applicant"),
                "The respondent shall make Robin available at the start, and the applicant shall return Robin at the end, at the front entrance of Elmgrove Library.",
            ),
            paragraph(
                "5",
                Ordered,
                Some("respondent"),
                "The applicant may speak to Robin by telephone or video on Wednesdays between 6.00 pm and 6.30 pm.",
            ),
        ],
        ..Order::default()
    }
}

/// One alternate weekend and what became of it.
pub(super) struct Weekend {
    pub friday: Friday,
    pub kind: IncidentKind,
    pub written: Instant,
    what: &'static str,
    more: More,
}

/// What only some entries have.
#[derive(Default)]
struct More {
    said: Option<&'static str>,
    reason: Option<(&'static str, &'static str)>,
    arrived: Option<(u32, u32)>,
    left: Option<(u32, u32)>,
    started: Option<(u32, u32)>,
    /// Day of the same month, hour, minute.
    ended: Option<(u32, u32, u32)>,
    child: Option<&'static str>,
    also: Option<&'static str>,
    offered: Option<&'static str>,
    /// The Friday whose time this was held instead of.
    instead: Option<Friday>,
    loss: Option<(u64, &'static str)>,
}

#[expect(clippy::too_many_lines, reason = "a table of weekends, told one after the other")]
pub(super) fn weekends() -> Vec<Weekend> {
    use IncidentKind::{AgreedChange, CancelledByMe, CancelledByOther, EndedEarly, Kept, Late, NobodyThere};
    let kept = "Robin came at 5.00 pm on Friday and went home at 5.00 pm on Sunday.";
    let sunday = |friday: Friday, kind, what| weekend(friday, kind, 2, (18, 40), what, More::default());
    vec![
        weekend(
            (3, 6),
            Kept,
            2,
            (18, 30),
            "The first weekend under the order. Robin came on time and went home on time.",
            More {
                child: Some(
                    "Shy for the first hour, then playing. On Sunday Robin asked, unprompted, when the next time would be.",
                ),
                ..More::default()
            },
        ),
        sunday((3, 20), Kept, kept),
        sunday((4, 3), Kept, "Easter weekend. Robin came on time and went home on time."),
        weekend(
            (4, 17),
            CancelledByMe,
            0,
            (9, 5),
            "I cancelled at 8.15 am: I had a temperature. I offered the next weekend instead.",
            More {
                reason: Some(("I have had a temperature since last night", "me, by e-mail")),
                offered: Some("By me: the next weekend."),
                ..More::default()
            },
        ),
        sunday((5, 1), Kept, kept),
        weekend(
            (5, 15),
            NobodyThere,
            0,
            (18, 50),
            "I was at the front entrance from 4.50 pm. Nobody came, and nobody had written by the time I left.",
            More { arrived: Some((16, 50)), left: Some((17, 45)), ..More::default() },
        ),
        sunday((5, 29), Kept, kept),
        weekend(
            (6, 12),
            Late,
            2,
            (19, 0),
            "Robin came at 5.40 pm. The rest of the weekend was held. Sam said there had been a queue on the bridge.",
            More {
                arrived: Some((16, 55)),
                started: Some((17, 40)),
                reason: Some(("A queue on the bridge.", "Sam Reed")),
                ..More::default()
            },
        ),
        weekend(
            (6, 26),
            CancelledByOther,
            0,
            (20, 15),
            "Sam cancelled by e-mail at 3.10 pm that day.",
            More {
                reason: Some((
                    "“Robin has been asked to a birthday party this evening and a sleepover. I said yes. I know it is your weekend, I will make it up.”",
                    "Sam Reed, by e-mail",
                )),
                offered: Some("By Sam: “I will make it up.” No day was named."),
                ..More::default()
            },
        ),
        sunday((7, 10), Kept, kept),
        weekend(
            (7, 24),
            AgreedChange,
            -7,
            (20, 0),
            "Sam and I agreed by e-mail to move this weekend to 31 July, for a family holiday.",
            More {
                reason: Some(("We will be away with my parents from the 22nd to the 29th.", "Sam Reed")),
                ..More::default()
            },
        ),
        weekend(
            (7, 31),
            Kept,
            2,
            (18, 55),
            "The weekend we had agreed on instead of 24 July. Robin came on time and went home on time.",
            More { instead: Some((7, 24)), ..More::default() },
        ),
        sunday((8, 7), Kept, kept),
        weekend(
            (8, 21),
            EndedEarly,
            1,
            (19, 10),
            "Sam collected Robin at 6.00 pm on Saturday, a day early.",
            More { ended: Some((22, 18, 0)), reason: Some(("Visiting grandparents.", "Sam Reed")), ..More::default() },
        ),
        sunday((9, 4), Kept, kept),
        weekend(
            (9, 18),
            NobodyThere,
            0,
            (21, 14),
            "I was at the front entrance from 4.45 pm and took a photograph of it at 4.46 pm. Nobody came. I left at 5.50 pm. At 6.20 pm Robin rang me from Sam’s telephone, for four minutes.",
            More {
                arrived: Some((16, 45)),
                left: Some((17, 50)),
                reason: Some((
                    "“By Friday Robin was asleep on the sofa at half past four, and I did not think a train and a late tea would help.”",
                    "Sam Reed, by e-mail at 8.41 pm",
                )),
                offered: Some(
                    "By Sam: Saturday 26 September, ten until six. By me: Sunday 27 September, from ten to six.",
                ),
                said: Some("Sam Reed, e-mail, 8.41 pm: “I should have told you before five and not after.”"),
                child: Some(
                    "Not seen. On the telephone Robin spoke clearly and at an even pace. Without being asked, Robin said: “Are we still doing the swimming?” I asked nothing about the reason.",
                ),
                ..More::default()
            },
        ),
        weekend(
            (10, 2),
            CancelledByMe,
            -1,
            (19, 30),
            "I told Sam on Thursday that I had to work this weekend.",
            More { reason: Some(("A shift I could not change.", "me")), ..More::default() },
        ),
        weekend(
            (10, 16),
            CancelledByOther,
            0,
            (18, 20),
            "Sam wrote at noon that Robin was unwell and would stay at home.",
            More { reason: Some(("Robin has a cold and a temperature.", "Sam Reed")), ..More::default() },
        ),
        sunday((10, 30), Kept, kept),
        sunday((11, 13), Kept, kept),
    ]
}

fn weekend(
    friday: Friday,
    kind: IncidentKind,
    days_later: i64,
    (hour, minute): (u32, u32),
    what: &'static str,
    more: More,
) -> Weekend {
    let date = date(2026, friday.0, friday.1).plus_days(days_later);
    Weekend { friday, kind, written: at(2026, date.month(), date.day(), hour, minute), what, more }
}

impl Weekend {
    /// The entry as it was first written down.
    pub(super) fn incident(&self, order: RecordId, robin: RecordId) -> Incident {
        let (month, day) = self.friday;
        let sunday = date(2026, month, day).plus_days(2);
        let on_friday = |time: Option<(u32, u32)>| time.map(|(hour, minute)| clock(2026, month, day, hour, minute));
        let more = &self.more;
        Incident {
            kind: Some(self.kind),
            basis: Some(Basis::Order),
            order: Some(order),
            paragraph: Some("3".to_owned()),
            due: Some(clock(2026, month, day, 17, 0)),
            until: Some(clock(2026, sunday.month(), sunday.day(), 17, 0)),
            arrived: on_friday(more.arrived),
            left: on_friday(more.left),
            started: on_friday(more.started),
            ended: more.ended.map(|(day, hour, minute)| clock(2026, month, day, hour, minute)),
            place: Some("Elmgrove Library, front entrance".to_owned()),
            what: self.what.to_owned(),
            said: more.said.map(str::to_owned),
            reason: more.reason.map(|(words, _)| words.to_owned()),
            reason_by: more.reason.map(|(_, by)| by.to_owned()),
            child_observed: more.child.map(str::to_owned),
            children: vec![robin],
            knowledge: Some(crate::model::Knowledge::Own),
            also_known: more.also.map(str::to_owned),
            offered: more.offered.map(str::to_owned),
            instead_of: more.instead.map(|(month, day)| format!("{order}/3/2026-{month:02}-{day:02}T17:00")),
            loss: more.loss.map(|(pence, what)| Loss { pence, what: what.to_owned() }),
            ..Incident::default()
        }
    }

    /// What was added later, and why, where anything was.
    pub(super) fn amendment(&self, order: RecordId, robin: RecordId) -> Option<(Instant, Incident, &'static str)> {
        let mut incident = self.incident(order, robin);
        match self.friday {
            (4, 17) => {
                incident.also_known = Some("The weekend I offered instead was not taken up.".to_owned());
                return Some((at(2026, 4, 26, 20, 0), incident, "what became of my offer"));
            }
            (5, 15) => {
                incident.reason = Some("I had mixed up the dates and thought it was my weekend.".to_owned());
                incident.reason_by = Some("Sam Reed, by e-mail on 18 May".to_owned());
                return Some((at(2026, 5, 18, 19, 25), incident, "the reason Sam gave on 18 May"));
            }
            (7, 24) => {
                incident.also_known = Some("The agreed weekend was held in full, from 31 July to 2 August.".to_owned());
                return Some((at(2026, 8, 2, 18, 50), incident, "the agreed weekend was held"));
            }
            (9, 18) => {}
            _ => return None,
        }
        incident.loss = Some(Loss { pence: 1240, what: "rail ticket".to_owned() });
        incident.also_known = Some("It was the first full week of the school term.".to_owned());
        incident.offered = Some("Sam offered Saturday 26 September, 10 am to 6 pm; I was at work that day.".to_owned());
        Some((at(2026, 9, 19, 9, 40), incident, "the loss and Sam’s offer"))
    }
}

pub(super) fn steps() -> Vec<(Instant, Step)> {
    let step = |kind, when, what: &str, reference: Option<&str>| Step {
        kind,
        when: Some(when),
        what: what.to_owned(),
        reference: reference.map(str::to_owned),
        ..Step::default()
    };
    vec![
        (
            at(2026, 2, 28, 20, 50),
            step(
                StepKind::Separated,
                day(2025, 6, 14),
                "Sam and I separated. Robin lived with Sam and stayed with me at weekends by agreement.",
                None,
            ),
        ),
        (
            at(2026, 2, 28, 20, 53),
            step(StepKind::Miam, day(2025, 11, 11), "I attended a mediation information and assessment meeting.", None),
        ),
        (
            at(2026, 2, 28, 20, 56),
            step(StepKind::C100, day(2026, 1, 8), "I applied for a child arrangements order.", None),
        ),
        (
            at(2026, 9, 30, 18, 45),
            step(
                StepKind::Proposal,
                clock(2026, 9, 30, 18, 30),
                "I proposed by e-mail that Robin spends 26 to 28 October with me.",
                None,
            ),
        ),
        (
            at(2026, 10, 2, 19, 50),
            Step {
                how: Some("by post".to_owned()),
                ..step(
                    StepKind::Letter,
                    day(2026, 10, 2),
                    "I wrote to Sam about the order and its warning notice, and asked that the weekends be kept.",
                    None,
                )
            },
        ),
        (
            at(2026, 10, 6, 7, 40),
            step(
                StepKind::Reply,
                clock(2026, 10, 5, 21, 14),
                "Sam replied by e-mail and would rather keep half-term as it is this year.",
                None,
            ),
        ),
        (at(2026, 10, 12, 18, 0), step(StepKind::Mediation, day(2026, 10, 12), "Sam and I attended mediation.", None)),
        (
            at(2026, 10, 26, 20, 0),
            step(
                StepKind::C100,
                day(2026, 10, 26),
                "I applied to vary the order: collection from school on the Fridays.",
                None,
            ),
        ),
    ]
}

pub(super) fn note() -> (Instant, Note) {
    let words = "Bring the goggles next time. Ask about the swimming lessons when things are calmer.";
    (at(2026, 9, 18, 21, 20), Note { text: words.to_owned(), about: None, when: None })
}

/// A call, typed in that evening.
pub(super) fn call() -> (Instant, Message) {
    let named = |name: &str| Address { name: Some(name.to_owned()), address: None };
    let message = Message {
        sent: Some(clock(2026, 9, 18, 18, 20)),
        from: vec![named("Robin Reed")],
        to: vec![named("Alex Reed")],
        text: "Robin rang from Sam’s telephone, for four minutes. Robin asked: “Are we still doing the swimming?” I said that we would, another time.".to_owned(),
        ..Message::blank(Channel::Call)
    };
    (at(2026, 9, 18, 21, 18), message)
}

pub(super) fn documents() -> Vec<(DocumentKind, &'static str, When, &'static str, &'static [u8])> {
    vec![
        (
            DocumentKind::Photo,
            "Front entrance of Elmgrove Library",
            clock(2026, 9, 18, 16, 46),
            "IMG_2291.jpg",
            include_bytes!("entrance.jpg"),
        ),
        (DocumentKind::Photo, "Rail ticket, £12.40", day(2026, 9, 18), "IMG_2292.jpg", include_bytes!("ticket.jpg")),
    ]
}

pub(super) fn confidential_words() -> Vec<ConfidentialWord> {
    [("14 Larch Close", WordKind::Address), ("01632 960 417", WordKind::Phone)]
        .map(|(words, kind)| ConfidentialWord { words: words.to_owned(), kind, withdrawn: false })
        .into()
}

pub(super) fn day(year: i32, month: u32, day: u32) -> When {
    let date = date(year, month, day);
    When::day(date.plain(), date)
}

fn date(year: i32, month: u32, day: u32) -> Date {
    Date::new(year, month, day).expect("the story uses dates that exist")
}

fn clock(year: i32, month: u32, day: u32, hour: u32, minute: u32) -> When {
    let date = date(year, month, day);
    let time = TimeOfDay::new(hour, minute, 0).expect("the story uses times that exist");
    When::assumed(format!("{} {}", date.plain(), time.clock()), date, time, Precision::Minute, Zone::LONDON)
}

/// A London wall-clock time as the instant it was.
fn at(year: i32, month: u32, day: u32, hour: u32, minute: u32) -> Instant {
    clock(year, month, day, hour, minute).start.instant().expect("the story avoids the nights of the clock changes")
}
