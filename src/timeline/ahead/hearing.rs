//! The coming hearing, and what hangs on it.

use super::{Ahead, AheadKind, Found, Looking, of};
use crate::model::when::TimeOfDay;
use crate::model::{Date, Hearing, HearingSort, StepKind, Track, When};

impl Looking<'_> {
    pub(super) fn of_the_hearing(&self, found: &mut Found) {
        let Some((id, case)) = self.case else { return };
        let Some(hearing) = case.hearing.as_deref() else { return };
        let (date, time) = of(&hearing.when);
        let mut what = called(hearing);
        if let Some(court) = &case.court {
            what.push_str(&format!(", the Family Court at {court}"));
        }
        if let Some(estimate) = &hearing.time_estimate {
            what.push_str(&format!("; time estimate {estimate}"));
        }
        found.dates.push(Ahead {
            key: format!("hearing/{date}"),
            kind: AheadKind::Hearing,
            date,
            time,
            what: format!("{what}."),
            rule: None,
            counted: "As you set it down from the notice or order.".to_owned(),
            about: vec![id],
            done: false,
        });
        self.preliminary_documents(found, date);
        self.bundle(found, date, hearing);
        if self.is_the_first(hearing, date) {
            self.fm5(found, date);
        }
    }

    fn about_the_case(&self) -> Vec<crate::model::RecordId> {
        self.case.iter().map(|(id, _)| *id).collect()
    }

    /// By 11 am on the working day before (27A-80).
    fn preliminary_documents(&self, found: &mut Found, hearing: Date) {
        let day = self.rules.working_days_before(hearing, 1);
        found.counted(day, "the working day before the hearing, for preliminary documents", |date| Ahead {
            key: format!("hearing/{hearing}/preliminary"),
            kind: AheadKind::Deadline,
            date,
            time: TimeOfDay::new(11, 0, 0),
            what: "Preliminary documents for the hearing (case summary, position statement, chronology) are filed, if they are not already.".to_owned(),
            rule: Some("27A-80"),
            counted: format!("1 working day before {}.", hearing.long()),
            about: self.about_the_case(),
            done: false,
        });
    }

    fn bundle(&self, found: &mut Found, hearing: Date, set: &Hearing) {
        let days = u32::try_from(self.rules.limit("27A-90").unwrap_or(7)).unwrap_or(7);
        let who = match set.prepares {
            Some(true) => "Have your bundle ready",
            Some(false) => "Have what goes into the bundle ready; somebody else prepares it",
            None => "Have the papers for the hearing ready",
        };
        found.counted(self.rules.working_days_before(hearing, days), "the planning reminder for the bundle", |date| {
            Ahead {
                key: format!("hearing/{hearing}/bundle"),
                kind: AheadKind::Reminder,
                date,
                time: None,
                what: format!("{who} (a planning reminder, not a rule)."),
                rule: Some("27A-90"),
                counted: format!(
                    "{days} working days before {}; the order may set another day, and then that one counts.",
                    hearing.long()
                ),
                about: self.about_the_case(),
                done: false,
            }
        });
        // Calendar days: the court service's system knows no bank holidays here (27A-83).
        let days = self.rules.limit("27A-83").unwrap_or(7);
        let date = hearing.plus_days(-i64::try_from(days).unwrap_or(7));
        found.dates.push(Ahead {
            key: format!("hearing/{hearing}/court-task"),
            kind: AheadKind::Reminder,
            date,
            time: None,
            what: "Where nobody in the case has a lawyer, the court service's staff are asked to prepare the bundle; what is uploaded later may miss it.".to_owned(),
            rule: Some("27A-83"),
            counted: format!("{days} calendar days before {}.", hearing.long()),
            about: self.about_the_case(),
            done: false,
        });
    }

    /// Form FM5 is for the first hearing (MED-10). It is taken to be one where the court's word says so, or where the book
    /// knows of none before it since the application.
    fn is_the_first(&self, hearing: &Hearing, date: Date) -> bool {
        let kind = hearing.kind.as_deref().unwrap_or_default();
        if let Some(sort) = HearingSort::from_word(kind) {
            return matches!(sort.word, "first" | "fhdra");
        }
        if kind.to_lowercase().contains("first") {
            return true;
        }
        let before = |when: &Option<When>| when.as_ref().is_some_and(|when| when.london_date() < date);
        let heard = self.steps.iter().any(|(_, step)| step.kind == StepKind::Hearing && before(&step.when));
        let ordered = self.orders.iter().any(|(_, order)| before(&order.made));
        !heard && !ordered
    }

    fn fm5(&self, found: &mut Found, hearing: Date) {
        let days = u32::try_from(self.rules.limit("MED-10").unwrap_or(7)).unwrap_or(7);
        let track = self.case.map(|(_, case)| case.track).unwrap_or_default();
        let done = self.steps.iter().find(|(_, step)| {
            step.kind == StepKind::Fm5 && step.when.as_ref().is_some_and(|when| when.london_date() <= hearing)
        });
        // The print limits it to one procedure's first hearing (MED-28); the other's courts are asked.
        let remark = match track {
            Track::ChildFocused => " In a Child-Focused court, ask whether it is wanted and by when (MED-28).",
            Track::Ordinary | Track::Unknown => "",
        };
        let mut about = self.about_the_case();
        about.extend(done.map(|(id, _)| *id));
        found.counted(self.rules.at_least_before(hearing, days), "the last day for Form FM5", |date| Ahead {
            key: format!("hearing/{hearing}/fm5"),
            kind: AheadKind::Deadline,
            date,
            time: None,
            what: format!(
                "Last day for Form FM5 (what was tried outside court), with a copy to the other party.{remark}"
            ),
            rule: Some("MED-10"),
            counted: format!(
                "At least {days} working days before {}; the hearing's own day is left out.",
                hearing.long()
            ),
            about,
            done: done.is_some(),
        });
    }
}

/// The court's own word; else the word of no procedure (CFC-07).
fn called(hearing: &Hearing) -> String {
    match hearing.kind.as_deref().map(str::trim) {
        None | Some("") => "Hearing".to_owned(),
        Some(kind) if kind.to_lowercase().contains("hearing") => kind.to_owned(),
        Some(kind) => format!("Hearing: {kind}"),
    }
}
