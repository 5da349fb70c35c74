//! The rebuildable chapter: what lists, filters and search know of a record, made from its body.

use rusqlite::OptionalExtension;

use super::count::Count;
use super::fold::folded_apart;
use super::{Book, StoreError, gathered, records};
use crate::model::{
    Address, Content, Digest, IdentityKind, Message, Noun, Person, Record, RecordId, ThreadKey, WordsIn, address_key,
    name_key, untagged,
};

/// What is known of a record for lists and search.
#[derive(Default)]
pub(super) struct Said {
    /// Its words, one matter a line.
    pub(super) text: String,
    /// Names of people in it.
    pub(super) names: String,
    /// E-mail addresses, numbers, handles.
    pub(super) addresses: String,
    /// Names of files that belong to it.
    pub(super) files: String,
    /// Files of it that may hold words.
    pub(super) papers: Vec<Digest>,
    /// Every way it names somebody; see the table `named`.
    keys: Vec<String>,
}

/// Brings the rebuildable chapter up to this version, which stands in `record` under `row`.
pub(super) fn put(book: &Book, record: &Record, row: i64) -> Result<(), StoreError> {
    let title = record.content.title();
    let held = if record.version == 1 { None } else { listing_of(book, record.id)? };
    let Some(listing) = held else {
        let listing = list_new(book, record, row, &title)?;
        put_words(book, record, listing, title)?;
        if let Content::Message(message) = &record.content {
            put_message_key(book, message, listing)?;
        }
        return Ok(());
    };
    list_again(book, record, row, listing, &title)?;
    match &record.content {
        // Each version of an import tells of a part of it: what one names, the import names.
        Content::Import(import) if import.finished.is_none() => {
            let mut said = Said::default();
            said.take(book, &record.content)?;
            return gathered::put_named(book, listing, said.keys);
        }
        Content::Import(_) => gathered::remove_words(book, listing)?,
        _ => gathered::remove(book, listing)?,
    }
    put_words(book, record, listing, title)?;
    match &record.content {
        Content::Message(message) => {
            book.connection.prepare_cached("DELETE FROM message_key WHERE listing = ?1")?.execute([listing])?;
            put_message_key(book, message, listing)
        }
        // A person's new name or address is found in what names them by id.
        Content::Person(_) => refresh_those_under(book, &record.id.to_string()),
        _ => Ok(()),
    }
}

fn listing_of(book: &Book, id: RecordId) -> Result<Option<i64>, StoreError> {
    let mut statement = book.connection.prepare_cached("SELECT row FROM listing WHERE noun = ?1 AND number = ?2")?;
    Ok(statement.query_row((id.noun.prefix(), id.number), |found| found.get(0)).optional()?)
}

fn happening(record: &Record) -> (Option<String>, Option<i64>, Option<String>) {
    match record.content.when() {
        None => (None, None, None),
        Some(when) => (
            Some(when.london_date().to_string()),
            Some(when.sort_key()),
            Some(serde_json::to_string(when).expect("a time is plain data")),
        ),
    }
}

