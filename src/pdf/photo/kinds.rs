//! Every kind of picture, made here: what is read of it, how it is packed, and what a bad one gives.

use std::io::Cursor;

use super::*;
use crate::model::Digest;
use crate::pdf::writer::{Number, Output};

const HEIC: &[u8] = include_bytes!("../../../tests/pictures/red-under-blue.heic");
const INTERLACED: &[u8] = include_bytes!("../../../tests/pictures/interlaced.png");
const ALL: Wanted = Wanted { frame: 0, finest: None };

fn png(width: u32, height: u32, colour: ::png::ColorType, depth: ::png::BitDepth, data: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut file, width, height);
    encoder.set_color(colour);
    encoder.set_depth(depth);
    if colour == ::png::ColorType::Indexed {
        encoder.set_palette(vec![255, 0, 0, 0, 255, 0]);
        encoder.set_trns(vec![255, 0]);
    }
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(data).unwrap();
    writer.finish().unwrap();
    file
}

/// A TIFF of so many grey pages, 4 × 2, each a shade lighter.
fn tiff(pages: u8) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    let mut encoder = ::tiff::encoder::TiffEncoder::new(&mut file).unwrap();
    for page in 1..=pages {
        let mut image = encoder.new_image::<::tiff::encoder::colortype::Gray8>(4, 2).unwrap();
        image.encoder().write_tag(::tiff::tags::Tag::Orientation, 6_u16).unwrap();
        image.write_data(&[page; 8]).unwrap();
    }
    file.into_inner()
}

fn webp(width: u32, height: u32, data: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    let encoder = image_webp::WebPEncoder::new(&mut file);
    encoder.encode(data, width, height, image_webp::ColorType::Rgba8).unwrap();
    file
}

fn gif(frames: usize) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = ::gif::Encoder::new(&mut file, 2, 2, &[255, 0, 0, 0, 0, 255]).unwrap();
    for _ in 0..frames {
        let frame = ::gif::Frame::from_palette_pixels(1, 2, vec![0, 1], vec![255, 0, 0, 0, 0, 255], None);
        encoder.write_frame(&frame).unwrap();
    }
    drop(encoder);
    file
}

/// The samples of a prepared picture, read back by a reader that did not pack it.
fn unpacked(prepared: &Prepared) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut out = Output::begin(&mut bytes).unwrap();
    assert_eq!(write_image(&mut out, &Digest::of(b""), prepared.clone()).unwrap(), Number(1));
    let start = bytes.windows(7).position(|window| window == b"stream\n").unwrap() + 7;
    let dict = format!(
        "1 0 obj << /Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors {} /BitsPerComponent {} /Columns {} >> /Length {} >> stream\n",
        prepared.components,
        prepared.bits,
        prepared.width,
        prepared.bytes.len()
    );
    let stored = &bytes[start..start + prepared.bytes.len()];
    assert_eq!(stored, prepared.bytes, "the packed bytes are in the file as they are");
    let pdf = [
        b"%PDF-1.7\n".as_slice(),
        dict.as_bytes(),
        stored,
        b"\nendstream endobj\n2 0 obj << /Type /Catalog /Pages 3 0 R >> endobj\n",
        b"3 0 obj << /Type /Pages /Count 1 /Kids [4 0 R] >> endobj\n",
        b"4 0 obj << /Type /Page /Parent 3 0 R /MediaBox [0 0 9 9] /Contents 1 0 R >> endobj\n",
        b"trailer << /Root 2 0 R >>\n%%EOF",
    ]
    .concat();
    let pdf = hayro_syntax::Pdf::new(pdf).expect("a small PDF");
    pdf.pages()[0].page_stream().expect("its samples").to_vec()
}

fn check(bytes: &[u8], expected: &PictureFacts, components: u8, bits: u8, samples: &[u8]) {
    assert_eq!(&look(bytes).expect("a picture"), expected);
    let prepared = prepare(bytes, ALL).expect("a picture");
    assert_eq!((prepared.components, prepared.bits), (components, bits));
    assert_eq!((prepared.width, prepared.height), expected.frames[0].stored);
    assert_eq!(unpacked(&prepared)[..samples.len()], *samples);
    assert_eq!(prepare(bytes, ALL).as_ref(), Ok(&prepared), "the same bytes give the same picture");
}

fn facts(format: Format, stored: (u32, u32), remarks: &[Remark]) -> PictureFacts {
    let frame = FrameFacts { number: 0, stored, orientation: 1, as_it_is: false };
    PictureFacts { format, frames: vec![frame], has_place: false, taken: None, remarks: remarks.to_vec() }
}

