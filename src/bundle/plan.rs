//! What a paper will hold, decided before anything is drawn: values that can be shown, tested and refused.
//!
//! `bundle` decides, `layout` places, `pdf` draws. A plan names places by [`Anchor`]; the label a
//! reader sees (`B20`) is found by `layout`, when it is known how long everything is.

use std::collections::BTreeMap;

use super::schedule::Schedule;
use super::sheet::Sheet;
use crate::model::{Digest, Finding, Instant, Profile, Reader, RecordId};

/// A place a reader can be led to, named independently of page numbers: `INC-41`, `index`,
/// `ORD-1/3` (a paragraph), `MSG-4#att-0`. The first page of an entry always has the entry's anchor.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Anchor(pub String);

impl Anchor {
    /// The anchor of a record's own pages.
    #[must_use]
    pub fn record(id: RecordId) -> Self {
        Anchor(id.to_string())
    }

    /// A place of this name.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Anchor(name.into())
    }

    /// The place of a page of this entry, counted from 0: the pages of another file have places of their own.
    #[must_use]
    pub fn page(&self, index: usize) -> Self {
        if index == 0 { self.clone() } else { Anchor(format!("{}/page-{}", self.0, index + 1)) }
    }
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    /// Words.
    Text(String),
    /// Words in bold.
    Bold(String),
    /// The label of the page where this place is, linked. Where the place is not in the edition the
    /// plan has no such span: a reference to a page the reader does not hold must never be printed.
    Reference(Anchor),
    /// A short hash in Mono, never broken over a line.
    Mono(String),
}

/// Running text with references in it.
pub type Rich = Vec<Span>;

/// A whole paper, planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundlePlan {
    /// The name of this edition: `BND-7`.
    pub edition: RecordId,
    /// What kind of paper.
    pub profile: Profile,
    /// For what kind of reader.
    pub reader: Reader,
    /// Every page is marked PRACTICE.
    pub practice: bool,
    /// The title, as the cover and the file's properties have it.
    pub title: String,
    /// The case number, at the left of the running head. Empty where there is none yet.
    pub head_left: String,
    /// How pages are numbered.
    pub numbering: Numbering,
    /// Made on: the one clock reading of this edition.
    pub made: Instant,
    /// The parts, in order.
    pub sections: Vec<Section>,
    /// What was found while planning, worst first.
    pub findings: Vec<Finding>,
    /// What was held back or not chosen, and why. For the user only.
    pub left_out: Vec<LeftOut>,
    /// The kept files this edition stands on, by hash: for the manifest and `SHA256SUMS`.
    pub sources: BTreeMap<Digest, SourceFile>,
}

impl BundlePlan {
    /// Every entry, in the order of the paper.
    pub fn entries(&self) -> impl Iterator<Item = &PlannedEntry> {
        self.sections.iter().flat_map(|section| &section.entries)
    }

    /// The same plan with the hash of its manifest on the page that tells how to check. The manifest
    /// is made of the plan, so it comes after it; until then the page holds the hash of no bytes.
    #[must_use]
    pub fn with_manifest(mut self, manifest: Digest) -> Self {
        for entry in self.sections.iter_mut().flat_map(|section| &mut section.entries) {
            if let Paper::HowToCheck(page) = &mut entry.paper {
                let (until_now, from_now) = (page.manifest.in_eights(), manifest.in_eights());
                let lines = page.steps.iter_mut().flat_map(|step| &mut step.mono);
                lines.filter(|line| **line == until_now).for_each(|line| line.clone_from(&from_now));
                page.manifest = manifest;
            }
        }
        self
    }

    /// Findings that stop the paper.
    pub fn blocking(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.severity == crate::model::Severity::Block)
    }
}

/// How pages are numbered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Numbering {
    /// A letter a section, each from 1: `A1`, `B7` (27A-01, 27A-30).
    Sections,
    /// One run with the exhibit's mark: `AR1-14` (22A-30).
    Exhibit {
        /// `AR1`.
        mark: String,
    },
}

/// One section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// `A`; `None` in an exhibit.
    pub letter: Option<char>,
    /// As the index names it.
    pub title: String,
    /// As the cover names it, where that says more.
    pub described: String,
    /// Its parts, in order.
    pub entries: Vec<PlannedEntry>,
}

