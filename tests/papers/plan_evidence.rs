//! Plans of the evidence paper, read as text.

use std::collections::BTreeSet;

use daybook::bundle::{
    BundlePlan, Options, Paper, PlanError, after_layout, check_file_name, plan, suggested_file_name,
};
use daybook::model::*;

use super::plan_family::*;

fn evidence(reader: Reader) -> Options {
    Options {
        reader_name: Some("Priya Nair, solicitor".into()),
        purpose: Some("Advice before the hearing".into()),
        ..Options::new(Profile::Evidence, reader)
    }
}

/// One line a text, with its place.
pub fn dump(plan: &BundlePlan) -> String {
    let lines: Vec<String> = plan.texts().iter().map(|text| format!("{}: {}\n", text.place, text.text)).collect();
    lines.concat()
}

fn assert_says(dump: &str, lines: &[&str]) {
    for line in lines {
        assert!(dump.contains(line), "{line:?} is not in\n{dump}");
    }
}

/// The family's book: a held weekend, one where nobody came with an e-mail and a photograph behind
/// it, own cancellation, an unfinished entry, a note.
fn usual() -> Family {
    let mut family = Family::with_case();
    family.order();
    family.event(weekend("2026-09-04", IncidentKind::Kept));
    let missed = family.nobody_came();
    let mail = family.email("Sam Reed", "Alex Reed", "2026-09-18 20:41", "This weekend", "Alex,\n\nI am sorry.\n\nSam");
    let photo = family.document(DocumentKind::Photo, "Front entrance of Elmgrove Library", "2026-09-18", "image/jpeg");
    family.link(mail, missed, LinkKind::Supports);
    family.link(photo, missed, LinkKind::Supports);
    family.event(weekend("2026-10-02", IncidentKind::CancelledByMe));
    family.event(Incident { kind: None, ..weekend("2026-11-13", IncidentKind::Kept) });
    family.add(Content::Note(Note { text: "only for me: secretplan".into(), about: None, when: None }));
    family
}

#[test]
fn the_usual_book_reads_as_it_should() {
    let plan = plan(&usual().input(evidence(Reader::Solicitor))).unwrap();
    let sections: Vec<_> =
        plan.sections.iter().map(|s| (s.letter.unwrap(), s.title.as_str(), s.entries.len())).collect();
    assert_eq!(
        sections,
        [
            ('A', "Preliminary", 4),
            ('B', "Order and contact events", 5),
            ('C', "Messages", 1),
            ('D', "Photographs and documents", 1),
            ('E', "Checking", 1)
        ]
    );
    assert_says(
        &dump(&plan),
        &[
            "cover: IN THE FAMILY COURT AT BRISTOL",
            "cover: Robin Reed (a child, born 2017)",
            "cover: Prepared by: Alex Reed, applicant",
            "cover: 27 February 2026 to 13 November 2026",
            "chronology: 27 February 2026 to 13 November 2026. “I” is Alex Reed, the applicant.",
            "Fri 27 Feb 2026 | Child arrangements order made by District Judge Marlow; warning notice attached. | ○ | ORD-1",
            "Fri 4 Sep 2026 | Weekend held in full. (Written down 13 days after.) | ○ | INC-1",
            "Fri 18 Sep 2026 | Nobody came to the handover. I waited until 5.50 pm. | ● [DOC-1] [MSG-1] | INC-2",
            "Fri 2 Oct 2026 | I cancelled this weekend. | ○ | INC-3",
            "Fri 13 Nov 2026 | Contact was due. My entry is unfinished, so it is counted as not known. | ○ | INC-4",
            "contact: Weekends under paragraph 3 of the order of 27 February 2026 ([ORD-1/3]), 4 September 2026 to 13 November 2026. 4 were due; 1 was held. Of the other 3, nobody came to 1, I cancelled 1, and 1 is not known.",
            "INC-2: Friday 18 September 2026: nobody came to the handover",
            "INC-2: Due under paragraph 3 of the order of 27 February 2026 ([ORD-1/3]). Chronology: [chronology/INC-2]. Figures: [contact].",
            "INC-2: Start: Fri 18 Sep 2026, 5.00 pm | Did not start",
            "INC-2: Handover: Elmgrove Library, front entrance | I arrived at 4.45 pm and waited until 5.50 pm. Nobody came.",
            "INC-2: Order, paragraph 3: “Robin shall spend time",
            "INC-2: Reason given: None written down",
            "INC-2: Robin, as observed: Nothing written down",
            "INC-2: How I know: Not written down",
            "INC-2: Written down: Friday 18 September 2026, 9.14 pm: 3 hours 24 minutes after I left.",
            "INC-2: Supported by: E-mail from Sam Reed, “This weekend”, 18 September 2026 | MSG-1",
            "INC-4: Reason given: None written down",
            "ORD-1: 1 The parents agree to write to each other by e-mail. recital: records an agreement or a fact",
            "MSG-1: From: Sam Reed",
            "MSG-1: Date: Friday 18 September 2026, 8.41 pm (London time)",
            "MSG-1: Source: “This weekend”, from Alex Reed’s own device or account, received into the record on 19 September 2026. SHA-256 begins",
            "DOC-1: Shown here: The whole picture, turned upright, not otherwise changed. The place recorded by the camera is left out of this copy.",
            "check: Made with Daybook 1.0 on Monday 23 November 2026, 2.05 pm London time, from journal entry 731.",
        ],
    );
    let left: Vec<_> = plan.left_out.iter().map(|left| left.id.to_string()).collect();
    assert_eq!(left, ["NOT-1"]);
}

