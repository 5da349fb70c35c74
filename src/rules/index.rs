//! Keeps `docs/rules.md` in step with the table, and every rule id in the source known to one of them.
//! `UPDATE_DOCS=1 cargo test --lib rules::` writes the page anew.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use super::{Rules, Value};

const BEGIN: &str = "<!-- made from src/rules/england-and-wales.toml: begin -->\n";
const END: &str = "<!-- made from src/rules/england-and-wales.toml: end -->\n";

/// The letters a rule id can begin with; `-` and two digits follow.
const FAMILIES: [&str; 22] = [
    "27A", "22A", "EF", "HS", "ENF", "C79", "C1A", "C100", "SCH", "MED", "VCH", "MSG", "REC", "PRI", "SAFE", "LOG",
    "WRD", "CFC", "ORD", "FEE", "GDPR", "PRS",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn value_in_words(value: &Value, unit: &str) -> String {
    match value {
        Value::Number(number) => format!("{number} {unit}"),
        Value::Words(words) => format!("{words} ({unit})"),
        Value::List(list) => list.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "),
    }
}

fn table() -> String {
    let mut page = String::from("| id | what | value | sure | source | checked | where applied |\n");
    page.push_str("| --- | --- | --- | --- | --- | --- | --- |\n");
    for rule in Rules::england_and_wales().all() {
        let value = rule
            .value
            .as_ref()
            .map_or(String::new(), |value| value_in_words(value, rule.unit.as_deref().unwrap_or_default()));
        let (id, what, source, applied) = (&rule.id, &rule.what, &rule.source, &rule.applied);
        let (sure, checked) = (rule.certainty.mark(), rule.checked);
        writeln!(page, "| {id} | {what} | {value} | {sure} | {source} | {checked} | {applied} |")
            .expect("writing to a string");
    }
    page
}

#[test]
fn the_index_of_rules_is_in_step_with_the_table() {
    let path = root().join("docs/rules.md");
    let page = fs::read_to_string(&path).expect("docs/rules.md can be read");
    let (before, rest) = page.split_once(BEGIN).expect("the page has the mark where the table begins");
    let (old, after) = rest.split_once(END).expect("the page has the mark where the table ends");
    let new = table();
    #[expect(clippy::disallowed_methods, reason = "tests are an edge of their own")]
    let update = std::env::var_os("UPDATE_DOCS").is_some();
    if update {
        fs::write(&path, format!("{before}{BEGIN}{new}{END}{after}")).expect("docs/rules.md can be written");
    } else {
        assert_eq!(old, new, "docs/rules.md is behind the table: UPDATE_DOCS=1 cargo test --lib rules::");
    }
}

#[test]
fn every_rule_cited_is_in_the_table_or_in_the_index() {
    let rules = Rules::england_and_wales();
    let page = fs::read_to_string(root().join("docs/rules.md")).expect("docs/rules.md can be read");
    let known: BTreeSet<String> = ids_in(&page).into_iter().collect();
    let mut files = Vec::new();
    collect(&root().join("src"), &mut files);
    assert!(files.len() > 20, "the source was not found");
    for file in files {
        let text = fs::read_to_string(&file).expect("a source file can be read");
        for id in ids_in(&text) {
            assert!(known.contains(&id) || rules.rule(&id).is_some(), "{id}, cited in {}, is no rule", file.display());
        }
    }
}

/// Every rule stated in a finding is looked up in the table, so it must be there, not only in the index.
#[test]
fn every_rule_a_finding_is_made_under_is_in_the_table() {
    let rules = Rules::england_and_wales();
    let mut files = Vec::new();
    collect(&root().join("src"), &mut files);
    for file in files.into_iter().filter(|file| !file.ends_with("rules/index.rs")) {
        let text = fs::read_to_string(&file).expect("a source file can be read");
        for call in text.split(".finding(").skip(1) {
            let Some(id) = call.trim_start().strip_prefix('"').and_then(|call| call.split('"').next()) else {
                continue;
            };
            assert!(rules.rule(id).is_some(), "{id}, applied in {}, is not in the table", file.display());
        }
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .expect("a source folder can be listed")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

fn ids_in(text: &str) -> Vec<String> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
        .filter(|word| {
            word.rsplit_once('-').is_some_and(|(family, number)| {
                // MSG-12 is the name of a message; the rules of that family begin with a 0, which no name does.
                let rule = family != "MSG" || number.starts_with('0');
                rule && FAMILIES.contains(&family) && number.len() == 2 && number.bytes().all(|b| b.is_ascii_digit())
            })
        })
        .map(str::to_owned)
        .collect()
}

#[test]
fn ids_are_found_in_running_text() {
    assert_eq!(ids_in("limit (27A-51), EF-04; not INC-41, MSG-12, A1-14 or UTF-16."), ["27A-51", "EF-04"]);
}
