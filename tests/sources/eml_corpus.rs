//! Public samples, read in place where `DAYBOOK_CORPUS` names their folder. Nothing of them is here.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use daybook::intake::attachment_bytes;
use daybook::model::quotes;
use daybook::model::{Address, Digest, Instant, Message};
use serde_json::Value;

use super::{corpus, eml_folder, files, read};

fn skipped(what: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "skipped: {what}; DAYBOOK_CORPUS names no folder of samples");
}

#[test]
fn every_public_mail_is_accounted_for() {
    let Some(corpus) = corpus() else { return skipped("all public e-mails") };
    let samples = files(&corpus, "eml");
    assert!(!samples.is_empty());
    for sample in samples {
        read(&fs::read(&sample).expect("the sample can be read"), &sample.display().to_string());
    }
}

/// Another reader's own expectations, beside its samples; where we differ, the reason is written down.
#[test]
fn public_mails_read_as_their_owners_expect() {
    let Some(corpus) = corpus() else { return skipped("the e-mails with expected JSON") };
    let folder = corpus.join("stalwartlabs+mail-parser/resources/eml");
    let reasons = fs::read_to_string(eml_folder().join("differences.json")).expect("the differences are there");
    let reasons: BTreeMap<String, String> = serde_json::from_str(&reasons).expect("they are JSON");
    let mut found = BTreeMap::new();
    for sample in files(&folder, "eml") {
        let name = sample.strip_prefix(&folder).expect("it is below").with_extension("").display().to_string();
        let differences = compare(&sample);
        if !differences.is_empty() {
            found.insert(name, differences.join("; "));
        }
    }
    let unexplained: Vec<_> = found.iter().filter(|(name, _)| !reasons.contains_key(*name)).collect();
    assert!(unexplained.is_empty(), "not in differences.json: {unexplained:#?}");
    let gone: Vec<_> = reasons.keys().filter(|name| !found.contains_key(*name)).collect();
    assert!(gone.is_empty(), "differences.json explains what no longer differs: {gone:?}");
}

fn compare(sample: &Path) -> Vec<String> {
    // Their JSON is of the mail without carriage returns.
    let bytes: Vec<u8> = fs::read(sample).expect("the sample can be read");
    let bytes: Vec<u8> = bytes.into_iter().filter(|byte| *byte != b'\r').collect();
    let expected = fs::read_to_string(sample.with_extension("json")).expect("it has its JSON");
    let expected: Value = serde_json::from_str(&expected).expect("it is JSON");
    let Some(draft) = read(&bytes, "sample").0 else { return vec!["not read".to_owned()] };
    let mut differences = Vec::new();
    let mut differ = |what: &str, ours: String, theirs: String| {
        if ours != theirs {
            differences.push(format!("{what}: ours {ours}, theirs {theirs}"));
        }
    };
    let headers = &expected["parts"][0]["headers"];
    differ("from", people(&draft.message.from), their_people(field(headers, "from")));
    let subject =
        field(headers, "subject").and_then(|value| value["Text"].as_str()).unwrap_or_default().trim().to_owned();
    differ("subject", draft.message.subject.clone().unwrap_or_default(), subject);
    differ("date", our_date(&draft.message), their_date(field(headers, "date")));
    differ("attachments", our_hashes(&bytes, &draft.message), their_hashes(&expected));
    differences
}

/// Of a repeated field they take the last for a value and list all; we compare with the first.
fn field<'a>(headers: &'a Value, name: &str) -> Option<&'a Value> {
    let found = headers.as_array()?.iter().find(|header| header["name"] == name)?;
    Some(&found["value"])
}

