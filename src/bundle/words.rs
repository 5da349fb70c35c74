//! Every word of a plan, in the order of the paper: to be searched before anything is drawn, and to
//! be read in tests.

use super::plan::{
    BodyPart, BundlePlan, ChronologyRow, ContactPart, EventPage, Field, Heading, HearingFront, Paper, PlannedEntry,
    Rich, Span, SupportRow, TranscriptRow,
};
use super::schedule::{Schedule, SchedulePage, ScheduleRow};
use super::sheet::{Sheet, SheetPart};

/// A piece of text of a plan and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedText {
    /// The place: an anchor.
    pub place: String,
    /// The text; a reference stands as `[INC-1]`.
    pub text: String,
}

impl BundlePlan {
    /// Every text that will be printed or stand in the file's properties and bookmarks.
    #[must_use]
    pub fn texts(&self) -> Vec<PlacedText> {
        let mut texts = Texts { place: "title".to_owned(), found: Vec::new() };
        texts.add(&self.title);
        texts.add(&self.head_left);
        for section in &self.sections {
            section.title.clone_into(&mut texts.place);
            texts.add(&section.title);
            texts.add(&section.described);
            for entry in &section.entries {
                texts.entry(entry);
            }
        }
        texts.found
    }
}

/// Running text as one string.
#[must_use]
pub(super) fn plain(rich: &Rich) -> String {
    rich.iter()
        .map(|span| match span {
            Span::Text(text) | Span::Bold(text) | Span::Mono(text) => text.clone(),
            Span::Reference(anchor) => format!("[{}]", anchor.0),
        })
        .collect()
}

impl ScheduleRow {
    /// The pages behind it as one text: a place in this file in brackets, an en dash where there is none.
    pub(super) fn pages_in_words(&self) -> String {
        let pages: Vec<String> = self
            .pages
            .iter()
            .map(|page| match page {
                SchedulePage::Here(anchor) => format!("[{}]", anchor.0),
                SchedulePage::Elsewhere(label) => label.clone(),
            })
            .collect();
        if pages.is_empty() { "–".to_owned() } else { pages.join(" ") }
    }
}

struct Texts {
    place: String,
    found: Vec<PlacedText>,
}

impl Texts {
    fn add(&mut self, text: &str) {
        if !text.is_empty() {
            self.found.push(PlacedText { place: self.place.clone(), text: text.to_owned() });
        }
    }

    fn contact(&mut self, part: &ContactPart) {
        self.rich(&part.summary);
        part.outcomes.iter().for_each(|row| self.add(&format!("{}: {}", row.label, row.count)));
        let heads: Vec<&str> = part.table_head.iter().map(|head| head.words.as_str()).collect();
        self.add(&heads.join(" | "));
        part.table.iter().for_each(|row| self.add(&row.join(" | ")));
        self.add(&part.note);
        part.days.iter().for_each(|(what, when)| self.add(&format!("{what}: {when}")));
    }

    fn rich(&mut self, rich: &Rich) {
        self.add(&plain(rich));
    }

    fn entry(&mut self, entry: &PlannedEntry) {
        self.place.clone_from(&entry.anchor.0);
        self.add(&entry.date);
        self.add(&entry.title);
        self.add(&entry.head_right);
        self.paper(&entry.paper);
    }

