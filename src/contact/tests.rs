//! Hand-made sessions meet hand-made entries.

use proptest::prelude::*;

use super::*;
use crate::model::when::Precision;
use crate::model::{
    Basis, Date, Incident, IncidentKind, Instant, Noun, Order, OrderParagraph, Outcome, RecordId, Stamp, TimeOfDay,
    When, Zone,
};

const ORDER: RecordId = RecordId { noun: Noun::Order, number: 1 };

fn day(words: &str) -> Date {
    words.parse().unwrap()
}

/// `2026-09-18 17:00`, London time.
fn at(words: &str) -> When {
    let (date, time) = words.split_once(' ').unwrap();
    let (hour, minute) = time.split_once(':').unwrap();
    let time = TimeOfDay::new(hour.parse().unwrap(), minute.parse().unwrap(), 0).unwrap();
    When::assumed(words, day(date), time, Precision::Minute, Zone::LONDON)
}

fn stamp(words: &str) -> Stamp {
    at(words).start
}

fn now(words: &str) -> Instant {
    stamp(words).instant().unwrap()
}

fn session(start: &str, end: &str) -> DueSession {
    DueSession {
        key: format!("ORD-1/3/{}", start.replace(' ', "T")),
        order: ORDER,
        version: 2,
        paragraph: "3".to_owned(),
        basis: Basis::Order,
        enforceable: true,
        start: stamp(start),
        end: stamp(end),
        call: false,
        place: None,
        handover: None,
        grace_minutes: 0,
        reckoning: "An alternate weekend.".to_owned(),
    }
}

/// The weekends of September and October 2026: 4, 18 September, 2, 16, 30 October.
fn weekends() -> Vec<DueSession> {
    let first = day("2026-09-04");
    (0..5)
        .map(|i| first.plus_days(14 * i))
        .map(|friday| session(&format!("{friday} 17:00"), &format!("{} 17:00", friday.plus_days(2))))
        .collect()
}

fn call(start: &str, end: &str) -> DueSession {
    DueSession { call: true, paragraph: "4".to_owned(), key: format!("ORD-1/4/{start}"), ..session(start, end) }
}

fn order() -> Order {
    let paragraph = |number: &str| OrderParagraph {
        number: number.to_owned(),
        pattern: Some("every other Friday 17:00".to_owned()),
        ..OrderParagraph::default()
    };
    Order {
        in_force_from: Some(at("2026-09-01 00:00")),
        in_force_until: Some(at("2026-11-30 00:00")),
        paragraphs: vec![paragraph("3"), paragraph("4")],
        ..Order::default()
    }
}

fn event(kind: IncidentKind, due: &str) -> Incident {
    Incident { kind: Some(kind), due: Some(at(due)), ..Incident::default() }
}

fn met(sessions: &[DueSession], events: &[Incident]) -> Reconciled {
    let order = order();
    let events: Vec<ContactEvent<'_>> =
        events.iter().zip(1..).map(|(event, n)| (RecordId::new(Noun::Incident, n), event)).collect();
    let arrangements = [Arrangement { id: ORDER, version: 2, order: &order }];
    let due = Due { sessions: sessions.to_vec(), findings: Vec::new() };
    reconcile(&due, &arrangements, &events, now("2026-10-10 12:00"))
}

/// Each session as `09-18 outcome INC-n how`.
fn lines(all: &Reconciled) -> Vec<String> {
    let line = |session: &Session| {
        let start = session.due_start.map_or("-".to_owned(), |start| start.date.to_string()[5..].to_owned());
        let who = session.incident.map_or("-".to_owned(), |id| id.to_string());
        format!(
            "{start} {:?} {who} {}",
            session.outcome,
            session.matched.map_or("-".to_owned(), |how| format!("{how:?}"))
        )
    };
    all.sessions.iter().map(line).collect()
}

fn kinds(all: &Reconciled) -> Vec<&str> {
    all.findings.iter().map(|finding| finding.kind.as_str()).collect()
}

