//! `daybook import`

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant as Clock};

use clap::Args as ClapArgs;
use serde_json::{Value, json};

use crate::actions::{
    self, Going, Here, Importing, MarkSuggestion, PersonSuggestion, Progress, Report, TwoNames, Watching,
};
use crate::intake::{DateOrder, Question, SOURCES};
use crate::model::{DeviceOwner, Finding, ImportRecord, ImportSource, ImportTotals, RecordRuns, Zone};

use super::ask::{self, Answer};
use super::desk::Desk;
use super::error::Fault;
use super::json;
use super::output::{counted, display, display_line, wrapped};
use super::reply::Reply;

/// Bring in saved e-mails: files, mailboxes, folders, zips; every original is kept byte for byte
///
/// Example: daybook import takeout.zip --from-device mine
///
/// What is in the book already is known again and not doubled. What no reader knows is listed, with how
/// to keep it. An import that is stopped half way keeps what it read; run it again to go on.
#[derive(ClapArgs, Debug)]
#[command(after_help = formats())]
pub struct Args {
    /// Files, mailboxes, folders and zips
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Whose device or account they came from: mine, theirs-shared (theirs, which you may use), given or
    /// child (held back from papers for others)
    #[arg(long, value_parser = owners(), value_name = "WHOSE")]
    from_device: Option<DeviceOwner>,
    /// The zone of times that state none
    #[arg(long, value_name = "Z", default_value = "Europe/London")]
    zone: String,
    /// Keep only e-mails from or to this person, by name or address; may be given several times
    #[arg(long, value_name = "NAME")]
    only_with: Vec<String>,
    /// Your name in these chats, as it stands before your own messages; or your address in these e-mails
    #[arg(long, value_name = "NAME")]
    me: Option<String>,
    /// Which number of a date is the day, where the dates are all numbers: dmy, mdy or ymd
    #[arg(long, value_parser = orders(), value_name = "ORDER")]
    date_order: Option<DateOrder>,
}

/// What can be brought in, from the one table of readers.
fn formats() -> String {
    let titles = SOURCES.iter().map(|source| source.title()).chain(["a zip or a folder of any of these"]);
    let lines: Vec<String> = titles.map(|title| format!("  - {title}\n")).collect();
    format!("What can be brought in; each is known by its content, not by its name:\n{}", lines.concat())
}

fn orders() -> impl clap::builder::TypedValueParser<Value = DateOrder> {
    use clap::builder::{PossibleValuesParser, TypedValueParser as _};
    PossibleValuesParser::new(["dmy", "mdy", "ymd"]).map(|word| match word.as_str() {
        "dmy" => DateOrder::DayFirst,
        "mdy" => DateOrder::MonthFirst,
        _ => DateOrder::YearFirst,
    })
}

const OWNERS: [(&str, DeviceOwner, &str); 4] = [
    ("mine", DeviceOwner::Mine, "my own device or account"),
    ("theirs-shared", DeviceOwner::TheirsShared, "the other parent's, which I am allowed to use"),
    ("given", DeviceOwner::Given, "somebody gave them to me"),
    ("child", DeviceOwner::Child, "a child's; held back from papers for others until you decide"),
];

fn owners() -> impl clap::builder::TypedValueParser<Value = DeviceOwner> {
    use clap::builder::{PossibleValuesParser, TypedValueParser as _};
    PossibleValuesParser::new(OWNERS.map(|(word, _, _)| word))
        .map(|word| OWNERS.iter().find(|(known, _, _)| *known == word).expect("clap lets only these words through").1)
}

