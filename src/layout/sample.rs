//! An invented paper with every kind of page in it, for tests and for looking at.

use std::collections::BTreeMap;

use crate::bundle::*;
use crate::model::{Digest, Instant, Noun, Profile, Reader, RecordId};

fn t(words: &str) -> Span {
    Span::Text(words.into())
}

fn b(words: &str) -> Span {
    Span::Bold(words.into())
}

fn to(anchor: &str) -> Span {
    Span::Reference(Anchor::named(anchor))
}

fn field(label: &str, value: Rich) -> Field {
    Field { label: label.into(), value: vec![value], small: None }
}

fn entry(anchor: &str, date: &str, title: &str, head: &str, paper: Paper) -> PlannedEntry {
    PlannedEntry {
        anchor: Anchor::named(anchor),
        id: None,
        version: None,
        date: date.into(),
        title: title.into(),
        head_right: head.into(),
        sources: Vec::new(),
        paper,
    }
}

fn section(letter: char, title: &str, described: &str, entries: Vec<PlannedEntry>) -> Section {
    Section { letter: Some(letter), title: title.into(), described: described.into(), entries }
}

/// A chronological bundle with every kind of page a section can hold.
pub(crate) fn evidence() -> BundlePlan {
    BundlePlan {
        edition: RecordId::new(Noun::Bundle, 7),
        profile: Profile::Evidence,
        reader: Reader::Solicitor,
        practice: false,
        title: "Chronological bundle of evidence".into(),
        head_left: "BS26P70940".into(),
        numbering: Numbering::Sections,
        made: Instant::from_rfc3339("2026-11-23T14:05:00Z").expect("a written moment"),
        sections: vec![preliminary(), events(), messages(), photographs(), checking()],
        findings: Vec::new(),
        left_out: Vec::new(),
        sources: BTreeMap::new(),
    }
}

const HEAD: &str = "Chronological bundle of evidence, BND-7";

fn preliminary() -> Section {
    let entries = vec![
        entry("cover", "23 Nov 2026", "Cover", HEAD, Paper::Cover(cover())),
        entry("index", "23 Nov 2026", "Index", HEAD, Paper::Index),
        entry(
            "chronology",
            "23 Nov 2026",
            "Chronology, 14 June 2025 to 20 November 2026",
            "Chronology",
            Paper::Chronology(chronology()),
        ),
        entry(
            "contact",
            "23 Nov 2026",
            "Contact due and held, 6 March to 20 November 2026",
            "Contact due and held",
            Paper::Contact(contact()),
        ),
    ];
    section('A', "Preliminary", "Preliminary: index, chronology, contact due and held", entries)
}

fn heading(parties: &[(&str, &str)]) -> Heading {
    Heading {
        court: Some("IN THE FAMILY COURT AT BRISTOL".into()),
        case_number: Some("Case No. BS26P70940".into()),
        statute: Some("The Children Act 1989".into()),
        children: vec!["Robin Reed (a child, born 2017)".into()],
        parties: parties.iter().map(|(name, role)| ((*name).into(), (*role).into())).collect(),
    }
}

fn cover() -> Cover {
    Cover {
        heading: heading(&[]),
        title: "Chronological bundle of evidence".into(),
        subtitle: "14 June 2025 to 20 November 2026".into(),
        fields: vec![
            field("Prepared by", vec![t("Alex Reed, applicant, without a lawyer")]),
            field("Prepared for", vec![t("Priya Nair, solicitor")]),
            field("Purpose", vec![t("Advice before the hearing on Monday 14 December 2026")]),
            field("Made on", vec![t("Monday 23 November 2026")]),
            field("Edition", vec![t("BND-7, first edition")]),
        ],
        do_not_copy: vec![b("Please do not copy this on."), t(" It concerns a child and private family proceedings.")],
        shows: vec![t(
            "This bundle is chosen from a private record kept by Alex Reed. It shows what was kept, and when. It does not show that the record is complete, or that what it says is true.",
        )],
        checked: vec![
            t(
                "Checked by Daybook on 23 November 2026: every page number, index line, link and exhibit page was read back and compared with its source. How to repeat the check: ",
            ),
            to("check"),
            t("."),
        ],
    }
}

