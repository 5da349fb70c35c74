//! Real files, every page of them: copied into a paper and compared with the file itself by readers that are
//! not ours. `qpdf`, doing the same with the same files, is the measure.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;

use super::super::trial::{Stamp, fingerprints, paper_of};
use super::super::{Foot, Unshown, survey};

/// Files that do not come through, and why. A new failure and a mended one both show.
const EXCEPTIONS: &str = include_str!("corpus-exceptions.tsv");

/// How one file came through.
enum Outcome {
    /// It cannot be measured: no reader of the measure opens it.
    Unmeasured,
    Measured {
        ours: Result<(), String>,
        qpdf: Result<(), String>,
    },
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that could not look says so")]
fn real_files_look_the_same_and_have_the_same_fingerprints() {
    #[expect(clippy::disallowed_methods, reason = "the corpus is no part of the repository")]
    let Ok(corpus) = std::env::var("DAYBOOK_CORPUS") else {
        eprintln!("skipped: real PDFs are read where DAYBOOK_CORPUS names a folder of them");
        return;
    };
    for tool in ["qpdf", "pdftoppm"] {
        if Command::new(tool).arg("--version").stderr(Stdio::null()).stdout(Stdio::null()).status().is_err() {
            eprintln!("skipped: {tool} is not installed");
            return;
        }
    }
    let mut files: Vec<PathBuf> = fs::read_dir(Path::new(&corpus).join("pdf"))
        .expect("the corpus has a folder of PDFs")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf")))
        .collect();
    files.sort();
    let waiting = Mutex::new(files.clone());
    let outcomes = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                loop {
                    let Some(file) = waiting.lock().expect("no panic").pop() else { return };
                    let outcome = look_at(&file);
                    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
                    outcomes.lock().expect("no panic").insert(name, outcome);
                }
            });
        }
    });
    let outcomes = outcomes.into_inner().expect("no panic");
    let (mut measured, mut ours, mut theirs) = (0, 0, 0);
    let mut failures = BTreeMap::new();
    for (name, outcome) in &outcomes {
        let Outcome::Measured { ours: by_us, qpdf } = outcome else {
            eprintln!("{name}: not measured");
            continue;
        };
        measured += 1;
        theirs += usize::from(qpdf.is_ok());
        match by_us {
            Ok(()) => ours += 1,
            Err(why) => {
                eprintln!("{name}: {why} (qpdf: {})", qpdf.as_ref().err().map_or("the same look", String::as_str));
                failures.insert(name.clone(), why.clone());
            }
        }
        if let (Ok(()), Err(why)) = (by_us, qpdf) {
            eprintln!("{name}: ours well, qpdf: {why}");
        }
    }
    eprintln!("ours {ours} of {measured}, qpdf {theirs} of {measured}; {} files", files.len());
    let expected: BTreeMap<String, String> = EXCEPTIONS
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .filter_map(|line| line.split_once('\t'))
        .map(|(name, why)| (name.to_owned(), why.split('\t').next().unwrap_or_default().to_owned()))
        .filter(|(name, _)| outcomes.contains_key(name))
        .collect();
    assert_eq!(failures, expected, "left: what failed now; right: what is known to fail");
    assert!(ours * 100 >= measured * 98, "{ours} of {measured}");
}

fn look_at(file: &Path) -> Outcome {
    let folder = tempfile::tempdir().expect("a test can write a file");
    let bytes = fs::read(file).expect("the corpus can be read");
    let before = render(file, folder.path(), "before");
    let opens = Command::new("qpdf").arg("--show-npages").arg(file).output().expect("qpdf runs");
    let opens = matches!(opens.status.code(), Some(0 | 3));
    // Ours is tried whatever others say: it must give an answer.
    let made = ours(&bytes, folder.path(), &before);
    if before.is_empty() || !opens {
        return Outcome::Unmeasured;
    }
    let ours = made.and_then(|paper| checked(&paper)).and_then(|paper| same(&before, &paper, folder.path(), "ours"));
    let theirs = folder.path().join("qpdf.pdf");
    let merged = Command::new("qpdf").args(["--empty", "--pages"]).arg(file).arg("--").arg(&theirs).output();
    let merged = match merged.expect("qpdf runs").status.code() {
        Some(0 | 3) => Ok(theirs),
        code => Err(format!("qpdf ended with {code:?}")),
    };
    let qpdf = merged.and_then(|paper| checked(&paper)).and_then(|paper| same(&before, &paper, folder.path(), "qpdf"));
    Outcome::Measured { ours, qpdf }
}

