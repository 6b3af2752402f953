use percent_encoding::percent_decode;

/// Most parameters of one request; the libraries in use send about 20.
const MOST: usize = 64;

/// The parameters of a request in the form `application/x-www-form-urlencoded`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Parameters {
    values: Vec<(String, String)>,
    duplicate: Option<String>,
}

/// Why parameters cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ParameterError {
    /// A name or value is not UTF-8 once its escapes are taken out.
    NotUtf8,
    /// More than 64.
    TooMany,
}

impl Parameters {
    /// Reads a query or the body of a form.
    pub(crate) fn parse(text: &[u8]) -> Result<Self, ParameterError> {
        let mut read = Self::default();
        for pair in text.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            if read.values.len() == MOST {
                return Err(ParameterError::TooMany);
            }
            let (name, value) = match pair.iter().position(|byte| *byte == b'=') {
                Some(at) => (pair.get(..at).unwrap_or_default(), pair.get(at + 1..).unwrap_or_default()),
                None => (pair, &b""[..]),
            };
            let (name, value) = (decode(name)?, decode(value)?);
            if read.duplicate.is_none() && read.values.iter().any(|(known, _)| *known == name) {
                read.duplicate = Some(name.clone());
            }
            read.values.push((name, value));
        }
        Ok(read)
    }

    /// The value of a parameter. One without value counts as left out (RFC 6749 §3.1).
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.values.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// The first name that comes twice, which no request may have (RFC 6749 §3.1 and §3.2).
    pub(crate) fn duplicate(&self) -> Option<&str> {
        self.duplicate.as_deref()
    }
}

/// Takes the escapes of a form out of a text.
pub(crate) fn decode(text: &[u8]) -> Result<String, ParameterError> {
    let spaced: Vec<u8> = text.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    let plain = percent_decode(&spaced).decode_utf8().map_err(|_| ParameterError::NotUtf8)?;
    Ok(plain.into_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn values_are_decoded_and_empty_ones_count_as_left_out() {
        let read = Parameters::parse(b"a=1+2%2B3&b=&c&d=%C3%BC=x&&=e").unwrap();
        assert_eq!(read.get("a"), Some("1 2+3"));
        assert_eq!((read.get("b"), read.get("c"), read.get("f")), (None, None, None));
        assert_eq!(read.get("d"), Some("ü=x"));
        assert_eq!(read.duplicate(), None);
    }

    #[test]
    fn names_that_come_twice_are_noticed_also_when_they_are_escaped() {
        assert_eq!(Parameters::parse(b"a=1&b=2&a=1").unwrap().duplicate(), Some("a"));
        assert_eq!(Parameters::parse(b"a=1&%61=2&b=1").unwrap().duplicate(), Some("a"));
        assert_eq!(Parameters::parse(b"a=&a=").unwrap().duplicate(), Some("a"));
    }

    #[test]
    fn refuses_what_is_no_text_and_what_is_too_much() {
        assert_eq!(Parameters::parse(b"a=%FF"), Err(ParameterError::NotUtf8));
        assert_eq!(Parameters::parse(b"a=\xC3("), Err(ParameterError::NotUtf8));
        let many = vec!["a=1"; 65].join("&");
        assert_eq!(Parameters::parse(many.as_bytes()), Err(ParameterError::TooMany));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            if let Ok(read) = Parameters::parse(&bytes) {
                read.get("a");
            }
        }
    }
}
