//! Evaluates a [`Filter`] on a JSON document, for sets small enough to be in memory.

use std::cmp::Ordering;

use riskgate_core::Timestamp;
use serde_json::Value as Json;

use crate::filter::{Comparison, Filter, ItemTest, TextFunction, Value};

impl Filter {
    /// Whether the filter holds for a document in its wire form. A value of another JSON type than the filter expects
    /// is unequal to everything.
    pub fn matches(&self, document: &Json) -> bool {
        match self {
            Self::Constant(value) => *value,
            Self::And(filters) => filters.iter().all(|filter| filter.matches(document)),
            Self::Or(filters) => filters.iter().any(|filter| filter.matches(document)),
            Self::Not(filter) => !filter.matches(document),
            Self::Compare { path, comparison, value } => {
                compare(value_at(document, path), *comparison, value)
            }
            Self::Text { path, function, text } => {
                value_at(document, path).and_then(Json::as_str).is_some_and(|actual| {
                    let (actual, text) = (fold_case(actual), fold_case(text));
                    match function {
                        TextFunction::StartsWith => actual.starts_with(&text),
                        TextFunction::EndsWith => actual.ends_with(&text),
                        TextFunction::Contains => actual.contains(&text),
                    }
                })
            }
            Self::AnyItem { path, test } => any_item(document, path, &mut |item| passes(item, test)),
            Self::IsEmpty { path } => !any_item(document, path, &mut |_| true),
        }
    }
}

/// The form in which texts are compared. Every character is folded by itself, so that the folded beginning of a text
/// is the beginning of the folded text.
pub fn fold_case(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars().flat_map(char::to_lowercase).collect()
}

/// What a path leads to; `None` if that is null or absent.
pub(crate) fn value_at<'a>(document: &'a Json, path: &str) -> Option<&'a Json> {
    path.split('/').try_fold(document, |value, name| value.get(name)).filter(|value| !value.is_null())
}

fn compare(actual: Option<&Json>, comparison: Comparison, value: &Value) -> bool {
    let ordering = match (actual, value) {
        (actual, Value::Null) => {
            return match comparison {
                Comparison::Equal => actual.is_none(),
                Comparison::NotEqual => actual.is_some(),
                _ => false,
            };
        }
        (None, _) => return comparison == Comparison::NotEqual,
        (Some(actual), value) => compare_values(actual, value),
    };
    match comparison {
        Comparison::Equal => ordering == Some(Ordering::Equal),
        Comparison::NotEqual => ordering != Some(Ordering::Equal),
        Comparison::Greater => ordering == Some(Ordering::Greater),
        Comparison::GreaterOrEqual => ordering.is_some_and(Ordering::is_ge),
        Comparison::Less => ordering == Some(Ordering::Less),
        Comparison::LessOrEqual => ordering.is_some_and(Ordering::is_le),
    }
}

fn compare_values(actual: &Json, value: &Value) -> Option<Ordering> {
    match value {
        Value::Null => None,
        Value::String(text) => actual.as_str().map(|actual| fold_case(actual).cmp(&fold_case(text))),
        Value::Boolean(value) => actual.as_bool().map(|actual| actual.cmp(value)),
        Value::Integer(value) => actual.as_i64().map(|actual| actual.cmp(value)),
        Value::Double(value) => actual.as_f64().and_then(|actual| actual.partial_cmp(value)),
        Value::Time(value) => actual
            .as_str()
            .and_then(|actual| actual.parse::<Timestamp>().ok())
            .map(|actual| actual.cmp(value)),
    }
}

/// Whether one of the items a path leads to passes. Arrays on the way are entered, so `targetResources/id` leads to
/// the `id` of every item.
fn any_item(value: &Json, path: &str, passes: &mut dyn FnMut(&Json) -> bool) -> bool {
    match value {
        Json::Array(items) => items.iter().any(|item| any_item(item, path, passes)),
        Json::Null => false,
        _ if path.is_empty() => passes(value),
        _ => {
            let (name, rest) = path.split_once('/').unwrap_or((path, ""));
            value.get(name).is_some_and(|value| any_item(value, rest, passes))
        }
    }
}

