//! Files that hold messages and that no reader here reads: known by their content, with what to export instead.

/// A kind of file that is not read.
#[derive(Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// What it is, as half a sentence: `the database of a telephone or a program`.
    pub what: &'static str,
    /// What to do instead.
    pub next: &'static str,
}

const SQLITE: &[u8] = b"SQLite format 3\0";
const UNPACK: &str =
    "Unpack it and import the folder. Google Takeout offers .zip as well, which can be imported as it is.";

const WHATSAPP: &str = "In WhatsApp open the chat, choose More, Export chat, and import the zip it makes.";

/// Whether a file of these first bytes and this name looks so.
type Looks = fn(&[u8], &str) -> bool;

/// All kinds, the more particular first.
static KINDS: &[(Looks, Elsewhere)] = &[
    (
        |head, name| head.starts_with(SQLITE) && (name == "manifest.db" || has(head, b"CREATE TABLE Files (fileID")),
        Elsewhere {
            what: "the list of contents of an iPhone’s backup, which this version does not read",
            next: "The program imessage-exporter reads the backup and writes its messages out as text (imessage-exporter -f txt -a iOS -p \
                   FOLDER); import that folder. From WhatsApp on the iPhone use Export chat.",
        },
    ),
    (
        |head, name| {
            head.starts_with(SQLITE)
                && (name == "chat.db"
                    || name == "sms.db"
                    || has(head, b"chat_message_join")
                    || has(head, b"message_attachment_join"))
        },
        Elsewhere {
            what: "the database of Apple’s Messages, which this version does not read",
            next: "On a Mac, the program imessage-exporter writes it out as text (imessage-exporter -f txt); import that folder. \
                   Keep the database too: daybook add FILE --as other",
        },
    ),
    (
        |head, name| {
            head.starts_with(SQLITE)
                && (name.starts_with("msgstore")
                    || name == "chatstorage.sqlite"
                    || has(head, b"ZWAMESSAGE")
                    || has(head, b"ZWACHATSESSION")
                    || has(head, b"jid_row_id"))
        },
        Elsewhere { what: "the database of WhatsApp, which this version does not read", next: WHATSAPP },
    ),
    (
        |head, name| head.starts_with(SQLITE) && (name.starts_with("mmssms") || has(head, b"CREATE TABLE sms")),
        Elsewhere {
            what: "the database of an Android telephone’s text messages, which this version does not read",
            next: "On the telephone, the app SMS Backup & Restore writes messages and calls out as .xml; import that.",
        },
    ),
    (
        |head, _| head.starts_with(SQLITE),
        Elsewhere {
            what: "a database of a telephone or a program, which this version does not read",
            next: "Export the messages from the program itself: from WhatsApp with Export chat, from an Android telephone with SMS Backup & \
                   Restore, from Telegram Desktop as JSON.",
        },
    ),
    (
        |head, name| name.contains(".crypt1") || is_locked_whatsapp(head),
        Elsewhere { what: "a locked backup of WhatsApp, which only WhatsApp opens", next: WHATSAPP },
    ),
    (
        |head, _| is_outlook(head, *b"SO"),
        Elsewhere {
            what: "Outlook’s copy of an account (.ost), which this version does not read",
            next: "In Outlook, select the messages and drag them into a folder: each becomes a .msg file. Import that folder.",
        },
    ),
    (
        |head, _| head.starts_with(b"!BDN"),
        Elsewhere {
            what: "an Outlook data file (.pst), which this version does not read",
            next: "In Outlook, select the messages and drag them into a folder: each becomes a .msg file. Import that folder. Or \
                   open it in Thunderbird and import Thunderbird’s mailbox.",
        },
    ),
    (
        |head, _| is_signal_backup(head),
        Elsewhere {
            what: "a locked backup of Signal, which only Signal opens",
            next: "Signal on a telephone offers an export of a chat as plain text from version 8 on; until this version reads it, \
                   photograph or print the chat and keep it: daybook add FILE --as screenshot",
        },
    ),
    (
        |head, name| name == "main.jsonl" && (has(head, b"\"chatItem\"") || has(head, b"backupTimeMs")),
        Elsewhere {
            what: "a chat export of Signal, which this version does not read yet",
            next: "Keep it: daybook add FILE --as other. Until it is read, print or photograph the chat: daybook add FILE --as screenshot",
        },
    ),
    (
        |head, _| is_html(head) && has(head, b"<title>whatsapp - "),
        Elsewhere {
            what: "a chat of WhatsApp that another program made into a web page, with times it may have changed",
            next: WHATSAPP,
        },
    ),
    (
        |head, name| is_html(head) && has(head, b"exported data") && name.starts_with("messages"),
        Elsewhere {
            what: "a chat of Telegram exported as web pages, which this version does not read",
            next: "Export it again from Telegram Desktop and choose “Machine-readable JSON”.",
        },
    ),
    (
        |head, name| is_html(head) && name.starts_with("message_"),
        Elsewhere {
            what: "a chat downloaded as a web page, which this version does not read",
            next: "Ask Facebook or Instagram for the download again and choose JSON as its format.",
        },
    ),
    (
        |head, _| {
            [&b"\x1f\x8b"[..], b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ\0", b"BZh"]
                .iter()
                .any(|magic| head.starts_with(magic))
                || head.get(257..262) == Some(b"ustar")
        },
        Elsewhere { what: "an archive of another kind than zip", next: UNPACK },
    ),
];

/// What a file is that no reader claims, where that can be told. `name` without folders.
#[must_use]
pub fn elsewhere(head: &[u8], name: &str) -> Option<&'static Elsewhere> {
    let name = name.to_lowercase();
    KINDS.iter().find(|(looks, _)| looks(head, &name)).map(|(_, kind)| kind)
}

