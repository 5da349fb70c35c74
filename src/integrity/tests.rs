//! Chains made here, changed one thing at a time.

use proptest::prelude::*;

use super::*;
use crate::model::{Digest, Finding, Severity};

const BOOK: &str = "0123456789abcdef0123456789abcdef";

#[derive(Debug, Clone)]
struct Row {
    seq: u64,
    text: String,
    prev: Digest,
    leaf: Digest,
    head: Digest,
    evidence: bool,
}

/// A chain of entries, each listing one record version `NOT-n 1` with this body.
fn chain(bodies: &[String]) -> Vec<Row> {
    let mut prev = Digest([0; 32]);
    (1..)
        .zip(bodies)
        .map(|(seq, body)| {
            let text = format!(
                "daybook journal 1\nbook {BOOK}\nseq {seq}\nat 2026-11-23T14:{:02}:00Z\nsalt 00\nsentence Wrote {seq}\nrecord NOT-{seq} 1 {}\n",
                seq % 60,
                Digest::of(body.as_bytes()),
            );
            let leaf = Digest::of(text.as_bytes());
            let head = next_head(&prev, &leaf);
            let row = Row { seq, text, prev, leaf, head, evidence: true };
            prev = head;
            row
        })
        .collect()
}

fn check(rows: &[Row], bodies: &[String], given: &[(u64, Digest)]) -> Vec<Finding> {
    let mut checker = Checker::new(BOOK, false, given);
    for row in rows {
        checker.entry(&EntryFacts {
            seq: row.seq,
            text: &row.text,
            prev: row.prev,
            leaf: row.leaf,
            head: row.head,
            evidence: row.evidence,
        });
        let body = Digest::of(bodies[row.seq as usize - 1].as_bytes());
        checker.row(&RowFacts {
            name: format!("record NOT-{} 1", row.seq),
            stated: body,
            found: Some(body),
            erased: false,
        });
    }
    checker.finish()
}

#[test]
fn a_shell_reckons_the_same_head() {
    // printf '%s %s\n' $(printf '%064d' 0) $(printf '' | sha256sum | cut -c1-64) | sha256sum
    let line = format!("{}{}", "0".repeat(64), " e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n");
    assert_eq!(next_head(&Digest([0; 32]), &Digest::of(b"")), Digest::of(line.as_bytes()));
}

#[test]
fn an_erasure_is_told_and_is_no_fault() {
    let bodies = ["gone".to_owned()];
    let rows = chain(&bodies);
    for (erased, kind, severity) in [(true, "erased", Severity::Info), (false, "bytes-missing", Severity::Block)] {
        let mut checker = Checker::new(BOOK, false, &[]);
        let row = &rows[0];
        checker.entry(&EntryFacts {
            seq: 1,
            text: &row.text,
            prev: row.prev,
            leaf: row.leaf,
            head: row.head,
            evidence: true,
        });
        let stated = Digest::of(b"gone");
        checker.row(&RowFacts { name: "record NOT-1 1".to_owned(), stated, found: None, erased });
        let findings = checker.finish();
        assert_eq!(findings.len(), 1);
        assert_eq!((findings[0].kind.as_str(), findings[0].severity), (kind, severity));
        assert_eq!(findings[0].place, "NOT-1 version 1");
    }
}

#[test]
fn an_entry_that_only_adds_an_edition_does_not_change_evidence() {
    let digest = Digest::of(b"");
    let head = "daybook journal 1\nbook b\nseq 1\nat 2026-11-23T14:00:00Z\nsalt 0\nsentence s\n";
    for (lines, expected) in [
        (String::new(), false),
        (format!("record BND-1 1 {digest}\n"), false),
        (format!("record BND-1 1 {digest}\nrecord STP-1 1 {digest}\n"), true),
        (format!("original {digest} 0\n"), true),
        (format!("erased {digest}\n"), true),
    ] {
        let text = format!("{head}{lines}");
        assert_eq!(EntryLines::read(&text).unwrap().changes_evidence(), expected, "{lines}");
    }
    for text in ["", "\n", head.trim_end(), &format!("{head}record INC-1 1 xyz\n"), &format!("{head}\n")] {
        assert!(EntryLines::read(text).is_err(), "{text:?}");
    }
}

proptest! {
    #[test]
    fn a_whole_chain_is_whole(bodies in prop::collection::vec("[a-z ]{0,12}", 0..40)) {
        let rows = chain(&bodies);
        let given: Vec<_> = rows.iter().map(|row| (row.seq, row.head)).collect();
        prop_assert_eq!(check(&rows, &bodies, &given).iter().filter(|f| f.severity != Severity::Info).count(), 0);
    }

    /// Whatever one thing is changed, moved or taken away, it is found, and the place is named.
    #[test]
    fn any_single_change_is_found(
        bodies in prop::collection::vec("[a-z]{1,12}", 3..20),
        at in any::<prop::sample::Index>(),
        what in 0..8u8,
        bit in any::<u8>(),
    ) {
        let whole = chain(&bodies);
        let last = (whole.len() as u64, whole[whole.len() - 1].head);
        let place = at.index(whole.len());
        let mut rows = whole.clone();
        let mut seen = bodies.clone();
        let flip = |digest: &mut Digest| digest.0[usize::from(bit) / 8] ^= 1 << (bit % 8);
        match what {
            0 => rows[place].text.push_str("record NOT-99 1 0\n"),
            1 => rows[place].text = rows[place].text.replace("Wrote", "Wrought"),
            2 => flip(&mut rows[place].prev),
            3 => flip(&mut rows[place].leaf),
            4 => flip(&mut rows[place].head),
            5 => drop(rows.remove(place)),
            6 => seen[place].push('!'),
            _ => rows[place].evidence = false,
        }
        let findings = check(&rows, &seen, &[last]);
        prop_assert!(findings.iter().any(|finding| finding.severity == Severity::Block), "{what} at {place}");
    }

    /// The owner can write the whole chain anew, and only a head that somebody else holds shows it.
    #[test]
    fn a_chain_written_anew_is_shown_by_a_head_given_away(
        bodies in prop::collection::vec("[a-z]{1,12}", 1..20),
        at in any::<prop::sample::Index>(),
    ) {
        let given = chain(&bodies).last().map(|row| (row.seq, row.head)).unwrap();
        let mut forged = bodies.clone();
        forged[at.index(bodies.len())].push('!');
        let rows = chain(&forged);
        prop_assert!(check(&rows, &forged, &[]).iter().all(|finding| finding.severity == Severity::Info));
        let findings = check(&rows, &forged, &[given]);
        prop_assert!(findings.iter().any(|finding| finding.kind == "head-differs"));
    }
}