/// One row of the index and the pages behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedEntry {
    /// Its place.
    pub anchor: Anchor,
    /// The record it prints, where it prints one.
    pub id: Option<RecordId>,
    /// Which version of that record.
    pub version: Option<u32>,
    /// For the index: `18 Sep 2026`. Empty: not known.
    pub date: String,
    /// For the index and the bookmark.
    pub title: String,
    /// At the right of the running head: `Contact event INC-41`.
    pub head_right: String,
    /// The kept files it shows or stands for.
    pub sources: Vec<Digest>,
    /// What its pages hold.
    pub paper: Paper,
}

/// Something not in the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The record.
    pub id: RecordId,
    /// Why, in the user's language.
    pub why: String,
}

/// A kept file an edition stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Its name as received: a label.
    pub name: String,
    /// How many bytes.
    pub bytes: u64,
    /// By its content.
    pub media_type: String,
}

/// What the pages of an entry hold. How each looks: the numbers are in `docs/architecture.md`, the
/// page kinds in the same order as there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Paper {
    /// The first page of a bundle.
    Cover(Cover),
    /// The index; its rows are the plan's own entries.
    Index,
    /// One row an event.
    Chronology(Chronology),
    /// Due and held, by month.
    Contact(ContactPage),
    /// One contact event, or a step: title, table, fields, support.
    Event(EventPage),
    /// An order's paragraphs in their exact words.
    Order(OrderPage),
    /// One e-mail.
    Email(EmailPage),
    /// Messages of one conversation, or one conversation typed in.
    Transcript(Transcript),
    /// A photograph, drawn from its kept bytes.
    Photograph(PhotographPage),
    /// The pages of a foreign PDF, as they are: never scaled, with the number alone.
    Foreign(ForeignPages),
    /// An honest page for what is not shown.
    Placeholder(Placeholder),
    /// The first page of an exhibit.
    ExhibitFront(ExhibitFront),
    /// How a sceptic checks the paper.
    HowToCheck(HowToCheck),
    /// The first page of a hearing bundle.
    HearingFront(HearingFront),
    /// The schedule for an enforcement application.
    Schedule(Schedule),
    /// A page of our own made of parts: for mediation, for a call, the reports and lists of an archive.
    Sheet(Sheet),
}

/// The heading of the action, as covers and front sheets print it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// `IN THE FAMILY COURT AT BRISTOL`. `None` before proceedings: nothing is printed then.
    pub court: Option<String>,
    /// `Case No. BS26P70940`.
    pub case_number: Option<String>,
    /// `The Children Act 1989`.
    pub statute: Option<String>,
    /// `Robin Reed (a child, born 2017)`, one a line.
    pub children: Vec<String>,
    /// `Alex Reed` / `Applicant`; empty on covers that name no parties.
    pub parties: Vec<(String, String)>,
}

/// A label and its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// In Sans, at the left.
    pub label: String,
    /// Paragraphs.
    pub value: Vec<Rich>,
    /// A line at 9 pt beneath: a time exactly as exported.
    pub small: Option<String>,
}

/// The cover of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    /// The heading.
    pub heading: Heading,
    /// `Chronological bundle of evidence`.
    pub title: String,
    /// `14 June 2025 to 20 November 2026`.
    pub subtitle: String,
    /// Prepared by, for, purpose, made on, edition. `layout` adds the length.
    pub fields: Vec<Field>,
    /// `Please do not copy this on.` and why (PRI-08).
    pub do_not_copy: Rich,
    /// What the bundle does and does not show.
    pub shows: Rich,
    /// `Checked by Daybook on …`.
    pub checked: Rich,
}

/// The chronology.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chronology {
    /// `14 June 2025 to 20 November 2026. “I” is Alex Reed, the applicant.`
    pub subtitle: Rich,
    /// Earliest first.
    pub rows: Vec<ChronologyRow>,
    /// For a chronology that is a paper of its own: what stands on its first page besides.
    pub alone: Option<ChronologyAlone>,
}

/// What a chronology that is a paper of its own says besides its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChronologyAlone {
    /// The heading of the action, with parties.
    pub heading: Heading,
    /// `Dated 7 December 2026, for the hearing on Monday 14 December 2026` (27A-33).
    pub dated: String,
    /// Which editions the page references are to; empty where there are none.
    pub references: String,
}

