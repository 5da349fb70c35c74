//! What planning a paper needs to be told. Everything is handed in: records, facts of kept files, the clock.

use std::collections::BTreeMap;

use crate::model::{Date, DeviceOwner, Digest, Instant, Profile, Reader, Record, RecordId, When};
use crate::rules::Rules;

use super::plan::{ForeignPage, PictureFrame};

/// All that a plan is made from. The same input gives the same plan.
#[derive(Debug, Clone)]
pub struct PlanInput {
    /// The name the edition will have: `BND-7`.
    pub edition: RecordId,
    /// The one clock reading of this edition.
    pub made: Instant,
    /// The version of the program, as the last page prints it.
    pub program: String,
    /// Every record of the book with all its versions, of every noun (case, people, links, marks,
    /// choices, confidential words and earlier papers too), in any order. What is not for the paper
    /// is left out by planning itself, which says why.
    pub records: Vec<History>,
    /// What is known of kept files, by hash. A hash a record names and this does not is reported.
    pub kept: BTreeMap<Digest, KeptFile>,
    /// The last journal entry that changed evidence, and the head there.
    pub head: JournalHead,
    /// The journal, first to last, for a paper that prints it: the archive. Empty for every other.
    pub journal: Vec<JournalLine>,
    /// A head of this journal that was given to somebody on an earlier day, where there is one.
    pub head_given: Option<HeadGiven>,
    /// Limits and word lists, with the overrides of this book already in them.
    pub rules: Rules,
    /// What the user asked for.
    pub options: Options,
    /// Splits the text of a message into its own lines and what it quotes.
    pub quotes: SplitQuotes,
}

/// A record and what it was before: all versions, first to last, at least one. An erased version is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// First to last.
    pub versions: Vec<Record>,
}

/// What the user asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Which paper.
    pub profile: Profile,
    /// For which kind of reader.
    pub reader: Reader,
    /// The reader's name, as the cover prints it: `Priya Nair, solicitor`.
    pub reader_name: Option<String>,
    /// What it is for: `Advice before the hearing on Monday 14 December 2026` (PRI-08).
    pub purpose: Option<String>,
    /// London dates, both included.
    pub from: Option<Date>,
    /// See `from`.
    pub until: Option<Date>,
    /// A practice book: every page is marked.
    pub practice: bool,
    /// The name of the file to be made, without its folder: `BS26P70940 AR evidence 2026-11-23.pdf`.
    /// `None`: [`crate::bundle::suggested_file_name`] is used.
    pub file_name: Option<String>,
    /// For an exhibit.
    pub exhibit: ExhibitOptions,
    /// Kinds of `block` findings the user overrides, each with the reason.
    pub overrides: Vec<Override>,
}

/// What an exhibit needs besides.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExhibitOptions {
    /// The name of the maker of the statement. `None`: the parent who keeps the book.
    pub maker: Option<String>,
    /// Which statement by this maker it belongs to. `None`: left to be filled in by hand.
    pub statement: Option<u32>,
    /// The date of that statement. `None`: left to be filled in by hand (22A-23).
    pub statement_date: Option<Date>,
    /// The mark: `AR1`. `None`: the maker's initials and the number after the last one used.
    pub mark: Option<String>,
    /// The last number used by this maker in this case, in any earlier exhibit that is not being
    /// made anew (22A-11, 22A-12). `None`: none yet.
    pub last_number_used: Option<u32>,
}

/// A finding that shall not stop the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The kind of the finding: `confidential-word`.
    pub kind: String,
    /// Why, in the user's words.
    pub why: String,
}

/// What is known of a kept file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFile {
    /// Its name as received: a label.
    pub name: String,
    /// How many bytes.
    pub bytes: u64,
    /// By its content: `image/jpeg`.
    pub media_type: String,
    /// When it was kept.
    pub kept_at: Instant,
    /// Whose device or account it came from, where that was asked (MSG-09).
    pub from_device: Option<DeviceOwner>,
    /// For a photograph that can be drawn.
    pub picture: Option<Picture>,
    /// The pages of a PDF that can be shown.
    pub pdf: Option<Vec<ForeignPage>>,
    /// Why a PDF or a picture cannot be shown, as half a sentence: `it is locked with a password`.
    pub not_shown: Option<String>,
    /// What of it is not in the paper as it is in the file.
    pub notes: Vec<FileNote>,
    /// How long it plays, in seconds, for sound and video where that could be read.
    pub seconds: Option<u32>,
}

/// Something of a foreign file that is not in the paper as it is in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileNote {
    /// A stable word: `script-removed`, `form-flattened`, `repaired`.
    pub kind: String,
    /// Its page, from 1, where it is of one page.
    pub page: Option<u32>,
    /// What and why, as a sentence.
    pub what: String,
}

/// What a picture says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its pictures, at least one: a scan has one for each of its pages.
    pub frames: Vec<PictureFrame>,
    /// When the camera's clock says it was taken.
    pub taken: Option<When>,
    /// The file says where it was taken; the copy in a paper leaves that out (PRI-13).
    pub has_place: bool,
    /// What must be said of the copy, in sentences.
    pub remarks: Vec<String>,
}

/// An entry of the journal by number, and the head there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JournalHead {
    /// The entry's number. 0: the journal is empty.
    pub seq: u64,
    /// The head after it.
    pub head: Digest,
}

/// An entry of the journal, as an archive prints it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalLine {
    /// Its number.
    pub seq: u64,
    /// When it was written.
    pub at: Instant,
    /// What was done, in the user's words.
    pub sentence: String,
    /// The head after it.
    pub head: Digest,
}

/// A head somebody was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadGiven {
    /// Which.
    pub head: JournalHead,
    /// To whom.
    pub to: String,
    /// When.
    pub on: Date,
}

/// Splits the text of a message; see [`TextPart`]. Joining the parts with line ends gives the text again.
pub type SplitQuotes = fn(&str) -> Vec<TextPart>;

/// A part of a message's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextPart {
    /// A line its sender wrote. Empty: a blank line.
    Own(String),
    /// Lines quoted from another message, with the line that introduces them, exactly as they stand.
    Quoted(Vec<String>),
}

impl History {
    /// A record that was never corrected.
    #[must_use]
    pub fn of(record: Record) -> Self {
        History { versions: vec![record] }
    }

    /// The version in force. `None` only for a history without versions.
    #[must_use]
    pub fn current(&self) -> Option<&Record> {
        self.versions.last()
    }

    /// The first version that is still there.
    #[must_use]
    pub fn first(&self) -> Option<&Record> {
        self.versions.first()
    }
}

impl Options {
    /// This paper for this reader, and nothing else said.
    #[must_use]
    pub fn new(profile: Profile, reader: Reader) -> Self {
        Options {
            profile,
            reader,
            reader_name: None,
            purpose: None,
            from: None,
            until: None,
            practice: false,
            file_name: None,
            exhibit: ExhibitOptions::default(),
            overrides: Vec::new(),
        }
    }
}