#[test]
fn the_same_input_gives_the_same_plan() {
    let family = usual();
    let first = plan(&family.input(evidence(Reader::Court))).unwrap();
    let mut input = family.input(evidence(Reader::Court));
    input.records.reverse();
    assert_eq!(first, plan(&input).unwrap());
}

/// No reference leads to a place the edition does not hold, whatever is in it.
#[test]
fn every_reference_leads_somewhere() {
    for reader in Reader::ALL {
        for (from, until) in [(None, None), (Some("2026-09-10"), Some("2026-09-30")), (Some("2026-10-01"), None)] {
            let options = Options { from: from.map(day), until: until.map(day), ..evidence(reader) };
            let plan = plan(&usual().input(options)).unwrap();
            let mut places: BTreeSet<String> = plan.entries().map(|entry| entry.anchor.0.clone()).collect();
            for entry in plan.entries() {
                match &entry.paper {
                    Paper::Chronology(page) => places.extend(page.rows.iter().map(|row| row.anchor.0.clone())),
                    Paper::Order(page) => places.extend(page.paragraphs.iter().map(|p| p.anchor.0.clone())),
                    _ => {}
                }
            }
            for text in plan.texts() {
                for named in text.text.split('[').skip(1).filter_map(|rest| rest.split(']').next()) {
                    assert!(places.contains(named), "{named} in {text:?} for {reader:?}");
                }
            }
        }
    }
}

#[test]
fn nothing_private_reaches_anybody() {
    let mut family = usual();
    let secret = family.email("Sam Reed", "Alex Reed", "2026-09-19 10:00", "Quiet", "secretconfidential");
    family.mark(secret, |mark| mark.confidential = Some(true));
    family.email("Alex Reed", "Jo Lambert", "2026-09-20 10:00", "Session", "secretmediation");
    family.email("Priya Nair", "Alex Reed", "2026-09-21 10:00", "Advice", "secretlawyer");
    let sound = family.document(DocumentKind::Recording, "secretrecording", "2026-09-22", "audio/ogg");
    family.document(DocumentKind::Application, "Form C8 secretform", "2026-09-22", "application/pdf");
    family.link(secret, id("INC-2"), LinkKind::Supports);
    family.link(sound, id("INC-2"), LinkKind::Supports);
    let words = |reader| {
        let dump = dump(&plan(&family.input(evidence(reader))).unwrap());
        ["plan", "confidential", "mediation", "lawyer", "recording", "form"]
            .into_iter()
            .filter(|word| dump.contains(&format!("secret{word}")))
            .collect::<Vec<_>>()
    };
    for reader in [Reader::Court, Reader::Mediator, Reader::Cafcass, Reader::OtherParty] {
        assert!(words(reader).is_empty(), "{reader:?}: {:?}", words(reader));
    }
    assert_eq!(words(Reader::Solicitor), ["lawyer", "recording", "form"]);
    assert_eq!(words(Reader::Myself), ["confidential", "mediation", "lawyer", "recording", "form"]);
}

