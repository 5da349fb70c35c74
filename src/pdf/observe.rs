//! A finished file, read back.

use super::PdfError;
use crate::bundle::Observed;

/// Reads a finished file back, independently of how it was written.
///
/// # Errors
/// [`PdfError::Unreadable`] or [`PdfError::Limit`].
pub fn observe(bytes: &[u8]) -> Result<Observed, PdfError> {
    observe_owned(bytes.to_vec())
}

/// The same for bytes that need not be copied.
///
/// # Errors
/// As [`observe`].
pub fn observe_owned<B: AsRef<[u8]> + Send + Sync + 'static>(bytes: B) -> Result<Observed, PdfError> {
    let _ = bytes;
    unimplemented!()
}
