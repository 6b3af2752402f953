//! Orders, pages and positions.

use std::cmp::Ordering;

use riskgate_odata::{Comparison, Filter, Value};
use riskgate_store::{Direction, Order, Position, Query, Store, StoreError};
use serde_json::{Value as Json, json};

use crate::fixture::{Fixture, tenant};
use crate::record::*;

/// Rows with many ties and nulls: every combination of a text, a moment, an integer and a boolean, or null.
fn rows() -> Vec<Json> {
    let texts = [json!("b"), json!("A"), json!(null)];
    let moments = [json!("2026-01-01T00:00:00Z"), json!("2026-01-02T00:00:00.5Z"), json!(null)];
    let numbers = [json!(-1), json!(50126), json!(null)];
    let mut rows = Vec::new();
    for text in &texts {
        for at in &moments {
            for number in &numbers {
                let id = format!("{:02}", (rows.len() * 7) % 27);
                rows.push(json!({
                    "id": id, "userDisplayName": text, "createdDateTime": at, "status": {"errorCode": number},
                    "isInteractive": (match rows.len() % 3 { 0 => None, part => Some(part == 1) }),
                }));
            }
        }
    }
    rows
}

fn key(row: &Json, path: &str) -> Json {
    let value = path.split('/').fold(row, |value, name| &value[name]);
    value.as_str().map_or(value.clone(), |text| json!(text.to_lowercase()))
}

/// Null is smaller than everything; the texts and moments used here are in order as texts.
fn compare(left: &Json, right: &Json) -> Ordering {
    match (left, right) {
        (Json::Null, Json::Null) => Ordering::Equal,
        (Json::Null, _) => Ordering::Less,
        (_, Json::Null) => Ordering::Greater,
        (Json::String(left), Json::String(right)) => left.cmp(right),
        (Json::Bool(left), Json::Bool(right)) => left.cmp(right),
        _ => left.as_i64().cmp(&right.as_i64()),
    }
}

fn sorted(order: &[(&str, Direction)]) -> Vec<String> {
    let mut rows = rows();
    rows.sort_by(|left, right| {
        let parts = order.iter().map(|(path, direction)| {
            let ordering = compare(&key(left, path), &key(right, path));
            if *direction == Direction::Descending { ordering.reverse() } else { ordering }
        });
        parts.fold(Ordering::Equal, Ordering::then).then_with(|| key(left, "id").as_str().cmp(&key(right, "id").as_str()))
    });
    rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

fn ordered(order: &[(&str, Direction)], limit: u64) -> Query {
    let mut query = Query::filtered(Filter::Constant(true), limit);
    query.order =
        order.iter().map(|(path, direction)| Order { path: (*path).to_owned(), direction: *direction }).collect();
    query
}

async fn walk(store: &dyn Store, mut query: Query) -> Vec<String> {
    let mut ids = Vec::new();
    loop {
        let page = store.query(tenant(1), TABLE, &query).await.unwrap();
        assert!(page.items.len() as u64 <= query.limit);
        ids.extend(page.items.into_iter().map(|row| row.id));
        assert!(ids.len() <= 1000, "the pages do not end");
        match page.next {
            Some(next) => query.after = Some(next),
            None => return ids,
        }
    }
}

pub(crate) async fn pages_follow_each_other_in_every_order(Fixture { store, .. }: Fixture) {
    use Direction::{Ascending as Up, Descending as Down};
    fill(&*store, tenant(1), TABLE, &rows()).await;
    fill(&*store, tenant(2), TABLE, &rows()).await;
    let orders: [&[(&str, Direction)]; 14] = [
        &[],
        &[("id", Down)],
        &[("userDisplayName", Up)],
        &[("userDisplayName", Down)],
        &[("createdDateTime", Up)],
        &[("createdDateTime", Down)],
        &[("isInteractive", Up)],
        &[("isInteractive", Down), ("id", Down)],
        &[("userDisplayName", Up), ("createdDateTime", Down)],
        &[("userDisplayName", Down), ("createdDateTime", Up)],
        &[("userDisplayName", Down), ("createdDateTime", Down)],
        &[("status/errorCode", Down), ("userDisplayName", Up), ("createdDateTime", Down)],
        &[("createdDateTime", Up), ("status/errorCode", Up), ("userDisplayName", Down), ("id", Down)],
        &[("userDisplayName", Up), ("userDisplayName", Down)],
    ];
    for order in orders {
        // `id` ascending is added by the store; given descending, it decides.
        let mut expected = sorted(order);
        if order.last() == Some(&("id", Down)) && order.len() == 1 {
            expected = sorted(&[]);
            expected.reverse();
        }
        for limit in [1, 2, 5, 26, 27, 28] {
            assert_eq!(walk(&*store, ordered(order, limit)).await, expected, "{order:?} by {limit}");
        }
    }
}

pub(crate) async fn pages_are_stable_while_rows_come_and_go(Fixture { store, .. }: Fixture) {
    let row = |id: &str, hour: u32| json!({"id": id, "createdDateTime": format!("2026-01-01T{hour:02}:00:00Z")});
    let all: Vec<_> = (0..10).map(|hour| row(&format!("{hour}"), hour)).collect();
    fill(&*store, tenant(1), TABLE, &all).await;
    let mut query = ordered(&[("createdDateTime", Direction::Descending)], 4);
    let first = store.query(tenant(1), TABLE, &query).await.unwrap();
    let ids: Vec<_> = first.items.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids, ["9", "8", "7", "6"]);
    // The row the position names goes, one before it and one behind it come.
    store.commit(deletion(tenant(1), TABLE, "6", 1)).await.unwrap();
    fill(&*store, tenant(1), TABLE, &[row("newest", 23), row("between", 5)]).await;
    query.after = first.next;
    let second = store.query(tenant(1), TABLE, &query).await.unwrap();
    let ids: Vec<_> = second.items.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids, ["5", "between", "4", "3"]);
}

