//! Every condition, and their agreement with the evaluation in memory.

mod agreement;

use riskgate_odata::{Comparison, Filter, ItemTest, TextFunction, Value};
use riskgate_store::{Direction, Query, Store, StoreError};
use serde_json::{Value as Json, json};

pub(crate) use agreement::filters_agree_with_the_evaluation_in_memory;

use crate::fixture::{Fixture, tenant};
use crate::record::*;

const COMPARISONS: [Comparison; 6] = [
    Comparison::Equal,
    Comparison::NotEqual,
    Comparison::Greater,
    Comparison::GreaterOrEqual,
    Comparison::Less,
    Comparison::LessOrEqual,
];

fn not(filter: Filter) -> Filter {
    Filter::Not(Box::new(filter))
}

fn text(path: &str, function: TextFunction, text: &str) -> Filter {
    Filter::Text { path: path.to_owned(), function, text: text.to_owned() }
}

/// Rows `a`, `b`, `c` with the values at `path`, and `n` without any.
async fn three(store: &dyn Store, path: &str, values: [Json; 3]) {
    let mut rows = vec![json!({"id": "n"})];
    for (id, value) in ["a", "b", "c"].into_iter().zip(values) {
        let nested = path.rsplit('/').fold(value, |inner, name| json!({ name: inner }));
        let mut row = json!({ "id": id });
        row.as_object_mut().unwrap().extend(nested.as_object().unwrap().clone());
        rows.push(row);
    }
    fill(store, tenant(1), TABLE, &rows).await;
}

/// The filter finds these rows, and its negation all others.
async fn finds(store: &dyn Store, filter: Filter, expected: &str) {
    let all: Vec<_> = ids(store, tenant(1), &Filter::Constant(true)).await;
    assert_eq!(ids(store, tenant(1), &filter).await.concat(), expected, "{filter:?}");
    let others: Vec<_> = all.into_iter().filter(|id| !expected.contains(id)).collect();
    assert_eq!(ids(store, tenant(1), &not(filter.clone())).await, others, "not {filter:?}");
    let doubled = not(Filter::And(vec![not(filter.clone()), Filter::Constant(true)]));
    assert_eq!(ids(store, tenant(1), &doubled).await.concat(), expected, "not not {filter:?}");
}

pub(crate) async fn every_comparison_treats_null_and_values_as_documented(Fixture { store, .. }: Fixture) {
    let store = &*store;
    let rows = [
        json!({"id": "a", "userDisplayName": "Ada", "status": {"errorCode": 1}, "isInteractive": false,
            "createdDateTime": "2026-01-01T00:00:00Z"}),
        json!({"id": "b", "userDisplayName": "bob", "status": {"errorCode": 2}, "isInteractive": true,
            "createdDateTime": "2026-01-02T00:00:00.000001Z"}),
        json!({"id": "n", "userDisplayName": null, "status": {}}),
    ];
    fill(store, tenant(1), TABLE, &rows).await;
    let literals = [
        ("userDisplayName", Value::from("BOB")),
        ("status/errorCode", Value::from(2_i64)),
        ("isInteractive", Value::from(true)),
        ("createdDateTime", Value::from(moment("2026-01-02T01:00:00.000001+01:00"))),
    ];
    for (path, literal) in literals {
        for (comparison, expected) in COMPARISONS.into_iter().zip(["b", "an", "", "b", "a", "ab"]) {
            finds(store, Filter::compare(path, comparison, literal.clone()), expected).await;
        }
        for (comparison, expected) in COMPARISONS.into_iter().zip(["n", "ab", "", "", "", ""]) {
            finds(store, Filter::compare(path, comparison, Value::Null), expected).await;
        }
        finds(store, Filter::one_of(path, [literal.clone(), literal.clone(), literal.clone()]), "b").await;
        finds(store, Filter::one_of(path, [literal.clone(), Value::Null]), "bn").await;
        finds(store, Filter::one_of(path, [literal]), "b").await;
    }
    finds(store, Filter::one_of::<Value>("userDisplayName", []), "").await;
    finds(store, Filter::And(vec![]), "abn").await;
    finds(store, Filter::Constant(false), "").await;
    let either = Filter::Or(vec![Filter::equals("userDisplayName", "ada"), Filter::equals("status/errorCode", 2)]);
    finds(store, either.clone(), "ab").await;
    finds(store, Filter::And(vec![either, Filter::equals("isInteractive", true)]), "b").await;
}

