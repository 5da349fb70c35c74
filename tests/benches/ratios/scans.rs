//! Invented photographs and scans: pictures of noise, as heavy as real ones and as hard to press smaller.

use std::fs;
use std::path::{Path, PathBuf};

/// JPEG files of so many bytes each, every one different.
pub fn photographs(folder: &Path, count: usize, bytes: usize) -> Vec<PathBuf> {
    fs::create_dir_all(folder).expect("a folder");
    (0..count)
        .map(|number| {
            let file = folder.join(format!("IMG_{number:04}.jpg"));
            fs::write(&file, jpeg(number as u64 + 1, bytes)).expect("a file");
            file
        })
        .collect()
}

/// PDF files of so many scanned pages, each page a JPEG of so many bytes.
pub fn scanned_pdfs(folder: &Path, count: usize, pages: usize, bytes: usize) -> Vec<PathBuf> {
    fs::create_dir_all(folder).expect("a folder");
    (0..count)
        .map(|number| {
            let file = folder.join(format!("scan-{number:02}.pdf"));
            fs::write(&file, scanned_pdf((number * pages) as u64 + 1, pages, bytes)).expect("a file");
            file
        })
        .collect()
}

/// A baseline JPEG in grey, 2,480 by 3,508 (A4 at 300 dots an inch), whose picture data is noise.
fn jpeg(seed: u64, bytes: usize) -> Vec<u8> {
    let mut file = vec![0xFF, 0xD8];
    let mut segment = |marker: u8, body: &[u8]| {
        file.extend_from_slice(&[0xFF, marker]);
        file.extend_from_slice(&(body.len() as u16 + 2).to_be_bytes());
        file.extend_from_slice(body);
    };
    let mut table = vec![0];
    table.extend_from_slice(&[16; 64]);
    segment(0xDB, &table);
    segment(0xC0, &[8, 0x0D, 0xB4, 0x09, 0xB0, 1, 1, 0x11, 0]);
    // Sixteen codes of four bits but the last, which is all ones and must stay free: fifteen symbols.
    for class in [0x00, 0x10] {
        let mut codes = vec![class, 0, 0, 0, 15];
        codes.extend_from_slice(&[0; 12]);
        codes.extend(if class == 0 { (0..11).chain(0..4).collect::<Vec<u8>>() } else { (0..15).collect() });
        segment(0xC4, &codes);
    }
    segment(0xDA, &[1, 1, 0, 0, 63, 0]);
    let mut noise = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    while file.len() < bytes {
        noise ^= noise << 13;
        noise ^= noise >> 7;
        noise ^= noise << 17;
        file.extend(noise.to_le_bytes().into_iter().map(|byte| if byte == 0xFF { 0xFE } else { byte }));
    }
    file.extend_from_slice(&[0xFF, 0xD9]);
    file
}

fn scanned_pdf(seed: u64, pages: usize, bytes: usize) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    let mut object = |file: &mut Vec<u8>, body: &[u8]| {
        places.push(file.len());
        file.extend_from_slice(format!("{} 0 obj\n", places.len()).as_bytes());
        file.extend_from_slice(body);
        file.extend_from_slice(b"\nendobj\n");
    };
    object(&mut file, b"<< /Type /Catalog /Pages 2 0 R >>");
    let kids: Vec<String> = (0..pages).map(|page| format!("{} 0 R", 3 + page * 3)).collect();
    object(&mut file, format!("<< /Type /Pages /Count {pages} /Kids [{}] >>", kids.join(" ")).as_bytes());
    for page in 0..pages {
        let first = 3 + page * 3;
        let dict = format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /XObject << /Im {} 0 R >> >> >>",
            first + 1,
            first + 2
        );
        object(&mut file, dict.as_bytes());
        object(&mut file, b"<< /Length 31 >>\nstream\nq 595 0 0 842 0 0 cm /Im Do Q  \nendstream");
        let picture = jpeg(seed + page as u64, bytes);
        let mut body = format!(
            "<< /Type /XObject /Subtype /Image /Width 2480 /Height 3508 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode /Length {} >>\nstream\n",
            picture.len()
        )
        .into_bytes();
        body.extend_from_slice(&picture);
        body.extend_from_slice(b"\nendstream");
        object(&mut file, &body);
    }
    let table = file.len();
    let mut end = format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1);
    for place in &places {
        end.push_str(&format!("{place:010} 00000 n \n"));
    }
    end.push_str(&format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", places.len() + 1));
    file.extend_from_slice(end.as_bytes());
    file
}
