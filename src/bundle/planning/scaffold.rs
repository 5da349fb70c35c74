//! Fills a position statement or a witness statement with what the record holds: heading, dates, orders,
//! events in order, page references. The words, the signature and the date are the person's.

use super::super::input::PlanInput;
use super::super::scaffold::{Scaffold, ScaffoldKind, ScaffoldPart};
use super::book::Book;
use super::{covers, exhibit, hearing, scaffold_events, scaffold_limits};
use crate::model::{Content, Noun, Order, ParagraphKind, Record};
use ScaffoldPart::{Heading, Paragraph};

/// Makes the text of a book.
///
/// `input.options` says for which dates and, for a witness statement, whose statement it is and its number.
#[must_use]
pub fn scaffold(input: &PlanInput, kind: ScaffoldKind) -> Scaffold {
    let book = Book::of(input);
    let mut text = match kind {
        ScaffoldKind::PositionStatement => position(&book),
        ScaffoldKind::WitnessStatement => witness(&book),
    };
    text.findings = scaffold_limits::findings(&book, &text);
    text
}

fn left_to_you(what: &str) -> String {
    format!("[in your own words: {what}]")
}

fn heading(words: &str) -> ScaffoldPart {
    Heading(words.to_owned())
}

fn blank(book: &Book<'_>, kind: ScaffoldKind) -> Scaffold {
    Scaffold {
        kind,
        practice: book.input.options.practice,
        running_head: exhibit::head_left(book),
        corner: Vec::new(),
        heading: covers::heading(book, true),
        title: String::new(),
        dated: String::new(),
        parts: Vec::new(),
        closing: Vec::new(),
        findings: Vec::new(),
    }
}

/// No new facts and no exhibits (27A-26): what is to be decided, agreed and not agreed, and pages of the bundle.
fn position(book: &Book<'_>) -> Scaffold {
    let coming = book.case().and_then(|case| case.hearing.as_deref());
    let side = book.people.my_side().map_or(String::new(), |side| format!(", the {side}"));
    let mut parts = vec![Paragraph(format!(
        "This is the position of {}{side}{}.",
        book.people.my_name(),
        coming.map_or(String::new(), |hearing| format!(", for the hearing on {}", hearing.when.london_date().long()))
    ))];
    let bundle = scaffold_events::pages_of_the_bundle(book);
    parts.push(heading("Where things stand"));
    for record in book.all(Noun::Order).into_iter().filter(|record| book.may_show(record.id)) {
        let Content::Order(order) = &record.content else { continue };
        let page = [Some(record.id), order.document].into_iter().flatten().find_map(|id| bundle.labels.get(&id));
        let page = page.map_or_else(|| "[page of the bundle]".to_owned(), |label| format!("page {label}"));
        parts.push(Paragraph(format!("{} ({page}).", order_in_words(order))));
    }
    parts.push(Paragraph(left_to_you("where the case stands, in two or three sentences; only what is in the bundle")));
    let listed = |title: &str, lines: &[String], prompt: &str, parts: &mut Vec<ScaffoldPart>| {
        parts.push(heading(title));
        parts.extend(lines.iter().map(|line| Paragraph(line.clone())));
        if lines.is_empty() {
            parts.push(Paragraph(left_to_you(prompt)));
        }
    };
    let lists = coming.map(|hearing| (&hearing.to_decide[..], &hearing.agreed[..], &hearing.not_agreed[..]));
    let (decide, agreed, not_agreed) = lists.unwrap_or_default();
    listed("What the court is asked to decide", decide, "each question in one sentence", &mut parts);
    listed("What is agreed", agreed, "what both say, in one sentence each", &mut parts);
    listed("What is not agreed", not_agreed, "what each says, without blame", &mut parts);
    parts.push(heading("What I ask the court to do, and why"));
    parts.push(Paragraph(left_to_you(
        "the order you ask for; why it is good for the child; the pages of the bundle you rely on",
    )));
    if !bundle.words.is_empty() {
        parts.push(Paragraph(bundle.words));
    }
    Scaffold {
        title: format!("Position statement of {}", book.people.my_name()),
        dated: hearing::dated(book),
        parts,
        ..blank(book, ScaffoldKind::PositionStatement)
    }
}

