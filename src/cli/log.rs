//! `daybook log`

use std::path::PathBuf;

use clap::Args as ClapArgs;

use crate::actions::{self, Entry, Logging, People, Reading, Set, shown_when};
use crate::contact::Session;
use crate::model::{Content, Incident, IncidentKind, RecordId, When, Zone};
use crate::rules::Rules;
use crate::store::Book;

use super::ask::{self, Answer};
use super::desk::Desk;
use super::error::Fault;
use super::fields::Given;
use super::output::display_line;
use super::reply::Reply;

/// Write down a contact event, good or bad
///
/// Example: daybook log --kind nobody-there --due "6 March 2026 5pm" --place "Elmgrove Library"
/// --arrived 4.50pm --left 5.45pm --what "I waited at the main door. Nobody came."
///
/// Without flags it asks, the short way first: what happened, and what became of it. The rest can
/// wait: an unfinished entry is kept as it stands, and finished later with `daybook amend`. Write facts,
/// times and exact words; write down contact that went well, and your own late or missed times, too.
/// Where orders or agreements say when contact is due, it offers the latest sessions without a word.
#[derive(ClapArgs, Debug, Default)]
pub struct Args {
    /// What became of it
    #[arg(long, value_parser = kinds())]
    kind: Option<IncidentKind>,
    /// When it was due to start: "6 March 2026 5pm"
    #[arg(long, value_name = "T")]
    due: Option<String>,
    /// When it was due to end
    #[arg(long, value_name = "T")]
    until: Option<String>,
    /// When you were there
    #[arg(long, value_name = "T")]
    arrived: Option<String>,
    /// When you left, or until when you waited
    #[arg(long, value_name = "T")]
    left: Option<String>,
    /// When contact really started
    #[arg(long, value_name = "T")]
    started: Option<String>,
    /// When contact really ended
    #[arg(long, value_name = "T")]
    ended: Option<String>,
    /// When it happened, if it was not due at a set time
    #[arg(long, value_name = "T")]
    happened: Option<String>,
    /// Why it was due: order, agreement, pattern or asked
    #[arg(long, value_name = "B")]
    basis: Option<String>,
    /// The order it was due under
    #[arg(long, value_name = "ORD-1")]
    order: Option<String>,
    /// The paragraph of that order
    #[arg(long, value_name = "3a")]
    para: Option<String>,
    /// The key of a session that was due, from `daybook contact`: it fills in when, where and under what
    #[arg(long, value_name = "KEY")]
    session: Option<String>,
    /// What happened, in your words
    #[arg(long, value_name = "TEXT")]
    what: Option<String>,
    /// Exact words that were said, and who said them
    #[arg(long, value_name = "TEXT")]
    said: Option<String>,
    /// The reason given
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Who gave the reason
    #[arg(long, value_name = "NAME")]
    reason_by: Option<String>,
    /// Where the handover was due
    #[arg(long, value_name = "P")]
    place: Option<String>,
    /// Which child (by name; may be given again)
    #[arg(long, value_name = "N")]
    child: Vec<String>,
    /// Who else was there (by name; may be given again)
    #[arg(long, value_name = "N")]
    with: Vec<String>,
    /// The child as you saw them, and words said unprompted
    #[arg(long, value_name = "TEXT")]
    child_observed: Option<String>,
    /// How you know: own, told or read
    #[arg(long, value_name = "HOW")]
    knowledge: Option<String>,
    /// What is also known, even where it helps the other parent
    #[arg(long, value_name = "TEXT")]
    also_known: Option<String>,
    /// The session or event this took the place of
    #[arg(long, value_name = "KEY")]
    instead_of: Option<String>,
    /// A change both agreed to: by whom, when
    #[arg(long, value_name = "TEXT")]
    agreed: Option<String>,
    /// Other time that was offered: by whom, when
    #[arg(long, value_name = "TEXT")]
    offered: Option<String>,
    /// Was it cancelled or ended for somebody's safety? yes, no or unknown
    #[arg(long, value_name = "YES/NO")]
    for_safety: Option<String>,
    /// Did the child not want to go? yes, no or unknown
    #[arg(long, value_name = "YES/NO")]
    child_refused: Option<String>,
    /// Was it in the other person's power that day? yes, no or unknown
    #[arg(long, value_name = "YES/NO")]
    in_their_power: Option<String>,
    /// Who else looked after the child in this time
    #[arg(long, value_name = "TEXT")]
    cared_for_by: Option<String>,
    /// From when they did
    #[arg(long, value_name = "T")]
    cared_from: Option<String>,
    /// Until when they did
    #[arg(long, value_name = "T")]
    cared_until: Option<String>,
    /// Money lost, and on what: "£12.40 train"
    #[arg(long, value_name = "SUM")]
    loss: Option<String>,
    /// A file that belongs to it (may be given again)
    #[arg(long, value_name = "F")]
    attach: Vec<PathBuf>,
    /// A record that supports it (may be given again)
    #[arg(long, value_name = "ID")]
    cite: Vec<RecordId>,
}