/// Day, what happened, and whether an event page of its own is in the sample.
const EVENTS: [(&str, &str); 18] = [
    ("6 Mar 2026", "Weekend held in full"),
    ("20 Mar 2026", "Weekend held in full"),
    ("3 Apr 2026", "Weekend held in full (Easter)"),
    ("17 Apr 2026", "Weekend cancelled by me: unwell"),
    ("1 May 2026", "Weekend held in full"),
    ("15 May 2026", "Nobody came to the handover"),
    ("29 May 2026", "Weekend held in full"),
    ("12 Jun 2026", "Handover 40 minutes late; rest of the weekend held"),
    ("26 Jun 2026", "Weekend cancelled by Sam Reed"),
    ("10 Jul 2026", "Weekend held in full"),
    ("24 Jul 2026", "Weekend changed by agreement to 31 July"),
    ("7 Aug 2026", "Weekend held in full"),
    ("21 Aug 2026", "Weekend ended a day early"),
    ("4 Sep 2026", "Weekend held in full"),
    ("18 Sep 2026", "Nobody came to the handover"),
    ("2 Oct 2026", "Weekend cancelled by me: work"),
    ("16 Oct 2026", "Weekend cancelled by Sam Reed: Robin unwell"),
    ("30 Oct 2026", "Weekend held in full"),
];

fn chronology() -> Chronology {
    let row = |i: usize, date: &str, what: &str, support: &[&str], page: Option<&str>| ChronologyRow {
        anchor: Anchor::named(format!("chronology/{i}")),
        date: date.into(),
        what: what.into(),
        supported: !support.is_empty(),
        support: support.iter().filter(|anchor| !anchor.is_empty()).map(|anchor| Anchor::named(*anchor)).collect(),
        otherwise: Vec::new(),
        pages: page.map(Anchor::named).into_iter().collect(),
        elsewhere: None,
    };
    let mut rows = vec![
        row(
            900,
            "Sat 14 Jun 2025",
            "Sam Reed and I separated. Robin lived with Sam and stayed with me at weekends by agreement.",
            &[],
            None,
        ),
        row(901, "Tue 11 Nov 2025", "I attended a mediation information and assessment meeting.", &[], None),
        row(902, "not known", "I applied for a child arrangements order (Form C100).", &[], None),
        row(
            903,
            "Fri 27 Feb 2026",
            "Child arrangements order made by District Judge Marlow; warning notice attached.",
            &[""],
            Some("ORD-1"),
        ),
    ];
    for (i, (date, title)) in EVENTS.iter().enumerate() {
        let what = match i {
            3 => "I cancelled this weekend at 8.15 am that day: I was unwell. I offered the next weekend instead; it was not taken up.".to_owned(),
            14 => "Nobody came to the handover. At 5.12 pm Sam wrote that they were “not going to make it”. I waited until 5.50 pm.".to_owned(),
            _ => format!("{title}."),
        };
        let support: &[&str] = if i % 4 == 2 || i == 14 { &["MSG-140"] } else { &[] };
        rows.push(row(i, &format!("Fri {date}"), &what, support, Some(&format!("INC-{}", 27 + i))));
    }
    Chronology {
        subtitle: vec![t("14 June 2025 to 20 November 2026. “I” is Alex Reed, the applicant.")],
        rows,
        alone: None,
    }
}

fn contact() -> ContactPage {
    let row = |label: &str, count, square, bold| OutcomeRow { label: label.into(), count, square, bold };
    let line = |words: &str| words.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let head = |group: &'static str, words: &str| ColumnHead {
        group: Some(group).filter(|group| !group.is_empty()),
        words: words.to_owned(),
    };
    let days = |what: &str, when: &str| (what.to_owned(), when.to_owned());
    let part = ContactPart {
        place: None,
        title: "Contact due and held".into(),
        noun: "weekend",
        summary: vec![
            t("Weekends under paragraph 3 of the order of 27 February 2026 ("),
            to("ORD-1/3"),
            t("), 6 March to 20 November 2026. "),
            b("19 were due; 11 were held,"),
            t(" 2 of them in part. Of the other 8, nobody came to 2, Sam cancelled 2, I cancelled 2, 1 was moved by agreement and held then, and 1 is not known."),
        ],
        outcomes: vec![
            row("Due", 19, Square::Empty, true),
            row("Held, in full", 9, Square::Full, true),
            row("Held, in part", 2, Square::Half, true),
            row("Not held: nobody came", 2, Square::Letter('N'), false),
            row("Not held: cancelled by Sam", 2, Square::Letter('S'), false),
            row("Not held: cancelled by me", 2, Square::Letter('M'), false),
            row("Moved by agreement", 1, Square::Letter('A'), false),
            row("Not known", 1, Square::Unknown, false),
        ],
        calendar: calendar(),
        table_head: vec![
            head("", "2026"),
            head("", "Due"),
            head("Held", "full"),
            head("Held", "part"),
            head("Not held", "nobody"),
            head("Not held", "by Sam"),
            head("Not held", "by me"),
            head("", "Moved"),
            head("", "Not known"),
            head("Hours", "due"),
            head("Hours", "held"),
        ],
        table: vec![
            line("March 2 2 0 0 0 0 0 0 96:00 96:00"),
            line("April 2 1 0 0 0 1 0 0 96:00 48:00"),
            line("May 3 2 0 1 0 0 0 0 144:00 96:00"),
            line("June 2 0 1 0 1 0 0 0 96:00 47:20"),
            line("July 2 1 0 0 0 0 1 0 96:00 48:00"),
            line("August 2 1 1 0 0 0 0 0 96:00 73:00"),
            line("September 2 1 0 1 0 0 0 0 96:00 48:00"),
            line("October 3 1 0 0 1 1 0 0 144:00 48:00"),
            line("November 1 0 0 0 0 0 0 1 48:00 0"),
            line("Total 19 9 2 2 2 2 1 1 912:00 504:20"),
        ],
        note: "Hours and minutes. Nights: 38 due, 21 held. What was due on 24 July 2026 was held from 31 July 2026 (48:00, 2 nights); that is not counted in “held”. Contact belongs to the month in which it was due to start.".into(),
        days: vec![
            days("Held, in full (9)", "6 and 20 March, 3 April, 1 and 29 May, 10 July, 7 August, 4 September, 30 October 2026"),
            days("Held, in part (2)", "12 June, 21 August 2026"),
            days("Not held: nobody came (2)", "15 May, 18 September 2026"),
            days("Not held: cancelled by Sam (2)", "26 June, 16 October 2026"),
            days("Not held: cancelled by me (2)", "17 April, 2 October 2026"),
            days("Moved by agreement (1)", "24 July 2026"),
            days("Not known (1)", "13 November 2026"),
        ],
    };
    ContactPage { parts: vec![part] }
}