fn people(people: &[Address]) -> String {
    let one = |person: &Address| {
        format!("{} <{}>", person.name.as_deref().unwrap_or_default(), person.address.as_deref().unwrap_or_default())
    };
    people.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn their_people(value: Option<&Value>) -> String {
    let Some(value) = value else { return String::new() };
    let mut lists = vec![&value["Address"]["List"]];
    lists.extend(value["Address"]["Group"].as_array().into_iter().flatten().map(|group| &group["addresses"]));
    let all = lists.iter().filter_map(|list| list.as_array()).flatten().map(|person| Address {
        name: person["name"].as_str().map(|name| name.trim().to_owned()),
        address: person["address"].as_str().map(|address| address.trim().to_owned()),
    });
    people(&all.collect::<Vec<_>>())
}

fn our_date(message: &Message) -> String {
    let instant = message.sent.as_ref().and_then(|sent| sent.start.instant());
    instant.map_or_else(|| "none".to_owned(), |at| at.to_string())
}

fn their_date(value: Option<&Value>) -> String {
    let Some(date) = value.map(|value| &value["DateTime"]).filter(|date| date.is_object()) else {
        return "none".into();
    };
    let number = |name: &str| date[name].as_i64().unwrap_or_default();
    let sign = if date["tz_before_gmt"] == true { '-' } else { '+' };
    let text = format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{sign}{:02}:{:02}",
        number("year"),
        number("month"),
        number("day"),
        number("hour"),
        number("minute"),
        number("second"),
        number("tz_hour"),
        number("tz_minute")
    );
    Instant::from_rfc3339(&text).map_or_else(|| format!("“{text}”"), |at| at.to_string())
}

/// Attachments that are no text: those they turn into Unicode, so that the bytes are not comparable.
fn our_hashes(bytes: &[u8], message: &Message) -> String {
    let files = message
        .attachments
        .iter()
        .filter(|file| !file.media_type.starts_with("text/") && file.media_type != "message/rfc822");
    let hashes = files.map(|file| {
        Digest::of(&attachment_bytes(bytes, &file.place).expect("it is there")).to_string()[..12].to_owned()
    });
    let mut hashes: Vec<String> = hashes.collect();
    hashes.sort();
    hashes.join(" ")
}

fn their_hashes(expected: &Value) -> String {
    let ids = expected["attachments"].as_array().into_iter().flatten().filter_map(Value::as_u64);
    let bodies = ids.map(|id| &expected["parts"][usize::try_from(id).expect("a small number")]["body"]);
    let mut hashes: Vec<String> = bodies
        .filter_map(|body| body["Binary"].as_array().or_else(|| body["InlineBinary"].as_array()))
        .map(|bytes| bytes.iter().map(|byte| byte.as_u64().unwrap_or_default() as u8).collect::<Vec<u8>>())
        .map(|bytes| Digest::of(&bytes).to_string()[..12].to_owned())
        .collect();
    hashes.sort();
    hashes.join(" ")
}

/// Real replies: most are told apart as their owners do, and no text is ever lost in folding.
#[test]
fn public_replies_fold() {
    let Some(corpus) = corpus() else { return skipped("the quoted replies") };
    let mut samples = files(&corpus.join("github+email_reply_parser/test/emails"), "txt");
    samples.extend(files(&corpus.join("discourse+email_reply_trimmer/test/emails"), "txt"));
    assert!(samples.len() > 50);
    let (mut elided, mut folded) = (0, 0);
    for sample in samples {
        let text = String::from_utf8_lossy(&fs::read(&sample).expect("the sample can be read")).into_owned();
        let pieces = quotes::fold(&text);
        let joined: String = pieces
            .iter()
            .map(|piece| match piece {
                quotes::Piece::Own(run) | quotes::Piece::Signature(run) | quotes::Piece::Quoted { text: run, .. } => {
                    *run
                }
            })
            .collect();
        assert_eq!(joined, text, "{}", sample.display());
        let theirs = sample.to_string_lossy().replace("/test/emails/", "/test/elided/");
        let theirs = fs::read_to_string(theirs).unwrap_or_default();
        if sample.to_string_lossy().contains("trimmer") && !theirs.trim().is_empty() {
            elided += 1;
            folded += usize::from(pieces.iter().any(|piece| !matches!(piece, quotes::Piece::Own(_))));
        }
    }
    // Theirs knows more languages and cuts more than we dare to hide.
    assert!(folded * 10 >= elided * 6, "only {folded} of {elided} replies are folded");
}
