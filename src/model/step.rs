//! Steps on the road: asking, proposing, mediating, applying.

use serde::{Deserialize, Serialize};

use super::{Digest, RecordId, Track, When};

/// One step. Which of its fields a kind of step uses is told by [`StepKind::stop`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
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
    /// Which one, where a kind has several: the ground of an exemption, the sort of hearing, the basis of parental
    /// responsibility. A word of a list or words of one's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub which: Option<String>,
    /// Until when it is open, booked, valid or lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<When>,
    /// How it went or was sent: `by e-mail`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how: Option<String>,
    /// It was put in writing. `None`: not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_writing: Option<bool>,
    /// The step it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<RecordId>,
    /// The record it is about: the order a letter cites, the paper that was filed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<RecordId>,
    /// What came of it, in the writer's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// Where: a contact centre, a court.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// What it cost, in pence: a fact of that day, never reckoned with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fee: Option<u64>,
    /// When it was done, where the step itself tells of something to be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<When>,
}

impl Step {
    /// A step of this kind of which nothing else is known.
    #[must_use]
    pub fn of(kind: StepKind) -> Self {
        Step { kind, ..Step::default() }
    }

    /// As a chronology names it: the kind, and which one of it. Never the writer's words, which for mediation stay
    /// out of papers (MED-17).
    #[must_use]
    pub fn named(&self) -> String {
        let plain = self.kind.plain();
        let Some(which) = self.which.as_deref().map(str::trim).filter(|which| !which.is_empty()) else {
            return plain.to_owned();
        };
        match self.kind {
            // In Wales the paper has another name.
            StepKind::CafcassLetter if which.eq_ignore_ascii_case("wales") => {
                "Safeguarding enquiries report (Cafcass Cymru)".to_owned()
            }
            StepKind::CafcassLetter if which.eq_ignore_ascii_case("england") => {
                "Safeguarding letter (Cafcass)".to_owned()
            }
            StepKind::Hearing => match HearingSort::from_word(which) {
                Some(sort) => format!("{plain}: {}", sort.plain),
                None => format!("{plain}: {which}"),
            },
            StepKind::ParentalResponsibility => format!("{plain}, by {}", which.replace('-', " ")),
            _ => format!("{plain}: {}", which.replace('-', " ")),
        }
    }
}

macro_rules! step_kinds {
    ($($variant:ident $word:literal $plain:literal,)*) => {
        /// What kind of step it was.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum StepKind {
            $(#[doc = $plain] #[serde(rename = $word)] $variant,)*
            /// Other step
            #[default]
            #[serde(rename = "other")]
            Other,
        }

        impl StepKind {
            /// All kinds, in the order of the road.
            pub const ALL: &[StepKind] = &[$(StepKind::$variant,)* StepKind::Other];

            /// The word on the command line and in JSON.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(StepKind::$variant => $word,)* StepKind::Other => "other" }
            }

            /// As a chronology names it.
            #[must_use]
            pub fn plain(self) -> &'static str {
                match self { $(StepKind::$variant => $plain,)* StepKind::Other => "Other step" }
            }
        }
    };
}

step_kinds! {
    Separated "separated" "Separation",
    LivingTogether "living-together" "The parents live together again",
    Asked "asked" "Contact asked for",
    Proposal "proposal" "Proposal made",
    Reply "reply" "Reply to a proposal",
    Letter "letter" "Letter sent",
    RelativeHelps "relative-helps" "A relative helps with handovers",
    CentreReferral "centre-referral" "Contact centre referral",
    CentrePreVisit "centre-pre-visit" "Contact centre pre-visit",
    CentreSession "centre-session" "Contact centre session",
    CentreLetter "centre-letter" "Letter from the contact centre",
    CentreClosed "centre-closed" "End of contact at the centre",
    MiamBooked "miam-booked" "Mediation information and assessment meeting (MIAM) booked",
    Miam "miam" "Mediation information and assessment meeting (MIAM)",
    MiamExempt "miam-exempt" "Exemption from the MIAM",
    MiamCertificate "miam-certificate" "MIAM certificate",
    Mediation "mediation" "Mediation (the fact only)",
    ChildMediation "child-mediation" "Child-inclusive mediation (the fact only)",
    Voucher "voucher" "Mediation voucher",
    Advice "advice" "Legal advice",
    LegalAid "legal-aid" "Legal aid",
    FeeHelp "fee-help" "Help with fees",
    ParentalResponsibility "parental-responsibility" "Parental responsibility",
    C100 "c100" "Application for a child arrangements order (Form C100)",
    C1a "c1a" "Supplemental information form (Form C1A)",
    C2 "c2" "Application in proceedings (Form C2)",
    C79 "c79" "Application related to enforcement (Form C79)",
    C8 "c8" "Confidential contact details (Form C8)",
    Fm5 "fm5" "Statement on non-court dispute resolution (Form FM5)",
    Filed "filed" "Filed with the court",
    Served "served" "Served on the other party",
    Cafcass "cafcass" "Cafcass",
    CafcassCall "cafcass-call" "Telephone call with Cafcass",
    CafcassLetter "cafcass-letter" "Letter on safeguarding checks (Cafcass)",
    Section7 "section-7" "Section 7 report",
    ImpactReport "impact-report" "Child Impact Report",
    Hearing "hearing" "Hearing",
    Directions "directions" "Directions given",
    InterimOrder "interim-order" "Interim order made",
    FinalOrder "final-order" "Final order made",
    ProhibitedSteps "prohibited-steps" "Prohibited steps order",
    SpecificIssue "specific-issue" "Specific issue order",
    Police "police" "Police",
    SafeguardingConcern "safeguarding-concern" "Safeguarding concern",
    ChildNotReturned "child-not-returned" "Child not returned",
    Sent "sent" "Sent",
}

