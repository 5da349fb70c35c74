//! The assembler: composed pages and pictures become one file. It alone writes page labels, links,
//! the outline and the properties.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use hayro_syntax::Pdf;

use super::PdfError;
use super::copy::{Additions, Annotations, Copier, open_states};
use super::exhibit::{ExhibitSink, Layers};
use super::guests::{self, Guest, Openings, Receiver};
use super::photo;
use super::placing::{Placing, written};
use super::tree::PageTree;
use super::writer::{self, Number, Output};
use crate::layout::{Bookmark, ForeignRef, Item, Laid};
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

/// Gives what a paper shows of kept files, one at a time.
pub trait Sources {
    /// A kept picture as a paper holds it.
    ///
    /// # Errors
    /// It cannot be read, or not be shown.
    fn picture(&mut self, image: &Digest, wanted: photo::Wanted) -> Result<photo::Prepared, PdfError>;

    /// Hands these pages (from 0) of a foreign PDF and all they need to `sink`, numbered from `first_free`.
    ///
    /// # Errors
    /// It cannot be read any more, or the sink failed.
    fn exhibit(
        &mut self,
        source: &Digest,
        first_free: u32,
        pages: &[u32],
        sink: &mut dyn ExhibitSink,
    ) -> Result<(), PdfError>;
}

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
/// without links, labels, outline or pictures; for a foreign page it has what is put onto it. The same input
/// gives the same bytes. Of foreign files no more than one is held at a time, of the finished file nothing.
///
/// # Errors
/// [`PdfError::Pages`] when `composed` and `laid` do not fit together or a link leads nowhere,
/// [`PdfError::Picture`] for a picture that cannot be shown, [`PdfError::Exhibit`] for a foreign file that is
/// not what it was, and what `sources` and writing give.
pub fn write(
    laid: &Laid,
    facts: &FileFacts,
    composed: Vec<u8>,
    sources: &mut dyn Sources,
    out: &mut dyn Write,
) -> Result<Written, PdfError> {
    let source = Pdf::new(composed).map_err(|error| PdfError::Pages { why: format!("the composed PDF: {error:?}") })?;
    check_fit(laid, facts, &source)?;
    let mut output = Output::begin(out)?;
    let catalog = output.reserve();
    let tree = PageTree::reserve(&mut output, laid.pages.len());
    let (mut guests, layers) = receive_guests(&mut output, laid, sources)?;
    let sheets: Vec<Sheet> = laid
        .pages
        .iter()
        .enumerate()
        .map(|(index, page)| match guests.get(&index) {
            Some((number, guest)) => Sheet { number: *number, height: page.height, placing: Some(guest.placing) },
            None => Sheet { number: output.reserve(), height: page.height, placing: None },
        })
        .collect();
    write_pages(&mut output, laid, &source, &sheets, &tree, &mut guests, sources)?;
    let numbers: Vec<Number> = sheets.iter().map(|sheet| sheet.number).collect();
    tree.write(&mut output, &numbers)?;
    let labels = output.add(&label_tree(laid))?;
    let outline = write_outline(&mut output, laid, &sheets)?;
    let metadata = output.reserve();
    output.stream(metadata, b"/Type /Metadata /Subtype /XML", properties_as_xml(facts).as_bytes())?;
    let information = output.add(&properties(facts))?;
    let opens_at = sheets[facts.opens_at].destination(0.0, Some(1));
    let mut body = format!(
        "<< /Type /Catalog /Pages {} /PageLabels {} /Metadata {} /OpenAction {opens_at} \
         /ViewerPreferences << /DisplayDocTitle true >>",
        tree.root().reference(),
        labels.reference(),
        metadata.reference(),
    )
    .into_bytes();
    match outline {
        Some(outline) => body.extend(format!(" /PageMode /UseOutlines /Outlines {}", outline.reference()).bytes()),
        None => body.extend(b" /PageMode /UseNone"),
    }
    if let Some(layers) = guests::layers_entry(&layers) {
        body.push(b' ');
        body.extend(layers);
    }
    body.extend(b" /Lang ");
    body.extend(writer::text_string(&facts.language));
    body.extend(b" >>");
    output.object(catalog, &body)?;
    let (bytes, sha256) = output.finish(catalog, information)?;
    Ok(Written { pages: sheets.len(), bytes, sha256 })
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

/// Where a page is in the file, and how places on it are named.
struct Sheet {
    number: Number,
    height: f32,
    placing: Option<Placing>,
}

impl Sheet {
    /// Where a link or a bookmark leads: the page, the height on it, and a zoom only when the file opens.
    fn destination(&self, y: f32, zoom: Option<u32>) -> String {
        let zoom = zoom.map_or("null".to_owned(), |zoom| zoom.to_string());
        let (left, top) = match &self.placing {
            Some(placing) => {
                let (x, y) = placing.point((0.0, f64::from(y)));
                (writer::number(x), writer::number(y))
            }
            None => ("null".to_owned(), writer::number(f64::from(self.height - y))),
        };
        format!("[{} /XYZ {left} {top} {zoom}]", self.number.reference())
    }

    /// The corners of an area (left, top, width, height from the top left corner) in the page's own space.
    fn corners(&self, (left, top, width, height): (f32, f32, f32, f32)) -> String {
        let Some(placing) = &self.placing else {
            let corners = [left, self.height - top - height, left + width, self.height - top];
            return corners.map(|corner| writer::number(f64::from(corner))).join(" ");
        };
        let one = placing.point((f64::from(left), f64::from(top)));
        let other = placing.point((f64::from(left + width), f64::from(top + height)));
        written([one.0.min(other.0), one.1.min(other.1), one.0.max(other.0), one.1.max(other.1)])
    }
}

/// The pages of others by their place in the paper, with the numbers they have in the file.
type Guests = BTreeMap<usize, (Number, Guest)>;

/// Lets every foreign file that is shown be copied once, and gives its pages, not yet written.
fn receive_guests(
    out: &mut Output<'_>,
    laid: &Laid,
    sources: &mut dyn Sources,
) -> Result<(Guests, Vec<Layers>), PdfError> {
    let mut order: Vec<Digest> = Vec::new();
    let mut shown: BTreeMap<Digest, Vec<(usize, ForeignRef)>> = BTreeMap::new();
    for (at, page) in laid.pages.iter().enumerate() {
        if let Some(foreign) = page.foreign {
            let pages = shown.entry(foreign.source).or_insert_with(|| {
                order.push(foreign.source);
                Vec::new()
            });
            pages.push((at, foreign));
        }
    }
    let (mut guests, mut all_layers) = (Guests::new(), Vec::new());
    for source in order {
        let pages = shown.remove(&source).unwrap_or_default();
        let wanted: BTreeSet<u32> = pages.iter().map(|(_, foreign)| foreign.index).collect();
        let mut receiver = Receiver::new(out, &wanted);
        let indices: Vec<u32> = wanted.iter().copied().collect();
        sources.exhibit(&source, receiver.first_free(), &indices, &mut receiver)?;
        let (copied, layers) = receiver.finish(&source)?;
        all_layers.push(layers);
        let mut used: BTreeSet<u32> = BTreeSet::new();
        for (at, foreign) in pages {
            let Some(page) = copied.get(&foreign.index) else { continue };
            let placing = Placing::of(page, foreign.growth, foreign.wider);
            let sheet = &laid.pages[at];
            let fits = |is: f64, should: f32| (is - f64::from(should)).abs() <= 0.5;
            if !fits(placing.size.0, sheet.width) || !fits(placing.size.1, sheet.height) {
                let why = format!("its page {} has another size than when the paper was planned", foreign.index + 1);
                return Err(PdfError::Exhibit { source_file: source, why });
            }
            // A page shown a second time is a page of its own with the same content.
            let number = if used.insert(foreign.index) { Number(page.number) } else { out.reserve() };
            let grown = foreign.growth > 0.0 || foreign.wider > 0.0;
            guests.insert(at, (number, Guest { page: page.clone(), placing, grown }));
        }
    }
    Ok((guests, all_layers))
}

fn write_pages(
    out: &mut Output<'_>,
    laid: &Laid,
    source: &Pdf,
    sheets: &[Sheet],
    tree: &PageTree,
    guests: &mut Guests,
    sources: &mut dyn Sources,
) -> Result<(), PdfError> {
    let numbers: Vec<Number> = sheets.iter().map(|sheet| sheet.number).collect();
    let mut copier = Copier::new(source, &numbers);
    let mut openings = Openings::default();
    // A photograph shown twice is in the file once.
    let mut known: BTreeMap<(Digest, photo::Wanted), Number> = BTreeMap::new();
    for (index, page) in laid.pages.iter().enumerate() {
        let composed = &source.pages()[index];
        let place = (sheets[index].number, tree.over(index));
        let mut additions = Additions::default();
        for link in &page.links {
            let to = laid.places.get(&link.to).expect("check_fit has seen every link's place");
            let annotation = link_annotation(laid, sheets, &sheets[index], link.area, (to.page, to.y));
            additions.annotations.push(out.add(&annotation)?);
        }
        if let Some((_, guest)) = guests.remove(&index) {
            let stamp = copier.form(out, composed)?;
            guest.write(out, &mut openings, place, stamp, &additions.annotations)?;
            continue;
        }
        let mut drawing = String::new();
        for item in &page.items {
            let Item::Picture { image, frame, finest, orientation, area, window } = item else { continue };
            let wanted = photo::Wanted { frame: *frame, finest: *finest };
            let number = if let Some(number) = known.get(&(*image, wanted)) {
                *number
            } else {
                let number = photo::write_image(out, image, sources.picture(image, wanted)?)?;
                known.insert((*image, wanted), number);
                number
            };
            let name = format!("Photograph{}", additions.pictures.len());
            let placed = written(photo::placement(*orientation, *area, page.height));
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
        copier.page(out, composed, place.0, place.1, Annotations::Drop, &additions)?;
    }
    Ok(())
}

fn link_annotation(
    laid: &Laid,
    sheets: &[Sheet],
    sheet: &Sheet,
    area: (f32, f32, f32, f32),
    (to, y): (usize, f32),
) -> Vec<u8> {
    let mut body = format!(
        "<< /Type /Annot /Subtype /Link /Rect [{}] /Border [0 0 0] /F 4 /Dest {} /Contents ",
        sheet.corners(area),
        sheets[to].destination(y, None)
    )
    .into_bytes();
    // What a screen reader says of the link.
    body.extend(writer::text_string(&format!("Page {}", laid.pages[to].label)));
    if sheet.placing.is_some() {
        // Told from the links the page brought with it.
        body.extend(b" /NM (Daybook)");
    }
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

fn write_outline(out: &mut Output<'_>, laid: &Laid, sheets: &[Sheet]) -> Result<Option<Number>, PdfError> {
    if laid.outline.is_empty() {
        return Ok(None);
    }
    let visible: usize = laid.outline.iter().map(|bookmark| 1 + bookmark.children.len()).sum();
    let root = out.reserve();
    let level = Level { sheets, open: visible <= OPEN_BOOKMARKS };
    let (first, last, shown) = level.write(out, &laid.outline, root)?;
    let body = format!("<< /Type /Outlines /First {} /Last {} /Count {shown} >>", first.reference(), last.reference());
    out.object(root, body.as_bytes())?;
    Ok(Some(root))
}

/// One level of the outline being written.
struct Level<'a> {
    sheets: &'a [Sheet],
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
            if bookmark.page >= self.sheets.len() {
                let why = format!("the bookmark “{}” leads to no page", bookmark.title);
                return Err(PdfError::Pages { why });
            }
            let mut body = b"<< /Title ".to_vec();
            body.extend(writer::text_string(&bookmark.title));
            let leads = self.sheets[bookmark.page].destination(0.0, None);
            body.extend(format!(" /Parent {} /Dest {leads}", parent.reference()).bytes());
            if index > 0 {
                body.extend(format!(" /Prev {}", numbers[index - 1].reference()).bytes());
            }
            if let Some(next) = numbers.get(index + 1) {
                body.extend(format!(" /Next {}", next.reference()).bytes());
            }
            if !bookmark.children.is_empty() {
                let below = Level { sheets: self.sheets, open: false };
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
