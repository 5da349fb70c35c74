//! Kept files that are not messages.

use serde::{Deserialize, Serialize};

use super::{Digest, Locator, When};

/// One kept file and what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// What it is.
    pub kind: DocumentKind,
    /// As an index names it.
    pub title: String,
    /// The date it bears. `None`: not known.
    #[serde(default)]
    pub dated: Option<When>,
    /// Who made it.
    #[serde(default)]
    pub by: Option<String>,
    /// When the user received it.
    #[serde(default)]
    pub received: Option<When>,
    /// The kept bytes.
    pub original: Digest,
    /// Its name as received: a label.
    pub name: String,
    /// How many bytes.
    pub bytes: u64,
    /// By its content: `application/pdf`, `image/jpeg`.
    pub media_type: String,
    /// The message it came with, by the message's id, where it did.
    #[serde(default)]
    pub from_message: Option<super::RecordId>,
    /// For sound and video.
    #[serde(default)]
    pub recording: Option<Recording>,
    /// Of an entry in a file such as a calendar: what it says besides its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// Of an entry in a file: where in it. `None`: the document is the whole file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Locator>,
}

/// What must be said of a recording (REC-07). `None` everywhere means "not known".
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Recording {
    /// Those recorded knew and had agreed.
    pub known_to_those_recorded: Option<bool>,
    /// Who is heard.
    pub heard: Option<String>,
    /// Whether a child is heard.
    pub child_heard: Option<bool>,
    /// The court's permission to rely on it, in the user's words.
    pub permission: Option<String>,
}

/// What a kept file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// A court order, as paper.
    Order,
    /// An application form.
    Application,
    /// A witness statement.
    Statement,
    /// A report: Cafcass, expert.
    Report,
    /// A parenting plan.
    ParentingPlan,
    /// A letter.
    Letter,
    /// A certificate (MIAM).
    Certificate,
    /// Directions of a court.
    Directions,
    /// Medical papers.
    Medical,
    /// Police papers.
    Police,
    /// School papers.
    School,
    /// A photograph.
    Photo,
    /// A picture of a screen.
    Screenshot,
    /// Sound or video.
    Recording,
    /// A birth certificate.
    BirthCertificate,
    /// Anything else.
    Other,
}

impl DocumentKind {
    /// All kinds.
    pub const ALL: [DocumentKind; 16] = [
        DocumentKind::Order,
        DocumentKind::Application,
        DocumentKind::Statement,
        DocumentKind::Report,
        DocumentKind::ParentingPlan,
        DocumentKind::Letter,
        DocumentKind::Certificate,
        DocumentKind::Directions,
        DocumentKind::Medical,
        DocumentKind::Police,
        DocumentKind::School,
        DocumentKind::Photo,
        DocumentKind::Screenshot,
        DocumentKind::Recording,
        DocumentKind::BirthCertificate,
        DocumentKind::Other,
    ];

    /// The word on the command line and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            DocumentKind::Order => "order",
            DocumentKind::Application => "application",
            DocumentKind::Statement => "statement",
            DocumentKind::Report => "report",
            DocumentKind::ParentingPlan => "parenting-plan",
            DocumentKind::Letter => "letter",
            DocumentKind::Certificate => "certificate",
            DocumentKind::Directions => "directions",
            DocumentKind::Medical => "medical",
            DocumentKind::Police => "police",
            DocumentKind::School => "school",
            DocumentKind::Photo => "photo",
            DocumentKind::Screenshot => "screenshot",
            DocumentKind::Recording => "recording",
            DocumentKind::BirthCertificate => "birth-certificate",
            DocumentKind::Other => "other",
        }
    }

    /// As papers name it: `Photograph`.
    #[must_use]
    pub fn plain(self) -> &'static str {
        match self {
            DocumentKind::Order => "Order",
            DocumentKind::Application => "Application",
            DocumentKind::Statement => "Statement",
            DocumentKind::Report => "Report",
            DocumentKind::ParentingPlan => "Parenting plan",
            DocumentKind::Letter => "Letter",
            DocumentKind::Certificate => "Certificate",
            DocumentKind::Directions => "Directions",
            DocumentKind::Medical => "Medical paper",
            DocumentKind::Police => "Police paper",
            DocumentKind::School => "School paper",
            DocumentKind::Photo => "Photograph",
            DocumentKind::Screenshot => "Screenshot",
            DocumentKind::Recording => "Recording",
            DocumentKind::BirthCertificate => "Birth certificate",
            DocumentKind::Other => "Document",
        }
    }

    /// The kind a word names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}
