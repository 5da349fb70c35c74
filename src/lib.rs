//! Daybook: a private record of contact between a child and a parent, and the papers made from it.
//!
//! Bytes come **in** ([`intake`]), become **records** ([`model`]) that are **kept** unchanged ([`store`],
//! [`integrity`]); records and contact events form a **timeline** ([`contact`], [`timeline`]); a part of it,
//! guarded for its reader ([`protect`]) and measured against the rules ([`rules`]), becomes a **bundle plan**
//! ([`bundle`]), the plan becomes **pages** ([`layout`]), the pages become a **file**, and the file is **read
//! back** ([`pdf`]). What a person can do is in [`actions`]; how they say it, in [`cli`].
//!
//! `docs/architecture.md` is the map, and `tests/architecture.rs` keeps its arrows.
//!
//! # Files on the user's disk
//!
//! | file | what it is |
//! | --- | --- |
//! | `NAME.daybook` | the book: one SQLite file, described by `schema.sql` (`-wal` and `-shm` beside it while open) |
//! | `PAPER.pdf` | a paper |
//! | `PAPER.check/` | with which anybody can check that paper: manifest, hashes, journal, and how |
//!
//! Nothing else is written, and nothing is sent.

pub mod actions;
pub mod bundle;
pub mod cli;
pub mod contact;
pub mod intake;
pub mod integrity;
pub mod layout;
pub mod model;
pub mod pdf;
pub mod protect;
pub mod rules;
pub mod store;
pub mod timeline;
pub mod worker;
