//! The road as a table: what each kind of step needs. Questions, help, facts and papers all read it.

use super::StepKind;

/// A kind of step on the road.
#[derive(Debug, Clone, Copy)]
pub struct Stop {
    /// Which kind.
    pub kind: StepKind,
    /// On which part of the road it lies.
    pub stage: Stage,
    /// What it needs besides the day, the people and the writer's words, in the order it is asked for.
    pub needs: &'static [Need],
    /// One thing to know while writing it down.
    pub hint: Option<&'static str>,
    /// The form whose fee is a dated fact in the rules.
    pub fee_of: Option<&'static str>,
}

/// One field a kind of step needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// As `amend --set` takes it.
    pub field: &'static str,
    /// How it is asked for.
    pub question: &'static str,
    /// How a paper labels it. Empty: no paper shows it.
    pub label: &'static str,
}

/// A part of the road.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// A child may be in danger.
    Safety,
    /// Asking politely, proposing, answering.
    Asking,
    /// A contact centre, or somebody who helps with handovers.
    Handovers,
    /// Mediation and the meeting before it.
    Mediation,
    /// Advice, and money for it.
    Advice,
    /// Applications, forms, filing and serving.
    Applying,
    /// Cafcass and reports.
    Reports,
    /// Hearings, directions, orders.
    Hearings,
    /// Everything else.
    Other,
}

