//! A chronology as text for a word processor: RTF, which any of them opens as a table.

use std::fmt::Write as _;

use super::plan::{BundlePlan, Chronology, Paper};
use super::words::plain;

/// Where the columns of the table end, in twentieths of a point.
const COLUMNS: [u32; 4] = [1_900, 7_300, 8_100, 9_200];

/// The chronology of a plan as RTF; `None` for a paper that is not a chronology alone.
#[must_use]
pub fn for_a_word_processor(plan: &BundlePlan) -> Option<String> {
    plan.entries().find_map(|entry| match &entry.paper {
        Paper::Chronology(chronology) if chronology.alone.is_some() => Some(document(chronology)),
        _ => None,
    })
}

fn document(chronology: &Chronology) -> String {
    let mut rtf = String::from(
        "{\\rtf1\\ansi\\deff0\\uc1{\\fonttbl{\\f0\\froman Times New Roman;}}\\paperw11906\\paperh16838\\margl1417\\margr1417\n",
    );
    if let Some(alone) = &chronology.alone {
        let heading = &alone.heading;
        let lines = [&heading.court, &heading.case_number, &heading.statute].into_iter().flatten();
        for line in lines.chain(&heading.children) {
            paragraph(&mut rtf, line, false);
        }
        for (name, role) in &heading.parties {
            let words = if role.is_empty() { name.clone() } else { format!("{name}, {role}") };
            paragraph(&mut rtf, &words, false);
        }
        paragraph(&mut rtf, "", false);
        paragraph(&mut rtf, "Chronology", true);
        paragraph(&mut rtf, &alone.dated, false);
        if !alone.references.is_empty() {
            paragraph(&mut rtf, &alone.references, false);
        }
    }
    paragraph(&mut rtf, &plain(&chronology.subtitle), false);
    paragraph(&mut rtf, "● a paper or message supports the line   ○ my own record only", false);
    row(&mut rtf, ["Date", "What happened", "", "Page"], true);
    for line in &chronology.rows {
        let mark = if line.supported { "●" } else { "○" };
        row(&mut rtf, [&line.date, &line.what, mark, line.elsewhere.as_deref().unwrap_or("–")], false);
    }
    rtf.push_str("}\n");
    rtf
}

fn paragraph(rtf: &mut String, words: &str, bold: bool) {
    let (on, off) = if bold { ("\\b ", "\\b0") } else { ("", "") };
    writeln!(rtf, "\\pard\\fs24 {on}{}{off}\\par", escaped(words)).expect("a string takes text");
}

fn row(rtf: &mut String, cells: [&str; 4], head: bool) {
    rtf.push_str("\\trowd\\trgaph70");
    rtf.push_str(if head { "\\trhdr" } else { "" });
    for end in COLUMNS {
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
