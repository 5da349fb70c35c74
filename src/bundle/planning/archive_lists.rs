//! What the archive says of the record itself: who is who, what was corrected, marks, links, choices, kept
//! files, the papers made of it, and the journal.

use serde_json::Value;

use super::super::input::History;
use super::super::plan::{Field, PlannedEntry};
use super::super::sheet::{Holds, SheetColumn, SheetPart, SheetTable};
use super::archive::list;
use super::book::Book;
use super::{files, words};
use crate::bundle::{Rich, Span};
use crate::model::{
    BundleRecord, Content, Instant, Link, LinkKind, Mark, Noun, Record, RecordId, Step, StepKind, When, Zone,
};

/// A longer text of an earlier version is cut, and says so: the book has it whole.
const LONGEST: usize = 4_000;

/// The lists, in order; those with nothing in them are left out.
pub(super) fn record_itself(book: &Book<'_>) -> Vec<PlannedEntry> {
    let lists =
        [people(book), versions(book), marks(book), links(book), choices(book), kept_files(book), editions(book)];
    lists.into_iter().flatten().collect()
}

/// The journal: number, moment, sentence, head.
pub(super) fn journal(book: &Book<'_>) -> Option<PlannedEntry> {
    let columns = vec![
        SheetColumn::numbers("No.", 11),
        SheetColumn::labels("When, London time", 37),
        SheetColumn::rest("What was done", Holds::Labels),
        SheetColumn::labels("Head after it", 39),
    ];
    let rows = book.input.journal.iter().map(|line| {
        let at = moment(line.at);
        vec![words(line.seq.to_string()), words(at), words(line.sentence.clone()), vec![Span::Mono(line.head.short())]]
    });
    let table = SheetTable { columns, rows: rows.collect() };
    let note = "Every change of the book, in order. A head is printed by its first 16 digits; the file journal.txt in the \
                folder beside this paper has all 64, and how they are reckoned.";
    let parts = if table.rows.is_empty() { Vec::new() } else { vec![SheetPart::Table(table)] };
    list(book, "journal", "Journal", words(note), parts)
}

/// The case and everybody in the record, with all that is known of them.
fn people(book: &Book<'_>) -> Option<PlannedEntry> {
    let mut parts = Vec::new();
    for record in book.all(Noun::Case).into_iter().chain(book.all(Noun::Person)) {
        let name = match &record.content {
            Content::Person(person) => format!("{} ({})", person.name, record.id),
            _ => format!("The case ({})", record.id),
        };
        let fields: Vec<Field> = facts(record)
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(label, value)| field(label, value))
            .collect();
        parts.push(SheetPart::Heading(name));
        parts.push(SheetPart::Fields(fields));
    }
    list(book, "people", "The case, and who is who", words("With addresses and numbers, as they are kept."), parts)
}

fn field(label: impl Into<String>, value: impl AsRef<str>) -> Field {
    Field {
        label: label.into(),
        value: value.as_ref().lines().map(|line| words(line.to_owned())).collect(),
        small: None,
    }
}

/// Every record that was corrected: what it said before, when that changed, and why. An import's earlier
/// versions are its parts, and a private note is in no paper.
fn versions(book: &Book<'_>) -> Option<PlannedEntry> {
    let corrected = |noun: Noun| {
        book.all(noun)
            .into_iter()
            .filter_map(|record| book.history(record.id))
            .filter(|history| history.versions.len() > 1)
    };
    let nouns = Noun::ALL.into_iter().filter(|noun| !matches!(noun, Noun::Import | Noun::Note));
    let mut parts = Vec::new();
    for history in nouns.flat_map(corrected) {
        let Some(current) = history.current().filter(|record| book.may_show(record.id)) else { continue };
        parts.push(SheetPart::Heading(current.id.to_string()));
        parts.push(SheetPart::Table(changes(history)));
    }
    let note = "A correction never takes the place of the first words. Each row is one version: when it was written down, \
                what it changed, and why. What did not change is printed with the record.";
    list(book, "versions", "What records said before", words(note), parts)
}

