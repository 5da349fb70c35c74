//! A folder of pictures is added by one command and becomes pages of a paper.

use std::process::Command;

use serde_json::Value;

use crate::cli::Desk;

const HEIC: &[u8] = include_bytes!("../pictures/red-under-blue.heic");
const PRIVATE: &str = "SECRETPLACE";

/// A picture of a screen of this size, with a note that must not travel.
fn screen(width: u32, height: u32, shade: u8) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.add_text_chunk("Comment".to_owned(), PRIVATE.to_owned()).expect("a note");
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&vec![shade; (width * height) as usize]).expect("the picture");
    writer.finish().expect("an end");
    file
}

/// Black and white pages, as a scanner writes them.
fn scan(pages: usize) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    let mut encoder = tiff::encoder::TiffEncoder::new(&mut file).expect("a TIFF");
    for page in 0..pages {
        let data = vec![page as u8 * 40; 1240 * 1754];
        encoder.write_image::<tiff::encoder::colortype::Gray8>(1240, 1754, &data).expect("a page");
    }
    file.into_inner()
}

fn desk() -> Desk {
    let desk = Desk::with_book();
    for number in 1..=12 {
        desk.write(&format!("screens/Screenshot {number}.png"), screen(117, 253, number));
    }
    desk.write("screens/.DS_Store", b"\0\0\0\x01Bud1");
    desk
}

fn titles(answer: &Value) -> Vec<&str> {
    answer["entries"].as_array().expect("entries").iter().filter_map(|entry| entry["title"].as_str()).collect()
}

#[test]
fn a_folder_is_one_command_and_again_adds_only_the_rest() {
    let desk = desk();
    let answered = desk.run(&["add", "screens", "--as", "screenshot"]);
    assert_eq!(answered.exit, 0, "{}", answered.err);
    assert!(answered.out.contains("12 kept."), "{}", answered.out);
    assert!(answered.out.contains("screens/.DS_Store was passed over"), "{}", answered.out);
    desk.write("screens/Screenshot 13.png", screen(117, 253, 99));
    desk.write("screens/note.txt", "not a picture");
    let again = desk.json(&["add", "screens", "--as", "screenshot"]);
    assert_eq!(again["known"].as_array().map(Vec::len), Some(12));
    assert_eq!(titles(&again).len(), 2);
    let kinds: Vec<&str> = again["findings"].as_array().unwrap().iter().filter_map(|f| f["kind"].as_str()).collect();
    assert_eq!(kinds, ["not-a-picture", "passed-over"]);
}

#[test]
fn files_are_kept_in_the_order_a_person_counts_and_dated_by_the_camera_only() {
    let desk = desk();
    desk.write("screens/x.heic", HEIC);
    let added = desk.json(&["add", "screens", "--as", "photo"]);
    let expected: Vec<String> = (1..=12).map(|number| format!("Screenshot {number}")).chain(["x".to_owned()]).collect();
    let titles: Vec<String> = titles(&added).into_iter().map(|title| title.replace("Photograph: ", "")).collect();
    assert!(titles.iter().zip(&expected).all(|(title, expected)| title.ends_with(expected.as_str())), "{titles:?}");
    let entries = added["entries"].as_array().expect("entries");
    let words = |index: usize| entries[index]["when"]["words"].as_str();
    assert_eq!(words(0), None, "neither name nor file date is a fact");
    assert_eq!(words(12), Some("2026:09:18 16:46:31"));
    assert_eq!(entries[12]["when"]["zone_source"], "assumed");
    // What a person says comes first.
    desk.write("y.heic", [HEIC, b"\0\0\0\x08free"].concat());
    let said = desk.json(&["add", "y.heic", "--as", "photo", "--dated", "17 September 2026"]);
    assert_eq!(said["entry"]["when"]["words"], "17 September 2026");
}

#[test]
fn every_picture_becomes_pages_and_no_note_of_it_travels() {
    let desk = desk();
    desk.write("screens/long.png", screen(300, 2400, 7));
    desk.write("screens/scan.tif", scan(3));
    desk.write("screens/broken.png", &screen(117, 253, 50)[..150]);
    desk.write("screens/x.heic", HEIC);
    desk.ok(&["add", "screens", "--as", "screenshot"]);
    let made = desk.json(&["bundle", "--for", "evidence", "--to", "self", "--purpose", "a test", "-o", "e.pdf"]);
    assert_eq!(made["proof"]["ok"], true, "{made}");
    let pages = |title: &str| {
        let entries = made["entries"].as_array().expect("entries");
        let entry = entries.iter().find(|e| e["title"].as_str().is_some_and(|t| t.contains(title))).expect(title);
        let number = |label: &Value| label.as_str().and_then(|label| label[1..].parse::<i32>().ok()).expect("a number");
        1 + number(&entry["last_page"]) - number(&entry["first_page"])
    };
    assert_eq!((pages("Screenshot 1"), pages("long"), pages("scan"), pages("broken")), (1, 4, 3, 1));
    let bytes = std::fs::read(desk.path("e.pdf")).expect("the paper");
    assert!(!bytes.windows(PRIVATE.len()).any(|window| window == PRIVATE.as_bytes()));
    let Ok(text) = Command::new("pdftotext").arg(desk.path("e.pdf")).arg("-").output() else { return };
    let text = String::from_utf8_lossy(&text.stdout).replace('\n', " ");
    for words in [
        "Part 2 of 4. The top 8 mm repeat the end of the part before.",
        "Page 2 of 3.",
        "All 3 pages, not retouched.",
        "The place recorded by the camera is left out of this copy.",
    ] {
        assert!(text.contains(words), "{words}");
    }
}
