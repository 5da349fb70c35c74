//! Quoted replies, folded for display. The full text stays stored and searchable; this only says which
//! lines are the writer's own, so that an answer between two quotes stays in sight.

/// A run of lines of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    /// What the writer wrote.
    Own(&'a str),
    /// What was quoted from an earlier message.
    Quoted {
        /// The quoted lines, with the line that introduces them.
        text: &'a str,
        /// How many lines, without the introduction and blank ones.
        lines: usize,
        /// The introduction in its own words: `On Fri, 18 Sep 2026 at 17:04, Sam Reed wrote:`.
        introduction: Option<String>,
    },
    /// A signature or a line a telephone adds.
    Signature(&'a str),
}

/// More lines than this are not looked at for an introduction, so that long texts stay quick.
const LONGEST_INTRODUCTION: usize = 4;

/// The pieces of `text` in its order; put together they are the text again.
#[must_use]
pub fn fold(text: &str) -> Vec<Piece<'_>> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let marks = mark(&lines);
    pieces(text, &lines, &marks)
}

/// The writer's own words alone, for a list.
#[must_use]
pub fn own_words(text: &str) -> String {
    let own = fold(text).into_iter().filter_map(|piece| match piece {
        Piece::Own(words) => Some(words.trim()),
        Piece::Quoted { .. } | Piece::Signature(_) => None,
    });
    own.filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n\n")
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Own,
    Introduction,
    Quoted,
    Signature,
}

/// What each line is, from the top down. `>` quotes its own line only, so that answers between quotes
/// stay the writer's; a block of header lines, as Outlook writes it, quotes all that follows.
fn mark(lines: &[&str]) -> Vec<Mark> {
    let mut marks = Vec::with_capacity(lines.len());
    while marks.len() < lines.len() {
        let rest = &lines[marks.len()..];
        let line = rest[0].trim();
        let (kind, length, all_behind) = if line.starts_with('>') {
            (Mark::Quoted, 1, false)
        } else if let Some(length) = header_block(rest) {
            (Mark::Introduction, length, true)
        } else if let Some((length, all_behind)) = introduction(rest) {
            (Mark::Introduction, length, all_behind)
        } else if is_device_line(line) {
            (Mark::Signature, 1, false)
        } else if rest[0].trim_end_matches(['\r', '\n']) == "-- " {
            (Mark::Signature, signature_length(rest), false)
        } else {
            (Mark::Own, 1, false)
        };
        marks.extend(std::iter::repeat_n(kind, length));
        if all_behind {
            marks.resize(lines.len(), Mark::Quoted);
        }
    }
    join_blank_lines(lines, &mut marks);
    marks
}

/// `On Fri, 18 Sep 2026 at 17:04, Sam Reed <sam@example.org> wrote:`, over as many as four lines: how
/// many, and whether all that follows is quoted because its lines bear no marks.
fn introduction(lines: &[&str]) -> Option<(usize, bool)> {
    let first = lines[0].trim();
    let opens = OPENINGS.iter().any(|opening| first.starts_with(opening));
    let mut words = String::new();
    for (index, line) in lines.iter().take(LONGEST_INTRODUCTION).enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('>') {
            return None;
        }
        words.push_str(line);
        words.push(' ');
        let closes = CLOSINGS.iter().any(|closing| line.to_lowercase().trim_end().ends_with(closing));
        if closes && (opens || index == 0) {
            let marked = lines[index + 1..].iter().map(|line| line.trim()).find(|line| !line.is_empty());
            let marked = marked.is_some_and(|line| line.starts_with('>'));
            // Without marks behind it, it must name a time or an address to be more than a sentence.
            let names = words.contains(|letter: char| letter.is_ascii_digit() || letter == '@');
            return (marked || (opens && names)).then_some((index + 1, !marked));
        }
        if !opens {
            return None;
        }
    }
    None
}

/// The beginnings and ends of such lines in the languages of Europe that mail here is written in.
const OPENINGS: [&str; 12] =
    ["On ", "Am ", "Le ", "El ", "Il ", "Em ", "Op ", "W dniu ", "Dnia ", "Den ", "Pe ", "On\u{a0}"];
const CLOSINGS: [&str; 18] = [
    "wrote:",
    "writes:",
    "schrieb:",
    "geschrieben:",
    "a écrit :",
    "a écrit:",
    "a \u{e9}crit\u{a0}:",
    "escribió:",
    "escribi\u{f3}:",
    "ha scritto:",
    "escreveu:",
    "schreef:",
    "napisał:",
    "napisał(a):",
    "napisał/a:",
    "pisze:",
    "skrev:",
    "a scris:",
];

