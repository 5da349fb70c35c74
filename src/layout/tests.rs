//! Pages as plain values: what must never happen on one of them.

use super::*;
use crate::bundle::BundlePlan;
use sample::{evidence, exhibit};

/// Writes the sample papers as PDF files into the folder `DAYBOOK_WRITE_SAMPLE` names, for looking at.
#[test]
fn sample_papers_can_be_looked_at() {
    #[expect(clippy::disallowed_methods, reason = "tests are an edge of their own")]
    let folder = std::env::var_os("DAYBOOK_WRITE_SAMPLE");
    for (name, plan) in [("evidence.pdf", evidence()), ("exhibit.pdf", exhibit())] {
        let laid = lay_out(&plan).expect("the sample lays out");
        let bytes = crate::pdf::compose(&laid.pages).expect("the sample is drawn");
        assert!(bytes.starts_with(b"%PDF"));
        if let Some(folder) = &folder {
            std::fs::write(std::path::Path::new(folder).join(name), bytes).expect("the folder can be written to");
        }
    }
}

fn papers() -> Vec<(BundlePlan, Laid)> {
    [evidence(), exhibit()]
        .into_iter()
        .map(|plan| {
            let laid = lay_out(&plan).expect("the sample lays out");
            (plan, laid)
        })
        .collect()
}

fn runs(page: &Page) -> impl Iterator<Item = &TextRun> {
    page.items.iter().filter_map(|item| if let Item::Text(run) = item { Some(run) } else { None })
}

fn width(run: &TextRun) -> f32 {
    run.glyphs.iter().map(|glyph| glyph.advance).sum()
}

fn is_number(page: &Page, run: &TextRun) -> bool {
    run.at.1 > page.height - galley::mm(20.0)
}

/// Every page of the samples, with a check of our own words for it.
fn check(rule: &str, holds: impl Fn(&Page) -> bool) {
    for (plan, laid) in papers() {
        for page in &laid.pages {
            assert!(holds(page), "{rule}: page {} of {}", page.label, plan.title);
        }
    }
}

#[test]
fn the_page_number_is_the_label_once_and_in_the_middle_of_the_sheet() {
    check("27A-54", |page| {
        let numbers: Vec<&TextRun> = runs(page).filter(|run| is_number(page, run)).collect();
        let [number] = numbers[..] else { return false };
        let middle = number.at.0 + width(number) / 2.0;
        number.text == page.label && (middle - page.width / 2.0).abs() < 0.1 && (number.size - 12.0).abs() < 0.01
    });
}

#[test]
fn no_ink_below_the_bottom_margin_or_in_the_corner() {
    check("EF-11", |page| {
        let lowest = page.height - galley::mm(22.0);
        page.items.iter().all(|item| match item {
            Item::Text(run) => is_number(page, run) || run.at.1 <= lowest,
            Item::Line { from, to, .. } => from.1.max(to.1) <= lowest,
            Item::Fill { corners, .. } => corners.iter().all(|corner| corner.1 <= lowest),
            Item::Picture { area, .. } => area.1 + area.3 <= lowest,
        })
    });
}

#[test]
fn no_text_outside_the_margins_but_line_numbers() {
    for (plan, laid) in papers() {
        let left = if matches!(plan.numbering, crate::bundle::Numbering::Exhibit { .. }) { 35.0 } else { 25.0 };
        for page in &laid.pages {
            for run in runs(page).filter(|run| !is_number(page, run)) {
                let is_line_number = run.size < 9.5 && run.text.chars().all(|c| c.is_ascii_digit());
                assert!(is_line_number || run.at.0 >= galley::mm(left) - 0.1, "{}: {}", page.label, run.text);
                let right = run.at.0 + width(run);
                assert!(right <= page.width - galley::mm(25.0) + 0.1, "{}: {} ends at {right}", page.label, run.text);
            }
        }
    }
}

#[test]
fn nothing_is_smaller_than_nine_points_and_serif_is_never_under_twelve() {
    check("27A-61", |page| {
        runs(page).all(|run| {
            let is_serif = font(run.font).is_some_and(|font| font.family == "Liberation Serif");
            run.size >= if is_serif { 12.0 } else { 8.99 }
        })
    });
}

#[test]
fn words_of_neighbouring_cells_never_meet() {
    check("no overlap", |page| {
        let runs: Vec<&TextRun> = runs(page).collect();
        runs.iter().enumerate().all(|(i, a)| {
            runs[i + 1..].iter().all(|b| {
                let same_line = (a.at.1 - b.at.1).abs() < 0.5;
                let apart = a.at.0 + width(a) <= b.at.0 + 0.1 || b.at.0 + width(b) <= a.at.0 + 0.1;
                !same_line || apart
            })
        })
    });
}