#[test]
fn png_of_every_depth_keeps_what_it_shows() {
    use ::png::BitDepth::{Eight, One, Sixteen};
    use ::png::ColorType::{Grayscale, GrayscaleAlpha, Indexed, Rgb, Rgba};
    let plain = facts(Format::Png, (2, 1), &[]);
    let see_through = facts(Format::Png, (2, 1), &[Remark::SeeThrough]);
    check(&png(2, 1, Rgb, Eight, &[1, 2, 3, 4, 5, 6]), &plain, 3, 8, &[1, 2, 3, 4, 5, 6]);
    check(&png(2, 1, Grayscale, Eight, &[7, 8]), &plain, 1, 8, &[7, 8]);
    check(&png(2, 1, Rgba, Eight, &[1, 2, 3, 255, 4, 5, 6, 0]), &see_through, 3, 8, &[1, 2, 3, 255, 255, 255]);
    check(&png(2, 1, GrayscaleAlpha, Eight, &[9, 255, 9, 0]), &see_through, 1, 8, &[9, 255]);
    check(&png(2, 1, Indexed, Eight, &[0, 1]), &see_through, 3, 8, &[255, 0, 0, 255, 255, 255]);
    let finer = facts(Format::Png, (2, 1), &[Remark::FinerColours]);
    check(&png(2, 1, Grayscale, Sixteen, &[7, 200, 8, 1]), &finer, 1, 8, &[7, 8]);
    let mut black_and_white = plain.clone();
    black_and_white.frames[0].as_it_is = true;
    check(&png(2, 1, Grayscale, One, &[0b1000_0000]), &black_and_white, 1, 1, &[0b1000_0000]);
    check(INTERLACED, &facts(Format::Png, (2, 2), &[]), 1, 8, &[10, 20, 30, 40]);
}

#[test]
fn notes_in_a_png_are_read_and_never_copied() {
    let whole = png(2, 1, ::png::ColorType::Rgb, ::png::BitDepth::Eight, &[1, 2, 3, 4, 5, 6]);
    let mut file = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut file, 2, 1);
    encoder.set_color(::png::ColorType::Rgb);
    encoder.add_text_chunk("Comment".to_owned(), "SECRETPLACE".to_owned()).unwrap();
    let mut writer = encoder.write_header().unwrap();
    let exif = [&b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0"[..], &[0; 4]].concat();
    writer.write_chunk(::png::chunk::ChunkType(*b"eXIf"), &exif).unwrap();
    let xmp = b"XML:com.adobe.xmp\0\0\0\0\0<exif:GPSLatitude>51 SECRETPLACE";
    writer.write_chunk(::png::chunk::ChunkType(*b"iTXt"), xmp).unwrap();
    writer.write_image_data(&[1, 2, 3, 4, 5, 6]).unwrap();
    writer.finish().unwrap();
    let facts = look(&file).unwrap();
    assert_eq!((facts.has_place, facts.frames[0].orientation), (true, 6));
    assert_eq!(facts.frames[0].upright(), (1, 2));
    assert_eq!(prepare(&file, ALL), prepare(&whole, ALL), "the copy is that of a picture without notes");
}

#[test]
fn each_page_of_a_scan_is_a_picture_of_its_own() {
    let scan = tiff(3);
    let facts = look(&scan).unwrap();
    let numbers: Vec<u32> = facts.frames.iter().map(|frame| frame.number).collect();
    assert_eq!(numbers, [0, 1, 2]);
    assert_eq!(facts.frames[1].upright(), (2, 4));
    for frame in 0..3_u8 {
        let prepared = prepare(&scan, Wanted { frame: frame.into(), finest: None }).unwrap();
        assert_eq!(unpacked(&prepared)[..8], [frame + 1; 8]);
    }
    assert!(prepare(&scan, Wanted { frame: 3, finest: None }).is_err());
    assert_eq!(look(&tiff(201)), Err(Unshown::TooManyPages));
}