fn list_new(book: &Book, record: &Record, row: i64, title: &str) -> Result<i64, StoreError> {
    let (day, moment, happened) = happening(record);
    let noun = record.id.noun;
    let precedence = Noun::ALL.iter().position(|other| *other == noun).unwrap_or_default();
    let mut insert = book.connection.prepare_cached(
        "INSERT INTO listing (noun, number, precedence, timeline, current, version, written_at, day, moment, happened, title)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?;
    insert.execute(rusqlite::params![
        noun.prefix(),
        record.id.number,
        Count::from(precedence),
        noun.in_timeline(),
        row,
        record.version,
        record.written_at.0,
        day,
        moment,
        happened,
        title,
    ])?;
    Ok(book.connection.last_insert_rowid())
}

fn list_again(book: &Book, record: &Record, row: i64, listing: i64, title: &str) -> Result<(), StoreError> {
    let (day, moment, happened) = happening(record);
    let mut update = book.connection.prepare_cached(
        "UPDATE listing SET current = ?2, version = ?3, day = ?4, moment = ?5, happened = ?6, title = ?7 WHERE row = ?1",
    )?;
    update.execute((listing, row, record.version, day, moment, happened, title))?;
    Ok(())
}

fn put_words(book: &Book, record: &Record, listing: i64, title: String) -> Result<(), StoreError> {
    let mut said = Said::default();
    said.key(record.id.to_string());
    said.take(book, &record.content)?;
    for paper in std::mem::take(&mut said.papers) {
        said.key(format!("{FILE}{paper}"));
        if let Some(words) = book.expect_words(&paper)? {
            said.line(&words);
        }
    }
    let folded = folded_apart(&[&title, &said.text, &said.names, &said.files]);
    let columns = [title, said.text, said.names, said.addresses, said.files, folded];
    gathered::put_words(book, gathered::Words { listing, columns })?;
    gathered::put_named(book, listing, said.keys)
}

fn put_message_key(book: &Book, message: &Message, listing: i64) -> Result<(), StoreError> {
    let mut insert = book.connection.prepare_cached(
        "INSERT INTO message_key (listing, message_id, fingerprint, original, channel)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    insert.execute((
        listing,
        &message.thread.message_id,
        message.fingerprint.map(|digest| digest.0),
        message.place.as_ref().map(|place| place.original.0),
        message.channel.word(),
    ))?;
    book.likeness.borrow_mut().add(message.fingerprint.as_ref(), message.thread.message_id.as_deref());
    Ok(())
}

/// Makes the words anew of all but people that stand under this key.
pub(super) fn refresh_those_under(book: &Book, key: &str) -> Result<(), StoreError> {
    gathered::write(book)?;
    let mut statement = book.connection.prepare(
        "SELECT l.row, r.noun, r.number, r.version, r.body FROM named AS n
         JOIN listing AS l ON l.row = n.listing JOIN record AS r ON r.row = l.current
         WHERE n.key = ?1 AND r.noun <> 'PER' AND r.body IS NOT NULL",
    )?;
    let mut rows = statement.query([key])?;
    let mut naming = Vec::new();
    while let Some(row) = rows.next()? {
        naming.push((row.get::<_, i64>(0)?, (row.get::<_, String>(1)?, row.get::<_, u32>(2)?)));
    }
    drop(rows);
    for (listing, (noun, number)) in naming {
        let Some(record) = book.record(records::record_id(&noun, number)?)? else { continue };
        gathered::remove(book, listing)?;
        put_words(book, &record, listing, record.content.title())?;
    }
    Ok(())
}

impl Said {
    fn line(&mut self, words: &str) {
        add_line(&mut self.text, words);
    }