#[test]
fn no_glyph_is_a_replacement_box_and_every_glyph_says_what_it_is() {
    check("glyphs", |page| {
        runs(page).all(|run| {
            run.glyphs
                .iter()
                .all(|glyph| glyph.id != 0 && run.text.get(glyph.text.clone()).is_some_and(|t| !t.is_empty()))
        })
    });
}

#[test]
fn what_no_font_has_is_printed_as_code_points_and_said() {
    let laid = lay_out(&evidence()).expect("the sample lays out");
    let [finding] = &laid.findings[..] else { panic!("one entry has such characters: {:?}", laid.findings) };
    assert_eq!((finding.kind.as_str(), finding.place.as_str()), ("character-without-font", "MSG-300"));
    assert!(finding.what.contains("U+5B57, U+6F22"), "{}", finding.what);
    let text = laid.pages.iter().flat_map(runs).map(|run| run.text.as_str()).collect::<String>();
    assert!(text.contains("[U+6F22]") && text.contains("[U+202E]"));
    assert!(!text.contains(['\u{202e}', '漢']));
}

#[test]
fn every_link_leads_to_a_page_and_every_reference_is_a_link() {
    for (_, laid) in papers() {
        for page in &laid.pages {
            assert!(page.links.iter().all(|link| laid.places.contains_key(&link.to)), "{}", page.label);
            for run in runs(page).filter(|run| run.ink == Ink::Link) {
                let (x, y) = (run.at.0 + width(run) / 2.0, run.at.1 - 2.0);
                let inside = |link: &&LinkArea| {
                    let (left, top, width, height) = link.area;
                    (left..left + width).contains(&x) && (top..top + height).contains(&y)
                };
                let over: Vec<&LinkArea> = page.links.iter().filter(inside).collect();
                let [link] = over[..] else { panic!("{} on {} has {} links", run.text, page.label, over.len()) };
                assert_eq!(laid.pages[laid.places[&link.to].page].label, run.text);
            }
        }
    }
}

#[test]
fn a_table_goes_on_under_its_head_and_a_section_says_continued() {
    let mut plan = evidence();
    let copies = plan.sections[1].entries.clone();
    for (i, mut entry) in copies.into_iter().cycle().skip(1).take(60).enumerate() {
        entry.anchor = crate::bundle::Anchor::named(format!("more-{i}"));
        plan.sections[1].entries.push(entry);
    }
    let laid = lay_out(&plan).expect("the longer sample lays out");
    let (first, last) = laid.extents[&crate::bundle::Anchor::named("index")];
    assert!(last >= first + 2, "the index is long");
    for page in &laid.pages[first + 1..=last] {
        let words: Vec<&str> = runs(page).map(|run| run.text.as_str()).collect();
        assert!(words.contains(&"No."), "{words:?}");
    }
    let second: Vec<&str> = runs(&laid.pages[first + 1]).map(|run| run.text.as_str()).collect();
    assert!(second.iter().any(|words| words.ends_with("(continued)")), "{second:?}");
}

#[test]
fn no_heading_head_day_or_gap_is_the_last_on_its_page() {
    check("keep with next", |page| {
        let last = runs(page).filter(|run| !is_number(page, run)).max_by(|a, b| a.at.1.total_cmp(&b.at.1));
        // Small headings, day lines and table heads are bold Sans at 10; gaps name what is not shown.
        last.is_none_or(|run| {
            let bold = font(run.font).is_some_and(|font| font.bold);
            let is_total = page.items.len() > 40;
            (!bold || is_total) && !run.text.contains("not shown,")
        })
    });
}

#[test]
fn a_practice_paper_says_so_on_every_page_and_no_other_does() {
    for (plan, laid) in papers() {
        let marked = laid.pages.iter().filter(|page| runs(page).any(|run| run.text == "PRACTICE")).count();
        assert_eq!(marked, if plan.practice { laid.pages.len() } else { 0 });
    }
}

#[test]
fn labels_run_by_section_and_by_exhibit() {
    let [(_, bundle), (_, exhibit)] = &papers()[..] else { panic!("two samples") };
    let labels: Vec<&str> = bundle.pages.iter().map(|page| page.label.as_str()).collect();
    assert!(labels.starts_with(&["A1", "A2"]) && labels.contains(&"B1") && labels.ends_with(&["E1"]), "{labels:?}");
    let labels: Vec<&str> = exhibit.pages.iter().map(|page| page.label.as_str()).collect();
    assert_eq!(labels, ["AR1-1", "AR1-2", "AR1-3", "AR1-4"]);
    assert_eq!(bundle.outline.len(), 5);
    let event =
        bundle.outline[1].children.iter().find(|mark| mark.title.starts_with("18 Sep 2026")).expect("the event");
    assert_eq!(event.title, format!("18 Sep 2026: Nobody came to the handover, {}", bundle.pages[event.page].label));
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let bytes = || {
        let laid = lay_out(&evidence()).expect("the sample lays out");
        crate::pdf::compose(&laid.pages).expect("the sample is drawn")
    };
    assert!(bytes() == bytes());
}