pub(crate) async fn numbers_compare_without_rounding(Fixture { store, .. }: Fixture) {
    let store = &*store;
    three(store, "status/errorCode", [json!(i64::MIN), json!(2), json!(i64::MAX)]).await;
    let path = "status/errorCode";
    let cases: [(f64, [&str; 6]); 8] = [
        (2.0, ["b", "acn", "c", "bc", "a", "ab"]),
        (1.5, ["", "abcn", "bc", "bc", "a", "a"]),
        (-0.5, ["", "abcn", "bc", "bc", "a", "a"]),
        (9_223_372_036_854_775_808.0, ["", "abcn", "", "", "abc", "abc"]),
        (-9_223_372_036_854_775_808.0, ["a", "bcn", "bc", "abc", "", "a"]),
        (f64::INFINITY, ["", "abcn", "", "", "abc", "abc"]),
        (f64::NEG_INFINITY, ["", "abcn", "abc", "abc", "", ""]),
        (f64::NAN, ["", "abcn", "", "", "", ""]),
    ];
    for (number, expected) in cases {
        for (comparison, expected) in COMPARISONS.into_iter().zip(expected) {
            finds(store, Filter::compare(path, comparison, Value::Double(number)), expected).await;
        }
    }
    finds(store, Filter::equals(path, i64::MAX), "c").await;
    finds(store, Filter::compare(path, Comparison::Less, i64::MIN + 1), "a").await;
}

pub(crate) async fn literals_of_another_type_are_unequal(Fixture { store, .. }: Fixture) {
    let store = &*store;
    let row = json!({"id": "a", "userDisplayName": "1", "status": {"errorCode": 1}, "isInteractive": true,
        "createdDateTime": "1970-01-01T00:00:00.000001Z"});
    fill(store, tenant(1), TABLE, &[row, json!({"id": "n"})]).await;
    let mismatches = [
        ("userDisplayName", Value::Integer(1)),
        ("userDisplayName", Value::Double(1.0)),
        ("userDisplayName", Value::Boolean(true)),
        ("status/errorCode", Value::from("1")),
        ("status/errorCode", Value::Boolean(true)),
        ("isInteractive", Value::Integer(1)),
        ("isInteractive", Value::from("true")),
        ("createdDateTime", Value::Integer(1)),
        ("createdDateTime", Value::Double(1.0)),
        ("id", Value::Integer(1)),
    ];
    for (path, literal) in mismatches {
        for comparison in COMPARISONS {
            let expected = if comparison == Comparison::NotEqual { "an" } else { "" };
            finds(store, Filter::compare(path, comparison, literal.clone()), expected).await;
        }
        finds(store, Filter::one_of(path, [literal.clone(), literal]), "").await;
    }
    for path in ["status/errorCode", "isInteractive", "createdDateTime"] {
        finds(store, text(path, TextFunction::Contains, ""), "").await;
    }
}

pub(crate) async fn text_functions_ignore_case_and_take_every_character_literally(Fixture { store, .. }: Fixture) {
    let store = &*store;
    three(store, "userDisplayName", [json!("Ünal_100%"), json!("x!y\\z%"), json!("ΣΊΣΥΦΟΣ")]).await;
    use TextFunction::{Contains, EndsWith, StartsWith};
    let cases = [
        (StartsWith, "üNAL", "a"),
        (StartsWith, "ünalx", ""),
        (StartsWith, "", "abc"),
        (StartsWith, "σίσυφοσ", "c"),
        (StartsWith, "ünal%", ""),
        (EndsWith, "100%", "a"),
        (EndsWith, "%", "ab"),
        (EndsWith, "", "abc"),
        (EndsWith, "y\\Z%", "b"),
        (Contains, "_1", "a"),
        (Contains, "n_l", ""),
        (Contains, "!Y", "b"),
        (Contains, "\\", "b"),
        (Contains, "ΥΦ", "c"),
        (Contains, "", "abc"),
    ];
    for (function, argument, expected) in cases {
        finds(store, text("userDisplayName", function, argument), expected).await;
    }
}

