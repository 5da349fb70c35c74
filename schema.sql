-- A Daybook book: one SQLite file (or one SQLCipher 4 file with a passphrase). This file always shows the present.
-- Chapter one is evidence: never changed, never derived. Chapter two can be thrown away and made again from chapter one.
-- Moments are whole milliseconds since 1970-01-01T00:00:00Z unless a comment says otherwise. A digest is the 32 bytes of
-- a SHA-256. NULL means "not known" or what the comment says, never "nothing".

PRAGMA application_id = 0x44594244; -- "DYBD": this file is a Daybook book.
PRAGMA user_version = 4;            -- The step of src/store/migrations this schema is.

-- ============================================================================================================
-- Chapter one: EVIDENCE
-- ============================================================================================================

-- The book itself: exactly one row, written when the book is made.
CREATE TABLE book (
  one      INTEGER PRIMARY KEY CHECK (one = 1), -- Keeps it one row.
  id       TEXT    NOT NULL CHECK (length(id) = 32 AND id NOT GLOB '*[^0-9a-f]*'), -- Chance, in hexadecimal: its name in checkpoints.
  practice INTEGER NOT NULL CHECK (practice IN (0, 1)), -- 1: for practice; every page of every paper is marked.
  made_at  INTEGER NOT NULL
) STRICT;

-- One entry of the journal, in which every transaction that adds evidence ends.
-- The chain can be checked with sha256sum and a shell:
--   leaf = SHA-256(entry);  head = SHA-256(prev in hexadecimal, one space, leaf in hexadecimal, newline).
CREATE TABLE journal (
  seq      INTEGER PRIMARY KEY CHECK (seq >= 1),        -- From 1, without gaps.
  entry    TEXT    NOT NULL,                            -- The lines exactly as hashed; docs/decisions/record-bodies-and-views.md.
  prev     BLOB    NOT NULL CHECK (length(prev) = 32),  -- The head before; 32 zero bytes before the first.
  leaf     BLOB    NOT NULL CHECK (length(leaf) = 32),
  head     BLOB    NOT NULL CHECK (length(head) = 32),
  evidence INTEGER NOT NULL CHECK (evidence IN (0, 1))  -- 0: it added nothing but editions of papers (BND), so the head papers print stays.
) STRICT;
CREATE INDEX journal_evidence ON journal (seq) WHERE evidence = 1;

-- One version of a record. A correction is a further row; no row ever changes.
CREATE TABLE record (
  row     INTEGER PRIMARY KEY CHECK (row >= 1),         -- The order in which versions were written, from 1, without gaps.
  noun    TEXT    NOT NULL CHECK (noun IN ('CAS','PER','INC','MSG','DOC','ORD','STP','NOT','BND','IMP','LNK','MRK','CHO','CNF')),
  number  INTEGER NOT NULL CHECK (number >= 1),         -- INC-41 is noun INC, number 41. Never given twice.
  version INTEGER NOT NULL CHECK (version >= 1),        -- 1, then one more for each correction.
  body    TEXT             CHECK (body <> ''),          -- JSON exactly as hashed, 32 bytes of salt inside. NULL: erased, see erasure.
  sha256  BLOB    NOT NULL CHECK (length(sha256) = 32), -- Of the body's UTF-8 bytes. Stays when the body is erased.
  entry   INTEGER NOT NULL REFERENCES journal (seq) DEFERRABLE INITIALLY DEFERRED, -- The journal entry that lists it.
  UNIQUE (noun, number, version)
) STRICT;
CREATE INDEX record_entry ON record (entry);

-- Bytes that are arriving or have arrived. Until an original stands on it, a receiving may be swept away.
CREATE TABLE receiving (
  number   INTEGER PRIMARY KEY AUTOINCREMENT,
  process  INTEGER,                                     -- The process that receives; while it lives nobody else sweeps. NULL: kept.
  sha256   BLOB    CHECK (length(sha256) = 32)          -- Of all its bytes. NULL: still arriving.
) STRICT;
CREATE INDEX receiving_sha256 ON receiving (sha256);
CREATE INDEX receiving_unkept ON receiving (number) WHERE process IS NOT NULL;

-- One piece of what was received: 1 MiB each, the last one shorter. An empty file has none.
CREATE TABLE chunk (
  row       INTEGER PRIMARY KEY,
  receiving INTEGER NOT NULL REFERENCES receiving (number),
  place     INTEGER NOT NULL CHECK (place >= 0),        -- From 0.
  bytes     BLOB    NOT NULL CHECK (length(bytes) BETWEEN 1 AND 1048576),
  UNIQUE (receiving, place)
) STRICT;

