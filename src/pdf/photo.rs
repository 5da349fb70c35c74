//! Photographs: what can be read from a JPEG.

/// What a JPEG says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhotoFacts {
    /// Stored width in pixels, before turning.
    pub width: u32,
    /// Stored height in pixels, before turning.
    pub height: u32,
    /// EXIF orientation, 1 to 8; 1 where none is given.
    pub orientation: u8,
    /// It says where it was taken.
    pub has_place: bool,
    /// When it says it was taken, in its own words: `2026:09:18 17:04:10`. A camera's clock, no more.
    pub taken: Option<String>,
}

impl PhotoFacts {
    /// Width and height of the upright picture.
    #[must_use]
    pub fn upright(&self) -> (u32, u32) {
        if self.orientation >= 5 { (self.height, self.width) } else { (self.width, self.height) }
    }
}

/// What a JPEG says of itself; `None`: not a JPEG that a paper can show.
#[must_use]
pub fn photo_facts(bytes: &[u8]) -> Option<PhotoFacts> {
    let _ = bytes;
    unimplemented!()
}

/// A copy without what could give away a place, a device or a name. The picture data is untouched. `None`: not a JPEG.
#[must_use]
pub fn without_place(bytes: &[u8]) -> Option<Vec<u8>> {
    let _ = bytes;
    unimplemented!()
}
