//! `daybook show`

use clap::Args as ClapArgs;
use std::fmt::Write as _;

use crate::actions::{self, Conversation, Findable, Line, Shown, plain_reader};
use crate::contact::Pattern;
use crate::model::quotes::{self, Piece};
use crate::model::{Address, DecodeQuality, Direction, Instant, Noun, OrderParagraph, Privilege, RecordId, Zone};
use crate::timeline::Delay;

use super::desk::Desk;
use super::error::Fault;
use super::json;
use super::output::{columns, counted, display, display_line, facts, size, wrapped};
use super::reply::Reply;

/// One record in full, with its history and what is joined to it
///
/// Example: daybook show INC-1
#[derive(ClapArgs, Debug)]
pub struct Args {
    /// The record
    id: RecordId,
    /// All words of a message, with what it quotes and its signature
    #[arg(long)]
    all: bool,
    /// The whole conversation a message stands in
    #[arg(long, conflicts_with = "all")]
    thread: bool,
}

impl Args {
    pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let (book, _) = desk.open()?;
        let width = desk.terminal.width();
        if self.thread {
            let thread = actions::conversation(&book, self.id, None)?;
            return Ok(Reply::new(conversation(&thread, self.id, width), json::conversation(&thread)));
        }
        let shown = actions::show(&book, self.id)?;
        Ok(Reply::new(human(&shown, self.all, width), json::shown(&shown)))
    }
}

/// A conversation in its order, with what is missing in it.
fn conversation(thread: &Conversation, id: RecordId, width: usize) -> String {
    let mut text = String::new();
    let mut rows = Vec::new();
    for line in &thread.lines {
        for gap in &line.before {
            rows.push(vec![String::new(), String::new(), format!("({})", gap.words())]);
        }
        if let Some(instead_of) = &line.instead_of {
            rows.push(vec![String::new(), String::new(), format!("({}:)", instead_of.words())]);
        }
        let mut row = super::timeline::row(&Line { entry: line.entry.clone(), excerpt: None, stands_in: None });
        row[0] = format!("{}{}", if line.entry.id == id { "> " } else { "  " }, row[0]);
        rows.push(row);
    }
    text.push_str(&columns(&rows, width));
    let shown = thread.lines.len() as u64;
    if shown < thread.messages {
        let _ = writeln!(text, "  {shown} of {}: daybook show {id} --thread", counted(thread.messages, "message"));
    }
    text
}

/// What is known of a paragraph besides its words.
fn about_paragraph(paragraph: &OrderParagraph) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(duty) = &paragraph.duty {
        lines.push(format!("Duty: {duty}, {}", paragraph.duty_of.as_deref().unwrap_or("whose is not said")));
    }
    lines.extend(paragraph.from.as_ref().map(|from| format!("Counts from {}", from.long())));
    lines.extend(paragraph.until.as_ref().map(|until| format!("Counts until {}", until.long())));
    if let Some(to_do) = &paragraph.to_do {
        let by = to_do.by.as_ref().map(|by| format!(", by {}", by.long())).unwrap_or_default();
        let sides = to_do.sides.map(|sides| format!(", at most {sides} sides")).unwrap_or_default();
        let done = to_do.done.as_ref().map(|done| format!("; done {}", done.long())).unwrap_or_default();
        lines.push(format!("To do: {}{by}{sides}{done}", to_do.what));
    }
    match paragraph.pattern.as_deref().map(Pattern::read) {
        Some(Ok(pattern)) => lines.push(format!("Pattern: {}", pattern.said())),
        Some(Err(_)) => lines.push("Pattern: it cannot be read, so no session is computed".to_owned()),
        None => {}
    }
    lines
}

fn human(shown: &Shown, all: bool, width: usize) -> String {
    let mut text = format!("{}  {}\n", shown.entry.id, display_line(&shown.entry.title));
    text.push_str(&facts(&rows(shown), width));
    for paragraph in &shown.paragraphs {
        let first = format!("\n{}. ", display_line(&paragraph.number));
        text.push_str(&wrapped(&display(&paragraph.words), width, &first, "   "));
        text.push('\n');
        for line in about_paragraph(paragraph) {
            text.push_str(&wrapped(&display_line(&line), width, "   ", "   "));
            text.push('\n');
        }
    }
    if let Some(words) = shown.text.as_ref().filter(|words| !words.is_empty() && in_body(shown)) {
        text.push('\n');
        let words =
            if all || shown.entry.id.noun != Noun::Message { words.clone() } else { folded(words, shown.entry.id) };
        text.push_str(&wrapped(&display(&words), width, "", ""));
        text.push('\n');
    }
    if let Some(import) = &shown.import {
        text.push('\n');
        text.push_str(&super::import::record_in_words(import, width));
    }
    if let Some((into, name)) = &shown.joined_to {
        let _ = writeln!(
            text,
            "\nShown as {} ({into}). Undo: daybook people undo {} --why \"…\"",
            display_line(name),
            shown.entry.id
        );
    }
    if let Some(thread) = &shown.conversation {
        text.push_str(match &thread.chat {
            Some(_) => "\nIn its chat:\n",
            None => "\nIn its conversation:\n",
        });
        text.push_str(&conversation(thread, shown.entry.id, width));
    }
    push_attachments(&mut text, shown, width);
    push_also_in(&mut text, shown, width);
    push_differences(&mut text, shown, width);
    push_links(&mut text, shown, width);
    push_history(&mut text, shown, width);
    text
}