/// The lines `From: / Sent: / To: / Subject:` that Outlook and forwards put before what they quote,
/// with a rule or title before them: how many.
fn header_block(lines: &[&str]) -> Option<usize> {
    let title = is_forward_title(lines[0].trim());
    let mut length = usize::from(title);
    while title && lines.get(length).is_some_and(|line| line.trim().is_empty()) {
        length += 1;
    }
    let block = &lines[length..];
    let fields = block.iter().take(10).take_while(|line| is_header_field(line)).count();
    let opens =
        block.first().is_some_and(|line| starts_with_any(bare(line), &["from:", "von:", "de :", "de:", "od:", "van:"]));
    match (title, fields) {
        (_, 2..) if opens => Some(length + fields),
        // A title alone is enough, a rule of underscores alone is not.
        (true, _) if !lines[0].trim().starts_with('_') => Some(length.max(1) + fields),
        _ => None,
    }
}

fn is_forward_title(line: &str) -> bool {
    const TITLES: [&str; 7] = [
        "original message",
        "original appointment",
        "forwarded message",
        "ursprüngliche nachricht",
        "message d'origine",
        "mensaje original",
        "wiadomość oryginalna",
    ];
    let lower = line.to_lowercase();
    if lower.starts_with("begin forwarded message") {
        return true;
    }
    let bare = lower.trim_matches(|letter: char| letter == '-' || letter == '_' || letter.is_whitespace());
    let ruled = line.starts_with("--");
    (ruled && TITLES.contains(&bare)) || (line.len() >= 20 && line.chars().all(|letter| letter == '_'))
}

fn is_header_field(line: &str) -> bool {
    const FIELDS: [&str; 22] = [
        "from:",
        "sent:",
        "to:",
        "cc:",
        "subject:",
        "date:",
        "reply-to:",
        "importance:",
        "von:",
        "gesendet:",
        "an:",
        "betreff:",
        "datum:",
        "de :",
        "de:",
        "envoyé :",
        "à :",
        "objet :",
        "od:",
        "do:",
        "temat:",
        "enviado:",
    ];
    starts_with_any(bare(line), &FIELDS)
}

/// A line without the stars that bold type leaves behind.
fn bare(line: &str) -> &str {
    line.trim().trim_start_matches('*')
}

fn starts_with_any(line: &str, starts: &[&str]) -> bool {
    let lower: String = line.chars().take(20).collect::<String>().to_lowercase();
    // `*From:* Sam` has its second star behind the colon, so the start is the same.
    starts.iter().any(|start| lower.starts_with(start))
}

/// `Sent from my iPhone`, alone on its line and short.
fn is_device_line(line: &str) -> bool {
    let lower = line.to_lowercase();
    let starts = ["sent from my ", "sent from mail for ", "sent via ", "get outlook for ", "von meinem "];
    line.chars().count() <= 60
        && line.split_whitespace().count() <= 8
        && starts.iter().any(|start| lower.starts_with(start))
}

/// The signature goes on to the next quote, or to the end.
fn signature_length(lines: &[&str]) -> usize {
    let quote = |at: usize| {
        lines[at].trim_start().starts_with('>')
            || header_block(&lines[at..]).is_some()
            || introduction(&lines[at..]).is_some()
    };
    (1..lines.len()).find(|at| quote(*at)).unwrap_or(lines.len())
}

/// Blank lines between an introduction and its quote, or inside a quote, belong to it.
fn join_blank_lines(lines: &[&str], marks: &mut [Mark]) {
    let mut at = 0;
    while at < lines.len() {
        if marks[at] != Mark::Own || !lines[at].trim().is_empty() {
            at += 1;
            continue;
        }
        let end = (at..lines.len()).find(|index| !lines[*index].trim().is_empty()).unwrap_or(lines.len());
        let before = at.checked_sub(1).map(|before| marks[before]);
        let after = marks.get(end).copied();
        if matches!(before, Some(Mark::Introduction | Mark::Quoted)) && after == Some(Mark::Quoted) {
            marks[at..end].fill(Mark::Quoted);
        }
        at = end;
    }
}

/// Lines of one kind put together; an introduction begins a new quote.
fn pieces<'a>(text: &'a str, lines: &[&'a str], marks: &[Mark]) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let (mut at, mut offset) = (0, 0);
    while at < lines.len() {
        let introduced = marks[at..].iter().take_while(|mark| **mark == Mark::Introduction).count();
        let kind = if introduced > 0 { Mark::Quoted } else { marks[at] };
        let length = introduced + marks[at + introduced..].iter().take_while(|mark| **mark == kind).count();
        let bytes: usize = lines[at..at + length].iter().map(|line| line.len()).sum();
        let run = &text[offset..offset + bytes];
        pieces.push(match kind {
            Mark::Own => Piece::Own(run),
            Mark::Signature => Piece::Signature(run),
            Mark::Quoted | Mark::Introduction => {
                let count = |line: &&&str| !line.trim().is_empty();
                Piece::Quoted {
                    text: run,
                    lines: lines[at + introduced..at + length].iter().filter(count).count(),
                    introduction: named(&lines[at..at + introduced]),
                }
            }
        });
        at += length;
        offset += bytes;
    }
    pieces
}