fn ours(bytes: &[u8], folder: &Path, rendered: &[PathBuf]) -> Result<PathBuf, String> {
    let survey = survey(bytes.to_vec()).map_err(|why: Unshown| why.to_string())?;
    for (index, (page, picture)) in survey.pages.iter().zip(rendered).enumerate() {
        if page.foot == Foot::Blank && is_dark_at_foot(&fs::read(picture).expect("just made")) {
            return Err(format!("ink at the foot of page {} was not seen", index + 1));
        }
    }
    let paper = paper_of(bytes, None, Stamp::default()).map_err(|why| why.to_string())?;
    let before: Vec<_> = survey.pages.iter().map(|page| page.fingerprint).collect();
    if fingerprints(&paper, Stamp::default()) != Ok(before.clone()) {
        return Err("another fingerprint after copying".to_owned());
    }
    let stamp = Stamp { on: true, growth: 43.0 };
    let stamped = paper_of(bytes, None, stamp).map_err(|why| why.to_string())?;
    let after = fingerprints(&stamped, stamp).map_err(|why| why.to_string())?;
    if let Some(page) = after.iter().zip(&before).position(|(after, before)| after != before) {
        return Err(format!("another fingerprint under the number on page {}", page + 1));
    }
    let path = folder.join("ours.pdf");
    fs::write(&path, paper).map_err(|why| why.to_string())?;
    Ok(path)
}

/// Something is drawn where the number goes or in the corner that stays white, in a picture of 40 dots an inch.
fn is_dark_at_foot(picture: &[u8]) -> bool {
    let header = picture.splitn(4, |byte| *byte == b'\n').take(3).map(|line| line.len() + 1).sum::<usize>();
    let size = String::from_utf8_lossy(picture.split(|byte| *byte == b'\n').nth(1).unwrap_or_default()).into_owned();
    let Some((width, height)) = size.split_once(' ') else { return false };
    let (width, height): (usize, usize) = (width.parse().unwrap_or(1), height.parse().unwrap_or(1));
    let dots = |millimetres: f64| (millimetres / 25.4 * 40.0) as usize;
    let pixels = picture.get(header..).unwrap_or_default();
    pixels.chunks(width).enumerate().any(|(row, line)| {
        let from_foot = height.saturating_sub(row + 1);
        let is_dark = |pixels: Option<&[u8]>| pixels.is_some_and(|pixels| pixels.iter().any(|pixel| *pixel < 200));
        let band = from_foot < dots(16.0) && is_dark(line.get(width / 3 + 1..width * 2 / 3));
        let corner = from_foot < dots(14.0) && is_dark(line.get(width.saturating_sub(dots(29.0))..));
        band || corner
    })
}

fn checked(paper: &Path) -> Result<PathBuf, String> {
    let check = Command::new("qpdf").arg("--check").arg(paper).output().expect("qpdf runs");
    match check.status.code() {
        Some(0) => Ok(paper.to_owned()),
        code => Err(format!("qpdf --check ends with {}", code.map_or("a signal".to_owned(), |code| code.to_string()))),
    }
}

/// Every page as a grey picture.
fn render(file: &Path, folder: &Path, name: &str) -> Vec<PathBuf> {
    let folder = folder.join(name);
    fs::create_dir(&folder).expect("a test can make a folder");
    let status = Command::new("pdftoppm")
        .args(["-r", "40", "-gray", "-cropbox"])
        .arg(file)
        .arg(folder.join("p"))
        .stderr(Stdio::null())
        .status();
    status.expect("pdftoppm runs");
    let mut pages: Vec<PathBuf> =
        fs::read_dir(folder).expect("just made").filter_map(|entry| Some(entry.ok()?.path())).collect();
    pages.sort();
    pages
}

fn same(before: &[PathBuf], paper: &Path, folder: &Path, name: &str) -> Result<(), String> {
    let after = render(paper, folder, name);
    if after.len() != before.len() {
        return Err(format!("{} pages instead of {}", after.len(), before.len()));
    }
    for (index, (before, after)) in before.iter().zip(&after).enumerate() {
        let (before, after) = (fs::read(before).expect("just made"), fs::read(after).expect("just made"));
        if before.len() != after.len() {
            return Err(format!("page {} has another size", index + 1));
        }
        let others = before.iter().zip(&after).filter(|(a, b)| a.abs_diff(**b) > 48).count();
        if others * 1000 >= before.len() * 3 {
            return Err(format!("page {} looks different", index + 1));
        }
    }
    Ok(())
}