/// A month's name, its days, and the first day and mark of each weekend in it.
type SampleMonth = (&'static str, u32, &'static [(u32, Square)]);

fn calendar() -> Vec<CalendarMonth> {
    let months: [SampleMonth; 9] = [
        ("March", 31, &[(6, Square::Full), (20, Square::Full)]),
        ("April", 30, &[(3, Square::Full), (17, Square::Letter('M'))]),
        ("May", 31, &[(1, Square::Full), (15, Square::Letter('N')), (29, Square::Full)]),
        ("June", 30, &[(12, Square::Half), (26, Square::Letter('S'))]),
        ("July", 31, &[(10, Square::Full), (24, Square::Letter('A'))]),
        ("August", 31, &[(7, Square::Full), (21, Square::Half)]),
        ("September", 30, &[(4, Square::Full), (18, Square::Letter('N'))]),
        ("October", 31, &[(2, Square::Letter('M')), (16, Square::Letter('S')), (30, Square::Full)]),
        ("November", 30, &[(13, Square::Unknown)]),
    ];
    let bar = |(first, mark): &(u32, Square)| CalendarBar {
        first: *first,
        last: first + 2,
        mark: *mark,
        opens: false,
        goes_on: false,
    };
    let line = |(label, days, bars): SampleMonth| CalendarMonth {
        label: label.to_owned(),
        days,
        bars: bars.iter().map(bar).collect(),
    };
    months.into_iter().map(line).collect()
}

fn events() -> Section {
    let mut entries = vec![entry(
        "ORD-1",
        "27 Feb 2026",
        "Child arrangements order, District Judge Marlow, with warning notice",
        "Order ORD-1",
        Paper::Order(order()),
    )];
    for (i, (date, title)) in EVENTS.iter().enumerate() {
        let number = 27 + i;
        let page = if i == 14 { event() } else { held(i, date, title) };
        let head = format!("Contact event INC-{number}");
        entries.push(entry(&format!("INC-{number}"), date, title, &head, Paper::Event(page)));
    }
    section('B', "Order and contact events", "Order and contact events", entries)
}

fn order() -> OrderPage {
    let words = |number: &str, words: &str, remark: Option<&str>| OrderWords {
        anchor: Anchor::named(format!("ORD-1/{number}")),
        number: number.into(),
        words: words.into(),
        remark: remark.map(str::to_owned),
    };
    OrderPage {
        title: "Child arrangements order".into(),
        subtitle: vec![t("District Judge Marlow, Friday 27 February 2026. Chronology: "), to("chronology/903"), t(".")],
        fields: vec![
            field("Court", vec![t("The Family Court at Bristol")]),
            field("Case number", vec![t("BS26P70940")]),
            field("Made", vec![t("Friday 27 February 2026")]),
            field("Served", vec![t("Tuesday 3 March 2026, by post")]),
            field("Warning notice", vec![t("Attached")]),
        ],
        paragraphs: vec![
            words(
                "1",
                "The parties agree that Robin benefits from time with both parents.",
                Some("Recital: records an agreement; it is not ordered."),
            ),
            words("2", "Robin shall live with the respondent.", None),
            words(
                "3",
                "Robin shall spend time with the applicant on alternate weekends from 5.00 pm on Friday to 5.00 pm on Sunday, beginning on Friday 6 March 2026.",
                None,
            ),
            words(
                "4",
                "Handover shall take place at the front entrance of Elmgrove Library at the start and at the end of each such period.",
                None,
            ),
        ],
        note: vec![t("These are all the paragraphs of the order that are kept in this record, in its exact words.")],
    }
}

