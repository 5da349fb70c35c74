//! What a message quotes, found by the marks mail programs put before quoted lines.

use super::TextPart;

/// Splits a text at lines that begin with `>`, each run together with the line before it that
/// introduces it ("… wrote:"). A plain [`super::SplitQuotes`]; a better one may be handed in.
#[must_use]
pub fn split_quotes(text: &str) -> Vec<TextPart> {
    let mut parts: Vec<TextPart> = Vec::new();
    for line in text.lines() {
        if !line.trim_start().starts_with('>') {
            parts.push(TextPart::Own(line.to_owned()));
            continue;
        }
        if let Some(TextPart::Quoted(lines)) = parts.last_mut() {
            lines.push(line.to_owned());
            continue;
        }
        let mut lines = Vec::new();
        let introduces = |part: &TextPart| matches!(part, TextPart::Own(own) if own.trim_end().ends_with("wrote:"));
        if parts.last().is_some_and(introduces)
            && let Some(TextPart::Own(intro)) = parts.pop()
        {
            lines.push(intro);
        }
        lines.push(line.to_owned());
        parts.push(TextPart::Quoted(lines));
    }
    parts
}
