//! The fonts of all papers: bundled, so that a paper looks the same on every computer, and every
//! script a message can hold has a face. All are unmodified files under the SIL Open Font License;
//! the licence texts stand beside them.

use super::page::FontIndex;

macro_rules! bundled {
    ($($family:literal, $bold:literal, $file:literal;)*) => {
        /// Every bundled font. The position is its [`FontIndex`].
        static FONTS: &[BundledFont] = &[$(
            BundledFont { family: $family, bold: $bold, bytes: include_bytes!(concat!("fonts/", $file, ".ttf")) },
        )*];
    };
}

bundled! {
    "Liberation Serif", false, "LiberationSerif-Regular";
    "Liberation Serif", true, "LiberationSerif-Bold";
    "Liberation Sans", false, "LiberationSans-Regular";
    "Liberation Sans", true, "LiberationSans-Bold";
    "Liberation Mono", false, "LiberationMono-Regular";
    "Noto Sans", false, "NotoSans-Regular";
    "Noto Sans", true, "NotoSans-Bold";
    "Noto Sans Arabic", false, "NotoSansArabic-Regular";
    "Noto Sans Arabic", true, "NotoSansArabic-Bold";
    "Noto Sans Hebrew", false, "NotoSansHebrew-Regular";
    "Noto Sans Hebrew", true, "NotoSansHebrew-Bold";
    "Noto Sans Devanagari", false, "NotoSansDevanagari-Regular";
    "Noto Sans Devanagari", true, "NotoSansDevanagari-Bold";
    "Noto Sans Bengali", false, "NotoSansBengali-Regular";
    "Noto Sans Bengali", true, "NotoSansBengali-Bold";
    "Noto Sans Gurmukhi", false, "NotoSansGurmukhi-Regular";
    "Noto Sans Gurmukhi", true, "NotoSansGurmukhi-Bold";
    "Noto Sans Gujarati", false, "NotoSansGujarati-Regular";
    "Noto Sans Gujarati", true, "NotoSansGujarati-Bold";
    "Noto Sans Tamil", false, "NotoSansTamil-Regular";
    "Noto Sans Tamil", true, "NotoSansTamil-Bold";
    "Noto Sans Thai", false, "NotoSansThai-Regular";
    "Noto Sans Thai", true, "NotoSansThai-Bold";
    "Noto Sans Armenian", false, "NotoSansArmenian-Regular";
    "Noto Sans Armenian", true, "NotoSansArmenian-Bold";
    "Noto Sans Georgian", false, "NotoSansGeorgian-Regular";
    "Noto Sans Georgian", true, "NotoSansGeorgian-Bold";
    "Noto Sans Ethiopic", false, "NotoSansEthiopic-Regular";
    "Noto Sans Ethiopic", true, "NotoSansEthiopic-Bold";
    "Noto Sans Symbols", false, "NotoSansSymbols-Regular";
    "Noto Sans Symbols", true, "NotoSansSymbols-Bold";
    "Noto Sans Symbols 2", false, "NotoSansSymbols2-Regular";
    "Noto Sans Math", false, "NotoSansMath-Regular";
    "Noto Color Emoji", false, "NotoColorEmoji";
}

/// The family emoji are drawn with.
pub(super) const EMOJI: &str = "Noto Color Emoji";

/// One bundled font file.
#[derive(Debug, Clone, Copy)]
pub struct BundledFont {
    /// The family it belongs to.
    pub family: &'static str,
    /// Whether it is the bold face of its family.
    pub bold: bool,
    /// The whole file, unmodified.
    pub bytes: &'static [u8],
}

/// The bundled fonts, in the order of [`FontIndex`]: what drawing embeds.
#[must_use]
pub fn fonts() -> &'static [BundledFont] {
    FONTS
}

/// The font with this index.
#[must_use]
pub fn font(index: FontIndex) -> Option<&'static BundledFont> {
    FONTS.get(usize::from(index.0))
}

/// The families to try after `first`, each once and in a fixed order.
pub(super) fn families_after(first: &'static str) -> Vec<&'static str> {
    let mut families = vec![first];
    // Sans before Serif is not wanted for serif text, but Liberation Sans has shapes (arrows, boxes)
    // the serif lacks, so it stands second; Noto follows.
    for font in FONTS {
        let other_voice = matches!(font.family, "Liberation Serif" | "Liberation Mono");
        if !other_voice && !families.contains(&font.family) {
            families.push(font.family);
        }
    }
    families
}
