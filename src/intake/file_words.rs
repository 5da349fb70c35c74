//! The words of files that are no messages, for finding them again. What they look like is of no concern here.
//!
//! PDFs are read by the room `pdf`.

use std::io::{Cursor, Read as _};

use super::charset::utf8_or_windows;
use super::html;
use super::zip::Zip;
use crate::model::{FileWords, WordsIn};

/// Most bytes of words that are kept of one file.
const MOST_WORDS: usize = 4 * 1024 * 1024;
/// Most bytes of one part of a Word document, unpacked.
const LARGEST_PART: u64 = 32 * 1024 * 1024;

/// The words in these bytes. `None`: they are no such file, or its reader is another room's.
#[must_use]
pub fn words_of(bytes: &[u8], wording: WordsIn) -> Option<FileWords> {
    let text = match wording {
        WordsIn::Pdf => return None,
        WordsIn::Docx => docx(bytes)?,
        WordsIn::Html => html::to_words(&decoded(bytes)),
        WordsIn::Calendar => calendar(&decoded(bytes)),
        WordsIn::Plain => decoded(bytes),
    };
    let text = text.replace(['\0', '\u{c}'], "\n");
    let mut end = MOST_WORDS.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Some(FileWords { cut: end < text.len(), pages: vec![text[..end].to_owned()], paged: false })
}

fn decoded(bytes: &[u8]) -> String {
    match bytes {
        [0xFF, 0xFE, ..] => encoding_rs::UTF_16LE.decode(bytes).0.into_owned(),
        [0xFE, 0xFF, ..] => encoding_rs::UTF_16BE.decode(bytes).0.into_owned(),
        _ => utf8_or_windows(bytes).0,
    }
}

/// What a person reads in a calendar (RFC 5545, section 3.8.1): one value a line, long lines put together again.
fn calendar(text: &str) -> String {
    const SAID: [&str; 5] = ["SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT", "X-WR-CALNAME"];
    let unfolded = text.replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "");
    let values = unfolded.lines().filter_map(|line| {
        let (head, value) = line.split_once(':')?;
        let name = head.split(';').next().unwrap_or_default();
        SAID.iter().any(|said| name.eq_ignore_ascii_case(said)).then_some(value)
    });
    let plain = |value: &str| value.replace("\\n", "\n").replace("\\N", "\n").replace('\\', "");
    values.map(plain).collect::<Vec<_>>().join("\n")
}

/// The words of a Word document (ECMA-376, part 1, 17.3): its text, notes, heads and feet.
fn docx(bytes: &[u8]) -> Option<String> {
    let mut source = Cursor::new(bytes);
    let zip = Zip::open(&mut source).ok()?.ok()?;
    let main = zip.first_of("word/document.xml")?;
    let others = zip.entries.iter().filter(|entry| {
        let name = entry.name.strip_prefix("word/").and_then(|name| name.strip_suffix(".xml")).unwrap_or_default();
        ["footnotes", "endnotes", "comments", "header", "footer"]
            .iter()
            .any(|part| name.strip_prefix(part).is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit())))
    });
    let mut words = String::new();
    for number in std::iter::once(main).chain(others.map(|entry| entry.number)) {
        let Some(entry) = zip.entries.get(number as usize) else { continue };
        let mut xml = Vec::new();
        // A damaged part still has the words before the damage.
        let opened = entry.open(&mut source).ok();
        let _ = opened.map(|entry| entry.take(LARGEST_PART).read_to_end(&mut xml));
        runs(&String::from_utf8_lossy(&xml), &mut words);
        if words.len() > MOST_WORDS {
            break;
        }
    }
    Some(words)
}

/// The text of the elements `w:t`; paragraphs, breaks and cells end a line.
fn runs(xml: &str, words: &mut String) {
    let mut in_text = false;
    for piece in xml.split('<').skip(1) {
        let Some((tag, text)) = piece.split_once('>') else { continue };
        let name = tag.split(|c: char| c.is_whitespace() || c == '/').find(|part| !part.is_empty()).unwrap_or_default();
        match (name, tag.starts_with('/')) {
            ("w:t", closes) => in_text = !closes && !tag.ends_with('/'),
            ("w:p" | "w:tc", true) | ("w:br" | "w:cr", false) => words.push('\n'),
            ("w:tab", false) => words.push('\t'),
            _ => {}
        }
        if in_text && name == "w:t" {
            push_resolved(text, words);
        }
    }
}

/// The five entities XML knows, and numbers.
fn push_resolved(text: &str, words: &mut String) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        words.push_str(before);
        let Some((entity, behind)) = after.split_once(';').filter(|(entity, _)| entity.len() <= 10) else {
            words.push('&');
            rest = after;
            continue;
        };
        let number = entity.strip_prefix('#').and_then(|number| match number.strip_prefix('x') {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => number.parse().ok(),
        });
        let letter = match entity {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => number.and_then(char::from_u32),
        };
        words.extend(letter);
        rest = behind;
    }
    words.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], wording: WordsIn) -> String {
        words_of(bytes, wording).unwrap().pages.concat()
    }

    #[test]
    fn words_of_plain_files() {
        assert_eq!(read(b"\xef\xbb\xbfAt the library", WordsIn::Plain), "At the library");
        assert_eq!(read(b"\xff\xfeA\0t\0", WordsIn::Plain), "At");
        assert_eq!(read(b"caf\xe9\x0cone", WordsIn::Plain), "café\none");
        assert_eq!(read(b"<p>At the <b>library</b></p><script>no</script>", WordsIn::Html), "At the library");
        let calendar = b"BEGIN:VEVENT\r\nUID:x\r\nSUMMARY;LANGUAGE=en:Swim\r\n ming\\, pool\r\nLOCATION:Bath\r\n";
        assert_eq!(read(calendar, WordsIn::Calendar), "Swimming, pool\nBath");
        let long = words_of("ż".repeat(MOST_WORDS).as_bytes(), WordsIn::Plain).unwrap();
        assert!(long.cut && long.pages[0].len() <= MOST_WORDS);
    }

    #[test]
    fn words_of_a_word_document_are_those_of_its_runs() {
        let mut words = String::new();
        runs(
            "<w:document><w:body><w:p w:rsidR=\"1\"><w:r><w:t>Hand</w:t></w:r><w:r><w:t xml:space=\"preserve\">over &amp; </w:t>\
             <w:tab/><w:t>tea&#8217;s</w:t><w:instrText>no</w:instrText><w:t/></w:r></w:p><w:p/><w:p><w:r><w:t>Two</w:t></w:r></w:p>",
            &mut words,
        );
        assert_eq!(words, "Handover & \ttea’s\nTwo\n");
        assert_eq!(words_of(b"PK\x03\x04 no zip", WordsIn::Docx), None);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_safe(bytes: Vec<u8>) {
            for wording in [WordsIn::Docx, WordsIn::Html, WordsIn::Calendar, WordsIn::Plain] {
                let _ = words_of(&bytes, wording);
            }
            let mut words = String::new();
            runs(&String::from_utf8_lossy(&bytes), &mut words);
        }
    }
}