fn changes(history: &History) -> SheetTable {
    let columns = vec![
        SheetColumn::numbers("No.", 9),
        SheetColumn::labels("Written down", 34),
        SheetColumn::rest("What changed", Holds::Words),
        SheetColumn::labels("Why", 38),
    ];
    let mut rows = Vec::new();
    let mut before: Option<&Record> = None;
    for version in &history.versions {
        let what = match before {
            None if version.version == 1 => "The first words.".to_owned(),
            None => "The versions before this one were erased.".to_owned(),
            Some(before) => changed(before, version),
        };
        rows.push(vec![
            words(version.version.to_string()),
            words(moment(version.written_at)),
            words(what),
            words(version.why.clone().unwrap_or_default()),
        ]);
        before = Some(version);
    }
    SheetTable { columns, rows }
}

/// `reason: “none given”, now “Robin was asleep”`, one a line.
fn changed(before: &Record, after: &Record) -> String {
    let (old, new) = (facts(before), facts(after));
    let value = |facts: &[(String, String)], label: &str| {
        facts.iter().find(|(known, _)| known == label).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let mut labels: Vec<&String> = old.iter().chain(&new).map(|(label, _)| label).collect();
    labels.sort_unstable();
    labels.dedup();
    let lines: Vec<String> = labels
        .into_iter()
        .map(|label| (label, value(&old, label), value(&new, label)))
        .filter(|(_, was, is)| was != is)
        .map(|(label, was, is)| format!("{label}: {}, now {}", quoted(&was), quoted(&is)))
        .collect();
    if lines.is_empty() { "Nothing that a field names.".to_owned() } else { lines.join("\n") }
}

fn quoted(value: &str) -> String {
    if value.is_empty() { "nothing".to_owned() } else { format!("“{value}”") }
}

/// Every field of a record, as label and words. What a field is called here is what the kept record calls it, so
/// a field that is added to the record is never forgotten here.
fn facts(record: &Record) -> Vec<(String, String)> {
    let kept = serde_json::to_value(&record.content).unwrap_or_default();
    let Value::Object(kept) = kept else { return Vec::new() };
    let mut found = Vec::new();
    for (name, value) in kept.values().filter_map(Value::as_object).flatten() {
        let label = name.replace('_', " ");
        match value {
            // What has parts of its own has a line for each of them, unless it is a time.
            Value::Object(parts) if !parts.contains_key("words") => {
                found.extend(
                    parts.iter().map(|(part, value)| (format!("{label}: {}", part.replace('_', " ")), in_words(value))),
                );
            }
            value => found.push((label, in_words(value))),
        }
    }
    found
}

fn in_words(value: &Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::Bool(value) => if *value { "yes" } else { "no" }.to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(values) => several(values),
        Value::Object(fields) => {
            fields.get("words").and_then(Value::as_str).map_or_else(|| parts(fields), str::to_owned)
        }
    };
    if text.chars().count() <= LONGEST {
        return text;
    }
    let start: String = text.chars().take(LONGEST).collect();
    format!("{start} … (cut here; the book has it whole)")
}

/// Sentences one a line; names and ids beside each other.
fn several(values: &[Value]) -> String {
    let said: Vec<String> = values.iter().map(in_words).filter(|said| !said.is_empty()).collect();
    let sentences = said.iter().any(|said| said.contains(' '));
    said.join(if sentences { "\n" } else { ", " })
}

fn parts(fields: &serde_json::Map<String, Value>) -> String {
    let named = |(name, value): (&String, &Value)| (name.replace('_', " "), in_words(value));
    let said = fields.iter().map(named).filter(|(_, value)| !value.is_empty());
    said.map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join(", ")
}

/// `23 Nov 2026, 2.05 pm`, London time.
fn moment(at: Instant) -> String {
    let at = at.in_zone(Zone::LONDON);
    at.time.map_or_else(|| at.date.index(), |time| format!("{}, {}", at.date.index(), time.clock()))
}

fn written(record: &Record) -> Rich {
    words(record.written_at.in_zone(Zone::LONDON).date.index())
}