/// Own knowledge and the source of the rest (22A-07), one matter a paragraph and earliest first (22A-08), exhibits
/// introduced by a sentence (22A-31), court papers referred to and not exhibited (22A-17).
fn witness(book: &Book<'_>) -> Scaffold {
    let exhibits = scaffold_events::exhibits(book);
    let mut parts = opening(book, &exhibits.marks);
    parts.push(heading("Background"));
    parts.push(Paragraph(left_to_you("who lives where; how things were before; one matter in each paragraph")));
    for record in book.all(Noun::Order).into_iter().filter(|record| book.may_show(record.id)) {
        parts.extend(order_paragraphs(record));
    }
    let (events, used) = scaffold_events::paragraphs(book, &exhibits);
    if !events.is_empty() {
        parts.push(heading("What happened"));
        parts.extend(events.into_iter().map(Paragraph));
    }
    let others = scaffold_events::other_exhibits(book, &exhibits, &used);
    if !others.is_empty() {
        parts.push(heading("Other papers in the exhibits"));
        parts.extend(others.into_iter().map(Paragraph));
    }
    parts.push(heading(&children_heading(book)));
    parts.push(Paragraph(left_to_you("what you saw and heard of the child; what the child needs")));
    parts.push(heading("What I ask the court to do"));
    parts.push(Paragraph(left_to_you("what would be good for the child, and why")));
    let number = book.input.options.exhibit.statement;
    let title = match number {
        Some(number) => format!("Witness statement number {number} of {}", maker(book)),
        None => format!("Witness statement of {}", maker(book)),
    };
    Scaffold {
        corner: exhibit::corner(book, &exhibits.marks.join(", ")),
        title,
        parts,
        closing: statement_of_truth(book),
        ..blank(book, ScaffoldKind::WitnessStatement)
    }
}

fn maker(book: &Book<'_>) -> String {
    exhibit::maker(book).name
}

fn children_heading(book: &Book<'_>) -> String {
    super::mediation::children_named(book)
}

/// Name, address unless it is kept from others (PRI-10), occupation, and what is known how.
fn opening(book: &Book<'_>, marks: &[String]) -> Vec<ScaffoldPart> {
    let side = book.people.my_side().map_or(String::new(), |side| format!(" I am the {side}."));
    let mut parts = vec![
        Paragraph(format!(
            "I am {}, [occupation], of [address, or: an address that I have given to the court on Form C8].{side} [How you \
             are related to the child.]",
            maker(book)
        )),
        Paragraph(
            "What I say in this statement is within my own knowledge, except where I say who told me or where I read it. \
             That I believe to be true."
                .to_owned(),
        ),
    ];
    match marks {
        [] => {}
        [mark] => parts.push(Paragraph(format!(
            "I refer to papers in the exhibit marked {mark}. A page such as {mark}-1 is a page of that exhibit."
        ))),
        [first, ..] => parts.push(Paragraph(format!(
            "I refer to papers in the exhibits marked {}. A page such as {first}-1 is a page of the exhibit of that mark.",
            marks.join(", ")
        ))),
    }
    parts
}

fn order_in_words(order: &Order) -> String {
    let by = order.by.as_deref().map_or(String::new(), |by| format!(", {by}"));
    match &order.made {
        Some(made) => format!("{} of {}{by}", order.title, made.london_date().plain()),
        None => format!("{} ([date]){by}", order.title),
    }
}

/// The order by its date, and each ordered paragraph in its exact words. It is not exhibited (22A-17).
fn order_paragraphs(record: &Record) -> Vec<ScaffoldPart> {
    let Content::Order(order) = &record.content else { return Vec::new() };
    let ordered: Vec<String> = order
        .paragraphs
        .iter()
        .filter(|paragraph| paragraph.kind == ParagraphKind::Ordered)
        .map(|paragraph| format!("Paragraph {} says: “{}”", paragraph.number, paragraph.words.trim()))
        .collect();
    let mut parts = vec![Paragraph(format!("I refer to the {}.", uncapitalised(&order_in_words(order))))];
    parts.extend(ordered.into_iter().map(Paragraph));
    parts
}

fn uncapitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// The prescribed words, the sentence on contempt first (22A-21). Nothing below them is ever filled in (22A-23).
fn statement_of_truth(book: &Book<'_>) -> Vec<String> {
    let words = book.input.rules.rule("22A-21").and_then(|rule| match &rule.value {
        Some(crate::rules::Value::Words(words)) => Some(words.clone()),
        _ => None,
    });
    let blanks =
        ["Signed: ______________________________", "Full name: ____________________________", "Date: ________________"];
    std::iter::once("Statement of truth".to_owned()).chain(words).chain(blanks.map(str::to_owned)).collect()
}
