//! From a place in an original to the bytes that stand there, reading no more of it than that takes.

use std::borrow::Cow;
use std::io::{self, Cursor, Read, SeekFrom};

use super::zip::Zip;
use super::{ReadSeek, mime, outlook, transfer};
use crate::model::{Locator, LocatorStep};

/// The decoded bytes at `locator`, out of the whole original in memory. `None`: nothing stands there.
#[must_use]
pub fn attachment_bytes(original: &[u8], locator: &Locator) -> Option<Vec<u8>> {
    bytes_at(&mut Cursor::new(original), locator, u64::MAX).ok().flatten()
}

/// The decoded bytes at `locator`, out of an original of any size: only the slice or the entry it names is read.
/// `None`: nothing stands there, or it has more than `most` bytes.
///
/// # Errors
/// Reading the original failed.
pub fn bytes_at(original: &mut dyn ReadSeek, locator: &Locator, most: u64) -> io::Result<Option<Vec<u8>>> {
    follow(original, &locator.0, most)
}

fn follow(source: &mut dyn ReadSeek, steps: &[LocatorStep], most: u64) -> io::Result<Option<Vec<u8>>> {
    match steps {
        [LocatorStep::ZipEntry(number), rest @ ..] => {
            let Ok(zip) = Zip::open(source)? else { return Ok(None) };
            let Some(entry) = zip.entries.get(*number as usize) else { return Ok(None) };
            follow(&mut entry.open(source)?, rest, most)
        }
        [LocatorStep::Bytes { start, length }, rest @ ..] => {
            if *length > most {
                return Ok(None);
            }
            source.seek(SeekFrom::Start(*start))?;
            let mut slice = Vec::new();
            source.take(*length).read_to_end(&mut slice)?;
            if slice.len() as u64 != *length {
                return Ok(None);
            }
            Ok(within(slice.into(), rest))
        }
        steps => {
            source.seek(SeekFrom::Start(0))?;
            let mut whole = Vec::new();
            source.take(most.saturating_add(1)).read_to_end(&mut whole)?;
            if whole.len() as u64 > most {
                return Ok(None);
            }
            Ok(within(whole.into(), steps))
        }
    }
}

/// The steps that are left, in bytes that are held.
fn within(mut bytes: Cow<'_, [u8]>, steps: &[LocatorStep]) -> Option<Vec<u8>> {
    for step in steps {
        bytes = match step {
            LocatorStep::Bytes { start, length } => {
                let (start, length) = (usize::try_from(*start).ok()?, usize::try_from(*length).ok()?);
                bytes.get(start..start.checked_add(length)?)?.to_vec().into()
            }
            LocatorStep::Part(path) => {
                let root = mime::walk(&mime::with_line_feeds(&bytes));
                let part = mime::find(&root, path)?;
                transfer::decode(part.encoding, bytes.get(part.body.clone())?).0.into()
            }
            LocatorStep::Stream(path) => outlook::stream_bytes(&bytes, path)?.into(),
            LocatorStep::XmlBase64 => transfer::base64_in_xml(&bytes).0.into(),
            LocatorStep::ZipEntry(_) | LocatorStep::Line(_) => return None,
        };
    }
    Some(bytes.into_owned())
}