impl Args {
    pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let zone = Zone::named(&self.zone).ok_or_else(|| {
            Fault::usage(
                format!("“{}” is not a time zone this version knows", self.zone),
                "zones have names such as Europe/London or Europe/Paris",
                "Leave --zone out for London time",
            )
        })?;
        let (mut book, now) = desk.open()?;
        let from_device = match self.from_device {
            None if desk.asks() => ask_owner(desk)?,
            given => given,
        };
        let importing = Importing {
            paths: self.paths,
            from_device,
            zone: Some(zone),
            date_order: self.date_order,
            me: self.me,
            only_with: self.only_with,
        };
        let shows = desk.terminal.interactive() && !desk.json;
        let mut at_desk = AtDesk { desk, since: Clock::now(), last: None, shows, stop: ctrl_c(), answered: None };
        let report = actions::import(&mut book, now, &importing, &mut at_desk)?;
        at_desk.on_a_fresh_line();
        if report.record.finished.is_none() {
            let totals = &report.record.totals;
            let what = format!("The import was stopped; {} are kept", counted(totals.new, "new message"));
            return Err(Fault::failed("stopped", what, "you stopped it", "Run the same command again to go on there"));
        }
        let mut reply = Reply::new(human(&report, desk.terminal.width()), object(&report));
        let undecided = |finding: &Finding| finding.kind == "date-order-undecided";
        if report.record.sources.iter().any(|source| source.findings.iter().any(undecided)) {
            reply.fault = true;
        }
        Ok(reply)
    }
}

/// Ctrl-C ends the part under way and the import with it, once; pressed again it ends the program as ever.
fn ctrl_c() -> Arc<AtomicBool> {
    static FLAG: OnceLock<Arc<AtomicBool>> = OnceLock::new();
    let flag = FLAG.get_or_init(|| {
        let flag = Arc::new(AtomicBool::new(false));
        // Where it cannot be watched for, the program ends at once, and what was kept so far is whole.
        let shared = || Arc::clone(&flag);
        let _ending = signal_hook::flag::register_conditional_shutdown(signal_hook::consts::SIGINT, 130, shared());
        let _watched = signal_hook::flag::register(signal_hook::consts::SIGINT, shared());
        flag
    });
    flag.store(false, Ordering::Relaxed);
    Arc::clone(flag)
}

/// Watches an import for the person at the desk.
struct AtDesk<'a, 't> {
    desk: &'a mut Desk<'t>,
    since: Clock,
    last: Option<Clock>,
    shows: bool,
    stop: Arc<AtomicBool>,
    answered: Option<DateOrder>,
}

impl AtDesk<'_, '_> {
    /// A question begins on a line of its own, below how far the import has come.
    fn on_a_fresh_line(&mut self) {
        if self.last.take().is_some() {
            self.desk.terminal.say("\n");
        }
    }
}

impl Watching for AtDesk<'_, '_> {
    fn progress(&mut self, progress: Progress) -> Going {
        if self.stop.load(Ordering::Relaxed) {
            return Going::Stop;
        }
        if self.shows && self.last.unwrap_or(self.since).elapsed() >= Duration::from_secs(1) {
            self.last = Some(Clock::now());
            let percent = progress.bytes.saturating_mul(100).checked_div(progress.of_bytes).unwrap_or(0).min(100);
            self.desk.terminal.say(&format!("\r{percent:>3} %, {} so far ", counted(progress.messages, "message")));
        }
        Going::On
    }

    fn which_is_me(&mut self, label: &str, names: &[String]) -> Option<String> {
        if !self.desk.asks() {
            return None;
        }
        self.on_a_fresh_line();
        let asked = format!("Which of these is you in {}?", display_line(label));
        let shown: Vec<String> = names.iter().map(|name| display_line(name)).collect();
        let numbers: Vec<String> = (1..=names.len()).map(|number| number.to_string()).collect();
        let mut offered: Vec<(&str, &str)> =
            numbers.iter().zip(&shown).map(|(number, name)| (number.as_str(), name.as_str())).collect();
        offered.push(("none", "none of them"));
        match ask::choice(self.desk, &asked, &offered) {
            Ok(Answer::Given(index)) => names.get(index).cloned(),
            _ => None,
        }
    }