-- One original: bytes as they were received, kept for good. The same bytes twice are one original.
CREATE TABLE original (
  sha256    BLOB    PRIMARY KEY CHECK (length(sha256) = 32),
  bytes     INTEGER NOT NULL CHECK (bytes >= 0),        -- How many.
  receiving INTEGER NOT NULL UNIQUE REFERENCES receiving (number), -- Where its chunks hang.
  kept_at   INTEGER NOT NULL,
  entry     INTEGER NOT NULL REFERENCES journal (seq) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX original_entry ON original (entry);

-- One arrival of an original: the receipt. The same bytes under another name are a further arrival.
CREATE TABLE arrival (
  number   INTEGER PRIMARY KEY CHECK (number >= 1),     -- From 1, without gaps.
  original BLOB    NOT NULL REFERENCES original (sha256),
  body     TEXT    NOT NULL CHECK (body <> ''),          -- JSON exactly as hashed: name, media type, device, moment, version of Daybook, salt.
  sha256   BLOB    NOT NULL CHECK (length(sha256) = 32), -- Of the body's UTF-8 bytes.
  entry    INTEGER NOT NULL REFERENCES journal (seq) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX arrival_original ON arrival (original);
CREATE INDEX arrival_entry ON arrival (entry);

-- One recorded erasure: the only thing that lets bytes go. The digest stays, so the chain still closes.
CREATE TABLE erasure (
  number    INTEGER PRIMARY KEY CHECK (number >= 1),    -- From 1, without gaps.
  sha256    BLOB    NOT NULL UNIQUE CHECK (length(sha256) = 32), -- Of the record version or the original whose bytes went.
  why       TEXT    NOT NULL,                           -- In the user's words.
  erased_at INTEGER NOT NULL,
  entry     INTEGER NOT NULL REFERENCES journal (seq) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX erasure_entry ON erasure (entry);

-- The seat-belt: evidence is added to and nothing else. A BEFORE INSERT trigger asks for the next number, so that
-- INSERT OR REPLACE and ON CONFLICT DO UPDATE are refused too, whatever pragmas the connection has set.
-- It guards against slips, not against an owner with tools; the chain and its heads given to others are for that.

CREATE TRIGGER book_one BEFORE INSERT ON book WHEN EXISTS (SELECT 1 FROM book)
BEGIN SELECT RAISE(ABORT, 'evidence: a book is made once'); END;
CREATE TRIGGER book_update BEFORE UPDATE ON book BEGIN SELECT RAISE(ABORT, 'evidence: nothing is changed'); END;
CREATE TRIGGER book_delete BEFORE DELETE ON book BEGIN SELECT RAISE(ABORT, 'evidence: nothing is removed'); END;

CREATE TRIGGER journal_next BEFORE INSERT ON journal
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM journal)
  OR NEW.prev IS NOT coalesce((SELECT head FROM journal ORDER BY seq DESC LIMIT 1), zeroblob(32))
BEGIN SELECT RAISE(ABORT, 'evidence: the next entry follows the last head'); END;
CREATE TRIGGER journal_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'evidence: nothing is changed'); END;
CREATE TRIGGER journal_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'evidence: nothing is removed'); END;

-- FAIL, not ABORT: SQLite then needs no copy of the pages to go back to, and a statement of one row has nothing to take back.
CREATE TRIGGER record_next BEFORE INSERT ON record
WHEN NEW.row IS NOT (SELECT coalesce(max(row), 0) + 1 FROM record)
  OR NEW.body IS NULL
  OR NEW.version IS NOT (SELECT coalesce(max(version), 0) + 1 FROM record WHERE noun = NEW.noun AND number = NEW.number)
  OR (NEW.version = 1 AND NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM record WHERE noun = NEW.noun))
BEGIN SELECT RAISE(FAIL, 'evidence: the next version follows the last'); END;
CREATE TRIGGER record_update BEFORE UPDATE ON record
WHEN NEW.body IS NOT NULL OR NEW.row IS NOT OLD.row OR NEW.noun IS NOT OLD.noun OR NEW.number IS NOT OLD.number
  OR NEW.version IS NOT OLD.version OR NEW.sha256 IS NOT OLD.sha256 OR NEW.entry IS NOT OLD.entry
  OR NOT EXISTS (SELECT 1 FROM erasure WHERE sha256 = OLD.sha256)
BEGIN SELECT RAISE(ABORT, 'evidence: nothing is changed'); END;
CREATE TRIGGER record_delete BEFORE DELETE ON record BEGIN SELECT RAISE(ABORT, 'evidence: nothing is removed'); END;

