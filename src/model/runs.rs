//! Many records said in few words: an import of fifty thousand messages must not need fifty thousand lines.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Locator, LocatorStep, RecordId};

/// Records in their order; those of one noun with numbers in a row are one run: `MSG-1..MSG-50000`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecordRuns(Vec<(RecordId, u32)>);

impl RecordRuns {
    /// Adds one at the end.
    pub fn push(&mut self, id: RecordId) {
        self.add_run(id, id.number);
    }

    /// Adds others at the end.
    pub fn extend(&mut self, other: &RecordRuns) {
        other.0.iter().for_each(|(first, last)| self.add_run(*first, *last));
    }

    fn add_run(&mut self, first: RecordId, last: u32) {
        match self.0.last_mut() {
            Some((noun, end)) if noun.noun == first.noun && end.checked_add(1) == Some(first.number) => *end = last,
            _ => self.0.push((first, last)),
        }
    }

    /// How many records.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.0.iter().map(|(first, last)| u64::from(last.saturating_sub(first.number)) + 1).sum()
    }

    /// One by one.
    pub fn iter(&self) -> impl Iterator<Item = RecordId> + '_ {
        self.0.iter().flat_map(|(first, last)| (first.number..=*last).map(|number| RecordId::new(first.noun, number)))
    }
}

impl Serialize for RecordRuns {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|(first, last)| {
            if *last == first.number {
                first.to_string()
            } else {
                format!("{first}..{}", RecordId::new(first.noun, *last))
            }
        }))
    }
}

impl<'de> Deserialize<'de> for RecordRuns {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;
        let mut runs = RecordRuns::default();
        for text in Vec::<String>::deserialize(deserializer)? {
            let (first, last) = text.split_once("..").unwrap_or((&text, &text));
            let first: RecordId = first.parse().map_err(D::Error::custom)?;
            let last: RecordId = last.parse().map_err(D::Error::custom)?;
            if last.noun != first.noun || last.number < first.number {
                return Err(D::Error::custom("a run of records ends before it begins"));
            }
            runs.add_run(first, last.number);
        }
        Ok(runs)
    }
}

/// A record and a place in an original where it stands: `MSG-12 entry 3 bytes 1024+300`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordPlace {
    /// The record.
    pub record: RecordId,
    /// Where in the original.
    pub locator: Locator,
}

impl fmt::Display for RecordPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.record)?;
        for step in &self.locator.0 {
            match step {
                LocatorStep::Bytes { start, length } => write!(f, " bytes {start}+{length}")?,
                LocatorStep::ZipEntry(number) => write!(f, " entry {number}")?,
                LocatorStep::Line(number) => write!(f, " line {number}")?,
                LocatorStep::Stream(path) => {
                    // A blank ends a word here.
                    write!(f, " stream {}", path.replace('%', "%25").replace(' ', "%20"))?;
                }
                LocatorStep::XmlBase64 => write!(f, " xml base64")?,
                LocatorStep::Part(path) => {
                    let path: Vec<String> = path.iter().map(u32::to_string).collect();
                    write!(f, " part {}", path.join("."))?;
                }
            }
        }
        Ok(())
    }
}

impl FromStr for RecordPlace {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("“{text}” is not a record and its place");
        let mut words = text.split(' ');
        let record = words.next().unwrap_or_default().parse().map_err(|_| wrong())?;
        let mut steps = Vec::new();
        while let Some(kind) = words.next() {
            let value = words.next().ok_or_else(wrong)?;
            steps.push(match kind {
                "bytes" => {
                    let (start, length) = value.split_once('+').ok_or_else(wrong)?;
                    let number = |text: &str| text.parse::<u64>().map_err(|_| wrong());
                    LocatorStep::Bytes { start: number(start)?, length: number(length)? }
                }
                "entry" => LocatorStep::ZipEntry(value.parse().map_err(|_| wrong())?),
                "line" => LocatorStep::Line(value.parse().map_err(|_| wrong())?),
                "stream" => LocatorStep::Stream(value.replace("%20", " ").replace("%25", "%")),
                "xml" => LocatorStep::XmlBase64,
                "part" => {
                    let path: Result<Vec<u32>, _> =
                        value.split('.').filter(|number| !number.is_empty()).map(str::parse).collect();
                    LocatorStep::Part(path.map_err(|_| wrong())?)
                }
                _ => return Err(wrong()),
            });
        }
        Ok(RecordPlace { record, locator: Locator(steps) })
    }
}

impl Serialize for RecordPlace {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RecordPlace {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Noun;

    #[test]
    fn runs_are_short_and_read_back() {
        let mut runs = RecordRuns::default();
        (1..=50_000).chain([50_002, 7, 8]).for_each(|number| runs.push(RecordId::new(Noun::Message, number)));
        runs.push(RecordId::new(Noun::Document, 9));
        let json = serde_json::to_string(&runs).unwrap();
        assert_eq!(json, r#"["MSG-1..MSG-50000","MSG-50002","MSG-7..MSG-8","DOC-9"]"#);
        assert_eq!(serde_json::from_str::<RecordRuns>(&json).unwrap(), runs);
        assert_eq!((runs.count(), runs.iter().last()), (50_004, Some(RecordId::new(Noun::Document, 9))));
        serde_json::from_str::<RecordRuns>(r#"["MSG-9..MSG-2"]"#).unwrap_err();
    }

    #[test]
    fn places_read_back() {
        let locator = Locator(vec![
            LocatorStep::ZipEntry(3),
            LocatorStep::Bytes { start: 5_000_000_000, length: 300 },
            LocatorStep::Part(vec![1, 0]),
            LocatorStep::Line(7),
            LocatorStep::Stream("a b/%20".to_owned()),
            LocatorStep::XmlBase64,
        ]);
        for locator in [locator, Locator::whole()] {
            let place = RecordPlace { record: RecordId::new(Noun::Message, 12), locator };
            assert_eq!(place.to_string().parse(), Ok(place));
        }
    }
}
