//! The kept files a paper shows: found in the book or inside a kept e-mail, and read where it is safe to.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Seek, SeekFrom};

use crate::actions::ActionError;
use crate::intake::{self, ReadSeek};
use crate::model::{Attachment, Content, Digest, FileWords, Locator, LocatorStep, Noun, Record, WordsIn};
use crate::pdf::exhibit::{ExhibitSink, Survey, Unshown};
use crate::pdf::photo::{PictureFacts, Prepared, Wanted};
use crate::pdf::{PdfError, Sources};
use crate::store::Book;
use crate::worker::{Failed, Reader};

/// An original larger than this is not opened to take an attachment out of it: it is held whole while that is done.
const LARGEST_ORIGINAL: u64 = 512 * 1024 * 1024;

/// Reads kept files; those of others in a worker.
pub(crate) struct Originals<'b> {
    book: &'b Book,
    /// Attachments that are not kept apart: the original they stand in, and where.
    parts: BTreeMap<Digest, (Digest, Locator)>,
    reader: RefCell<Reader>,
}

impl<'b> Originals<'b> {
    /// For this book, with the attachments of these records.
    pub(crate) fn of<'r>(book: &'b Book, records: impl Iterator<Item = &'r Record>) -> Self {
        let mut originals = Originals { book, parts: BTreeMap::new(), reader: RefCell::default() };
        for record in records {
            let Content::Message(message) = &record.content else { continue };
            if let Some(place) = &message.place {
                for file in &message.attachments {
                    originals.parts.entry(file.sha256).or_insert((place.original, file.place.clone()));
                }
            }
        }
        originals
    }

    /// For this book as it is now.
    pub(crate) fn of_book(book: &'b Book) -> Result<Self, ActionError> {
        let messages = book.all(Noun::Message)?;
        Ok(Originals::of(book, messages.iter()))
    }

    /// The bytes of a kept file, or of an attachment inside one; `None`: the book has neither.
    pub(crate) fn bytes(&self, digest: &Digest) -> Result<Option<Vec<u8>>, ActionError> {
        if self.book.kept(digest)?.is_some() {
            return self.whole(digest).map(Some);
        }
        let Some((original, locator)) = self.parts.get(digest) else { return Ok(None) };
        let Some((bytes, locator)) = self.around(original, locator)? else { return Ok(None) };
        let part = intake::attachment_bytes(&bytes, &locator);
        // What is not byte for byte what the record names is not shown under its name.
        Ok(part.filter(|bytes| Digest::of(bytes) == *digest))
    }

    /// The part of an original that an attachment stands in: of a mailbox, its one message. `None`: it is not
    /// there, or too large to be held.
    fn around(&self, original: &Digest, locator: &Locator) -> Result<Option<(Vec<u8>, Locator)>, ActionError> {
        let Some(kept) = self.book.kept(original)? else { return Ok(None) };
        let Some((LocatorStep::Bytes { start, length }, rest)) = locator.0.split_first() else {
            let whole = (kept.bytes <= LARGEST_ORIGINAL).then(|| self.whole(original)).transpose()?;
            return Ok(whole.map(|bytes| (bytes, locator.clone())));
        };
        if *length > LARGEST_ORIGINAL {
            return Ok(None);
        }
        let mut reader = self.book.open_kept(original)?;
        let mut bytes = Vec::new();
        let failed = ActionError::file(original.to_string());
        reader
            .seek(SeekFrom::Start(*start))
            .and_then(|_| reader.take(*length).read_to_end(&mut bytes))
            .map_err(failed)?;
        Ok(Some((bytes, Locator(rest.to_vec()))))
    }

    fn whole(&self, digest: &Digest) -> Result<Vec<u8>, ActionError> {
        let mut bytes = Vec::new();
        self.book.open_kept(digest)?.read_to_end(&mut bytes).map_err(ActionError::file(digest.to_string()))?;
        Ok(bytes)
    }

    /// A kept file, or an attachment inside one, opened for the worker; `None`: the book has neither.
    fn opened(&self, digest: &Digest) -> Result<Option<Box<dyn ReadSeek + '_>>, ActionError> {
        if self.book.kept(digest)?.is_some() {
            return Ok(Some(Box::new(self.book.open_kept(digest)?)));
        }
        Ok(self.bytes(digest)?.map(|bytes| Box::new(Cursor::new(bytes)) as Box<dyn ReadSeek>))
    }

    /// What a foreign PDF is.
    pub(crate) fn survey(&self, digest: &Digest) -> Result<Result<Survey, Unshown>, ActionError> {
        let Some(mut original) = self.opened(digest)? else { return Ok(Err(not_there())) };
        match self.reader.borrow_mut().survey(&mut *original) {
            Ok(survey) => Ok(Ok(survey)),
            Err(Failed::Unshown(why)) => Ok(Err(why)),
            Err(Failed::Ours(error)) => Err(ActionError::file(digest.to_string())(error)),
            Err(why @ Failed::Picture(_)) => Ok(Err(Unshown::Broken { why: why.to_string() })),
        }
    }

    /// What a picture says of itself; or why it cannot be shown.
    pub(crate) fn look(&self, digest: &Digest) -> Result<Result<PictureFacts, String>, ActionError> {
        let Some(mut original) = self.opened(digest)? else { return Ok(Err(not_there().to_string())) };
        match self.reader.borrow_mut().look(&mut *original) {
            Ok(facts) => Ok(Ok(facts)),
            Err(Failed::Ours(error)) => Err(ActionError::file(digest.to_string())(error)),
            Err(why) => Ok(Err(why.to_string())),
        }
    }

    /// What stands written in a kept file or an attachment; or why it cannot be read.
    pub(crate) fn words(&self, digest: &Digest, wording: WordsIn) -> Result<Result<FileWords, String>, ActionError> {
        let Some(mut original) = self.opened(digest)? else { return Ok(Err(not_there().to_string())) };
        match self.reader.borrow_mut().words(&mut *original, wording) {
            Ok(words) => Ok(Ok(words)),
            Err(Failed::Ours(error)) => Err(ActionError::file(digest.to_string())(error)),
            Err(why) => Ok(Err(why.to_string())),
        }
    }

    /// What the pages of a foreign PDF show now; or why they cannot be seen.
    pub(crate) fn fingerprints(&self, source: &Digest) -> Result<Result<Vec<Digest>, String>, ActionError> {
        Ok(match self.survey(source)? {
            Ok(survey) => Ok(survey.pages.iter().map(|page| page.fingerprint).collect()),
            Err(why) => Err(why.to_string()),
        })
    }

    /// A picture as a paper holds it.
    pub(crate) fn prepared(&self, image: &Digest, wanted: Wanted) -> Result<Prepared, PdfError> {
        let fail = |why: String| PdfError::Picture { image: *image, why };
        let original = self.opened(image).map_err(|error| fail(error.to_string()))?;
        let mut original = original.ok_or_else(|| fail("it is not among the kept files".to_owned()))?;
        self.reader.borrow_mut().prepare(&mut *original, wanted).map_err(|why| fail(why.to_string()))
    }
}

