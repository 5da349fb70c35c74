//! What a file is, by its content; its name is asked only where content cannot tell.

use std::io::{self, Chain, Cursor, Read};

/// How many bytes are looked at.
const HEAD: u64 = 8 * 1024;

/// A reader of which the first bytes were looked at.
pub(super) type Whole<R> = Chain<Cursor<Vec<u8>>, R>;

/// The first bytes, and a reader that still gives the whole.
pub(super) fn peek<R: Read>(mut reader: R) -> io::Result<(Vec<u8>, Whole<R>)> {
    let mut head = Vec::new();
    reader.by_ref().take(HEAD).read_to_end(&mut head)?;
    Ok((head.clone(), Cursor::new(head).chain(reader)))
}

/// The media type of a file that begins like this.
pub(super) fn media_type(head: &[u8], name: &str) -> &'static str {
    by_content(head).or_else(|| by_name(name)).unwrap_or_else(|| if_text(head))
}

fn by_content(head: &[u8]) -> Option<&'static str> {
    let starts = |magic: &[u8]| head.starts_with(magic);
    let at = |offset: usize, magic: &[u8]| head.get(offset..offset + magic.len()) == Some(magic);
    // PDF readers accept the mark anywhere in the first KiB (ISO 32000-2, annex I).
    if head[..head.len().min(1024)].windows(5).any(|window| window == b"%PDF-") {
        return Some("application/pdf");
    }
    if starts(b"\xFF\xD8\xFF") {
        return Some("image/jpeg");
    }
    if starts(b"\x89PNG\r\n\x1a\n") {
        return Some("image/png");
    }
    if starts(b"GIF87a") || starts(b"GIF89a") {
        return Some("image/gif");
    }
    if starts(b"RIFF") && at(8, b"WEBP") {
        return Some("image/webp");
    }
    if starts(b"RIFF") && at(8, b"WAVE") {
        return Some("audio/wav");
    }
    // The second pair is BigTIFF, which papers decline by its name.
    if [&b"II*\0"[..], b"MM\0*", b"II+\0", b"MM\0+"].iter().any(|magic| starts(magic)) {
        return Some("image/tiff");
    }
    // A bitmap says its own size and where its picture begins; two letters alone could begin a text.
    if starts(b"BM") && head.get(6..10) == Some(&[0; 4]) {
        return Some("image/bmp");
    }
    if at(4, b"ftyp") {
        return Some(by_brands(head));
    }
    if starts(b"ID3") || starts(b"\xFF\xFB") || starts(b"\xFF\xF3") {
        return Some("audio/mpeg");
    }
    if starts(b"OggS") {
        return Some("audio/ogg");
    }
    if starts(b"#!AMR") {
        return Some("audio/amr");
    }
    if starts(b"\x1a\x45\xdf\xa3") {
        return Some("video/webm");
    }
    None
}

/// ISO base media files name what they are in their brand, and in those they are compatible with (ISO/IEC 14496-12).
fn by_brands(head: &[u8]) -> &'static str {
    let length = head.first_chunk::<4>().map_or(0, |length| u32::from_be_bytes(*length) as usize);
    let brands = head.get(8..length.min(head.len())).or(head.get(8..12)).unwrap_or_default();
    let compatible = || brands.chunks_exact(4).skip(2);
    match brands.get(..4).unwrap_or_default() {
        b"avif" | b"avis" => "image/avif",
        b"mif1" | b"msf1" if compatible().any(|brand| matches!(brand, b"avif" | b"avis")) => "image/avif",
        b"heic" | b"heix" | b"heim" | b"heis" | b"heif" | b"mif1" | b"msf1" => "image/heic",
        b"M4A " | b"M4B " => "audio/mp4",
        b"qt  " => "video/quicktime",
        brand if brand.starts_with(b"3g") => "video/3gpp",
        _ => "video/mp4",
    }
}

fn by_name(name: &str) -> Option<&'static str> {
    let (_, extension) = name.rsplit_once('.')?;
    Some(match extension.to_ascii_lowercase().as_str() {
        "eml" => "message/rfc822",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "odt" => "application/vnd.oasis.opendocument.text",
        "doc" => "application/msword",
        "zip" => "application/zip",
        "m4a" => "audio/mp4",
        "mp3" => "audio/mpeg",
        "html" | "htm" => "text/html",
        "csv" => "text/csv",
        _ => return None,
    })
}

fn if_text(head: &[u8]) -> &'static str {
    // A character cut in two at the end of the head is no reason to call a text anything else.
    let text = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    if text && !head.is_empty() && !head.contains(&0) { "text/plain" } else { "application/octet-stream" }
}

/// Sound or video, of which REC-07 asks more.
pub(super) fn is_recording(media_type: &str) -> bool {
    media_type.starts_with("audio/") || media_type.starts_with("video/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_before_the_name() {
        let check = |head: &[u8], name: &str, expected: &str| assert_eq!(media_type(head, name), expected, "{name}");
        check(b"%PDF-1.7\n", "holiday.jpg", "application/pdf");
        check(b"\xFF\xD8\xFF\xE0", "x", "image/jpeg");
        check(b"\x89PNG\r\n\x1a\n....", "x.pdf", "image/png");
        check(b"\0\0\0\x18ftypheic", "x", "image/heic");
        check(b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", "x", "image/avif");
        check(b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "x", "image/heic");
        check(b"MM\0*", "x", "image/tiff");
        check(b"II+\0", "x", "image/tiff");
        check(b"GIF89a", "x", "image/gif");
        check(b"RIFF....WEBPVP8 ", "x", "image/webp");
        check(b"BM\x36\0\0\0\0\0\0\0\x36", "x", "image/bmp");
        check(b"BMW for sale", "x", "text/plain");
        check(b"\0\0\0\x18ftypM4A ", "x", "audio/mp4");
        check(b"\0\0\0\x18ftypisom", "x", "video/mp4");
        check(b"RIFF....WAVE", "x", "audio/wav");
        check(b"Dear Sam", "letter", "text/plain");
        check("Zoë".as_bytes(), "note.txt", "text/plain");
        check(b"\0\x01\x02", "x", "application/octet-stream");
        check(b"", "x", "application/octet-stream");
        check(b"From: a", "x.eml", "message/rfc822");
    }
}
