//! The opaque token that says where the next page begins.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use riskgate_core::Timestamp;
use serde_json::{Value as Json, json};

use crate::filter::Value;
use crate::order::MAX_ORDER_PARTS;

/// Longest token that is read, in characters; a text of 1,024 characters in an order takes up to 5,500.
pub const MAX_SKIP_TOKEN_LENGTH: usize = 16 * 1024;

/// The place of an object in an order: `$skiptoken` of the next page.
///
/// The token is no secret and not signed: it holds only what the page before it showed, and a query with another one
/// still answers only from what the caller may read. The checksum tells a token that was cut off or mistyped from one
/// that was handed out.
#[derive(Debug, Clone, PartialEq)]
pub struct SkipToken {
    /// The object's values, one for each part of the order. The caller compares their number with the order's.
    pub values: Vec<Value>,
    /// The object's identifier.
    pub id: String,
}

/// A `$skiptoken` this server did not hand out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the $skiptoken is damaged; follow @odata.nextLink as it was returned, or start again at the first page"
)]
pub struct DamagedSkipToken;

const CHECKSUM_LENGTH: usize = 4;

impl SkipToken {
    /// base64url (RFC 4648 §5, without padding) of a checksum and the place.
    pub fn encode(&self) -> String {
        let values: Vec<Json> = self.values.iter().map(encode_value).collect();
        let body = json!([values, self.id]).to_string();
        let mut bytes = checksum(body.as_bytes()).to_vec();
        bytes.extend_from_slice(body.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads what [`SkipToken::encode`] wrote.
    ///
    /// # Errors
    /// [`DamagedSkipToken`] for anything else.
    pub fn decode(token: &str) -> Result<Self, DamagedSkipToken> {
        if token.len() > MAX_SKIP_TOKEN_LENGTH {
            return Err(DamagedSkipToken);
        }
        let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| DamagedSkipToken)?;
        let (sum, body) = bytes.split_at_checked(CHECKSUM_LENGTH).ok_or(DamagedSkipToken)?;
        if sum != checksum(body) {
            return Err(DamagedSkipToken);
        }
        let (values, id): (Vec<Json>, String) = serde_json::from_slice(body).map_err(|_| DamagedSkipToken)?;
        // Databases refuse NUL in a text.
        if values.len() > MAX_ORDER_PARTS || id.contains('\0') {
            return Err(DamagedSkipToken);
        }
        let values = values.iter().map(decode_value).collect::<Option<_>>().ok_or(DamagedSkipToken)?;
        Ok(Self { values, id })
    }
}

/// Types that JSON has stand for themselves; a moment is `{"t": microseconds}`, a double `{"d": bits}`, so that it is
/// exactly the same afterwards.
fn encode_value(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::String(text) => json!(text),
        Value::Boolean(value) => json!(value),
        Value::Integer(value) => json!(value),
        Value::Double(value) => json!({ "d": value.to_bits() }),
        Value::Time(moment) => json!({ "t": moment.as_micros() }),
    }
}

fn decode_value(json: &Json) -> Option<Value> {
    Some(match json {
        Json::Null => Value::Null,
        Json::String(text) if text.contains('\0') => return None,
        Json::String(text) => Value::String(text.clone()),
        Json::Bool(value) => Value::Boolean(*value),
        Json::Number(number) => Value::Integer(number.as_i64()?),
        Json::Object(tagged) => match tagged.get("t") {
            Some(micros) => Value::Time(Timestamp::from_micros(micros.as_i64()?)),
            None => Value::Double(f64::from_bits(tagged.get("d")?.as_u64()?)),
        },
        Json::Array(_) => return None,
    })
}

/// FNV-1a with 32 bits: enough against accidents, and nothing here depends on more.
fn checksum(bytes: &[u8]) -> [u8; CHECKSUM_LENGTH] {
    const OFFSET: u32 = 0x811c_9dc5;
    const PRIME: u32 = 0x0100_0193;
    bytes.iter().fold(OFFSET, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(PRIME)).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value() -> impl Strategy<Value = Value> {
        prop_oneof![
            Just(Value::Null),
            "[^\0]*".prop_map(Value::String),
            any::<bool>().prop_map(Value::Boolean),
            any::<i64>().prop_map(Value::Integer),
            any::<f64>().prop_filter("is equal to itself", |d| !d.is_nan()).prop_map(Value::Double),
            any::<i64>().prop_map(|micros| Value::Time(Timestamp::from_micros(micros))),
        ]
    }

    proptest! {
        #[test]
        fn a_token_is_read_as_it_was_written(values in prop::collection::vec(value(), 0..8), id in "[^\0]*") {
            let token = SkipToken { values, id };
            prop_assert_eq!(SkipToken::decode(&token.encode()), Ok(token));
        }

        #[test]
        fn arbitrary_text_is_no_token(text in ".{0,40}") {
            prop_assert_eq!(SkipToken::decode(&text), Err(DamagedSkipToken));
        }
    }

    #[test]
    fn a_changed_token_is_refused() {
        let token =
            SkipToken { values: vec![Value::from("ada"), Value::Integer(7)], id: "42".into() }.encode();
        for place in 0..token.len() {
            let mut changed = token.clone().into_bytes();
            changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            assert!(SkipToken::decode(&changed).is_err(), "{changed}");
            assert!(SkipToken::decode(&token[..place]).is_err(), "cut at {place}");
        }
    }

    #[test]
    fn a_well_formed_body_of_another_shape_is_refused() {
        for body in
            ["[]", "[[],1]", "{}", "[[[]],\"a\"]", "[[{}],\"a\"]", "[[1.5],\"a\"]", "[[],\"\\u0000\"]"]
        {
            let mut bytes = checksum(body.as_bytes()).to_vec();
            bytes.extend_from_slice(body.as_bytes());
            assert_eq!(SkipToken::decode(&URL_SAFE_NO_PAD.encode(bytes)), Err(DamagedSkipToken), "{body}");
        }
    }
}
