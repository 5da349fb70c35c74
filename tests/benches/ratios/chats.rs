//! A long chat and a large backup of text messages against `sha256sum` of them.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::Command;

use super::measure::{Cost, cost};
use super::{daybook, new_book, row};

/// How many messages a chat has.
const MESSAGES: u32 = 100_000;
/// Text messages of the backup …
const TEXTS: u32 = 20_000;
/// … and picture messages …
const PICTURES: u32 = 400;
/// … each with so many letters of base64.
const LETTERS: usize = 720_000;

pub fn whatsapp(desk: &Path, report: &mut String) {
    let chat = desk.join("WhatsApp Chat with Sam Reed.txt");
    let mut file = BufWriter::new(File::create(&chat).expect("a file"));
    for number in 0..MESSAGES {
        let (minute, day) = (number % 60, number / 60 / 15);
        let (hour, day, month, year) = (7 + number / 60 % 15, 1 + day % 28, 1 + day / 28 % 12, 2018 + day / 28 / 12);
        let name = if number % 3 == 0 { "Sam Reed" } else { "Alex Reed" };
        writeln!(
            file,
            "{day:02}/{month:02}/{year}, {hour:02}:{minute:02} - {name}: Number {number}: can Robin be collected from the library on Friday at {}?",
            hour + 2
        )
        .expect("a file takes words");
    }
    file.flush().expect("a file takes words");
    drop(file);
    compare(desk, &chat, "chat", &format!("a chat of {MESSAGES} messages"), u64::from(MESSAGES), report);
}

pub fn texts(desk: &Path, report: &mut String) {
    let backup = desk.join("sms-20260302.xml");
    let mut file = BufWriter::new(File::create(&backup).expect("a file"));
    write_backup(&mut file).expect("a file takes words");
    drop(file);
    let what = format!("a backup of {} text messages", TEXTS + PICTURES);
    compare(desk, &backup, "texts", &what, u64::from(TEXTS + PICTURES), report);
}

fn write_backup(file: &mut impl std::io::Write) -> std::io::Result<()> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let count = TEXTS + PICTURES;
    writeln!(file, "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count=\"{count}\">")?;
    for number in 0..TEXTS {
        let (at, kind) = (1_600_000_000_000 + u64::from(number) * 600_000, 1 + number % 2);
        writeln!(
            file,
            "  <sms protocol=\"0\" address=\"07700900123\" date=\"{at}\" type=\"{kind}\" subject=\"null\" body=\"Number {number}: at the library on Friday?\" toa=\"null\" sc_toa=\"null\" service_center=\"null\" read=\"1\" status=\"-1\" locked=\"0\" readable_date=\"\" contact_name=\"Sam Reed\" />"
        )?;
    }
    let mut noise = 0x9E37_79B9_7F4A_7C15_u64;
    for number in 0..PICTURES {
        let at = 1_700_000_000_000 + u64::from(number) * 600_000;
        let mut data = Vec::with_capacity(LETTERS);
        while data.len() < LETTERS {
            noise ^= noise << 13;
            noise ^= noise >> 7;
            noise ^= noise << 17;
            data.extend((0..8).map(|sextet| ALPHABET[(noise >> (6 * sextet) & 63) as usize]));
        }
        writeln!(
            file,
            "  <mms date=\"{at}\" msg_box=\"1\" address=\"07700900123\" m_type=\"132\" contact_name=\"Sam Reed\" readable_date=\"\">\n    <parts>"
        )?;
        write!(
            file,
            "      <part seq=\"0\" ct=\"image/jpeg\" name=\"{number}.jpg\" cl=\"{number}.jpg\" text=\"null\" data=\""
        )?;
        file.write_all(&data)?;
        writeln!(
            file,
            "\" />\n    </parts>\n    <addrs>\n      <addr address=\"07700900123\" type=\"137\" charset=\"106\" />\n    </addrs>\n  </mms>"
        )?;
    }
    writeln!(file, "</smses>")?;
    file.flush()
}

fn compare(desk: &Path, file: &Path, name: &str, what: &str, messages: u64, report: &mut String) {
    let book = new_book(desk, &format!("{name}.daybook"));
    let import = || {
        let mut command = daybook(&book);
        command.args(["import", "--from-device", "mine"]).arg(file);
        command
    };
    let (first, again) = (cost(&mut import()), cost(&mut import()));
    let hash = cost(Command::new("sha256sum").arg(file));
    let (read, new) = super::mailbox::read_of(&book, file);
    if read < messages || new > 0 {
        said(
            report,
            &format!(
                "**{read} of {messages} were read, and {new} were new at the third time: the rows say nothing** | | | |"
            ),
        );
    }
    let megabytes = file.metadata().map_or(0, |facts| facts.len()) / 1_000_000;
    row(report, &format!("import {what} ({megabytes} MB)"), first.cpu, "sha256sum", hash.cpu);
    row(report, "import it again", again.cpu, "first import", first.cpu);
    memory(report, first);
}

fn memory(report: &mut String, cost: Cost) {
    let anonymous = cost.anonymous;
    said(report, &format!("its anonymous memory | {anonymous:.0} MB | bar | 256 MB | {:.2}", anonymous / 256.0));
}

fn said(report: &mut String, line: &str) {
    writeln!(report, "{line}").expect("a string takes text");
}
