//! What the steps on the road lead to: meetings booked, proposals open, a certificate's four months; and contact ahead.

use super::{Ahead, AheadKind, Found, Looking, months_after, of};
use crate::model::{Date, RecordId, Step, StepKind, When};

impl Looking<'_> {
    pub(super) fn of_steps(&self, found: &mut Found) {
        for (id, step) in &self.steps {
            self.booked(found, *id, step);
            self.open_until(found, *id, step);
            if step.kind == StepKind::MiamBooked {
                self.meeting_in_time(found, *id, step);
            }
        }
        self.four_months(found);
    }

    /// A step that lies ahead: a call, a visit, another hearing than the one of the case.
    fn booked(&self, found: &mut Found, id: RecordId, step: &Step) {
        let Some(when) = &step.when else { return };
        let (date, time) = of(when);
        if date < self.today || self.is_the_hearing_of_the_case(step, date) {
            return;
        }
        let hearing = step.kind == StepKind::Hearing;
        found.dates.push(Ahead {
            key: format!("{id}/on"),
            kind: if hearing { AheadKind::Hearing } else { AheadKind::Appointment },
            date,
            time,
            what: format!("{}{}.", step.named(), place(step)),
            rule: None,
            counted: format!("As you wrote it down ({id})."),
            about: vec![id],
            done: false,
        });
    }

    fn is_the_hearing_of_the_case(&self, step: &Step, date: Date) -> bool {
        let hearing = self.case.and_then(|(_, case)| case.hearing.as_deref());
        step.kind == StepKind::Hearing && hearing.is_some_and(|hearing| hearing.when.london_date() == date)
    }

    /// Until when a step is open, booked, valid or to be done.
    fn open_until(&self, found: &mut Found, id: RecordId, step: &Step) {
        let Some(until) = &step.until else { return };
        let (date, time) = of(until);
        let named = step.named();
        let (kind, what) = match step.kind {
            StepKind::Proposal | StepKind::Asked => (AheadKind::Ends, format!("{named}: open until then.")),
            StepKind::Letter => (AheadKind::Ends, "A reply to your letter was asked for by then.".to_owned()),
            StepKind::MiamBooked => (AheadKind::Appointment, format!("{}.", named.trim_end_matches(" booked"))),
            StepKind::Directions | StepKind::Section7 | StepKind::ImpactReport => {
                (AheadKind::Deadline, format!("{named}: due by then."))
            }
            StepKind::LivingTogether | StepKind::ChildNotReturned | StepKind::RelativeHelps => return,
            StepKind::Voucher => {
                (AheadKind::Ends, "The mediation voucher is valid until then, as you wrote it down.".to_owned())
            }
            _ => (AheadKind::Ends, format!("{named}: until then.")),
        };
        let answer = self.answer_to(id);
        let mut about = vec![id];
        about.extend(answer);
        found.dates.push(Ahead {
            key: format!("{id}/until"),
            kind,
            date,
            time,
            what,
            rule: None,
            counted: match answer {
                Some(answer) => format!("As you wrote it down ({id}); answered ({answer})."),
                None => format!("As you wrote it down ({id})."),
            },
            about,
            done: answer.is_some() || step.done.is_some(),
        });
    }

    /// The first reply to a step.
    fn answer_to(&self, id: RecordId) -> Option<RecordId> {
        self.steps.iter().find(|(_, step)| step.answers == Some(id)).map(|(answer, _)| *answer)
    }

    /// A MIAM should be held within 15 business days of getting in touch (MED-02).
    fn meeting_in_time(&self, found: &mut Found, id: RecordId, step: &Step) {
        let Some(from) = step.when.as_ref().map(When::london_date) else { return };
        let days = u32::try_from(self.rules.limit("MED-02").unwrap_or(15)).unwrap_or(15);
        let attended = self.steps.iter().find(|(_, other)| {
            other.kind == StepKind::Miam && other.when.as_ref().is_some_and(|when| when.london_date() >= from)
        });
        let mut about = vec![id];
        about.extend(attended.map(|(id, _)| *id));
        found.counted(self.rules.business_days_after(from, days), "15 business days for the MIAM", |date| Ahead {
            key: format!("{id}/in-time"),
            kind: AheadKind::Deadline,
            date,
            time: None,
            what: "The MIAM should be held by then.".to_owned(),
            rule: Some("MED-02"),
            counted: format!("{days} business days after {}, when you got in touch.", from.long()),
            about,
            done: attended.is_some(),
        });
    }

    /// A MIAM counts for an application made within four months (MED-04). The last one counts; an application since then
    /// has used it.
    fn four_months(&self, found: &mut Found) {
        let day = |step: &Step| step.when.as_ref().map(When::london_date);
        let last = |kind| {
            let of_kind = self.steps.iter().filter(move |(_, step)| step.kind == kind);
            of_kind.filter_map(|(id, step)| Some((day(step)?, *id))).filter(|(date, _)| *date <= self.today).max()
        };
        let (met, certificate) = (last(StepKind::Miam), last(StepKind::MiamCertificate));
        // A certificate without its meeting is counted from its own day: earlier is safer, and the day of the meeting is
        // not known.
        let Some((from, id)) = met.or(certificate) else { return };
        let months = u32::try_from(self.rules.limit("MED-04").unwrap_or(4)).unwrap_or(4);
        let date = months_after(from, months);
        let applied = self
            .steps
            .iter()
            .find(|(_, step)| step.kind == StepKind::C100 && day(step).is_some_and(|day| (from..=date).contains(&day)));
        let mut about = vec![id];
        about.extend(certificate.map(|(_, id)| id).filter(|other| *other != id));
        about.extend(applied.map(|(id, _)| *id));
        let since =
            if met.is_some() { "the meeting" } else { "the certificate; the meeting itself is not written down" };
        found.dates.push(Ahead {
            key: format!("{id}/four-months"),
            kind: AheadKind::Ends,
            date,
            time: None,
            what: "The MIAM counts for an application made until about then; do not leave it to the last day."
                .to_owned(),
            rule: Some("MED-04"),
            counted: format!("{months} months from {}, the day of {since}.", from.plain()),
            about,
            done: applied.is_some(),
        });
    }

    pub(super) fn of_sessions(&self, found: &mut Found) {
        for session in &self.sessions {
            let call = if session.call { "A call is due" } else { "Contact is due" };
            let place = session.place.as_deref().map(|place| format!(" at {place}")).unwrap_or_default();
            found.dates.push(Ahead {
                key: session.key.clone(),
                kind: AheadKind::Session,
                date: session.start.date,
                time: session.start.time,
                what: format!("{call}{place}, until {}.", session.end.long()),
                rule: None,
                counted: session.reckoning.clone(),
                about: vec![session.order],
                done: false,
            });
        }
    }
}

fn place(step: &Step) -> String {
    step.place.as_deref().map(|place| format!(", {place}")).unwrap_or_default()
}
