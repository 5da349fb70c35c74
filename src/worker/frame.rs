//! Frames: the length of a head (4 bytes) and of data (8 bytes), little-endian, then both.

use std::io::{self, Read, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// The longest head: the survey of a hundred thousand pages.
const LONGEST_HEAD: u32 = 32 << 20;

/// The most data of one frame: the picture of a hundred megapixels, and some.
const MOST_DATA: u64 = 512 << 20;

/// A side of the conversation: sends heads of one kind, receives heads of another.
pub(super) trait Line<Out, In> {
    /// Sends a head and its data, given in parts. It may wait in a buffer until [`Line::flush`].
    fn send(&mut self, head: Out, data: &[&[u8]]) -> io::Result<()>;

    /// Everything sent so far is on its way.
    fn flush(&mut self) -> io::Result<()>;

    /// The next head, its data put into `data` in place of what was there. `None`: the other side has ended the conversation.
    fn receive(&mut self, data: &mut Vec<u8>) -> io::Result<Option<In>>;
}

/// A line over two pipes.
pub(super) struct Pipes<R, W> {
    pub(super) from: R,
    pub(super) to: W,
}

impl<R: Read, W: Write, Out: Serialize, In: DeserializeOwned> Line<Out, In> for Pipes<R, W> {
    fn send(&mut self, head: Out, data: &[&[u8]]) -> io::Result<()> {
        let head = serde_json::to_vec(&head)?;
        let length: u64 = data.iter().map(|part| part.len() as u64).sum();
        let head_length = u32::try_from(head.len()).ok().filter(|length| *length <= LONGEST_HEAD);
        let (Some(head_length), true) = (head_length, length <= MOST_DATA) else {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "more than a frame holds"));
        };
        self.to.write_all(&head_length.to_le_bytes())?;
        self.to.write_all(&length.to_le_bytes())?;
        self.to.write_all(&head)?;
        data.iter().try_for_each(|part| self.to.write_all(part))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }

    fn receive(&mut self, data: &mut Vec<u8>) -> io::Result<Option<In>> {
        data.clear();
        let Some(head_length) = first_number(&mut self.from)? else { return Ok(None) };
        let mut length = [0; 8];
        self.from.read_exact(&mut length)?;
        let length = u64::from_le_bytes(length);
        if head_length > LONGEST_HEAD || length > MOST_DATA {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a frame larger than any"));
        }
        let mut head = Vec::new();
        read_promised(&mut self.from, u64::from(head_length), &mut head)?;
        let head = serde_json::from_slice(&head)?;
        read_promised(&mut self.from, length, data)?;
        Ok(Some(head))
    }
}

/// `None` where the pipe ends before a frame begins.
fn first_number(from: &mut impl Read) -> io::Result<Option<u32>> {
    let mut number = Vec::with_capacity(4);
    match from.by_ref().take(4).read_to_end(&mut number)? {
        0 => Ok(None),
        _ => match <[u8; 4]>::try_from(number.as_slice()) {
            Ok(bytes) => Ok(Some(u32::from_le_bytes(bytes))),
            Err(_) => Err(io::ErrorKind::UnexpectedEof.into()),
        },
    }
}

/// Memory grows with what arrives, not with what was promised.
fn read_promised(from: &mut impl Read, length: u64, into: &mut Vec<u8>) -> io::Result<()> {
    let read = from.by_ref().take(length).read_to_end(into)?;
    if (read as u64) < length { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::{Line, Pipes};

    fn received(bytes: &[u8]) -> (std::io::Result<Option<String>>, Vec<u8>) {
        let mut data = Vec::new();
        let mut line = Pipes { from: bytes, to: Vec::new() };
        let head = Line::<(), String>::receive(&mut line, &mut data);
        (head, data)
    }

    fn sent() -> Vec<u8> {
        let mut line = Pipes { from: &[][..], to: Vec::new() };
        Line::<String, ()>::send(&mut line, "head".to_owned(), &[b"da", b"", b"ta"]).unwrap();
        line.to
    }

    #[test]
    fn what_is_sent_in_parts_arrives_whole() {
        let (head, data) = received(&sent());
        assert_eq!(head.unwrap().as_deref(), Some("head"));
        assert_eq!(data, b"data");
    }

    #[test]
    fn an_end_between_frames_is_an_end_and_one_inside_is_a_fault() {
        assert!(received(b"").0.unwrap().is_none());
        let whole = sent();
        for length in 1..whole.len() {
            assert!(received(&whole[..length]).0.is_err(), "cut at {length}");
        }
    }

    #[test]
    fn a_frame_that_promises_more_than_any_holds_is_refused() {
        let mut bytes = sent();
        bytes[4..12].copy_from_slice(&u64::MAX.to_le_bytes());
        assert_eq!(received(&bytes).0.unwrap_err().kind(), std::io::ErrorKind::InvalidData);
        let mut bytes = sent();
        bytes[..4].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(received(&bytes).0.unwrap_err().kind(), std::io::ErrorKind::InvalidData);
    }

    #[test]
    fn a_head_that_makes_no_sense_is_a_fault() {
        let mut bytes = sent();
        bytes[12] = b'?';
        assert!(received(&bytes).0.is_err());
    }
}
