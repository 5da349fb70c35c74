//! Where a line must not break, and where a long word may.

/// A character and the number of its style.
pub(super) type Styled = (char, u16);

const NO_BREAK_SPACE: char = '\u{a0}';
const MAY_BREAK: char = '\u{200b}';
const MONTHS: [&str; 23] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
];
const COUNTED: [&str; 9] = ["paragraph", "paragraphs", "page", "message", "line", "section", "entry", "Form", "No."];

/// Ties day and month, number and am/pm, “paragraph 3”, and a short last word to the one before.
/// `limit` is the longest tied run, in characters, that the column can hold.
pub(super) fn tie(text: &mut [Styled], limit: usize) {
    let words = words_of(text);
    for pair in words.windows(2) {
        let [(a, a_end), (b, b_end)] = [pair[0], pair[1]];
        let gap_is_one_space = b == a_end + 1 && text[a_end].0 == ' ';
        let is_last = b_end == words.last().map_or(0, |word| word.1);
        if gap_is_one_space && b_end - a <= limit && belong(text, (a, a_end), (b, b_end), is_last && words.len() > 3) {
            text[a_end].0 = NO_BREAK_SPACE;
        }
    }
}

fn words_of(text: &[Styled]) -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let mut start = None;
    for (i, (c, _)) in text.iter().enumerate() {
        let is_space = c.is_whitespace();
        match start {
            None if !is_space => start = Some(i),
            Some(from) if is_space => {
                words.push((from, i));
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|from| (from, text.len())));
    words
}

fn belong(text: &[Styled], before: (usize, usize), after: (usize, usize), is_last: bool) -> bool {
    let read = |(from, to): (usize, usize)| text[from..to].iter().map(|(c, _)| *c).collect::<String>();
    let (before, after) = (read(before), read(after));
    let a = before.trim_start_matches(|c: char| !c.is_alphanumeric());
    let b = after.trim_end_matches(|c: char| !c.is_alphanumeric());
    let is_number = |word: &str| word.chars().next().is_some_and(|c| c.is_ascii_digit());
    let day_month = a.len() <= 2 && is_number(a) && MONTHS.contains(&b);
    let clock = is_number(a) && matches!(b, "am" | "pm" | "noon" | "midnight");
    let counted = COUNTED.iter().any(|word| word.eq_ignore_ascii_case(a)) && is_number(b);
    let short_end = is_last && after.chars().count() < 6;
    day_month || clock || counted || short_end
}

/// Lets words longer than `limit` characters break after `/ - _ . @`.
pub(super) fn let_long_words_break(text: Vec<Styled>, limit: usize) -> Vec<Styled> {
    let long: Vec<(usize, usize)> = words_of(&text).into_iter().filter(|(from, to)| to - from > limit).collect();
    if long.is_empty() {
        return text;
    }
    let mut out = Vec::with_capacity(text.len() + 16);
    for (i, styled) in text.into_iter().enumerate() {
        out.push(styled);
        let inside = long.iter().any(|(from, to)| (*from..to.saturating_sub(1)).contains(&i));
        if inside && matches!(styled.0, '/' | '-' | '_' | '.' | '@') {
            out.push((MAY_BREAK, styled.1));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tied(text: &str) -> String {
        let mut styled: Vec<Styled> = text.chars().map(|c| (c, 0)).collect();
        tie(&mut styled, 40);
        styled.iter().map(|(c, _)| if *c == NO_BREAK_SPACE { '~' } else { *c }).collect()
    }

    #[test]
    fn what_is_read_together_stays_together() {
        for (input, expected) in [
            ("on Friday 18 September 2026, at five", "on Friday 18~September 2026, at~five"),
            ("from 5.00 pm on (6 March) to noon today", "from 5.00~pm on (6~March) to noon~today"),
            ("under paragraph 3 of the same arrangement", "under paragraph~3 of the same arrangement"),
            ("two words", "two words"),
            ("I waited there until 5.50 pm.", "I waited there until 5.50~pm."),
        ] {
            assert_eq!(tied(input), expected);
        }
    }

    #[test]
    fn a_long_word_may_break_after_its_joints() {
        let styled = "see https://example.org/a_b now".chars().map(|c| (c, 0)).collect();
        let text: String = let_long_words_break(styled, 10).iter().map(|(c, _)| *c).collect();
        assert_eq!(text.replace(MAY_BREAK, "|"), "see https:/|/|example.|org/|a_|b now");
    }
}