#[test]
fn webp_gif_and_heic_are_shown() {
    let pixels = [1, 2, 3, 255, 4, 5, 6, 0];
    check(&webp(2, 1, &pixels), &facts(Format::WebP, (2, 1), &[Remark::SeeThrough]), 3, 8, &[1, 2, 3, 255, 255, 255]);
    let red_blue = [255, 0, 0, 255, 255, 255, 0, 0, 255, 255, 255, 255];
    check(&gif(1), &facts(Format::Gif, (2, 2), &[Remark::SeeThrough]), 3, 8, &red_blue);
    check(&gif(2), &facts(Format::Gif, (2, 2), &[Remark::Moves, Remark::SeeThrough]), 3, 8, &red_blue);
    let heic = look(HEIC).unwrap();
    assert_eq!((heic.frames[0].stored, heic.has_place), ((64, 64), true));
    assert_eq!(heic.taken.as_deref(), Some("2026:09:18 16:46:31"));
    let samples = unpacked(&prepare(HEIC, ALL).unwrap());
    let (top, bottom) = (&samples[..3], &samples[63 * 64 * 3..63 * 64 * 3 + 3]);
    assert!(top[2] > 150 && top[0] < 80, "blue above: {top:?}");
    assert!(bottom[0] > 150 && bottom[2] < 80, "red below: {bottom:?}");
}

#[test]
fn what_is_finer_than_paper_is_made_as_fine() {
    let grey = png(4, 4, ::png::ColorType::Grayscale, ::png::BitDepth::Eight, &[100; 16]);
    let prepared = prepare(&grey, Wanted { frame: 0, finest: Some((2, 3)) }).unwrap();
    assert_eq!((prepared.width, prepared.height), (2, 3));
    assert_eq!(unpacked(&prepared)[..6], [100; 6]);
    let jpeg = super::tests::jpeg();
    let fine = prepare(&jpeg, Wanted { frame: 0, finest: Some((1, 1)) }).unwrap();
    assert_eq!((fine.width, fine.packing), (40, Packing::Jpeg), "a JPEG is never written anew");
}

#[test]
fn what_cannot_be_shown_says_why() {
    let says = |bytes: &[u8], words: &str| {
        let why = look(bytes).expect_err(words).to_string();
        assert!(why.contains(words), "{why}");
        assert!(prepare(bytes, ALL).is_err());
    };
    says(b"", "not a picture");
    says(b"II+\0\x08\0\0\0", "BigTIFF");
    says(b"\0\0\0\x18ftypavif\0\0\0\0mif1", "AVIF");
    says(b"BM\x36\0\0\0", "BMP");
    says(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "Most Compatible");
    let whole = png(9, 9, ::png::ColorType::Rgb, ::png::BitDepth::Eight, &[5; 243]);
    says(&whole[..whole.len() - 30], "breaks off");
}

/// Announced sizes are refused before room is taken: each of these files is a few dozen bytes long.
#[test]
fn bombs_are_refused_before_they_go_off() {
    let header = |width: u32, height: u32| {
        let mut file = png(1, 1, ::png::ColorType::Rgb, ::png::BitDepth::Eight, &[0; 3]);
        file[16..20].copy_from_slice(&width.to_be_bytes());
        file[20..24].copy_from_slice(&height.to_be_bytes());
        let sum = !file[12..29].iter().fold(!0_u32, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 })
        });
        file[29..33].copy_from_slice(&sum.to_be_bytes());
        file
    };
    assert_eq!(look(&header(20_000, 15_000)), Err(Unshown::TooLarge { pixels: 300_000_000 }));
    assert_eq!(look(&header(10_000, 9_900)), Err(Unshown::TooHeavy));
    let mut screen = gif(1);
    screen[6..10].fill(0xFF);
    assert!(matches!(look(&screen), Err(Unshown::TooLarge { .. })));
    let mut lossless = webp(2, 1, &[0; 8]);
    let at = lossless.windows(4).position(|window| window == b"VP8L").unwrap() + 9;
    lossless[at..at + 4].copy_from_slice(&[0xFE, 0xBF, 0xFF, 0x0F]);
    assert!(matches!(look(&lossless), Err(Unshown::TooLarge { .. })), "{:?}", look(&lossless));
}

#[test]
fn damaged_pictures_do_no_harm() {
    let colours = png(3, 2, ::png::ColorType::Indexed, ::png::BitDepth::Eight, &[0, 1, 0, 1, 0, 1]);
    for whole in [colours, tiff(2), webp(2, 1, &[9; 8]), gif(2), HEIC.to_vec(), super::tests::jpeg()] {
        for length in (0..whole.len()).step_by(1 + whole.len() / 150) {
            let _ = look(&whole[..length]);
            let _ = taken(&whole[..length]);
        }
        for at in (0..whole.len()).step_by(1 + whole.len() / 300) {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x55;
            if let Ok(facts) = look(&bytes) {
                for frame in &facts.frames {
                    assert!(prepare(&bytes, Wanted { frame: frame.number, finest: None }).is_ok(), "byte {at}");
                }
            }
            let _ = taken(&bytes);
        }
    }
}
