//! Plans with papers of others: PDFs, attachments, copies of one file, what cannot be shown.

use daybook::bundle::{BundlePlan, FileNote, ForeignPage, Options, Paper, Picture, PictureFrame, plan};
use daybook::model::*;

use super::plan_evidence::dump;
use super::plan_family::*;

fn evidence() -> Options {
    Options {
        reader_name: Some("Priya Nair, solicitor".into()),
        purpose: Some("Advice before the hearing".into()),
        ..Options::new(Profile::Evidence, Reader::Solicitor)
    }
}

fn pages(count: u8) -> Vec<ForeignPage> {
    let page = |number| ForeignPage { width: 595_000, height: 842_000, growth: 0, fingerprint: Digest([number; 32]) };
    (0..count).map(page).collect()
}

/// The file behind a document, as far as it was looked into.
fn file_of(family: &mut Family, document: RecordId) -> Digest {
    let record = family.records.iter().filter_map(|history| history.current()).find(|record| record.id == document);
    let Some(Content::Document(document)) = record.map(|record| &record.content) else { panic!("a document") };
    document.original
}

fn attach(family: &mut Family, mail: RecordId, name: &str, media_type: &str, inline: bool) -> Digest {
    let sha256 = Digest::of(name.as_bytes());
    let bytes = 84_000;
    let file = Attachment {
        sha256,
        name: Some(name.into()),
        bytes,
        media_type: media_type.into(),
        quality: DecodeQuality::Exact,
        place: Locator::default(),
        inline,
    };
    let history = family.records.iter_mut().find(|h| h.current().is_some_and(|r| r.id == mail)).expect("the e-mail");
    for version in &mut history.versions {
        if let Content::Message(message) = &mut version.content {
            message.attachments.push(file.clone());
        }
    }
    let original = family.kept.values().next().expect("something is kept").clone();
    let kept = daybook::bundle::KeptFile {
        name: name.into(),
        bytes,
        media_type: media_type.into(),
        picture: None,
        pdf: None,
        not_shown: None,
        ..original
    };
    family.kept.entry(sha256).or_insert(kept);
    sha256
}

fn anchors(plan: &BundlePlan) -> Vec<(char, String, &'static str)> {
    let kind = |paper: &Paper| match paper {
        Paper::Foreign(_) => "pages of the file",
        Paper::Placeholder(_) => "a page in its place",
        Paper::Photograph(_) => "a picture",
        Paper::Order(_) => "an order",
        Paper::Email(_) => "an e-mail",
        _ => "ours",
    };
    let entries = plan.sections.iter().flat_map(|section| section.entries.iter().map(move |entry| (section, entry)));
    entries
        .filter(|(_, entry)| !["ours"].contains(&kind(&entry.paper)))
        .map(|(section, entry)| (section.letter.expect("a letter"), entry.anchor.0.clone(), kind(&entry.paper)))
        .collect()
}

fn picture(width: u32, height: u32) -> Picture {
    let frame = PictureFrame { number: 0, pixels: (width, height), orientation: 1, as_it_is: true };
    Picture { frames: vec![frame], taken: None, has_place: false, remarks: Vec::new() }
}

#[test]
fn a_pdf_is_printed_a_locked_one_has_its_page_and_a_second_copy_refers_to_the_first() {
    let mut family = Family::with_case();
    let letter = family.document(DocumentKind::Letter, "School letter", "2026-09-10", "application/pdf");
    let locked = family.document(DocumentKind::Report, "Locked report", "2026-09-11", "application/pdf");
    let copy = family.document(DocumentKind::Letter, "School letter again", "2026-09-12", "application/pdf");
    let (file, closed) = (file_of(&mut family, letter), file_of(&mut family, locked));
    let history = family.records.iter_mut().find(|h| h.current().is_some_and(|r| r.id == copy)).expect("the copy");
    if let Content::Document(document) = &mut history.versions[0].content {
        document.original = file;
    }
    let kept = family.kept.get_mut(&file).expect("kept");
    kept.pdf = Some(pages(2));
    kept.notes = vec![FileNote {
        kind: "form-flattened".into(),
        page: Some(2),
        what: "The filled-in fields of a form are shown as they look; they cannot be changed.".into(),
    }];
    family.kept.get_mut(&closed).expect("kept").not_shown = Some("it is locked with a password".into());
    let plan = plan(&family.input(evidence())).expect("a plan");
    assert_eq!(
        anchors(&plan),
        [
            ('B', "DOC-1".to_owned(), "pages of the file"),
            ('B', "DOC-2".to_owned(), "a page in its place"),
            ('B', "DOC-3".to_owned(), "a page in its place"),
        ]
    );
    let findings: Vec<_> = plan.findings.iter().map(|f| (f.severity, f.kind.as_str(), f.place.as_str())).collect();
    for expected in [
        (Severity::Info, "form-flattened", "DOC-1"),
        (Severity::Warn, "not-shown", "DOC-2"),
        (Severity::Info, "printed-once", "DOC-3"),
    ] {
        assert!(findings.contains(&expected), "{expected:?} in {findings:?}");
    }
    let once = plan.findings.iter().find(|finding| finding.kind == "printed-once").expect("it is said");
    assert!(once.what.contains("a planning reminder, not a rule"), "{}", once.what);
    let text = dump(&plan);
    for line in [
        "DOC-2: Locked report. The file is kept, but its pages cannot be shown here: it is locked with a password. This page stands in their place.",
        "DOC-3: Letter, School letter again (the same file as another entry)",
        "DOC-3: School letter again. The same file, byte for byte, is printed at [DOC-1].",
    ] {
        let line = line.replace("Letter, School letter again", "School letter again");
        assert!(text.contains(&line), "{line:?} is not in\n{text}");
    }
}

