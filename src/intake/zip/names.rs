//! Names in a zip: labels, never paths.

use super::OddName;

/// Longest name that is shown, in characters.
const LONGEST_NAME: usize = 400;

/// A name as a label. Bytes that are not UTF-8 are in the alphabet of old DOS programs (APPNOTE, appendix D),
/// of which only the letters are told apart here; the rest shows as �.
pub(super) fn label(raw: &[u8], utf8: bool, unicode: Option<&[u8]>) -> (String, Option<OddName>) {
    let text = match std::str::from_utf8(raw) {
        // It says so, or somebody wrote the name a second time for such as us.
        _ if !utf8 && let Some(name) = unicode.and_then(|extra| unicode_path(raw, extra)) => name,
        Ok(text) => text.to_owned(),
        Err(_) if utf8 => String::from_utf8_lossy(raw).into_owned(),
        Err(_) => raw.iter().map(|byte| cp437(*byte)).collect(),
    };
    let mut odd = None;
    if text
        .chars()
        .any(|letter| letter.is_control() || matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'))
    {
        odd = Some(OddName::Hidden);
    }
    let drive = text.as_bytes().get(1) == Some(&b':') && text.as_bytes()[0].is_ascii_alphabetic();
    if drive || text.starts_with(['/', '\\']) {
        odd = Some(OddName::Climbs);
    }
    let text = if drive { text[2..].to_owned() } else { text };
    let mut parts = Vec::new();
    for part in text.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => odd = Some(OddName::Climbs),
            part => parts.push(part),
        }
    }
    let name: String = parts.join("/").chars().take(LONGEST_NAME).collect();
    (if name.is_empty() { "(no name)".to_owned() } else { name }, odd)
}

/// The name in Info-ZIP's extra field 0x7075 (APPNOTE 4.6.9): a version, the check sum of the name it stands for, and that name
/// in UTF-8. `None`: it stands for another name, as after somebody renamed the entry.
fn unicode_path(raw: &[u8], extra: &[u8]) -> Option<String> {
    let (version, rest) = extra.split_first()?;
    let (sum, name) = rest.split_at_checked(4)?;
    let mut crc = rawzip::Crc32::new();
    crc.update(raw);
    let fits = *version == 1 && sum == crc.checksum().to_le_bytes() && !name.is_empty();
    String::from_utf8(name.to_vec()).ok().filter(|_| fits)
}

/// Code page 437, of which the upper half is not ASCII.
fn cp437(byte: u8) -> char {
    const UPPER: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
    if byte.is_ascii() { char::from(byte) } else { UPPER.chars().nth(usize::from(byte) - 128).unwrap_or('\u{fffd}') }
}
