//! Why an action could not be done.

use std::io;
use std::path::PathBuf;

use crate::bundle::PlanError;
use crate::layout::LayoutError;
use crate::model::when::WhenError;
use crate::model::{Finding, NotARecordId, Noun, RecordId};
use crate::pdf::{ComposeError, PdfError};
use crate::store::StoreError;

/// Why an action could not be done. `cli` turns each into what, why and what to do next.
#[derive(Debug, thiserror::Error)]
pub enum ActionError {
    /// The book could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file could not be read or written.
    #[error("{} could not be used", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// What was typed is no date.
    #[error(transparent)]
    When(#[from] WhenError),
    /// What was typed is no name of a record.
    #[error(transparent)]
    NotAnId(#[from] NotARecordId),
    /// The book has no such record.
    #[error("this book has no {id}")]
    UnknownId {
        /// What was asked for.
        id: RecordId,
    },
    /// The record is of another kind than is needed here.
    #[error("{id} is not {wanted}")]
    WrongNoun {
        /// What was given.
        id: RecordId,
        /// What is needed, with its article: `an order`.
        wanted: &'static str,
    },
    /// Nobody of this name is in the book.
    #[error("nobody called “{name}” is in this book")]
    UnknownPerson {
        /// What was given.
        name: String,
        /// Those who are.
        known: Vec<String>,
        /// A child was asked for.
        child: bool,
    },
    /// Several people may be meant.
    #[error("“{name}” may be several people")]
    SeveralPeople {
        /// What was given.
        name: String,
        /// Who may be meant.
        candidates: Vec<String>,
    },
    /// Something ended before it began.
    #[error("the end is before the start")]
    EndBeforeStart {
        /// The start in full.
        start: String,
        /// The end in full.
        end: String,
    },
    /// A field that records of this kind do not have.
    #[error("{} has no field “{name}”", noun.word())]
    UnknownField {
        /// The kind of record.
        noun: Noun,
        /// What was given.
        name: String,
        /// The fields there are.
        known: Vec<&'static str>,
    },
    /// A word that is not one of those offered.
    #[error("“{given}” is not one of the words for {what}")]
    UnknownWord {
        /// Of what: `kind`.
        what: &'static str,
        /// What was given.
        given: String,
        /// What may be given.
        words: Vec<&'static str>,
    },
    /// Records of this kind are not corrected in place.
    #[error("{id} cannot be corrected this way")]
    CannotAmend {
        /// Which.
        id: RecordId,
        /// What to do instead.
        next: &'static str,
    },
    /// A paper could not be planned.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// A paper could not be laid out.
    #[error(transparent)]
    Layout(#[from] LayoutError),
    /// A paper could not be drawn.
    #[error(transparent)]
    Compose(#[from] ComposeError),
    /// A paper could not be put together or read.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// A finding stops a paper.
    #[error("{}: {}", finding.place, finding.what)]
    Blocked {
        /// The gravest.
        finding: Box<Finding>,
        /// How many more there are.
        more: usize,
    },
    /// A finished paper does not agree with its plan. It was not handed over.
    #[error("the finished paper is not the one that was planned: {}: {}", finding.place, finding.what)]
    NotAsPlanned {
        /// The gravest disagreement.
        finding: Box<Finding>,
        /// How many more there are.
        more: usize,
    },
    /// What was asked for makes no sense together, or says nothing.
    #[error("{what}")]
    Refused {
        /// A short stable word for programs.
        kind: &'static str,
        /// What, as a sentence without a full stop.
        what: String,
        /// Why.
        why: String,
        /// What to do next.
        next: String,
    },
}

impl ActionError {
    /// An I/O error with its path.
    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| ActionError::File { path, source }
    }
}
