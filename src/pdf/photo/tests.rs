//! A JPEG built piece by piece: what is kept of it, and what is not.

use super::*;
use crate::model::Digest;
use crate::pdf::writer::{Number, Output};

fn segment(marker: u8, payload: &[u8]) -> Vec<u8> {
    let length = u16::try_from(payload.len() + 2).expect("a short payload").to_be_bytes();
    [&[0xFF, marker], &length[..], payload].concat()
}

/// An EXIF segment: orientation, when taken, and a place where one is wanted.
fn exif(orientation: u8, place: bool) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08".to_vec();
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &count.to_be_bytes(), &value.to_be_bytes()].concat()
    };
    let entries = [
        entry(274, 3, 1, u32::from(orientation) << 16),
        entry(34665, 4, 1, 50),
        if place { entry(34853, 4, 1, 88) } else { entry(305, 2, 1, 0) },
    ];
    tiff.extend(3_u16.to_be_bytes());
    tiff.extend(entries.concat());
    tiff.extend([0; 4]);
    assert_eq!(tiff.len(), 50);
    tiff.extend([&1_u16.to_be_bytes()[..], &entry(36867, 2, 20, 68), &[0; 4]].concat());
    assert_eq!(tiff.len(), 68);
    tiff.extend(b"2026:09:18 17:04:10\0");
    tiff.extend([&1_u16.to_be_bytes()[..], &entry(2, 5, 3, 0)].concat());
    tiff.extend(b"51 28 N SECRETPLACE");
    segment(0xE1, &[b"Exif\0\0", &tiff[..]].concat())
}

/// Picture data with a stuffed byte, a restart and an end.
const SCAN: &[u8] = b"\xFF\xDA\x00\x08\x01\x01\x00\x00\x3F\x00\x12\xFF\x00\x34\xFF\xD0\x56\xFF\xD9";

fn build(parts: &[Vec<u8>]) -> Vec<u8> {
    [&[0xFF, 0xD8][..], &parts.concat(), SCAN].concat()
}

fn frame_of(marker: u8, components: u8) -> Vec<u8> {
    let mut payload = vec![8, 0, 30, 0, 40, components];
    for component in 1..=components {
        payload.extend([component, 0x11, 0]);
    }
    segment(marker, &payload)
}

fn tables() -> Vec<u8> {
    segment(0xDB, &[&[0][..], &[1; 64]].concat())
}

/// The same, prepared for a file.
pub(in crate::pdf) fn picture() -> Prepared {
    prepared(&jpeg())
}

fn prepared(bytes: &[u8]) -> Prepared {
    prepare(bytes, Wanted { frame: 0, finest: None }).expect("a picture")
}

/// A small JPEG with a place, turned by a quarter.
pub(in crate::pdf) fn jpeg() -> Vec<u8> {
    build(&[exif(6, true), tables(), frame_of(0xC0, 3)])
}

#[test]
fn facts_are_read() {
    let facts = look(&jpeg()).expect("a JPEG");
    let frame = FrameFacts { number: 0, stored: (40, 30), orientation: 6, as_it_is: true };
    let expected = PictureFacts {
        format: Format::Jpeg,
        frames: vec![frame],
        has_place: true,
        taken: Some("2026:09:18 17:04:10".to_owned()),
        remarks: Vec::new(),
    };
    assert_eq!(facts, expected);
    assert_eq!(frame.upright(), (30, 40));
    assert_eq!(taken(&jpeg()).as_deref(), Some("2026:09:18 17:04:10"));
    let without = look(&build(&[exif(1, false), frame_of(0xC2, 1)])).expect("a JPEG");
    assert_eq!((without.has_place, without.frames[0].orientation), (false, 1));
    let xmp = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<exif:GPSLatitude>51");
    assert!(look(&build(&[xmp, frame_of(0xC0, 3)])).expect("a JPEG").has_place);
}

#[test]
fn what_follows_or_is_missing_is_said() {
    let whole = jpeg();
    let remarks = |bytes: &[u8]| look(bytes).expect("a JPEG").remarks;
    assert_eq!(remarks(&whole), []);
    assert_eq!(remarks(&[&whole[..], &[0; 512]].concat()), [], "filling is nothing");
    assert_eq!(remarks(&[&whole[..], b"\0\0\0\x18ftypmp42 a film"].concat()), [Remark::More]);
    let cut = &whole[..whole.len() - 5];
    assert_eq!(remarks(cut), [Remark::BreaksOff]);
    let copy = prepare(cut, Wanted { frame: 0, finest: None }).expect("a JPEG").bytes;
    assert!(copy.ends_with(&[0xFF, 0xD9]), "readers find an end");
}