#[test]
fn a_confidential_word_stops_the_paper_and_is_not_repeated() {
    let mut family = usual();
    let word = ConfidentialWord { words: "Oakfield School".into(), kind: WordKind::School, withdrawn: false };
    family.add(Content::Word(word));
    family.event(Incident { what: "We met by OAKFIELD\nschool.".into(), ..weekend("2026-10-16", IncidentKind::Kept) });
    let input = family.input(evidence(Reader::OtherParty));
    let stopped = plan(&input).unwrap();
    let blocks: Vec<_> = stopped.blocking().map(|f| (f.kind.as_str(), f.place.as_str(), f.rule.as_deref())).collect();
    assert_eq!(blocks, [("confidential-word", "INC-5", Some("PRI-14"))]);
    assert_eq!(stopped.findings[0].severity, Severity::Block, "worst first");
    assert!(stopped.findings.iter().all(|f| !format!("{f:?}").to_lowercase().contains("oakfield")));
    let mut input = input;
    input
        .options
        .overrides
        .push(daybook::bundle::Override { kind: "confidential-word".into(), why: "known to all".into() });
    assert_eq!(plan(&input).unwrap().blocking().count(), 0);
    assert_eq!(plan(&family.input(evidence(Reader::Myself))).unwrap().blocking().count(), 0);
}

#[test]
fn an_amended_event_says_when_and_why_and_keeps_its_first_time() {
    let mut family = usual();
    family.amend(id("INC-2"), "the loss was added", "2026-09-19T09:00:00Z", |content| {
        if let Content::Incident(event) = content {
            event.loss = Some(Loss { pence: 1240, what: "rail ticket".into() });
        }
    });
    let dump = dump(&plan(&family.input(evidence(Reader::Solicitor))).unwrap());
    assert_says(
        &dump,
        &[
            "INC-2: Loss: £12.40, rail ticket.",
            "9.14 pm: 3 hours 24 minutes after I left.\nAmended on 19 September 2026: the loss was added. The first words are kept.",
        ],
    );
}

#[test]
fn before_proceedings_no_court_is_named() {
    let mut family = Family::without_case();
    family.event(Incident {
        order: None,
        paragraph: None,
        basis: Some(Basis::Agreement),
        ..weekend("2026-09-04", IncidentKind::Kept)
    });
    let dump = dump(&plan(&family.input(evidence(Reader::Mediator))).unwrap());
    assert_says(&dump, &["“I” is Alex Reed.", "INC-1: Due by agreement. Chronology:", "It concerns a child."]);
    for word in ["COURT", "Case No", "applicant", "Children Act"] {
        assert!(!dump.contains(word), "{word} in\n{dump}");
    }
}

