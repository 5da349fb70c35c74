//! A prepared picture becomes a picture of the output file, and is placed upright on its page.

use std::collections::BTreeMap;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, Stream};
use printpdf::{
    DictItem, ExternalStream, ExternalXObject, Mm, Op, PdfDocument, PdfPage, PdfSaveOptions, XObject, XObjectId,
    XObjectTransform,
};

use super::{Packing, Prepared};
use crate::model::Digest;
use crate::pdf::PdfError;
use crate::pdf::copy::Copier;
use crate::pdf::writer::{self, Number, Output};

/// Writes a prepared picture as a picture of the output file.
pub(in crate::pdf) fn write_image(
    out: &mut Output<'_>,
    image: &Digest,
    prepared: Prepared,
) -> Result<Number, PdfError> {
    let fail = || PdfError::Picture { image: *image, why: "its page cannot be read back".to_owned() };
    let pdf = Pdf::new(one_picture(prepared)).map_err(|_| fail())?;
    let page = pdf.pages().first().ok_or_else(fail)?;
    let pictures: &Dict<'_> = &page.resources().x_objects;
    let name = pictures.keys().next().ok_or_else(fail)?;
    let picture = pictures.get::<Stream<'_>>(&name).ok_or_else(fail)?;
    Copier::new(&pdf, &[]).stream(out, picture.obj_id())
}

/// The six numbers that put the picture, as stored, upright into its area (left, top, width, height).
pub(in crate::pdf) fn placement(
    orientation: u8,
    (left, top, width, height): (f32, f32, f32, f32),
    page_height: f32,
) -> [f64; 6] {
    // Where the picture's own right and up point, and where its corner comes to lie (EXIF 2.3, tag 274).
    let unit: [f64; 6] = match orientation {
        2 => [-1.0, 0.0, 0.0, 1.0, 1.0, 0.0],
        3 => [-1.0, 0.0, 0.0, -1.0, 1.0, 1.0],
        4 => [1.0, 0.0, 0.0, -1.0, 0.0, 1.0],
        5 => [0.0, -1.0, -1.0, 0.0, 1.0, 1.0],
        6 => [0.0, -1.0, 1.0, 0.0, 0.0, 1.0],
        7 => [0.0, 1.0, 1.0, 0.0, 0.0, 0.0],
        8 => [0.0, 1.0, -1.0, 0.0, 1.0, 0.0],
        _ => [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
    };
    let (width, height) = (f64::from(width), f64::from(height));
    let bottom = f64::from(page_height) - f64::from(top) - height;
    [
        unit[0] * width,
        unit[1] * height,
        unit[2] * width,
        unit[3] * height,
        f64::from(left) + unit[4] * width,
        bottom + unit[5] * height,
    ]
}

/// The operators that keep drawing inside an area (left, top, width, height).
pub(in crate::pdf) fn clip((left, top, width, height): (f32, f32, f32, f32), page_height: f32) -> String {
    let bottom = f64::from(page_height) - f64::from(top) - f64::from(height);
    let area = [f64::from(left), bottom, f64::from(width), f64::from(height)].map(writer::number).join(" ");
    format!("{area} re W n ")
}

/// One small PDF with the picture in it as it is.
fn one_picture(prepared: Prepared) -> Vec<u8> {
    let named = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let whole = |number: u32| DictItem::Int(i64::from(number));
    let space = match prepared.components {
        1 => "DeviceGray",
        3 => "DeviceRGB",
        _ => "DeviceCMYK",
    };
    let filter = match prepared.packing {
        Packing::Jpeg => "DCTDecode",
        Packing::Rows => "FlateDecode",
    };
    let mut dict = BTreeMap::from([
        ("Type".to_owned(), named("XObject")),
        ("Subtype".to_owned(), named("Image")),
        ("Width".to_owned(), whole(prepared.width)),
        ("Height".to_owned(), whole(prepared.height)),
        ("BitsPerComponent".to_owned(), whole(prepared.bits.into())),
        ("ColorSpace".to_owned(), named(space)),
        ("Filter".to_owned(), named(filter)),
    ]);
    if prepared.packing == Packing::Rows {
        // ISO 32000-1, 7.4.4.4: each row begins with the number of its PNG filter.
        let map = BTreeMap::from([
            ("Predictor".to_owned(), whole(15)),
            ("Colors".to_owned(), whole(prepared.components.into())),
            ("BitsPerComponent".to_owned(), whole(prepared.bits.into())),
            ("Columns".to_owned(), whole(prepared.width)),
        ]);
        dict.insert("DecodeParms".to_owned(), DictItem::Dict { map });
    }
    if prepared.turned_round {
        let turned = [1, 0].repeat(prepared.components.into()).into_iter().map(DictItem::Int).collect();
        dict.insert("Decode".to_owned(), DictItem::Array(turned));
    }
    let mut document = PdfDocument::new("");
    let id = XObjectId("Photograph".to_owned());
    let stream = ExternalStream { dict, content: prepared.bytes, compress: false };
    let picture = ExternalXObject { stream, width: None, height: None, dpi: None };
    document.resources.xobjects.map.insert(id.clone(), XObject::External(picture));
    let draw = Op::UseXobject { id, transform: XObjectTransform::default() };
    document.with_pages(vec![PdfPage::new(Mm(210.0), Mm(297.0), vec![draw])]);
    let options = PdfSaveOptions { optimize: false, ..PdfSaveOptions::default() };
    document.save(&options, &mut Vec::new())
}
