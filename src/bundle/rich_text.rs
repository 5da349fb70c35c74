//! A chronology or a schedule as text for a word processor: RTF, which any of them opens as a table.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::plan::{Anchor, BundlePlan, Chronology, Heading, Paper, Rich, Span};
use super::schedule::{Schedule, SchedulePage, ScheduleRow};
use super::words::plain;

/// Where the columns of a chronology end, in twentieths of a point.
const COLUMNS: [u32; 4] = [1_850, 6_850, 7_850, 9_200];

/// Where those of a schedule end, on a sheet that lies on its side.
const SCHEDULE: [u32; 9] = [1_130, 2_550, 4_190, 5_890, 7_760, 10_250, 11_160, 12_860, 14_570];

/// Whether a paper has a chronology or a schedule of its own, which is written as text too.
#[must_use]
pub fn has_text(plan: &BundlePlan) -> bool {
    plan.entries().any(|entry| match &entry.paper {
        Paper::Chronology(chronology) => chronology.alone.is_some(),
        paper => matches!(paper, Paper::Schedule(_)),
    })
}

/// The chronology or the schedule of a plan as RTF; `None` for a paper that has neither as its own. `labels` are the
/// page numbers of the PDF, by place.
#[must_use]
pub fn for_a_word_processor(plan: &BundlePlan, labels: &BTreeMap<Anchor, String>) -> Option<String> {
    plan.entries().find_map(|entry| match &entry.paper {
        Paper::Chronology(chronology) if chronology.alone.is_some() => Some(document(chronology, plan.practice)),
        Paper::Schedule(page) => Some(schedule(page, plan.practice, labels)),
        _ => None,
    })
}

fn document(chronology: &Chronology, practice: bool) -> String {
    let mut rtf = String::from(
        "{\\rtf1\\ansi\\deff0\\uc1{\\fonttbl{\\f0\\froman Times New Roman;}}\\paperw11906\\paperh16838\\margl1417\\margr1417\n",
    );
    marked(&mut rtf, practice);
    if let Some(alone) = &chronology.alone {
        heading(&mut rtf, &alone.heading);
        paragraph(&mut rtf, "Chronology", true);
        paragraph(&mut rtf, &alone.dated, false);
        if !alone.references.is_empty() {
            paragraph(&mut rtf, &alone.references, false);
        }
    }
    paragraph(&mut rtf, &plain(&chronology.subtitle), false);
    paragraph(&mut rtf, "● a paper or message supports the line   ○ my own record only", false);
    row(&mut rtf, &COLUMNS, ["Date", "What happened", "Support", "Page"], true);
    for line in &chronology.rows {
        let mark = if line.supported { "●" } else { "○" };
        row(&mut rtf, &COLUMNS, [&*line.date, &line.what, mark, line.elsewhere.as_deref().unwrap_or("–")], false);
    }
    rtf.push_str("}\n");
    rtf
}

/// The schedule with room for the reply and the finding. What stands behind it is in the PDF only, and is named by its
/// page there.
fn schedule(page: &Schedule, practice: bool, labels: &BTreeMap<Anchor, String>) -> String {
    let label = |anchor: &Anchor| labels.get(anchor).cloned().unwrap_or_else(|| "–".to_owned());
    let told = |rich: &Rich| {
        let spans = rich.iter().map(|span| match span {
            Span::Reference(anchor) => label(anchor),
            other => plain(&vec![other.clone()]),
        });
        spans.collect::<String>()
    };
    let mut rtf = String::from(
        "{\\rtf1\\ansi\\deff0\\uc1{\\fonttbl{\\f0\\froman Times New Roman;}}\\landscape\\paperw16838\\paperh11906\\margl1134\\margr1134\n",
    );
    marked(&mut rtf, practice);
    heading(&mut rtf, &page.heading);
    paragraph(&mut rtf, &page.title, true);
    paragraph(&mut rtf, &told(&page.prepared), false);
    for field in &page.fields {
        let value: Vec<String> = field.value.iter().map(&told).collect();
        paragraph(&mut rtf, &format!("{}: {}", field.label, value.join("; ")), false);
    }
    paragraph(&mut rtf, &format!("{}: {} due", page.counts.title, page.counts.due), true);
    for (label, count) in &page.counts.rows {
        paragraph(&mut rtf, &format!("{label}: {count}"), false);
    }
    if !page.counts.note.is_empty() {
        paragraph(&mut rtf, &page.counts.note, false);
    }
    for group in &page.groups {
        paragraph(&mut rtf, "", false);
        paragraph(&mut rtf, &told(&group.under), false);
        let [reply, finding] = &page.blank;
        let heads = [
            "No. and date",
            "Due",
            "What I did",
            "What happened",
            "Reason given, exact words",
            "Also known; change agreed; offered; loss",
            "Exhibit page",
        ];
        let heads: Vec<&str> = heads.into_iter().chain([reply.as_str(), finding.as_str()]).collect();
        row(&mut rtf, &SCHEDULE, heads, true);
        for line in &group.rows {
            let number = format!("{}  {}\n{}", line.number, line.date, line.id);
            let known: Vec<String> =
                line.known.iter().map(|(name, value)| format!("{name}: {}", told(value))).collect();
            let (known, pages) = (known.join("\n"), pages(line, label));
            let ScheduleRow { due, did, happened, reason, .. } = line;
            row(&mut rtf, &SCHEDULE, [&*number, due, did, happened, reason, &known, &pages, "", ""], false);
        }
    }
    paragraph(&mut rtf, &page.note, false);
    paragraph(&mut rtf, "Page numbers without letters are those of this schedule as a PDF.", false);
    rtf.push_str("}\n");
    rtf
}

