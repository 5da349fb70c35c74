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

/// Whether a file of these first bytes and this name looks so.
type Looks = fn(&[u8], &str) -> bool;

/// All kinds, the more particular first.
static KINDS: &[(Looks, Elsewhere)] = &[
    (
        |head, name| head.starts_with(SQLITE) && (name == "chat.db" || name == "sms.db"),
        Elsewhere {
            what: "the database of Apple’s Messages, which this version does not read",
            next: "On a Mac, the program imessage-exporter writes it out as text (imessage-exporter -f txt); import that folder. \
                   Keep the database too: daybook add FILE --as other",
        },
    ),
    (
        |head, name| head.starts_with(SQLITE) && (name.starts_with("msgstore") || name == "chatstorage.sqlite"),
        Elsewhere {
            what: "the database of WhatsApp, which this version does not read",
            next: "In WhatsApp open the chat, choose More, Export chat, and import the zip it makes.",
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
        |_, name| name.contains(".crypt1"),
        Elsewhere {
            what: "a locked backup of WhatsApp, which only WhatsApp opens",
            next: "In WhatsApp open the chat, choose More, Export chat, and import the zip it makes.",
        },
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
        |head, name| name.ends_with(".backup") && is_signal_backup(head),
        Elsewhere {
            what: "a locked backup of Signal, which only Signal opens",
            next: "Signal on a telephone offers an export of a chat as plain text from version 8 on; until this version reads it, \
                   photograph or print the chat and keep it: daybook add FILE --as screenshot",
        },
    ),
    (
        |head, _| is_html(head) && (has(head, b".sent.imessage") || has(head, b"imessage-exporter")),
        Elsewhere {
            what: "a chat of Apple’s Messages written as a web page, which this version does not read",
            next: "Run imessage-exporter again with -f txt and import that folder.",
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

/// A short first frame with its length before it.
fn is_signal_backup(head: &[u8]) -> bool {
    matches!(head, [0, 0, 0, length, 0x0a, ..] if *length > 0)
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
        check(SQLITE, "Chat.db", Some("Apple"));
        check(SQLITE, "msgstore.db", Some("WhatsApp"));
        check(SQLITE, "mmssms.db", Some("a database of a telephone"));
        check(b"anything", "chat.db", None);
        check(b"\x8c\x01", "msgstore.db.crypt15", Some("locked backup of WhatsApp"));
        check(&outlook, "Archive.PST", Some(".pst"));
        outlook[9] = b'O';
        check(&outlook, "a", Some(".ost"));
        check(b"\0\0\0\x36\x0a\x34", "signal-2026-03-01.backup", Some("Signal"));
        check(b"words", "notes.backup", None);
        check(b"<!DOCTYPE html><html><style>.sent.iMessage {}", "+447700900123.html", Some("Apple"));
        check(b"<html><title>Exported Data</title>", "messages2.html", Some("Telegram"));
        check(b"<html><title>A shop</title>", "index.html", None);
        check(b"\x1f\x8b\x08", "takeout.tgz", Some("archive"));
        check(&[&[0; 257][..], b"ustar"].concat(), "mail.tar", Some("archive"));
        check(b"", "", None);
    }
}
