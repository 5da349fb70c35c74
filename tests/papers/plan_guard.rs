//! The guard as a table: paper, reader, mark, and whether the record is shown.

use std::collections::BTreeSet;

use daybook::model::*;
use daybook::protect::{Guarding, Marks, Verdict, guard};
use daybook::rules::Rules;
use daybook::timeline::People;

use super::plan_family::*;

const OTHERS: [Reader; 5] = [Reader::Court, Reader::Mediator, Reader::Solicitor, Reader::Cafcass, Reader::OtherParty];

fn verdict(family: &Family, record: &str, profile: Profile, reader: Reader) -> Verdict {
    let current: Vec<&Record> = family.records.iter().filter_map(|history| history.current()).collect();
    let people = People::of(current.iter().copied());
    let rules = Rules::england_and_wales();
    let asked = Guarding { profile, reader, people: people.all(), rules: &rules, child_devices: &BTreeSet::new() };
    let decisions = guard(&current, &Marks::of(current.iter().copied()), &asked);
    let decision = &decisions[&id(record)];
    assert_eq!(decision.verdict == Verdict::Shown, decision.why.is_empty(), "a reason for {record}");
    decision.verdict
}

fn with_mail(change: impl FnOnce(&mut Family, RecordId)) -> Family {
    let mut family = Family::with_case();
    let mail = family.email("Sam Reed", "Alex Reed", "2026-09-18 20:41", "This weekend", "Words.");
    change(&mut family, mail);
    family
}

#[test]
fn marks_hold_back_for_every_other_reader_and_never_for_oneself() {
    let check = |name: &str, change: fn(&mut Mark), expected: Verdict| {
        let family = with_mail(|family, mail| family.mark(mail, change));
        for reader in OTHERS {
            assert_eq!(verdict(&family, "MSG-1", Profile::Evidence, reader), expected, "{name}, {reader:?}");
        }
        if !name.starts_with("kept out") {
            assert_eq!(verdict(&family, "MSG-1", Profile::Evidence, Reader::Myself), Verdict::Shown, "{name}, self");
        }
    };
    check("open", |mark| mark.privilege = Some(Privilege::None), Verdict::Shown);
    check("legal advice", |mark| mark.privilege = Some(Privilege::LegalAdvice), Verdict::HeldBack);
    check("without prejudice", |mark| mark.privilege = Some(Privilege::WithoutPrejudice), Verdict::HeldBack);
    check("mediation", |mark| mark.privilege = Some(Privilege::Mediation), Verdict::HeldBack);
    check("confidential", |mark| mark.confidential = Some(true), Verdict::HeldBack);
    check("kept out of this", |mark| mark.keep_out_of = Some(Profile::Evidence), Verdict::HeldBack);
    check("another paper", |mark| mark.keep_out_of = Some(Profile::Exhibit), Verdict::Shown);
}

#[test]
fn only_a_typed_reason_lets_a_privileged_record_in_and_the_latest_mark_counts() {
    let privileged = |mark: &mut Mark| mark.privilege = Some(Privilege::Mediation);
    let check = |why: Option<&str>, again: bool, confidential: bool, expected: Verdict| {
        let family = with_mail(|family, mail| {
            family.mark(mail, privileged);
            family.mark(mail, |mark| {
                mark.let_into = Some(Profile::Evidence);
                mark.why = why.map(str::to_owned);
            });
            if again {
                family.mark(mail, privileged);
            }
            if confidential {
                family.mark(mail, |mark| mark.confidential = Some(true));
            }
        });
        assert_eq!(verdict(&family, "MSG-1", Profile::Evidence, Reader::Court), expected, "{why:?} {again}");
        assert_eq!(verdict(&family, "MSG-1", Profile::Exhibit, Reader::Court), Verdict::HeldBack, "another paper");
    };
    check(Some("both parents agreed in writing"), false, false, Verdict::LetIn);
    check(None, false, false, Verdict::HeldBack);
    check(Some("  "), false, false, Verdict::HeldBack);
    check(Some("both agreed"), true, false, Verdict::HeldBack);
    check(Some("both agreed"), false, true, Verdict::HeldBack);
}

#[test]
fn what_looks_privileged_waits_for_a_word() {
    let check = |from: &str, to: &str, text: &str, reader: Reader, expected: Verdict| {
        let mut family = Family::with_case();
        family.email(from, to, "2026-09-18 20:41", "Subject", text);
        assert_eq!(verdict(&family, "MSG-1", Profile::Evidence, reader), expected, "{from} to {to}: {text}");
        family.mark(id("MSG-1"), |mark| mark.privilege = Some(Privilege::None));
        assert_eq!(verdict(&family, "MSG-1", Profile::Evidence, reader), Verdict::Shown, "said to be open");
    };
    check("Sam Reed", "Alex Reed", "Without  PREJUDICE, I offer", Reader::Court, Verdict::Undecided);
    check("Jo Lambert", "Alex Reed", "Your session", Reader::OtherParty, Verdict::Undecided);
    check("Priya Nair", "Alex Reed", "My view", Reader::Court, Verdict::Undecided);
    check("Priya Nair", "Alex Reed", "My view", Reader::Solicitor, Verdict::Shown);
    check("Jo Lambert", "Alex Reed", "Your session", Reader::Solicitor, Verdict::Undecided);
    check("Priya Nair", "Sam Reed", "An open letter", Reader::Court, Verdict::Shown);
    check("Sam Reed", "Alex Reed", "At the hearing the judge said", Reader::Court, Verdict::Shown);
}

#[test]
fn notes_are_for_nobody_and_recordings_for_few() {
    let mut family = Family::with_case();
    family.add(Content::Note(Note { text: "mine".into(), about: None, when: None }));
    family.document(DocumentKind::Other, "sound", "2026-09-18", "audio/ogg");
    for reader in Reader::ALL {
        assert_eq!(verdict(&family, "NOT-1", Profile::Evidence, reader), Verdict::HeldBack);
        let few = matches!(reader, Reader::Solicitor | Reader::Myself);
        let expected = if few { Verdict::Shown } else { Verdict::HeldBack };
        assert_eq!(verdict(&family, "DOC-1", Profile::Evidence, reader), expected, "{reader:?}");
    }
}
