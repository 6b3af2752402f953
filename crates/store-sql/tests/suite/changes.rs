//! Inserting, updating and deleting.

use riskgate_store::records::Revision;
use riskgate_store::{Batch, StoreError, Write, tables};
use serde_json::{Value as Json, json};

use crate::fixture::{Fixture, tenant};
use crate::record::*;

pub(crate) async fn a_record_is_inserted_read_updated_and_deleted(Fixture { store, .. }: Fixture) {
    let t = tenant(1);
    assert_eq!(store.get(t, TABLE, "a").await, Ok(None));
    store.commit(insertion(t, TABLE, "a", json!({"id": "a", "n": 1}))).await.unwrap();
    let read = row(&*store, t, TABLE, "a").await;
    assert_eq!((read.id.as_str(), read.version, read.document), ("a", 1, json!({"id": "a", "n": 1})));
    store.commit(replacement(t, TABLE, "a", 1, json!({"id": "a", "n": 2}))).await.unwrap();
    let read = row(&*store, t, TABLE, "a").await;
    assert_eq!((read.version, read.document), (2, json!({"id": "a", "n": 2})));
    store.commit(deletion(t, TABLE, "a", 2)).await.unwrap();
    assert_eq!(store.get(t, TABLE, "a").await, Ok(None));
    store.commit(insertion(t, TABLE, "a", json!({"id": "a"}))).await.unwrap();
    assert_eq!(row(&*store, t, TABLE, "a").await.version, 1);
}

pub(crate) async fn documents_come_back_exactly_as_they_were_stored(Fixture { store, .. }: Fixture) {
    let text = r#"{"z":1,"a":[null,true,{"b":1.5,"ä":"\u0000\u001f\"\\ 🦀 İ ß"}],"n":-9223372036854775808,
        "u":18446744073709551615,"empty":{},"none":[],"long":""#;
    let text = format!("{text}{}\"}}", "x".repeat(300_000));
    let document: Json = serde_json::from_str(&text).unwrap();
    store.commit(insertion(tenant(1), TABLE, "ünïcode 🦀", document.clone())).await.unwrap();
    let read = row(&*store, tenant(1), TABLE, "ünïcode 🦀").await;
    assert_eq!(read.document.to_string(), document.to_string());
    assert_eq!(read.id, "ünïcode 🦀");
}

pub(crate) async fn an_update_of_an_old_version_conflicts(Fixture { store, .. }: Fixture) {
    let t = tenant(1);
    store.commit(insertion(t, TABLE, "a", json!({"n": 1}))).await.unwrap();
    store.commit(replacement(t, TABLE, "a", 1, json!({"n": 2}))).await.unwrap();
    for version in [1, 3, 0, -1] {
        let outcome = store.commit(replacement(t, TABLE, "a", version, json!({"n": 3}))).await;
        assert_eq!(outcome, Err(conflict(TABLE, "a")), "{version}");
    }
    assert_eq!(row(&*store, t, TABLE, "a").await.document, json!({"n": 2}));
}

pub(crate) async fn a_delete_of_an_old_version_conflicts(Fixture { store, .. }: Fixture) {
    let t = tenant(1);
    store.commit(insertion(t, TABLE, "a", json!({"n": 1}))).await.unwrap();
    store.commit(replacement(t, TABLE, "a", 1, json!({"n": 2}))).await.unwrap();
    assert_eq!(store.commit(deletion(t, TABLE, "a", 1)).await, Err(conflict(TABLE, "a")));
    assert_eq!(row(&*store, t, TABLE, "a").await.version, 2);
}

pub(crate) async fn a_change_of_a_missing_record_conflicts(Fixture { store, .. }: Fixture) {
    let t = tenant(1);
    assert_eq!(store.commit(replacement(t, TABLE, "a", 1, json!({}))).await, Err(conflict(TABLE, "a")));
    assert_eq!(store.commit(deletion(t, TABLE, "a", 1)).await, Err(conflict(TABLE, "a")));
}