#[test]
fn a_reference_to_a_page_that_is_not_there_is_an_error() {
    let mut plan = evidence();
    plan.sections.pop();
    let error = lay_out(&plan).expect_err("the page that tells how to check is gone");
    assert_eq!(error, LayoutError::UnknownPlace { places: "check".into() });
}

#[test]
fn right_to_left_words_stand_at_the_right_and_read_in_order() {
    let laid = lay_out(&evidence()).expect("the sample lays out");
    let arabic = laid.pages.iter().flat_map(runs).find(|run| run.text.contains("شكرا")).expect("the Arabic message");
    assert_eq!(arabic.text, "شكرا، سنكون هناك في الساعة الخامسة إن شاء الله");
    let right = arabic.at.0 + width(arabic);
    assert!((right - (galley::Geometry::SHEET_WIDTH - galley::mm(25.0))).abs() < 0.1, "{right}");
}

/// A page as text: each run with its place in tenths of a point, so that a change of look is seen.
#[test]
fn the_front_sheet_as_text() {
    let laid = lay_out(&exhibit()).expect("the sample lays out");
    let lines: Vec<String> = runs(&laid.pages[0])
        .take(12)
        .map(|run| format!("{:.1} {:.1} {} {}", run.at.0, run.at.1, run.size, run.text.trim_end()))
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

/// The sample's transcript with these changes to its first message, and its pages.
fn transcript_with(words: &str, file: Option<crate::bundle::ChatFile>) -> Vec<Page> {
    use crate::bundle::{Paper, TranscriptRow};
    let mut plan = exhibit();
    let papers = plan.sections.iter_mut().flat_map(|section| &mut section.entries).map(|entry| &mut entry.paper);
    let rows = papers.into_iter().find_map(|paper| match paper {
        Paper::Transcript(transcript) => Some(&mut transcript.rows),
        _ => None,
    });
    let first = rows.expect("the sample has a transcript").iter_mut().find_map(|row| match row {
        TranscriptRow::Message { words, files, sender, chosen, .. } => Some((words, files, sender, chosen)),
        _ => None,
    });
    let (was, files, sender, chosen) = first.expect("the transcript has a message");
    words.clone_into(was);
    "Robin Vane".clone_into(sender);
    files.extend(file);
    *chosen = true;
    lay_out(&plan).expect("the sample lays out").pages
}

#[test]
fn a_message_that_a_page_cuts_says_again_whose_it_is() {
    let pages = transcript_with(&"A long message, written in one go. ".repeat(120), None);
    let says = |page: &&Page| runs(page).any(|run| run.text.contains("Robin Vane (continued)"));
    assert!(pages.iter().filter(says).count() >= 1, "the page after the cut names number, time and sender");
}

#[test]
fn a_picture_in_a_chat_is_forty_millimetres_wide_with_its_name_beside_it() {
    use crate::bundle::{ChatFile, ChatPicture, PictureFrame};
    use crate::model::Digest;
    let frame = |pixels| PictureFrame { number: 0, pixels, orientation: 1, as_it_is: false };
    for (pixels, expected) in [((4000, 3000), (40.0, 30.0)), ((3000, 4000), (22.5, 30.0)), ((4000, 1000), (40.0, 10.0))]
    {
        let picture = ChatPicture { image: Digest([7; 32]), frame: frame(pixels), finest: Some(300) };
        let file = ChatFile { name: "IMG-7.jpg".into(), about: Vec::new(), picture: Some(picture) };
        let pages = transcript_with("Here", Some(file));
        let (page, area) = pages
            .iter()
            .find_map(|page| {
                page.items.iter().find_map(|item| match item {
                    Item::Picture { image, area, .. } if image.0 == [7; 32] => Some((page, *area)),
                    _ => None,
                })
            })
            .expect("the picture is drawn");
        let (left, top, width, height) = area;
        assert!(
            (width - galley::mm(expected.0)).abs() < 0.1 && (height - galley::mm(expected.1)).abs() < 0.1,
            "{area:?}"
        );
        let name = runs(page).find(|run| run.text.contains("IMG-7.jpg")).expect("its name is printed");
        assert!(name.at.0 > left + width && name.at.1 > top && name.at.1 < top + height + 0.1, "beside it");
    }
}