fn kinds() -> impl clap::builder::TypedValueParser<Value = IncidentKind> {
    use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser as _};
    PossibleValuesParser::new(IncidentKind::ALL.map(|kind| PossibleValue::new(kind.word()).help(kind.plain())))
        .map(|word| IncidentKind::from_word(&word).expect("clap lets only these words through"))
}

impl Args {
    pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let (mut book, now) = desk.open()?;
        let people = People::load(&book)?;
        let reading = Reading { now, zone: Zone::LONDON, people: &people };
        let asked = !self.says_enough() && desk.asks();
        if asked {
            let nothing_given = self.what.is_none() && self.kind.is_none();
            if nothing_given && !safe_to_go_on(desk)? {
                return Ok(Reply::new(String::new(), serde_json::json!({"id": null})));
            }
        } else {
            self.check_enough()?;
        }
        let (attach, cite) = (self.attach.clone(), self.cite.clone());
        let mut sets = self.sets(desk)?;
        fill_from_session(desk, &book, now, &mut sets)?;
        let mut stopped = false;
        if asked {
            let recent = actions::sessions_without_a_word(&book, now, OFFERED)?;
            let known = Known { recent, ..Known::default() };
            stopped = Asking { desk, reading: &reading, sets: &mut sets, attach: &attach, known: &known }.all()?;
            if sets.is_empty() {
                return Ok(Reply::new("Nothing was written down.\n", serde_json::json!({"id": null})));
            }
        }
        // Questions take their time: written down is when the answers are kept.
        let now = desk.now_for(book.info().practice)?;
        keep(desk, &mut book, now, &Logging { sets, attach, cite }, stopped)
    }

    /// Enough was given to keep a finished entry without a question.
    fn says_enough(&self) -> bool {
        self.kind.is_some() && self.has_a_time()
    }

    fn has_a_time(&self) -> bool {
        [&self.due, &self.happened, &self.arrived, &self.started, &self.session].iter().any(|time| time.is_some())
    }

    /// With nobody to ask, an entry needs what became of it and when, or at least words to keep.
    fn check_enough(&self) -> Result<(), Fault> {
        let example = "daybook log --kind kept --due \"6 March 2026 5pm\"";
        if self.kind.is_none() && self.what.is_none() {
            return Err(Fault::missing("--kind", "what became of it; or --what, to finish it later", example));
        }
        if self.kind.is_some() && !self.has_a_time() {
            return Err(Fault::missing("--due", "when it was due; or --happened", example));
        }
        Ok(())
    }

    fn sets(self, desk: &mut Desk<'_>) -> Result<Vec<Set>, Fault> {
        let mut given = Given::at(desk);
        given
            .take("kind", self.kind.map(|kind| kind.word().to_owned()))?
            .take("due", self.due)?
            .take("until", self.until)?
            .take("arrived", self.arrived)?
            .take("left", self.left)?
            .take("started", self.started)?
            .take("ended", self.ended)?
            .take("happened", self.happened)?
            .take("basis", self.basis)?
            .take("order", self.order)?
            .take("para", self.para)?
            .take("session", self.session)?
            .take("what", self.what)?
            .take("said", self.said)?
            .take("reason", self.reason)?
            .take("reason-by", self.reason_by)?
            .take("place", self.place)?
            .take_all("children", &self.child)?
            .take_all("with", &self.with)?
            .take("child-observed", self.child_observed)?
            .take("knowledge", self.knowledge)?
            .take("also-known", self.also_known)?
            .take("instead-of", self.instead_of)?
            .take("agreed", self.agreed)?
            .take("offered", self.offered)?
            .take("for-safety", self.for_safety)?
            .take("child-refused", self.child_refused)?
            .take("in-their-power", self.in_their_power)?
            .take("cared-for-by", self.cared_for_by)?
            .take("cared-from", self.cared_from)?
            .take("cared-until", self.cared_until)?
            .take("loss", self.loss)?;
        Ok(given.sets())
    }
}

