use std::io::{BufRead, BufReader, Read};

use serde_json::Value;

use crate::ReplayError;

/// Longest single sign-in, in bytes.
const MAX_ITEM: usize = 1 << 20;

/// The JSON objects of a text, one at a time: those of an array, of the array `value` of an object, or those that simply
/// follow each other, one a line. Memory is that of the largest object.
pub(super) struct Items<R> {
    reader: BufReader<R>,
    state: State,
    number: u64,
    /// What was read of the object at hand.
    buffer: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    InArray,
    OneAfterTheOther,
    /// The first object was begun, to see whether it is an answer of Graph.
    InFirst,
    Over,
}

impl<R: Read> Items<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader: BufReader::new(reader), state: State::Start, number: 0, buffer: Vec::new() }
    }

    fn malformed(&self, reason: impl Into<String>) -> ReplayError {
        ReplayError::Malformed { place: format!("entry {}", self.number + 1), reason: reason.into() }
    }

    fn peek(&mut self) -> Result<Option<u8>, ReplayError> {
        Ok(self.reader.fill_buf()?.first().copied())
    }

    /// Keeps the next byte as part of the object at hand.
    fn take(&mut self) -> Result<Option<u8>, ReplayError> {
        let next = self.peek()?;
        if let Some(byte) = next {
            if self.buffer.len() >= MAX_ITEM {
                return Err(self.malformed(format!("longer than {MAX_ITEM} bytes")));
            }
            self.buffer.push(byte);
            self.reader.consume(1);
        }
        Ok(next)
    }

    /// The next byte that is no blank, kept.
    fn take_blanks(&mut self) -> Result<Option<u8>, ReplayError> {
        while self.peek()?.is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.take()?;
        }
        self.peek()
    }

    /// A text with its quotes, kept; returns what is between them.
    fn take_text(&mut self) -> Result<Vec<u8>, ReplayError> {
        let mut text = Vec::new();
        self.take()?;
        let mut is_escaped = false;
        while let Some(byte) = self.take()? {
            match byte {
                b'"' if !is_escaped => break,
                _ => is_escaped = byte == b'\\' && !is_escaped,
            }
            text.push(byte);
        }
        Ok(text)
    }

    fn start(&mut self) -> Result<State, ReplayError> {
        match self.take_blanks()? {
            Some(b'[') => {
                self.reader.consume(1);
                Ok(State::InArray)
            }
            Some(b'{') => self.start_of_object(),
            None => Ok(State::OneAfterTheOther),
            Some(_) => Err(self.malformed("neither an object nor an array begins here")),
        }
    }

    /// An answer of Graph has its array in `value`, after properties that are no objects; anything else is an item itself.
    fn start_of_object(&mut self) -> Result<State, ReplayError> {
        self.buffer.clear();
        self.take()?;
        while self.take_blanks()? == Some(b'"') {
            let name = self.take_text()?;
            if self.take_blanks()? != Some(b':') {
                break;
            }
            self.take()?;
            match self.take_blanks()? {
                Some(b'[') if name == b"value" => {
                    self.reader.consume(1);
                    return Ok(State::InArray);
                }
                Some(b'[' | b'{') => break,
                Some(b'"') => drop(self.take_text()?),
                _ => {
                    while self.peek()?.is_some_and(|byte| !matches!(byte, b',' | b'}')) {
                        self.take()?;
                    }
                }
            }
            if self.take_blanks()? != Some(b',') {
                break;
            }
            self.take()?;
        }
        Ok(State::InFirst)
    }

    /// The next object up to the brace that closes it; `depth` of it is open already.
    fn object(&mut self, mut depth: u32) -> Result<Value, ReplayError> {
        let (mut is_text, mut is_escaped) = (false, false);
        loop {
            let Some(byte) = self.take()? else {
                return Err(self.malformed("the text ends in the middle of an object"));
            };
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' if is_text => is_escaped = true,
                b'"' => is_text = !is_text,
                b'{' | b'[' if !is_text => depth = depth.saturating_add(1),
                b'}' | b']' if !is_text => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return serde_json::from_slice(&self.buffer)
                    .map_err(|error| self.malformed(error.to_string()));
            }
        }
    }

    /// Passes over what stands between objects; false at the end.
    fn has_another(&mut self) -> Result<bool, ReplayError> {
        let is_array = self.state == State::InArray;
        loop {
            self.buffer.clear();
            match self.take_blanks()? {
                Some(b',') if is_array => self.reader.consume(1),
                Some(b'{') => {
                    self.buffer.clear();
                    return Ok(true);
                }
                Some(b']') if is_array => return Ok(false),
                None if !is_array => return Ok(false),
                None => return Err(self.malformed("the text ends in the middle of the array")),
                Some(_) => return Err(self.malformed("an object should begin here")),
            }
        }
    }

    fn step(&mut self) -> Result<Option<Value>, ReplayError> {
        if self.state == State::Start {
            self.state = self.start()?;
        }
        let object = if self.state == State::InFirst {
            self.state = State::OneAfterTheOther;
            self.object(1)?
        } else if self.state != State::Over && self.has_another()? {
            self.object(0)?
        } else {
            return Ok(None);
        };
        self.number += 1;
        Ok(Some(object))
    }
}

