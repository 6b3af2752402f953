use std::fmt;

use riskgate_core::Timestamp;

/// How much a list file may hold.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of the whole file; more is refused.
    pub max_bytes: usize,
    /// Lines of the whole file; more is refused.
    pub max_lines: usize,
    /// Bytes of one line; a longer line is a bad line.
    pub max_line_length: usize,
    /// Share of bad lines among lines that should be entries, in percent, above which the file is refused.
    pub max_bad_percent: usize,
}

impl Default for Limits {
    /// 64 MiB, two million lines of 1,024 bytes, 5 % bad. The largest list in use, Apple's, has about 280,000 lines.
    fn default() -> Self {
        Self { max_bytes: 64 << 20, max_lines: 2_000_000, max_line_length: 1_024, max_bad_percent: 5 }
    }
}

/// What was read from a file that was accepted.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed<T> {
    /// Good entries in file order.
    pub entries: Vec<T>,
    /// How many lines were left out.
    pub bad_lines: usize,
    /// The first of them.
    pub first_bad: Option<BadLine>,
    /// The moment the file itself says it was made, if it does; entries may have dates of their own.
    pub dated: Option<Timestamp>,
}

impl<T> Parsed<T> {
    /// Holds the file to the number of entries it says it has.
    pub(super) fn if_complete(self, stated: usize) -> Result<Self, ParseError> {
        let found = self.entries.len() + self.bad_lines;
        if found == stated { Ok(self) } else { Err(ParseError::CutOff { stated, found }) }
    }
}

/// A line, or an entry of a document that is not made of lines, that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// What is counted, `line` or `entry`.
    pub unit: &'static str,
    /// Counted from 1.
    pub number: usize,
    /// Its beginning, control characters escaped.
    pub text: String,
    /// What is wrong with it.
    pub reason: &'static str,
}

impl fmt::Display for BadLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ('{}'): {}", self.unit, self.number, self.text, self.reason)
    }
}

impl BadLine {
    fn units(&self) -> &'static str {
        if self.unit == "line" { "lines" } else { "entries" }
    }

    pub(super) fn new(unit: &'static str, number: usize, text: &str, reason: &'static str) -> Self {
        Self {
            unit,
            number,
            text: text.trim().chars().take(40).flat_map(char::escape_debug).collect(),
            reason,
        }
    }
}

/// Why a file is refused as a whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// More bytes than [`Limits::max_bytes`].
    #[error("the file has {bytes} bytes, {max} are allowed")]
    TooLarge {
        /// Size of the file.
        bytes: usize,
        /// The limit.
        max: usize,
    },
    /// More lines than [`Limits::max_lines`].
    #[error("the file has more than {0} lines")]
    TooManyLines(usize),
    /// Too many lines are no entries: an error page, half a download, another format.
    #[error(
        "{first}; {bad} of {lines} {units} are bad, so the whole file is refused as damaged or not what it should be",
        units = .first.units()
    )]
    Lying {
        /// Number of bad lines.
        bad: usize,
        /// Number of lines that should be entries.
        lines: usize,
        /// The first bad line.
        first: BadLine,
    },
    /// Not one entry.
    #[error("the file has no entries")]
    Empty,
    /// Another number of entries than the file itself says.
    #[error("the file says that it has {stated} entries and has {found}; it is taken for cut off")]
    CutOff {
        /// What it says.
        stated: usize,
        /// What it has.
        found: usize,
    },
    /// Not JSON, or not of the form the format has; in words.
    #[error("the file is not the JSON document it should be: {0}")]
    Json(String),
    /// Readable, and something else.
    #[error("the file is not what it should be: {0}")]
    OtherDocument(&'static str),
}

