use std::fmt;

use riskgate_core::Timestamp;
use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use super::json::{Gathered, MAX_ELEMENTS, bounded, read_document};
use super::{Limits, ListEntry, ParseError, Parsed, parse_prefix};

/// Reads the addresses of MISP events: one event (`{"Event": ...}`, as feeds and exports have it), the answer to a search
/// for events (`{"response": [{"Event": ...}]}`) or for attributes (`{"response": {"Attribute": [...]}}`). What counts are
/// attributes of the types `ip-src`, `ip-dst` and these with a port, of the event and of its objects, that are meant for
/// detection (`to_ids`) and not deleted. The date of an entry is that of its attribute.
///
/// # Errors
/// [`ParseError`] when the document as a whole is refused.
pub fn parse_misp_event(bytes: &[u8], limits: &Limits) -> Result<Parsed<ListEntry>, ParseError> {
    let document: Document = read_document(bytes, limits)?;
    let (events, attributes) = match (document.event, document.response) {
        (Some(event), None) => (vec![event], Vec::new()),
        (None, Some(Response::Events(events))) => {
            (events.into_iter().map(|found| found.event).collect(), Vec::new())
        }
        (None, Some(Response::Attributes(found))) => (Vec::new(), found.attributes),
        _ => return Err(ParseError::OtherDocument("it has neither an 'Event' nor a 'response'")),
    };
    let mut gathered = Gathered::new();
    let of_events = events.iter().flat_map(Event::attributes);
    for attribute in of_events.chain(&attributes).filter(|attribute| attribute.is_address_to_detect()) {
        gathered.add(&attribute.value, attribute.entry());
    }
    gathered.finish(limits)
}

#[derive(Deserialize)]
struct Document {
    #[serde(rename = "Event")]
    event: Option<Event>,
    response: Option<Response>,
}

/// What a search found.
enum Response {
    Events(Vec<FoundEvent>),
    Attributes(FoundAttributes),
}

#[derive(Deserialize)]
struct FoundEvent {
    #[serde(rename = "Event")]
    event: Event,
}

#[derive(Deserialize)]
struct FoundAttributes {
    #[serde(rename = "Attribute", deserialize_with = "bounded::<_, _, MAX_ELEMENTS>")]
    attributes: Vec<Attribute>,
}

#[derive(Deserialize)]
struct Event {
    #[serde(rename = "Attribute", default, deserialize_with = "bounded::<_, _, MAX_ELEMENTS>")]
    attributes: Vec<Attribute>,
    #[serde(rename = "Object", default, deserialize_with = "bounded::<_, _, MAX_ELEMENTS>")]
    objects: Vec<Object>,
}

impl Event {
    fn attributes(&self) -> impl Iterator<Item = &Attribute> {
        let of_objects = self.objects.iter().filter(|object| !object.deleted).flat_map(|o| &o.attributes);
        self.attributes.iter().chain(of_objects)
    }
}

#[derive(Deserialize)]
struct Object {
    #[serde(default)]
    deleted: bool,
    #[serde(rename = "Attribute", default, deserialize_with = "bounded::<_, _, 1_024>")]
    attributes: Vec<Attribute>,
}

#[derive(Deserialize)]
struct Attribute {
    #[serde(rename = "type")]
    kind: String,
    value: String,
    #[serde(default)]
    to_ids: bool,
    #[serde(default)]
    deleted: bool,
    #[serde(default, deserialize_with = "seconds")]
    timestamp: Option<Timestamp>,
}

impl Attribute {
    fn is_address_to_detect(&self) -> bool {
        let is_address = matches!(self.kind.as_str(), "ip-src" | "ip-dst" | "ip-src|port" | "ip-dst|port");
        is_address && self.to_ids && !self.deleted
    }

    fn entry(&self) -> Result<ListEntry, &'static str> {
        let address = self.value.split('|').next().unwrap_or_default().trim();
        Ok(ListEntry { network: parse_prefix(address)?, last_seen: self.timestamp })
    }
}

