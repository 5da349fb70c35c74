//! The assembler: composed pages and pictures become one file. It alone writes page labels, links,
//! the outline and the properties.

use std::collections::BTreeMap;
use std::io::Write;

use hayro_syntax::Pdf;

use super::PdfError;
use super::copy::{Additions, Annotations, Copier, open_states};
use super::photo;
use super::writer::{self, Number, Output};
use crate::layout::{Bookmark, Item, Laid, Page};
use crate::model::{Digest, Instant};

/// What a file says of itself, apart from its pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFacts {
    /// The title property, and what the window shows.
    pub title: String,
    /// Language of the document: `en-GB`.
    pub language: String,
    /// The one clock reading of the edition; both dates of the file.
    pub made: Instant,
    /// The name of the edition: `BND-7`.
    pub edition: String,
    /// Index of the page it opens at, from 0: the first page of the index.
    pub opens_at: usize,
}

/// Gives a kept picture as a paper holds it.
pub type Pictures<'a> = dyn FnMut(&Digest, photo::Wanted) -> Result<photo::Prepared, PdfError> + 'a;

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// How many pages.
    pub pages: usize,
    /// How many bytes.
    pub bytes: u64,
    /// The SHA-256 of the file, taken while writing.
    pub sha256: Digest,
}

/// The most bookmarks shown at once when the file opens; beyond it only the outermost are.
const OPEN_BOOKMARKS: usize = 60;

/// Writes the finished file. `composed` is one PDF with exactly one page for each of `laid`, in order,
/// without links, labels, outline or pictures. The same input gives the same bytes.
///
/// # Errors
/// [`PdfError::Pages`] when `composed` and `laid` do not fit together or a link leads nowhere,
/// [`PdfError::Picture`] for a picture that cannot be shown, and what `pictures` and writing give.
pub fn write(
    laid: &Laid,
    facts: &FileFacts,
    composed: Vec<u8>,
    pictures: &mut Pictures<'_>,
    out: &mut dyn Write,
) -> Result<Written, PdfError> {
    let source = Pdf::new(composed).map_err(|error| PdfError::Pages { why: format!("the composed PDF: {error:?}") })?;
    check_fit(laid, facts, &source)?;
    let mut output = Output::begin(out)?;
    let catalog = output.reserve();
    let tree = output.reserve();
    let pages: Vec<Number> = laid.pages.iter().map(|_| output.reserve()).collect();
    write_pages(&mut output, laid, &source, &pages, tree, pictures)?;
    write_tree(&mut output, tree, &pages)?;
    let labels = output.add(&label_tree(laid))?;
    let outline = write_outline(&mut output, laid, &pages)?;
    let metadata = output.reserve();
    output.stream(metadata, b"/Type /Metadata /Subtype /XML", properties_as_xml(facts).as_bytes())?;
    let information = output.add(&properties(facts))?;
    let opens_at = destination(laid, &pages, facts.opens_at, 0.0, Some(1));
    let mut body = format!(
        "<< /Type /Catalog /Pages {} /PageLabels {} /Metadata {} /OpenAction {opens_at} \
         /ViewerPreferences << /DisplayDocTitle true >>",
        tree.reference(),
        labels.reference(),
        metadata.reference(),
    )
    .into_bytes();
    match outline {
        Some(outline) => body.extend(format!(" /PageMode /UseOutlines /Outlines {}", outline.reference()).bytes()),
        None => body.extend(b" /PageMode /UseNone"),
    }
    body.extend(b" /Lang ");
    body.extend(writer::text_string(&facts.language));
    body.extend(b" >>");
    output.object(catalog, &body)?;
    let (bytes, sha256) = output.finish(catalog, information)?;
    Ok(Written { pages: pages.len(), bytes, sha256 })
}

fn check_fit(laid: &Laid, facts: &FileFacts, composed: &Pdf) -> Result<(), PdfError> {
    let fail = |why: String| Err(PdfError::Pages { why });
    let count = composed.pages().len();
    if count != laid.pages.len() || count == 0 {
        return fail(format!("{} pages were laid out and {count} composed", laid.pages.len()));
    }
    if facts.opens_at >= count {
        return fail(format!("the file should open at page {} of {count}", facts.opens_at + 1));
    }
    for (page, composed) in laid.pages.iter().zip(composed.pages().iter()) {
        let (width, height) = composed.render_dimensions();
        if (width - page.width).abs() > 0.5 || (height - page.height).abs() > 0.5 {
            return fail(format!("page {} was laid out and composed in different sizes", page.label));
        }
        for link in &page.links {
            if laid.places.get(&link.to).is_none_or(|place| place.page >= count) {
                return fail(format!("a link on page {} leads to “{}”, which is nowhere", page.label, link.to.0));
            }
        }
    }
    Ok(())
}

