//! Plans of exhibits.

use daybook::bundle::{ExhibitOptions, Numbering, Options, PlanError, plan};
use daybook::model::*;

use super::plan_evidence::dump;
use super::plan_family::*;

fn exhibit(change: impl FnOnce(&mut ExhibitOptions)) -> Options {
    let mut options = Options::new(Profile::Exhibit, Reader::Court);
    options.exhibit.statement = Some(1);
    change(&mut options.exhibit);
    options
}

fn chosen() -> Family {
    let mut family = Family::with_case();
    let order = family.order();
    let event = family.nobody_came();
    let late = family.email("Sam Reed", "Alex Reed", "2026-09-18 20:41", "This weekend", "Sorry.");
    let early = family.email("Alex Reed", "Sam Reed", "2026-09-17 20:12", "Tomorrow", "See you.");
    let photo = family.document(DocumentKind::Photo, "Front entrance", "2026-09-18", "image/jpeg");
    let sealed = family.document(DocumentKind::Order, "Sealed order", "2026-02-27", "application/pdf");
    family.choose(&[order, event, late, photo, early, sealed], Profile::Exhibit, 0);
    family
}

#[test]
fn the_front_sheet_comes_first_then_everything_earliest_first() {
    let plan = plan(&chosen().input(exhibit(|_| {}))).unwrap();
    assert_eq!(plan.numbering, Numbering::Exhibit { mark: "AR1".into() });
    let anchors: Vec<_> = plan.entries().map(|entry| entry.anchor.0.as_str()).collect();
    assert_eq!(anchors, ["front", "MSG-2", "DOC-1", "MSG-1"]);
    assert_eq!(plan.head_left, "BS26P70940  A. Reed");
    let dump = dump(&plan);
    for line in [
        "front: On behalf of: Applicant",
        "front: Made by: A. Reed",
        "front: Statement no.: 1",
        "front: Exhibit: AR1",
        "front: Sam Reed, Respondent",
        "front: This is the exhibit marked AR1 referred to in the first witness statement of Alex Reed.",
    ] {
        assert!(dump.contains(line), "{line} in\n{dump}");
    }
    // No comment or chronology of ours, and no reference out of the exhibit.
    for word in ["Chronology", "chronology", "Nobody came", "[check]", "[INC"] {
        assert!(!dump.contains(word), "{word} in\n{dump}");
    }
}

#[test]
fn court_documents_are_refused_with_the_reason() {
    let plan = plan(&chosen().input(exhibit(|_| {}))).unwrap();
    let refused: Vec<_> = plan
        .findings
        .iter()
        .filter(|finding| finding.rule.as_deref() == Some("22A-17"))
        .map(|finding| finding.place.as_str())
        .collect();
    assert_eq!(refused, ["DOC-2", "ORD-1"]);
    assert!(plan.left_out.iter().any(|left| left.id == id("INC-1") && left.why.contains("statement")));
}

#[test]
fn marks_run_on_and_are_used_once() {
    let check = |mark: Option<&str>, last: Option<u32>, expected: &str, rule: Option<&str>| {
        let options = exhibit(|exhibit| {
            exhibit.mark = mark.map(str::to_owned);
            exhibit.last_number_used = last;
        });
        let plan = plan(&chosen().input(options)).unwrap();
        assert_eq!(plan.numbering, Numbering::Exhibit { mark: expected.into() });
        let found = plan.findings.iter().find(|finding| finding.kind.starts_with("exhibit-mark"));
        assert_eq!(found.and_then(|finding| finding.rule.as_deref()), rule, "{mark:?} after {last:?}");
        assert_eq!(plan.blocking().count(), usize::from(rule == Some("22A-12")));
    };
    check(None, None, "AR1", None);
    check(None, Some(3), "AR4", None);
    check(Some("ar4"), Some(3), "AR4", None);
    check(Some("AR3"), Some(3), "AR3", Some("22A-12"));
    check(Some("AR7"), Some(3), "AR7", Some("22A-11"));
}

#[test]
fn what_is_no_mark_is_refused() {
    for mark in ["", "AR", "1", "AR0", "A R1", "AR-1", "AR1/2", "AR99999999999"] {
        let options = exhibit(|exhibit| exhibit.mark = Some(mark.to_owned()));
        assert!(matches!(plan(&chosen().input(options)), Err(PlanError::Mark { .. })), "{mark}");
    }
}

#[test]
fn an_exhibit_of_nothing_is_an_error() {
    let family = Family::with_case();
    assert!(matches!(plan(&family.input(exhibit(|_| {}))), Err(PlanError::Empty { .. })));
}

#[test]
fn papers_that_are_not_for_a_court_are_refused_to_it() {
    for (profile, instead) in
        [(Profile::Mediation, Reader::Mediator), (Profile::Archive, Reader::Myself), (Profile::Crib, Reader::Myself)]
    {
        let refused = plan(&chosen().input(Options::new(profile, Reader::Court)));
        let expected = matches!(refused, Err(PlanError::Reader { instead: reader, .. }) if reader == instead);
        assert!(expected, "{profile:?}: {refused:?}");
    }
}
