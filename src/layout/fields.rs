//! Labelled fields: a label in Sans at the left, words in Serif beside it.

use super::galley::{Align, Cell, Galley, Row, mm};
use super::setting::Piece;
use super::style::Style;
use crate::bundle::{Field, Rich};

/// The space between a label and its words.
const AFTER_LABEL: f32 = mm(3.0);

impl Galley<'_> {
    /// A list of fields, labels `label` points wide, `pad` above and below each.
    pub(super) fn fields(&mut self, fields: &[Field], label: f32, pad: f32) {
        for field in fields {
            let cells = self.field(&field.label, &field.value, field.small.as_deref(), label);
            self.row(&cells, &Row { pad, ..Row::default() });
        }
    }

    /// A field of plain words.
    pub(super) fn plain_field(&mut self, label: &str, words: &str, label_width: f32, pad: f32) {
        let value = vec![vec![crate::bundle::Span::Text(words.to_owned())]];
        let cells = self.field(label, &value, None, label_width);
        self.row(&cells, &Row { pad, ..Row::default() });
    }

    fn field(&mut self, label: &str, value: &[Rich], small: Option<&str>, label_width: f32) -> [Cell; 2] {
        let x = label_width + AFTER_LABEL;
        let width = self.width() - x;
        let mut cell = Cell { x, width, align: Align::Left, blocks: Vec::new() };
        for (i, paragraph) in value.iter().enumerate() {
            let pieces = self.rich(paragraph, Style::WORDS);
            let set = self.set(&pieces, width);
            cell.blocks.push((set, 15.0, if i == 0 { 0.0 } else { 6.0 }));
        }
        if let Some(small) = small {
            let set = self.set(&[Piece::plain(small, Style::SMALL)], width);
            cell.blocks.push((set, 15.0, 0.0));
        }
        [self.text(0.0, label_width, Align::Left, label, Style::LABEL), cell]
    }
}
