//! The words that stand written in a file of others: a letter in a PDF, a report, a list of dates.

use serde::{Deserialize, Serialize};

/// How a file holds words that a program can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WordsIn {
    /// A PDF; a scan is one too, and has pictures of words only.
    Pdf,
    /// A document of Microsoft Word since 2007 (`.docx`).
    Docx,
    /// A web page.
    Html,
    /// A calendar (`.ics`).
    Calendar,
    /// Plain text, of whatever kind.
    Plain,
}

impl WordsIn {
    /// By its type and, where that says little, by the end of its name. `None`: it holds no words that are read.
    #[must_use]
    pub fn of(media_type: &str, name: &str) -> Option<Self> {
        const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        let media = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match media.as_str() {
            "application/pdf" | "application/x-pdf" => return Some(WordsIn::Pdf),
            DOCX => return Some(WordsIn::Docx),
            "text/html" | "application/xhtml+xml" => return Some(WordsIn::Html),
            "text/calendar" => return Some(WordsIn::Calendar),
            // What mail programs declare where they do not know; the name says more.
            "" | "application/octet-stream" | "application/zip" | "application/x-zip-compressed" | "text/plain" => {}
            other if other.starts_with("text/") => {}
            _ => return None,
        }
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        match ending.as_deref() {
            Some("pdf") => Some(WordsIn::Pdf),
            Some("docx") => Some(WordsIn::Docx),
            Some("html" | "htm" | "xhtml") => Some(WordsIn::Html),
            Some("ics") => Some(WordsIn::Calendar),
            Some("txt" | "text" | "md" | "csv") => Some(WordsIn::Plain),
            _ => media.starts_with("text/").then_some(WordsIn::Plain),
        }
    }
}

/// What stands written in a file, as far as a program can read it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FileWords {
    /// Its words, page by page; of a file without pages all of them as one.
    pub pages: Vec<String>,
    /// It has pages.
    pub paged: bool,
    /// It has more than was read.
    pub cut: bool,
}

impl FileWords {
    /// Nothing is written in it: a scan, a picture of a letter, an empty file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pages.iter().all(|page| page.trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_words_is_told_by_type_and_by_name() {
        for (media_type, name, expected) in [
            ("application/pdf", "letter", Some(WordsIn::Pdf)),
            ("application/octet-stream", "Letter.PDF", Some(WordsIn::Pdf)),
            ("application/zip", "report.docx", Some(WordsIn::Docx)),
            ("application/zip", "photos.zip", None),
            ("text/plain; charset=utf-8", "terms.ics", Some(WordsIn::Calendar)),
            ("text/x-log", "calls", Some(WordsIn::Plain)),
            ("text/html", "page.txt", Some(WordsIn::Html)),
            ("image/jpeg", "letter.pdf", None),
            ("application/octet-stream", "noname", None),
        ] {
            assert_eq!(WordsIn::of(media_type, name), expected, "{media_type} {name}");
        }
    }
}