fn held(i: usize, date: &str, title: &str) -> EventPage {
    EventPage {
        title: format!("Friday {date}: {}", title.to_lowercase()),
        subtitle: vec![
            t("Due under paragraph 3 of the order of 27 February 2026 ("),
            to("ORD-1/3"),
            t("). Chronology: "),
            to(&format!("chronology/{i}")),
            t("."),
        ],
        table: Vec::new(),
        fields: vec![
            field(
                "What happened",
                vec![t("Collected at 5.00 pm from the front entrance and returned there on Sunday at 5.00 pm.")],
            ),
            field("Reason given", vec![t("None given")]),
            field("Robin, as observed", vec![t("Cheerful; talked about the swimming club.")]),
            field("Written down", vec![t("The same evening, 9.02 pm.")]),
        ],
        supported_by: Vec::new(),
        says_otherwise: Vec::new(),
    }
}

fn event() -> EventPage {
    let row = |label: &str, due: &str, actual: Option<&str>| EventRow {
        label: label.into(),
        due: vec![t(due)],
        actual: actual.map(|words| vec![t(words)]),
    };
    let support = |title: &str, page: Option<&str>| SupportRow { title: title.into(), page: page.map(Anchor::named) };
    EventPage {
        title: "Friday 18 September 2026: nobody came to the handover".into(),
        subtitle: vec![
            t("Due under paragraph 3 of the order of 27 February 2026 ("),
            to("ORD-1/3"),
            t("). Chronology: "),
            to("chronology/14"),
            t(". Figures: "),
            to("contact"),
            t("."),
        ],
        table: vec![
            row("Start", "Fri 18 Sep 2026, 5.00 pm", Some("Did not start")),
            row("End", "Sun 20 Sep 2026, 5.00 pm", Some("–")),
            row(
                "Handover",
                "Elmgrove Library, front entrance (paragraph 4)",
                Some("I arrived at 4.45 pm and waited until 5.50 pm. Nobody came."),
            ),
            row(
                "Order, paragraph 3",
                "“Robin shall spend time with the applicant on alternate weekends from 5.00 pm on Friday to 5.00 pm on Sunday, beginning on Friday 6 March 2026.”",
                None,
            ),
            row("How it is reckoned", "Every second Friday from 6 March 2026: the 15th weekend.", None),
        ],
        fields: vec![
            field(
                "What happened",
                vec![t(
                    "I was at the front entrance from 4.45 pm and sent a photograph of it at 4.47 pm. At 5.12 pm Sam sent a message. I answered at 5.15 pm and left at 5.50 pm. At 6.20 pm Robin rang me from Sam’s telephone, for four minutes.",
                )],
            ),
            field(
                "Exact words",
                vec![t(
                    "Sam Reed, WhatsApp, 5.12 pm: “We’re not going to make it. Robin has had a long week. We can talk about it tomorrow.”",
                )],
            ),
            field(
                "Reason given",
                vec![t("“Robin has had a long week.” Given by Sam Reed, 12 minutes after the time due.")],
            ),
            field(
                "Robin, as observed",
                vec![t(
                    "Not seen. On the telephone Robin spoke clearly and at an even pace. Without being asked, Robin said: “Are we still doing the swimming?” I asked nothing about the reason.",
                )],
            ),
            field("Who was there", vec![t("Only me.")]),
            field("How I know", vec![t("My own knowledge. The reason is what Sam Reed told me.")]),
            field(
                "Also known to me",
                vec![
                    t(
                        "It was the first full week of the school term. Sam offered Saturday 26 September, 10.00 am to 6.00 pm (",
                    ),
                    to("MSG-212"),
                    t(", line 8); I was at work."),
                ],
            ),
            field("Loss", vec![t("£12.40, rail ticket ("), to("DOC-53"), t(").")]),
            field(
                "Written down",
                vec![t(
                    "Friday 18 September 2026, 9.14 pm: 3 hours 24 minutes after I left. The loss and the offer were added on 19 September; the first words are kept.",
                )],
            ),
        ],
        supported_by: vec![
            support("WhatsApp messages, 17 and 18 September 2026", Some("MSG-140")),
            support("E-mail from Sam Reed, 18 September 2026, “This weekend”", Some("MSG-212")),
            support("Photograph of the entrance, 4.46 pm", Some("DOC-52")),
            support("Rail ticket", None),
        ],
        says_otherwise: Vec::new(),
    }
}

