//! Any filter finds in a store what it finds in memory.

use std::sync::atomic::{AtomicU64, Ordering};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use riskgate_odata::{Comparison, Filter, ItemTest, TextFunction, Value};
use riskgate_store::{Direction, Order, Query, Store};
use serde_json::{Value as Json, json};

use super::COMPARISONS;
use crate::fixture::{Fixture, tenant};
use crate::record::*;

pub(crate) async fn filters_agree_with_the_evaluation_in_memory(Fixture { store, .. }: Fixture) {
    let runtime = tokio::runtime::Handle::current();
    let cases = AtomicU64::new(0);
    let inputs = (prop::collection::vec(document(), 0..8), prop::collection::vec((filter(), order()), 6));
    let check = |(mut documents, filters): (Vec<Json>, Vec<(Filter, Vec<Order>)>)| {
        // Each case has a tenant of its own, so the store need not be emptied in between.
        let tenant = tenant(u128::from(cases.fetch_add(1, Ordering::Relaxed)));
        for (number, document) in documents.iter_mut().enumerate() {
            document["id"] = json!(format!("{number}"));
        }
        runtime.block_on(async {
            fill(&*store, tenant, TABLE, &documents).await;
            for (filter, order) in filters {
                let mut expected: Vec<_> = documents.iter().filter(|document| filter.matches(document)).collect();
                expected.sort_by_key(|document| document["id"].as_str());
                let expected: Vec<_> = expected.iter().map(|document| document["id"].as_str().unwrap()).collect();
                assert_eq!(ids(&*store, tenant, &filter).await, expected, "{filter:?}");
                let mut paged = pages(&*store, tenant, &filter, order).await;
                paged.sort();
                assert_eq!(paged, expected, "paged {filter:?}");
            }
        });
        Ok(())
    };
    let mut runner = TestRunner::new(Config { cases: 96, failure_persistence: None, ..Config::default() });
    tokio::task::block_in_place(|| runner.run(&inputs, check)).unwrap();
}

/// Identifiers page by page, two at a time.
async fn pages(
    store: &dyn Store,
    tenant: riskgate_core::TenantId,
    filter: &Filter,
    order: Vec<Order>,
) -> Vec<String> {
    let mut query = Query::filtered(filter.clone(), 2);
    query.order = order;
    let mut ids = Vec::new();
    loop {
        let page = store.query(tenant, TABLE, &query).await.unwrap();
        ids.extend(page.items.into_iter().map(|row| row.id));
        match page.next {
            Some(next) => query.after = Some(next),
            None => return ids,
        }
    }
}

fn order() -> impl Strategy<Value = Vec<Order>> {
    let path = prop::sample::select(vec!["userDisplayName", "status/errorCode", "createdDateTime", "isInteractive"]);
    let direction = prop::sample::select(vec![Direction::Ascending, Direction::Descending]);
    prop::collection::vec((path, direction), 0..3).prop_map(|parts| {
        parts.into_iter().map(|(path, direction)| Order { path: path.to_owned(), direction }).collect()
    })
}

/// Few different values, so that filters find some, and characters with a meaning in patterns or of several bytes.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        "[aAbB]{0,3}",
        "[aB%_!\\\\']{0,3}",
        prop::sample::select(vec!["ß", "Σς", "İi", "🦀", "\u{d7ff}", "\u{e000}", "\u{10ffff}", "ﬀ"])
            .prop_map(str::to_owned),
    ]
}

fn moments() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["2026-01-01T00:00:00Z", "2026-01-01T00:00:00.000001Z", "1969-12-31T23:59:59.9Z"])
}

fn numbers() -> impl Strategy<Value = i64> {
    prop_oneof![-2..3_i64, prop::sample::select(vec![i64::MIN, i64::MAX])]
}

fn document() -> impl Strategy<Value = Json> {
    use prop::option::of;
    let items = of(prop::collection::vec(texts(), 0..3));
    (of(texts()), of(numbers()), of(any::<bool>()), of(moments()), items).prop_map(
        |(name, code, interactive, created, types)| {
            let mut document = json!({"userDisplayName": name, "isInteractive": interactive, "createdDateTime": created});
            // Null and absent are the same to a filter.
            if let Some(code) = code {
                document["status"] = json!({"errorCode": code});
            }
            if let Some(types) = types {
                document["riskEventTypes_v2"] = json!(types);
            }
            document
        },
    )
}

fn comparison() -> impl Strategy<Value = Comparison> {
    prop::sample::select(COMPARISONS.to_vec())
}

/// Literals of every type; text is compared with text only, since in memory a moment is a text too.
fn compare() -> impl Strategy<Value = Filter> {
    let moment_value = || moments().prop_map(|text| Value::Time(moment(text)));
    let number = || {
        prop_oneof![
            numbers().prop_map(Value::Integer),
            // Beyond 2^53 a number in memory is rounded before it is compared; the store does not.
            prop::sample::select(vec![-0.5, 0.0, 1.5, 2.0, f64::NAN, f64::INFINITY]).prop_map(Value::Double),
            Just(Value::Null),
            any::<bool>().prop_map(Value::Boolean),
            moment_value(),
        ]
    };
    let name = prop_oneof![3 => texts().prop_map(Value::String), 1 => number()];
    let path = |path: &'static str, value: BoxedStrategy<Value>| (Just(path), value);
    let operands = prop_oneof![
        path("userDisplayName", name.boxed()),
        path("status/errorCode", number().boxed()),
        path("isInteractive", number().boxed()),
        path("createdDateTime", prop_oneof![moment_value(), number()].boxed()),
        path("id", "[0-9]{1,2}".prop_map(Value::String).boxed()),
    ];
    (operands, comparison()).prop_map(|((path, value), comparison)| Filter::compare(path, comparison, value))
}

fn leaf() -> impl Strategy<Value = Filter> {
    let function = prop::sample::select(vec![
        TextFunction::StartsWith,
        TextFunction::EndsWith,
        TextFunction::Contains,
    ]);
    let types = || "riskEventTypes_v2".to_owned();
    prop_oneof![
        1 => any::<bool>().prop_map(Filter::Constant),
        8 => compare(),
        4 => (function, texts()).prop_map(|(function, text)| Filter::Text {
            path: "userDisplayName".to_owned(), function, text,
        }),
        2 => texts().prop_map(move |text| Filter::AnyItem { path: types(), test: ItemTest::Equals(text) }),
        2 => texts().prop_map(move |text| Filter::AnyItem { path: types(), test: ItemTest::StartsWith(text) }),
        1 => Just(Filter::IsEmpty { path: types() }),
        2 => prop::collection::vec(texts(), 0..4).prop_map(|texts| Filter::one_of("userDisplayName", texts)),
    ]
}

fn filter() -> impl Strategy<Value = Filter> {
    leaf().prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Filter::And),
            prop::collection::vec(inner.clone(), 0..4).prop_map(Filter::Or),
            inner.prop_map(|filter| Filter::Not(Box::new(filter))),
        ]
    })
}