/// So many sessions are offered, the latest first.
const OFFERED: usize = 5;

/// What a session that is named by its key says of the entry, unless it was given.
fn fill_from_session(
    desk: &mut Desk<'_>,
    book: &Book,
    now: crate::model::Instant,
    sets: &mut Vec<Set>,
) -> Result<(), Fault> {
    let Some(key) = sets.iter().find(|set| set.field == "session").map(|set| set.text.clone()) else {
        return Ok(());
    };
    match actions::session_fields(book, now, &key, sets)? {
        Some(fields) => sets.extend(fields),
        None => desk.say("No sessions are computed in this book, so the key is kept as you typed it."),
    }
    let timed = |set: &Set| ["due", "happened", "arrived", "started"].contains(&set.field.as_str());
    if sets.iter().any(|set| set.field == "kind") && !sets.iter().any(timed) {
        return Err(Fault::missing("--due", "when it was due; or --happened", "--due \"6 March 2026 5pm\""));
    }
    Ok(())
}

/// Keeps what there is, and says what is left to do.
fn keep(
    desk: &mut Desk<'_>,
    book: &mut Book,
    now: crate::model::Instant,
    logging: &Logging,
    stopped: bool,
) -> Result<Reply, Fault> {
    let people = People::load(book)?;
    let incident = logging.incident(&Reading { now, zone: Zone::LONDON, people: &people })?;
    show_as_read(desk, &Content::Incident(Box::new(incident)), &people);
    let stored = actions::log(book, now, logging)?;
    let id = stored.entry.id;
    super::wording::remark_on(desk, crate::model::Noun::Incident, &logging.sets, id);
    let others: Vec<String> =
        actions::reconciled(book, now)?.otherwise(id).iter().map(crate::model::RecordId::to_string).collect();
    if let Some(first) = others.first() {
        let says = if others.len() == 1 { "says" } else { "say" };
        desk.say(&format!(
            "{} {says} something else of the same session, so it is counted as not known. Both are kept; if one is wrong: \
             daybook amend {first} (or {id}) --set kind=… --why …",
            others.join(", ")
        ));
    }
    let unfinished = !logging.sets.iter().any(|set| set.field == "kind" && !set.text.is_empty());
    if unfinished {
        let why = if stopped { "You stopped half way; what you typed is kept" } else { "It is kept as it stands" };
        desk.say(&format!("{why}, as an unfinished entry. To finish it: daybook amend {id}"));
    } else if stopped {
        desk.say(&format!("You stopped half way; what you typed is kept. To add to it: daybook amend {id}"));
    }
    Ok(Reply::written(&stored))
}

/// First things first: where a child may be in danger, no form (SAFE-09). False: not now.
fn safe_to_go_on(desk: &mut Desk<'_>) -> Result<bool, Fault> {
    let question = "Is a child in danger now, or not back when they should be?";
    match ask::yes_no(desk, question)? {
        Answer::Given(true) => {
            help_lines(desk);
            let later = ask::yes_no(desk, "Nothing else matters now. Do you want to write it down all the same?")?;
            let go_on = later == Answer::Given(true);
            if !go_on {
                desk.say("You can go on later: daybook log");
            }
            Ok(go_on)
        }
        Answer::Stopped => Ok(false),
        _ => Ok(true),
    }
}

/// Whom to ring, from the dated table (SAFE-07).
pub(super) fn help_lines(desk: &mut Desk<'_>) {
    desk.say("In danger now: ring 999. For advice:");
    let width = desk.terminal.width();
    let rules = Rules::england_and_wales();
    let rows: Vec<Vec<String>> = rules
        .help_lines()
        .iter()
        .map(|line| vec![line.number.clone(), format!("{}: {} ({})", line.name, line.help, line.hours)])
        .collect();
    desk.terminal.say(&super::output::columns(&rows, width));
}

