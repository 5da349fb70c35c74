//! Keeps the arrows of `docs/architecture.md`: which room may use which, and which room owns which
//! heavy dependency. It reads the `use crate::` paths of every file, so a forbidden arrow is named
//! with its file and line.

use std::fs;
use std::path::{Path, PathBuf};

/// A room and the rooms it may use. Nothing points back.
const ROOMS: [(&str, &[&str]); 14] = [
    ("model", &[]),
    ("rules", &["model"]),
    ("integrity", &["model"]),
    ("intake", &["model"]),
    ("store", &["model", "integrity"]),
    ("protect", &["model", "rules"]),
    ("contact", &["model", "rules"]),
    ("timeline", &["model", "rules", "contact", "protect"]),
    ("bundle", &["model", "rules", "contact", "timeline", "protect"]),
    ("layout", &["model", "bundle"]),
    ("pdf", &["model", "layout", "bundle"]),
    ("worker", &["model", "intake", "pdf", "layout", "bundle"]),
    (
        "actions",
        &[
            "model",
            "rules",
            "integrity",
            "intake",
            "store",
            "protect",
            "contact",
            "timeline",
            "bundle",
            "layout",
            "pdf",
            "worker",
        ],
    ),
    (
        "cli",
        &[
            "model",
            "rules",
            "integrity",
            "intake",
            "store",
            "protect",
            "contact",
            "timeline",
            "bundle",
            "layout",
            "pdf",
            "worker",
            "actions",
        ],
    ),
];

/// A heavy dependency and the one room that knows it.
const OWNERS: [(&str, &str); 10] = [
    ("rusqlite", "store"),
    ("krilla", "pdf"),
    ("printpdf", "pdf"),
    ("hayro_syntax", "pdf"),
    ("filebuffer", "pdf"),
    ("parley", "layout"),
    ("clap", "cli"),
    ("mail_parser", "intake"),
    ("rawzip", "intake"),
    ("chrono", "model"),
];

/// Rooms without files, clock, randomness, SQL or terminal.
const PURE: [&str; 9] = ["model", "rules", "intake", "contact", "timeline", "protect", "bundle", "layout", "integrity"];

#[test]
fn arrows_point_one_way() {
    let mut wrong = Vec::new();
    for_each_line(|room, place, line| {
        let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else { return };
        for used in rooms_used(line) {
            if used != room && !allowed.contains(&used.as_str()) {
                wrong.push(format!("{place}: room `{room}` may not use `{used}`"));
            }
        }
    });
    assert!(wrong.is_empty(), "\n{}\n(docs/architecture.md says who may know whom)", wrong.join("\n"));
}

#[test]
fn each_heavy_dependency_has_one_room() {
    let mut wrong = Vec::new();
    for_each_line(|room, place, line| {
        for (dependency, owner) in OWNERS {
            let named = line.contains(&format!("{dependency}::")) || line.starts_with(&format!("use {dependency}"));
            if named && room != owner {
                wrong.push(format!("{place}: `{dependency}` belongs to room `{owner}`"));
            }
        }
    });
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn pure_rooms_touch_no_world() {
    const WORLD: [&str; 8] =
        ["std::fs", "std::env", "std::process", "std::net", "SystemTime", "Utc::now", "Local::now", "getrandom"];
    let mut wrong = Vec::new();
    for_each_line(|room, place, line| {
        if PURE.contains(&room) {
            for word in WORLD {
                if line.contains(word) {
                    wrong.push(format!("{place}: room `{room}` is pure and may not use `{word}`"));
                }
            }
        }
    });
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_room_has_its_place_on_the_map() {
    let map = fs::read_to_string(root().join("docs/architecture.md")).expect("docs/architecture.md is there");
    for folder in fs::read_dir(root().join("src")).expect("src is there").filter_map(Result::ok) {
        if folder.path().is_dir() {
            let name = folder.file_name().to_string_lossy().into_owned();
            assert!(ROOMS.iter().any(|(room, _)| *room == name), "room `{name}` has no arrows in {}", file!());
            assert!(map.contains(&format!("`{name}/`")), "room `{name}` is missing from docs/architecture.md");
        }
    }
}

/// The rooms a line of code names: `use crate::model::…`, `crate::store::…`, `use crate::{model::…, rules}`.
fn rooms_used(line: &str) -> Vec<String> {
    let mut used = Vec::new();
    for after in line.split("crate::").skip(1) {
        let names: Vec<&str> = match after.strip_prefix('{') {
            Some(list) => list.split(',').collect(),
            None => vec![after],
        };
        for name in names {
            let word: String = name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if ROOMS.iter().any(|(room, _)| *room == word) {
                used.push(word);
            }
        }
    }
    used
}

/// Every line of code (no comments, and nothing after the file's own tests begin) of every room.
fn for_each_line(mut look: impl FnMut(&str, &str, &str)) {
    let source = root().join("src");
    let files = rust_files(&source);
    let only_tests = test_modules(&files);
    for file in files {
        if only_tests.iter().any(|module| file.starts_with(module) || file.with_extension("") == *module) {
            continue;
        }
        let inside = file.strip_prefix(&source).expect("files were found below src");
        let room = inside.components().next().map(|part| part.as_os_str().to_string_lossy().into_owned());
        let (Some(room), true) = (room, inside.components().count() > 1) else { continue };
        let text = fs::read_to_string(&file).expect("a source file is text");
        for (number, line) in text.lines().enumerate() {
            if line.trim() == "#[cfg(test)]" {
                break;
            }
            if !line.trim_start().starts_with("//") {
                look(&room, &format!("src/{}:{}", inside.display(), number + 1), line.trim_start());
            }
        }
    }
}

/// Modules that are built for tests only: those declared under `#[cfg(test)]`, as paths without `.rs`.
fn test_modules(files: &[PathBuf]) -> Vec<PathBuf> {
    let mut modules = Vec::new();
    for file in files {
        let text = fs::read_to_string(file).expect("a source file is text");
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        for pair in lines.windows(2).filter(|pair| pair[0] == "#[cfg(test)]") {
            let declared = pair[1].trim_start_matches("pub ").trim_start_matches("pub(crate) ");
            if let Some(name) = declared.strip_prefix("mod ").and_then(|rest| rest.strip_suffix(';')) {
                let folder = match file.file_stem().and_then(|stem| stem.to_str()) {
                    Some("mod" | "lib" | "main") => file.parent().expect("a file has a folder").to_owned(),
                    _ => file.with_extension(""),
                };
                modules.push(folder.join(name));
            }
        }
    }
    modules
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there").filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
