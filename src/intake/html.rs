//! HTML bodies as plain text. Nothing is fetched: links and pictures become words.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Longer HTML is cut before it is read; the original keeps all of it. In bytes.
const LONGEST: usize = 2 * 1024 * 1024;
/// Deeper nesting than any program writes; what a parser does with more is nobody's concern here.
const DEEPEST: usize = 400;
/// Lines are wrapped only beyond this, so that words searched for stand on one line.
const WIDTH: usize = 2_000;

/// The text, and whether all of the HTML could be read. Bold words stand between stars, as in a plain e-mail.
pub(super) fn to_text(html: &str) -> (String, bool) {
    laid_out(html, html2text::config::plain)
}

/// The words alone, for search.
pub(super) fn to_words(html: &str) -> String {
    laid_out(html, html2text::config::plain_no_decorate).0
}

type Layout = html2text::config::Config<html2text::render::PlainDecorator>;

fn laid_out(html: &str, layout: impl Fn() -> Layout) -> (String, bool) {
    let (html, whole) = match html.char_indices().find(|(at, _)| *at >= LONGEST) {
        Some((end, _)) => (&html[..end], false),
        None => (html, true),
    };
    if !is_tame(html) {
        return (without_tags(html), false);
    }
    let rendered = catch_unwind(AssertUnwindSafe(|| {
        layout().raw_mode(true).allow_width_overflow().link_footnotes(true).string_from_read(html.as_bytes(), WIDTH)
    }));
    match rendered {
        Ok(Ok(text)) => (tidy(&text), whole),
        _ => (without_tags(html), false),
    }
}

/// Nested no deeper than people write, and without spans of columns that only waste memory.
fn is_tame(html: &str) -> bool {
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    let bytes = html.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        if *byte != b'<' {
            continue;
        }
        match bytes.get(at + 1) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(letter) if letter.is_ascii_alphabetic() && !is_void(&bytes[at + 1..]) => depth += 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest <= DEEPEST
}

/// Elements that have no end, and ones whose end people leave away.
fn is_void(rest: &[u8]) -> bool {
    const VOID: [&[u8]; 17] = [
        b"br", b"img", b"hr", b"meta", b"link", b"input", b"p", b"li", b"td", b"tr", b"th", b"dd", b"dt", b"col",
        b"option", b"o", b"v",
    ];
    let length = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    VOID.iter().any(|name| rest[..length].eq_ignore_ascii_case(name))
}

/// Lines without white space at their ends, rules of a readable length, no run of blank lines.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = 0;
    for line in text.lines() {
        let line = line.trim_end();
        let rule = !line.is_empty() && line.chars().all(|letter| "─-=_".contains(letter));
        let line = if rule { line.chars().take(40).collect() } else { line.to_owned() };
        blank = if line.is_empty() { blank + 1 } else { 0 };
        if blank <= 1 {
            out.push_str(&line);
            out.push('\n');
        }
    }
    out.trim_matches('\n').to_owned()
}

/// The words between the tags, for HTML that cannot be laid out.
fn without_tags(html: &str) -> String {
    let mut out = String::new();
    let mut in_tag = false;
    for letter in html.chars() {
        match letter {
            '<' => {
                in_tag = true;
                out.push('\n');
            }
            '>' => in_tag = false,
            letter if !in_tag => out.push(letter),
            _ => {}
        }
    }
    let lines: Vec<&str> = out.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        assert_eq!(to_text(html), (expected.to_owned(), true), "{html}");
    }

    #[test]
    fn words_of_html() {
        check("<p>Hello,<br>see you &amp; Robin at 5&nbsp;pm.</p>", "Hello,\nsee you & Robin at 5\u{a0}pm.");
        check("<a href='https://example.com/x'>the letter</a>", "[the letter][1]\n\n[1]: https://example.com/x");
        check("<p>one</p><hr><p>two</p>", "one\n\ntwo");
        check("<table><tr><td>a</td><td>b</td></tr></table>", "a\nb");
        check("<style>p{color:red}</style><script>alert(1)</script><p>only this</p>", "only this");
        check("<img src='https://example.com/track.gif'>seen", "seen");
        check("<blockquote><p>quoted</p></blockquote>mine", "> quoted\n\nmine");
        check("", "");
    }

    #[test]
    fn hostile_html_is_read_in_bounds() {
        let deep = format!("{}words{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        assert_eq!(to_text(&deep), ("words".to_owned(), false));
        let long = "<b>x</b>".repeat(LONGEST / 4);
        assert!(!to_text(&long).1);
        let wide = "<table><tr><td colspan=1000000000>x</td></tr></table>";
        assert!(to_text(wide).0.contains('x'));
        let unclosed = "<p><b><i><table><tr><td".repeat(3000);
        let _ = to_text(&unclosed);
    }
}
