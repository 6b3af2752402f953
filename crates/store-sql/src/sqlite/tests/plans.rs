//! The lists people look at are read from an index in order, without sorting.

use riskgate_odata::{Comparison, Filter};
use riskgate_store::{Direction, Position, Query};
use serde_json::json;

use super::*;
use crate::sqlite::writer::{FIRST_SAMPLE, sample};

/// The plan of every statement a query needs, one line each.
fn plans(connection: &Connection, table: &'static Table, query: &Query) -> Vec<String> {
    let mut page = PageReader::new(Dialect::Sqlite, tenant(), table, query).unwrap();
    let mut plans = Vec::new();
    while let Some(Step::Rows(statement)) = page.next() {
        let sql = format!("EXPLAIN QUERY PLAN {}", statement.sql);
        let mut prepared = connection.prepare(&sql).unwrap();
        let steps = prepared
            .query_map(rusqlite::params_from_iter(&statement.params), |row| row.get::<_, String>(3))
            .unwrap()
            .map(Result::unwrap);
        plans.push(steps.collect::<Vec<_>>().join("; "));
        page.accept_rows(Vec::new());
    }
    assert!(!plans.is_empty());
    plans
}

/// Table, order, filter and the index that serves best; `narrowed` adds lists that can only be told apart knowing how
/// values are spread.
fn lists(narrowed: bool) -> Vec<(&'static Table, &'static str, Filter, &'static str)> {
    let (detections, sign_ins) = (&tables::RISK_DETECTIONS, &tables::SIGN_INS);
    let (detected, created) = ("detectedDateTime", "createdDateTime");
    let after = |path: &str| {
        Filter::compare(path, Comparison::GreaterOrEqual, riskgate_core::Timestamp::from_seconds(0))
    };
    let and_recent = |filter: Filter, path: &str| Filter::And(vec![filter, after(path)]);
    let all = Filter::Constant(true);
    let mut lists = vec![
        (detections, detected, all.clone(), "risk_detections_detected_date_time"),
        (sign_ins, created, all, "sign_ins_created_date_time"),
        (sign_ins, created, after(created), "sign_ins_created_date_time"),
        (detections, detected, after(detected), "risk_detections_detected_date_time"),
    ];
    for (path, index) in [
        ("userDisplayName", "risk_detections_user_display_name_detected_date_time"),
        ("userId", "risk_detections_user_id_detected_date_time"),
        ("userPrincipalName", "risk_detections_user_principal_name_detected_date_time"),
        ("riskState", "risk_detections_risk_state_detected_date_time"),
        ("riskLevel", "risk_detections_risk_level_detected_date_time"),
        ("ipAddress", "risk_detections_ip_address_detected_date_time"),
    ] {
        lists.push((detections, detected, Filter::equals(path, "x"), index));
        if narrowed {
            lists.push((detections, detected, and_recent(Filter::equals(path, "x"), detected), index));
        }
    }
    for (path, index) in [
        ("userId", "sign_ins_user_id_created_date_time"),
        ("appId", "sign_ins_app_id_created_date_time"),
        ("riskState", "sign_ins_risk_state_created_date_time"),
    ] {
        lists.push((sign_ins, created, Filter::equals(path, "x"), index));
    }
    lists
}

fn assert_plans(connection: &Connection, narrowed: bool) {
    for (table, path, filter, index) in lists(narrowed) {
        let mut query = Query::filtered(filter, 100).ordered(path, Direction::Descending);
        for after in [None, Some(riskgate_core::Timestamp::from_seconds(1_000))] {
            query.after = after.map(|at| Position { values: vec![at.into()], id: "x".to_owned() });
            let plans = plans(connection, table, &query);
            for plan in &plans {
                assert!(plan.starts_with("SEARCH"), "{plan}: {query:?}");
                assert!(!plan.contains("TEMP B-TREE"), "{plan}: {query:?}");
            }
            // Rows of the very moment of the position come first; there any index will do.
            for plan in plans.iter().skip(usize::from(after.is_some())) {
                assert!(plan.contains(&format!("USING INDEX {index} (")), "{plan}: {query:?}");
            }
        }
    }
}

#[tokio::test]
async fn main_lists_come_from_an_index_in_order() {
    let (_directory, connection) = writer_connection().await;
    assert_plans(&connection, false);
}