/// The questions of `log`, in order. Enter skips one, a full stop keeps what there is.
struct Asking<'a, 't, 'd> {
    desk: &'a mut Desk<'t>,
    reading: &'a Reading<'d>,
    sets: &'a mut Vec<Set>,
    attach: &'a [PathBuf],
    known: &'a Known,
}

/// What an entry that is being finished holds already.
#[derive(Default)]
struct Known {
    fields: Vec<&'static str>,
    when: Option<When>,
    /// Sessions of which nobody wrote anything yet, to choose from.
    recent: Vec<Session>,
}

/// Asks for what an entry does not hold yet: to finish it later, by the questions of `log`.
pub(super) fn ask_for_the_rest(
    desk: &mut Desk<'_>,
    reading: &Reading<'_>,
    entry: &Incident,
) -> Result<Vec<Set>, Fault> {
    let content = Content::Incident(Box::new(entry.clone()));
    let known = Known {
        fields: actions::facts(&content, reading.people).into_iter().map(|fact| fact.name).collect(),
        when: entry.when().cloned(),
        recent: Vec::new(),
    };
    let mut sets = Vec::new();
    Asking { desk, reading, sets: &mut sets, attach: &[], known: &known }.all()?;
    Ok(sets)
}

/// Whether to go on asking.
enum Next {
    GoOn,
    Enough,
    Stopped,
}

impl Asking<'_, '_, '_> {
    /// True: the person stopped with Ctrl-C or the end of input.
    fn all(&mut self) -> Result<bool, Fault> {
        self.desk.say("Enter skips a question. A full stop alone keeps what there is.");
        for question in [Self::what, Self::kind, Self::session, Self::due, Self::rest] {
            match question(self)? {
                Next::GoOn => {}
                Next::Enough => return Ok(false),
                Next::Stopped => return Ok(true),
            }
        }
        Ok(false)
    }

    fn what(&mut self) -> Result<Next, Fault> {
        if self.has("what") {
            return Ok(Next::GoOn);
        }
        let answer = ask::lines(self.desk, "What happened? Facts, times and exact words")?;
        Ok(self.take("what", answer))
    }

    fn kind(&mut self) -> Result<Next, Fault> {
        if self.has("kind") {
            return Ok(Next::GoOn);
        }
        let offered = IncidentKind::ALL.map(|kind| (kind.word(), kind.plain()));
        let answer = ask::choice(self.desk, "What became of it?", &offered)?;
        let answer = match answer {
            Answer::Given(index) => Answer::Given(offered[index].0.to_owned()),
            Answer::Skipped => Answer::Skipped,
            Answer::Enough => Answer::Enough,
            Answer::Stopped => Answer::Stopped,
        };
        Ok(self.take("kind", answer))
    }

    /// A session that was due says when, where and under what; it is chosen, never guessed.
    fn session(&mut self) -> Result<Next, Fault> {
        if self.known.recent.is_empty() || self.has("due") || self.has("happened") || self.has("session") {
            return Ok(Next::GoOn);
        }
        let offered: Vec<(&str, String)> =
            self.known.recent.iter().map(|session| (session.key.as_str(), offered(session))).collect();
        let offered: Vec<(&str, &str)> = offered.iter().map(|(key, plain)| (*key, plain.as_str())).collect();
        match ask::choice(self.desk, "Which session was it? Enter: another time", &offered)? {
            Answer::Given(index) => {
                self.sets.extend(actions::fields_of(&self.known.recent[index], self.sets));
                Ok(Next::GoOn)
            }
            Answer::Skipped => Ok(Next::GoOn),
            Answer::Enough => Ok(Next::Enough),
            Answer::Stopped => Ok(Next::Stopped),
        }
    }

    fn due(&mut self) -> Result<Next, Fault> {
        if self.has("due") || self.has("happened") {
            return Ok(Next::GoOn);
        }
        let next = self.time("due", "When was it due to start (6 March 5pm)?")?;
        if matches!(next, Next::GoOn) && !self.has("due") {
            return self.time("happened", "When did it happen?");
        }
        Ok(next)
    }

    /// The rest, which can wait.
    fn rest(&mut self) -> Result<Next, Fault> {
        let skip = [
            ("until", "When was it due to end?"),
            ("arrived", "When were you there?"),
            ("left", "When did you leave, or until when did you wait?"),
            ("place", "Where was the handover due?"),
            ("said", "Exact words said, and by whom?"),
            ("reason", "What reason was given? (none, if you know that none was)"),
            ("knowledge", "How do you know: own (saw or heard it), told, or read?"),
            ("with", "Who else was there (names, with commas)?"),
            (
                "child-observed",
                "How was the child, as you saw it, and what did they say unprompted? (Never ask a child for this.)",
            ),
            ("loss", "Money lost, and on what (£12.40 train)?"),
        ];
        for (field, question) in skip {
            if self.has(field) {
                continue;
            }
            let next = match field {
                "until" | "arrived" | "left" => self.time(field, question)?,
                _ => self.line(field, question)?,
            };
            if !matches!(next, Next::GoOn) {
                return Ok(next);
            }
        }
        Ok(Next::GoOn)
    }

    fn has(&self, field: &str) -> bool {
        self.sets.iter().any(|set| set.field == field) || self.known.fields.contains(&field)
    }

    fn take(&mut self, field: &str, answer: Answer<String>) -> Next {
        match answer {
            Answer::Given(text) => {
                self.sets.push(Set::new(field, text));
                Next::GoOn
            }
            Answer::Skipped => Next::GoOn,
            Answer::Enough => Next::Enough,
            Answer::Stopped => Next::Stopped,
        }
    }

    fn line(&mut self, field: &str, question: &str) -> Result<Next, Fault> {
        loop {
            let answer = ask::line(self.desk, question)?;
            let next = self.take(field, answer);
            // A name nobody has, or a sum that is none, is asked again at once.
            match self.incident() {
                Ok(_) => return Ok(next),
                Err(error) => {
                    self.sets.retain(|set| set.field != field);
                    ask::say_again(self.desk, error);
                }
            }
        }
    }

    fn time(&mut self, field: &str, question: &str) -> Result<Next, Fault> {
        loop {
            let beside =
                self.incident().ok().and_then(|incident| incident.when().cloned()).or_else(|| self.known.when.clone());
            let answer = ask::when(self.desk, question, self.reading, beside.as_ref())?;
            let answer = match answer {
                Answer::Given((words, _)) => Answer::Given(words),
                Answer::Skipped => Answer::Skipped,
                Answer::Enough => Answer::Enough,
                Answer::Stopped => Answer::Stopped,
            };
            let next = self.take(field, answer);
            match self.incident() {
                Ok(_) => return Ok(next),
                Err(error) => {
                    self.sets.retain(|set| set.field != field);
                    ask::say_again(self.desk, error);
                }
            }
        }
    }

    fn incident(&self) -> Result<Incident, actions::ActionError> {
        Logging { sets: self.sets.clone(), attach: self.attach.to_vec(), cite: Vec::new() }.incident(self.reading)
    }
}

