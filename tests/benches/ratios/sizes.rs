//! Memory at three sizes: what an import of 5 MB, of 500 MB and, asked for by name, of 5 GB holds at once.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use super::measure::cost;
use super::{daybook, new_book};

const MEGA: u64 = 1_000_000;

type Write1 = fn(&mut dyn Write, u64) -> std::io::Result<u64>;

/// A mailbox, a backup of text messages with pictures, and a chat, at 5 and at 500 MB.
pub fn measured(desk: &Path, report: &mut String) {
    let kinds: [(&str, Write1); 3] =
        [("all.mbox", mailbox), ("sms.xml", backup), ("WhatsApp Chat with Sam Reed.txt", chat)];
    for (name, write) in kinds {
        for size in [5 * MEGA, 500 * MEGA] {
            one(desk, report, name, write, size);
        }
    }
}

/// A mailbox of 5 GB: the disk has to have room for it twice.
pub fn huge(desk: &Path, report: &mut String) {
    one(desk, report, "all.mbox", mailbox, 5_000 * MEGA);
}

fn one(desk: &Path, report: &mut String, name: &str, write: Write1, size: u64) {
    let path = desk.join(name);
    let mut file = BufWriter::new(File::create(&path).expect("a file"));
    let messages = write(&mut file, size).and_then(|count| file.flush().map(|()| count)).expect("a file takes words");
    drop(file);
    let book = new_book(desk, "sizes.daybook");
    // A small chat ends before a day's number is above twelve, so that only its owner could say which number is the day.
    let import = cost(daybook(&book).args(["import", "--from-device", "mine", "--date-order", "dmy"]).arg(&path));
    writeln!(
        report,
        "import {name} of {} MB, {messages} messages | {:.1} | its anonymous memory | {:.0} MB | bar 256 MB: {:.2}",
        size / MEGA,
        import.cpu,
        import.anonymous,
        import.anonymous / 256.0
    )
    .expect("a string takes text");
    for left in [path, book] {
        fs::remove_file(left).expect("what was made can be removed");
    }
}

/// Mails of about 10 KB, every tenth with a file of 200 KB.
fn mailbox(file: &mut dyn Write, size: u64) -> std::io::Result<u64> {
    let words = "Can Robin be collected from the library on Friday at five? ".repeat(2) + "\n";
    let (body, base64) =
        (words.repeat(80), "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2\n".repeat(4_000));
    let (mut written, mut number) = (0, 0_u64);
    while written < size {
        let second = number % 86_400;
        let head = format!(
            "From bench@bench.example Mon Mar  2 00:00:00 2026\nFrom: Sam Reed <sam@example.org>\nTo: alex@example.com\n\
             Date: {} Mar 2026 {:02}:{:02}:{:02} +0000\nSubject: Number {number}\nMessage-ID: <sizes-{number}@bench.example>\n",
            2 + number / 86_400,
            second / 3600,
            second / 60 % 60,
            second % 60
        );
        let rest = if number.is_multiple_of(10) {
            format!(
                "Content-Type: multipart/mixed; boundary=\"x\"\n\n--x\nContent-Type: text/plain\n\n{body}\n--x\nContent-Type: \
                 application/octet-stream; name=\"{number}.bin\"\nContent-Transfer-Encoding: base64\n\n{number:08}{base64}\n--x--\n\n"
            )
        } else {
            format!("\n{number} {body}\n")
        };
        file.write_all(head.as_bytes())?;
        file.write_all(rest.as_bytes())?;
        written += (head.len() + rest.len()) as u64;
        number += 1;
    }
    Ok(number)
}

/// Text messages, every hundredth with a picture of 2 MB and the last with one of 100 MB where there is room for it.
fn backup(file: &mut dyn Write, size: u64) -> std::io::Result<u64> {
    writeln!(file, "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count=\"1\">")?;
    let (mut written, mut number) = (0, 0_u64);
    let picture = b"QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2".repeat(1_000);
    while written < size {
        let at = 1_600_000_000_000 + number * 60_000;
        let text = format!(
            "<sms address=\"07700900123\" date=\"{at}\" type=\"{}\" body=\"Number {number}: at the library on Friday?\" contact_name=\"Sam Reed\" />\n",
            1 + number % 2
        );
        file.write_all(text.as_bytes())?;
        written += text.len() as u64;
        number += 1;
        let last = size > 200 * MEGA && written + 110 * MEGA > size;
        if number.is_multiple_of(100) || last {
            write!(
                file,
                "<mms date=\"{at}\" msg_box=\"1\" address=\"07700900123\" m_type=\"132\"><parts><part seq=\"0\" ct=\"image/jpeg\" cl=\"{number}.jpg\" text=\"null\" data=\"{number:08}"
            )?;
            for _ in 0..if last { 1_600 } else { 30 } {
                file.write_all(&picture)?;
                written += picture.len() as u64;
            }
            writeln!(file, "\" /></parts></mms>")?;
            number += 1;
        }
    }
    writeln!(file, "</smses>")?;
    Ok(number)
}

/// A chat of short messages, as long as no telephone exports one.
fn chat(file: &mut dyn Write, size: u64) -> std::io::Result<u64> {
    let (mut written, mut number) = (0, 0_u64);
    let words = "can Robin be collected from the library on Friday? ".repeat(8);
    while written < size {
        let (minute, hour, day) = (number % 60, number / 60 % 24, number / 1_440);
        let (day, month, year) = (1 + day % 28, 1 + day / 28 % 12, 2010 + day / 336);
        let name = if number.is_multiple_of(3) { "Sam Reed" } else { "Alex Reed" };
        let line = format!("{day:02}/{month:02}/{year}, {hour:02}:{minute:02} - {name}: Number {number}: {words}\n");
        file.write_all(line.as_bytes())?;
        written += line.len() as u64;
        number += 1;
    }
    Ok(number)
}
