//! One file per thing a person can do. Each writing action is one described transaction.
//!
//! In: an open book, "now", and what was typed or read. Out: values for `cli` (and later a web page)
//! to show. Deliberately absent: the terminal, the environment and the clock; words for errors are
//! made by the shell that shows them.

mod add;
mod amend;
pub mod bundle;
mod case;
mod caution;
mod checkpoint;
mod choose;
mod confidential;
mod contact;
mod dates;
pub mod demo;
mod entry;
mod error;
mod fields;
mod import;
mod link;
mod log;
mod mark;
mod media;
mod message;
mod next;
mod note;
mod order;
mod pattern;
mod people;
pub mod prepare;
mod scaffold;
mod sent;
mod show;
mod start;
mod status;
mod step;
mod suggest;
pub mod terms;
mod thread;
mod timeline;
pub mod verify;
mod walk;
mod wording;
mod words;

pub use add::{Added, Adding, add};
pub use amend::{Amended, Change, amend};
pub use case::{CaseChange, change_case, current_case, number_has_usual_shape};
pub use caution::{Caution, cautions_before_writing};
pub use checkpoint::{Checkpoint, checkpoint};
pub use choose::{Chosen, Withdrawing, choose, chosen, not_shown, usual_reader, withdraw_choice};
pub use confidential::{ConfidentialEntry, add_word, remove_word, words};
pub use contact::{Contact, contact, fields_of, reconciled, session_fields, sessions_without_a_word, write_new};
pub use dates::{Dated, DatesAhead, RuleOfDate, as_calendar, dates};
pub use entry::{Entry, NamedPerson, OriginalRef, Stored};
pub use error::ActionError;
pub use fields::{Fact, FieldHelp, ROLES, Reading, Set, facts, field_help, role_word, shown_when};
pub use import::{Going, Importing, Progress, Report, Unwatched, Watching, import};
pub use link::{link, withdraw_link};
pub use log::{Logging, log};
pub use mark::{Marking, mark};
pub use message::{keep_message, keep_message_from};
pub use next::{NextThing, unfinished};
pub use note::keep_note;
pub use order::{
    AddingOrder, DirectedWords, OrderPaper, add_order, add_paragraph, known_paragraph, paragraph_kind, read_directed,
};
pub use pattern::{Understood, check_pattern, order_findings, read_small_text, understand};
pub use people::{
    Attaching, Here, People, PeopleChange, Splitting, TwoNames, Written, add_person, attach, merge, person_from, split,
    undo_merge, unknown_correspondents, written_with,
};
pub use scaffold::{ScaffoldRequest, make_scaffold};
pub use sent::{EditionFile, Sending, SentLine, cautions, find_edition_file, plain_reader, sendings, sent};
pub use show::{AttachmentRef, FoundIn, HistoryLine, LinkLine, Paper, Shown, show};
pub use start::{Start, Started, start, synced_by};
pub use status::{Status, status};
pub use step::{Stepping, check_step, keep_step, other_procedure, step_remarks};
pub use suggest::{MarkSuggestion, PersonSuggestion};
pub use thread::{Conversation, ConversationLine, InsteadOf, conversation};
pub use timeline::{Hits, InFile, Line, TimelineQuery, read_range, search, timeline};
pub use wording::{
    Checked, LONGEST_DRAFT, WordingRemark, checked_fields, wording_of_all, wording_of_draft, wording_of_record,
    wording_of_sets,
};
pub use words::{Findable, ReadingWords, read_words};