/// `Fri 18 Sep 2026, 5.00 pm, ORD-1 paragraph 3`
fn offered(session: &Session) -> String {
    let due = session.due_start.map_or_else(|| session.key.clone(), |due| due.table());
    let under = match (session.order, &session.paragraph) {
        (Some(order), Some(paragraph)) => format!(", {order} paragraph {paragraph}"),
        _ => String::new(),
    };
    let call = if session.call { ", call" } else { "" };
    display_line(&format!("{due}{under}{call}"))
}

/// Times are shown in full before they are kept, so that a slip is seen while it is fresh.
fn show_as_read(desk: &mut Desk<'_>, content: &Content, people: &People) {
    const TIMES: [&str; 7] = ["due", "until", "happened", "arrived", "left", "started", "ended"];
    let rows: Vec<(String, String)> = actions::facts(content, people)
        .into_iter()
        .filter(|fact| TIMES.contains(&fact.name))
        .map(|fact| (fact.name.to_owned(), fact.shown))
        .collect();
    let width = desk.terminal.width();
    desk.terminal.say(&super::output::facts(&rows, width));
}

/// Times that were typed are shown in full, so that a slip is seen while it is fresh.
pub fn show_times(desk: &mut Desk<'_>, sets: &[Set], entry: &Entry) {
    let typed = sets.iter().any(|set| ["due", "happened", "on", "sent"].contains(&set.field.as_str()));
    if let Some(when) = entry.when.as_ref().filter(|_| typed) {
        desk.say(&format!("Time: {}", display_line(&shown_when(when))));
    }
}
