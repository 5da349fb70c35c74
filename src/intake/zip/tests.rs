use std::io::Cursor;

use super::*;

/// One entry, written by hand, because no program writes all of this.
#[derive(Clone)]
struct Made {
    name: Vec<u8>,
    bytes: Vec<u8>,
    flags: u16,
    extra: Vec<u8>,
    /// Sizes and check sum stand behind the bytes, and not before them.
    descriptor: bool,
    /// Sizes and offsets stand in the extra field of zip64.
    wide: bool,
}

fn made(name: &[u8], bytes: &[u8]) -> Made {
    let (name, bytes) = (name.to_vec(), bytes.to_vec());
    Made { name, bytes, flags: 0, extra: Vec::new(), descriptor: false, wide: false }
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = rawzip::Crc32::new();
    crc.update(bytes);
    crc.checksum()
}

fn unicode_path(stands_for: &[u8], name: &str) -> Vec<u8> {
    let length = u16::try_from(5 + name.len()).unwrap();
    [&0x7075_u16.to_le_bytes()[..], &length.to_le_bytes(), &[1], &crc(stands_for).to_le_bytes(), name.as_bytes()]
        .concat()
}

fn zip(entries: &[Made]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for entry in entries {
        let start = out.len() as u64;
        let size = entry.bytes.len() as u64;
        let flags = entry.flags | if entry.descriptor { 8 } else { 0 };
        let (short, offset) = if entry.wide { (u32::MAX, u32::MAX) } else { (size as u32, start as u32) };
        let wide = |fields: &[u64]| -> Vec<u8> {
            let length = u16::try_from(fields.len() * 8).unwrap();
            let all = fields.iter().flat_map(|field| field.to_le_bytes());
            [1_u16, length].into_iter().flat_map(u16::to_le_bytes).chain(all).collect()
        };
        let sum = crc(&entry.bytes);
        let (now, first) = if entry.descriptor { (0, 0) } else { (sum, short) };
        let extra = [entry.extra.clone(), if entry.wide { wide(&[size, size]) } else { Vec::new() }].concat();
        let lengths = [entry.name.len() as u16, extra.len() as u16];
        out.extend(b"PK\x03\x04");
        out.extend([45_u16, flags, 0, 0, 0].into_iter().flat_map(u16::to_le_bytes));
        out.extend([now, first, first].into_iter().flat_map(u32::to_le_bytes));
        out.extend(lengths.into_iter().flat_map(u16::to_le_bytes));
        out.extend(&entry.name);
        out.extend(&extra);
        out.extend(&entry.bytes);
        if entry.descriptor {
            out.extend(b"PK\x07\x08");
            out.extend([sum, size as u32, size as u32].into_iter().flat_map(u32::to_le_bytes));
        }
        let extra = [entry.extra.clone(), if entry.wide { wide(&[size, size, start]) } else { Vec::new() }].concat();
        directory.extend(b"PK\x01\x02");
        directory.extend([45_u16, 45, flags, 0, 0, 0].into_iter().flat_map(u16::to_le_bytes));
        directory.extend([sum, short, short].into_iter().flat_map(u32::to_le_bytes));
        directory.extend([entry.name.len() as u16, extra.len() as u16, 0, 0, 0].into_iter().flat_map(u16::to_le_bytes));
        directory.extend([0_u32, offset].into_iter().flat_map(u32::to_le_bytes));
        directory.extend(&entry.name);
        directory.extend(&extra);
    }
    let (start, count) = (out.len() as u64, entries.len() as u64);
    out.extend(&directory);
    let wide = entries.iter().any(|entry| entry.wide);
    if wide {
        let at = out.len() as u64;
        out.extend(b"PK\x06\x06");
        out.extend(44_u64.to_le_bytes());
        out.extend([45_u16, 45].into_iter().flat_map(u16::to_le_bytes));
        out.extend([0_u32, 0].into_iter().flat_map(u32::to_le_bytes));
        out.extend([count, count, directory.len() as u64, start].into_iter().flat_map(u64::to_le_bytes));
        out.extend(b"PK\x06\x07");
        out.extend(0_u32.to_le_bytes());
        out.extend(at.to_le_bytes());
        out.extend(1_u32.to_le_bytes());
    }
    out.extend(b"PK\x05\x06");
    let short = if wide { u16::MAX } else { count as u16 };
    out.extend([0, 0, short, short].into_iter().flat_map(u16::to_le_bytes));
    let short = if wide { [u32::MAX; 2] } else { [directory.len() as u32, start as u32] };
    out.extend(short.into_iter().flat_map(u32::to_le_bytes));
    out.extend([0, 0]);
    out
}

fn opened(bytes: &[u8]) -> Result<Zip, ZipRefusal> {
    Zip::open(&mut Cursor::new(bytes)).unwrap()
}

fn read(bytes: &[u8], entry: &ZipEntry) -> io::Result<Vec<u8>> {
    let mut original = Cursor::new(bytes);
    let mut found = Vec::new();
    entry.open(&mut original)?.read_to_end(&mut found)?;
    Ok(found)
}