pub(crate) async fn an_identifier_can_be_taken_once_per_table_and_tenant(Fixture { store, .. }: Fixture) {
    store.commit(insertion(tenant(1), TABLE, "a", json!({"n": 1}))).await.unwrap();
    let again = store.commit(insertion(tenant(1), TABLE, "a", json!({"n": 2}))).await;
    assert_eq!(again, Err(exists(TABLE, "a")));
    assert_eq!(row(&*store, tenant(1), TABLE, "a").await.document, json!({"n": 1}));
    store.commit(insertion(tenant(2), TABLE, "a", json!({}))).await.unwrap();
    store.commit(insertion(tenant(1), &tables::USERS, "a", json!({}))).await.unwrap();
    store.commit(insertion(tenant(1), TABLE, "A", json!({}))).await.unwrap();
}

pub(crate) async fn a_unique_value_can_be_taken_once_whatever_its_case(Fixture { store, .. }: Fixture) {
    let user = |name: &str| json!({"userPrincipalName": name});
    let users = &tables::USERS;
    store.commit(insertion(tenant(1), users, "a", user("Ünal@contoso.com"))).await.unwrap();
    let again = store.commit(insertion(tenant(1), users, "b", user("üNAL@CONTOSO.COM"))).await;
    assert_eq!(again, Err(exists(users, "b")));
    assert_eq!(store.get(tenant(1), users, "b").await, Ok(None));
    store.commit(insertion(tenant(2), users, "b", user("ünal@contoso.com"))).await.unwrap();
    // What was given up can be taken.
    store.commit(replacement(tenant(1), users, "a", 1, user("other@contoso.com"))).await.unwrap();
    store.commit(insertion(tenant(1), users, "b", user("ünal@contoso.com"))).await.unwrap();
}

pub(crate) async fn an_update_can_run_into_a_unique_value(Fixture { store, .. }: Fixture) {
    let users = &tables::USERS;
    for (id, name) in [("a", "x@y"), ("b", "z@y")] {
        store.commit(insertion(tenant(1), users, id, json!({"userPrincipalName": name}))).await.unwrap();
    }
    let outcome = store.commit(replacement(tenant(1), users, "b", 1, json!({"userPrincipalName": "X@y"}))).await;
    assert_eq!(outcome, Err(exists(users, "b")));
    assert_eq!(row(&*store, tenant(1), users, "b").await.version, 1);
}

pub(crate) async fn changes_of_clients_are_counted_in_their_own_commit(Fixture { store, .. }: Fixture) {
    let t = tenant(1);
    let seen = async || {
        let counted = store.get(t, &tables::REVISIONS, Revision::CLIENTS).await.unwrap();
        counted.map(|row| row.version)
    };
    store.commit(insertion(t, TABLE, "a", json!({}))).await.unwrap();
    assert_eq!(seen().await, None, "nothing about clients");
    let counted =
        [&tables::APPLICATIONS, &tables::SERVICE_PRINCIPALS, &tables::CLIENT_CREDENTIALS, &tables::APP_ROLE_ASSIGNMENTS];
    let mut expected = 0;
    for table in counted {
        for change in [
            insertion(t, table, "a", json!({"id": "a"})),
            replacement(t, table, "a", 1, json!({"id": "a"})),
            deletion(t, table, "a", 2),
        ] {
            store.commit(change).await.unwrap();
            expected += 1;
            assert_eq!(seen().await, Some(expected), "{}", table.name);
        }
    }
    // What came to nothing is not counted; what another tenant does neither.
    assert!(store.commit(deletion(t, counted[0], "a", 2)).await.is_err());
    store.commit(insertion(tenant(2), counted[0], "a", json!({}))).await.unwrap();
    assert_eq!(seen().await, Some(expected));
}

pub(crate) async fn nulls_are_never_taken(Fixture { store, .. }: Fixture) {
    for id in ["a", "b", "c"] {
        store.commit(insertion(tenant(1), &tables::USERS, id, json!({"id": id}))).await.unwrap();
    }
    for (id, version) in [("a", 1), ("b", 1)] {
        let null = json!({"userPrincipalName": null});
        store.commit(replacement(tenant(1), &tables::USERS, id, version, null)).await.unwrap();
    }
}