#[test]
fn the_place_goes_and_the_picture_stays() {
    let comment = segment(0xFE, b"SECRET comment");
    let preview = segment(0xE2, b"MPF\0SECRET");
    let jfif = segment(0xE0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0");
    let mut original = build(&[jfif.clone(), exif(6, true), comment, preview, tables(), frame_of(0xC0, 3)]);
    original.extend(b"a second picture with a SECRETPLACE after the end");
    let copy = without_place(&original).expect("a JPEG");
    assert_eq!(copy, build(&[jfif, tables(), frame_of(0xC0, 3)]));
    assert!(copy.ends_with(SCAN), "the picture data is untouched");
    assert!(!copy.windows(6).any(|window| window == b"SECRET"));
    assert!(!look(&copy).expect("a JPEG").has_place);
    // A copy of the copy is the same.
    assert_eq!(without_place(&copy), Some(copy.clone()));
}

#[test]
fn notes_between_scans_go_too() {
    let mut progressive = build(&[frame_of(0xC2, 3)]);
    progressive.truncate(progressive.len() - 2);
    let clean = [&progressive[..], SCAN].concat();
    let noted = [&progressive[..], &segment(0xFE, b"SECRET \xFF\xD9"), SCAN].concat();
    assert_eq!(without_place(&noted), Some(clean));
}

#[test]
fn what_a_paper_cannot_show_is_declined() {
    let mut twelve_bits = frame_of(0xC1, 3);
    twelve_bits[4] = 12;
    let cases: [(&str, Vec<u8>); 7] = [
        ("empty", Vec::new()),
        ("a PNG without a header", b"\x89PNG\r\n\x1a\n0000".to_vec()),
        ("arithmetic coding", build(&[frame_of(0xC9, 3)])),
        ("lossless", build(&[frame_of(0xC3, 3)])),
        ("12 bits", build(&[twelve_bits])),
        ("two colours", build(&[frame_of(0xC0, 2)])),
        ("no frame", build(&[tables()])),
    ];
    for (name, bytes) in cases {
        assert!(look(&bytes).is_err(), "{name}");
        assert_eq!(without_place(&bytes), None, "{name}");
    }
    let whole = jpeg();
    for length in 0..whole.len() {
        let _ = look(&whole[..length]);
        let _ = without_place(&whole[..length]);
    }
}

#[test]
fn turned_pictures_are_placed_upright() {
    // Where the stored picture's top left corner comes to lie, for each orientation of EXIF.
    let corners = [
        (1, (10.0, 80.0)),
        (2, (40.0, 80.0)),
        (3, (40.0, 40.0)),
        (4, (10.0, 40.0)),
        (5, (10.0, 80.0)),
        (6, (40.0, 80.0)),
        (7, (40.0, 40.0)),
        (8, (10.0, 40.0)),
    ];
    for (orientation, expected) in corners {
        let [_, _, c, d, e, f] = placement(orientation, (10.0, 20.0, 30.0, 40.0), 100.0);
        assert_eq!((c + e, d + f), expected, "orientation {orientation}");
    }
}

#[test]
fn colours_are_named_to_the_reader() {
    let picture = |components, adobe: bool| {
        let mut parts = vec![frame_of(0xC0, components)];
        if adobe {
            parts.insert(0, segment(0xEE, b"Adobe\0\x64\0\0\0\0\x02"));
        }
        let mut bytes = Vec::new();
        let mut out = Output::begin(&mut bytes).expect("memory can be written");
        let number = write_image(&mut out, &Digest::of(b""), prepared(&build(&parts))).expect("a JPEG");
        assert_eq!(number, Number(1));
        String::from_utf8_lossy(&bytes).into_owned()
    };
    assert!(picture(1, false).contains("/DeviceGray"));
    assert!(picture(3, true).contains("/DeviceRGB"));
    assert!(picture(4, true).contains("/Decode [1 0 1 0 1 0 1 0]"));
    assert!(!picture(4, false).contains("/Decode ["));
}