#[test]
fn attachments_stand_behind_their_email_and_the_others_are_named_with_the_reason() {
    let mut family = Family::with_case();
    let mail = family.email("Sam Reed", "Alex Reed", "2026-09-18 20:41", "This weekend", "Alex, see the letter.");
    let letter = attach(&mut family, mail, "letter.pdf", "application/pdf", false);
    let photo = attach(&mut family, mail, "door.jpg", "image/jpeg", false);
    let logo = attach(&mut family, mail, "logo.png", "image/png", true);
    attach(&mut family, mail, "notes.docx", "application/msword", false);
    let locked = attach(&mut family, mail, "locked.pdf", "application/pdf", false);
    family.kept.get_mut(&letter).expect("kept").pdf = Some(pages(3));
    family.kept.get_mut(&photo).expect("kept").picture = Some(picture(4032, 3024));
    family.kept.get_mut(&logo).expect("kept").picture = Some(picture(120, 40));
    family.kept.get_mut(&locked).expect("kept").not_shown = Some("it is locked with a password".into());
    let second = family.email("Sam Reed", "Alex Reed", "2026-09-19 09:00", "Again", "The letter once more.");
    attach(&mut family, second, "letter.pdf", "application/pdf", false);
    let plan = plan(&family.input(evidence())).expect("a plan");
    assert_eq!(
        anchors(&plan),
        [
            ('B', "MSG-1".to_owned(), "an e-mail"),
            ('B', "MSG-1#att-0".to_owned(), "pages of the file"),
            ('B', "MSG-1#att-1".to_owned(), "a picture"),
            ('B', "MSG-2".to_owned(), "an e-mail"),
        ]
    );
    let rows = |anchor: &str| {
        let entry = plan.entries().find(|entry| entry.anchor.0 == anchor).expect("the entry");
        let Paper::Email(email) = &entry.paper else { panic!("an e-mail") };
        let pages = email.attachments.iter().map(|row| row.page.as_ref().map(|page| page.0.clone()));
        (pages.collect::<Vec<_>>(), email.attachments_note.clone())
    };
    let (printed, note) = rows("MSG-1");
    assert_eq!(printed, [Some("MSG-1#att-0".to_owned()), Some("MSG-1#att-1".to_owned()), None, None, None]);
    assert_eq!(
        note.as_deref(),
        Some(
            "A dash: the attachment is not printed in this paper (logo.png: it is a small picture inside the text; \
             notes.docx: only PDFs and pictures can be printed; locked.pdf: it is locked with a password). It is kept and \
             can be shown."
        )
    );
    assert_eq!(rows("MSG-2"), (vec![Some("MSG-1#att-0".to_owned())], None), "the second copy refers to the first");
    let text = dump(&plan);
    assert!(text.contains("MSG-1#att-0: Attachment 1 to the e-mail of 18 September 2026: letter.pdf"), "{text}");
}

#[test]
fn what_the_guard_holds_back_takes_its_attachments_with_it() {
    let mut family = Family::with_case();
    family.event(weekend("2026-09-04", IncidentKind::Kept));
    family.order();
    let mail = family.email("Priya Nair", "Alex Reed", "2026-09-18 20:41", "My advice", "See my note of advice.");
    let letter = attach(&mut family, mail, "advice.pdf", "application/pdf", false);
    family.kept.get_mut(&letter).expect("kept").pdf = Some(pages(3));
    let options = Options::new(Profile::Evidence, Reader::Court);
    let plan = plan(&family.input(options)).expect("a plan");
    assert!(!anchors(&plan).iter().any(|(_, anchor, _)| anchor.starts_with("MSG")), "{:?}", anchors(&plan));
    assert!(!plan.sources.contains_key(&letter), "not among the files it stands on either");
}

#[test]
fn the_order_as_a_paper_stands_behind_its_words() {
    let mut family = Family::with_case();
    let order = family.order();
    family.event(weekend("2026-09-04", IncidentKind::Kept));
    let scan = family.document(DocumentKind::Order, "Sealed order", "2026-02-27", "application/pdf");
    let letter = family.document(DocumentKind::Letter, "School letter", "2026-09-10", "application/pdf");
    for document in [scan, letter] {
        let file = file_of(&mut family, document);
        family.kept.get_mut(&file).expect("kept").pdf = Some(pages(1));
    }
    let history = family.records.iter_mut().find(|h| h.current().is_some_and(|r| r.id == order)).expect("the order");
    if let Content::Order(order) = &mut history.versions[0].content {
        order.document = Some(scan);
    }
    let plan = plan(&family.input(evidence())).expect("a plan");
    let order: Vec<_> = anchors(&plan).into_iter().map(|(section, anchor, _)| format!("{section} {anchor}")).collect();
    assert_eq!(order, ["B ORD-1", "B DOC-1", "C DOC-2"]);
    assert!(dump(&plan).contains("A copy of the order begins at page [DOC-1]."));
}