#[test]
fn choices_and_links_say_which_messages_are_in() {
    let check = |chosen: &[&str], context: u32, expected: &[&str]| {
        let mut family = usual();
        for hour in 10..14 {
            family.email("Alex Reed", "Sam Reed", &format!("2026-09-25 {hour}:00"), &format!("Other {hour}"), "Words");
        }
        for history in &mut family.records {
            if let Content::Message(message) = &mut history.versions[0].content
                && message.subject.as_deref().is_some_and(|subject| subject.starts_with("Other"))
            {
                message.thread.references = vec!["root@example.com".into()];
            }
        }
        let chosen: Vec<RecordId> = chosen.iter().map(|name| id(name)).collect();
        if !chosen.is_empty() {
            family.choose(&chosen, Profile::Evidence, context);
        }
        let plan = plan(&family.input(evidence(Reader::Solicitor))).unwrap();
        let messages: Vec<String> = plan
            .entries()
            .filter_map(|e| e.id)
            .filter(|id| id.noun == Noun::Message)
            .map(|id| id.to_string())
            .collect();
        assert_eq!(messages, expected, "chosen {chosen:?}, context {context}");
    };
    check(&[], 0, &["MSG-1", "MSG-2", "MSG-3", "MSG-4", "MSG-5"]);
    check(&["MSG-3"], 0, &["MSG-1", "MSG-3"]);
    check(&["MSG-3"], 1, &["MSG-1", "MSG-2", "MSG-3", "MSG-4"]);
    check(&["INC-1"], 0, &["MSG-1"]);
}

#[test]
fn quoted_text_is_folded_only_where_the_quoted_mail_holds_every_line() {
    let check = |quoted: &str, folded: bool| {
        let mut family = usual();
        let reply = family.email(
            "Alex Reed",
            "Sam Reed",
            "2026-09-19 09:00",
            "Re: This weekend",
            &format!("Thank you.\n\n{quoted}"),
        );
        let answers = "This weekend.2026-09-18 20:41@example.com";
        for history in family.records.iter_mut().filter(|history| history.versions[0].id == reply) {
            if let Content::Message(message) = &mut history.versions[0].content {
                message.thread.in_reply_to = vec![answers.into()];
            }
        }
        let dump = dump(&plan(&family.input(evidence(Reader::Solicitor))).unwrap());
        assert_eq!(dump.contains("printed in full at [MSG-1]"), folded, "{quoted}\n{dump}");
    };
    check("On Friday, Sam Reed wrote:\n> Alex,\n>\n> I am sorry.\n>\n> Sam", true);
    check("> Alex,\n> I am not sorry.", false);
}

#[test]
fn an_empty_book_and_only_notes_give_an_error_with_a_next_step() {
    let mut family = Family::with_case();
    assert!(matches!(plan(&family.input(evidence(Reader::Court))), Err(PlanError::Empty { .. })));
    family.add(Content::Note(Note { text: "for me".into(), about: None, when: None }));
    let error = plan(&family.input(evidence(Reader::Court))).unwrap_err().to_string();
    assert!(error.contains("daybook log"), "{error}");
    let backwards =
        Options { from: Some(day("2026-09-02")), until: Some(day("2026-09-01")), ..evidence(Reader::Court) };
    assert!(matches!(plan(&family.input(backwards)), Err(PlanError::Range { .. })));
}

#[test]
fn a_book_without_events_has_no_figures() {
    let mut family = Family::with_case();
    family.email("Sam Reed", "Alex Reed", "2026-09-18 20:41", "Hello", "Words");
    let plan = plan(&family.input(evidence(Reader::Solicitor))).unwrap();
    assert!(!plan.entries().any(|entry| entry.anchor.0 == "contact"));
    assert_says(&dump(&plan), &["Fri 18 Sep 2026 | Sam Reed wrote: “Words” | ● | MSG-1"]);
}

#[test]
fn very_long_names_and_odd_texts_are_taken_as_they_are() {
    let mut family = Family::with_case();
    let long = "Anna-Maria ".repeat(60);
    family.add(Content::Person(Person::named(long.clone(), Role::Witness)));
    family.event(Incident {
        with: vec![id("PER-6")],
        what: "\u{202e}odd\u{0} “".into(),
        ..weekend("2026-09-04", IncidentKind::Late)
    });
    let plan = plan(&family.input(evidence(Reader::Solicitor))).unwrap();
    assert_says(&dump(&plan), &[&format!("Who was there: {long}"), "Weekend started late."]);
}