pub(crate) async fn a_batch_that_fails_anywhere_changes_nothing(Fixture { store, .. }: Fixture) {
    let t = tenant(1);
    fill(&*store, t, TABLE, &[json!({"id": "a"}), json!({"id": "b"})]).await;
    let insert = |id: &str| insertion(t, TABLE, id, json!({"new": true})).writes.remove(0);
    let good = || {
        vec![
            insert("c"),
            replacement(t, TABLE, "a", 1, json!({"changed": true})).writes.remove(0),
            deletion(t, TABLE, "b", 1).writes.remove(0),
        ]
    };
    let bad: [(Write, StoreError); 3] = [
        (insert("a"), exists(TABLE, "a")),
        (replacement(t, TABLE, "a", 9, json!({})).writes.remove(0), conflict(TABLE, "a")),
        (deletion(t, TABLE, "nobody", 1).writes.remove(0), conflict(TABLE, "nobody")),
    ];
    for (write, error) in bad {
        for place in 0..=3 {
            let mut writes = good();
            writes.insert(place, write.clone());
            let outcome = store.commit(Batch { tenant: t, writes }).await;
            assert!(outcome == Err(error.clone()), "{outcome:?} at {place}");
            assert_eq!(row(&*store, t, TABLE, "a").await.document, json!({"id": "a"}));
            assert_eq!(row(&*store, t, TABLE, "b").await.version, 1);
            assert_eq!(store.get(t, TABLE, "c").await, Ok(None));
        }
    }
    store.commit(Batch { tenant: t, writes: good() }).await.unwrap();
    assert_eq!(row(&*store, t, TABLE, "a").await.document, json!({"changed": true}));
    assert_eq!(store.get(t, TABLE, "b").await, Ok(None));
}

pub(crate) async fn writes_of_a_batch_see_those_before_them(Fixture { store, .. }: Fixture) {
    let t = tenant(1);
    let steps = [
        insertion(t, TABLE, "a", json!({"n": 1})),
        replacement(t, TABLE, "a", 1, json!({"n": 2})),
        deletion(t, TABLE, "a", 2),
        insertion(t, TABLE, "a", json!({"n": 3})),
    ];
    let writes = steps.into_iter().flat_map(|batch| batch.writes).collect();
    store.commit(Batch { tenant: t, writes }).await.unwrap();
    assert_eq!(row(&*store, t, TABLE, "a").await.document, json!({"n": 3}));
}

pub(crate) async fn an_empty_batch_succeeds(Fixture { store, .. }: Fixture) {
    store.commit(Batch::new(tenant(1))).await.unwrap();
}

pub(crate) async fn hostile_identifiers_and_documents_are_refused_or_kept(Fixture { store, .. }: Fixture) {
    let t = tenant(1);
    let outcome = store.commit(insertion(t, TABLE, "a\0b", json!({}))).await;
    assert!(matches!(outcome, Err(StoreError::Damaged { .. })), "{outcome:?}");
    assert_eq!(store.get(t, TABLE, "a\0b").await, Ok(None));
    assert_eq!(store.commit(deletion(t, TABLE, "a\0b", 1)).await, Err(conflict(TABLE, "a\0b")));
    for id in ["", "'; DROP TABLE sign_ins; --", "%", "\u{1f}", "\"", "\\", "$1", "?"] {
        store.commit(insertion(t, TABLE, id, json!({"id": id}))).await.unwrap();
        assert_eq!(row(&*store, t, TABLE, id).await.document, json!({"id": id}));
    }
    let nested = |levels| (0..levels).fold(json!({}), |inner, _| json!({ "inner": inner }));
    store.commit(insertion(t, TABLE, "deep", nested(118))).await.unwrap();
    assert_eq!(row(&*store, t, TABLE, "deep").await.document, nested(118));
    let outcome = store.commit(insertion(t, TABLE, "deeper", nested(200))).await;
    assert!(matches!(outcome, Err(StoreError::Damaged { .. })), "{outcome:?}");
    assert_eq!(store.get(t, TABLE, "deeper").await, Ok(None));
}
