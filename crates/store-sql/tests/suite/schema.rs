//! The schema that migrations make is the one `riskgate_store::tables` declares, on every engine.

use std::collections::BTreeMap;

use riskgate_store::{ColumnKind, tables};
use riskgate_store_sql::open;
use rusqlite::Connection;
use tokio_postgres::{Client, NoTls};

use crate::fixture::{runtime, with_schema};

/// What is compared, in the words of SQL types both engines share.
#[derive(Debug, PartialEq, Default)]
struct Table {
    /// Name, type, whether null is allowed.
    columns: Vec<(String, String, bool)>,
    primary_key: Vec<String>,
    /// Name to columns (with ` desc` where the largest come first) and uniqueness.
    indexes: BTreeMap<String, (Vec<String>, bool)>,
}

type Schema = BTreeMap<String, Table>;

/// The schema as it is declared, and the rules columns and indexes are kept by.
fn declared() -> Schema {
    let mut schema = Schema::new();
    for table in tables::ALL {
        let mut found = Table::default();
        for (name, kind) in
            [("tenant_id", "text"), ("id", "text"), ("version", "bigint"), ("document", "text")]
        {
            found.columns.push((name.to_owned(), kind.to_owned(), false));
        }
        for column in table.columns {
            let kind = match column.kind {
                ColumnKind::Text | ColumnKind::List => "text",
                ColumnKind::Integer | ColumnKind::Time => "bigint",
                ColumnKind::Boolean => "boolean",
            };
            found.columns.push((column.name.to_owned(), kind.to_owned(), true));
        }
        found.primary_key = vec!["tenant_id".to_owned(), "id".to_owned()];
        for index in table.indexes {
            let newest_first = |name: &str| {
                let column = table.columns.iter().find(|column| column.name == name).unwrap();
                if column.kind == ColumnKind::Time { format!("{name} desc") } else { name.to_owned() }
            };
            let mut columns = vec!["tenant_id".to_owned()];
            columns.extend(index.columns.iter().map(|name| newest_first(name)));
            if !index.is_unique {
                columns.push("id".to_owned());
            }
            let name = format!("{}_{}", table.name, index.columns.join("_"));
            // PostgreSQL cuts longer names.
            assert!(name.len() <= 63, "{name}");
            found.indexes.insert(name, (columns, index.is_unique));
        }
        schema.insert(table.name.to_owned(), found);
    }
    schema.insert("riskgate_migrations".to_owned(), journal());
    schema
}

fn journal() -> Table {
    let column = |name: &str, kind: &str| (name.to_owned(), kind.to_owned(), false);
    Table {
        columns: vec![column("number", "bigint"), column("name", "text"), column("checksum", "text")],
        primary_key: vec!["number".to_owned()],
        indexes: BTreeMap::new(),
    }
}

fn all<T>(
    connection: &Connection,
    sql: &str,
    read: impl Fn(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
) -> Vec<T> {
    let mut statement = connection.prepare(sql).unwrap();
    statement.query_map([], |row| read(row)).unwrap().map(Result::unwrap).collect()
}

fn sqlite_schema(path: &str) -> Schema {
    let connection = Connection::open(path).unwrap();
    let names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    let tables = all(&connection, names, |row| row.get::<_, String>(0));
    tables.into_iter().map(|name| (name.clone(), sqlite_table(&connection, &name))).collect()
}

fn sqlite_table(connection: &Connection, name: &str) -> Table {
    let mut table = Table::default();
    let sql =
        format!("SELECT name, lower(type), \"notnull\", pk FROM pragma_table_info('{name}') ORDER BY cid");
    let mut key = BTreeMap::new();
    for (name, kind, not_null, place) in all(connection, &sql, |row| {
        Ok((
            row.get::<_, String>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, bool>(2)?,
            row.get::<_, i64>(3)?,
        ))
    }) {
        if place > 0 {
            key.insert(place, name.clone());
        }
        // Every integer of SQLite has 64 bits.
        let kind = if kind == "integer" { "bigint".to_owned() } else { kind };
        table.columns.push((name, kind, !not_null));
    }
    table.primary_key = key.into_values().collect();
    let sql = format!("SELECT name, \"unique\" FROM pragma_index_list('{name}') WHERE origin = 'c'");
    for (index, is_unique) in
        all(connection, &sql, |row| Ok((row.get::<_, String>(0)?, row.get::<_, bool>(1)?)))
    {
        let sql =
            format!("SELECT name, \"desc\" FROM pragma_index_xinfo('{index}') WHERE key = 1 ORDER BY seqno");
        let columns = all(connection, &sql, |row| {
            let name: String = row.get(0)?;
            Ok(if row.get::<_, bool>(1)? { format!("{name} desc") } else { name })
        });
        table.indexes.insert(index, (columns, is_unique));
    }
    table
}

async fn postgres_schema(url: &str) -> Schema {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    let sql = "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull, l.collname
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_collation l ON l.oid = a.attcollation
        WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace ORDER BY c.relname, a.attnum";
    let mut schema = Schema::new();
    for row in client.query(sql, &[]).await.unwrap() {
        let (table, name, kind): (String, String, String) = (row.get(0), row.get(1), row.get(2));
        if kind == "text" {
            assert_eq!(row.get::<_, Option<String>>(4).as_deref(), Some("C"), "{table}.{name}");
        }
        schema.entry(table).or_default().columns.push((name, kind, row.get(3)));
    }
    postgres_indexes(&client, &mut schema).await;
    schema
}

async fn postgres_indexes(client: &Client, schema: &mut Schema) {
    // indoption: bit 1 is DESC, bit 2 is NULLS FIRST.
    let sql =
        "SELECT c.relname, i.relname, x.indisunique, x.indisprimary, a.attname, x.indoption[k.place - 1]
        FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
        CROSS JOIN LATERAL unnest(x.indkey::int2[]) WITH ORDINALITY AS k(number, place)
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number
        WHERE c.relnamespace = current_schema()::regnamespace ORDER BY i.relname, k.place";
    for row in client.query(sql, &[]).await.unwrap() {
        let table = schema.get_mut(row.get::<_, &str>(0)).unwrap();
        let (column, option): (String, i16) = (row.get(4), row.get(5));
        let not_null = table.columns.iter().any(|(name, _, nullable)| *name == column && !nullable);
        if row.get::<_, bool>(3) {
            table.primary_key.push(column);
            continue;
        }
        let column = match option {
            0 if not_null => column,
            2 => column,
            1 => format!("{column} desc"),
            // Null would not be the smallest.
            other => panic!("{column} has options {other}"),
        };
        let index = table.indexes.entry(row.get(1)).or_insert((Vec::new(), row.get(2)));
        index.0.push(column);
    }
}

fn assert_same(found: &Schema, declared: &Schema) {
    for (name, table) in declared {
        assert_eq!(found.get(name), Some(table), "{name}");
    }
    let names = |schema: &Schema| schema.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(found), names(declared));
}

#[test]
fn migrations_make_the_declared_schema_on_sqlite() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("store.db").display().to_string();
    runtime().block_on(open(&format!("sqlite://{path}"))).unwrap();
    assert_same(&sqlite_schema(&path), &declared());
}

#[test]
fn migrations_make_the_declared_schema_on_postgres() {
    with_schema(|url| async move {
        open(&url).await.unwrap();
        assert_same(&postgres_schema(&url).await, &declared());
    });
}
