//! The nouns of the record: what a parent writes down, keeps and hands over.
//!
//! In: nothing; these are values. Out: types that every other room speaks in. Deliberately absent:
//! files, clocks, SQL, terminals, and any opinion of what a court asks (that is `rules`).

mod case;
mod conversation;
mod digest;
mod document;
mod file_words;
mod finding;
mod guard;
mod ids;
mod incident;
mod locator;
mod message;
mod message_words;
mod name_in_chat;
mod order;
mod own_words;
mod papers;
mod person;
pub mod phone;
pub mod quotes;
mod record;
mod road;
mod runs;
mod step;
pub mod when;

pub use case::{Case, Hearing, SchoolTerm, Side, Track};
pub use conversation::{ThreadKey, subject_base};
pub use digest::{Digest, Hasher, NotADigest};
pub use document::{Document, DocumentKind, Recording};
pub use file_words::{FileWords, WordsIn};
pub use finding::{Finding, Severity};
pub use guard::{Choice, ConfidentialWord, Mark, Privilege, Profile, Reader, WordKind};
pub use ids::{NotARecordId, Noun, RecordId};
pub use incident::{Basis, Incident, IncidentKind, Knowledge, Loss, Outcome};
pub use locator::{Locator, LocatorStep};
pub use message::{
    Address, Attachment, CallFacts, Channel, ChatPlace, DecodeQuality, Direction, Message, MessageState, MissingMedia,
    Place, ThreadKeys,
};
pub use name_in_chat::{NameInChat, Whose};
pub use order::{Directed, Order, OrderKind, OrderParagraph, ParagraphKind};
pub use own_words::{CallWords, MediationWords};
pub use papers::{
    BundleRecord, ChatDifference, DeviceOwner, ImportRecord, ImportSource, ImportTotals, PrintedEntry, WholeFile,
};
pub use person::{
    Identity, IdentityKind, Merged, ParentalResponsibility, Person, Role, address_key, name_key, untagged,
};
pub use record::{Content, Link, LinkKind, Note, Record};
pub use road::{Need, Stage, Stop};
pub use runs::{RecordPlace, RecordRuns};
pub use step::{HearingSort, Step, StepKind};
pub use when::{Date, Instant, Stamp, TimeOfDay, When, Zone};
