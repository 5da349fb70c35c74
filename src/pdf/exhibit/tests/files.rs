//! Small files made here.

/// A PDF from its objects, numbered from 1; the first is the catalog.
pub(super) fn pdf(objects: &[&str]) -> Vec<u8> {
    let bodies: Vec<Vec<u8>> = objects.iter().map(|body| body.as_bytes().to_vec()).collect();
    pdf_of(&bodies)
}

pub(super) fn pdf_of(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (index, body) in objects.iter().enumerate() {
        offsets.push(file.len());
        file.extend(format!("{} 0 obj\n", index + 1).bytes());
        file.extend(body);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for offset in offsets {
        file.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    let end = format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    file.extend(end.bytes());
    file
}

/// A stream as an object.
pub(super) fn stream(entries: &str, data: &str) -> String {
    format!("<< {entries} /Length {} >>\nstream\n{data}\nendstream", data.len())
}

/// A file of one page, A4 in whole points: what its dictionary says besides, what the catalog says besides, its
/// content, and further objects from 5 on.
pub(super) fn one_page(page: &str, catalog: &str, content: &str, more: &[&str]) -> Vec<u8> {
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>"),
        "<< /Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 600 840] >>".to_owned(),
        format!("<< /Type /Page /Parent 2 0 R /Contents 4 0 R {page} >>"),
        stream("", content),
    ];
    objects.extend(more.iter().map(|object| (*object).to_owned()));
    pdf(&objects.iter().map(String::as_str).collect::<Vec<_>>())
}

/// A standard font under the name `F`.
pub(super) const FONT: &str = "/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>";