pub(crate) async fn text_is_ordered_by_code_point(Fixture { store, .. }: Fixture) {
    // In order: "-", "_", "a", "z", "ä", U+E000, U+1F980. Languages and UTF-16 order them otherwise.
    let texts = ["-", "_", "A", "z", "ä", "\u{e000}", "🦀"];
    let rows: Vec<_> = (0..).zip(texts).map(|(id, text)| json!({"id": format!("{id}"), "userDisplayName": text})).collect();
    fill(&*store, tenant(1), TABLE, &rows).await;
    let query = Query::filtered(Filter::Constant(true), 10).ordered("userDisplayName", Direction::Descending);
    let page = store.query(tenant(1), TABLE, &query).await.unwrap();
    assert_eq!(page.items.iter().map(|row| row.id.as_str()).collect::<String>(), "6543210");
    for (place, text) in texts.into_iter().enumerate() {
        let behind = Filter::compare("userDisplayName", Comparison::Greater, text);
        assert_eq!(ids(&*store, tenant(1), &behind).await.concat(), &"0123456"[place + 1..]);
    }
}

pub(crate) async fn collections_are_searched_by_item(Fixture { store, .. }: Fixture) {
    let store = &*store;
    three(store, "riskEventTypes_v2", [json!(["Red", "50%_!"]), json!(["redder", ""]), json!([])]).await;
    let any = |test: ItemTest| Filter::AnyItem { path: "riskEventTypes_v2".to_owned(), test };
    let equals = |text: &str| any(ItemTest::Equals(text.to_owned()));
    let starts = |text: &str| any(ItemTest::StartsWith(text.to_owned()));
    let cases = [
        (equals("RED"), "a"),
        (equals("redder"), "b"),
        (equals("re"), ""),
        (equals(""), "b"),
        (equals("50%_!"), "a"),
        (equals("50%__"), ""),
        (starts("red"), "ab"),
        (starts("REDD"), "b"),
        (starts("ed"), ""),
        (starts("%"), ""),
        (starts(""), "ab"),
        (Filter::IsEmpty { path: "riskEventTypes_v2".to_owned() }, "cn"),
    ];
    for (filter, expected) in cases {
        finds(store, filter, expected).await;
    }
}

pub(crate) async fn identifiers_compare_exactly(Fixture { store, .. }: Fixture) {
    let store = &*store;
    fill(store, tenant(1), TABLE, &[json!({"id": "A"}), json!({"id": "a"}), json!({"id": "b%"})]).await;
    use TextFunction::{Contains, EndsWith, StartsWith};
    let cases = [
        (Filter::equals("id", "a"), "a"),
        (Filter::equals("id", "B%"), ""),
        (Filter::one_of("id", ["A", "b%", "c"]), "Ab%"),
        (Filter::compare("id", Comparison::Greater, "A"), "ab%"),
        (Filter::compare("id", Comparison::NotEqual, Value::Null), "Aab%"),
        (Filter::equals("id", Value::Null), ""),
        (Filter::equals("id", "a\0"), ""),
        (text("id", StartsWith, "A"), "A"),
        (text("id", EndsWith, "a"), "a"),
        (text("id", Contains, "%"), "b%"),
        (text("id", Contains, "B"), ""),
        (text("id", Contains, "\0"), ""),
    ];
    for (filter, expected) in cases {
        finds(store, filter, expected).await;
    }
}

pub(crate) async fn nul_and_separators_in_values_do_no_harm(Fixture { store, .. }: Fixture) {
    let store = &*store;
    let rows = [
        json!({"id": "a", "userDisplayName": "A\0b\u{1f}", "riskEventTypes_v2": ["x\u{1f}y", "\0"]}),
        json!({"id": "b", "userDisplayName": "\0", "riskEventTypes_v2": ["x", "y"]}),
    ];
    fill(store, tenant(1), TABLE, &rows).await;
    assert_eq!(row(store, tenant(1), TABLE, "a").await.document, rows[0]);
    finds(store, Filter::equals("userDisplayName", "a\0B\u{1f}"), "a").await;
    finds(store, text("userDisplayName", TextFunction::StartsWith, "\0a"), "a").await;
    finds(store, Filter::equals("userDisplayName", ""), "b").await;
    let item = |text: &str| Filter::AnyItem {
        path: "riskEventTypes_v2".to_owned(),
        test: ItemTest::Equals(text.to_owned()),
    };
    // An item cannot pretend to be two.
    finds(store, item("x"), "b").await;
    finds(store, item("x\u{1f}Y"), "a").await;
    finds(store, item("x\u{1f}\0"), "b").await;
}

