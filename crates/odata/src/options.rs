//! The query string of a request.

mod decode;
mod error;
mod lists;

use riskgate_model::schema::StructuredType;

use crate::bind::read_filter;
use crate::error::excerpt;
use crate::filter::Filter;
use crate::order::OrderBy;
use crate::select::Selection;
use crate::skiptoken::SkipToken;

pub use error::OptionError;

/// Longest query string that is read, in bytes, still percent-encoded.
pub const MAX_QUERY_LENGTH: usize = 64 * 1024;

/// What the options of a request are checked against.
#[derive(Debug, Clone, Copy)]
pub struct OptionRules<'a> {
    /// Declared type of the objects.
    pub resource: &'static StructuredType,
    /// Types the objects can have besides it.
    pub derived: &'a [&'static StructuredType],
    /// Largest `$top`.
    pub max_top: u32,
}

/// The options of a request. Which of them an endpoint honours is the endpoint's matter: it refuses the others.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct QueryOptions {
    /// `$filter`
    pub filter: Option<Filter>,
    /// `$select`
    pub select: Option<Selection>,
    /// `$orderby`, empty if there is none.
    pub orderby: Vec<OrderBy>,
    /// `$top`: from 1 to the largest allowed. 0 is refused, as the directory does.
    pub top: Option<u32>,
    /// `$skip`: up to 2,147,483,647.
    pub skip: Option<u32>,
    /// `$count`
    pub count: bool,
    /// `$skiptoken`
    pub skiptoken: Option<SkipToken>,
    /// `$search` as sent.
    pub search: Option<String>,
    /// `$expand` as sent.
    pub expand: Option<String>,
    /// Names and values of all other options in the order they came; those with `$` are not options of this server.
    pub unknown: Vec<(String, String)>,
}

/// Reads a raw query string, without the `?`. Names count in any case, with and without `$`; names and values are
/// percent-decoded, `+` is a space. `$format` is accepted for JSON alone and has no effect.
///
/// # Errors
/// [`OptionError`] for the first option that is wrong.
pub fn parse_options(query: &str, rules: &OptionRules<'_>) -> Result<QueryOptions, OptionError> {
    if query.len() > MAX_QUERY_LENGTH {
        return Err(OptionError::TooLong);
    }
    let mut options = QueryOptions::default();
    let mut seen: Vec<&'static str> = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (decode::decoded(name)?, decode::decoded(value)?);
        let Some(known) = known_name(&name) else {
            options.unknown.push((name, value));
            continue;
        };
        if seen.contains(&known) {
            return Err(OptionError::Duplicate { option: known });
        }
        seen.push(known);
        set(&mut options, known, value, rules)?;
    }
    Ok(options)
}

const KNOWN: [&str; 10] = [
    "$filter",
    "$select",
    "$orderby",
    "$top",
    "$skip",
    "$count",
    "$skiptoken",
    "$search",
    "$expand",
    "$format",
];

fn known_name(name: &str) -> Option<&'static str> {
    let plain = name.strip_prefix('$').unwrap_or(name);
    KNOWN.into_iter().find(|known| known.strip_prefix('$').is_some_and(|k| k.eq_ignore_ascii_case(plain)))
}

fn set(
    options: &mut QueryOptions,
    option: &'static str,
    value: String,
    rules: &OptionRules<'_>,
) -> Result<(), OptionError> {
    // In a filter the place of a control character is known, so that it is refused there.
    if option != "$filter" && value.chars().any(char::is_control) {
        return Err(invalid(option, &value, "a value without control characters"));
    }
    match option {
        "$filter" => options.filter = Some(read_filter(&value, rules.resource, rules.derived)?),
        "$select" => options.select = Some(lists::selection(&value, rules)?),
        "$orderby" => options.orderby = lists::order(&value, rules)?,
        "$top" => options.top = Some(top(&value, rules.max_top)?),
        "$skip" => options.skip = Some(skip(&value)?),
        "$count" => options.count = boolean(option, &value)?,
        "$skiptoken" => options.skiptoken = Some(SkipToken::decode(&value)?),
        "$search" => options.search = Some(value),
        "$expand" => options.expand = Some(value),
        _ if is_json(&value) => {}
        _ => return Err(invalid(option, &value, "'json'")),
    }
    Ok(())
}

fn top(value: &str, max: u32) -> Result<u32, OptionError> {
    number(value)
        .filter(|top| (1..=max).contains(top))
        .ok_or_else(|| OptionError::PageSize { given: excerpt(value), max })
}

fn skip(value: &str) -> Result<u32, OptionError> {
    number(value)
        .filter(|skip| i32::try_from(*skip).is_ok())
        .ok_or_else(|| invalid("$skip", value, "a whole number from 0 to 2147483647"))
}

/// Digits alone: Rust would also take a sign.
fn number(value: &str) -> Option<u32> {
    value.parse().ok().filter(|_| value.bytes().all(|byte| byte.is_ascii_digit()))
}

fn boolean(option: &'static str, value: &str) -> Result<bool, OptionError> {
    match value.to_ascii_lowercase().as_str() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(invalid(option, value, "'true' or 'false'")),
    }
}

fn is_json(format: &str) -> bool {
    let media_type = format.split(';').next().unwrap_or_default().trim();
    media_type.eq_ignore_ascii_case("json") || media_type.eq_ignore_ascii_case("application/json")
}

fn invalid(option: &'static str, value: &str, expected: &'static str) -> OptionError {
    OptionError::Invalid { option, value: excerpt(value), expected }
}

#[cfg(test)]
mod tests;