fn write_pages(
    out: &mut Output<'_>,
    laid: &Laid,
    source: &Pdf,
    pages: &[Number],
    tree: Number,
    pictures: &mut Pictures<'_>,
) -> Result<(), PdfError> {
    let mut copier = Copier::new(source, pages);
    // A photograph shown twice is in the file once.
    let mut known: BTreeMap<(Digest, photo::Wanted), Number> = BTreeMap::new();
    for (index, page) in laid.pages.iter().enumerate() {
        let composed = &source.pages()[index];
        let mut additions = Additions::default();
        for link in &page.links {
            let place = laid.places.get(&link.to).expect("check_fit has seen every link's place");
            let annotation = link_annotation(laid, pages, page, link.area, (place.page, place.y));
            additions.annotations.push(out.add(&annotation)?);
        }
        let mut drawing = String::new();
        for item in &page.items {
            let Item::Picture { image, frame, finest, orientation, area, window } = item else { continue };
            let wanted = photo::Wanted { frame: *frame, finest: *finest };
            let number = if let Some(number) = known.get(&(*image, wanted)) {
                *number
            } else {
                let number = photo::write_image(out, image, pictures(image, wanted)?)?;
                known.insert((*image, wanted), number);
                number
            };
            let name = format!("Photograph{}", additions.pictures.len());
            let placed = photo::placement(*orientation, *area, page.height).map(writer::number).join(" ");
            let clipped = window.map_or(String::new(), |window| photo::clip(window, page.height));
            drawing.extend(["q ", &clipped, &placed, " cm /", &name, " Do Q\n"]);
            additions.pictures.push((name, number));
        }
        if !drawing.is_empty() {
            let before = out.reserve();
            out.stream(before, b"", b"q\n")?;
            let after = out.reserve();
            let closing = "Q ".repeat(open_states(composed) + 1);
            out.stream(after, b"", format!("{closing}\n{drawing}").as_bytes())?;
            (additions.before, additions.after) = (Some(before), Some(after));
        }
        copier.page(out, composed, pages[index], tree, Annotations::Drop, &additions)?;
    }
    Ok(())
}

fn write_tree(out: &mut Output<'_>, tree: Number, pages: &[Number]) -> Result<(), PdfError> {
    let kids = pages.iter().map(|page| page.reference()).collect::<Vec<_>>().join(" ");
    out.object(tree, format!("<< /Type /Pages /Count {} /Kids [{kids}] >>", pages.len()).as_bytes())
}

/// Where a link or a bookmark leads: a page, the height on it, and a zoom only when the file opens.
fn destination(laid: &Laid, pages: &[Number], page: usize, y: f32, zoom: Option<u32>) -> String {
    let top = writer::number(f64::from(laid.pages[page].height - y));
    let zoom = zoom.map_or("null".to_owned(), |zoom| zoom.to_string());
    format!("[{} /XYZ null {top} {zoom}]", pages[page].reference())
}

fn link_annotation(
    laid: &Laid,
    pages: &[Number],
    page: &Page,
    (left, top, width, height): (f32, f32, f32, f32),
    (to, y): (usize, f32),
) -> Vec<u8> {
    let corners = [left, page.height - top - height, left + width, page.height - top];
    let corners = corners.map(|corner| writer::number(f64::from(corner))).join(" ");
    let mut body = format!(
        "<< /Type /Annot /Subtype /Link /Rect [{corners}] /Border [0 0 0] /F 4 /Dest {} /Contents ",
        destination(laid, pages, to, y, None)
    )
    .into_bytes();
    // What a screen reader says of the link.
    body.extend(writer::text_string(&format!("Page {}", laid.pages[to].label)));
    body.extend(b" >>");
    body
}

/// Page labels as a number tree: a new range wherever the numbers do not simply go on.
fn label_tree(laid: &Laid) -> Vec<u8> {
    let mut body = b"<< /Nums [".to_vec();
    let mut next: Option<(String, u32)> = None;
    for (index, page) in laid.pages.iter().enumerate() {
        let label = split_label(&page.label);
        if let (Some(label), Some(next)) = (&label, &mut next)
            && label == next
        {
            next.1 = next.1.saturating_add(1);
            continue;
        }
        if let Some((prefix, number)) = &label {
            body.extend(format!(" {index} << /S /D /St {number} /P ").bytes());
            body.extend(writer::text_string(prefix));
        } else {
            body.extend(format!(" {index} << /P ").bytes());
            body.extend(writer::text_string(&page.label));
        }
        body.extend(b" >>");
        next = label.map(|(prefix, number)| (prefix, number.saturating_add(1)));
    }
    body.extend(b" ] >>");
    body
}

