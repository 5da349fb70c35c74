//! Windows code pages by number.

use encoding_rs::Encoding;

/// The encoding of a code page; `None`: not one that texts of mails are in.
pub(super) fn of(number: u32) -> Option<&'static Encoding> {
    let label = match number {
        874 => "windows-874",
        932 => "shift_jis",
        936 => "gbk",
        949 => "euc-kr",
        950 => "big5",
        1200 => "utf-16le",
        1250..=1258 => return Encoding::for_label(format!("windows-{number}").as_bytes()),
        10000 => "macintosh",
        20127 => "windows-1252",
        20866 => "koi8-r",
        21866 => "koi8-u",
        28591..=28606 => return Encoding::for_label(format!("iso-8859-{}", number - 28590).as_bytes()),
        50220..=50222 => "iso-2022-jp",
        51932 => "euc-jp",
        54936 => "gb18030",
        65001 => "utf-8",
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

/// Words of a message whose letters are of one byte or more: in the code pages it names, the first in
/// which all bytes are letters, else Windows-1252. The second answer: a supposition was needed.
pub(super) fn decode(bytes: &[u8], pages: &[u32]) -> (String, bool) {
    let bytes = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
    if bytes.is_ascii() {
        return (String::from_utf8_lossy(bytes).into_owned(), false);
    }
    for encoding in pages.iter().filter_map(|page| of(*page)) {
        if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) {
            return (text.into_owned(), false);
        }
    }
    (encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(), true)
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn the_page_named_is_taken_if_it_fits() {
        assert_eq!(decode(&[0x8e, 0x4f], &[932]), ("三".to_owned(), false));
        assert_eq!(decode(b"caf\xe9\0rest", &[1252]), ("café".to_owned(), false));
        assert_eq!(decode(b"caf\xe9", &[65001, 1252]), ("café".to_owned(), false), "65001 is named, and they are not");
        assert_eq!(decode(b"caf\xe9", &[]), ("café".to_owned(), true));
    }
}
