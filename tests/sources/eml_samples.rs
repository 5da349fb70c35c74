//! Our own saved e-mails, each beside what must be read from it. To write the expected JSON anew after
//! a change that was meant: `DAYBOOK_BLESS=1 cargo test --test main eml_samples`, then read the diff.

use std::fs;

use serde_json::json;

use super::{eml_folder, files, read};

#[test]
fn every_sample_reads_as_expected() {
    for folder in ["standard", "real-world-shaped", "malformed"] {
        let samples = files(&eml_folder().join(folder), "eml");
        assert!(!samples.is_empty(), "no samples in {folder}");
        for sample in samples {
            let name = sample.file_name().expect("a file has a name").to_string_lossy().into_owned();
            let bytes = fs::read(&sample).expect("the sample can be read");
            let (draft, findings) = read(&bytes, &name);
            let kinds: Vec<&str> = findings.iter().map(|finding| finding.kind.as_str()).collect();
            let found = json!({
                "findings": kinds,
                "partly": draft.as_ref().map(|draft| draft.partly),
                "message": draft.as_ref().map(|draft| &draft.message),
            });
            let found = serde_json::to_string_pretty(&found).expect("a message is JSON") + "\n";
            let expected = sample.with_extension("json");
            #[expect(clippy::disallowed_methods, reason = "tests are an edge of their own")]
            let bless = std::env::var_os("DAYBOOK_BLESS").is_some();
            if bless {
                fs::write(&expected, &found).expect("the expected JSON can be written");
            }
            let expected = fs::read_to_string(&expected).unwrap_or_else(|_| panic!("{name} has no expected JSON"));
            assert_eq!(found, expected, "{folder}/{name}");
        }
    }
}

/// The same mail with other line ends is the same message, and its attached bytes follow the file.
#[test]
fn line_ends_do_not_change_the_message() {
    for sample in files(&eml_folder().join("standard"), "eml") {
        let name = sample.display().to_string();
        let text =
            String::from_utf8(fs::read(&sample).expect("the sample can be read")).expect("samples here are UTF-8");
        let unix = text.replace("\r\n", "\n");
        let message = |text: &str| read(text.as_bytes(), &name).0.expect("it was read").message;
        let (lf, crlf, cr) = (message(&unix), message(&unix.replace('\n', "\r\n")), message(&unix.replace('\n', "\r")));
        assert_eq!(
            (&lf.text, &lf.subject, &lf.from, &lf.sent),
            (&crlf.text, &crlf.subject, &crlf.from, &crlf.sent),
            "{name}"
        );
        assert_eq!((&lf.text, &lf.subject, &lf.from, &lf.sent), (&cr.text, &cr.subject, &cr.from, &cr.sent), "{name}");
        assert_eq!(lf.attachments.len(), cr.attachments.len(), "{name}");
    }
}