fn messages() -> Section {
    let entries = vec![
        entry(
            "MSG-140",
            "17 Sep 2026",
            "WhatsApp, Alex Reed and Sam Reed, 12 of 312 messages",
            "WhatsApp thread, source MSG-140",
            Paper::Transcript(transcript()),
        ),
        entry(
            "MSG-212",
            "18 Sep 2026",
            "E-mail, Sam Reed to Alex Reed: “This weekend”",
            "E-mail MSG-212",
            Paper::Email(email()),
        ),
        entry(
            "MSG-300",
            "30 Sep 2026",
            "WhatsApp, Alex Reed and Sam Reed, 80 of 312 messages",
            "WhatsApp thread, source MSG-140",
            Paper::Transcript(long_transcript()),
        ),
        entry(
            "MSG-213",
            "19 Sep 2026",
            "E-mail, Alex Reed to Sam Reed: “Re: This weekend”",
            "E-mail MSG-213",
            Paper::Email(long_email()),
        ),
    ];
    section('C', "Messages", "Messages", entries)
}

fn message(
    number: u32,
    time: &str,
    exported: &str,
    sender: &str,
    words: &str,
    notes: &[&str],
    chosen: bool,
) -> TranscriptRow {
    TranscriptRow::Message {
        anchor: Anchor::named(format!("MSG-140/{number}")),
        number: number.to_string(),
        time: time.into(),
        as_exported: exported.into(),
        sender: sender.into(),
        words: words.into(),
        notes: notes.iter().map(|note| (*note).to_owned()).collect(),
        files: Vec::new(),
        chosen,
    }
}

fn whatsapp_source() -> Rich {
    vec![
        t(
            "Source: “WhatsApp Chat with Sam.zip”, exported from Alex Reed’s own telephone on 16 November 2026. SHA-256 begins ",
        ),
        Span::Mono("e41b 07d9 c8a2 3f55".into()),
        t(" (whole value: manifest, "),
        to("check"),
        t(")."),
    ]
}

fn transcript() -> Transcript {
    let (alex, sam) = ("Alex Reed", "Sam Reed");
    let m = message;
    Transcript {
        title: "WhatsApp: Alex Reed and Sam Reed".into(),
        subtitle: vec![
            t("17 and 18 September 2026. "),
            b("Excerpt: 12 of 312 messages shown."),
            t(" 6 chosen, in black with a bar; 6 around them for context, in grey."),
        ],
        times_note: "Upper time: London (summer time, UTC+1). Lower time: exactly as exported. Numbers count from the first message in the export.".into(),
        rows: vec![
            TranscriptRow::Day("Thursday 17 September 2026".into()),
            m(187, "6.55 pm", "17/09/2026, 18:55", alex, "Hi Sam, I will be at the library at 4.45 tomorrow. Does Robin need anything for swimming?", &[], false),
            m(188, "7.03 pm", "17/09/2026, 19:03", sam, "شكرا، سنكون هناك في الساعة الخامسة إن شاء الله", &["English (Alex Reed): “Thanks. We will be there at five, God willing.”"], true),
            m(189, "7.04 pm", "17/09/2026, 19:04", sam, "👍🏽🙂", &[], false),
            m(190, "7.20 pm", "17/09/2026, 19:20", sam, "Goggles are in the blue bag", &["Edited. The export holds only the last wording."], false),
            TranscriptRow::Gap("3 messages not shown, 191 to 193: 17 Sep, 7.31 pm to 18 Sep, 11.06 am".into()),
            TranscriptRow::Day("Friday 18 September 2026".into()),
            m(194, "4.47 pm", "18/09/2026, 16:47", alex, "I am at the front entrance.", &["Picture: IMG-20260918-WA0003.jpg"], true),
            m(195, "4.58 pm", "18/09/2026, 16:58", sam, "", &["Deleted. The export says: “This message was deleted.”"], true),
            m(196, "5.09 pm", "18/09/2026, 17:09", alex, "Are you on your way?", &[], false),
            m(197, "5.12 pm", "18/09/2026, 17:12", sam, "We’re not going to make it. Robin has had a long week. We can talk about it tomorrow.", &[], true),
            m(198, "5.15 pm", "18/09/2026, 17:15", alex, "Thank you for telling me. I will wait until 5.50 in case that changes. I would be glad to have Robin another weekend.", &[], true),
            m(199, "6.20 pm", "18/09/2026, 18:20", sam, "", &["Video call, 4 minutes (line written by WhatsApp)"], true),
            m(200, "6.41 pm", "18/09/2026, 18:41", alex, "Robin sounded well. Please say we will swim another time.", &[], false),
            m(201, "6.44 pm", "18/09/2026, 18:44", sam, "Ok", &[], false),
        ],
        source: whatsapp_source(),
        marks_chosen: true,
        messages: Vec::new(),
    }
}