/// Marks in the order they were put, and the confidential words of the case.
fn marks(book: &Book<'_>) -> Option<PlannedEntry> {
    let rows: Vec<Vec<Rich>> = book
        .all(Noun::Mark)
        .into_iter()
        .filter_map(|record| match &record.content {
            Content::Mark(mark) if mark.on.noun != Noun::Note => Some(vec![
                words(mark.on.to_string()),
                words(mark_in_words(mark)),
                words(mark.why.clone().unwrap_or_default()),
                written(record),
            ]),
            _ => None,
        })
        .collect();
    let mut parts = Vec::new();
    if !rows.is_empty() {
        let columns = vec![
            SheetColumn::labels("On", 20),
            SheetColumn::labels("Marked", 48),
            SheetColumn::rest("Why", Holds::Words),
            SheetColumn::labels("Put on", 24),
        ];
        parts.push(SheetPart::Table(SheetTable { columns, rows }));
    }
    let kept: Vec<Vec<Rich>> = book
        .all(Noun::Word)
        .into_iter()
        .filter_map(|record| match &record.content {
            Content::Word(word) => {
                let back = if word.withdrawn { "taken off again" } else { "" };
                Some(vec![words(word.kind.word()), words(word.words.clone()), words(back), written(record)])
            }
            _ => None,
        })
        .collect();
    if !kept.is_empty() {
        parts.push(SheetPart::Heading("Confidential words of the case".to_owned()));
        let columns = vec![
            SheetColumn::labels("Kind", 24),
            SheetColumn::rest("Words", Holds::Words),
            SheetColumn::labels("", 28),
            SheetColumn::labels("Listed", 24),
        ];
        parts.push(SheetPart::Table(SheetTable { columns, rows: kept }));
    }
    list(book, "marks", "Marks and confidential words", words("What is kept from whom, and why."), parts)
}

fn mark_in_words(mark: &Mark) -> String {
    let mut said = Vec::new();
    said.extend(mark.privilege.map(|privilege| format!("privilege: {}", privilege.word())));
    said.extend(mark.confidential.map(|set| if set { "confidential" } else { "not confidential" }.to_owned()));
    said.extend(mark.keep_out_of.map(|profile| format!("kept out of {}", profile.word())));
    said.extend(mark.let_into.map(|profile| format!("let into {}", profile.word())));
    said.join("; ")
}

fn links(book: &Book<'_>) -> Option<PlannedEntry> {
    let rows: Vec<Vec<Rich>> = book
        .all(Noun::Link)
        .into_iter()
        .filter_map(|record| match &record.content {
            Content::Link(link) if link.from.noun != Noun::Note && link.to.noun != Noun::Note => {
                Some(vec![named(book, link.from), words(link_in_words(link)), named(book, link.to), written(record)])
            }
            _ => None,
        })
        .collect();
    let columns = vec![
        SheetColumn::rest("This", Holds::Labels),
        SheetColumn::labels("how", 24),
        SheetColumn::labels("that", 52),
        SheetColumn::labels("Joined", 23),
    ];
    let parts = if rows.is_empty() { Vec::new() } else { vec![SheetPart::Table(SheetTable { columns, rows })] };
    list(book, "links", "Links", words("Which records support, answer or contradict which."), parts)
}

/// `INC-15: Nobody came to the handover`, with its page where it has one.
fn named(book: &Book<'_>, id: RecordId) -> Rich {
    let title = book.record(id).map(|record| record.content.title()).unwrap_or_default();
    let mut said = words(format!("{id}: {}", crate::timeline::first_words(&title, 70)));
    said.extend(book.in_brackets(super::super::plan::Anchor::record(id)));
    said
}

fn link_in_words(link: &Link) -> String {
    let how = match link.kind {
        LinkKind::Supports => "supports",
        LinkKind::Admits => "says it is so:",
        LinkKind::Contradicts => "contradicts",
        LinkKind::Replies => "answers",
        LinkKind::Cites => "names",
    };
    if link.withdrawn { format!("{how} (taken back)") } else { how.to_owned() }
}

fn choices(book: &Book<'_>) -> Option<PlannedEntry> {
    let rows: Vec<Vec<Rich>> = book
        .all(Noun::Choice)
        .into_iter()
        .filter_map(|record| match &record.content {
            Content::Choice(choice) => {
                let records: Vec<String> = choice.records.iter().map(RecordId::to_string).collect();
                let mut place: Vec<String> = Vec::new();
                place.extend(choice.exhibit.clone());
                place.extend(choice.section.as_ref().map(|section| format!("section {section}")));
                place.extend(choice.directed.clone());
                if choice.withdrawn {
                    place.push("taken back".to_owned());
                }
                Some(vec![
                    words(choice.profile.word()),
                    words(records.join(", ")),
                    words(place.join("; ")),
                    written(record),
                ])
            }
            _ => None,
        })
        .collect();
    let columns = vec![
        SheetColumn::labels("For", 24),
        SheetColumn::rest("Records", Holds::Labels),
        SheetColumn::labels("Where", 32),
        SheetColumn::labels("Chosen", 23),
    ];
    let parts = if rows.is_empty() { Vec::new() } else { vec![SheetPart::Table(SheetTable { columns, rows })] };
    list(book, "choices", "Choices for papers", words("What was chosen for which paper."), parts)
}