impl Stage {
    /// All parts, in the order they are offered: safety first (SAFE-09).
    pub const ALL: [(Stage, &'static str); 9] = [
        (Stage::Safety, "A worry about a child's safety, a child not returned, the police"),
        (Stage::Asking, "Asking, proposing, letters and replies; living apart or together"),
        (Stage::Handovers, "A contact centre, or a relative who helps with handovers"),
        (Stage::Mediation, "Mediation, the MIAM and the voucher"),
        (Stage::Advice, "Legal advice, legal aid, help with fees, parental responsibility"),
        (Stage::Applying, "Applications and forms: C100, C1A, C2, C8, C79, FM5; filed, served"),
        (Stage::Reports, "Cafcass: call, letter, report"),
        (Stage::Hearings, "Hearings, directions and orders made"),
        (Stage::Other, "Something else"),
    ];

    /// The kinds of step on this part of the road.
    pub fn kinds(self) -> impl Iterator<Item = StepKind> {
        StepKind::ALL.iter().copied().filter(move |kind| kind.stop().stage == self)
    }
}

const fn need(field: &'static str, question: &'static str, label: &'static str) -> Need {
    Need { field, question, label }
}

const HOW: Need = need("how", "How was it sent or said (by e-mail, by post, in person)?", "How");
const IN_WRITING: Need = need("in-writing", "Was it in writing (yes or no)?", "In writing");
const OPEN_UNTIL: Need = need("until", "Until when is it open (Enter: not said)?", "Open until");
const ANSWERS: Need = need("answers", "Which step does it answer (STP-1)?", "Answers");
const OUTCOME: Need = need("outcome", "What came of it (Enter: nothing yet)?", "What came of it");
const CENTRE: Need = need("place", "Which contact centre?", "Contact centre");
const COURT: Need = need("place", "Which court?", "Court");
const REFERENCE: Need = need("reference", "Its reference or number (Enter: none)?", "Reference");
const FEE: Need = need("fee", "What did it cost (£263; Enter: nothing, or not known)?", "Paid");
const ABOUT_ORDER: Need = need("about", "Which order is it about (ORD-1; Enter: none)?", "About");
const ABOUT_PAPER: Need = need("about", "Which record is it about (DOC-3; Enter: none)?", "About");
const VALID_UNTIL: Need = need("until", "Until when is it valid (Enter: not known)?", "Valid until");

const fn stop(kind: StepKind, stage: Stage, needs: &'static [Need]) -> Stop {
    Stop { kind, stage, needs, hint: None, fee_of: None }
}

const fn hinted(stop: Stop, hint: &'static str) -> Stop {
    Stop { hint: Some(hint), ..stop }
}

const fn form(kind: StepKind, needs: &'static [Need], fee_of: Option<&'static str>) -> Stop {
    Stop { kind, stage: Stage::Applying, needs, hint: None, fee_of }
}

/// What is said in mediation stays there.
const FACT_ONLY: &str = "Write the fact and the day only. What was said or offered there is confidential: it stays out of \
                         every paper, and is better not written here at all.";

const ROAD: &[Stop] = &[
    stop(StepKind::Separated, Stage::Asking, &[]),
    hinted(
        stop(StepKind::LivingTogether, Stage::Asking, &[need("until", "Until when (Enter: still so)?", "Until")]),
        "An order about where a child lives and with whom rests meanwhile, and ends if it lasts more than six months \
         without a break.",
    ),
    stop(StepKind::Asked, Stage::Asking, &[HOW, IN_WRITING, OPEN_UNTIL, OUTCOME]),
    stop(StepKind::Proposal, Stage::Asking, &[HOW, IN_WRITING, OPEN_UNTIL]),
    stop(StepKind::Reply, Stage::Asking, &[ANSWERS, HOW, IN_WRITING, OUTCOME]),
    hinted(
        stop(
            StepKind::Letter,
            Stage::Asking,
            &[
                HOW,
                ABOUT_ORDER,
                need("until", "By when does it ask for a reply (Enter: not said)?", "Reply asked for by"),
            ],
        ),
        "A letter before an enforcement application names the order and its warning notice: say which order it is about.",
    ),
    stop(
        StepKind::RelativeHelps,
        Stage::Handovers,
        &[need("until", "Until when (Enter: still so)?", "Until"), OUTCOME],
    ),
    stop(
        StepKind::CentreReferral,
        Stage::Handovers,
        &[
            CENTRE,
            need("how", "Who made the referral (self, solicitor, court, Cafcass)?", "Referred by"),
            FEE,
            REFERENCE,
            OUTCOME,
        ],
    ),
    stop(StepKind::CentrePreVisit, Stage::Handovers, &[CENTRE, OUTCOME]),
    stop(
        StepKind::CentreSession,
        Stage::Handovers,
        &[CENTRE, need("which", "Supported or supervised?", "Kind"), FEE, OUTCOME],
    ),
    stop(StepKind::CentreLetter, Stage::Handovers, &[CENTRE, ABOUT_PAPER]),
    stop(StepKind::CentreClosed, Stage::Handovers, &[CENTRE, OUTCOME]),
    hinted(
        stop(
            StepKind::MiamBooked,
            Stage::Mediation,
            &[
                need("until", "For when is it booked?", "Booked for"),
                need("fee", "What does it cost (£120; Enter: not known)?", "Cost"),
            ],
        ),
        "The day of this step is the day you got in touch with the mediator.",
    ),
    hinted(stop(StepKind::Miam, Stage::Mediation, &[FEE]), FACT_ONLY),
    hinted(
        stop(StepKind::MiamExempt, Stage::Mediation, &[need("which", "On which ground?", "Ground"), ABOUT_PAPER]),
        "Keep what shows it. Evidence of domestic abuse goes to the court and need not go to the other party.",
    ),
    hinted(
        stop(StepKind::MiamCertificate, Stage::Mediation, &[REFERENCE, ABOUT_PAPER]),
        "It counts for an application within four months of the meeting.",
    ),
    hinted(stop(StepKind::Mediation, Stage::Mediation, &[FEE]), FACT_ONLY),
    hinted(stop(StepKind::ChildMediation, Stage::Mediation, &[FEE]), FACT_ONLY),
    Stop { fee_of: Some("mediation voucher"), ..stop(StepKind::Voucher, Stage::Mediation, &[VALID_UNTIL, OUTCOME]) },
    hinted(
        stop(StepKind::Advice, Stage::Advice, &[FEE]),
        "Write the fact only: what a lawyer told you is between the two of you, and stays out of papers for others.",
    ),
    stop(StepKind::LegalAid, Stage::Advice, &[REFERENCE, OUTCOME]),
    stop(StepKind::FeeHelp, Stage::Advice, &[REFERENCE, OUTCOME]),
    hinted(
        stop(
            StepKind::ParentalResponsibility,
            Stage::Advice,
            &[need("which", "On what basis (birth-certificate, marriage, agreement, order)?", "Basis"), ABOUT_PAPER],
        ),
        "Say in “with” whose it is. To keep it beside the person too: daybook amend PER-2 --set \"parental-responsibility=yes: \
         birth certificate\".",
    ),
    form(StepKind::C100, &[COURT, REFERENCE, FEE, ABOUT_PAPER], Some("C100")),
    form(StepKind::C1a, &[COURT, REFERENCE, ABOUT_PAPER], None),
    form(StepKind::C2, &[COURT, REFERENCE, FEE, ABOUT_PAPER], Some("C2")),
    hinted(
        form(StepKind::C79, &[COURT, REFERENCE, FEE, ABOUT_ORDER], Some("C79")),
        "Cafcass is sent a copy and makes its checks afresh. No MIAM is asked for.",
    ),
    form(StepKind::C8, &[COURT, ABOUT_PAPER], None),
    hinted(
        form(
            StepKind::Fm5,
            &[need("done", "When did a copy go to the other party (Enter: not yet)?", "Copy sent"), ABOUT_PAPER],
            None,
        ),
        "It says what was tried outside court, and nothing of what was said there.",
    ),
    form(StepKind::Filed, &[COURT, ABOUT_PAPER, REFERENCE], None),
    form(StepKind::Served, &[HOW, ABOUT_PAPER], None),
    stop(StepKind::Cafcass, Stage::Reports, &[OUTCOME]),
    stop(StepKind::CafcassCall, Stage::Reports, &[]),
    stop(
        StepKind::CafcassLetter,
        Stage::Reports,
        &[need("which", "England or Wales (in Wales it is called a safeguarding enquiries report)?", ""), ABOUT_PAPER],
    ),
    stop(
        StepKind::Section7,
        Stage::Reports,
        &[need("until", "By when is it due (Enter: not known)?", "Due by"), ABOUT_PAPER],
    ),
    stop(
        StepKind::ImpactReport,
        Stage::Reports,
        &[need("until", "By when is it due (Enter: not known)?", "Due by"), ABOUT_PAPER],
    ),
    stop(
        StepKind::Hearing,
        Stage::Hearings,
        &[
            need("which", "Which sort of hearing, in the court's words (Enter: not said)?", ""),
            COURT,
            need("how", "How was it held (in person, by video, by telephone)?", "Held"),
            OUTCOME,
        ],
    ),
    stop(
        StepKind::Directions,
        Stage::Hearings,
        &[
            need("until", "By when is it to be done (4 pm on 3 March; Enter: not said)?", "To be done by"),
            ABOUT_ORDER,
            need("done", "When was it done (Enter: not yet)?", "Done"),
        ],
    ),
    stop(
        StepKind::InterimOrder,
        Stage::Hearings,
        &[COURT, ABOUT_ORDER, need("until", "Until when does it stand (Enter: not said)?", "Stands until")],
    ),
    stop(StepKind::FinalOrder, Stage::Hearings, &[COURT, ABOUT_ORDER]),
    stop(
        StepKind::ProhibitedSteps,
        Stage::Hearings,
        &[COURT, ABOUT_ORDER, need("until", "Until when does it stand (Enter: not said)?", "Stands until")],
    ),
    stop(
        StepKind::SpecificIssue,
        Stage::Hearings,
        &[COURT, ABOUT_ORDER, need("until", "Until when does it stand (Enter: not said)?", "Stands until")],
    ),
    stop(
        StepKind::Police,
        Stage::Safety,
        &[
            need("reference", "The incident or crime reference (Enter: none)?", "Police reference"),
            need("how", "How did you reach them (999, 101, at a station)?", "How"),
            OUTCOME,
        ],
    ),
    stop(
        StepKind::SafeguardingConcern,
        Stage::Safety,
        &[
            need(
                "how",
                "Whom did you tell, and how (police, children's services, school; Enter: nobody yet)?",
                "Told to",
            ),
            REFERENCE,
            OUTCOME,
        ],
    ),
    stop(
        StepKind::ChildNotReturned,
        Stage::Safety,
        &[
            ABOUT_ORDER,
            need("until", "When was the child back (Enter: not yet)?", "Back"),
            need("how", "Whom did you tell, and how (police, a solicitor; Enter: nobody yet)?", "Told to"),
            REFERENCE,
        ],
    ),
    stop(StepKind::Sent, Stage::Other, &[HOW, ABOUT_PAPER]),
    stop(StepKind::Other, Stage::Other, &[HOW, REFERENCE, OUTCOME]),
];

impl StepKind {
    /// What this kind of step needs.
    ///
    /// # Panics
    /// Never: a test holds the table against the kinds.
    #[must_use]
    pub fn stop(self) -> &'static Stop {
        ROAD.iter().find(|stop| stop.kind == self).expect("every kind stands on the road once")
    }