    fn paper(&mut self, paper: &Paper) {
        match paper {
            Paper::Cover(cover) => {
                self.heading(&cover.heading);
                self.add(&cover.title);
                self.add(&cover.subtitle);
                self.fields(&cover.fields);
                self.rich(&cover.do_not_copy);
                self.rich(&cover.shows);
                self.rich(&cover.checked);
            }
            Paper::Index | Paper::Foreign(_) => {}
            Paper::Chronology(chronology) => {
                if let Some(alone) = &chronology.alone {
                    self.heading(&alone.heading);
                    self.add(&alone.dated);
                    self.add(&alone.references);
                }
                self.rich(&chronology.subtitle);
                chronology.rows.iter().for_each(|row| self.row(row));
            }
            Paper::Contact(page) => {
                page.parts.iter().for_each(|part| self.contact(part));
            }
            Paper::Event(page) => self.event(page),
            Paper::Order(page) => {
                self.add(&page.title);
                self.rich(&page.subtitle);
                self.fields(&page.fields);
                for paragraph in &page.paragraphs {
                    let remark = paragraph.remark.as_deref().unwrap_or_default();
                    self.add(&format!("{} {} {remark}", paragraph.number, paragraph.words));
                }
                self.rich(&page.note);
            }
            Paper::Email(page) => {
                self.add(&page.title);
                self.fields(&page.fields);
                page.remarks.iter().for_each(|remark| self.add(remark));
                self.body(&page.body);
                for row in &page.attachments {
                    self.add(&format!("{} | {} | {}", row.name, row.kind, row.size));
                }
                self.add(page.attachments_note.as_deref().unwrap_or_default());
                self.rich(&page.source);
            }
            Paper::Transcript(page) => {
                self.add(&page.title);
                self.rich(&page.subtitle);
                self.add(&page.times_note);
                page.rows.iter().for_each(|row| self.transcript_row(row));
                self.rich(&page.source);
            }
            Paper::Photograph(page) => {
                self.add(&page.title);
                self.rich(&page.subtitle);
                self.rich(&page.caption);
                self.fields(&page.fields);
                self.add(&format!("Shown here: {}", page.shown));
                self.rich(&page.source);
            }
            Paper::Placeholder(page) => {
                self.add(&page.title);
                self.rich(&page.subtitle);
                self.fields(&page.fields);
                self.rich(&page.closing);
                self.rich(&page.source);
            }
            Paper::ExhibitFront(front) => {
                front.corner.iter().for_each(|(label, value)| self.add(&format!("{label}: {value}")));
                self.heading(&front.heading);
                self.add(&front.title);
                self.rich(&front.identifying);
                self.add(&front.closing);
            }
            Paper::HearingFront(front) => self.hearing_front(front),
            Paper::Schedule(schedule) => self.schedule(schedule),
            Paper::Sheet(sheet) => self.sheet(sheet),
            Paper::HowToCheck(page) => {
                self.add(&page.folder);
                for step in &page.steps {
                    self.rich(&step.words);
                    step.mono.iter().for_each(|line| self.add(line));
                    step.after.iter().for_each(|after| self.rich(after));
                }
                page.chapters.iter().for_each(|(title, words)| {
                    self.add(title);
                    self.rich(words);
                });
                self.rich(&page.source);
            }
        }
    }

    fn hearing_front(&mut self, front: &HearingFront) {
        self.heading(&front.heading);
        self.add(&front.title);
        self.add(&front.dated);
        self.fields(&front.fields);
        for (head, list) in
            [("To decide", &front.to_decide), ("Agreed", &front.agreed), ("Not agreed", &front.not_agreed)]
        {
            for words in list {
                self.add(&format!("{head}: {words}"));
            }
        }
        for paper in &front.essential {
            self.add(&format!("Essential reading: {} | {}", paper.title, paper.page.0));
        }
        self.rich(&front.note);
    }

    fn schedule(&mut self, schedule: &Schedule) {
        self.heading(&schedule.heading);
        self.add(&schedule.title);
        self.rich(&schedule.prepared);
        self.fields(&schedule.fields);
        let counts = &schedule.counts;
        self.add(&format!("{}: {} due", counts.title, counts.due));
        counts.rows.iter().for_each(|(label, count)| self.add(&format!("{label}: {count}")));
        self.add(&counts.note);
        self.add(&schedule.blank.join(" | "));
        for group in &schedule.groups {
            self.rich(&group.under);
            group.rows.iter().for_each(|row| self.schedule_row(row));
        }
        self.add(&schedule.note);
    }

    fn schedule_row(&mut self, row: &ScheduleRow) {
        let page_place = std::mem::replace(&mut self.place, row.anchor.0.clone());
        let known: Vec<String> = row.known.iter().map(|(name, value)| format!("{name}: {}", plain(value))).collect();
        let ScheduleRow { number, date, id, due, did, happened, reason, .. } = row;
        let (known, pages) = (known.join("; "), row.pages_in_words());
        self.add(&format!("{number} {date} {id} | {due} | {did} | {happened} | {reason} | {known} | {pages}"));
        self.place = page_place;
    }

    fn sheet(&mut self, sheet: &Sheet) {
        self.add(&sheet.title);
        self.rich(&sheet.subtitle);
        sheet.parts.iter().for_each(|part| self.part(part));
    }