/// Every kept file a record names.
fn kept_files(book: &Book<'_>) -> Option<PlannedEntry> {
    let mut files: Vec<_> = book.input.kept.iter().collect();
    files.sort_by_key(|(digest, file)| (file.kept_at, **digest));
    let rows: Vec<Vec<Rich>> = files
        .into_iter()
        .map(|(digest, file)| {
            vec![
                words(files::label(&file.name)),
                words(files::size(file.bytes)),
                words(file.kept_at.in_zone(Zone::LONDON).date.index()),
                vec![Span::Mono(digest.short())],
            ]
        })
        .collect();
    let columns = vec![
        SheetColumn::rest("Name as received", Holds::Labels),
        SheetColumn::numbers("Size", 20),
        SheetColumn::labels("Kept", 23),
        SheetColumn::labels("SHA-256 begins", 39),
    ];
    let parts = if rows.is_empty() { Vec::new() } else { vec![SheetPart::Table(SheetTable { columns, rows })] };
    let note = "The originals that records stand on, byte for byte as they came. They stay in the book; the manifest in the \
                folder beside this paper has the whole hashes of those shown in it.";
    list(book, "kept-files", "Kept files", words(note), parts)
}

/// The papers made, and who was sent them.
fn editions(book: &Book<'_>) -> Option<PlannedEntry> {
    let mut parts = Vec::new();
    for record in book.all(Noun::Bundle) {
        let Content::Bundle(made) = &record.content else { continue };
        parts.push(SheetPart::Heading(format!("{}: {}", record.id, made.profile.word())));
        parts.push(SheetPart::Fields(edition(book, record, made)));
    }
    list(
        book,
        "editions",
        "Papers made and sent",
        words("Each paper that was made of this record, and who got it."),
        parts,
    )
}

fn edition(book: &Book<'_>, record: &Record, made: &BundleRecord) -> Vec<Field> {
    let named = made.reader.as_ref().map_or(String::new(), |name| format!(", {name}"));
    let mut fields = vec![
        field("Made".to_owned(), record.written_at.in_zone(Zone::LONDON).long()),
        field("For".to_owned(), format!("{}{named}", made.to.word())),
    ];
    fields.extend(made.purpose.clone().map(|purpose| field("Purpose".to_owned(), purpose)));
    let pages = super::archive_import::in_words(made.pages as usize, "page", "pages");
    fields.push(field("File".to_owned(), format!("{}, {pages}", files::label(&made.file))));
    fields.push(Field {
        label: "SHA-256".to_owned(),
        value: vec![in_two_lines(&made.sha256.in_eights())],
        small: None,
    });
    if !made.overrides.is_empty() {
        let value = made.overrides.iter().map(|why| words(why.clone())).collect();
        fields.push(Field { label: "Gone on with".to_owned(), value, small: None });
    }
    let sent: Vec<Rich> = sendings(book, record.id).map(|step| words(sent_in_words(step))).collect();
    let value = if sent.is_empty() { vec![words("Not written down as sent")] } else { sent };
    fields.push(Field { label: "Sent".to_owned(), value, small: None });
    fields
}

/// A whole hash: four groups of eight a line.
fn in_two_lines(eights: &str) -> Rich {
    let groups: Vec<&str> = eights.split(' ').collect();
    let (first, last) = groups.split_at(groups.len() / 2);
    vec![Span::Mono(first.join(" ")), Span::Text("\n".to_owned()), Span::Mono(last.join(" "))]
}

fn sendings<'a>(book: &Book<'a>, edition: RecordId) -> impl Iterator<Item = &'a Step> {
    book.all(Noun::Step).into_iter().filter_map(move |record| match &record.content {
        Content::Step(step) => {
            let of_it = step.kind == StepKind::Sent
                && step.reference.as_deref().and_then(|it| it.trim().parse().ok()) == Some(edition);
            of_it.then_some(step.as_ref())
        }
        _ => None,
    })
}

/// When, and to whom and how: what stands after the file and its hash.
fn sent_in_words(step: &Step) -> String {
    let to = step.what.split_once(") to ").map_or(step.what.as_str(), |(_, to)| to);
    let when = step.when.as_ref().map_or_else(|| "day not known".to_owned(), When::long);
    format!("{when}: to {to}")
}
