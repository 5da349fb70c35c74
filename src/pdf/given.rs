//! Kept files of the tests: pictures that are all the same one, and foreign PDFs by their hash.

use std::collections::BTreeMap;

use super::exhibit::{self, ExhibitError, ExhibitSink};
use super::photo::{self, Prepared, Wanted};
use super::{PdfError, ShownPictures, Sources, pictures_on};
use crate::layout::Laid;
use crate::model::Digest;

/// What a paper of a test may show.
#[derive(Default)]
pub(super) struct Given {
    /// Foreign PDFs.
    pub files: BTreeMap<Digest, Vec<u8>>,
    /// Any picture asked for.
    pub picture: Option<Prepared>,
    /// How often a picture was asked for.
    pub pictures: usize,
    /// How often pages of a PDF were.
    pub exhibits: usize,
}

impl Given {
    pub(super) fn picture() -> Self {
        Given { picture: Some(photo::tests::picture()), ..Given::default() }
    }

    pub(super) fn files(files: &[&[u8]]) -> Self {
        Given { files: files.iter().map(|file| (Digest::of(file), file.to_vec())).collect(), ..Given::picture() }
    }
}

impl Sources for Given {
    fn picture(&mut self, image: &Digest, _: Wanted) -> Result<Prepared, PdfError> {
        self.pictures += 1;
        let none = || PdfError::Picture { image: *image, why: "there is none in this test".to_owned() };
        self.picture.clone().ok_or_else(none)
    }

    fn exhibit(
        &mut self,
        source: &Digest,
        first_free: u32,
        pages: &[u32],
        sink: &mut dyn ExhibitSink,
    ) -> Result<(), PdfError> {
        self.exhibits += 1;
        let fail = |why: String| PdfError::Exhibit { source_file: *source, why };
        let file = self.files.get(source).ok_or_else(|| fail("it is not there".to_owned()))?;
        exhibit::copy(file.clone(), first_free, Some(pages), sink).map(|_| ()).map_err(|error| match error {
            ExhibitError::Source(why) => fail(why.to_string()),
            ExhibitError::Sink(error) => PdfError::Write(error),
        })
    }
}

/// The pictures of these pages, all the same one.
pub(super) fn shown(laid: &Laid) -> ShownPictures {
    let digest = Digest::of(&photo::tests::picture().bytes);
    laid.pages.iter().flat_map(pictures_on).map(|picture| (picture, digest)).collect()
}