/// `AR1-14` as `AR1-` and 14; `None` where there is no number at the end that counting would give.
fn split_label(label: &str) -> Option<(String, u32)> {
    let prefix = label.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &label[prefix.len()..];
    if digits.starts_with('0') || digits.len() > 9 {
        return None;
    }
    Some((prefix.to_owned(), digits.parse().ok()?))
}

fn write_outline(out: &mut Output<'_>, laid: &Laid, pages: &[Number]) -> Result<Option<Number>, PdfError> {
    if laid.outline.is_empty() {
        return Ok(None);
    }
    let visible: usize = laid.outline.iter().map(|bookmark| 1 + bookmark.children.len()).sum();
    let root = out.reserve();
    let level = Level { laid, pages, open: visible <= OPEN_BOOKMARKS };
    let (first, last, shown) = level.write(out, &laid.outline, root)?;
    let body = format!("<< /Type /Outlines /First {} /Last {} /Count {shown} >>", first.reference(), last.reference());
    out.object(root, body.as_bytes())?;
    Ok(Some(root))
}

/// One level of the outline being written.
struct Level<'a> {
    laid: &'a Laid,
    pages: &'a [Number],
    /// Whether its bookmarks show those beneath them.
    open: bool,
}

impl Level<'_> {
    /// Writes these bookmarks and those beneath; gives the first, the last and how many are shown.
    fn write(
        &self,
        out: &mut Output<'_>,
        bookmarks: &[Bookmark],
        parent: Number,
    ) -> Result<(Number, Number, usize), PdfError> {
        let numbers: Vec<Number> = bookmarks.iter().map(|_| out.reserve()).collect();
        let mut shown = bookmarks.len();
        for (index, bookmark) in bookmarks.iter().enumerate() {
            if bookmark.page >= self.pages.len() {
                let why = format!("the bookmark “{}” leads to no page", bookmark.title);
                return Err(PdfError::Pages { why });
            }
            let mut body = b"<< /Title ".to_vec();
            body.extend(writer::text_string(&bookmark.title));
            let leads = destination(self.laid, self.pages, bookmark.page, 0.0, None);
            body.extend(format!(" /Parent {} /Dest {leads}", parent.reference()).bytes());
            if index > 0 {
                body.extend(format!(" /Prev {}", numbers[index - 1].reference()).bytes());
            }
            if let Some(next) = numbers.get(index + 1) {
                body.extend(format!(" /Next {}", next.reference()).bytes());
            }
            if !bookmark.children.is_empty() {
                let below = Level { laid: self.laid, pages: self.pages, open: false };
                let (first, last, count) = below.write(out, &bookmark.children, numbers[index])?;
                let (first, last) = (first.reference(), last.reference());
                // A closed bookmark says with a minus sign how many it would show.
                let sign = if self.open { "" } else { "-" };
                body.extend(format!(" /First {first} /Last {last} /Count {sign}{count}").bytes());
                if self.open {
                    shown += count;
                }
            }
            body.extend(b" >>");
            out.object(numbers[index], &body)?;
        }
        let ends = (numbers.first(), numbers.last());
        let (Some(first), Some(last)) = ends else { unreachable!("a level of the outline is never empty") };
        Ok((*first, *last, shown))
    }
}

/// The name and version of this program, as the file's producer.
fn producer() -> String {
    format!("Daybook {}", env!("CARGO_PKG_VERSION"))
}

fn properties(facts: &FileFacts) -> Vec<u8> {
    let seconds = Instant::from_unix_seconds(facts.made.unix_seconds()).to_string();
    let date: String = seconds.chars().filter(char::is_ascii_digit).collect();
    let mut body = b"<< /Title ".to_vec();
    body.extend(writer::text_string(&facts.title));
    body.extend(b" /Producer ");
    body.extend(writer::text_string(&producer()));
    body.extend(format!(" /CreationDate (D:{date}Z) /ModDate (D:{date}Z) >>").bytes());
    body
}

fn properties_as_xml(facts: &FileFacts) -> String {
    let escape = |text: &str| {
        let plain = text.chars().filter(|c| !c.is_control());
        plain.collect::<String>().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
    };
    let made = Instant::from_unix_seconds(facts.made.unix_seconds());
    let (title, language, edition) = (escape(&facts.title), escape(&facts.language), escape(&facts.edition));
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n\
         <dc:format>application/pdf</dc:format>\n\
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\n\
         <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>\n\
         <dc:identifier>{edition}</dc:identifier>\n\
         <xmp:CreateDate>{made}</xmp:CreateDate><xmp:ModifyDate>{made}</xmp:ModifyDate>\n\
         <pdf:Producer>{}</pdf:Producer>\n\
         </rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>",
        escape(&producer())
    )
}
