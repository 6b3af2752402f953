use riskgate_store::ColumnKind;
use serde_json::json;

use super::*;
use crate::sqlite::MigrationSession;

static FIRST: Migration = Migration {
    number: 1,
    name: "first",
    steps: &[
        // A table of the program with fewer columns than it has now.
        Step::Table("users", &[("display_name", ColumnKind::Text)]),
        Step::Index("users", &["display_name"]),
    ],
};

fn second(steps: &'static [Step]) -> [Migration; 2] {
    let first = Migration { number: 1, name: FIRST.name, steps: FIRST.steps };
    [first, Migration { number: 2, name: "second", steps }]
}

async fn migrated() -> MigrationSession {
    let mut session = MigrationSession::in_memory();
    migrate_to(&mut session, Dialect::Sqlite, std::slice::from_ref(&FIRST)).await.unwrap();
    session
}

fn sql(sql: impl Into<String>) -> Statement {
    Statement::from(sql.into())
}

#[tokio::test]
async fn a_new_column_is_filled_from_the_documents() {
    let mut session = migrated().await;
    // More rows than are read at a time, of two tenants.
    for number in 0..1200 {
        let document = json!({"mail": format!("M{number}@x"), "otherMails": ["A", "b"]});
        let tenant = number % 2;
        session
            .execute(sql(format!(
                "INSERT INTO users (tenant_id, id, version, document) VALUES ('{tenant}', '{number}', 1, '{document}')"
            )))
            .await
            .unwrap();
    }
    let migrations = second(&[
        Step::Column("users", "mail", ColumnKind::Text),
        Step::Column("users", "other_mails", ColumnKind::List),
        Step::Column("users", "no_longer_known", ColumnKind::Text),
        Step::Index("users", &["mail"]),
        Step::DropIndex("users", &["display_name"]),
    ]);
    migrate_to(&mut session, Dialect::Sqlite, &migrations).await.unwrap();
    let filled = "SELECT count(*) FROM users WHERE mail = 'm' || id || '@x' \
        AND other_mails = char(31) || 'a' || char(31) || 'b' || char(31) AND no_longer_known IS NULL AND version = 1";
    assert_eq!(session.rows(sql(filled)).await.unwrap(), [[Param::Integer(1200)]]);
    let indexes = "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL";
    assert_eq!(session.rows(sql(indexes)).await.unwrap(), [[Param::Text("users_mail".to_owned())]]);
}

#[tokio::test]
async fn migrations_are_applied_once() {
    let mut session = migrated().await;
    migrate_to(&mut session, Dialect::Sqlite, std::slice::from_ref(&FIRST)).await.unwrap();
    let applied = applied(&mut session, Dialect::Sqlite).await.unwrap();
    assert_eq!(applied, [(1, "first".to_owned(), FIRST.checksum())]);
}

#[tokio::test]
async fn a_migration_that_fails_leaves_nothing_behind() {
    let mut session = migrated().await;
    let migrations = second(&[Step::Table("groups", &[]), Step::Index("groups", &["no_such_column"])]);
    let error = migrate_to(&mut session, Dialect::Sqlite, &migrations).await.unwrap_err();
    assert!(matches!(&error, OpenError::Migration { number: 2, .. }), "{error}");
    let tables = "SELECT count(*) FROM sqlite_schema WHERE name = 'groups'";
    assert_eq!(session.rows(sql(tables)).await.unwrap(), [[Param::Integer(0)]]);
    migrate_to(&mut session, Dialect::Sqlite, &second(&[Step::Table("groups", &[])])).await.unwrap();
}

#[tokio::test]
async fn a_store_of_a_newer_program_is_refused() {
    let mut session = migrated().await;
    migrate_to(&mut session, Dialect::Sqlite, &second(&[])).await.unwrap();
    let error = migrate_to(&mut session, Dialect::Sqlite, std::slice::from_ref(&FIRST)).await.unwrap_err();
    assert_eq!(error, OpenError::Newer { found: 2, known: 1 });
}

#[tokio::test]
async fn a_migration_that_was_changed_is_refused() {
    let mut session = migrated().await;
    let changed = Migration { number: 1, name: "first", steps: &[Step::Table("users", &[])] };
    let error = migrate_to(&mut session, Dialect::Sqlite, &[changed]).await.unwrap_err();
    assert_eq!(error, OpenError::Changed { number: 1, name: "first".to_owned() });
}
