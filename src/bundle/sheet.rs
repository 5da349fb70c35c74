//! A sheet: pages of our own made of parts: headings, own words, lists, totals, tables. The papers for
//! mediation and for a call are one sheet; an archive has several.

use super::plan::{Field, Rich};

/// One sheet, which may have several pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// `Summary for mediation`.
    pub title: String,
    /// What it is, for whom.
    pub subtitle: Rich,
    /// How its words are set.
    pub pace: Pace,
    /// In order.
    pub parts: Vec<SheetPart>,
}

/// How the running words of a sheet are set. The type is the same in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// 12 on 18 points, as a party's own words are.
    Running,
    /// 12 on 15 points with narrower margins above and below: a sheet that has to hold on one page.
    Dense,
}

/// A part of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetPart {
    /// A heading, which keeps with what follows.
    Heading(String),
    /// A paragraph of somebody's words, in Serif.
    Words(Rich),
    /// A remark of ours, in Sans.
    Remark(Rich),
    /// Somebody's words as a numbered list.
    Numbered(Vec<String>),
    /// Two lists of one width, type and leading: neither weighs more.
    SideBySide([(String, Vec<String>); 2]),
    /// Figures, the denominator first.
    Totals(Vec<TotalRow>),
    /// Labels and words.
    Fields(Vec<Field>),
    /// A table that may run over pages.
    Table(SheetTable),
}

/// A figure and what it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotalRow {
    /// `Not held: cancelled by me`.
    pub label: String,
    /// `2`; an en dash for none.
    pub figure: String,
    /// It is what the others are a part of.
    pub denominator: bool,
}

/// A table of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetTable {
    /// Its columns; exactly one has no width of its own.
    pub columns: Vec<SheetColumn>,
    /// Its rows, as many cells each as there are columns.
    pub rows: Vec<Vec<Rich>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetColumn {
    /// Its head.
    pub head: String,
    /// Its width in mm; `None`: what the others leave.
    pub width: Option<u16>,
    /// What stands in it.
    pub holds: Holds,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Labels, names of records, dates: in Sans.
    Labels,
    /// Numbers, flush right.
    Numbers,
    /// Somebody's words, in Serif.
    Words,
}

impl SheetColumn {
    /// A column of labels of this width in mm.
    #[must_use]
    pub fn labels(head: &str, width: u16) -> Self {
        SheetColumn { head: head.to_owned(), width: Some(width), holds: Holds::Labels }
    }

    /// The column that takes what the others leave.
    #[must_use]
    pub fn rest(head: &str, holds: Holds) -> Self {
        SheetColumn { head: head.to_owned(), width: None, holds }
    }

    /// A column of numbers of this width in mm.
    #[must_use]
    pub fn numbers(head: &str, width: u16) -> Self {
        SheetColumn { head: head.to_owned(), width: Some(width), holds: Holds::Numbers }
    }
}