fn passes(item: &Json, test: &ItemTest) -> bool {
    item.as_str().is_some_and(|item| match test {
        ItemTest::Equals(text) => fold_case(item) == fold_case(text),
        ItemTest::StartsWith(text) => fold_case(item).starts_with(&fold_case(text)),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document() -> Json {
        json!({
            "name": "Ada", "missing": null, "count": 3, "ratio": 2.5, "on": true, "at": "2026-01-01T00:00:00.5Z",
            "status": { "errorCode": 50126 }, "tags": ["Red", "green"], "none": [],
            "targets": [{ "id": "A1" }, { "id": null }, {}, { "id": "b2" }],
        })
    }

    fn holds(filter: Filter) -> bool {
        filter.matches(&document())
    }

    #[test]
    fn null_and_absent_compare_alike() {
        for path in ["missing", "absent", "status/absent", "missing/part", "name/part"] {
            assert!(holds(Filter::equals(path, Value::Null)), "{path}");
            assert!(!holds(Filter::compare(path, Comparison::NotEqual, Value::Null)), "{path}");
            assert!(holds(Filter::compare(path, Comparison::NotEqual, "x")), "{path}");
            assert!(!holds(Filter::equals(path, "x")), "{path}");
            assert!(!holds(Filter::compare(path, Comparison::LessOrEqual, "x")), "{path}");
            assert!(!holds(Filter::compare(path, Comparison::GreaterOrEqual, Value::Null)), "{path}");
            assert!(holds(Filter::Not(Box::new(Filter::equals(path, "x")))), "{path}");
        }
        assert!(!holds(Filter::equals("name", Value::Null)));
        assert!(holds(Filter::compare("name", Comparison::NotEqual, Value::Null)));
    }

    #[test]
    fn text_compares_without_case() {
        assert!(holds(Filter::equals("name", "aDA")));
        assert!(!holds(Filter::compare("name", Comparison::NotEqual, "ADA")));
        assert!(holds(Filter::compare("name", Comparison::Less, "AE")));
        for (function, text) in
            [(TextFunction::StartsWith, "AD"), (TextFunction::EndsWith, "DA"), (TextFunction::Contains, "D")]
        {
            assert!(holds(Filter::Text { path: "name".into(), function, text: text.into() }));
            assert!(!holds(Filter::Text { path: "name".into(), function, text: "x".into() }));
            assert!(!holds(Filter::Text { path: "missing".into(), function, text: String::new() }));
        }
        assert!(fold_case("ΟΔΟΣ ΑΒ").starts_with(&fold_case("ΟΔΟΣ")));
    }

    #[test]
    fn numbers_and_moments_compare_by_value() {
        assert!(holds(Filter::equals("status/errorCode", 50126)));
        assert!(holds(Filter::compare("count", Comparison::Less, 4)));
        assert!(holds(Filter::compare("ratio", Comparison::Greater, Value::Double(2.0))));
        assert!(holds(Filter::compare("count", Comparison::GreaterOrEqual, Value::Double(3.0))));
        assert!(holds(Filter::equals("on", true)));
        let moment = |text: &str| text.parse::<Timestamp>().unwrap();
        assert!(holds(Filter::compare("at", Comparison::Greater, moment("2026-01-01T00:00:00Z"))));
        assert!(holds(Filter::equals("at", moment("2026-01-01T01:00:00.500+01:00"))));
        assert!(!holds(Filter::equals("name", 3)), "another type is unequal");
        assert!(holds(Filter::compare("name", Comparison::NotEqual, 3)));
    }

    #[test]
    fn items_are_found_in_texts_and_in_objects() {
        let any = |path: &str, test: ItemTest| holds(Filter::AnyItem { path: path.into(), test });
        assert!(any("tags", ItemTest::Equals("RED".into())));
        assert!(any("tags", ItemTest::StartsWith("gre".into())));
        assert!(!any("tags", ItemTest::Equals("blue".into())));
        assert!(any("targets/id", ItemTest::Equals("B2".into())));
        assert!(!any("targets/id", ItemTest::Equals("c3".into())));
        assert!(!any("absent", ItemTest::StartsWith(String::new())));
        assert!(!any("none", ItemTest::StartsWith(String::new())));
    }

    #[test]
    fn a_collection_without_items_is_empty() {
        for (path, empty) in
            [("none", true), ("absent", true), ("missing", true), ("tags", false), ("targets", false)]
        {
            assert_eq!(holds(Filter::IsEmpty { path: path.into() }), empty, "{path}");
        }
    }
}
