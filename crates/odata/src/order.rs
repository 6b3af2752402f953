//! Order: what `$orderby` asks for, and how a small set is brought into it.

use std::cmp::Ordering;

use serde_json::Value as Json;

use crate::evaluate::{fold_case, value_at};
use crate::filter::Value;

/// Most parts of an order.
pub const MAX_ORDER_PARTS: usize = 8;

/// One part of an order. Null comes first ascending and last descending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderBy {
    /// Path of the property, wire names joined by `/`.
    pub path: String,
    /// Largest first.
    pub descending: bool,
    /// How its values compare.
    pub kind: ValueKind,
}

/// How values compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueKind {
    /// As text without case; members of enumerations and GUIDs too.
    Text,
    /// `false` before `true`.
    Boolean,
    /// As whole numbers.
    Integer,
    /// As numbers with fraction.
    Double,
    /// As moments.
    Time,
}

impl OrderBy {
    /// The document's value in this order: null for one that is absent or of another kind, text folded
    /// ([`fold_case`]).
    pub fn value_of(&self, document: &Json) -> Value {
        let Some(value) = value_at(document, &self.path) else { return Value::Null };
        match self.kind {
            ValueKind::Text => value.as_str().map(|text| Value::String(fold_case(text))),
            ValueKind::Boolean => value.as_bool().map(Value::Boolean),
            ValueKind::Integer => value.as_i64().map(Value::Integer),
            ValueKind::Double => value.as_f64().map(Value::Double),
            ValueKind::Time => value.as_str().and_then(|text| text.parse().ok()).map(Value::Time),
        }
        .unwrap_or(Value::Null)
    }
}

/// Brings documents into an order. Those that agree in all parts come by `id` ascending, as stores return them.
pub fn apply_order(documents: &mut [Json], order: &[OrderBy]) {
    let key_of = |document: &Json| {
        let values: Vec<Value> = order.iter().map(|part| part.value_of(document)).collect();
        (values, document.get("id").and_then(Json::as_str).unwrap_or_default().to_owned())
    };
    let mut keyed: Vec<_> =
        documents.iter_mut().map(|document| (key_of(document), std::mem::take(document))).collect();
    keyed.sort_by(|((left, left_id), _), ((right, right_id), _)| {
        order
            .iter()
            .zip(left.iter().zip(right))
            .map(|(part, (left, right))| {
                let ordering = compare(left, right);
                if part.descending { ordering.reverse() } else { ordering }
            })
            .find(|ordering| ordering.is_ne())
            .unwrap_or_else(|| left_id.cmp(right_id))
    });
    for (place, (_, document)) in documents.iter_mut().zip(keyed) {
        *place = document;
    }
}

/// A total order: the values of one part are of one kind or null.
fn compare(left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::String(left), Value::String(right)) => left.cmp(right),
        (Value::Boolean(left), Value::Boolean(right)) => left.cmp(right),
        (Value::Integer(left), Value::Integer(right)) => left.cmp(right),
        (Value::Double(left), Value::Double(right)) => left.total_cmp(right),
        (Value::Time(left), Value::Time(right)) => left.cmp(right),
        (left, right) => (*left != Value::Null).cmp(&(*right != Value::Null)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn ids(documents: &[Json], order: &[OrderBy]) -> Vec<String> {
        let mut documents = documents.to_vec();
        apply_order(&mut documents, order);
        documents.iter().map(|document| document["id"].as_str().unwrap().to_owned()).collect()
    }

    fn part(path: &str, descending: bool, kind: ValueKind) -> OrderBy {
        OrderBy { path: path.into(), descending, kind }
    }

    #[test]
    fn null_is_first_ascending_and_last_descending_and_ids_break_ties() {
        let documents = [
            json!({ "id": "4", "name": "bob" }),
            json!({ "id": "3", "name": null }),
            json!({ "id": "2", "name": "Ada" }),
            json!({ "id": "1", "name": "BOB" }),
            json!({ "id": "0" }),
        ];
        assert_eq!(ids(&documents, &[part("name", false, ValueKind::Text)]), ["0", "3", "2", "1", "4"]);
        assert_eq!(ids(&documents, &[part("name", true, ValueKind::Text)]), ["1", "4", "2", "0", "3"]);
        assert_eq!(ids(&documents, &[]), ["0", "1", "2", "3", "4"]);
    }

    #[test]
    fn moments_are_ordered_as_moments_and_later_parts_decide_ties() {
        let documents = [
            json!({ "id": "1", "at": "2026-01-01T00:00:00.5Z", "n": { "v": 1 } }),
            json!({ "id": "2", "at": "2026-01-01T00:00:00Z", "n": { "v": 10 } }),
            json!({ "id": "3", "at": "2026-01-01T00:00:00Z", "n": { "v": 9 } }),
        ];
        let order = [part("at", false, ValueKind::Time), part("n/v", true, ValueKind::Integer)];
        assert_eq!(ids(&documents, &order), ["2", "3", "1"]);
    }
}