/// Words in many scripts, long words, and characters that must be shown and not obeyed.
const DIFFICULT: [&str; 12] = [
    "Zażółć gęślą jaźń. Do zobaczenia w piątek o piątej.",
    "Dŵr, tŷ, siôn a gwên: welwn ni chi ddydd Gwener, â phob hwyl.",
    "שלום, ניפגש בספרייה בשעה 5",
    "नमस्ते, क्षमा करें, हम शुक्रवार को आएँगे",
    "👩‍👧 🏴󠁧󠁢󠁷󠁬󠁳󠁿 🇵🇱 ❤️",
    "See https://example.org/term-dates/2026_autumn/a-very-long-address-without-any-space/page.html for the dates",
    "Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
    "Turned \u{202e}round\u{202c} and a bell \u{7} here",
    "A word in a script no font of ours has: 漢字",
    "สวัสดี Γειά σου Привет Բարեւ გამარჯობა ሰላም",
    "ਸਤ ਸ੍ਰੀ ਅਕਾਲ, আমরা আসব, અમે આવીશું, நாங்கள் வருவோம்",
    "Mixed: the word سلام stands in the middle (5 pm) of a line ✓ → ½ ☎",
];

fn long_transcript() -> Transcript {
    let mut rows = Vec::new();
    for i in 0..80u32 {
        if i % 20 == 0 {
            rows.push(TranscriptRow::Day(format!("Wednesday {} September 2026", 10 + i / 4)));
        }
        let words = match i {
            i if (i as usize) < DIFFICULT.len() => DIFFICULT[i as usize].to_owned(),
            40 => "A long message, written in one go. ".repeat(40),
            i => format!("Message number {i}, about the bag, the shoes and who brings what on Friday."),
        };
        let sender = if i % 3 == 0 { "Alex Reed" } else { "Sam Reed" };
        rows.push(message(2000 + i, "6.55 pm", "10/09/2026, 18:55", sender, &words, &[], i % 2 == 0));
        if i % 17 == 16 {
            rows.push(TranscriptRow::Gap(format!("{} messages not shown", i / 2)));
        }
    }
    Transcript { rows, ..transcript() }
}

fn email_fields(from: &str, to: &str, subject: &str) -> Vec<Field> {
    vec![
        field("From", vec![t(from)]),
        field("To", vec![t(to)]),
        Field {
            label: "Date".into(),
            value: vec![vec![t("Friday 18 September 2026, 8.41 pm (London time)")]],
            small: Some("as sent: Fri, 18 Sep 2026 20:41:09 +0100".into()),
        },
        field("Subject", vec![t(subject)]),
    ]
}

fn email() -> EmailPage {
    let line = |words: &str| BodyPart::Line(words.into());
    EmailPage {
        title: "E-mail: “This weekend”".into(),
        fields: email_fields("Sam Reed", "Alex Reed", "This weekend"),
        body: vec![
            line("Alex,"),
            line(""),
            line(
                "I am sorry about this evening. Robin started back on Monday and it was the first full week. By Friday Robin was asleep on the sofa at half past four, and I did not think a train and a late tea would help.",
            ),
            line(""),
            line("I should have told you before five and not after. I was trying to see whether Robin would wake up."),
            line(""),
            line(
                "I know the order says this weekend was yours. I am not saying it does not matter. Could we do the Saturday of next weekend instead, ten until six? I would bring Robin to the library.",
            ),
            line(""),
            line("Robin asked about the swimming. The goggles are in the blue bag."),
            line(""),
            line("Sam"),
            BodyPart::Folded(vec![
                t(
                    "Quoted text not repeated here: 14 lines, the e-mail from Alex Reed to Sam Reed of 17 September 2026, 8.12 pm. It is printed in full at ",
                ),
                to("MSG-213"),
                t("."),
            ]),
        ],
        attachments: vec![AttachmentRow {
            name: "school-term-dates.pdf".into(),
            kind: "PDF, 2 pages".into(),
            size: "84 kB".into(),
            page: None,
        }],
        attachments_note: Some("The attachment was not chosen for this bundle. It is kept and can be shown.".into()),
        source: vec![
            t(
                "Source: “Inbox.mbox”, from Alex Reed’s own account, received into the record on 19 September 2026; message 4,118 of that file. SHA-256 begins ",
            ),
            Span::Mono("7c1e 90b4 5d2a f683".into()),
            t(" (whole value: manifest, "),
            to("check"),
            t(")."),
        ],
        remarks: Vec::new(),
    }
}

