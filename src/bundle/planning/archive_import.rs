//! The report of one import, as the archive prints it: what was read, what was not, and what had to be assumed.

use super::super::Rich;
use super::super::plan::{Anchor, Field, Paper, PlannedEntry};
use super::super::sheet::{Holds, Pace, Sheet, SheetColumn, SheetPart, SheetTable};
use super::book::Book;
use super::{files, words};
use crate::model::{
    ChatDifference, Content, DeviceOwner, Finding, ImportRecord, ImportSource, ImportTotals, Instant, Record, Severity,
    Zone,
};

/// The page of one import.
pub(super) fn entry(_book: &Book<'_>, record: &Record) -> Option<PlannedEntry> {
    let Content::Import(import) = &record.content else { return None };
    let title = format!("Import {}", record.id);
    let date = import.begun.map_or(String::new(), |begun| begun.in_zone(Zone::LONDON).date.index());
    Some(PlannedEntry {
        anchor: Anchor::record(record.id),
        id: Some(record.id),
        version: Some(record.version),
        date,
        title: format!("{title}, {}", in_words(import.sources.len(), "file", "files")),
        head_right: title.clone(),
        sources: Vec::new(),
        paper: Paper::Sheet(sheet(&title, import)),
    })
}

fn sheet(title: &str, import: &ImportRecord) -> Sheet {
    let mut parts = vec![SheetPart::Fields(facts(import))];
    if !import.sources.is_empty() {
        parts.push(SheetPart::Heading("What was read".to_owned()));
        parts.push(SheetPart::Table(counts(import)));
        let note = "Counts are messages. Read is new, known before and differing together; a file that no reader knows \
                    is listed and was not kept.";
        parts.push(SheetPart::Remark(words(note)));
    }
    if !import.assumptions.is_empty() {
        parts.push(SheetPart::Heading("What had to be assumed".to_owned()));
        parts.push(SheetPart::Numbered(import.assumptions.clone()));
    }
    let findings: Vec<Vec<Rich>> = import.sources.iter().flat_map(findings).collect();
    if !findings.is_empty() {
        parts.push(SheetPart::Heading("What was found".to_owned()));
        let columns = vec![
            SheetColumn::labels("", 14),
            SheetColumn::labels("Where", 44),
            SheetColumn::rest("What", Holds::Labels),
        ];
        parts.push(SheetPart::Table(SheetTable { columns, rows: findings }));
    }
    let differences: Vec<Vec<Rich>> =
        import.sources.iter().flat_map(|source| &source.differences).map(difference).collect();
    if !differences.is_empty() {
        parts.push(SheetPart::Heading("What two exports of a chat have differently".to_owned()));
        let columns = vec![
            SheetColumn::labels("Difference", 26),
            SheetColumn::labels("Earlier", 18),
            SheetColumn::labels("Later", 18),
            SheetColumn::rest("Exports", Holds::Labels),
        ];
        parts.push(SheetPart::Table(SheetTable { columns, rows: differences }));
    }
    let subtitle = words("What an import found is kept with the record, as it was said at the time.");
    Sheet { title: title.to_owned(), subtitle, pace: Pace::Running, parts }
}

fn facts(import: &ImportRecord) -> Vec<Field> {
    let field = |label: &str, value: String| Field { label: label.to_owned(), value: vec![words(value)], small: None };
    let moment =
        |at: Option<Instant>, none: &str| at.map_or_else(|| none.to_owned(), |at| at.in_zone(Zone::LONDON).long());
    let mut fields = vec![
        field("Begun", moment(import.begun, "Not written down")),
        field("Finished", moment(import.finished, "Not finished: it was interrupted")),
        field("Device or account", device(import.from_device).to_owned()),
    ];
    if !import.only_with.is_empty() {
        fields.push(field("Only with", import.only_with.join(", ")));
    }
    let totals = &import.totals;
    fields.push(field(
        "In all",
        format!(
            "{} read: {} new, {} known before, {} differing; {} in part; {} not understood; media missing: {}",
            in_words(count(totals.read), "message", "messages"),
            totals.new,
            totals.duplicate,
            totals.differing,
            totals.partly_read,
            in_words(count(totals.not_understood), "file", "files"),
            totals.media_missing,
        ),
    ));
    fields
}

fn device(owner: Option<DeviceOwner>) -> &'static str {
    match owner {
        Some(DeviceOwner::Mine) => "My own",
        Some(DeviceOwner::TheirsShared) => "The other parent’s, which I may use",
        Some(DeviceOwner::Given) => "Somebody gave it to me",
        Some(DeviceOwner::Child) => "A child’s",
        None => "Not written down",
    }
}

fn counts(import: &ImportRecord) -> SheetTable {
    let mut columns = vec![SheetColumn::rest("File", Holds::Labels)];
    let heads = ["Seemed to hold", "Read", "New", "Known", "Differing", "In part", "Media missing"];
    columns.extend(heads.map(|head| SheetColumn::numbers(head, 14)));
    if let Some(differing) = columns.get_mut(5) {
        differing.width = Some(17);
    }
    let rows = import.sources.iter().map(|source| {
        let format = source.format.as_deref().unwrap_or("not understood, not kept");
        let mut row = vec![words(format!("{} ({format})", files::label(&source.path)))];
        row.extend(numbers(&source.counts).map(|number| words(figure(number))));
        row
    });
    SheetTable { columns, rows: rows.collect() }
}

fn numbers(counts: &ImportTotals) -> [u64; 7] {
    let ImportTotals { claimed, read, new, duplicate, differing, partly_read, media_missing, .. } = *counts;
    [claimed, read, new, duplicate, differing, partly_read, media_missing]
}

/// Nothing is an en dash.
fn figure(number: u64) -> String {
    if number == 0 { "–".to_owned() } else { number.to_string() }
}

fn findings(source: &ImportSource) -> Vec<Vec<Rich>> {
    let grave = |finding: &Finding| match finding.severity {
        Severity::Info => "note",
        Severity::Warn => "look",
        Severity::Block => "not read",
    };
    source
        .all_findings()
        .iter()
        .map(|finding| vec![words(grave(finding)), words(files::label(&finding.place)), words(finding.what.clone())])
        .collect()
}

fn difference(difference: &ChatDifference) -> Vec<Rich> {
    let kind = match difference.kind.as_str() {
        "gone-since" => "gone since",
        "edited-since" => "edited since",
        "deleted-since" => "deleted since",
        other => other,
    };
    vec![
        words(kind),
        words(difference.earlier.to_string()),
        words(difference.later.map_or_else(|| "–".to_owned(), |id| id.to_string())),
        words(format!("{}; then {}", files::label(&difference.before), files::label(&difference.after))),
    ]
}

fn count(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// `1 file`, `2 files`.
pub(super) fn in_words(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}
