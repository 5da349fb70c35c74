//! The first page and the last one.

use super::super::Span;
use super::super::plan::{Anchor, CheckStep, Cover, Field, Heading, HowToCheck};
use super::book::Book;
use super::{chronology, files, text, words};
use crate::model::{Digest, Person, Reader, Side, Zone};

/// What the paper calls itself.
pub(super) const EVIDENCE_TITLE: &str = "Chronological bundle of evidence";

/// The heading of the action; before proceedings only the children stand in it.
pub(super) fn heading(book: &Book<'_>, with_parties: bool) -> Heading {
    let case = book.case();
    let court = case.and_then(|case| case.court.as_deref()).map(str::trim).filter(|court| !court.is_empty());
    let number = case.and_then(|case| case.number.as_deref()).map(str::trim).filter(|number| !number.is_empty());
    let proceedings = court.is_some() || number.is_some();
    let child = |child: &Person| match child.born {
        Some(born) => format!("{} (a child, born {})", child.name, born.year()),
        None => format!("{} (a child)", child.name),
    };
    Heading {
        court: court.map(|court| {
            let upper = court.to_uppercase();
            if upper.contains("COURT") { format!("IN {upper}") } else { format!("IN THE FAMILY COURT AT {upper}") }
        }),
        case_number: number.map(|number| format!("Case No. {number}")),
        statute: proceedings.then(|| "The Children Act 1989".to_owned()),
        children: book.people.children().into_iter().map(child).collect(),
        parties: if with_parties { parties(book) } else { Vec::new() },
    }
}

fn parties(book: &Book<'_>) -> Vec<(String, String)> {
    let me = book.people.my_name().to_owned();
    let other = book.people.other().map(|person| person.name.clone());
    let (first, second) = match book.case().and_then(|case| case.applicant) {
        Some(Side::Me) => (Some(me), other),
        Some(Side::Other) => (other, Some(me)),
        // Nobody has said who applied, so nobody is given a role.
        None => return [Some(me), other].into_iter().flatten().map(|name| (name, String::new())).collect(),
    };
    let named = |name: Option<String>, role: &str| name.map(|name| (name, role.to_owned()));
    [named(first, "Applicant"), named(second, "Respondent")].into_iter().flatten().collect()
}

/// Who reads it, as far as anybody said.
pub(super) fn reader_words(book: &Book<'_>) -> String {
    let options = &book.input.options;
    if let Some(name) = options.reader_name.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
        return name.to_owned();
    }
    match options.reader {
        Reader::Court => "The court".to_owned(),
        Reader::Mediator => "The mediator".to_owned(),
        Reader::Solicitor => "My solicitor".to_owned(),
        Reader::Cafcass => "Cafcass".to_owned(),
        Reader::OtherParty => book.people.other_name().to_owned(),
        Reader::Myself => format!("{}, for own use", book.people.my_name()),
    }
}

pub(super) fn cover(book: &Book<'_>) -> Cover {
    let field = |label: &str, value: String| Field { label: label.to_owned(), value: vec![words(value)], small: None };
    let side = book.people.my_side().map_or(String::new(), |side| format!(", {side}"));
    let mut fields = vec![
        field("Prepared by", format!("{}{side}", book.people.my_name())),
        field("Prepared for", reader_words(book)),
    ];
    let purpose = book.input.options.purpose.as_deref().map(str::trim).filter(|purpose| !purpose.is_empty());
    fields.extend(purpose.map(|purpose| field("Purpose", purpose.to_owned())));
    fields.push(field("Made on", book.made_date().long()));
    fields.push(field("Edition", book.input.edition.to_string()));
    let proceedings =
        if book.case().is_some_and(|case| case.number.is_some()) { " and private family proceedings" } else { "" };
    Cover {
        heading: heading(book, false),
        title: EVIDENCE_TITLE.to_owned(),
        subtitle: chronology::range_in_words(book),
        fields,
        do_not_copy: vec![
            Span::Bold("Please do not copy this on.".to_owned()),
            text(format!(" It concerns a child{proceedings}.")),
        ],
        shows: words(format!(
            "This bundle is chosen from a private record kept by {}. {}It shows what was kept, and when. It does not show \
             that the record is complete, or that what it says is true.",
            book.people.my_name(),
            if book.input.options.from.is_some() || book.input.options.until.is_some() {
                "It holds only what happened in these dates, and the orders in force. "
            } else {
                ""
            }
        )),
        checked: vec![
            text(format!(
                "Checked by Daybook on {}: every page number, index line, bookmark and link was read back from the finished \
                 file and compared with its plan. How to repeat the check: ",
                book.made_date().plain()
            )),
            Span::Reference(Anchor::named("check")),
            text("."),
        ],
    }
}