impl<R: Read> Iterator for Items<R> {
    type Item = Result<Value, ReplayError>;

    fn next(&mut self) -> Option<Self::Item> {
        let step = self.step();
        if !matches!(step, Ok(Some(_))) {
            self.state = State::Over;
        }
        step.transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Value>, String> {
        Items::new(text.as_bytes()).collect::<Result<_, _>>().map_err(|error| error.to_string())
    }

    #[test]
    fn arrays_answers_and_lines_are_read() {
        let expected = read(r#"{"a":"}]\"{","b":{"c":[1]}}{"a":2}"#).unwrap();
        assert_eq!(expected.len(), 2);
        for text in [
            r#" [ {"a":"}]\"{","b":{"c":[1]}} , {"a":2} ] "#,
            r#"{"@odata.context":"x","@odata.count":2,"value":[{"a":"}]\"{","b":{"c":[1]}},{"a":2}],"@odata.nextLink":"y"}"#,
            "{\"a\":\"}]\\\"{\",\n\"b\":{\"c\":[1]}}\r\n{\"a\":2}\n",
        ] {
            assert_eq!(read(text).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn nothing_is_an_empty_recording() {
        for text in ["", " \n", "[]", r#"{"value":[]}"#] {
            assert!(read(text).unwrap().is_empty(), "{text:?}");
        }
    }

    #[test]
    fn what_is_no_recording_is_told_with_its_place() {
        for (text, expected) in [
            ("7", "entry 1: neither an object nor an array begins here"),
            ("[{}, 7]", "entry 2: an object should begin here"),
            (r#"{"a":1"#, "entry 1: the text ends in the middle of an object"),
            ("[{}", "entry 2: the text ends in the middle of the array"),
            ("{}x", "entry 2: an object should begin here"),
            (r#"{"a"}"#, "entry 1: expected `:` at line 1 column 5"),
        ] {
            assert_eq!(read(text).unwrap_err(), expected, "{text}");
        }
    }

    #[test]
    fn an_endless_object_is_cut_off() {
        let text = format!(r#"{{"a":"{}"}}"#, "x".repeat(MAX_ITEM));
        assert!(read(&text).unwrap_err().starts_with("entry 1: longer than"));
        let deep = "{\"a\":".repeat(1_000);
        assert!(read(&deep).unwrap_err().contains("entry 1"));
        let deep = format!("{}1{}", "{\"a\":".repeat(1_000), "}".repeat(1_000));
        assert!(read(&deep).unwrap_err().contains("recursion limit"));
    }
}
