//! Pages of others in the file that is written: received from whoever copies them, completed with
//! our number and written as pages of the paper.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::PdfError;
use super::exhibit::{CopiedPage, ExhibitSink, Layers};
use super::placing::{Placing, written};
use super::writer::{Number, Output};
use crate::model::Digest;

/// The resource name of what is put onto a page of others.
const STAMP: &str = "DaybookNumber";

/// Takes what is copied of one foreign PDF.
pub(super) struct Receiver<'o, 'w> {
    out: &'o mut Output<'w>,
    first: u32,
    wanted: &'o BTreeSet<u32>,
    pages: BTreeMap<u32, CopiedPage>,
    layers: Layers,
}

impl<'o, 'w> Receiver<'o, 'w> {
    /// For the pages that are wanted; what is copied is numbered from the first free number.
    pub(super) fn new(out: &'o mut Output<'w>, wanted: &'o BTreeSet<u32>) -> Self {
        let first = out.first_free();
        Receiver { out, first, wanted, pages: BTreeMap::new(), layers: Layers::default() }
    }

    /// The number from which the exhibit numbers its objects.
    pub(super) fn first_free(&self) -> u32 {
        self.first
    }

    /// The pages and layers, when everything was handed over.
    pub(super) fn finish(self, source: &Digest) -> Result<(BTreeMap<u32, CopiedPage>, Layers), PdfError> {
        let missing = self.wanted.iter().find(|index| !self.pages.contains_key(index));
        if let Some(index) = missing {
            let why = format!("its page {} is not there", index + 1);
            return Err(PdfError::Exhibit { source_file: *source, why });
        }
        for page in self.pages.values() {
            self.out.claim(page.number)?;
        }
        Ok((self.pages, self.layers))
    }
}

impl ExhibitSink for Receiver<'_, '_> {
    fn object(&mut self, number: u32, body: &[u8]) -> io::Result<()> {
        self.out.guest_object(number, body)
    }

    fn stream(&mut self, number: u32, entries: &[u8], data: &[u8]) -> io::Result<()> {
        self.out.guest_stream(number, entries, data)
    }

    fn page(&mut self, page: CopiedPage) -> io::Result<()> {
        if page.number < self.first {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a page has a number that is not its own"));
        }
        // A page that is not shown keeps its number: links that lead there lead nowhere, and to nothing of ours.
        self.out.keep_free(page.number)?;
        if self.wanted.contains(&page.index) {
            self.pages.insert(page.index, page);
        }
        Ok(())
    }

    fn layers(&mut self, layers: Layers) -> io::Result<()> {
        self.layers.all.extend(layers.all);
        self.layers.hidden.extend(layers.hidden);
        for (all, more) in [(&mut self.layers.automatic, layers.automatic), (&mut self.layers.groups, layers.groups)] {
            if !all.is_empty() && !more.is_empty() {
                all.push(b' ');
            }
            all.extend(more);
        }
        Ok(())
    }
}

/// A page of others on its sheet.
pub(super) struct Guest {
    pub page: CopiedPage,
    pub placing: Placing,
    /// It is larger than in its file.
    pub grown: bool,
}

/// The streams that open a page of others, each written once.
#[derive(Default)]
pub(super) struct Openings(BTreeMap<String, Number>);

impl Openings {
    /// Saves the graphics state; where the sheet is larger than the page, what lies outside the page stays hidden.
    fn of(&mut self, out: &mut Output<'_>, guest: &Guest) -> Result<Number, PdfError> {
        let mut content = "q\n".to_owned();
        if guest.grown {
            let [left, bottom, right, top] = guest.page.crop_box;
            content = format!("q {} re W n\n", written([left, bottom, right - left, top - bottom]));
        }
        if let Some(number) = self.0.get(&content) {
            return Ok(*number);
        }
        let number = out.reserve();
        out.stream(number, b"", content.as_bytes())?;
        self.0.insert(content, number);
        Ok(number)
    }
}