pub(crate) async fn skip_counts_from_the_position(Fixture { store, .. }: Fixture) {
    fill(&*store, tenant(1), TABLE, &rows()).await;
    let order = [("userDisplayName", Direction::Descending), ("createdDateTime", Direction::Ascending)];
    let expected = sorted(&order);
    for begin in [0, 1, 5, 9, 13, 26] {
        let mut query = ordered(&order, 1);
        if begin > 0 {
            query.limit = begin;
            query.after = store.query(tenant(1), TABLE, &query).await.unwrap().next;
            query.limit = 3;
        }
        for skip in 0..30 {
            query.skip = skip;
            let page = store.query(tenant(1), TABLE, &query).await.unwrap();
            let ids: Vec<_> = page.items.into_iter().map(|row| row.id).collect();
            let place = (begin + skip) as usize;
            let rest = expected.get(place..).unwrap_or_default();
            let wanted: Vec<_> = rest.iter().take(query.limit as usize).cloned().collect();
            assert_eq!(ids, wanted, "{begin} {skip}");
            assert_eq!(page.next.is_some(), rest.len() > wanted.len(), "{begin} {skip}");
        }
    }
    let mut query = ordered(&order, 3);
    query.skip = u64::MAX;
    assert!(store.query(tenant(1), TABLE, &query).await.unwrap().items.is_empty());
}

pub(crate) async fn the_last_page_says_so(Fixture { store, .. }: Fixture) {
    fill(&*store, tenant(1), TABLE, &rows()).await;
    let count = |limit| Query::filtered(Filter::Constant(true), limit);
    assert_eq!(store.query(tenant(1), TABLE, &count(27)).await.unwrap().next, None);
    let page = store.query(tenant(1), TABLE, &count(26)).await.unwrap();
    assert_eq!(page.next, Some(Position { values: vec![], id: "25".to_owned() }));
    assert_eq!(store.query(tenant(1), TABLE, &count(u64::MAX)).await.unwrap().items.len(), 27);
    let nothing = Query::filtered(Filter::Constant(false), 10);
    let page = store.query(tenant(1), TABLE, &nothing).await.unwrap();
    assert!(page.items.is_empty() && page.next.is_none());
}

pub(crate) async fn a_limit_of_zero_reads_nothing(Fixture { store, .. }: Fixture) {
    fill(&*store, tenant(1), TABLE, &rows()).await;
    let page = store.query(tenant(1), TABLE, &Query::filtered(Filter::Constant(true), 0)).await.unwrap();
    assert!(page.items.is_empty() && page.next.is_none());
}

pub(crate) async fn a_position_of_another_order_is_refused(Fixture { store, .. }: Fixture) {
    fill(&*store, tenant(1), TABLE, &rows()).await;
    let wrong: [Vec<Value>; 4] =
        [vec![], vec![Value::Integer(1)], vec![Value::Boolean(true)], vec![Value::Time(moment("2026-01-01T00:00:00Z"))]];
    for values in wrong {
        let mut query = ordered(&[("userDisplayName", Direction::Ascending)], 1);
        query.after = Some(Position { values, id: "x".to_owned() });
        let outcome = store.query(tenant(1), TABLE, &query).await;
        assert!(matches!(outcome, Err(StoreError::NotQueryable { .. })), "{outcome:?}");
    }
    let mut query = ordered(&[], 1);
    query.after = Some(Position { values: vec![], id: "x\0".to_owned() });
    let outcome = store.query(tenant(1), TABLE, &query).await;
    assert!(matches!(outcome, Err(StoreError::NotQueryable { .. })), "{outcome:?}");
}

pub(crate) async fn an_order_by_identifier_ends_there(Fixture { store, .. }: Fixture) {
    fill(&*store, tenant(1), TABLE, &rows()).await;
    let order = [("id", Direction::Ascending), ("userDisplayName", Direction::Descending)];
    assert_eq!(walk(&*store, ordered(&order, 4)).await, sorted(&[]));
    let mut query = ordered(&order, 4);
    query.filter = Filter::compare("id", Comparison::Greater, "20");
    assert_eq!(walk(&*store, query).await, ["21", "22", "23", "24", "25", "26"]);
}
