//! The output file: numbered objects written one after another, then the table that finds them.
//! Nothing but offsets is kept in memory.

use std::io::{self, Write};

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
    /// Where each object is, the first having the number 1.
    slots: Vec<Slot>,
}

/// What is known of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    /// Promised to something of ours that is not yet written.
    Reserved,
    /// Passed over by an exhibit that numbers its own objects: it may still write it.
    Free,
    /// Written, starting here.
    At(u64),
}

/// Objects of one file. More is not a paper.
const MAX_NUMBER: u32 = 20_000_000;

impl<'w> Output<'w> {
    /// Starts a file.
    pub(super) fn begin(out: &'w mut dyn Write) -> Result<Self, PdfError> {
        let mut output = Output { out, position: 0, hasher: Hasher::new(), slots: Vec::new() };
        // Four bytes above 127 tell mail programs that this is no text (ISO 32000-1, 7.5.2).
        output.raw(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")?;
        Ok(output)
    }

    /// A number for an object that is written later.
    pub(super) fn reserve(&mut self) -> Number {
        self.slots.push(Slot::Reserved);
        Number(u32::try_from(self.slots.len()).expect("a paper has fewer than 2^32 objects"))
    }

    /// The first number that is not given out: from here on an exhibit numbers its own objects.
    pub(super) fn first_free(&self) -> u32 {
        u32::try_from(self.slots.len()).expect("a paper has fewer than 2^32 objects").saturating_add(1)
    }

    /// Writes an object under a number of an exhibit's own.
    pub(super) fn guest_object(&mut self, number: u32, body: &[u8]) -> io::Result<()> {
        self.open_guest(number)?;
        self.raw(body)?;
        self.raw(b"\nendobj\n")
    }

    /// Writes a stream under a number of an exhibit's own.
    pub(super) fn guest_stream(&mut self, number: u32, entries: &[u8], data: &[u8]) -> io::Result<()> {
        self.open_guest(number)?;
        self.stream_body(entries, data)
    }

    /// The pages of an exhibit are completed by us: their numbers are ours to write.
    pub(super) fn claim(&mut self, number: u32) -> io::Result<Number> {
        let slot = self.guest_slot(number)?;
        *slot = Slot::Reserved;
        Ok(Number(number))
    }

    /// The number is an exhibit's and is never given out, written or not.
    pub(super) fn keep_free(&mut self, number: u32) -> io::Result<()> {
        self.guest_slot(number).map(|_| ())
    }

    fn open_guest(&mut self, number: u32) -> io::Result<()> {
        let position = self.position;
        let slot = self.guest_slot(number)?;
        *slot = Slot::At(position);
        self.raw(format!("{number} 0 obj\n").as_bytes())
    }

    /// A number that an exhibit may use: none of ours, and none twice.
    fn guest_slot(&mut self, number: u32) -> io::Result<&mut Slot> {
        let refused = |why: &str| io::Error::new(io::ErrorKind::InvalidData, format!("object {number}: {why}"));
        if number == 0 || number > MAX_NUMBER {
            return Err(refused("no number that a file can have"));
        }
        let index = number as usize - 1;
        if index >= self.slots.len() {
            self.slots.resize(index + 1, Slot::Free);
        }
        match &mut self.slots[index] {
            slot @ Slot::Free => Ok(slot),
            _ => Err(refused("it is there already")),
        }
    }

    /// Writes an object under its reserved number.
    pub(super) fn object(&mut self, number: Number, body: &[u8]) -> Result<(), PdfError> {
        self.open(number)?;
        self.raw(body)?;
        Ok(self.raw(b"\nendobj\n")?)
    }

    /// Writes a stream; `entries` are those of its dictionary without the brackets and `/Length`.
    pub(super) fn stream(&mut self, number: Number, entries: &[u8], data: &[u8]) -> Result<(), PdfError> {
        self.open(number)?;
        Ok(self.stream_body(entries, data)?)
    }

    fn stream_body(&mut self, entries: &[u8], data: &[u8]) -> io::Result<()> {
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
        let size = self.slots.len() + 1;
        self.raw(format!("xref\n0 {size}\n0000000000 65535 f \n").as_bytes())?;
        for slot in std::mem::take(&mut self.slots) {
            match slot {
                Slot::At(offset) => self.raw(format!("{offset:010} 00000 n \n").as_bytes())?,
                // Whatever points there points at nothing (ISO 32000-1, 7.3.10).
                Slot::Free => self.raw(b"0000000000 65535 f \n")?,
                Slot::Reserved => unreachable!("every reserved object is written before the end"),
            }
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
        let slot = &mut self.slots[number.0 as usize - 1];
        assert!(*slot == Slot::Reserved, "an object is written once");
        *slot = Slot::At(self.position);
        Ok(self.raw(format!("{} 0 obj\n", number.0).as_bytes())?)
    }

    fn raw(&mut self, bytes: &[u8]) -> io::Result<()> {
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
