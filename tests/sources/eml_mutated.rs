//! Damaged at random, the same way every time: the reader answers, whatever it is given.

use std::fs;

use super::{eml_folder, files, read};

/// A small generator (xorshift), so that a failure can be had again.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).expect("it is below a usize")
    }
}

#[test]
fn four_thousand_damaged_mails_are_answered() {
    let samples: Vec<Vec<u8>> =
        files(&eml_folder(), "eml").iter().map(|path| fs::read(path).expect("the sample can be read")).collect();
    assert!(!samples.is_empty());
    let mut chance = Chance(0x5eed_da1b_00c5_0001);
    for round in 0..4_000 {
        let mut bytes = samples[chance.below(samples.len())].clone();
        for _ in 0..=chance.below(8) {
            damage(&mut bytes, &samples, &mut chance);
        }
        read(&bytes, &format!("round {round}"));
    }
}

fn damage(bytes: &mut Vec<u8>, samples: &[Vec<u8>], chance: &mut Chance) {
    const PIECES: [&[u8]; 10] =
        [b"\r", b"\n\n", b"--", b"=?utf-8?B?", b"Content-Type: multipart/mixed\n", b"\0", b"\xff", b"<", b"+", b":"];
    let at = chance.below(bytes.len());
    let end = (at + chance.below(60)).min(bytes.len());
    match chance.below(6) {
        0 => bytes.truncate(at),
        1 => drop(bytes.drain(at..end)),
        2 => drop(bytes.splice(at..at, PIECES[chance.below(PIECES.len())].iter().copied())),
        3 if at < bytes.len() => bytes[at] = chance.below(256) as u8,
        4 => {
            let run = bytes[at..end].to_vec();
            drop(bytes.splice(at..at, run));
        }
        _ => {
            let other = &samples[chance.below(samples.len())];
            let from = chance.below(other.len());
            drop(bytes.splice(at..end, other[from..].iter().copied().take(400)));
        }
    }
}