pub(super) fn how_to_check(book: &Book<'_>) -> HowToCheck {
    let folder = folder(book);
    let head = book.input.head;
    let given = book.input.head_given.as_ref();
    let (seq, value) = given.map_or((head.seq, head.head), |given| (given.head.seq, given.head.head));
    let journal = match given {
        Some(given) => format!(
            " {} gave this value to {} on {} (entry {seq}). The journal in the folder must pass through it:",
            book.people.my_name(),
            given.to,
            given.on.plain()
        ),
        None => format!(
            " This was the value at entry {seq}, when the paper was made. The journal in the folder must pass through it:"
        ),
    };
    let unchanged = match given {
        Some(given) => {
            format!("and that the first {seq} entries of the journal have not changed since {}.", given.on.plain())
        }
        None => "and, if this paper was given to somebody, that the journal up to it has not changed since.".to_owned(),
    };
    let step = |bold: &str, rest: String, mono: Vec<String>, after: Option<&str>| CheckStep {
        words: vec![Span::Bold(bold.to_owned()), text(rest)],
        mono,
        after: after.map(words),
    };
    let eights = |digest: &Digest| vec![digest.in_eights()];
    let mut last = step(
        "Compare pages.",
        " The number at the foot of a page is the number your reader shows for it. Each line of the index (".into(),
        Vec::new(),
        None,
    );
    last.words.extend([Span::Reference(Anchor::named("index")), text(") leads to the page it names.")]);
    HowToCheck {
        steps: vec![
            step(
                "Ask for the folder",
                format!(
                    " “{folder}”. It came with this paper and holds a list of hashes (SHA256SUMS), the manifest and the journal."
                ),
                Vec::new(),
                None,
            ),
            step(
                "Compare the list.",
                " In that folder, on a Mac, Linux or Windows (one file at a time):".into(),
                ["shasum -a 256 -c SHA256SUMS", "sha256sum -c SHA256SUMS", "certutil -hashfile manifest.json SHA256"]
                    .map(str::to_owned)
                    .into(),
                Some("Each line should end in “OK”; on Windows the value should be the one in the list."),
            ),
            // The value itself is known when the manifest is made of this plan.
            step(
                "Compare the manifest",
                " with this value, printed here when the paper was made:".into(),
                vec![Digest::of(b"").in_eights()],
                None,
            ),
            step("Compare the journal head.", journal, eights(&value), None),
            last,
        ],
        folder,
        manifest: Digest::of(b""),
        journal: (seq, value),
        chapters: vec![
            (
                "What this shows".to_owned(),
                words(format!(
                    "That the files in the folder are those that were made together with this paper, {unchanged}"
                )),
            ),
            (
                "What it does not show".to_owned(),
                words(
                    "Who wrote a message, whether what it says is true, or whether the record is complete. A person who keeps a \
                     record alone could write it again from the start; only a value given to someone else on an earlier day \
                     speaks against it.",
                ),
            ),
        ],
        source: words(format!(
            "Made with Daybook {} on {} London time, from journal entry {}.",
            book.input.program,
            book.input.made.in_zone(Zone::LONDON).long(),
            head.seq
        )),
    }
}

/// The folder beside the paper: its name with another ending.
fn folder(book: &Book<'_>) -> String {
    let name = book.input.options.file_name.clone().unwrap_or_else(|| files::suggested_file_name(book.input));
    let name = files::label(&name);
    format!("{}.check", name.strip_suffix(".pdf").unwrap_or(&name))
}