#[test]
fn own_cancellations_count_even_where_their_page_is_kept_out() {
    let mut family = usual();
    family.mark(id("INC-3"), |mark| mark.keep_out_of = Some(Profile::Evidence));
    let plan = plan(&family.input(evidence(Reader::Court))).unwrap();
    assert_says(&dump(&plan), &["Not held: cancelled by me: 1", "1 of those counted have no page in this paper."]);
    assert!(plan.left_out.iter().any(|left| left.id == id("INC-3") && left.why.contains("you marked it")));
}

#[test]
fn no_paper_has_a_word_that_overclaims() {
    for reader in Reader::ALL {
        let dump = dump(&plan(&usual().input(evidence(reader))).unwrap()).to_lowercase();
        for word in [
            "proved",
            "certified",
            "tamper-proof",
            "admissible",
            "breach",
            "refused",
            "custody",
            "visitation",
            "@example",
        ] {
            assert!(!dump.contains(word), "{word} for {reader:?}");
        }
        assert!(!dump.contains("/home/"), "a path");
    }
}

#[test]
fn limits_are_checked_when_the_pages_are_known() {
    let input = usual().input(evidence(Reader::Court));
    let plan = plan(&input).unwrap();
    let kinds = |pages, bytes| {
        let found = after_layout(&plan, pages, bytes, &input.rules);
        found.into_iter().map(|finding| finding.rule.unwrap()).collect::<Vec<_>>()
    };
    assert!(kinds(350, Some(20_000_000)).is_empty());
    assert_eq!(kinds(351, Some(20_000_001)), ["27A-51", "EF-04"]);
    assert!(plan.findings.iter().any(|finding| finding.rule.as_deref() == Some("27A-22")));
}

#[test]
fn file_names() {
    let input = usual().input(evidence(Reader::Court));
    assert_eq!(suggested_file_name(&input), "BS26P70940 AR evidence 2026-11-23.pdf");
    let rules = |name: &str| check_file_name(name, &input).into_iter().filter_map(|f| f.rule).collect::<Vec<_>>();
    assert!(rules(&suggested_file_name(&input)).is_empty());
    assert_eq!(rules("Draft Robin Reed.pdf"), ["EF-10", "27A-65"]);
    assert_eq!(rules("Confidential_bundle.pdf"), ["EF-10"]);
    assert!(rules("draft.pdf").is_empty(), "the court's system heeds capitals");
}

#[test]
fn the_manifest_comes_after_the_plan() {
    let manifest = Digest::of(b"manifest");
    let plan = plan(&usual().input(evidence(Reader::Court))).unwrap().with_manifest(manifest);
    let page = plan.entries().find_map(|entry| match &entry.paper {
        Paper::HowToCheck(page) => Some(page),
        _ => None,
    });
    assert_eq!(page.unwrap().manifest, manifest);
}

#[test]
fn times_in_the_repeated_hour_say_so() {
    let mut family = Family::with_case();
    let mail = family.email("Sam Reed", "Alex Reed", "2026-10-25 01:30", "Late", "Words");
    let plan = plan(&family.input(evidence(Reader::Solicitor))).unwrap();
    assert_says(&dump(&plan), &[&format!("{mail}: Its time: the clocks went back that night")]);
}

/// An order of alternate weekends and of a call each Wednesday.
fn with_patterns() -> Family {
    let mut family = Family::with_case();
    let order = family.order();
    family.amend(order, "The words", "2026-09-19T21:00:00Z", |content| {
        let Content::Order(order) = content else { panic!("an order") };
        order.paragraphs[1].pattern =
            Some("alternate weekends, Friday 5 pm to Sunday 5 pm, first Friday 4 September 2026".into());
        order.paragraphs.push(OrderParagraph {
            number: "4".into(),
            words: "Robin shall have a telephone call with the applicant each Wednesday from 6 pm to 6.30 pm.".into(),
            pattern: Some("telephone call every Wednesday between 6 pm and 6.30 pm".into()),
            ..OrderParagraph::default()
        });
    });
    family
}