impl Sources for Originals<'_> {
    fn picture(&mut self, image: &Digest, wanted: Wanted) -> Result<Prepared, PdfError> {
        self.prepared(image, wanted)
    }

    fn exhibit(
        &mut self,
        source: &Digest,
        first_free: u32,
        pages: &[u32],
        sink: &mut dyn ExhibitSink,
    ) -> Result<(), PdfError> {
        let fail = |why: String| PdfError::Exhibit { source_file: *source, why };
        let original = self.opened(source).map_err(|error| fail(error.to_string()))?;
        let mut original = original.ok_or_else(|| fail(not_there().to_string()))?;
        let copied = self.reader.borrow_mut().copy(&mut *original, first_free, Some(pages), sink);
        copied.map(|_| ()).map_err(|error| match error {
            Failed::Ours(error) => PdfError::Write(error),
            why => fail(why.to_string()),
        })
    }
}

fn not_there() -> Unshown {
    Unshown::Broken { why: "it is not among the kept files, or not whole".to_owned() }
}

/// Whether an attachment is worth looking into, by its name and declared type.
pub(super) fn may_be_shown(file: &Attachment) -> bool {
    let named = |ends: &str| file.name.as_deref().is_some_and(|name| name.to_ascii_lowercase().ends_with(ends));
    let media = file.media_type.to_ascii_lowercase();
    media.starts_with("image/")
        || media.contains("pdf")
        || [".pdf", ".jpg", ".jpeg", ".png", ".gif", ".webp", ".tif", ".tiff", ".heic"].iter().any(|end| named(end))
}
