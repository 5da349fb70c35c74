//! PDFs of others read apart are what they are when read here.

use std::io::{self, Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use daybook::pdf::exhibit::{self, CopiedPage, ExhibitError, ExhibitSink, Layers};
use daybook::worker::{Failed, Limits, Reader};

use super::reader;
use crate::sources::corpus;

/// Everything that was handed over, in order, in words.
#[derive(Debug, Default, PartialEq)]
struct Heard(Vec<String>);

impl ExhibitSink for Heard {
    fn object(&mut self, number: u32, body: &[u8]) -> io::Result<()> {
        self.0.push(format!("object {number} {}", body.escape_ascii()));
        Ok(())
    }

    fn stream(&mut self, number: u32, entries: &[u8], data: &[u8]) -> io::Result<()> {
        self.0.push(format!("stream {number} {} {}", entries.escape_ascii(), data.escape_ascii()));
        Ok(())
    }

    fn page(&mut self, page: CopiedPage) -> io::Result<()> {
        self.0.push(format!("{page:?}"));
        Ok(())
    }

    fn layers(&mut self, layers: Layers) -> io::Result<()> {
        self.0.push(format!("{layers:?}"));
        Ok(())
    }
}

/// Two pages, one line each.
fn two_pages() -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let content = "<< /Length 33 >>\nstream\nBT /F 12 Tf 72 700 Td (Hi) Tj ET \nendstream";
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595.276 841.89] /Contents 5 0 R \
                /Resources << /Font << /F 6 0 R >> >> >>";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 2 /Kids [3 0 R 4 0 R] >>",
        page,
        page,
        content,
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ];
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(file.len());
        write!(file, "{} 0 obj\n{object}\nendobj\n", number + 1).unwrap();
    }
    let table = file.len();
    write!(file, "xref\n0 7\n0000000000 65535 f \n").unwrap();
    for place in places {
        writeln!(file, "{place:010} 00000 n ").unwrap();
    }
    write!(file, "trailer\n<< /Size 7 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").unwrap();
    file
}

fn same(reader: &mut Reader, name: &str, bytes: &[u8]) -> bool {
    let shown = match (reader.survey(&mut Cursor::new(bytes)), exhibit::survey(bytes.to_vec())) {
        (Ok(apart), Ok(here)) => {
            assert_eq!(apart, here, "{name}");
            true
        }
        (Err(Failed::Unshown(apart)), Err(here)) => {
            assert_eq!(apart, here, "{name}");
            false
        }
        (apart, here) => panic!("{name}: {apart:?}, {here:?}"),
    };
    let (mut apart, mut here) = (Heard::default(), Heard::default());
    let next = reader.copy(&mut Cursor::new(bytes), 100, None, &mut apart);
    match (next, exhibit::copy(bytes.to_vec(), 100, None, &mut here)) {
        (Ok(next), Ok(expected)) => assert_eq!(next, expected, "{name}"),
        (Err(Failed::Unshown(why)), Err(ExhibitError::Source(expected))) => assert_eq!(why, expected, "{name}"),
        (apart, here) => panic!("{name}: {apart:?}, {here:?}"),
    }
    assert!(apart == here, "{name}: what was handed over differs");
    shown
}

#[test]
fn a_pdf_read_apart_is_the_pdf_read_here() {
    let mut reader = reader(Limits::default());
    let pdf = two_pages();
    assert!(same(&mut reader, "two pages", &pdf));
    for cut in (0..pdf.len()).step_by(97) {
        same(&mut reader, &format!("cut at {cut}"), &pdf[..cut]);
    }
    let mut second = Heard::default();
    reader.copy(&mut Cursor::new(&pdf), 10, Some(&[1]), &mut second).unwrap();
    let pages: Vec<&String> = second.0.iter().filter(|line| line.starts_with("CopiedPage")).collect();
    assert_eq!(pages.len(), 1);
    assert!(pages[0].contains("index: 1, number: 10"), "{}", pages[0]);
}

#[test]
fn a_sink_that_fails_is_our_own_fault() {
    struct Full;
    impl ExhibitSink for Full {
        fn object(&mut self, _: u32, _: &[u8]) -> io::Result<()> {
            Err(io::ErrorKind::StorageFull.into())
        }
        fn stream(&mut self, _: u32, _: &[u8], _: &[u8]) -> io::Result<()> {
            Err(io::ErrorKind::StorageFull.into())
        }
        fn page(&mut self, _: CopiedPage) -> io::Result<()> {
            Err(io::ErrorKind::StorageFull.into())
        }
        fn layers(&mut self, _: Layers) -> io::Result<()> {
            Err(io::ErrorKind::StorageFull.into())
        }
    }
    let mut reader = reader(Limits::default());
    match reader.copy(&mut Cursor::new(two_pages()), 1, None, &mut Full) {
        Err(Failed::Ours(error)) => assert_eq!(error.kind(), io::ErrorKind::StorageFull),
        other => panic!("{other:?}"),
    }
    assert!(reader.survey(&mut Cursor::new(two_pages())).is_ok());
}

#[test]
fn public_samples_read_apart_are_what_they_are_here() {
    let mut files = Vec::new();
    if let Some(folder) = corpus() {
        pdfs(&folder, &mut files);
    }
    let mut out = io::stderr();
    if files.is_empty() {
        let _ = writeln!(out, "skipped: public PDFs; DAYBOOK_CORPUS names no folder of samples");
        return;
    }
    let mut reader = reader(Limits::default());
    let mut shown = 0;
    for file in &files {
        let bytes = std::fs::read(file).unwrap();
        shown += usize::from(same(&mut reader, &file.display().to_string(), &bytes));
    }
    let _ = writeln!(out, "{} public PDFs, {shown} of them can be shown", files.len());
    cost_of_a_job(&mut reader, &files);
}

/// Said, not tested: how much a survey costs more apart than here, for the sample whose pages are nearest to twenty.
fn cost_of_a_job(reader: &mut Reader, files: &[PathBuf]) {
    let pages = |file: &PathBuf| exhibit::survey(std::fs::read(file).ok()?).ok().map(|survey| survey.pages.len());
    let nearest =
        files.iter().filter_map(|file| Some((file, pages(file)?))).min_by_key(|(_, pages)| pages.abs_diff(20));
    let Some((file, pages)) = nearest else { return };
    let bytes = std::fs::read(file).unwrap();
    let timed = |work: &mut dyn FnMut()| {
        let start = Instant::now();
        (0..20).for_each(|_| work());
        start.elapsed().as_secs_f64() * 50.0
    };
    let here = timed(&mut || drop(exhibit::survey(bytes.clone())));
    let apart = timed(&mut || drop(reader.survey(&mut Cursor::new(&bytes))));
    let fresh = timed(&mut || drop(super::reader(Limits::default()).survey(&mut Cursor::new(&bytes))));
    let _ = writeln!(
        io::stderr(),
        "a survey of {pages} pages ({} kB): {here:.1} ms here, {apart:.1} ms apart, {fresh:.1} ms in a fresh worker",
        bytes.len() / 1000
    );
}

fn pdfs(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            pdfs(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "pdf") {
            files.push(path);
        }
    }
}