#[test]
fn what_nobody_wrote_down_is_not_known_and_what_lies_ahead_is_not_counted() {
    let all = met(&weekends(), &[]);
    assert_eq!(lines(&all), ["09-04 NotKnown - -", "09-18 NotKnown - -", "10-02 NotKnown - -"]);
    let figures = all.figures(&Counting::default());
    assert_eq!((figures.due, figures.buckets.not_known, figures.buckets.sum()), (3, 3, 3));
    assert_eq!((figures.minutes.due, figures.minutes.not_reckoned), (0, 3));
    assert_eq!(figures.overnights, Nights::default(), "nights leave out what the hours leave out");
    // A session that still goes on at noon on Saturday counts from its end, unless somebody wrote of it.
    let going_on = [session("2026-10-09 17:00", "2026-10-11 17:00")];
    let all = met(&going_on, &[]);
    assert_eq!((all.sessions.len(), all.ahead.len()), (0, 1));
    assert_eq!(lines(&met(&going_on, &[event(IncidentKind::Late, "2026-10-09 17:00")])), ["10-09 Late INC-1 Start"]);
}

#[test]
fn an_entry_with_another_day_and_time_is_not_taken_for_the_session() {
    let friday = &weekends()[..1];
    let at_another = |kind, due: &str| Incident { order: Some(ORDER), paragraph: Some("3".into()), ..event(kind, due) };
    // Saturday; Sunday within it; on its first day, but before it.
    for due in ["2026-09-05 10:00", "2026-09-06 16:00", "2026-09-04 10:00"] {
        let all = met(friday, &[at_another(IncidentKind::NobodyThere, due)]);
        assert_eq!(lines(&all), ["09-04 NotKnown - -"], "{due}");
        assert_eq!(all.outside[0].why, Why::OtherTime, "{due}");
        assert_eq!(kinds(&all), ["other-time"], "{due}");
        let finding = &all.findings[0];
        assert!(
            finding.what.contains("Fri 4 Sept 2026, 5.00 pm") || finding.what.contains("Fri 4 Sep 2026"),
            "{finding:?}"
        );
        assert!(finding.next.contains("daybook amend INC-1 --set session=ORD-1/3/2026-09-04T17:00"), "{finding:?}");
    }
    // The day alone is the session's own day.
    let day_alone = Incident {
        due: Some(When::day("4 September", day("2026-09-04"))),
        ..event(IncidentKind::Kept, "2026-09-04 17:00")
    };
    assert_eq!(lines(&met(friday, &[day_alone])), ["09-04 Kept INC-1 Day"]);
    // Named by its key it is of the session, and one's own cancellation counts in any case.
    let keyed =
        Incident { session: Some(friday[0].key.clone()), ..at_another(IncidentKind::NobodyThere, "2026-09-05 10:00") };
    assert_eq!(lines(&met(friday, &[keyed])), ["09-04 MissedByOther INC-1 Key"]);
    let mine = at_another(IncidentKind::CancelledByMe, "2026-09-05 10:00");
    let all = met(friday, &[mine]);
    assert_eq!(
        (lines(&all), kinds(&all)),
        (vec!["09-04 CancelledByMe INC-1 Within".to_owned()], vec!["differs-from-session"])
    );
    // Due by agreement, or by other words, it is contact of its own.
    let agreed = Incident { basis: Some(Basis::Agreement), ..event(IncidentKind::Kept, "2026-09-05 10:00") };
    assert_eq!(lines(&met(friday, &[agreed])), ["09-04 NotKnown - -", "09-05 Kept INC-1 Written"]);
}