fn long_email() -> EmailPage {
    let mut body = Vec::new();
    for i in 0..30 {
        body.push(BodyPart::Line(format!("Paragraph {i}. The library closes at six on Fridays, and the last train that gets us home before Robin’s bedtime leaves at ten past.")));
        body.push(BodyPart::Line(String::new()));
    }
    EmailPage {
        title: "E-mail: “Re: This weekend”".into(),
        fields: email_fields("Alex Reed", "Sam Reed", "Re: This weekend"),
        body,
        attachments: Vec::new(),
        attachments_note: None,
        remarks: vec!["This e-mail has no date of its own; the date is when a mail server handled it.".into()],
        ..email()
    }
}

fn photographs() -> Section {
    let entries = vec![
        entry(
            "DOC-52",
            "18 Sep 2026",
            "Photograph, front entrance of Elmgrove Library",
            "Photograph DOC-52",
            Paper::Photograph(photograph()),
        ),
        entry(
            "DOC-53",
            "22 Aug 2026",
            "Voice message from Sam Reed (page in its place)",
            "Recording MSG-131",
            Paper::Placeholder(placeholder()),
        ),
    ];
    section('D', "Photographs and documents", "Photographs and documents", entries)
}

fn photograph() -> PhotographPage {
    PhotographPage {
        title: "Photograph: front entrance of Elmgrove Library".into(),
        subtitle: vec![t("Friday 18 September 2026, 4.46 pm")],
        image: Digest::of(b"photograph"),
        frames: vec![PictureFrame { number: 0, pixels: (4032, 3024), orientation: 1, as_it_is: true }],
        finest: Some(300),
        caption: vec![
            t(
                "The front entrance of Elmgrove Library, seen from the pavement. Taken by me while waiting for Robin. Sent to Sam Reed at 4.47 pm (",
            ),
            to("MSG-140/194"),
            t(", message 194)."),
        ],
        fields: vec![
            Field {
                label: "Taken".into(),
                value: vec![vec![t("Friday 18 September 2026, 4.46 pm (telephone’s clock)")]],
                small: Some("as recorded: 2026:09:18 16:46:31 +01:00".into()),
            },
            field("By", vec![t("Alex Reed")]),
            field("Received", vec![t("18 September 2026, 9.16 pm, from Alex Reed’s own telephone")]),
            field("Supports", vec![t("Contact event of 18 September 2026 ("), to("INC-41"), t(")")]),
        ],
        shown: "The whole picture, turned upright, not otherwise changed. The place recorded by the telephone is left out of this copy.".into(),
        source: vec![
            t("Source: “IMG_2291.jpg”, 3.1 MB, 4,032 × 3,024 pixels. SHA-256 begins "),
            Span::Mono("b85f 12c0 9e7d 44a1".into()),
            t(" (whole value: manifest, "),
            to("check"),
            t(")."),
        ],
    }
}

fn placeholder() -> Placeholder {
    Placeholder {
        title: "Recording: not shown in this paper".into(),
        subtitle: vec![t(
            "A voice message from Sam Reed to Alex Reed, Saturday 22 August 2026. Sound cannot be printed. This page stands in its place.",
        )],
        fields: vec![
            field("What it is", vec![t("Voice message, WhatsApp, message 171 of 312")]),
            field("Length", vec![t("1 minute 12 seconds")]),
            Field {
                label: "Sent".into(),
                value: vec![vec![t("Saturday 22 August 2026, 4.31 pm (London time)")]],
                small: Some("as exported: 22/08/2026, 16:31".into()),
            },
            field("Made by", vec![t("Sam Reed")]),
            field("Known to those recorded", vec![t("Yes: the speaker recorded and sent it")]),
            field("Who is heard", vec![t("Sam Reed only")]),
            field("Is a child heard", vec![t("No; Alex Reed has listened to the whole")]),
            field("Linked to", vec![t("Contact event of 21 August 2026 ("), to("INC-39"), t(")")]),
            field(
                "Kept",
                vec![t("The whole file, not edited, as received on 16 November 2026 from Alex Reed’s own telephone")],
            ),
        ],
        closing: vec![t("The file can be produced whole if the court asks for it.")],
        source: vec![t("Source: “PTT-20260822-WA0001.opus”, 171 kB, in “WhatsApp Chat with Sam.zip”. SHA-256:")],
        hash: Digest::of(b"recording"),
    }
}