    fn part(&mut self, part: &SheetPart) {
        match part {
            SheetPart::Heading(words) => self.add(words),
            SheetPart::Words(words) | SheetPart::Remark(words) => self.rich(words),
            SheetPart::Numbered(list) => list.iter().for_each(|words| self.add(words)),
            SheetPart::SideBySide(columns) => {
                for (title, list) in columns {
                    self.add(title);
                    for words in list {
                        self.add(words);
                    }
                }
            }
            SheetPart::Totals(rows) => {
                for row in rows {
                    self.add(&format!("{}: {}", row.label, row.figure));
                }
            }
            SheetPart::Fields(fields) => self.fields(fields),
            SheetPart::Table(table) => {
                for row in &table.rows {
                    let cells: Vec<String> = row.iter().map(plain).collect();
                    self.add(&cells.join(" | "));
                }
            }
        }
    }

    fn heading(&mut self, heading: &Heading) {
        let lines = [&heading.court, &heading.case_number, &heading.statute].into_iter().flatten();
        for line in lines.chain(&heading.children) {
            self.add(line);
        }
        heading.parties.iter().for_each(|(name, role)| self.add(&format!("{name}, {role}")));
    }

    fn fields(&mut self, fields: &[Field]) {
        for field in fields {
            let value: Vec<String> = field.value.iter().map(plain).collect();
            self.add(&format!("{}: {}", field.label, value.join("\n")));
            self.add(field.small.as_deref().unwrap_or_default());
        }
    }

    fn row(&mut self, row: &ChronologyRow) {
        let page_place = std::mem::replace(&mut self.place, row.anchor.0.clone());
        let mark = if row.supported { "●" } else { "○" };
        let support: Vec<String> = row.support.iter().map(|anchor| format!(" [{}]", anchor.0)).collect();
        let support = support.concat();
        let otherwise: Vec<String> =
            row.otherwise.iter().map(|anchor| format!(" Says otherwise: [{}].", anchor.0)).collect();
        let otherwise = otherwise.concat();
        let elsewhere = row.elsewhere.as_deref().unwrap_or("–");
        let pages: Vec<&str> = row.pages.iter().map(|anchor| anchor.0.as_str()).collect();
        let page = if pages.is_empty() { elsewhere.to_owned() } else { pages.join(", ") };
        self.add(&format!("{} | {}{otherwise} | {mark}{support} | {page}", row.date, row.what));
        self.place = page_place;
    }

    fn event(&mut self, page: &EventPage) {
        self.add(&page.title);
        self.rich(&page.subtitle);
        for row in &page.table {
            let actual = row.actual.as_ref().map_or(String::new(), |actual| format!(" | {}", plain(actual)));
            self.add(&format!("{}: {}{actual}", row.label, plain(&row.due)));
        }
        self.fields(&page.fields);
        self.support("Supported by", &page.supported_by);
        self.support("Says otherwise", &page.says_otherwise);
    }

    fn support(&mut self, head: &str, rows: &[SupportRow]) {
        for row in rows {
            let page = row.page.as_ref().map_or("–", |anchor| anchor.0.as_str());
            self.add(&format!("{head}: {} | {page}", row.title));
        }
    }

    /// The lines of a message as one text, so that a word broken over two lines is found.
    fn body(&mut self, body: &[BodyPart]) {
        let lines: Vec<String> = body
            .iter()
            .map(|part| match part {
                BodyPart::Line(line) => line.clone(),
                BodyPart::Folded(rich) => format!("[folded: {}]", plain(rich)),
            })
            .collect();
        self.add(&lines.join("\n"));
    }

    fn transcript_row(&mut self, row: &TranscriptRow) {
        match row {
            TranscriptRow::Day(words) | TranscriptRow::Gap(words) => self.add(words),
            TranscriptRow::Message { anchor, number, time, as_exported, sender, words, notes, files, .. } => {
                // A finding about a message of a chat names the message.
                let own = anchor.0.parse::<crate::model::RecordId>().is_ok();
                let place = if own { anchor.0.clone() } else { self.place.clone() };
                let page_place = std::mem::replace(&mut self.place, place);
                self.add(&format!("{number} | {time} | {as_exported} | {sender} | {words}"));
                for note in notes {
                    self.add(note);
                }
                for file in files {
                    let picture = if file.picture.is_some() { " [picture]" } else { "" };
                    self.add(&format!("{}{picture} | {}", file.name, plain(&file.about)));
                }
                self.place = page_place;
            }
        }
    }
}