/// A detection and a sign-in that look like real ones.
fn rows(number: i64) -> Vec<Change> {
    let moment = riskgate_core::Timestamp::from_seconds(number).to_string();
    let document = json!({
        "detectedDateTime": moment, "createdDateTime": moment, "userId": format!("u{}", number % 300),
        "userDisplayName": format!("User {}", number % 300), "userPrincipalName": format!("u{}@x", number % 300),
        "riskState": (if number % 7 == 0 { "dismissed" } else { "atRisk" }), "riskLevel": "medium",
        "ipAddress": format!("192.0.2.{}", number % 200), "appId": "app",
    });
    let tables = [&tables::RISK_DETECTIONS, &tables::SIGN_INS];
    tables.map(|table| insertion(table, &format!("{number}"), document.clone())).into()
}

#[tokio::test]
async fn readers_learn_how_values_are_spread_while_the_store_grows() {
    let (_directory, store) = store().await;
    let filter = Filter::And(vec![Filter::equals("riskState", "atRisk"), Filter::equals("userId", "u1")]);
    let query = Query::filtered(filter, 100).ordered("detectedDateTime", Direction::Descending);
    let plan = async || {
        let query = query.clone();
        let plans = store.read(move |connection| {
            // Unlike the query itself, its explanation does not notice that the schema has changed.
            statement::run(connection, "SELECT 1 FROM risk_detections LIMIT 1")?;
            Ok(plans(connection, &tables::RISK_DETECTIONS, &query))
        });
        plans.await.unwrap().remove(0)
    };
    // At first all are of one user and in different states.
    let early = |number: i64| {
        let document = json!({"userId": "u1", "riskState": format!("{number}")});
        insertion(&tables::RISK_DETECTIONS, &format!("early {number}"), document)
    };
    store.commit((0..30).map(early).collect()).await.unwrap();
    let sampled = store.write(|connection| {
        sample(connection);
        Ok(())
    });
    sampled.await.unwrap();
    for _ in 0..8 {
        let plan = plan().await;
        assert!(
            plan.contains("risk_detections_risk_state_detected_date_time (tenant_id=? AND risk_state=?)"),
            "{plan}"
        );
    }
    let mut number = 0;
    while number < i64::try_from(FIRST_SAMPLE).unwrap() {
        let batch = (number..number + 500).flat_map(rows).collect();
        store.commit(batch).await.unwrap();
        number += 500;
    }
    // The writer has sampled when it answers the next one.
    store.ping().await.unwrap();
    for _ in 0..8 {
        let plan = plan().await;
        assert!(
            plan.contains("risk_detections_user_id_detected_date_time (tenant_id=? AND user_id=?)"),
            "{plan}"
        );
    }
    let all = store.write(|connection| {
        assert_plans(connection, true);
        Ok(())
    });
    all.await.unwrap();
}

#[tokio::test]
async fn beginnings_of_texts_are_found_in_an_index() {
    let (_directory, connection) = writer_connection().await;
    let function = riskgate_odata::TextFunction::StartsWith;
    let filter = Filter::Text { path: "displayName".to_owned(), function, text: "ad".to_owned() };
    let query = Query::filtered(filter, 100).ordered("displayName", Direction::Ascending);
    for plan in plans(&connection, &tables::USERS, &query) {
        let range = "USING INDEX users_display_name (tenant_id=? AND display_name>? AND display_name<?)";
        assert!(plan.contains(range) && !plan.contains("TEMP B-TREE"), "{plan}");
    }
}

#[tokio::test]
async fn expired_rows_are_found_in_an_index() {
    let (_directory, connection) = writer_connection().await;
    let purge =
        purge(Dialect::Sqlite, TENANT, &tables::SESSIONS, riskgate_core::Timestamp::from_seconds(1), 10)
            .unwrap();
    let next = next_tenant(Dialect::Sqlite, &tables::SESSIONS, "").unwrap();
    for (statement, index) in [(purge, "sessions_expires_date_time"), (next, "sqlite_autoindex_sessions_1")] {
        let mut prepared = connection.prepare(&format!("EXPLAIN QUERY PLAN {}", statement.sql)).unwrap();
        let steps = prepared
            .query_map(rusqlite::params_from_iter(&statement.params), |row| row.get::<_, String>(3))
            .unwrap()
            .map(Result::unwrap);
        let plan = steps.collect::<Vec<_>>().join("; ");
        assert!(plan.contains(index) && !plan.contains("SCAN"), "{plan}");
    }
}