#[test]
fn entries_that_contradict_name_each_other() {
    let events = [event(IncidentKind::NobodyThere, "2026-09-04 17:00"), event(IncidentKind::Kept, "2026-09-04 17:00")];
    let name = |n| RecordId::new(Noun::Incident, n);
    let all = met(&weekends()[..1], &events);
    assert_eq!((all.otherwise(name(1)), all.otherwise(name(2))), (vec![name(2)], vec![name(1)]));
    let agreeing = met(&weekends()[..1], &events[..1]);
    assert_eq!(agreeing.otherwise(name(1)), []);
}

#[test]
fn an_event_meets_its_session_by_the_surest_sign() {
    let mut events = vec![
        Incident { session: Some("ORD-1/3/2026-09-04T17:00".into()), ..event(IncidentKind::Kept, "2026-09-05 10:00") },
        Incident {
            order: Some(ORDER),
            paragraph: Some("3".into()),
            ..event(IncidentKind::NobodyThere, "2026-09-18 17:00")
        },
        event(IncidentKind::CancelledByMe, "2026-10-02 17:00"),
        event(IncidentKind::CancelledByOther, "2026-10-16 18:00"),
        Incident {
            happened: Some(at("2026-11-01 17:30")),
            due: None,
            ..event(IncidentKind::NotReturned, "2026-11-01 17:00")
        },
    ];
    let all = met(&weekends(), &events);
    let expected = [
        "09-04 Kept INC-1 Key",
        "09-18 MissedByOther INC-2 Order",
        "10-02 CancelledByMe INC-3 Start",
        "10-16 CancelledByOther INC-4 Day",
        "10-30 Kept INC-5 Within",
    ];
    assert_eq!(lines(&all), expected);
    let acts: Vec<Option<Act>> = all.sessions.iter().map(|session| session.by).collect();
    assert_eq!(acts, [None, Some(Act::Other), Some(Act::Me), Some(Act::Other), None]);
    // The key and the typed start of the first, and the start of the fourth, are not what the words make them.
    assert_eq!(kinds(&all), ["differs-from-session", "differs-from-session"]);
    assert_eq!(all.figures(&Counting::default()).ahead, 2, "counted because what became of it is written down");
    // What begins after a session has ended is not of it, though the day is the same.
    let evening = event(IncidentKind::Kept, "2026-09-06 18:00");
    assert_eq!(lines(&met(&weekends()[..1], &[evening]))[0], "09-04 NotKnown - -");
    // Not in the other parent's power: not their act (ENF-09).
    events[1].in_their_power = Some(false);
    assert_eq!(met(&weekends(), &events).sessions[1].by, Some(Act::Neither));
}

#[test]
fn entries_that_agree_are_read_as_one_and_those_that_contradict_leave_it_not_known() {
    use IncidentKind::*;
    let cases: [(&[IncidentKind], Outcome); 9] = [
        (&[Kept, NotReturned], Outcome::Kept),
        (&[Late, NotReturned], Outcome::Late),
        (&[Late, EndedEarly], Outcome::Late),
        (&[NobodyThere, CallMissed], Outcome::MissedByOther),
        (&[NobodyThere, CancelledByMe], Outcome::CancelledByMe),
        (&[CancelledByOther, NobodyThere], Outcome::CancelledByOther),
        (&[Kept, NobodyThere], Outcome::NotKnown),
        (&[CancelledByOther, CancelledByMe], Outcome::NotKnown),
        (&[Kept, Late], Outcome::NotKnown),
    ];
    for (kinds_of, outcome) in cases {
        let key = Some("ORD-1/3/2026-09-04T17:00".to_owned());
        let events: Vec<Incident> =
            kinds_of.iter().map(|kind| Incident { session: key.clone(), ..event(*kind, "2026-09-04 17:00") }).collect();
        let all = met(&weekends()[..1], &events);
        assert_eq!(all.sessions.len(), 1, "{kinds_of:?}");
        assert_eq!(all.sessions[0].outcome, outcome, "{kinds_of:?}");
        assert_eq!(all.sessions[0].also.len(), 1);
        assert_eq!(kinds(&all) == ["two-outcomes"], outcome == Outcome::NotKnown, "{kinds_of:?}");
        // The same without any pattern.
        let written = met(&[], &events);
        assert_eq!((written.sessions.len(), written.sessions[0].outcome), (1, outcome), "{kinds_of:?}");
    }
    // An unfinished entry says nothing, and what it lacks another has.
    let unfinished = Incident { kind: None, ..event(Kept, "2026-09-04 17:00") };
    let all = met(&weekends()[..1], &[unfinished, event(Late, "2026-09-04 17:00")]);
    assert_eq!(lines(&all), ["09-04 Late INC-2 Start"]);
}