fn checking() -> Section {
    let step = |words: Rich, mono: &[&str], after: Option<&str>| CheckStep {
        words,
        mono: mono.iter().map(|line| (*line).to_owned()).collect(),
        after: after.map(|words| vec![t(words)]),
    };
    let manifest = Digest::of(b"manifest");
    let head = Digest::of(b"journal");
    let check = HowToCheck {
        folder: "Reed evidence 2026-11-23.check".into(),
        manifest,
        journal: (731, head),
        steps: vec![
            step(
                vec![
                    b("Ask for the folder"),
                    t(
                        " “Reed evidence 2026-11-23.check”. It came with this paper and holds the originals, a list of their hashes (SHA256SUMS), the manifest and the journal.",
                    ),
                ],
                &[],
                None,
            ),
            step(
                vec![b("Compare the list."), t(" In that folder, on a Mac, Linux or Windows (one file at a time):")],
                &["shasum -a 256 -c SHA256SUMS", "sha256sum -c SHA256SUMS", "certutil -hashfile manifest.json SHA256"],
                Some("Each line should end in “OK”; on Windows the value should be the one in the list."),
            ),
            step(
                vec![b("Compare the manifest"), t(" with this value, printed here when the paper was made:")],
                &[&manifest.in_eights()],
                None,
            ),
            step(
                vec![
                    b("Compare the journal head."),
                    t(
                        " Alex Reed gave this value to Priya Nair on 2 October 2026 (entry 618). The journal in the folder must pass through it:",
                    ),
                ],
                &[&head.in_eights()],
                None,
            ),
            step(
                vec![
                    b("Compare pages."),
                    t(
                        " The number at the foot of a page is the number your reader shows for it. Each line of the index (",
                    ),
                    to("index"),
                    t(") leads to the page it names."),
                ],
                &[],
                None,
            ),
        ],
        chapters: vec![
            (
                "What this shows".into(),
                vec![t(
                    "That the files in the folder are those this paper was made from, and that the first 618 entries of the journal have not changed since 2 October 2026.",
                )],
            ),
            (
                "What it does not show".into(),
                vec![t(
                    "Who wrote a message, whether what it says is true, or whether the record is complete. A person who keeps a record alone could write it again from the start; only a value given to someone else on an earlier day speaks against it.",
                )],
            ),
        ],
        source: vec![t(
            "Made with Daybook 1.0 on Monday 23 November 2026, 2.05 pm London time, from journal entry 731.",
        )],
    };
    section(
        'E',
        "Checking",
        "How to check this paper",
        vec![entry("check", "23 Nov 2026", "How to check this paper", HEAD, Paper::HowToCheck(check))],
    )
}

/// An exhibit: the front sheet, then the messages and the photograph of the bundle.
pub(crate) fn exhibit() -> BundlePlan {
    let front = ExhibitFront {
        corner: [
            ("On behalf of", "Applicant"),
            ("Made by", "A. Reed"),
            ("Statement no.", "1"),
            ("Exhibit", "AR1"),
            ("Date", "20 November 2026"),
        ]
        .map(|(label, value)| (label.to_owned(), value.to_owned()))
        .to_vec(),
        heading: heading(&[("Alex Reed", "Applicant"), ("Sam Reed", "Respondent")]),
        title: "Exhibit AR1".into(),
        identifying: vec![t("This is the exhibit marked AR1 referred to in the first witness statement of Alex Reed.")],
        closing: "All are copies. The originals are kept and can be produced.".into(),
    };
    let mut letter = email();
    letter.source = vec![t("Source: “Inbox.mbox”, message 4,118 of that file.")];
    letter.body.pop();
    let mut photo = photograph();
    photo.caption = vec![t("The front entrance of Elmgrove Library.")];
    photo.fields.retain(|field| field.label != "Supports");
    photo.source = vec![t("Source: “IMG_2291.jpg”.")];
    let mut thread = transcript();
    thread.source = vec![t("Source: “WhatsApp Chat with Sam.zip”.")];
    let entries = vec![
        entry("front", "", "Front sheet", "", Paper::ExhibitFront(front)),
        entry(
            "MSG-140",
            "17 Sep 2026",
            "WhatsApp messages, Alex Reed and Sam Reed",
            "Exhibit AR1",
            Paper::Transcript(thread),
        ),
        entry("MSG-212", "18 Sep 2026", "E-mail, Sam Reed to Alex Reed", "Exhibit AR1", Paper::Email(letter)),
        entry(
            "DOC-52",
            "18 Sep 2026",
            "Photograph, front entrance of Elmgrove Library",
            "Exhibit AR1",
            Paper::Photograph(photo),
        ),
    ];
    BundlePlan {
        profile: Profile::Exhibit,
        reader: Reader::Court,
        practice: true,
        title: "Exhibit AR1".into(),
        head_left: "BS26P70940  A. Reed".into(),
        numbering: Numbering::Exhibit { mark: "AR1".into() },
        sections: vec![Section { letter: None, title: String::new(), described: String::new(), entries }],
        ..evidence()
    }
}