/// \[MS-PST\] 2.2.2.6: the client's mark stands eight bytes in.
fn is_outlook(head: &[u8], client: [u8; 2]) -> bool {
    head.starts_with(b"!BDN") && head.get(8..10) == Some(&client[..])
}

/// The length of a first frame, and in it the header: sixteen bytes to begin the decoding with, then the salt.
fn is_signal_backup(head: &[u8]) -> bool {
    matches!(head, [0, 0, 0, length, 0x0a, _, 0x0a, 0x10, ..] if *length >= 24)
        && head.get(24..26) == Some(&[0x12, 0x20])
}

/// A short header with the key’s kind and WhatsApp’s version in plain letters, as of `.crypt14` and `.crypt15`.
fn is_locked_whatsapp(head: &[u8]) -> bool {
    let [length, rest @ ..] = head else { return false };
    let rest = if rest.first() == Some(&1) { &rest[1..] } else { rest };
    let header = &rest[..rest.len().min(usize::from(*length))];
    let begins = header.starts_with(&[0x08, 0x01, 0x1a]) || (header.first() == Some(&0x12) && *length > 60);
    let version = |four: &[u8]| matches!(four, [b'2', b'.', b'1'..=b'3', b'0'..=b'9']);
    begins && header.windows(4).any(version)
}

fn is_html(head: &[u8]) -> bool {
    has(head, b"<html")
}

fn has(head: &[u8], wanted: &[u8]) -> bool {
    head.windows(wanted.len()).any(|window| window.eq_ignore_ascii_case(wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_read_is_known_by_its_content() {
        let mut outlook = b"!BDN\0\0\0\0SM".to_vec();
        let check = |head: &[u8], name: &str, expected: Option<&str>| {
            let found = elsewhere(head, name).map(|kind| kind.what);
            assert!(
                match (found, expected) {
                    (Some(what), Some(words)) => what.contains(words),
                    (found, expected) => found.is_none() && expected.is_none(),
                },
                "{name}: {found:?}"
            );
        };
        let schema = |table: &str| [SQLITE, &[0; 84], b"CREATE TABLE ", table.as_bytes(), b" (a)"].concat();
        check(SQLITE, "Chat.db", Some("Apple"));
        check(&schema("chat_message_join"), "3d0d7e5fb2ce288813306e4d4636395e047a3d28", Some("Apple"));
        check(SQLITE, "msgstore.db", Some("the database of WhatsApp"));
        check(&schema("ZWAMESSAGE"), "7c7fba66680ef796b916b067077cc246adacf01d", Some("the database of WhatsApp"));
        check(SQLITE, "mmssms.db", Some("Android"));
        check(&schema("sms"), "copy", Some("Android"));
        check(SQLITE, "Manifest.db", Some("iPhone"));
        check(&schema("notes"), "notes.db", Some("a database of a telephone"));
        check(b"anything", "chat.db", None);
        check(b"\x8c\x01", "msgstore.db.crypt15", Some("locked backup of WhatsApp"));
        let crypt15 = [&b"\x44\x01\x08\x01\x1a\x12\x0a\x10"[..], &[7; 16], b"\x22\x0b\x0a\x092.24.9.7"].concat();
        check(&crypt15, "msgstore (1)", Some("locked backup of WhatsApp"));
        let crypt14 = [&b"\x92\x01\x12\x4c\x0a\x01"[..], &[7; 76], b"\x22\x0b\x0a\x092.22.5.13"].concat();
        check(&crypt14, "backup", Some("locked backup of WhatsApp"));
        check(b"\x44\x01\x08\x01 words 2.24", "words", None);
        check(&outlook, "Archive.PST", Some(".pst"));
        outlook[9] = b'O';
        check(&outlook, "a", Some(".ost"));
        let signal = [&b"\0\0\0\x36\x0a\x34\x0a\x10"[..], &[7; 16], b"\x12\x20", &[7; 32]].concat();
        check(&signal, "signal-2026-03-01-10-00-00.backup", Some("Signal"));
        check(&signal, "copy", Some("Signal"));
        check(b"words", "notes.backup", None);
        check(b"{\"version\":1,\"backupTimeMs\":1}", "main.jsonl", Some("Signal"));
        check(b"<html><title>Exported Data</title>", "messages2.html", Some("Telegram"));
        check(b"<!DOCTYPE html><html><title>Whatsapp - Sam</title>", "Sam.html", Some("another program"));
        check(b"<html><title>A shop</title>", "index.html", None);
        check(b"\x1f\x8b\x08", "takeout.tgz", Some("archive"));
        check(&[&[0; 257][..], b"ustar"].concat(), "mail.tar", Some("archive"));
        check(b"", "", None);
    }
}