#[test]
fn on_a_day_when_nothing_was_due_an_event_is_listed_apart() {
    let plain = event(IncidentKind::NobodyThere, "2026-09-08 17:00");
    let agreed = Incident { basis: Some(Basis::Agreement), ..event(IncidentKind::Kept, "2026-09-09 17:00") };
    let before = event(IncidentKind::Kept, "2026-08-01 17:00");
    let other_words =
        Incident { order: Some(ORDER), paragraph: Some("5".into()), ..event(IncidentKind::Kept, "2026-09-10 17:00") };
    let asked = Incident { basis: Some(Basis::Asked), ..event(IncidentKind::Refused, "2026-09-11 17:00") };
    let untimed = Incident { happened: Some(at("2026-08-02 17:00")), due: None, ..before.clone() };
    let all = met(&weekends()[..1], &[plain, agreed, before, other_words, asked, untimed]);
    let expected =
        ["08-01 Kept INC-3 Written", "09-04 NotKnown - -", "09-09 Kept INC-2 Written", "09-10 Kept INC-4 Written"];
    assert_eq!(lines(&all), expected);
    let apart: Vec<(String, Why)> = all.outside.iter().map(|event| (event.incident.to_string(), event.why)).collect();
    let expected = [("INC-6", Why::NoDueTime), ("INC-1", Why::NothingDue), ("INC-5", Why::Asked)];
    assert_eq!(apart, expected.map(|(id, why)| (id.to_owned(), why)));
    assert_eq!(kinds(&all), ["nothing-due"]);
    let figures = all.figures(&Counting::default());
    assert_eq!((figures.due, figures.without_due, figures.asked.count), (4, 1, 1));
    assert_eq!(figures.asked.buckets.missed_by_other, 1);
    let bases: Vec<(Option<Basis>, u32)> = figures.by_basis.iter().map(|part| (part.basis, part.tally.due)).collect();
    // Whoever names an order has said why contact was due, though its words make nothing due then.
    assert_eq!(bases, [(Some(Basis::Order), 2), (Some(Basis::Agreement), 1), (None, 1)]);
    let only = |because| all.figures(&Counting { because: Some(because), ..Counting::default() }).due;
    assert_eq!((only(Because::Of(Basis::Agreement)), only(Because::NotSaid)), (1, 1));
}