/// Reads every line with `read`, which gives an entry, nothing (comment, blank, heading) or what is wrong.
pub(crate) fn scan<T>(
    bytes: &[u8],
    limits: &Limits,
    mut read: impl FnMut(&str) -> Result<Option<T>, &'static str>,
) -> Result<Parsed<T>, ParseError> {
    if bytes.len() > limits.max_bytes {
        return Err(ParseError::TooLarge { bytes: bytes.len(), max: limits.max_bytes });
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    let mut parsed = Parsed { entries: Vec::new(), bad_lines: 0, first_bad: None, dated: None };
    for (index, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        if index >= limits.max_lines {
            return Err(ParseError::TooManyLines(limits.max_lines));
        }
        match text_of(line, limits).and_then(&mut read) {
            Ok(Some(entry)) => parsed.entries.push(entry),
            Ok(None) => {}
            Err(reason) => {
                parsed.bad_lines += 1;
                let shown = || String::from_utf8_lossy(&line[..line.len().min(160)]).into_owned();
                parsed.first_bad.get_or_insert_with(|| BadLine::new("line", index + 1, &shown(), reason));
            }
        }
    }
    judge(parsed, limits)
}

fn text_of<'a>(line: &'a [u8], limits: &Limits) -> Result<&'a str, &'static str> {
    if line.len() > limits.max_line_length {
        return Err("the line is too long");
    }
    std::str::from_utf8(line).map(str::trim).map_err(|_| "the line is not UTF-8 text")
}

/// Accepts what was read, or refuses the file as a whole.
pub(super) fn judge<T>(parsed: Parsed<T>, limits: &Limits) -> Result<Parsed<T>, ParseError> {
    let lines = parsed.entries.len() + parsed.bad_lines;
    match &parsed.first_bad {
        Some(first) if parsed.bad_lines * 100 > limits.max_bad_percent * lines => {
            Err(ParseError::Lying { bad: parsed.bad_lines, lines, first: first.clone() })
        }
        _ if parsed.entries.is_empty() => Err(ParseError::Empty),
        _ => Ok(parsed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(bytes: &[u8], limits: &Limits) -> Result<Parsed<u32>, ParseError> {
        scan(bytes, limits, |line| match line {
            "" => Ok(None),
            line => line.parse().map(Some).map_err(|_| "not a number"),
        })
    }

    #[test]
    fn a_few_bad_lines_are_left_out_and_the_first_is_named() {
        let mut text: String = (0..100).map(|number| format!("{number}\r\n")).collect();
        text.insert(0, '\u{feff}');
        text.push_str("12x\n\u{7}\n");
        let parsed = numbers(text.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(parsed.entries.len(), 100);
        assert_eq!(parsed.bad_lines, 2);
        assert_eq!(parsed.first_bad.unwrap().to_string(), "line 101 ('12x'): not a number");
    }

    #[test]
    fn a_file_that_is_mostly_wrong_is_refused_with_its_first_bad_line() {
        let error = numbers(b"1\n\x1b[31m<html>\n3\n", &Limits::default()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "line 2 ('\\u{1b}[31m<html>'): not a number; 1 of 3 lines are bad, so the whole file is refused as \
             damaged or not what it should be"
        );
        assert_eq!(numbers(b"", &Limits::default()).unwrap_err(), ParseError::Empty);
    }

    #[test]
    fn every_bound_holds_exactly() {
        let limits = Limits { max_bytes: 8, max_lines: 3, max_line_length: 2, max_bad_percent: 0 };
        assert_eq!(numbers(b"1\n2\n3\n", &limits).unwrap().entries, [1, 2, 3]);
        assert_eq!(numbers(b"1\n2\n3\n4\n", &limits).unwrap_err(), ParseError::TooManyLines(3));
        assert!(matches!(numbers(b"123456789", &limits), Err(ParseError::TooLarge { bytes: 9, max: 8 })));
        assert!(matches!(numbers(b"123", &limits), Err(ParseError::Lying { bad: 1, .. })));
        assert!(matches!(numbers(b"1\n\xff\n", &limits), Err(ParseError::Lying { bad: 1, lines: 2, .. })));
    }
}