pub(crate) async fn long_values_are_found_by_their_beginning(Fixture { store, .. }: Fixture) {
    let store = &*store;
    // Letters that do not repeat, so that no engine can compress them into its limit for index entries.
    let long: String = (0..3000_u32).filter_map(|n| char::from_u32(0x4e00 + (n * 7919) % 20_000)).collect();
    let rows = [
        json!({"id": "a", "userDisplayName": long, "riskDetail": long}),
        json!({"id": "b", "userDisplayName": "short", "riskDetail": "short"}),
    ];
    fill(store, tenant(1), TABLE, &rows).await;
    for path in ["userDisplayName", "riskDetail"] {
        finds(store, Filter::equals(path, long.as_str()), "a").await;
        finds(store, text(path, TextFunction::StartsWith, &long), "a").await;
        finds(store, text(path, TextFunction::StartsWith, &long[..600]), "a").await;
        finds(store, text(path, TextFunction::Contains, &long[300..600]), "a").await;
    }
    finds(store, text("riskDetail", TextFunction::EndsWith, &long[6000..]), "a").await;
}

pub(crate) async fn lists_of_thousands_of_values_work(Fixture { store, .. }: Fixture) {
    let store = &*store;
    fill(store, tenant(1), TABLE, &[json!({"id": "a", "userId": "u4999"}), json!({"id": "b", "userId": "v"})]).await;
    let many: Vec<_> = (0..5000).map(|n| format!("U{n}")).collect();
    finds(store, Filter::one_of("userId", &many), "a").await;
    let chain = many.iter().map(|text| Filter::compare("userId", Comparison::NotEqual, text)).collect();
    assert_eq!(ids(store, tenant(1), &Filter::And(chain)).await, ["b"]);
}

pub(crate) async fn what_is_not_a_column_cannot_be_queried(Fixture { store, .. }: Fixture) {
    let any = |path: &str| Filter::AnyItem { path: path.to_owned(), test: ItemTest::Equals("x".to_owned()) };
    let cases = [
        (Filter::equals("nothing", "x"), "nothing"),
        (Filter::And(vec![Filter::Constant(false), Filter::equals("user_id", "x")]), "user_id"),
        (Filter::one_of("document", ["x", "y"]), "document"),
        (text("tenant_id", TextFunction::Contains, "x"), "tenant_id"),
        (not(any("nothing")), "nothing"),
        (any("userId"), "userId"),
        (Filter::IsEmpty { path: "id".to_owned() }, "id"),
        (Filter::equals("riskEventTypes_v2", "x"), "riskEventTypes_v2"),
        (text("riskEventTypes_v2", TextFunction::Contains, "x"), "riskEventTypes_v2"),
    ];
    for (filter, path) in cases {
        let expected = StoreError::NotQueryable { table: TABLE.name, path: path.to_owned() };
        assert_eq!(store.count(tenant(1), TABLE, &filter).await, Err(expected.clone()));
        let query = Query::filtered(filter, 1);
        assert_eq!(store.query(tenant(1), TABLE, &query).await, Err(expected));
    }
    for path in ["nothing", "riskEventTypes_v2", "document"] {
        let query = Query::filtered(Filter::Constant(true), 1).ordered(path, Direction::Ascending);
        let expected = StoreError::NotQueryable { table: TABLE.name, path: path.to_owned() };
        assert_eq!(store.query(tenant(1), TABLE, &query).await, Err(expected));
    }
}

pub(crate) async fn filters_are_bounded(Fixture { store, .. }: Fixture) {
    let nested = |levels| {
        (0..levels).fold(Filter::equals("userId", "u"), |inner, level| match level % 2 {
            0 => Filter::And(vec![inner, Filter::compare("status/errorCode", Comparison::Less, 5)]),
            _ => Filter::Or(vec![inner, Filter::equals("isInteractive", true)]),
        })
    };
    assert_eq!(store.count(tenant(1), TABLE, &nested(90)).await, Ok(0));
    let outcome = store.count(tenant(1), TABLE, &nested(5000)).await;
    assert!(matches!(outcome, Err(StoreError::NotQueryable { .. })), "{outcome:?}");
    let pattern = text("userId", TextFunction::Contains, &"%".repeat(30_000));
    let outcome = store.count(tenant(1), TABLE, &pattern).await;
    assert!(matches!(outcome, Err(StoreError::NotQueryable { .. })), "{outcome:?}");
    let values = Filter::one_of("userId", (0..40_000).map(|n| n.to_string()));
    let outcome = store.count(tenant(1), TABLE, &values).await;
    assert!(matches!(outcome, Err(StoreError::Unavailable(_))), "{outcome:?}");
    store.ping().await.unwrap();
}