    fn whose_here<'d>(&mut self, doubt: &'d TwoNames) -> Here<'d> {
        if !self.desk.asks() {
            return Here::NotKnown;
        }
        self.on_a_fresh_line();
        let who = if doubt.me { "you".to_owned() } else { display_line(&doubt.person_name) };
        let whose = if doubt.me { "yours".to_owned() } else { format!("{who}’s") };
        let names: Vec<String> = doubt.names.iter().map(|name| display_line(name)).collect();
        let asked = format!(
            "In the chat “{}” these names write: {}. In this book all of them are {whose}. Which of them is {who} in this chat?",
            display_line(&doubt.called),
            names.join(", ")
        );
        let only: Vec<String> = names.iter().map(|name| format!("only {name}")).collect();
        let numbers: Vec<String> = (1..=names.len()).map(|number| number.to_string()).collect();
        let mut offered: Vec<(&str, &str)> =
            numbers.iter().zip(&only).map(|(number, name)| (number.as_str(), name.as_str())).collect();
        let all = if names.len() == 2 { "both" } else { "all of them" };
        offered.extend([("all", all), ("none", "none of them")]);
        match ask::choice(self.desk, &asked, &offered) {
            Ok(Answer::Given(index)) if index == names.len() => Here::All,
            Ok(Answer::Given(index)) => doubt.names.get(index).map_or(Here::Neither, |name| Here::Only(name)),
            _ => Here::NotKnown,
        }
    }

    fn ask(&mut self, label: &str, question: &Question) -> Option<DateOrder> {
        if !self.desk.asks() {
            return None;
        }
        self.on_a_fresh_line();
        let Question::DateOrder { day_first, month_first, .. } = question;
        let asked = format!("{} writes its dates in numbers alone. Which of these is right?", display_line(label));
        let day = display_line(&format!("from {} to {}", day_first.0, day_first.1));
        let month = display_line(&format!("from {} to {}", month_first.0, month_first.1));
        let offered = [("dmy", day.as_str()), ("mdy", month.as_str())];
        self.answered = match ask::choice(self.desk, &asked, &offered) {
            Ok(Answer::Given(0)) => Some(DateOrder::DayFirst),
            Ok(Answer::Given(_)) => Some(DateOrder::MonthFirst),
            _ => None,
        };
        self.answered
    }
}

/// Messages taken from somebody else's device without leave can be an offence; the answer is kept (MSG-09).
fn ask_owner(desk: &mut Desk<'_>) -> Result<Option<DeviceOwner>, Fault> {
    desk.say(
        "Whose device or account do these come from? Taking messages from another person's without their leave can \
         be an offence, and a court may ask.",
    );
    let offered = OWNERS.map(|(word, _, plain)| (word, plain));
    Ok(match ask::choice(desk, "They come from", &offered)? {
        Answer::Given(index) => Some(OWNERS[index].1),
        Answer::Stopped => {
            return Err(Fault::failed(
                "stopped",
                "Nothing was brought in",
                "you stopped",
                "Run it again when you like",
            ));
        }
        _ => None,
    })
}

fn human(report: &Report, width: usize) -> String {
    let mut text = format!("{}  {}", report.id, record_in_words(&report.record, width));

    list(&mut text, "\nWhose addresses are these?\n", &report.people, 8, width, |one| {
        format!("{} ({}): {}", one.address, counted(one.messages, "message"), one.next)
    });
    list(&mut text, "\nThese may be privileged; nothing was marked:\n", &report.marks, 8, width, |one| {
        format!("{}: {}. {}", one.id, one.why, one.next)
    });
    text.push_str(&assumptions(&report.record, width));
    text
}