/// One row of the chronology.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChronologyRow {
    /// The row's own place, so that its pages can lead back to it.
    pub anchor: Anchor,
    /// `Fri 18 Sep 2026`; `not known` in words.
    pub date: String,
    /// What happened, in two lines as a rule.
    pub what: String,
    /// A paper or message supports it: in this bundle, unless `elsewhere` says where it is.
    pub supported: bool,
    /// Where the support is, beside the event's own page; empty when it is the page itself, and where events have
    /// no pages of their own.
    pub support: Vec<Anchor>,
    /// Where papers and records stand that say otherwise.
    pub otherwise: Vec<Anchor>,
    /// The event's or paper's own page; in a hearing bundle, the pages that support it. Empty: none in this edition.
    pub pages: Vec<Anchor>,
    /// The labels of its pages in an earlier edition that the paper names, where it has none in this one; or `kept`.
    pub elsewhere: Option<String>,
}

/// Due and held. What was due by an order, by agreement, as usual, and calls, are parts of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactPage {
    /// At least one; each begins a page.
    pub parts: Vec<ContactPart>,
}

/// What was due for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactPart {
    /// Where a reference to it leads; `None`: to the whole page.
    pub place: Option<Anchor>,
    /// `Contact due and held`.
    pub title: String,
    /// Denominator first.
    pub summary: Rich,
    /// What one session is called: `weekend`, `session`, `call`.
    pub noun: &'static str,
    /// One row an outcome: label, number, and the letter not-held squares carry. The first is what was due,
    /// the others use it up exactly once.
    pub outcomes: Vec<OutcomeRow>,
    /// One line a month. Empty: no session has a day.
    pub calendar: Vec<CalendarMonth>,
    /// Heads of the month table.
    pub table_head: Vec<ColumnHead>,
    /// Its rows; the last is the total. The first column is text, the others figures.
    pub table: Vec<Vec<String>>,
    /// Under the table.
    pub note: String,
    /// The days of each outcome, in words: what the chart and the calendar show, as text.
    pub days: Vec<(String, String)>,
}

/// The head of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnHead {
    /// What it and its neighbours have in common: `Not held`.
    pub group: Option<&'static str>,
    /// Its own words: `by me`.
    pub words: String,
}

/// One line of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarMonth {
    /// `March`, or `March 2026` where there is more than one year.
    pub label: String,
    /// How many days it has.
    pub days: u32,
    /// In order of time.
    pub bars: Vec<CalendarBar>,
}

/// The days of one session in one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CalendarBar {
    /// The first day, from 1.
    pub first: u32,
    /// The last day; it may lie beyond the month's last, where the session ends on the first of the next.
    pub last: u32,
    /// How it is drawn.
    pub mark: Square,
    /// It began in the month before.
    pub opens: bool,
    /// It goes on in the next month.
    pub goes_on: bool,
}

/// One row of the unit chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeRow {
    /// `Held, in full`.
    pub label: String,
    /// How many.
    pub count: u32,
    /// How its squares are drawn.
    pub square: Square,
    /// The label is bold (due, and what was held).
    pub bold: bool,
}

/// A square of the unit chart. Nothing depends on grey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Square {
    /// Outline: due.
    Empty,
    /// Black: held in full.
    Full,
    /// Half black: held in part.
    Half,
    /// Outline with this letter: not held, or moved.
    Letter(char),
    /// Dotted with a question mark: not known.
    Unknown,
}

/// One contact event or step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventPage {
    /// `Friday 18 September 2026: nobody came to the handover`.
    pub title: String,
    /// `Due under paragraph 3 of the order of … (B2). Chronology: A4.`
    pub subtitle: Rich,
    /// The table due / what took place; empty where nothing was due.
    pub table: Vec<EventRow>,
    /// In their fixed order; empty optional ones already left out.
    pub fields: Vec<Field>,
    /// What supports it.
    pub supported_by: Vec<SupportRow>,
    /// What says otherwise.
    pub says_otherwise: Vec<SupportRow>,
}

/// A row of the table of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRow {
    /// `Start`.
    pub label: String,
    /// What was due.
    pub due: Rich,
    /// What took place; `None`: `due` runs over both columns (the order's words).
    pub actual: Option<Rich>,
}