CREATE TRIGGER receiving_next BEFORE INSERT ON receiving
WHEN EXISTS (SELECT 1 FROM receiving WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'evidence: a receiving is begun once'); END;
CREATE TRIGGER receiving_update BEFORE UPDATE ON receiving
WHEN NEW.number IS NOT OLD.number OR (OLD.sha256 IS NOT NULL AND NEW.sha256 IS NOT OLD.sha256)
  OR EXISTS (SELECT 1 FROM original WHERE receiving = OLD.number)
BEGIN SELECT RAISE(ABORT, 'evidence: nothing is changed'); END;
CREATE TRIGGER receiving_delete BEFORE DELETE ON receiving
WHEN EXISTS (SELECT 1 FROM original WHERE receiving = OLD.number)
BEGIN SELECT RAISE(ABORT, 'evidence: nothing is removed'); END;

CREATE TRIGGER chunk_next BEFORE INSERT ON chunk
WHEN EXISTS (SELECT 1 FROM original WHERE receiving = NEW.receiving)
  OR EXISTS (SELECT 1 FROM chunk WHERE row = NEW.row)
  OR NEW.place IS NOT (SELECT coalesce(max(place), -1) + 1 FROM chunk WHERE receiving = NEW.receiving)
BEGIN SELECT RAISE(ABORT, 'evidence: chunks arrive in order, before they are kept'); END;
CREATE TRIGGER chunk_update BEFORE UPDATE ON chunk BEGIN SELECT RAISE(ABORT, 'evidence: nothing is changed'); END;
CREATE TRIGGER chunk_delete BEFORE DELETE ON chunk
WHEN EXISTS (SELECT 1 FROM original WHERE receiving = OLD.receiving
             AND NOT EXISTS (SELECT 1 FROM erasure WHERE erasure.sha256 = original.sha256))
BEGIN SELECT RAISE(ABORT, 'evidence: nothing is removed'); END;

CREATE TRIGGER original_next BEFORE INSERT ON original
WHEN EXISTS (SELECT 1 FROM original WHERE sha256 = NEW.sha256 OR receiving = NEW.receiving)
BEGIN SELECT RAISE(ABORT, 'evidence: an original is kept once'); END;
CREATE TRIGGER original_update BEFORE UPDATE ON original BEGIN SELECT RAISE(ABORT, 'evidence: nothing is changed'); END;
CREATE TRIGGER original_delete BEFORE DELETE ON original BEGIN SELECT RAISE(ABORT, 'evidence: nothing is removed'); END;

CREATE TRIGGER arrival_next BEFORE INSERT ON arrival
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM arrival)
BEGIN SELECT RAISE(ABORT, 'evidence: the next arrival follows the last'); END;
CREATE TRIGGER arrival_update BEFORE UPDATE ON arrival BEGIN SELECT RAISE(ABORT, 'evidence: nothing is changed'); END;
CREATE TRIGGER arrival_delete BEFORE DELETE ON arrival BEGIN SELECT RAISE(ABORT, 'evidence: nothing is removed'); END;

CREATE TRIGGER erasure_next BEFORE INSERT ON erasure
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM erasure)
  OR EXISTS (SELECT 1 FROM erasure WHERE sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'evidence: the next erasure follows the last'); END;
CREATE TRIGGER erasure_update BEFORE UPDATE ON erasure BEGIN SELECT RAISE(ABORT, 'evidence: nothing is changed'); END;
CREATE TRIGGER erasure_delete BEFORE DELETE ON erasure BEGIN SELECT RAISE(ABORT, 'evidence: nothing is removed'); END;

-- ============================================================================================================
-- Chapter two: READABLE. Everything below is made from chapter one and can be made again (`Book::rebuild`). Its tables name
-- rows of one another without REFERENCES: `Book::check` compares them with chapter one, and a reference would be looked up
-- for every row of an import.
-- ============================================================================================================

-- One row a record, as lists show its current version.
CREATE TABLE listing (
  row        INTEGER PRIMARY KEY,
  noun       TEXT    NOT NULL,
  number     INTEGER NOT NULL,
  precedence INTEGER NOT NULL,  -- Where the noun stands among nouns of the same moment, from 0.
  timeline   INTEGER NOT NULL CHECK (timeline IN (0, 1)), -- 1: the timeline shows this noun.
  current    INTEGER NOT NULL,  -- record.row of the current version.
  version    INTEGER NOT NULL,
  written_at INTEGER NOT NULL,  -- Of the first version.
  day        TEXT,              -- When it happened: the London date, 2026-03-06. NULL: not known.
  moment     INTEGER,           -- When it happened, as times sort among each other. NULL: not known.
  happened   TEXT,              -- When it happened: words, reading, zone. NULL: not known.
  title      TEXT    NOT NULL,
  UNIQUE (noun, number)
) STRICT;
CREATE INDEX listing_by_time ON listing (day, moment, precedence, number) WHERE timeline = 1;