/// The words with what they quote and the signature folded away, each said in a line. The record has them all.
fn folded(words: &str, id: RecordId) -> String {
    let mut shown = String::new();
    let mut quotes = false;
    for piece in quotes::fold(words) {
        match piece {
            Piece::Own(own) => shown.push_str(own),
            Piece::Quoted { lines, introduction, .. } => {
                let of =
                    introduction.map(|words| format!(" ({})", words.trim().trim_end_matches(':'))).unwrap_or_default();
                let _ = writeln!(
                    shown,
                    "[{} quoted{of}; all of it: daybook show {id} --all]",
                    counted(lines as u64, "line")
                );
                quotes = true;
            }
            Piece::Signature(signature) => {
                let lines = signature.lines().filter(|line| !line.trim().is_empty()).count();
                let all = if quotes { String::new() } else { format!("; all of it: daybook show {id} --all") };
                let _ = writeln!(shown, "[a signature of {}{all}]", counted(lines as u64, "line"));
            }
        }
    }
    shown
}

/// Words of a message, a note or a calendar entry stand below; the fields of a form stand in the list.
fn in_body(shown: &Shown) -> bool {
    matches!(shown.entry.id.noun, Noun::Message | Noun::Note | Noun::Document)
}

fn rows(shown: &Shown) -> Vec<(String, String)> {
    let mut rows: Vec<(String, String)> = Vec::new();
    let mut add = |name: &str, value: String| rows.push((name.to_owned(), value));
    for (name, list) in [("from", &shown.from), ("to", &shown.to), ("cc", &shown.cc)] {
        if !list.is_empty() {
            let who = list.iter().map(|address| {
                let doubt = format!("{} (not known who this is)", address.shown());
                let doubtful = shown.entry.people.iter().any(|one| one.not_known && one.name == doubt);
                if doubtful { doubt } else { written_out(address) }
            });
            add(name, who.collect::<Vec<_>>().join(", "));
        }
    }
    if shown.from.is_empty() && shown.direction == Some(Direction::Sent) {
        add("from", "whoever used the telephone or account it was read from".to_owned());
    }
    if let Some(chat) = &shown.chat {
        add("chat", format!("{}, number {}", chat.name, chat.number));
    }
    if let Some(call) = &shown.call {
        add("call", call.words());
    }
    if !shown.states.is_empty() {
        add("state", shown.states.iter().map(|state| state.plain()).collect::<Vec<_>>().join("; "));
    }
    if !shown.missing.is_empty() {
        add("not in the export", shown.missing.join(", "));
    }
    for fact in shown.facts.iter().filter(|fact| fact.name != "text") {
        add(fact.name, fact.shown.clone());
    }
    if let Some(paper) = &shown.paper {
        let bundle = &paper.bundle;
        add("paper", format!("{}, for {}", bundle.profile.word(), plain_reader(bundle.to)));
        if let Some(reader) = &bundle.reader {
            add("reader", reader.clone());
        }
        add("file", format!("{} ({} pages), SHA-256 {}", bundle.file, bundle.pages, bundle.sha256));
        for line in &paper.sent {
            let when = line.when.as_ref().map(|when| format!(", {}", when.long())).unwrap_or_default();
            add("sent to", format!("{}{when} ({})", line.words, line.step));
        }
        let kept = if paper.kept {
            format!("yes: daybook bundle --again {}", shown.entry.id)
        } else {
            "not yet: its file is kept once it is written down as sent".to_owned()
        };
        add("kept in the book", kept);
        for one in &bundle.overrides {
            add("gone on in spite of", one.clone());
        }
    }
    add("written down", written_down(shown.entry.written_at, shown.entry.delay));
    if shown.entry.privilege != Privilege::None {
        add("privilege", shown.entry.privilege.word().to_owned());
    }
    if shown.entry.confidential {
        add("confidential", "yes".into());
    }
    if !shown.marks.kept_out_of.is_empty() {
        add("kept out of", shown.marks.kept_out_of.keys().map(|profile| profile.word()).collect::<Vec<_>>().join(", "));
    }
    if !shown.marks.let_into.is_empty() {
        add("let into", shown.marks.let_into.keys().map(|profile| profile.word()).collect::<Vec<_>>().join(", "));
    }
    for (_, findable) in shown.findable.iter().filter(|_| shown.entry.id.noun == Noun::Document) {
        add("found by", found_by(findable));
    }
    for file in &shown.entry.originals {
        add("original", format!("{} ({}, {}), SHA-256 {}", file.name, file.media_type, size(file.bytes), file.sha256));
    }
    rows
}

