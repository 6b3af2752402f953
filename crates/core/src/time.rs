use std::fmt;
use std::ops::{Add, Sub};
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A moment in UTC, counted in microseconds since 1970.
///
/// Text is RFC 3339: read with any offset and 0 to 12 fraction digits (digits past the sixth are dropped), written
/// in UTC with `Z` and without trailing zeros, as Graph does (`2026-11-23T10:00:00.05Z`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp(i64);

/// A text that is not an RFC 3339 date-time with an offset.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a date-time such as 2026-11-23T10:00:00Z")]
pub struct ParseTimestampError(String);

const MICROS: i64 = 1_000_000;

impl Timestamp {
    /// The moment `micros` microseconds after (before, if negative) 1970-01-01T00:00:00Z.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// The moment `seconds` after 1970-01-01T00:00:00Z, the unit of JWT `NumericDate` (RFC 7519 §2).
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(MICROS))
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    pub const fn as_seconds(self) -> i64 {
        self.0.div_euclid(MICROS)
    }

    /// How long after `earlier` this is; zero if it is not after.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// `2026-11-23T10:00:00`: the form of `innerError.date`, without zone and fraction.
    pub fn without_zone(self) -> String {
        let mut text = Self::from_seconds(self.as_seconds()).to_string();
        text.pop();
        text
    }
}

impl Add<Duration> for Timestamp {
    type Output = Self;

    fn add(self, by: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(by.as_micros()).unwrap_or(i64::MAX)))
    }
}

impl Sub<Duration> for Timestamp {
    type Output = Self;

    fn sub(self, by: Duration) -> Self {
        Self(self.0.saturating_sub(i64::try_from(by.as_micros()).unwrap_or(i64::MAX)))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_microsecond(self.0) {
            Ok(moment) => moment.fmt(f),
            Err(_) if self.0 < 0 => f.write_str("0001-01-01T00:00:00Z"),
            Err(_) => f.write_str("9999-12-31T23:59:59.999999Z"),
        }
    }
}

impl FromStr for Timestamp {
    type Err = ParseTimestampError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || ParseTimestampError(text.chars().take(64).collect());
        if text.len() > 64 || !text.is_ascii() {
            return Err(wrong());
        }
        cut_fraction(text)
            .parse::<jiff::Timestamp>()
            .map(|moment| Self(moment.as_microsecond()))
            .map_err(|_| wrong())
    }
}

/// Keeps at most six fraction digits, so that longer ones are dropped and not refused.
fn cut_fraction(text: &str) -> String {
    let Some((whole, rest)) = text.split_once('.') else { return text.to_owned() };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 12 {
        return text.to_owned();
    }
    format!("{whole}.{}{}", &rest[..digits.min(6)], &rest[digits..])
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn writes_as_graph_does() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap().to_string();
        assert_eq!(at("2018-06-22T11:56:12Z"), "2018-06-22T11:56:12Z");
        assert_eq!(at("2020-11-03T20:56:38.6210843Z"), "2020-11-03T20:56:38.621084Z");
        assert_eq!(at("2020-11-03T20:56:38.500000000000Z"), "2020-11-03T20:56:38.5Z");
        assert_eq!(at("2020-11-03T22:56:38+02:00"), "2020-11-03T20:56:38Z");
        assert_eq!(
            "2020-11-03T20:56:38.9Z".parse::<Timestamp>().unwrap().without_zone(),
            "2020-11-03T20:56:38"
        );
    }

    #[test]
    fn refuses_what_is_no_moment() {
        for text in [
            "",
            "yesterday",
            "2020-13-01T00:00:00Z",
            "2020-11-03",
            "2020-11-03T20:56:38",
            "2020-11-03T20:56:38.1234567890123Z",
        ] {
            assert!(text.parse::<Timestamp>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn text_round_trips(micros in -62_000_000_000_000_000i64..253_000_000_000_000_000) {
            let moment = Timestamp::from_micros(micros);
            prop_assert_eq!(moment.to_string().parse::<Timestamp>().unwrap(), moment);
        }
    }
}