#[test]
fn time_held_later_makes_up_for_time_that_was_not_held() {
    use IncidentKind::{AgreedChange, CancelledByMe, Kept, NobodyThere};
    let key = |n: usize| weekends()[n].key.clone();
    let later = |target: String, kind, start: &str, end: &str| Incident {
        until: Some(at(end)),
        instead_of: Some(target),
        ..event(kind, start)
    };
    let events = [
        event(NobodyThere, "2026-09-04 17:00"),
        event(AgreedChange, "2026-09-18 17:00"),
        event(Kept, "2026-10-02 17:00"),
        later(key(0), Kept, "2026-09-11 17:00", "2026-09-13 17:00"),
        later("inc-2".into(), Kept, "2026-09-25 17:00", "2026-09-26 17:00"),
        // Not held either, of contact that was held, and of nothing anybody knows.
        later("INC-2".into(), NobodyThere, "2026-09-28 17:00", "2026-09-28 19:00"),
        later(key(2), Kept, "2026-10-05 17:00", "2026-10-05 19:00"),
        later("INC-99".into(), Kept, "2026-10-06 17:00", "2026-10-06 19:00"),
        // Moved twice.
        event(CancelledByMe, "2026-10-16 17:00"),
        later("INC-9".into(), CancelledByMe, "2026-10-07 17:00", "2026-10-07 19:00"),
        later("INC-10".into(), Kept, "2026-10-08 17:00", "2026-10-08 19:00"),
    ];
    let all = met(&weekends(), &events);
    let expected = [
        "09-04 MadeUp INC-1 Start",
        "09-18 AgreedChange INC-2 Start",
        "10-02 Kept INC-3 Start",
        "10-16 MadeUp INC-9 Start",
    ];
    assert_eq!(lines(&all), expected);
    assert_eq!(kinds(&all), ["instead-not-held", "instead-of-held", "instead-of-unknown"]);
    assert_eq!(all.outside.iter().map(|event| event.why).collect::<Vec<_>>(), [Why::InsteadOfNothing; 2]);
    let minutes = all.figures(&Counting::default()).minutes;
    assert_eq!((minutes.held, minutes.held_instead), (2880, 2880 + 1440 + 120), "not mixed with the time due");
    assert_eq!(all.sessions[0].by, Some(Act::Other));
    // Nobody wrote down what became of the session itself; what took its place tells.
    let all = met(&weekends()[..1], &[later(key(0), Kept, "2026-09-11 17:00", "2026-09-13 17:00")]);
    assert_eq!(lines(&all), ["09-04 MadeUp - -"]);
    // A circle leads nowhere and does not last for ever.
    let circle = [
        later("INC-2".into(), Kept, "2026-09-11 17:00", "2026-09-13 17:00"),
        later("INC-1".into(), Kept, "2026-09-12 17:00", "2026-09-13 17:00"),
    ];
    assert_eq!(kinds(&met(&[], &circle)), ["instead-of-unknown"; 2]);
}

#[test]
fn late_within_the_grace_of_the_words_is_kept_and_calls_are_apart() {
    let mut first = weekends().remove(0);
    first.grace_minutes = 15;
    let late = |minute: &str| Incident {
        started: Some(at(&format!("2026-09-04 17:{minute}"))),
        ..event(IncidentKind::Late, "2026-09-04 17:00")
    };
    for (minute, outcome, held) in [("15", Outcome::Kept, 2865), ("16", Outcome::Late, 2864)] {
        let all = met(std::slice::from_ref(&first), &[late(minute)]);
        assert_eq!(all.sessions[0].outcome, outcome);
        assert_eq!(all.sessions[0].within_grace, outcome == Outcome::Kept);
        assert_eq!(all.figures(&Counting::default()).minutes.held, held);
    }
    let due = [first, call("2026-09-05 18:00", "2026-09-05 18:30"), call("2026-09-09 18:00", "2026-09-09 18:30")];
    let events = [
        Incident {
            happened: Some(at("2026-09-05 18:05")),
            due: None,
            ..event(IncidentKind::CallRefused, "2026-09-05 18:00")
        },
        // A visit on the day of a call is not the call.
        Incident {
            until: Some(at("2026-09-09 20:00")),
            basis: Some(Basis::Agreement),
            ..event(IncidentKind::Kept, "2026-09-09 16:00")
        },
    ];
    let all = met(&due, &events);
    let expected =
        ["09-04 NotKnown - -", "09-05 MissedByOther INC-1 Day", "09-09 Kept INC-2 Written", "09-09 NotKnown - -"];
    assert_eq!(lines(&all), expected);
    let figures = all.figures(&Counting::default());
    assert_eq!((figures.together.due, figures.calls.due), (2, 2));
    // That nobody answered a call does not say by whose act.
    let unanswered =
        met(&[call("2026-09-09 18:00", "2026-09-09 18:30")], &[event(IncidentKind::CallMissed, "2026-09-09 18:00")]);
    assert_eq!((unanswered.sessions[0].outcome, unanswered.sessions[0].by), (Outcome::MissedByOther, None));
    assert_eq!((figures.calls.minutes, figures.minutes.due), (Time::default(), 240));
}