-- One row for each way a record names somebody or belongs to a conversation: `PER-3`; `at:sam+school@example.org` and, only
-- then, `box:sam@example.org`, the same without what follows the plus; `at:+447700900123`; `name:sam reed`, a name with no address
-- beside it; `answers:<Message-ID>`; `chat:whatsapp sam reed`; `subject:email this weekend`, of a message that refers to none;
-- `file:<SHA-256>`, of a file that may hold words.
CREATE TABLE named (
  key     TEXT    NOT NULL, -- An id as it is; addresses and names lower-cased, numbers in E.164 where that can be told.
  listing INTEGER NOT NULL, -- listing.row
  PRIMARY KEY (key, listing)
) STRICT, WITHOUT ROWID;
CREATE INDEX named_listing ON named (listing);

-- One row a message: what makes two copies the same, and where it was read.
CREATE TABLE message_key (
  listing     INTEGER PRIMARY KEY, -- listing.row
  message_id  TEXT,  -- Without angle brackets. NULL: it has none.
  fingerprint BLOB,  -- SHA-256 over sender, moment, subject, text, attachments. NULL: not reckoned (typed in).
  original    BLOB,  -- The original it was read from. NULL: typed in.
  channel     TEXT NOT NULL -- How it was sent: `email`, `sms`, `whatsapp` …
) STRICT;
CREATE INDEX message_key_message_id ON message_key (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX message_key_fingerprint ON message_key (fingerprint) WHERE fingerprint IS NOT NULL;
CREATE INDEX message_key_original ON message_key (original) WHERE original IS NOT NULL;

-- One row a file that may hold words: a PDF, a Word document, a calendar, a web page, plain text; kept by itself or come with a
-- message. Whoever searches next has those read that were not (`Book::unread`), apart from the book's own process.
CREATE TABLE file_words (
  sha256 BLOB    PRIMARY KEY CHECK (length(sha256) = 32), -- Of the file's bytes.
  text   TEXT,                                            -- Its words, a form feed between two pages. Empty: none stand in it. NULL: not read.
  pages  INTEGER,                                         -- How many pages were read. NULL: it has none.
  cut    INTEGER NOT NULL DEFAULT 0 CHECK (cut IN (0, 1)), -- 1: it has more than was read.
  why    TEXT                                             -- Why its words could not be read.
) STRICT;
CREATE INDEX file_words_unread ON file_words (sha256) WHERE text IS NULL AND why IS NULL;

-- The words of every record's current version; rowid is listing.row. `zoe` finds Zoë. Numbers stand in `addresses` as written
-- and in E.164. `folded` holds all words again where they have letters that are no letter with an accent (ł, ø, ß, æ), each
-- as the letters one types instead, so that `lodz` finds Łódź; it is empty otherwise. Only the index is kept, not the words a
-- second time: what a hit shows is read from its record.
CREATE VIRTUAL TABLE words USING fts5 (
  title, text, names, addresses, files, folded,
  content = '', contentless_delete = 1,
  tokenize = 'unicode61 remove_diacritics 2'
);

-- The current version of every record, for the views below and for anyone with the sqlite3 tool.
CREATE VIEW present AS
SELECT r.noun || '-' || r.number AS id, r.noun, r.number, r.version, l.written_at, l.day, l.title, r.body -> '$.content' AS content
FROM record AS r JOIN listing AS l ON l.current = r.row;

CREATE VIEW cases AS
SELECT id, version, content ->> '$.case.court' AS court, content ->> '$.case.number' AS case_number,
       content ->> '$.case.applicant' AS applicant, content ->> '$.case.hearing.when.words' AS hearing
FROM present WHERE noun = 'CAS';

CREATE VIEW people AS
SELECT id, version, content ->> '$.person.name' AS name, content ->> '$.person.role' AS role,
       content ->> '$.person.described' AS described, content ->> '$.person.born' AS born,
       content -> '$.person.identities' AS identities
FROM present WHERE noun = 'PER';

CREATE VIEW incidents AS
SELECT id, version, day, content ->> '$.incident.kind' AS kind, content ->> '$.incident.basis' AS basis,
       content ->> '$.incident.due.start' AS due, content ->> '$.incident.until.start' AS until,
       content ->> '$.incident.place' AS place, content ->> '$.incident.what' AS what,
       content ->> '$.incident.said' AS said, content ->> '$.incident.reason' AS reason,
       content ->> '$.incident.loss.pence' AS loss_pence
FROM present WHERE noun = 'INC';

CREATE VIEW messages AS
SELECT id, version, day, content ->> '$.message.channel' AS channel, content ->> '$.message.sent.words' AS sent,
       content -> '$.message.from' AS sender, content -> '$.message.to' AS recipients,
       content ->> '$.message.subject' AS subject, content ->> '$.message.text' AS text,
       content ->> '$.message.thread.message_id' AS message_id, content ->> '$.message.place.original' AS original
FROM present WHERE noun = 'MSG';

CREATE VIEW documents AS
SELECT id, version, day, content ->> '$.document.kind' AS kind, content ->> '$.document.title' AS title,
       content ->> '$.document.by' AS made_by, content ->> '$.document.name' AS name,
       content ->> '$.document.media_type' AS media_type, content ->> '$.document.bytes' AS bytes,
       content ->> '$.document.original' AS original
FROM present WHERE noun = 'DOC';

CREATE VIEW orders AS
SELECT id, version, day, content ->> '$.order.title' AS title, content ->> '$.order.court' AS court,
       content ->> '$.order.case_number' AS case_number, content ->> '$.order.by' AS made_by,
       content ->> '$.order.document' AS document, content -> '$.order.paragraphs' AS paragraphs
FROM present WHERE noun = 'ORD';

CREATE VIEW steps AS
SELECT id, version, day, content ->> '$.step.kind' AS kind, content ->> '$.step.what' AS what,
       content ->> '$.step.reference' AS reference, content -> '$.step.with' AS with_people
FROM present WHERE noun = 'STP';

CREATE VIEW notes AS
SELECT id, version, day, content ->> '$.note.text' AS text, content ->> '$.note.about' AS about
FROM present WHERE noun = 'NOT';

CREATE VIEW bundles AS
SELECT id, version, written_at, content ->> '$.bundle.profile' AS profile, content ->> '$.bundle.to' AS reader_kind,
       content ->> '$.bundle.reader' AS reader, content ->> '$.bundle.file' AS file,
       content ->> '$.bundle.pages' AS pages, content ->> '$.bundle.sha256' AS sha256
FROM present WHERE noun = 'BND';

CREATE VIEW imports AS
SELECT id, version, written_at, content ->> '$.import.begun' AS begun, content ->> '$.import.finished' AS finished,
       content ->> '$.import.from_device' AS from_device, content -> '$.import.totals' AS totals
FROM present WHERE noun = 'IMP';

CREATE VIEW links AS
SELECT id, version, content ->> '$.link.from' AS from_record, content ->> '$.link.kind' AS kind,
       content ->> '$.link.to' AS to_record, content ->> '$.link.withdrawn' AS withdrawn
FROM present WHERE noun = 'LNK';

CREATE VIEW marks AS
SELECT id, version, content ->> '$.mark.on' AS on_record, content ->> '$.mark.privilege' AS privilege,
       content ->> '$.mark.confidential' AS confidential, content ->> '$.mark.keep_out_of' AS keep_out_of,
       content ->> '$.mark.let_into' AS let_into, content ->> '$.mark.why' AS why
FROM present WHERE noun = 'MRK';

CREATE VIEW choices AS
SELECT id, version, content ->> '$.choice.profile' AS profile, content -> '$.choice.records' AS records,
       content ->> '$.choice.exhibit' AS exhibit, content ->> '$.choice.section' AS section,
       content ->> '$.choice.withdrawn' AS withdrawn
FROM present WHERE noun = 'CHO';

CREATE VIEW confidential_words AS
SELECT id, version, content ->> '$.word.kind' AS kind, content ->> '$.word.words' AS words,
       content ->> '$.word.withdrawn' AS withdrawn
FROM present WHERE noun = 'CNF';

-- Kept originals with how they first arrived.
CREATE VIEW originals AS
SELECT lower(hex(o.sha256)) AS sha256, o.bytes, o.kept_at, a.body ->> '$.name' AS name,
       a.body ->> '$.media_type' AS media_type, a.body ->> '$.from_device' AS from_device
FROM original AS o JOIN arrival AS a ON a.number = (SELECT min(number) FROM arrival WHERE original = o.sha256);
