//! Removing what has expired.

use riskgate_odata::Filter;
use riskgate_store::{StoreError, tables};
use serde_json::json;

use crate::fixture::{Fixture, tenant};
use crate::record::*;

pub(crate) async fn expired_rows_of_all_tenants_go_up_to_the_limit(Fixture { store, .. }: Fixture) {
    let table = &tables::SESSIONS;
    for number in 1..=3 {
        let session = |id: &str, expires: &str| json!({"id": id, "expiresDateTime": expires});
        let rows = [
            session("a", "2026-01-01T00:00:00Z"),
            session("b", "2026-01-01T00:00:01Z"),
            session("c", "2026-01-01T00:00:02Z"),
            json!({"id": "d"}),
        ];
        fill(&*store, tenant(number), table, &rows).await;
    }
    let now = moment("2026-01-01T00:00:02Z");
    assert_eq!(store.purge_expired(table, moment("2026-01-01T00:00:00Z"), 100).await, Ok(0));
    assert_eq!(store.purge_expired(table, now, 0).await, Ok(0));
    assert_eq!(store.purge_expired(table, now, 3).await, Ok(3));
    assert_eq!(store.purge_expired(table, now, 100).await, Ok(3));
    assert_eq!(store.purge_expired(table, now, 100).await, Ok(0));
    for number in 1..=3 {
        assert_eq!(store.count(tenant(number), table, &Filter::Constant(true)).await, Ok(2));
        assert!(store.get(tenant(number), table, "c").await.unwrap().is_some());
        assert!(store.get(tenant(number), table, "d").await.unwrap().is_some());
    }
}

pub(crate) async fn tables_without_expiry_cannot_be_purged(Fixture { store, .. }: Fixture) {
    fill(&*store, tenant(1), &tables::USERS, &[json!({"id": "a"})]).await;
    let outcome = store.purge_expired(&tables::USERS, moment("2026-01-01T00:00:00Z"), 10).await;
    assert!(matches!(outcome, Err(StoreError::NotQueryable { .. })), "{outcome:?}");
}