    fn lines<'a>(&mut self, words: impl IntoIterator<Item = Option<&'a String>>) {
        words.into_iter().flatten().for_each(|words| self.line(words));
    }

    fn key(&mut self, key: String) {
        if !key.is_empty() && !self.keys.contains(&key) {
            self.keys.push(key);
        }
    }

    fn name(&mut self, name: &str) {
        add_line(&mut self.names, name);
        self.named(NAME, &name_key(name));
    }

    fn named(&mut self, how: &str, key: &str) {
        if !key.is_empty() {
            self.key(format!("{how}{key}"));
        }
    }

    fn address(&mut self, address: &Address) {
        if let Some(name) = &address.name {
            add_line(&mut self.names, name);
            // A display name beside an address names nobody: anyone may write any name there.
            if address.address.is_none() {
                self.named(NAME, &name_key(name));
            }
        }
        if let Some(address) = &address.address {
            add_line(&mut self.addresses, address);
            let key = address_key(address);
            if key.starts_with('+') || key.chars().all(|c| c.is_ascii_digit()) {
                add_line(&mut self.addresses, &key);
            }
            let without = untagged(&key);
            if without != key {
                self.named(UNTAGGED, &without);
            }
            self.named(ADDRESS, &key);
        }
    }

    fn file(&mut self, name: &str) {
        add_line(&mut self.files, name);
    }

    /// The names under which an original arrived.
    fn file_of(&mut self, book: &Book, original: &Digest) -> Result<(), StoreError> {
        let mut last = book.arrived_as.borrow_mut();
        if last.as_ref().is_none_or(|(of, _)| of != original) {
            let names = book.arrivals(original)?.into_iter().map(|arrival| arrival.name).collect();
            *last = Some((*original, names));
        }
        last.iter().flat_map(|(_, names)| names).for_each(|name| self.file(name));
        Ok(())
    }

    /// A file of the record, by its type and name.
    fn paper(&mut self, sha256: &Digest, media_type: &str, name: &str) {
        if WordsIn::of(media_type, name).is_some() && !self.papers.contains(sha256) {
            self.papers.push(*sha256);
        }
    }

    /// A kept file that hangs on a record.
    fn attached(&mut self, book: &Book, original: &Digest) -> Result<(), StoreError> {
        self.file_of(book, original)?;
        if let Some(kept) = book.kept(original)? {
            self.paper(original, &kept.arrival.media_type, &kept.arrival.name);
        }
        Ok(())
    }

    fn person(&mut self, book: &Book, id: RecordId) -> Result<(), StoreError> {
        self.key(id.to_string());
        if id.noun == Noun::Person
            && let Some(Record { content: Content::Person(person), .. }) = book.record(id)?
        {
            add_line(&mut self.names, &person.name);
            if let Some(merged) = person.merged
                && let Some(Record { content: Content::Person(root), .. }) = book.record(merged.into)?
            {
                add_line(&mut self.names, &root.name);
            }
        }
        Ok(())
    }

    fn people(&mut self, book: &Book, ids: &[RecordId]) -> Result<(), StoreError> {
        ids.iter().try_for_each(|id| self.person(book, *id))
    }

    pub(super) fn take(&mut self, book: &Book, content: &Content) -> Result<(), StoreError> {
        match content {
            Content::Message(message) => self.message(book, message)?,
            Content::Person(person) => {
                self.name(&person.name);
                self.lines([person.described.as_ref()]);
                for identity in &person.identities {
                    match identity.kind {
                        IdentityKind::Name => self.name(&identity.value),
                        _ => self.address(&Address { name: None, address: Some(identity.value.clone()) }),
                    }
                }
            }
            Content::Incident(incident) => {
                self.line(&incident.what);
                self.lines([
                    incident.said.as_ref(),
                    incident.reason.as_ref(),
                    incident.child_observed.as_ref(),
                    incident.also_known.as_ref(),
                    incident.place.as_ref(),
                    incident.loss.as_ref().map(|loss| &loss.what),
                ]);
                if let Some(by) = &incident.reason_by {
                    self.name(by);
                }
                self.people(book, &incident.with)?;
                self.people(book, &incident.children)?;
                incident.attachments.iter().try_for_each(|original| self.attached(book, original))?;
            }
            Content::Step(step) => {
                self.line(&step.what);
                self.lines([
                    step.reference.as_ref(),
                    step.which.as_ref(),
                    step.how.as_ref(),
                    step.outcome.as_ref(),
                    step.place.as_ref(),
                ]);
                self.people(book, &step.with)?;
                step.attachments.iter().try_for_each(|original| self.attached(book, original))?;
            }
            Content::Document(document) => {
                self.line(document.kind.plain());
                self.file(&document.name);
                self.file_of(book, &document.original)?;
                self.paper(&document.original, &document.media_type, &document.name);
                if let Some(by) = &document.by {
                    self.name(by);
                }
                let heard = document.recording.as_ref().and_then(|recording| recording.heard.as_ref());
                self.lines([heard, document.words.as_ref()]);
            }
            Content::Order(order) => {
                self.lines([order.court.as_ref(), order.case_number.as_ref()]);
                if let Some(by) = &order.by {
                    self.name(by);
                }
                for paragraph in &order.paragraphs {
                    self.line(&format!("{} {}", paragraph.number, paragraph.words));
                }
            }
            Content::Note(note) => self.line(&note.text),
            Content::Case(case) => {
                self.lines([case.court.as_ref(), case.number.as_ref()]);
                self.people(book, &case.children)?;
                case.me.iter().chain(&case.other).try_for_each(|id| self.person(book, *id))?;
            }
            Content::Bundle(bundle) => {
                self.file(&bundle.file);
                self.lines([bundle.reader.as_ref(), bundle.purpose.as_ref()]);
            }
            Content::Import(import) => {
                import.sources.iter().for_each(|source| self.file(&source.path));
                // Thousands, none of them twice in a row: they are not looked for among the keys before.
                let places = import.sources.iter().flat_map(|source| &source.places);
                self.keys.extend(places.map(|place| place.record.to_string()));
                let differences = import.sources.iter().flat_map(|source| &source.differences);
                let both = differences.flat_map(|one| [Some(one.earlier), one.later]).flatten();
                self.keys.extend(both.map(|id| id.to_string()));
                import.assumptions.iter().for_each(|assumption| self.line(assumption));
            }
            Content::Mark(mark) => self.lines([mark.why.as_ref()]),
            Content::Choice(choice) => self.lines([choice.exhibit.as_ref()]),
            Content::Word(word) => self.line(&word.words),
            Content::Link(_) => {}
        }
        Ok(())
    }

    fn message(&mut self, book: &Book, message: &Message) -> Result<(), StoreError> {
        if let Some(subject) = &message.subject {
            self.line(subject);
        }
        self.line(&message.text);
        for address in message.from.iter().chain(&message.to).chain(&message.cc) {
            self.address(address);
        }
        self.people(book, &message.with)?;
        self.thread(message);
        for attachment in &message.attachments {
            if let Some(name) = &attachment.name {
                self.file(name);
            }
            let name = attachment.name.as_deref().unwrap_or_default();
            self.paper(&attachment.sha256, &attachment.media_type, name);
        }
        match &message.place {
            Some(place) => self.file_of(book, &place.original),
            None => Ok(()),
        }
    }
}

