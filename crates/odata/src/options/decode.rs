use std::borrow::Cow;

use super::OptionError;
use crate::error::excerpt;

/// A name or value of a query string in plain text (`application/x-www-form-urlencoded`, which everyone that sends
/// `+` means by it).
///
/// # Errors
/// [`OptionError::Encoding`] for `%` without two hexadecimal digits and for bytes that are not UTF-8.
pub(super) fn decoded(text: &str) -> Result<String, OptionError> {
    let wrong = || OptionError::Encoding(excerpt(text));
    let spaced = text.replace('+', " ");
    let is_complete = spaced
        .split('%')
        .skip(1)
        .all(|part| part.as_bytes().get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)));
    if !is_complete {
        return Err(wrong());
    }
    percent_encoding::percent_decode_str(&spaced).decode_utf8().map(Cow::into_owned).map_err(|_| wrong())
}
