//! Tenants are apart.

use riskgate_odata::Filter;
use riskgate_store::Query;
use serde_json::json;

use crate::fixture::{Fixture, tenant};
use crate::record::*;

pub(crate) async fn tenants_never_see_each_other(Fixture { store, .. }: Fixture) {
    for number in 1..=3_u128 {
        let rows: Vec<_> = (0..number).map(|row| json!({"id": format!("{row}"), "userId": "u"})).collect();
        fill(&*store, tenant(number), TABLE, &rows).await;
    }
    // A condition that holds everywhere must not reach beyond the tenant, however it is joined.
    let everywhere = Filter::Or(vec![Filter::equals("userId", "u"), Filter::Constant(false)]);
    let wide = Filter::Or(vec![Filter::equals("userId", "u"), Filter::equals("userId", riskgate_odata::Value::Null)]);
    for filter in [Filter::Constant(true), everywhere, wide] {
        for number in 0..=3_u128 {
            let page = store.query(tenant(number), TABLE, &Query::filtered(filter.clone(), 10)).await.unwrap();
            assert_eq!(page.items.len() as u128, number);
            assert_eq!(u128::from(store.count(tenant(number), TABLE, &filter).await.unwrap()), number);
        }
    }
    assert!(store.get(tenant(1), TABLE, "2").await.unwrap().is_none());
    assert!(store.get(tenant(3), TABLE, "2").await.unwrap().is_some());
}

pub(crate) async fn tenants_cannot_change_each_other(Fixture { store, .. }: Fixture) {
    store.commit(insertion(tenant(1), TABLE, "a", json!({"n": 1}))).await.unwrap();
    let outcome = store.commit(replacement(tenant(2), TABLE, "a", 1, json!({"n": 2}))).await;
    assert_eq!(outcome, Err(conflict(TABLE, "a")));
    assert_eq!(store.commit(deletion(tenant(2), TABLE, "a", 1)).await, Err(conflict(TABLE, "a")));
    assert_eq!(row(&*store, tenant(1), TABLE, "a").await.document, json!({"n": 1}));
}