/// The lines of an introduction on one line.
fn named(lines: &[&str]) -> Option<String> {
    let words: Vec<&str> = lines.iter().flat_map(|line| line.split_whitespace()).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `O` own, `Q3` a quote of three lines, `S` a signature; an `i` where an introduction names somebody.
    fn outline(text: &str) -> String {
        let mut out = Vec::new();
        for piece in fold(text) {
            out.push(match piece {
                Piece::Own(words) if words.trim().is_empty() => continue,
                Piece::Own(_) => "O".to_owned(),
                Piece::Signature(_) => "S".to_owned(),
                Piece::Quoted { lines, introduction, .. } => {
                    format!("{}Q{lines}", if introduction.is_some() { "i" } else { "" })
                }
            });
        }
        out.join(" ")
    }

    #[test]
    fn quotes_are_folded_and_answers_are_not() {
        for (text, expected) in [
            ("Hello", "O"),
            ("", ""),
            ("Yes.\n\n> Can you?\n> Please.\n", "O Q2"),
            ("> Can you?\nYes.\n> And Sunday?\nNo.\n", "Q1 O Q1 O"),
            ("Yes.\n\nOn Fri, 18 Sep 2026 at 17:04, Sam Reed wrote:\n\n> Can you?\n", "O iQ1"),
            (
                "Yes.\n\nOn Fri, 18 Sep 2026 at 17:04, Sam Reed\n<sam@example.org> wrote:\n> one\n>\n> two\n\nNo.\n",
                "O iQ3 O",
            ),
            ("Yes.\n\nOn Fri, 18 Sep 2026 at 17:04 Sam Reed wrote:\nCan you?\nPlease.\n", "O iQ2"),
            ("Yes.\n\nAm 18.09.2026 um 17:04 schrieb Sam Reed:\n> Ja?\n", "O Q1"),
            ("Oui.\n\nLe 18 sept. 2026 à 17:04, Sam Reed a écrit :\n> Oui ?\n", "O iQ1"),
            (
                "Yes.\n\nFrom: Sam Reed\nSent: 18 September 2026 17:04\nTo: Alex Reed\nSubject: Friday\n\nCan you?\n",
                "O iQ1",
            ),
            (
                "Yes.\n\n-----Original Message-----\nFrom: Sam Reed\nSent: Friday\nTo: Alex\n\nCan you?\nPlease.",
                "O iQ2",
            ),
            ("Yes.\n\n________________________________\nFrom: Sam Reed\nSent: Friday\n\nCan you?", "O iQ1"),
            ("See below.\n\nBegin forwarded message:\n\nFrom: Sam Reed\nDate: Friday\n\nCan you?", "O iQ1"),
            ("Yes.\n-- \nAlex Reed\nBristol\n", "O S"),
            ("Yes.\n\nSent from my iPhone\n\n> Can you?\n", "O S Q1"),
            // Sentences that only look like it.
            ("On Friday nobody came.\nI waited and then I wrote:\nnobody answered.\n", "O"),
            ("From: now on we meet at the library.\nThat is all.\n", "O"),
            ("____________________________\nA rule of mine.\n", "O"),
        ] {
            assert_eq!(outline(text), expected, "{text}");
        }
    }

    #[test]
    fn an_introduction_names_whom() {
        let text = "Yes.\n\nOn Fri, 18 Sep 2026, Sam Reed\nwrote:\n> Can you?\n";
        let Some(Piece::Quoted { introduction, .. }) = fold(text).pop() else { panic!("no quote") };
        assert_eq!(introduction.as_deref(), Some("On Fri, 18 Sep 2026, Sam Reed wrote:"));
        assert_eq!(own_words(text), "Yes.");
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_text(lines in proptest::collection::vec(prop::sample::select(vec![
            "", "> q", "Own words", "On 1 Jan 2026, Sam wrote:", "On a day", "wrote:", "-- ", "From: a", "Sent: b", "To: c",
            "-----Original Message-----", "Sent from my phone", "________________________", "é\r",
        ]), 0..12)) {
            let text = lines.join("\n");
            let joined: String = fold(&text).iter().map(|piece| match piece {
                Piece::Own(run) | Piece::Signature(run) | Piece::Quoted { text: run, .. } => *run,
            }).collect();
            prop_assert_eq!(joined, text);
        }
    }
}
