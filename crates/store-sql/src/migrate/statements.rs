//! What migrations are made of, as SQL.

use riskgate_store::{ColumnKind, StoreError};
use sea_query::{ColumnDef, Expr, ExprTrait, Index, Order, Query, Table, TableCreateStatement};

use crate::condition::value;
use crate::dialect::{Dialect, Param, Statement};
use crate::migrations::{Migration, Step};

/// Where applied migrations are written down.
pub(super) const JOURNAL: &str = "riskgate_migrations";

/// Rows read at a time to fill a new column.
const ROWS_AT_A_TIME: u64 = 500;

/// The table of applied migrations, unless it is there.
pub(super) fn journal(dialect: Dialect) -> Statement {
    let mut table = Table::create();
    table.table(JOURNAL).if_not_exists();
    table.col(ColumnDef::new("number").big_integer().not_null().primary_key());
    for name in ["name", "checksum"] {
        table.col(column_of(dialect, name, ColumnKind::Text).not_null());
    }
    dialect.create_table(&table)
}

/// What is written down about a migration.
pub(super) fn journal_entry(dialect: Dialect, migration: &Migration) -> Result<Statement, StoreError> {
    let mut insert = Query::insert();
    insert.into_table(JOURNAL).columns(["number", "name", "checksum"]);
    insert
        .values([migration.number.into(), migration.name.into(), migration.checksum().into()])
        .map_err(|error| StoreError::Unavailable(error.to_string()))?;
    dialect.insert(&insert)
}

/// What was written down, oldest first.
pub(super) fn journal_entries(dialect: Dialect) -> Result<Statement, StoreError> {
    let mut select = Query::select();
    select.from(JOURNAL).columns(["number", "name", "checksum"]).order_by("number", Order::Asc);
    dialect.select(&select)
}

/// The schema change of a step.
pub(super) fn statement(dialect: Dialect, step: &Step) -> Statement {
    match step {
        Step::Table(name, columns) => dialect.create_table(&table(dialect, name, columns)),
        Step::Column(name, column, kind) => {
            let mut alter = Table::alter();
            alter.table(*name).add_column(column_of(dialect, column, *kind));
            dialect.alter_table(&alter)
        }
        Step::Index(name, columns) => Statement::from(index(dialect, name, columns, false)),
        Step::Unique(name, columns) => Statement::from(index(dialect, name, columns, true)),
        Step::DropIndex(name, columns) => {
            Statement::from(format!("DROP INDEX \"{}\"", index_name(name, columns)))
        }
    }
}

/// Fills a column of the row with this tenant and identifier.
pub(super) fn filling(
    dialect: Dialect,
    table: &'static str,
    column: &'static str,
    with: Param,
    (tenant, id): (&str, &str),
) -> Result<Statement, StoreError> {
    let mut update = Query::update();
    update.table(table).value(column, value(with));
    update.and_where(Expr::col("tenant_id").eq(tenant)).and_where(Expr::col("id").eq(id));
    dialect.update(&update)
}

fn table(
    dialect: Dialect,
    name: &'static str,
    columns: &[(&'static str, ColumnKind)],
) -> TableCreateStatement {
    let mut table = Table::create();
    table.table(name);
    for (name, kind) in [
        ("tenant_id", ColumnKind::Text),
        ("id", ColumnKind::Text),
        ("version", ColumnKind::Integer),
        ("document", ColumnKind::Text),
    ] {
        table.col(column_of(dialect, name, kind).not_null());
    }
    for (name, kind) in columns {
        table.col(column_of(dialect, name, *kind));
    }
    table.primary_key(Index::create().col("tenant_id").col("id"));
    table
}

fn column_of(dialect: Dialect, name: &'static str, kind: ColumnKind) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    match kind {
        ColumnKind::Integer | ColumnKind::Time => column.big_integer(),
        ColumnKind::Boolean => column.boolean(),
        ColumnKind::Text | ColumnKind::List => match dialect {
            Dialect::Sqlite => column.text(),
            // Ordered by code point as SQLite does, not by the language of the database.
            Dialect::Postgres => column.text().extra("COLLATE \"C\""),
        },
    };
    column
}

/// Written by hand since sea-query has no order of nulls in indexes. Null is smaller than everything in every order,
/// which is how SQLite does it anyway and PostgreSQL must be told.
fn index(dialect: Dialect, table: &str, columns: &[&str], is_unique: bool) -> String {
    let mut parts = vec!["\"tenant_id\"".to_owned()];
    for column in columns {
        let (name, order, nulls) = match column.strip_suffix(" desc") {
            Some(name) => (name, " DESC", " NULLS LAST"),
            None => (*column, "", " NULLS FIRST"),
        };
        let nulls = if dialect == Dialect::Postgres { nulls } else { "" };
        parts.push(format!("\"{name}\"{order}{nulls}"));
    }
    if !is_unique {
        parts.push("\"id\"".to_owned());
    }
    let unique = if is_unique { "UNIQUE " } else { "" };
    let name = index_name(table, columns);
    format!("CREATE {unique}INDEX \"{name}\" ON \"{table}\" ({})", parts.join(", "))
}

fn index_name(table: &str, columns: &[&str]) -> String {
    let names: Vec<_> = columns.iter().map(|column| column.trim_end_matches(" desc")).collect();
    format!("{table}_{}", names.join("_"))
}

/// Tenant, identifier and document of the rows behind this one, a bounded number of them.
pub(super) fn rows_behind(
    dialect: Dialect,
    table: &'static str,
    last: Option<&(String, String)>,
) -> Result<Statement, StoreError> {
    let mut select = Query::select();
    select.from(table).columns(["tenant_id", "id", "document"]);
    if let Some((tenant, id)) = last {
        let is_behind = Expr::tuple([Expr::col("tenant_id"), Expr::col("id")])
            .gt(Expr::tuple([Expr::val(tenant.clone()), Expr::val(id.clone())]));
        select.and_where(is_behind);
    }
    select.order_by("tenant_id", Order::Asc).order_by("id", Order::Asc).limit(ROWS_AT_A_TIME);
    dialect.select(&select)
}