/// A title and its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupportRow {
    /// What it is.
    pub title: String,
    /// Where; `None` prints an en dash.
    pub page: Option<Anchor>,
}

/// An order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderPage {
    /// `Child arrangements order`.
    pub title: String,
    /// By whom, when.
    pub subtitle: Rich,
    /// Court, case number, made, served, notices, in force.
    pub fields: Vec<Field>,
    /// Its paragraphs as kept.
    pub paragraphs: Vec<OrderWords>,
    /// Whether all of the order is here, where the paper is, in Sans 10.
    pub note: Rich,
}

/// A paragraph in its exact words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderWords {
    /// Its own place.
    pub anchor: Anchor,
    /// `3`.
    pub number: String,
    /// Exactly.
    pub words: String,
    /// `recital: records an agreement`, where it is not ordered.
    pub remark: Option<String>,
}

/// One e-mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailPage {
    /// `E-mail: “This weekend”`.
    pub title: String,
    /// From, To, (Copied to,) Date, Subject: names, no addresses.
    pub fields: Vec<Field>,
    /// The words.
    pub body: Vec<BodyPart>,
    /// Files that came with it.
    pub attachments: Vec<AttachmentRow>,
    /// Under the attachments.
    pub attachments_note: Option<String>,
    /// On the bottom margin of the last page: file, from where, when received, hash.
    pub source: Rich,
    /// What must be said of its time or text, in Sans, above the body.
    pub remarks: Vec<String>,
}

/// Part of a message's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BodyPart {
    /// A line of the message as written (it may need several on paper). Empty: a blank line.
    Line(String),
    /// Quoted text that is folded: how many lines, whose, where printed in full.
    Folded(Rich),
}

/// A file that came with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentRow {
    /// Its name as a label.
    pub name: String,
    /// `PDF, 2 pages`.
    pub kind: String,
    /// `84 kB`.
    pub size: String,
    /// Where it is printed.
    pub page: Option<Anchor>,
}

/// Messages of one conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcript {
    /// `WhatsApp: Alex Reed and Sam Reed`.
    pub title: String,
    /// `17 and 18 September 2026. Excerpt: 12 of 312 messages shown. …`
    pub subtitle: Rich,
    /// Whose times these are, in Sans.
    pub times_note: String,
    /// In order.
    pub rows: Vec<TranscriptRow>,
    /// The source note.
    pub source: Rich,
    /// What was chosen has a bar; where everything is shown alike, nothing has.
    pub marks_chosen: bool,
    /// The records its rows print and their versions, in order.
    pub messages: Vec<(RecordId, u32)>,
}

/// A line of a transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TranscriptRow {
    /// `Thursday 17 September 2026`.
    Day(String),
    /// `3 messages not shown, 191 to 193: …`
    Gap(String),
    /// One message.
    Message {
        /// Its own place.
        anchor: Anchor,
        /// Its number in the export.
        number: String,
        /// London time.
        time: String,
        /// Exactly as exported, at 9 pt.
        as_exported: String,
        /// The full sender.
        sender: String,
        /// What somebody wrote, in Serif.
        words: String,
        /// What our program or theirs says of it, in Sans: edited, deleted, attached.
        notes: Vec<String>,
        /// Files that came with it.
        files: Vec<ChatFile>,
        /// Chosen, or shown for context.
        chosen: bool,
    },
}

/// A file that came with a message of a transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChatFile {
    /// Its name as a label.
    pub name: String,
    /// Kind, size, and where it is printed or why it is not.
    pub about: Rich,
    /// Its picture, drawn small beneath the words.
    pub picture: Option<ChatPicture>,
}

/// A photograph as a transcript shows it: 40 mm wide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChatPicture {
    /// The kept bytes.
    pub image: Digest,
    /// Which picture of them.
    pub frame: PictureFrame,
    /// The most dots an inch (27A-60). `None`: no limit is known.
    pub finest: Option<u32>,
}

