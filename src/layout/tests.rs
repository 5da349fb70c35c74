//! Pages as plain values: what must never happen on one of them.

use super::*;
use sample::{evidence, exhibit};

/// Writes the sample papers as PDF files into the folder `DAYBOOK_WRITE_SAMPLE` names, for looking at.
#[test]
fn sample_papers_can_be_looked_at() {
    let folder = std::env::var_os("DAYBOOK_WRITE_SAMPLE");
    for (name, plan) in [("evidence.pdf", evidence()), ("exhibit.pdf", exhibit())] {
        let laid = lay_out(&plan).expect("the sample lays out");
        let bytes = crate::pdf::compose(&laid.pages).expect("the sample is drawn");
        assert!(bytes.starts_with(b"%PDF"));
        if let Some(folder) = &folder {
            std::fs::write(std::path::Path::new(folder).join(name), bytes).expect("the folder can be written to");
        }
    }
}
