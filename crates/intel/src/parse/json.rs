//! What the readers of JSON documents share.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error as _, SeqAccess, Visitor};

use super::lines::judge;
use super::{BadLine, Limits, ListEntry, ParseError, Parsed};

/// Largest JSON document that is read, in bytes: it is held in memory whole, unlike a list of lines.
pub const MAX_JSON_BYTES: usize = 16 << 20;

/// Most elements of the main array of a document. The Tor network has about 10,000 relays.
pub(super) const MAX_ELEMENTS: usize = 200_000;

/// Reads a document; its depth is bounded by the reader (128).
pub(super) fn read_document<T: DeserializeOwned>(bytes: &[u8], limits: &Limits) -> Result<T, ParseError> {
    let max = limits.max_bytes.min(MAX_JSON_BYTES);
    if bytes.len() > max {
        return Err(ParseError::TooLarge { bytes: bytes.len(), max });
    }
    serde_json::from_slice(bytes).map_err(|error| {
        let text = error.to_string();
        ParseError::Json(text.chars().take(160).flat_map(char::escape_debug).collect())
    })
}

/// Reads an array of at most `MAX` elements.
pub(super) fn bounded<'de, D, T, const MAX: usize>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    struct Bounded<T, const MAX: usize>(PhantomData<T>);
    impl<'de, T: Deserialize<'de>, const MAX: usize> Visitor<'de> for Bounded<T, MAX> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "an array of at most {MAX} elements")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Vec<T>, A::Error> {
            let mut elements = Vec::new();
            while let Some(element) = array.next_element()? {
                if elements.len() == MAX {
                    return Err(A::Error::custom(format!("an array has more than {MAX} elements")));
                }
                elements.push(element);
            }
            Ok(elements)
        }
    }
    deserializer.deserialize_seq(Bounded::<T, MAX>(PhantomData))
}

/// Gathers the entries of a document and the ones that are wrong.
pub(super) struct Gathered(Parsed<ListEntry>);

impl Gathered {
    pub(super) fn new() -> Self {
        Self(Parsed { entries: Vec::new(), bad_lines: 0, first_bad: None, dated: None })
    }

    /// Takes an entry that was written as `text`, or why it is none.
    pub(super) fn add(&mut self, text: &str, entry: Result<ListEntry, &'static str>) {
        let number = self.0.entries.len() + self.0.bad_lines + 1;
        match entry {
            Ok(entry) => self.0.entries.push(entry),
            Err(reason) => {
                self.0.bad_lines += 1;
                self.0.first_bad.get_or_insert_with(|| BadLine::new("entry", number, text, reason));
            }
        }
    }

    /// Accepts what was gathered, or refuses the document as a whole.
    pub(super) fn finish(self, limits: &Limits) -> Result<Parsed<ListEntry>, ParseError> {
        judge(self.0, limits)
    }
}
