//! Any bytes as a PDF of someone else: survey and copy both answer, and alike.
#![no_main]

use std::io;

use daybook::pdf::exhibit::{CopiedPage, ExhibitSink, Layers, copy, survey};
use libfuzzer_sys::fuzz_target;

/// Takes everything and keeps only how many pages there were.
struct Pages(usize);

impl ExhibitSink for Pages {
    fn object(&mut self, _: u32, _: &[u8]) -> io::Result<()> {
        Ok(())
    }

    fn stream(&mut self, _: u32, _: &[u8], _: &[u8]) -> io::Result<()> {
        Ok(())
    }

    fn page(&mut self, _: CopiedPage) -> io::Result<()> {
        self.0 += 1;
        Ok(())
    }

    fn layers(&mut self, _: Layers) -> io::Result<()> {
        Ok(())
    }
}

fuzz_target!(|bytes: &[u8]| {
    let mut pages = Pages(0);
    let copied = copy(bytes.to_vec(), 4, None, &mut pages);
    if let Ok(found) = survey(bytes.to_vec()) {
        assert!(copied.is_ok(), "what can be looked through can be copied");
        assert_eq!(found.pages.len(), pages.0);
    }
});