/// The report of an import.
pub fn record_in_words(record: &ImportRecord, width: usize) -> String {
    let totals = &record.totals;
    let mut text = format!("{}: {}\n", counted(record.sources.len() as u64, "file"), counted(totals.read, "message"));
    let rows = [
        (totals.new, "new"),
        (totals.duplicate, "in the book already"),
        (totals.differing, "with a known Message-ID and other words; kept too"),
        (totals.partly_read, "read in part"),
        (totals.not_understood, "not understood or not read"),
        (totals.media_missing, "media named and not there"),
        (totals.media_brought, "known already, now with files an earlier export had left out"),
        (totals.corrected, "of those in the book corrected: their dates are read in the other order now"),
        (totals.items, "calendar entries, new"),
        (totals.items_known, "calendar entries, in the book already"),
    ];
    for (count, what) in rows.into_iter().filter(|(count, _)| *count > 0) {
        let _ = writeln!(text, "  {count:>7}  {what}");
    }
    for (source, whole) in record.sources.iter().filter_map(|source| Some((source, source.whole.as_ref()?))) {
        let passed = counted(whole.passed_over, "other message");
        let line = format!("{}: {passed} not kept; the whole file has SHA-256 {}", source.path, whole.sha256);
        let _ = writeln!(text, "{}", wrapped(&display_line(&line), width, "  ", "    "));
    }
    let findings: Vec<Finding> = record.sources.iter().flat_map(ImportSource::all_findings).collect();
    let mut findings: Vec<&Finding> = findings.iter().collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    list(&mut text, "\nTo look at:\n", &findings, 20, width, |finding| {
        let place = if finding.what.contains(&finding.place) { String::new() } else { format!("{}: ", finding.place) };
        format!("{place}{}. {}", finding.what.trim_end_matches('.'), finding.next)
    });
    text
}

fn assumptions(record: &ImportRecord, width: usize) -> String {
    let mut text = String::new();
    for assumption in &record.assumptions {
        let _ = writeln!(text, "\n{}", wrapped(&display(assumption), width, "", ""));
    }
    text
}

fn list<T>(text: &mut String, heading: &str, all: &[T], most: usize, width: usize, line: impl Fn(&T) -> String) {
    if all.is_empty() {
        return;
    }
    text.push_str(heading);
    for one in all.iter().take(most) {
        text.push_str(&wrapped(&display_line(&line(one)), width, "  - ", "    "));
        text.push('\n');
    }
    if all.len() > most {
        let _ = writeln!(text, "    and {} more; --json lists all", all.len() - most);
    }
}

fn object(report: &Report) -> Value {
    let mut object = record_object(&report.record);
    if let Some(members) = object.as_object_mut() {
        members.insert("id".into(), json!(report.id));
        members.insert(
            "suggestions".into(),
            json!({
                "people": report.people.iter().map(person_suggestion).collect::<Vec<_>>(),
                "marks": report.marks.iter().map(mark_suggestion).collect::<Vec<_>>(),
            }),
        );
        members.insert("journal".into(), json::journal(&report.journal));
    }
    object
}

/// The report of an import, as kept.
pub fn record_object(record: &ImportRecord) -> Value {
    json!({
        "sources": record.sources.iter().map(source).collect::<Vec<_>>(),
        "totals": counts(&record.totals),
        "assumptions": record.assumptions,
        "from_device": record.from_device,
    })
}

fn source(source: &ImportSource) -> Value {
    let mut object = counts(&source.counts);
    if let Some(members) = object.as_object_mut() {
        members.insert("path".into(), json!(source.path));
        members.insert("format".into(), json!(source.format));
        members.insert("original".into(), json!(source.original));
        members.insert("records".into(), records(&source.records));
        members.insert("findings".into(), json!(source.all_findings()));
        if let Some(whole) = &source.whole {
            members.insert("whole".into(), json!(whole));
        }
    }
    object
}

/// One by one while they are few; else in runs, `MSG-1..MSG-50000`.
fn records(records: &RecordRuns) -> Value {
    if records.count() <= 100 { json!(records.iter().collect::<Vec<_>>()) } else { json!(records) }
}

fn counts(totals: &ImportTotals) -> Value {
    json!(totals)
}

/// An address that belongs to nobody yet.
pub fn person_suggestion(one: &PersonSuggestion) -> Value {
    json!({
        "address": one.address,
        "name": one.name,
        "messages": one.messages,
        "by_name": one.by_name,
        "first": one.first,
        "last": one.last,
        "next": one.next,
    })
}

fn mark_suggestion(one: &MarkSuggestion) -> Value {
    json!({"id": one.id, "privilege": one.privilege.word(), "why": one.why, "next": one.next})
}
