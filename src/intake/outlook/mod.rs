//! Microsoft Outlook's own forms: saved messages (`.msg`) and the container `winmail.dat` inside mails of
//! others. `docs/formats/msg.md` and `docs/formats/eml.md` have the traps.

mod body;
mod codepage;
mod lzfu;
mod msg;
mod properties;
mod rtf;
mod tnef;

pub use msg::MsgSource;
pub(super) use msg::stream_bytes;
pub(super) use tnef::open;