fn pages(row: &ScheduleRow, label: impl Fn(&Anchor) -> String) -> String {
    let pages = row.pages.iter().map(|page| match page {
        SchedulePage::Here(anchor) => label(anchor),
        SchedulePage::Elsewhere(printed) => printed.clone(),
    });
    let pages: Vec<String> = pages.collect();
    if pages.is_empty() { "–".to_owned() } else { pages.join("\n") }
}

/// A paper of the practice book says so at the head of every page, as its PDF does.
fn marked(rtf: &mut String, practice: bool) {
    if practice {
        rtf.push_str("{\\header\\pard\\qc\\fs24\\b PRACTICE\\b0\\par}\n");
    }
}

fn heading(rtf: &mut String, heading: &Heading) {
    let lines = [&heading.court, &heading.case_number, &heading.statute].into_iter().flatten();
    for line in lines.chain(&heading.children) {
        paragraph(rtf, line, false);
    }
    for (name, role) in &heading.parties {
        let words = if role.is_empty() { name.clone() } else { format!("{name}, {role}") };
        paragraph(rtf, &words, false);
    }
    paragraph(rtf, "", false);
}

fn paragraph(rtf: &mut String, words: &str, bold: bool) {
    let (on, off) = if bold { ("\\b ", "\\b0") } else { ("", "") };
    writeln!(rtf, "\\pard\\fs24 {on}{}{off}\\par", escaped(words)).expect("a string takes text");
}

fn row<'a>(rtf: &mut String, columns: &[u32], cells: impl IntoIterator<Item = &'a str>, head: bool) {
    rtf.push_str("\\trowd\\trgaph70");
    rtf.push_str(if head { "\\trhdr" } else { "" });
    for end in columns {
        write!(rtf, "\\clbrdrb\\brdrs\\brdrw5\\cellx{end}").expect("a string takes text");
    }
    for cell in cells {
        let (on, off) = if head { ("\\b ", "\\b0") } else { ("", "") };
        write!(rtf, "\n\\pard\\intbl\\fs24 {on}{}{off}\\cell", escaped(cell)).expect("a string takes text");
    }
    rtf.push_str("\\row\n");
}

/// Words as RTF has them: its own signs escaped, all that is not ASCII by number, no control characters.
pub(super) fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\\' | '{' | '}' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\line "),
            '\t' => out.push(' '),
            ' '..='~' => out.push(c),
            c if c.is_control() => {}
            c => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(out, "\\u{}?", i32::from(unit.cast_signed())).expect("a string takes text");
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn no_word_can_become_a_command_and_every_script_survives() {
        assert_eq!(escaped(r"{\object} a"), r"\{\\object\} a");
        assert_eq!(escaped("ż “a” \u{1F642}"), "\\u380? \\u8220?a\\u8221? \\u-10179?\\u-8638?");
        assert_eq!(escaped("a\u{0}\r\nb"), "a\\line b");
    }
}