#[test]
fn an_event_on_a_day_when_nothing_was_due_does_not_read_as_missed_contact() {
    let mut family = with_patterns();
    family.event(Incident { until: None, ..weekend("2026-09-11", IncidentKind::NobodyThere) });
    let plan = plan(&family.input(evidence(Reader::Solicitor))).unwrap();
    let dump = dump(&plan);
    assert_says(
        &dump,
        &[
            "Nobody came to the handover. This is on a day for which the orders in this record make nothing due.",
            "INC-1: Friday 11 September 2026: nobody came to the handover; nothing was due then",
            "INC-1: On a day for which the orders in this record make nothing due. Chronology:",
            "INC-1: Start: Nothing was due; written down as due Fri 11 Sep 2026, 5.00 pm | Did not start",
        ],
    );
    assert!(!dump.contains("INC-1: Due under"), "{dump}");
    let Some(Paper::Contact(page)) =
        plan.entries().map(|entry| &entry.paper).find(|paper| matches!(paper, Paper::Contact(_)))
    else {
        panic!("the figures are there")
    };
    let notes: Vec<bool> = page.parts.iter().map(|part| part.note.contains("when nothing was due")).collect();
    assert_eq!(notes, [true, false], "on the page of time together, not on that of the calls");
}

/// Without school terms part of what was due cannot be computed. A count without that part must say so in the paper,
/// and its maker is told before.
#[test]
fn figures_that_are_not_whole_say_so() {
    let figures = |family: &Family| {
        let plan = plan(&family.input(evidence(Reader::Solicitor))).unwrap();
        let told = plan.findings.iter().any(|finding| finding.kind == "terms-not-known");
        (told, dump(&plan).contains("These figures are not whole"))
    };
    let mut family = with_patterns();
    family.event(weekend("2026-09-18", IncidentKind::Kept));
    assert_eq!(figures(&family), (false, false));
    family.amend(id("ORD-1"), "Holidays", "2026-09-20T21:00:00Z", |content| {
        let Content::Order(order) = content else { panic!("an order") };
        order.paragraphs.push(OrderParagraph {
            number: "5".into(),
            words: "Robin shall spend the first half of each school holiday with the applicant.".into(),
            pattern: Some(
                "first half of each school holiday, from 5 pm on the last day of term to 5 pm on the middle day".into(),
            ),
            ..OrderParagraph::default()
        });
    });
    assert_eq!(figures(&family), (true, true));
}

#[test]
fn calls_safety_and_other_times_are_told_as_what_they_are() {
    let mut family = with_patterns();
    let call = |date: &str, kind| Incident {
        paragraph: Some("4".into()),
        due: Some(at(&format!("{date} 18:00"))),
        until: Some(at(&format!("{date} 18:30"))),
        ..weekend(date, kind)
    };
    family.event(call("2026-09-09", IncidentKind::Kept));
    family.event(Incident { for_safety: Some(true), ..weekend("2026-09-04", IncidentKind::CancelledByMe) });
    family.event(Incident { instead_of: Some("INC-2".into()), ..weekend("2026-09-11", IncidentKind::Kept) });
    family.event(weekend("2026-09-18", IncidentKind::NobodyThere));
    family.event(weekend("2026-09-18", IncidentKind::Kept));
    let plan = plan(&family.input(evidence(Reader::Solicitor))).unwrap();
    assert_says(
        &dump(&plan),
        &[
            "INC-1: Wednesday 9 September 2026: call took place",
            "Figures: [contact/calls].",
            "I cancelled this weekend. This was for somebody’s safety.",
            "INC-2: For safety: It was cancelled, or ended, for somebody’s safety.",
            "INC-2: Instead, at another time: Friday 11 September 2026, 5.00 pm (INC-3): held in full ([INC-3])",
            "INC-3: In the place of: What was due on Friday 4 September 2026, 5.00 pm ([INC-2])",
            "Weekend held in full. This took the place of what was due on 4 September 2026.",
            "Nobody came to the handover. Another entry for this session says otherwise (INC-5).",
            "Weekend held in full. Another entry for this session says otherwise (INC-4).",
        ],
    );
}