impl Said {
    fn thread(&mut self, message: &Message) {
        let answered = message.answers().into_iter().map(|id| ThreadKey::MessageId(id.to_owned()));
        let keys: Vec<String> =
            answered.chain(message.chat_key()).chain(message.subject_key()).map(|key| thread_key(&key)).collect();
        for key in keys {
            self.key(key);
        }
    }
}

fn add_line(to: &mut String, words: &str) {
    if !words.is_empty() {
        if !to.is_empty() {
            to.push('\n');
        }
        to.push_str(words);
    }
}

/// What stands before a key in the table `named`.
pub(super) const NAME: &str = "name:";
pub(super) const ADDRESS: &str = "at:";
pub(super) const FILE: &str = "file:";
const UNTAGGED: &str = "box:";

/// A key of a conversation as the table `named` has it.
pub(super) fn thread_key(key: &ThreadKey) -> String {
    match key {
        ThreadKey::MessageId(id) => format!("answers:{id}"),
        ThreadKey::Chat(chat) => format!("chat:{chat}"),
        ThreadKey::Subject(subject) => format!("subject:{subject}"),
    }
}

/// Every key under which a record may name this person.
pub(super) fn keys_of_person(id: RecordId, person: Option<&Person>) -> Vec<String> {
    let mut keys = vec![id.to_string()];
    if let Some(person) = person {
        keys.push(format!("{NAME}{}", name_key(&person.name)));
        for identity in &person.identities {
            let key = identity.key();
            if identity.kind == IdentityKind::Name {
                keys.push(format!("{NAME}{key}"));
            } else {
                let without = untagged(&key);
                keys.push(format!("{UNTAGGED}{without}"));
                keys.push(format!("{ADDRESS}{without}"));
                keys.push(format!("{ADDRESS}{key}"));
            }
        }
    }
    keys
}

impl Book {
    /// Makes the rebuildable chapter again from the evidence, in one transaction. Nothing of the
    /// evidence is touched.
    ///
    /// # Errors
    /// A body cannot be read, or writing failed; then all is as it was.
    pub fn rebuild(&mut self) -> Result<(), StoreError> {
        self.begin()?;
        let done = self.rebuild_within().and_then(|()| Ok(self.connection.execute_batch("COMMIT")?));
        if done.is_err() {
            self.roll_back();
        }
        done
    }

    pub(super) fn rebuild_within(&self) -> Result<(), StoreError> {
        self.connection
            .execute_batch("DELETE FROM message_key; DELETE FROM named; INSERT INTO words (words) VALUES ('delete-all'); DELETE FROM file_words; DELETE FROM listing;")?;
        let mut statement = self
            .connection
            .prepare("SELECT noun, number, version, body, row FROM record WHERE body IS NOT NULL ORDER BY row")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let record = records::read_body(row)?.read()?;
            put(self, &record, row.get(4)?)?;
        }
        gathered::write(self)
    }
}