#[test]
fn safety_and_care_by_others_stand_beside_the_figures() {
    let safe = Incident {
        for_safety: Some(true),
        reason: Some("chickenpox in the house".into()),
        ..event(IncidentKind::CancelledByMe, "2026-09-04 17:00")
    };
    let cared = Incident {
        cared_for_by: Some("Gran".into()),
        cared_from: Some(at("2026-09-19 09:00")),
        cared_until: Some(at("2026-09-19 13:00")),
        ..event(IncidentKind::Kept, "2026-09-18 17:00")
    };
    let all = met(&weekends()[..2], &[safe, cared]);
    let figures = all.figures(&Counting::default());
    assert_eq!((figures.buckets.cancelled_by_me, figures.for_safety), (1, 1));
    assert_eq!(all.sessions[0].reason.as_deref(), Some("chickenpox in the house"));
    assert_eq!((figures.minutes.held, figures.minutes.third_party), (2880, 240));
}

fn check(event: &Incident, outcome: Outcome, minutes: (i64, i64), nights: (i64, i64)) {
    let figures = met(&[], std::slice::from_ref(event)).figures(&Counting::default());
    assert_eq!(figures.sessions[0].outcome, outcome);
    assert_eq!((figures.minutes.due, figures.minutes.held), minutes, "{outcome:?}");
    assert_eq!((figures.overnights.due, figures.overnights.held), nights, "{outcome:?}");
}

#[test]
fn time_and_nights_are_counted_by_what_was_written_down_alone() {
    let mut event = Incident { until: Some(at("2026-09-20 17:00")), ..event(IncidentKind::Kept, "2026-09-18 17:00") };
    check(&event, Outcome::Kept, (2880, 2880), (2, 2));
    event.kind = Some(IncidentKind::NobodyThere);
    check(&event, Outcome::MissedByOther, (2880, 0), (2, 0));
    event.kind = Some(IncidentKind::Late);
    check(&event, Outcome::Late, (0, 0), (0, 0));
    event.started = Some(at("2026-09-18 18:00"));
    check(&event, Outcome::Late, (2880, 2820), (2, 2));
    event.kind = Some(IncidentKind::EndedEarly);
    event.started = None;
    event.ended = Some(at("2026-09-19 18:00"));
    check(&event, Outcome::EndedEarly, (2880, 1500), (2, 1));
    event.kind = None;
    check(&event, Outcome::NotKnown, (0, 0), (0, 0));
    // The clocks go back on Sunday 25 October 2026: that weekend has an hour more.
    let october = Incident {
        due: Some(at("2026-10-23 17:00")),
        until: Some(at("2026-10-25 17:00")),
        kind: Some(IncidentKind::Kept),
        ..Incident::default()
    };
    check(&october, Outcome::Kept, (2940, 2940), (2, 2));
}

#[test]
fn without_a_due_time_nothing_was_due_but_own_cancellations_count() {
    let mut event = event(IncidentKind::Kept, "2026-09-18 17:00");
    event.happened = event.due.take();
    let all = met(&[], std::slice::from_ref(&event)).figures(&Counting::default());
    assert_eq!((all.due, all.without_due), (0, 1), "held contact is not turned into contact that was not held");
    event.kind = Some(IncidentKind::CancelledByMe);
    check(&event, Outcome::CancelledByMe, (0, 0), (0, 0));
    event.happened = None;
    check(&event, Outcome::CancelledByMe, (0, 0), (0, 0));
}