/// A photograph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhotographPage {
    /// `Photograph: front entrance of Elmgrove Library`.
    pub title: String,
    /// Its date.
    pub subtitle: Rich,
    /// The kept bytes.
    pub image: Digest,
    /// Its pictures, at least one: a scan has one for each of its pages.
    pub frames: Vec<PictureFrame>,
    /// The most dots an inch (27A-60). `None`: no limit is known.
    pub finest: Option<u32>,
    /// The user's caption.
    pub caption: Rich,
    /// Taken, by, received, supports.
    pub fields: Vec<Field>,
    /// What was done to the copy, in sentences; `layout` adds what it does itself: parts, and how fine.
    pub shown: String,
    /// File, size, hash.
    pub source: Rich,
}

/// One picture of a kept file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureFrame {
    /// Its number in the file, from 0.
    pub number: u32,
    /// Width and height in pixels as shown (upright).
    pub pixels: (u32, u32),
    /// EXIF orientation, 1 to 8.
    pub orientation: u8,
    /// Every pixel goes into the paper, however fine it is printed.
    pub as_it_is: bool,
}

/// The pages of a foreign PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignPages {
    /// The kept bytes, or the decoded bytes of an attachment.
    pub source: Digest,
    /// Its pages, in order.
    pub pages: Vec<ForeignPage>,
}

/// A page of a foreign PDF, in thousandths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForeignPage {
    /// Width as a reader sees it.
    pub width: u32,
    /// Height as a reader sees it, before it grows.
    pub height: u32,
    /// By how much it grows at the bottom for its number.
    pub growth: u32,
    /// The fingerprint of the page in its source, with which the finished paper is compared.
    pub fingerprint: Digest,
}

/// A page in place of something that is not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placeholder {
    /// `Recording: not shown in this paper`.
    pub title: String,
    /// What it is and why this page stands in its place.
    pub subtitle: Rich,
    /// What is known of it.
    pub fields: Vec<Field>,
    /// `The file can be produced whole if the court asks for it.`
    pub closing: Rich,
    /// The source note, with the whole hash.
    pub source: Rich,
    /// The whole hash, printed in eights.
    pub hash: Digest,
}

/// The front sheet of an exhibit (PD22A 3.2, 9.3; 22A-03, 22A-10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExhibitFront {
    /// The five lines at top right: label and value.
    pub corner: Vec<(String, String)>,
    /// The heading of the action, with parties.
    pub heading: Heading,
    /// `Exhibit AR1`.
    pub title: String,
    /// `This is the exhibit marked AR1 referred to in the first witness statement of Alex Reed.`
    pub identifying: Rich,
    /// `All are copies. The originals are kept and can be produced.`; `layout` puts the length first.
    pub closing: String,
}

/// The last page of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HowToCheck {
    /// The name of the folder that belongs to the paper.
    pub folder: String,
    /// The manifest's SHA-256, which is known before the paper is drawn.
    pub manifest: Digest,
    /// The journal entry the paper was made from, and the head there.
    pub journal: (u64, Digest),
    /// The numbered steps and the two closing chapters.
    pub steps: Vec<CheckStep>,
    /// `What this shows` and `What it does not show`.
    pub chapters: Vec<(String, Rich)>,
    /// The note on the bottom margin.
    pub source: Rich,
}

/// One numbered step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckStep {
    /// What to do.
    pub words: Rich,
    /// Commands or values in Mono.
    pub mono: Vec<String>,
    /// What should be seen.
    pub after: Option<Rich>,
}

/// The first page of a hearing bundle: what a judge looks for first. It has one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HearingFront {
    /// The heading of the action, with parties.
    pub heading: Heading,
    /// `Case summary`.
    pub title: String,
    /// `Dated 7 December 2026, for the hearing on Monday 14 December 2026` (27A-33).
    pub dated: String,
    /// Hearing, time estimate, application, order in force.
    pub fields: Vec<Field>,
    /// What is to be decided, in the user's words; numbered by `layout`.
    pub to_decide: Vec<String>,
    /// What is agreed, in the user's words.
    pub agreed: Vec<String>,
    /// What is not agreed, in the user's words.
    pub not_agreed: Vec<String>,
    /// Essential reading, in the user's order (27A-70); `layout` adds lengths.
    pub essential: Vec<EssentialReading>,
    /// Who prepared it, and the limit; `layout` puts the length first.
    pub note: Rich,
}

/// A paper of essential reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EssentialReading {
    /// As the index names it.
    pub title: String,
    /// Where it is: the place of its entry.
    pub page: Anchor,
}