#[test]
fn names_in_every_alphabet() {
    let renamed = unicode_path(b"another.txt", "wrong.txt");
    let entries = [
        made(b"caf\x82.txt", b"a"),
        Made { flags: 1 << 11, ..made("café.txt".as_bytes(), b"b") },
        made("Zoë 🙂.txt".as_bytes(), b"c"),
        Made { extra: unicode_path(b"?.txt", "Łódź.txt"), ..made(b"?.txt", b"d") },
        Made { extra: renamed, ..made(b"mine.txt", b"e") },
        Made { extra: unicode_path(b"x.txt", "../../x.txt"), ..made(b"x.txt", b"f") },
        Made { flags: 1 << 11, ..made(b"bad\xff.txt", b"g") },
    ];
    let zip = opened(&zip(&entries)).unwrap();
    let names: Vec<&str> = zip.entries.iter().map(|entry| entry.name.as_str()).collect();
    let expected = ["café.txt", "café.txt", "Zoë 🙂.txt", "Łódź.txt", "mine.txt", "x.txt", "bad\u{fffd}.txt"];
    assert_eq!(names, expected);
    assert_eq!(zip.entries[5].odd, Some(OddName::Climbs));
    // Two entries of one name stay two.
    assert_eq!((zip.first_of("café.txt"), zip.entries.len()), (Some(0), 7));
}

#[test]
fn sizes_behind_the_bytes_and_of_64_bits() {
    let bytes = b"words of a chat\n".repeat(100);
    for entry in [
        made(b"a.txt", &bytes),
        Made { descriptor: true, ..made(b"a.txt", &bytes) },
        Made { wide: true, ..made(b"a.txt", &bytes) },
        Made { wide: true, descriptor: true, ..made(b"a.txt", &bytes) },
    ] {
        let kind = (entry.descriptor, entry.wide);
        let zip_bytes = zip(&[entry.clone(), Made { name: b"b.txt".to_vec(), ..entry }]);
        let zip = opened(&zip_bytes).unwrap_or_else(|refusal| panic!("{kind:?}: {refusal:?}"));
        assert_eq!(zip.entries.iter().map(|entry| entry.bytes).collect::<Vec<_>>(), [1600, 1600], "{kind:?}");
        for entry in &zip.entries {
            assert_eq!(read(&zip_bytes, entry).unwrap(), bytes, "{kind:?}");
        }
    }
}

#[test]
fn what_is_locked_or_lies_is_told() {
    let locked = opened(&zip(&[Made { flags: 1, ..made(b"a.txt", b"secret") }])).unwrap();
    assert_eq!(locked.entries[0].kind, EntryKind::Locked);
    // A byte that was changed is known by the check sum.
    let mut bytes = zip(&[made(b"a.txt", b"honest words")]);
    bytes[36] ^= 1;
    let changed = opened(&bytes).unwrap();
    assert_eq!(read(&bytes, &changed.entries[0]).unwrap_err().kind(), io::ErrorKind::InvalidData);
    // Two entries that are the same bytes: how a small zip holds more than there is.
    let whole = zip(&[made(b"a.txt", b"words"), made(b"b.txt", b"words")]);
    let mut over = whole.clone();
    let second = whole.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
    over[second + 42..second + 46].copy_from_slice(&0_u32.to_le_bytes());
    assert_eq!(opened(&over), Err(ZipRefusal::Overlapping));
    assert_eq!(opened(&whole[..whole.len() - 4]), Err(ZipRefusal::Damaged));
    assert_eq!(opened(b"PK\x03\x04"), Err(ZipRefusal::Damaged));
    // Sizes nobody could have packed.
    let mut steep = zip(&[made(b"a.txt", b"words")]);
    let entry = steep.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
    steep[entry + 24..entry + 28].copy_from_slice(&0x7fff_ffff_u32.to_le_bytes());
    assert_eq!(opened(&steep), Err(ZipRefusal::TooSteep));
    // Each of them harmless, all of them not.
    let many: Vec<Made> = (0..200).map(|number| made(format!("{number}.txt").as_bytes(), b"words")).collect();
    let mut many = zip(&many);
    let entries: Vec<usize> = (0..many.len() - 4).filter(|at| many[*at..].starts_with(b"PK\x01\x02")).collect();
    for entry in entries {
        many[entry + 24..entry + 28].copy_from_slice(&(10_u32 * 1024 * 1024).to_le_bytes());
    }
    assert_eq!(opened(&many), Err(ZipRefusal::TooSteep));
}

#[test]
fn any_bytes_are_answered() {
    let whole = zip(&[made(b"a.txt", &b"words ".repeat(50)), Made { wide: true, ..made(b"b.txt", b"words") }]);
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below.max(1) as u64) as usize
    };
    let mut read_some = 0;
    for _ in 0..3_000 {
        let mut bytes = whole.clone();
        for _ in 0..=random(4) {
            let at = random(bytes.len());
            bytes[at] = random(256) as u8;
        }
        if let Ok(zip) = opened(&bytes) {
            for entry in zip.entries.iter().filter(|entry| entry.kind == EntryKind::File) {
                read_some += usize::from(read(&bytes, entry).is_ok_and(|found| found.len() as u64 == entry.bytes));
            }
        }
    }
    assert!(read_some > 100, "{read_some}");
}
