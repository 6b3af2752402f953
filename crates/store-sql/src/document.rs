//! Column values of a document.

use riskgate_core::Timestamp;
use riskgate_odata::fold_case;
use riskgate_store::{Column, ColumnKind, Table};
use serde_json::Value as Json;

use crate::dialect::Param;

/// Stands before, between and after the texts of a [`ColumnKind::List`].
pub(crate) const SEPARATOR: char = '\u{1f}';

/// Most bytes of a text kept in a column that is part of an index. PostgreSQL refuses index entries above 2 704
/// bytes; without this bound a user name nobody has, but a megabyte long, would make the log of sign-ins fail.
const MOST_INDEXED_BYTES: usize = 1_000;

/// Deepest nesting of a document; reading JSON back stops at 128.
const DEEPEST: usize = 120;

/// What `column` of `table` holds for `document`.
pub(crate) fn column_value(table: &Table, column: &Column, document: &Json) -> Param {
    let mut found = Vec::new();
    let is_list = column.kind == ColumnKind::List;
    collect(document, column.path, is_list, &mut found);
    if is_list {
        return list(&found);
    }
    match (column.kind, found.first()) {
        (ColumnKind::Text, Some(Json::String(text))) => Param::Text(text_value(table, column, text)),
        (ColumnKind::Integer, Some(Json::Number(number))) => {
            number.as_i64().map_or(Param::Null, Param::Integer)
        }
        (ColumnKind::Boolean, Some(Json::Bool(value))) => Param::Boolean(*value),
        (ColumnKind::Time, Some(Json::String(text))) => {
            text.parse::<Timestamp>().map_or(Param::Null, |moment| Param::Integer(moment.as_micros()))
        }
        _ => Param::Null,
    }
}

/// A text, stored or asked for, the way a text column keeps it.
pub(crate) fn text_value(table: &Table, column: &Column, text: &str) -> String {
    let mut folded = fold(text);
    if is_indexed(table, column) && folded.len() > MOST_INDEXED_BYTES {
        folded.truncate(folded.floor_char_boundary(MOST_INDEXED_BYTES));
    }
    folded
}

/// A text in lower case, without NUL, which PostgreSQL cannot hold.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = fold_case(text);
    folded.retain(|character| character != '\0');
    folded
}

/// The text of a list item, stored or asked for, the way a list column keeps it.
pub(crate) fn item_value(text: &str) -> String {
    let mut folded = fold(text);
    folded.retain(|character| character != SEPARATOR);
    folded
}

/// Whether a document can be read back after it was written.
pub(crate) fn is_nested_too_deep(document: &Json) -> bool {
    deeper_than(document, DEEPEST)
}

fn is_indexed(table: &Table, column: &Column) -> bool {
    table.indexes.iter().any(|index| index.columns.contains(&column.name))
}

/// Follows `path`, which may lead through arrays of objects if `through_arrays`.
fn collect<'a>(value: &'a Json, path: &str, through_arrays: bool, found: &mut Vec<&'a Json>) {
    if let (true, Json::Array(items)) = (through_arrays, value) {
        for item in items {
            collect(item, path, through_arrays, found);
        }
        return;
    }
    if path.is_empty() {
        found.push(value);
        return;
    }
    let (name, rest) = path.split_once('/').unwrap_or((path, ""));
    if let Some(inner) = value.get(name) {
        collect(inner, rest, through_arrays, found);
    }
}

/// Null without any text, so that a missing and an empty collection are the same.
fn list(items: &[&Json]) -> Param {
    let mut text = String::new();
    for item in items.iter().filter_map(|item| item.as_str()) {
        if text.is_empty() {
            text.push(SEPARATOR);
        }
        text.push_str(&item_value(item));
        text.push(SEPARATOR);
    }
    if text.is_empty() { Param::Null } else { Param::Text(text) }
}

fn deeper_than(value: &Json, levels: usize) -> bool {
    let Some(below) = levels.checked_sub(1) else { return true };
    match value {
        Json::Array(items) => items.iter().any(|item| deeper_than(item, below)),
        Json::Object(members) => members.values().any(|member| deeper_than(member, below)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use riskgate_store::tables;
    use serde_json::json;

    use super::*;

    fn value(table: &'static Table, path: &str, document: &Json) -> Param {
        column_value(table, table.column(path).expect("a column"), document)
    }

    #[test]
    fn values_are_found_by_path_and_kept_by_kind() {
        let document = json!({
            "userDisplayName": "ÄNNE Meyer\0", "status": {"errorCode": 50126}, "isInteractive": true,
            "createdDateTime": "1970-01-01T00:00:01.5Z", "riskEventTypes_v2": ["anonymizedIPAddress", 7, "a\u{1f}B"],
        });
        let table = &tables::SIGN_INS;
        assert_eq!(value(table, "userDisplayName", &document), Param::Text("änne meyer".into()));
        assert_eq!(value(table, "status/errorCode", &document), Param::Integer(50126));
        assert_eq!(value(table, "isInteractive", &document), Param::Boolean(true));
        assert_eq!(value(table, "createdDateTime", &document), Param::Integer(1_500_000));
        assert_eq!(
            value(table, "riskEventTypes_v2", &document),
            Param::Text("\u{1f}anonymizedipaddress\u{1f}ab\u{1f}".into())
        );
        assert_eq!(value(table, "userId", &document), Param::Null);
    }

    #[test]
    fn lists_lead_through_arrays_of_objects() {
        let document = json!({"targetResources": [{"id": "A"}, {"id": null}, {}, {"id": ""}]});
        let found = value(&tables::DIRECTORY_AUDITS, "targetResources/id", &document);
        assert_eq!(found, Param::Text("\u{1f}a\u{1f}\u{1f}".into()));
        for nothing in [json!({}), json!({"targetResources": []}), json!({"targetResources": [{"id": 1}]})] {
            assert_eq!(value(&tables::DIRECTORY_AUDITS, "targetResources/id", &nothing), Param::Null);
        }
    }

    #[test]
    fn values_of_the_wrong_type_are_null() {
        let document =
            json!({"userId": 7, "status": "x", "isInteractive": "true", "createdDateTime": "soon"});
        for path in ["userId", "status/errorCode", "isInteractive", "createdDateTime"] {
            assert_eq!(value(&tables::SIGN_INS, path, &document), Param::Null, "{path}");
        }
    }

    #[test]
    fn only_indexed_texts_are_cut_and_never_inside_a_character() {
        let document = json!({"userId": format!("{}ü{}", "a".repeat(999), "b".repeat(5000)), "riskDetail": "c".repeat(5000)});
        assert_eq!(value(&tables::SIGN_INS, "userId", &document), Param::Text("a".repeat(999)));
        assert_eq!(value(&tables::SIGN_INS, "riskDetail", &document), Param::Text("c".repeat(5000)));
    }

    #[test]
    fn nesting_is_bounded() {
        let nested = |levels| (0..levels).fold(json!(1), |inner, _| json!([inner]));
        assert!(!is_nested_too_deep(&nested(119)));
        assert!(is_nested_too_deep(&nested(120)));
    }
}