/// An entry of any kind, on a day and for a reason, perhaps in the place of another.
fn any_event() -> impl Strategy<Value = Incident> {
    let basis = prop::option::of(prop::sample::select(vec![Basis::Order, Basis::Agreement, Basis::Asked]));
    (0_i64..120, 0_usize..15, any::<bool>(), prop::option::weighted(0.2, 0_u32..12), basis, 15_u32..19).prop_map(
        |(days, kind, due, instead, basis, hour)| {
            let date = day("2026-08-20").plus_days(days);
            let mut event = Incident {
                kind: IncidentKind::ALL.get(kind).copied(),
                due: Some(at(&format!("{date} {hour}:00"))),
                until: Some(at(&format!("{} 17:00", date.plus_days(2)))),
                instead_of: instead.map(|n| format!("INC-{n}")),
                basis,
                ..Incident::default()
            };
            if !due {
                event.happened = event.due.take();
            }
            event
        },
    )
}

proptest! {
    /// Whatever happened and wherever a period is cut in two, nothing is lost or counted twice.
    #[test]
    fn buckets_sum_to_due_and_periods_to_the_whole(
        events in prop::collection::vec(any_event(), 0..30),
        patterns in any::<bool>(),
        cut in 0_i64..120,
    ) {
        let due = if patterns { weekends() } else { Vec::new() };
        let all = met(&due, &events);
        let cut = day("2026-08-20").plus_days(cut);
        let part = |from, until| all.figures(&Counting::of(Period { from, until }));
        let (whole, first, second) = (part(None, None), part(None, Some(cut)), part(Some(cut.plus_days(1)), None));
        // Every entry stands somewhere, once.
        let mut places: Vec<RecordId> = whole.sessions.iter().flat_map(|session| {
            let instead = session.instead.iter().map(|instead| &instead.incident);
            session.incident.iter().chain(&session.also).chain(instead).copied().collect::<Vec<_>>()
        }).chain(whole.outside.iter().map(|event| event.incident)).collect();
        places.sort_unstable();
        let named: Vec<RecordId> = (1..).take(events.len()).map(|n| RecordId::new(Noun::Incident, n)).collect();
        prop_assert_eq!(places, named);
        for part in [&whole, &first, &second] {
            prop_assert_eq!(part.buckets.sum(), part.due);
            prop_assert_eq!(part.sessions.len(), part.due as usize);
            prop_assert_eq!(part.months.iter().map(|month| month.due).sum::<u32>(), part.due);
            prop_assert!(part.months.iter().all(|month| month.buckets.sum() == month.due));
            prop_assert_eq!(part.by_basis.iter().map(|basis| basis.tally.due).sum::<u32>(), part.due);
            prop_assert!(part.by_basis.iter().all(|basis| basis.tally.buckets.sum() == basis.tally.due));
            prop_assert_eq!(part.together.due + part.calls.due, part.due);
            prop_assert_eq!(part.asked.buckets.sum(), part.asked.count);
            prop_assert!(part.minutes.held <= part.minutes.due);
        }
        prop_assert_eq!(first.due + second.due, whole.due);
        prop_assert_eq!(first.outside.len() + second.outside.len(), whole.outside.len());
        for outcome in [Outcome::Kept, Outcome::CancelledByMe, Outcome::MissedByOther, Outcome::MadeUp, Outcome::NotKnown] {
            prop_assert_eq!(first.buckets.of(outcome) + second.buckets.of(outcome), whole.buckets.of(outcome));
        }
        prop_assert_eq!(first.minutes.held + second.minutes.held, whole.minutes.held);
        prop_assert_eq!(first.minutes.held_instead + second.minutes.held_instead, whole.minutes.held_instead);
        prop_assert_eq!(first.overnights.due + second.overnights.due, whole.overnights.due);
        // Nothing of which nobody wrote lies ahead.
        let ahead = |session: &&Session| session.due_start.is_some_and(|start| start.sort_key() > all.now.0);
        let told = |session: &Session| session.incident.is_some() || !session.instead.is_empty();
        prop_assert!(whole.sessions.iter().filter(ahead).all(told));
    }
}
