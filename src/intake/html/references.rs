//! References in HTML: `&amp;`, `&#8217;`, `&#x2019;` (WHATWG HTML, 13.2.5.72 to 80).
//!
//! The names of signs are those `mail-parser` knows: all but the 93 that stand for two letters of mathematics at once
//! (`&NotEqualTilde;`), which stay as they are written.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;
use mail_parser::decoders::html::add_html_token;

/// Words with their references resolved.
pub(super) fn resolved(text: &str) -> Cow<'_, str> {
    with_references(text, false)
}

/// In an attribute `&copy=1` is part of an address, not a sign.
pub(super) fn resolved_in_attribute(value: &str) -> Cow<'_, str> {
    with_references(value, true)
}

fn with_references(text: &str, in_attribute: bool) -> Cow<'_, str> {
    let Some(mut at) = memchr::memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match rest.as_bytes().get(1) {
            Some(b'#') => numbered(rest, &mut out),
            _ => named(rest, in_attribute, &mut out),
        };
        if length == 0 {
            out.push('&');
        }
        rest = &rest[length.max(1)..];
        match memchr::memchr(b'&', rest.as_bytes()) {
            Some(next) => at = next,
            None => break,
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Writes the letter with this number. Gives the length of the reference; 0 if it is none.
fn numbered(reference: &str, out: &mut String) -> usize {
    let (digits_at, radix) = if matches!(reference.as_bytes().get(2), Some(b'x' | b'X')) { (3, 16) } else { (2, 10) };
    let digits = &reference[digits_at..];
    let count = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    if count == 0 {
        return 0;
    }
    let number = digits[..count].bytes().fold(0_u32, |number, digit| {
        number.saturating_mul(radix).saturating_add(char::from(digit).to_digit(radix).unwrap_or_default())
    });
    match u8::try_from(number) {
        // Written by programs that took their code page for Unicode, and read so by every browser.
        Ok(byte @ 0x80..=0x9f) => out.push_str(&WINDOWS_1252.decode_without_bom_handling(&[byte]).0),
        Ok(0) => out.push(char::REPLACEMENT_CHARACTER),
        _ => out.push(char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER)),
    }
    let end = digits_at + count;
    end + usize::from(reference.as_bytes().get(end) == Some(&b';'))
}

/// Writes the sign with this name. Gives the length of the reference; 0 if it is none.
fn named(reference: &str, in_attribute: bool, out: &mut String) -> usize {
    let bytes = reference.as_bytes();
    let count = bytes[1..].iter().take(LONGEST_NAME).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    if bytes.get(1 + count) == Some(&b';') && count > 0 && push_sign(&reference[..count + 2], out) {
        return count + 2;
    }
    for length in (2..=count.min(6)).rev() {
        let name = &reference[1..=length];
        if WITHOUT_SEMICOLON.binary_search(&name).is_ok() {
            let goes_on = bytes.get(1 + length).is_some_and(|next| next.is_ascii_alphanumeric() || *next == b'=');
            if in_attribute && goes_on {
                return 0;
            }
            return if push_sign(&format!("&{name};"), out) { 1 + length } else { 0 };
        }
    }
    0
}

fn push_sign(reference: &str, out: &mut String) -> bool {
    let before = out.len();
    add_html_token(out, reference.as_bytes(), false);
    if out[before..] == *reference {
        out.truncate(before);
        return false;
    }
    true
}

/// Letters of the longest name, `CounterClockwiseContourIntegral`.
const LONGEST_NAME: usize = 31;

/// Names that are understood without their semicolon, for pages of the nineties (13.5).
const WITHOUT_SEMICOLON: [&str; 106] = [
    "AElig", "AMP", "Aacute", "Acirc", "Agrave", "Aring", "Atilde", "Auml", "COPY", "Ccedil", "ETH", "Eacute", "Ecirc",
    "Egrave", "Euml", "GT", "Iacute", "Icirc", "Igrave", "Iuml", "LT", "Ntilde", "Oacute", "Ocirc", "Ograve", "Oslash",
    "Otilde", "Ouml", "QUOT", "REG", "THORN", "Uacute", "Ucirc", "Ugrave", "Uuml", "Yacute", "aacute", "acirc",
    "acute", "aelig", "agrave", "amp", "aring", "atilde", "auml", "brvbar", "ccedil", "cedil", "cent", "copy",
    "curren", "deg", "divide", "eacute", "ecirc", "egrave", "eth", "euml", "frac12", "frac14", "frac34", "gt",
    "iacute", "icirc", "iexcl", "igrave", "iquest", "iuml", "laquo", "lt", "macr", "micro", "middot", "nbsp", "not",
    "ntilde", "oacute", "ocirc", "ograve", "ordf", "ordm", "oslash", "otilde", "ouml", "para", "plusmn", "pound",
    "quot", "raquo", "reg", "sect", "shy", "sup1", "sup2", "sup3", "szlig", "thorn", "times", "uacute", "ucirc",
    "ugrave", "uml", "uuml", "yacute", "yen", "yuml",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_as_browsers_do() {
        let cases = [
            ("tea &amp; cake &lt;3", "tea & cake <3"),
            ("caf&eacute; caf&eacute caf&Eacute;", "café café cafÉ"),
            ("Robin&#8217;s &#x2019; &#X2019g", "Robin’s ’ ’g"),
            ("&#146; &#0; &#xD800; &#99999999999;", "’ \u{fffd} \u{fffd} \u{fffd}"),
            ("&notit; &nothing &ampere", "¬it; ¬hing &ere"),
            ("A&B &;&# &#; &#x; &unknown; &", "A&B &;&# &#; &#x; &unknown; &"),
            ("&CounterClockwiseContourIntegral;&nbsp;", "∳\u{a0}"),
        ];
        for (html, expected) in cases {
            assert_eq!(resolved(html), expected, "{html}");
        }
        assert_eq!(resolved_in_attribute("?a&copy=1&copyb&copy;&copy &amp;c"), "?a&copy=1&copyb©© &c");
        assert!(WITHOUT_SEMICOLON.is_sorted());
    }
}