    /// How a paper labels a field of this kind of step; `None`: it does not show it.
    #[must_use]
    pub fn label(self, field: &str) -> Option<&'static str> {
        let need = self.stop().needs.iter().find(|need| need.field == field);
        need.map(|need| need.label).or_else(|| usual_label(field)).filter(|label| !label.is_empty())
    }
}

/// How a field is labelled that its kind does not ask for, where somebody gave it all the same.
fn usual_label(field: &str) -> Option<&'static str> {
    let needs = [HOW, IN_WRITING, ANSWERS, OUTCOME, REFERENCE, FEE, ABOUT_PAPER];
    let others = [("until", "Until"), ("place", "Place"), ("done", "Done")];
    needs
        .iter()
        .map(|need| (need.field, need.label))
        .chain(others)
        .find(|(name, _)| *name == field)
        .map(|(_, label)| label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_stands_on_the_road_once_and_can_be_reached_by_questions() {
        for kind in StepKind::ALL {
            assert_eq!(ROAD.iter().filter(|stop| stop.kind == *kind).count(), 1, "{}", kind.word());
            assert!(Stage::ALL.iter().any(|(stage, _)| stage.kinds().any(|offered| offered == *kind)));
        }
        assert_eq!(ROAD.len(), StepKind::ALL.len());
    }

    #[test]
    fn nothing_is_asked_twice_and_mediation_is_asked_for_no_words() {
        for stop in ROAD {
            for (index, need) in stop.needs.iter().enumerate() {
                assert!(!stop.needs[..index].iter().any(|earlier| earlier.field == need.field), "{}", stop.kind.word());
            }
            let asks_of_content = stop.needs.iter().any(|need| matches!(need.field, "outcome" | "how" | "answers"));
            assert!(!(stop.kind.fact_only() && asks_of_content), "{}", stop.kind.word());
        }
    }
}