impl Guest {
    /// Writes the page with what is put onto it (`stamp`, a drawing in points of the sheet) and links of ours.
    pub(super) fn write(
        &self,
        out: &mut Output<'_>,
        openings: &mut Openings,
        (number, parent): (Number, Number),
        stamp: Number,
        links: &[Number],
    ) -> Result<(), PdfError> {
        let page = &self.page;
        let before = openings.of(out, self)?;
        let name = free_name(&page.pictures);
        let closing = "Q ".repeat(page.open_states as usize + 1);
        let after = out.reserve();
        let content = format!("\n{closing}\nq {} cm /{name} Do Q\n", written(self.placing.matrix));
        out.stream(after, b"", content.as_bytes())?;
        let mut body = format!(
            "<< /Type /Page /Parent {} /MediaBox [{}] /CropBox [{}]",
            parent.reference(),
            written(self.placing.media_box),
            written(self.placing.crop_box),
        )
        .into_bytes();
        if page.rotate != 0 {
            body.extend(format!(" /Rotate {}", page.rotate).bytes());
        }
        if (page.user_unit - 1.0).abs() > f64::EPSILON {
            body.extend(format!(" /UserUnit {}", written([page.user_unit])).bytes());
        }
        body.push(b' ');
        body.extend(&page.entries);
        body.extend(b" /Resources << ");
        body.extend(&page.resources);
        body.extend(b" /XObject << ");
        body.extend(&page.pictures);
        body.extend(format!(" /{name} {} >> >>", stamp.reference()).bytes());
        let reference = |number: &u32| format!("{number} 0 R");
        let contents: Vec<String> = page.contents.iter().map(reference).collect();
        let contents = format!("{} {} {}", before.reference(), contents.join(" "), after.reference());
        body.extend(format!(" /Contents [{contents}]").bytes());
        let annotations = page.annotations.iter().map(reference);
        let annotations: Vec<String> = annotations.chain(links.iter().map(|link| link.reference())).collect();
        if !annotations.is_empty() {
            body.extend(format!(" /Annots [{}]", annotations.join(" ")).bytes());
        }
        body.extend(b" >>");
        out.object(number, &body)
    }
}

/// A name the page does not use: it may be a page of a paper like this one.
fn free_name(pictures: &[u8]) -> String {
    let taken = |name: &str| {
        let name = format!("/{name}");
        pictures.windows(name.len()).enumerate().any(|(at, window)| {
            let next = pictures.get(at + name.len());
            window == name.as_bytes() && next.is_none_or(|next| next.is_ascii_whitespace() || b"/<[(".contains(next))
        })
    };
    if !taken(STAMP) {
        return STAMP.to_owned();
    }
    let numbered = (2_u32..).map(|number| format!("{STAMP}{number}"));
    numbered.into_iter().find(|name| !taken(name)).unwrap_or_else(|| STAMP.to_owned())
}

/// The layers of all exhibits as the entry of the catalog; `None`: there are none.
pub(super) fn layers_entry(layers: &[Layers]) -> Option<Vec<u8>> {
    let references = |numbers: fn(&Layers) -> &Vec<u32>| {
        let all = layers.iter().flat_map(numbers).map(|number| format!("{number} 0 R"));
        all.collect::<Vec<_>>().join(" ")
    };
    let all = references(|layers| &layers.all);
    if all.is_empty() {
        return None;
    }
    let mut body = format!("/OCProperties << /OCGs [{all}] /D << /Name (Layers of the papers)").into_bytes();
    let hidden = references(|layers| &layers.hidden);
    if !hidden.is_empty() {
        body.extend(format!(" /OFF [{hidden}]").bytes());
    }
    for (key, part) in
        [("AS", (|layers| &layers.automatic) as fn(&Layers) -> &Vec<u8>), ("RBGroups", |layers| &layers.groups)]
    {
        let parts: Vec<&[u8]> = layers.iter().map(|one| part(one).as_slice()).filter(|part| !part.is_empty()).collect();
        if !parts.is_empty() {
            body.extend(format!(" /{key} [").bytes());
            body.extend(parts.join(&b' '));
            body.push(b']');
        }
    }
    body.extend(b" >> >>");
    Some(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_use_is_not_taken() {
        for (pictures, expected) in [
            (&b"/Im0 4 0 R"[..], "DaybookNumber"),
            (b"/DaybookNumber 4 0 R", "DaybookNumber2"),
            (b"/DaybookNumber 4 0 R /DaybookNumber2 5 0 R", "DaybookNumber3"),
            (b"/DaybookNumbers 4 0 R", "DaybookNumber"),
        ] {
            assert_eq!(free_name(pictures), expected);
        }
    }

    #[test]
    fn layers_of_several_files_are_one_list() {
        assert_eq!(layers_entry(&[Layers::default()]), None);
        let one = Layers { all: vec![4, 5], hidden: vec![5], automatic: Vec::new(), groups: b"[4 0 R 5 0 R]".to_vec() };
        let other = Layers { all: vec![9], hidden: vec![], automatic: Vec::new(), groups: b"[9 0 R]".to_vec() };
        let body = String::from_utf8(layers_entry(&[one, Layers::default(), other]).expect("there are layers"));
        assert_eq!(
            body.expect("it is ASCII"),
            "/OCProperties << /OCGs [4 0 R 5 0 R 9 0 R] /D << /Name (Layers of the papers) /OFF [5 0 R] \
             /RBGroups [[4 0 R 5 0 R] [9 0 R]] >> >>"
        );
    }
}
