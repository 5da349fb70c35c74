//! Steps on the road: asking, proposing, mediating, applying.

use serde::{Deserialize, Serialize};

use super::{Digest, RecordId, When};

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What it was.
    pub kind: StepKind,
    /// When.
    #[serde(default)]
    pub when: Option<When>,
    /// With whom.
    #[serde(default)]
    pub with: Vec<RecordId>,
    /// In the writer's words.
    #[serde(default)]
    pub what: String,
    /// A reference: a form's, a police log's.
    #[serde(default)]
    pub reference: Option<String>,
    /// Files attached when it was written down.
    #[serde(default)]
    pub attachments: Vec<Digest>,
}

macro_rules! step_kinds {
    ($($variant:ident $word:literal $plain:literal,)*) => {
        /// What kind of step it was.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum StepKind {
            $(#[doc = $plain] #[serde(rename = $word)] $variant,)*
        }

        impl StepKind {
            /// All kinds, in the order of the road.
            pub const ALL: &[StepKind] = &[$(StepKind::$variant,)*];

            /// The word on the command line and in JSON.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(StepKind::$variant => $word,)* }
            }

            /// As a chronology names it.
            #[must_use]
            pub fn plain(self) -> &'static str {
                match self { $(StepKind::$variant => $plain,)* }
            }
        }
    };
}

step_kinds! {
    Separated "separated" "Separation",
    Asked "asked" "Contact asked for",
    Proposal "proposal" "Proposal made",
    Reply "reply" "Reply to a proposal",
    Letter "letter" "Letter sent",
    CentreReferral "centre-referral" "Contact centre referral",
    CentrePreVisit "centre-pre-visit" "Contact centre pre-visit",
    CentreSession "centre-session" "Contact centre session",
    Miam "miam" "Mediation information and assessment meeting (MIAM)",
    Mediation "mediation" "Mediation (the fact only)",
    Advice "advice" "Legal advice",
    LegalAid "legal-aid" "Legal aid",
    Voucher "voucher" "Mediation voucher",
    FeeHelp "fee-help" "Help with fees",
    C100 "c100" "Application for a child arrangements order (Form C100)",
    C1a "c1a" "Supplemental information form (Form C1A)",
    C2 "c2" "Application in proceedings (Form C2)",
    C79 "c79" "Application related to enforcement (Form C79)",
    C8 "c8" "Confidential contact details (Form C8)",
    Fm5 "fm5" "Statement on non-court dispute resolution (Form FM5)",
    Cafcass "cafcass" "Cafcass",
    Hearing "hearing" "Hearing",
    ProhibitedSteps "prohibited-steps" "Prohibited steps order",
    Police "police" "Police",
    SafeguardingConcern "safeguarding-concern" "Safeguarding concern",
    Filed "filed" "Filed with the court",
    Served "served" "Served on the other party",
    Sent "sent" "Sent",
    Other "other" "Other step",
}

impl StepKind {
    /// The kind a word names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.word() == word)
    }
}