impl StepKind {
    /// The kind a word names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.word() == word)
    }

    /// Of these the fact and the date may be told, and nothing of what was said (MED-12, MED-17): their words stay out
    /// of every paper.
    #[must_use]
    pub fn fact_only(self) -> bool {
        matches!(
            self,
            StepKind::Mediation
                | StepKind::ChildMediation
                | StepKind::Miam
                | StepKind::MiamBooked
                | StepKind::MiamExempt
                | StepKind::MiamCertificate
        )
    }

    /// A child may be in danger: whom to ring comes before any form (SAFE-09).
    #[must_use]
    pub fn safety_first(self) -> bool {
        matches!(self, StepKind::SafeguardingConcern | StepKind::ChildNotReturned)
    }

    /// Words go to the other parent: is there an order, a bail condition or an adviser that says no?
    #[must_use]
    pub fn reaches_out(self) -> bool {
        matches!(self, StepKind::Asked | StepKind::Proposal | StepKind::Letter)
    }
}

/// A sort of hearing, with the procedure it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HearingSort {
    /// As typed: `fhdra`.
    pub word: &'static str,
    /// As a chronology names it.
    pub plain: &'static str,
    /// The procedure whose word it is; `Unknown`: of both.
    pub track: Track,
}

impl HearingSort {
    /// The sorts of hearing there are words for (CFC-07). The court's own words may be others.
    pub const ALL: [HearingSort; 9] = [
        sort("first", "first hearing", Track::Unknown),
        sort("fhdra", "first hearing dispute resolution appointment (FHDRA)", Track::Ordinary),
        sort("dra", "dispute resolution appointment (DRA)", Track::Ordinary),
        sort("final", "final hearing", Track::Ordinary),
        sort("decision", "Decision Hearing", Track::ChildFocused),
        sort("review", "Review", Track::ChildFocused),
        sort("directions", "directions hearing", Track::Unknown),
        sort("fact-finding", "fact-finding hearing", Track::Unknown),
        sort("enforcement", "hearing about enforcement", Track::Unknown),
    ];

    /// The sort somebody's words name: the word itself, `Decision Hearing`, `final hearing`, `FHDRA`.
    #[must_use]
    pub fn from_word(words: &str) -> Option<&'static HearingSort> {
        const ALL: &[HearingSort] = &HearingSort::ALL;
        let words = words.trim().to_lowercase();
        let words = words.strip_suffix(" hearing").unwrap_or(&words);
        ALL.iter().find(|sort| {
            let plain = sort.plain.to_lowercase();
            words == sort.word || words == plain || Some(words) == plain.strip_suffix(" hearing")
        })
    }
}

const fn sort(word: &'static str, plain: &'static str, track: Track) -> HearingSort {
    HearingSort { word, plain, track }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_old_books_hold_is_read_and_written_as_it_was() {
        let old = r#"{"kind":"miam","when":null,"with":[],"what":"","reference":null,"attachments":[]}"#;
        let step: Step = serde_json::from_str(old).unwrap();
        assert_eq!(step, Step::of(StepKind::Miam));
        assert_eq!(serde_json::to_string(&step).unwrap(), old);
    }

    #[test]
    fn words_name_kinds_and_only_once() {
        for kind in StepKind::ALL {
            assert_eq!(StepKind::from_word(kind.word()), Some(*kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.word());
        }
    }

    #[test]
    fn a_step_is_named_by_its_kind_and_sort_and_never_by_its_words() {
        let check = |kind, which: &str, expected: &str| {
            let which = Some(which.to_owned()).filter(|which| !which.is_empty());
            let step = Step { which, what: "Sam offered Sundays.".into(), ..Step::of(kind) };
            assert_eq!(step.named(), expected);
        };
        check(StepKind::Mediation, "", "Mediation (the fact only)");
        check(StepKind::MiamExempt, "no-mediator", "Exemption from the MIAM: no mediator");
        check(StepKind::CafcassLetter, "", "Letter on safeguarding checks (Cafcass)");
        check(StepKind::CafcassLetter, "wales", "Safeguarding enquiries report (Cafcass Cymru)");
        check(StepKind::CafcassLetter, "England", "Safeguarding letter (Cafcass)");
        check(StepKind::Hearing, "fhdra", "Hearing: first hearing dispute resolution appointment (FHDRA)");
        check(StepKind::Hearing, "Decision Hearing", "Hearing: Decision Hearing");
        check(StepKind::Hearing, "pre-hearing review", "Hearing: pre-hearing review");
        check(StepKind::ParentalResponsibility, "birth-certificate", "Parental responsibility, by birth certificate");
    }
}