/// How `search` finds a file.
fn found_by(findable: &Findable) -> String {
    match findable {
        Findable::ByWords { pages, cut } => {
            let of = pages.map(|pages| format!(" ({})", counted(u64::from(pages), "page"))).unwrap_or_default();
            let rest = if *cut { "; it has more than was read" } else { "" };
            format!("its words{of}, title and name{rest}")
        }
        Findable::NoWords => "its title and name only: no words stand in it that a program can read".to_owned(),
        Findable::Unreadable(why) => format!("its title and name only: {why}"),
        Findable::NotReadYet => "its title and name; its words are read when you search next".to_owned(),
    }
}

/// When it was written down, and how long after, said neutrally.
fn written_down(at: Instant, delay: Option<Delay>) -> String {
    let text = at.in_zone(Zone::LONDON).long();
    match delay {
        Some(delay) => format!("{text} ({})", delay.words()),
        None => text,
    }
}

fn written_out(address: &Address) -> String {
    match (&address.name, &address.address) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        _ => address.shown().to_owned(),
    }
}

fn push_attachments(text: &mut String, shown: &Shown, width: usize) {
    if shown.attachments.is_empty() {
        return;
    }
    text.push_str("\nAttached:\n");
    let rows: Vec<Vec<String>> = shown
        .attachments
        .iter()
        .map(|file| {
            let quality = match file.quality {
                DecodeQuality::Exact => "",
                DecodeQuality::Repaired => "; its encoding was damaged and what could be read is kept",
                DecodeQuality::Lossy => "; bytes were lost before it reached you",
            };
            let name = file.name.as_deref().unwrap_or("(no name)");
            let line = format!("{name} ({}, {}{quality}), SHA-256 {}", file.media_type, size(file.bytes), file.sha256);
            vec![" ".to_owned(), display_line(&line)]
        })
        .collect();
    text.push_str(&columns(&rows, width));
}

fn push_also_in(text: &mut String, shown: &Shown, width: usize) {
    if shown.also_in.is_empty() {
        return;
    }
    text.push_str("\nAlso found in:\n");
    for found in &shown.also_in {
        let line = format!("{} ({})", found.path, found.import);
        text.push_str(&wrapped(&display_line(&line), width, "  ", "    "));
        text.push('\n');
    }
}

fn push_differences(text: &mut String, shown: &Shown, width: usize) {
    if shown.differences.is_empty() {
        return;
    }
    text.push_str("\nBetween two exports of this chat:\n");
    for (import, one) in &shown.differences {
        let line = match (one.later, one.kind.as_str()) {
            (None, _) => format!("in {}; not in the export {} ({import})", one.before, one.after),
            (Some(later), "edited-since") if later == shown.entry.id => {
                format!("in {} ({import}), marked as edited; in {} it reads as {}", one.after, one.before, one.earlier)
            }
            (Some(later), _) if later == shown.entry.id => {
                format!("in {} ({import}) where {} has {}", one.after, one.before, one.earlier)
            }
            (Some(later), "edited-since") => {
                format!("in {}; marked as edited in the export {} ({import}), as {later}", one.before, one.after)
            }
            (Some(later), _) => {
                format!("in {}; not in the export {} ({import}), which has {later} in its place", one.before, one.after)
            }
        };
        text.push_str(&wrapped(&display_line(&line), width, "  ", "    "));
        text.push('\n');
    }
}

fn push_links(text: &mut String, shown: &Shown, width: usize) {
    if !shown.links.is_empty() {
        text.push_str("\nJoined:\n");
        let rows: Vec<Vec<String>> = shown
            .links
            .iter()
            .map(|link| {
                let joined = format!("  {} {} {}", link.from, link.kind.word(), link.to);
                vec![joined, display_line(&link.title)]
            })
            .collect();
        text.push_str(&columns(&rows, width));
    }
    for (paper, page) in &shown.cited_in {
        let _ = writeln!(text, "  stands in {paper} at page {}", display_line(page));
    }
}

fn push_history(text: &mut String, shown: &Shown, width: usize) {
    if shown.history.len() < 2 {
        return;
    }
    text.push_str("\nHistory:\n");
    for line in &shown.history {
        let why = line.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
        let written = format!("version {}, {}{why}", line.version, line.written_at.in_zone(Zone::LONDON).long());
        text.push_str(&wrapped(&display_line(&written), width, "  ", "    "));
        text.push('\n');
        for (field, before, after) in &line.changes {
            let change = format!("{field}: {before} → {after}");
            text.push_str(&wrapped(&display_line(&change), width, "    ", "      "));
            text.push('\n');
        }
    }
}
