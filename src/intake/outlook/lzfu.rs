//! Rich text as Outlook packs it ([MS-OXRTFCP]). The public readers refuse letters beyond ASCII or trust the
//! length a file states, so it is undone here.

/// What the window holds before the first byte.
const BEFORE: &[u8; 207] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
/// The window a reference looks back into.
const WINDOW: usize = 4096;
/// The most that comes out of one text.
const LARGEST: usize = 64 * 1024 * 1024;

/// The text; as far as it goes where it is cut off. `None`: it is not packed in this way.
pub(super) fn unpacked(packed: &[u8]) -> Option<Vec<u8>> {
    let kind = packed.get(8..12)?;
    let data = packed.get(16..)?;
    match kind {
        b"MELA" => return Some(data.to_vec()),
        b"LZFu" => {}
        _ => return None,
    }
    let mut window = [b' '; WINDOW];
    window[..BEFORE.len()].copy_from_slice(BEFORE);
    let mut at = BEFORE.len();
    let mut out = Vec::new();
    let mut bytes = data.iter().copied();
    let mut put = |byte: u8, window: &mut [u8; WINDOW], at: &mut usize| {
        out.push(byte);
        window[*at] = byte;
        *at = (*at + 1) % WINDOW;
        out.len() < LARGEST
    };
    'all: while let Some(control) = bytes.next() {
        for bit in 0..8 {
            if control & (1 << bit) == 0 {
                let Some(byte) = bytes.next() else { break 'all };
                if !put(byte, &mut window, &mut at) {
                    break 'all;
                }
                continue;
            }
            let (Some(first), Some(second)) = (bytes.next(), bytes.next()) else { break 'all };
            let reference = usize::from(u16::from_be_bytes([first, second]));
            let (from, length) = (reference >> 4, (reference & 0xF) + 2);
            // A reference to where the next byte will stand is the end.
            if from == at {
                break 'all;
            }
            for step in 0..length {
                let byte = window[(from + step) % WINDOW];
                if !put(byte, &mut window, &mut at) {
                    break 'all;
                }
            }
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::unpacked;

    #[test]
    fn packed_and_plain() {
        // The example of [MS-OXRTFCP] 3.1.1.
        let packed = [
            0x2d, 0, 0, 0, 0x2b, 0, 0, 0, b'L', b'Z', b'F', b'u', 0xf1, 0xc5, 0xc7, 0xa7, 0x03, 0x00, 0x0a, 0x00, 0x72,
            0x63, 0x70, 0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0a, 0xf3, 0x20, 0x68, 0x65, 0x6c, 0x09, 0x00, 0x20, 0x62,
            0x77, 0x05, 0xb0, 0x6c, 0x64, 0x7d, 0x0a, 0x80, 0x0f, 0xa0,
        ];
        assert_eq!(unpacked(&packed).as_deref(), Some(&b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"[..]));
        let mut plain = b"\x10\0\0\0\x04\0\0\0MELA\0\0\0\0".to_vec();
        plain.extend(b"{\\rtf1 caf\xe9}");
        assert_eq!(unpacked(&plain).as_deref(), Some(&b"{\\rtf1 caf\xe9}"[..]));
    }

    #[test]
    fn damage_gives_what_there_is() {
        assert_eq!(unpacked(b""), None);
        assert_eq!(unpacked(&[0; 40]), None);
        assert_eq!(unpacked(b"\0\0\0\0\xff\xff\xff\xffLZFu\0\0\0\0\0ab").as_deref(), Some(&b"ab"[..]));
    }
}
