//! The output file: numbered objects written one after another, then the table that finds them.
//! Nothing but offsets is kept in memory.

use std::io::Write;

use super::PdfError;
use crate::model::{Digest, Hasher};

/// The number of an object of the output file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Number(pub u32);

impl Number {
    /// As other objects point to it.
    pub(super) fn reference(self) -> String {
        format!("{} 0 R", self.0)
    }
}

/// A PDF 1.7 file being written.
pub(super) struct Output<'w> {
    out: &'w mut dyn Write,
    position: u64,
    hasher: Hasher,
    /// Where each object starts; `None`: reserved and not yet written.
    offsets: Vec<Option<u64>>,
}

impl<'w> Output<'w> {
    /// Starts a file.
    pub(super) fn begin(out: &'w mut dyn Write) -> Result<Self, PdfError> {
        let mut output = Output { out, position: 0, hasher: Hasher::new(), offsets: Vec::new() };
        // Four bytes above 127 tell mail programs that this is no text (ISO 32000-1, 7.5.2).
        output.raw(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")?;
        Ok(output)
    }

    /// A number for an object that is written later.
    pub(super) fn reserve(&mut self) -> Number {
        self.offsets.push(None);
        Number(u32::try_from(self.offsets.len()).expect("a paper has fewer than 2^32 objects"))
    }

    /// Writes an object under its reserved number.
    pub(super) fn object(&mut self, number: Number, body: &[u8]) -> Result<(), PdfError> {
        self.open(number)?;
        self.raw(body)?;
        self.raw(b"\nendobj\n")
    }

    /// Writes a stream; `entries` are those of its dictionary without the brackets and `/Length`.
    pub(super) fn stream(&mut self, number: Number, entries: &[u8], data: &[u8]) -> Result<(), PdfError> {
        self.open(number)?;
        self.raw(b"<< ")?;
        self.raw(entries)?;
        self.raw(format!(" /Length {} >>\nstream\n", data.len()).as_bytes())?;
        self.raw(data)?;
        self.raw(b"\nendstream\nendobj\n")
    }

    /// Writes an object under the next number.
    pub(super) fn add(&mut self, body: &[u8]) -> Result<Number, PdfError> {
        let number = self.reserve();
        self.object(number, body)?;
        Ok(number)
    }

    /// Writes the table and the trailer; gives length and digest of the file.
    pub(super) fn finish(mut self, root: Number, info: Number) -> Result<(u64, Digest), PdfError> {
        // The file names itself by what it holds up to here: the same paper has the same name.
        let id: String = self.hasher.clone().finish().to_string()[..32].to_owned();
        let start = self.position;
        let size = self.offsets.len() + 1;
        self.raw(format!("xref\n0 {size}\n0000000000 65535 f \n").as_bytes())?;
        for offset in std::mem::take(&mut self.offsets) {
            let offset = offset.expect("every reserved object is written before the end");
            self.raw(format!("{offset:010} 00000 n \n").as_bytes())?;
        }
        let trailer = format!(
            "trailer\n<< /Size {size} /Root {} /Info {} /ID [<{id}> <{id}>] >>\nstartxref\n{start}\n%%EOF\n",
            root.reference(),
            info.reference(),
        );
        self.raw(trailer.as_bytes())?;
        self.out.flush()?;
        Ok((self.position, self.hasher.finish()))
    }

    fn open(&mut self, number: Number) -> Result<(), PdfError> {
        let slot = &mut self.offsets[number.0 as usize - 1];
        assert!(slot.is_none(), "an object is written once");
        *slot = Some(self.position);
        self.raw(format!("{} 0 obj\n", number.0).as_bytes())
    }

    fn raw(&mut self, bytes: &[u8]) -> Result<(), PdfError> {
        self.out.write_all(bytes)?;
        self.hasher.update(bytes);
        self.position += bytes.len() as u64;
        Ok(())
    }
}

/// A text string (ISO 32000-1, 7.9.2.2): plain where it is ASCII, else UTF-16 with its mark.
pub(super) fn text_string(text: &str) -> Vec<u8> {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return byte_string(text.as_bytes());
    }
    let mut hex = b"<FEFF".to_vec();
    for unit in text.encode_utf16() {
        hex.extend(format!("{unit:04X}").bytes());
    }
    hex.push(b'>');
    hex
}

/// A string of any bytes.
pub(super) fn byte_string(bytes: &[u8]) -> Vec<u8> {
    let mut string = Vec::with_capacity(bytes.len() + 2);
    string.push(b'(');
    for &byte in bytes {
        match byte {
            b'(' | b')' | b'\\' => string.extend([b'\\', byte]),
            // A bare carriage return would be read back as a line feed.
            b'\r' => string.extend(b"\\r"),
            _ => string.push(byte),
        }
    }
    string.push(b')');
    string
}

/// A name, with everything but plain characters escaped.
pub(super) fn name(bytes: &[u8]) -> Vec<u8> {
    let mut name = vec![b'/'];
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || b"_-+.:*'@$!^~,&;=?|\"`\\".contains(&byte) {
            name.push(byte);
        } else {
            name.extend(format!("#{byte:02X}").bytes());
        }
    }
    name
}

/// A number without an exponent, which PDF does not know.
pub(super) fn number(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let text = format!("{value:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" || text.is_empty() { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_pdf_reads_them() {
        let check = |bytes: Vec<u8>, expected: &str| assert_eq!(String::from_utf8_lossy(&bytes), expected);
        check(text_string("A (b) \\"), "(A \\(b\\) \\\\)");
        check(text_string("Zoë"), "<FEFF005A006F00EB>");
        check(byte_string(b"a\rb"), "(a\\rb)");
        check(name(b"A B/#"), "/A#20B#2F#23");
        for (value, expected) in [(0.0, "0"), (-0.0, "0"), (595.28, "595.28"), (1e-9, "0"), (1e7, "10000000")] {
            assert_eq!(number(value), expected);
        }
    }
}