/// Seconds since 1970, written as a number or, as MISP does, as text.
fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    struct Seconds;
    impl Visitor<'_> for Seconds {
        type Value = i64;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("seconds since 1970")
        }

        fn visit_i64<E>(self, seconds: i64) -> Result<i64, E> {
            Ok(seconds)
        }

        fn visit_u64<E: serde::de::Error>(self, seconds: u64) -> Result<i64, E> {
            i64::try_from(seconds).map_err(E::custom)
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<i64, E> {
            text.parse().map_err(E::custom)
        }
    }
    deserializer.deserialize_any(Seconds).map(|seconds| Some(Timestamp::from_seconds(seconds)))
}

impl<'de> Deserialize<'de> for Response {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Response;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array of events or an object of attributes")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, array: A) -> Result<Response, A::Error> {
                let events = bounded::<_, _, MAX_ELEMENTS>(SeqAccessDeserializer::new(array));
                events.map(Response::Events).map_err(A::Error::custom)
            }

            fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Response, A::Error> {
                FoundAttributes::deserialize(MapAccessDeserializer::new(object)).map(Response::Attributes)
            }
        }
        deserializer.deserialize_any(Either)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENT: &str = include_str!("../../tests/data/misp-event.json");

    fn seen(text: &str) -> Result<Vec<(String, Option<String>)>, String> {
        let parsed = parse_misp_event(text.as_bytes(), &Limits::default()).map_err(|e| e.to_string())?;
        let entries = parsed.entries.iter();
        Ok(entries.map(|e| (e.network.to_string(), e.last_seen.map(|seen| seen.to_string()))).collect())
    }

    #[test]
    fn only_addresses_that_are_meant_for_detection_are_read() {
        let at = |text: &str| Some(text.to_owned());
        assert_eq!(
            seen(EVENT).unwrap(),
            [
                ("198.51.100.7/32".to_owned(), at("2026-08-11T14:00:42Z")),
                ("203.0.113.0/24".to_owned(), at("2026-08-11T14:00:43Z")),
                ("192.0.2.9/32".to_owned(), at("2026-08-10T00:00:00Z")),
                ("2001:db8::bad/128".to_owned(), None),
            ]
        );
    }

    #[test]
    fn answers_to_searches_are_read() {
        let events = format!(r#"{{"response":[{},{}]}}"#, EVENT.trim(), EVENT.trim());
        assert_eq!(seen(&events).unwrap().len(), 8);
        let attributes = r#"{"response":{"Attribute":[{"type":"ip-dst","value":"192.0.2.1","to_ids":true,"timestamp":0}]}}"#;
        assert_eq!(
            seen(attributes).unwrap(),
            [("192.0.2.1/32".to_owned(), Some("1970-01-01T00:00:00Z".to_owned()))]
        );
    }

    #[test]
    fn what_is_another_document_is_refused_with_a_reason() {
        let attribute = |value: &str| {
            format!(r#"{{"Event":{{"Attribute":[{{"type":"ip-src","value":"{value}","to_ids":true}}]}}}}"#)
        };
        for (text, reason) in [
            ("{}".to_owned(), "neither an 'Event' nor"),
            ("[]".to_owned(), "not the JSON"),
            (r#"{"Event":{}}"#.to_owned(), "no entries"),
            (r#"{"response":7}"#.to_owned(), "an array of events or an object"),
            (attribute("example.org"), "entry 1 ('example.org'): not an IP address"),
            (attribute("0.0.0.0/1"), "wider than /8"),
            (format!("{}{}", r#"{"Event":"#, "[".repeat(50_000)), "not the JSON"),
            (format!("{}{}", r#"{"Event":{"Galaxy":"#, "[".repeat(50_000)), "not the JSON"),
        ] {
            let error = seen(&text).unwrap_err();
            assert!(error.contains(reason), "{text:.80}: {error}");
        }
    }
}
