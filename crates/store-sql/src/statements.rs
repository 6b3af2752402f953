//! The statements the store is made of, but for those of [`crate::page`].

use riskgate_core::{TenantId, Timestamp};
use riskgate_odata::Filter;
use riskgate_store::tables::REVISIONS;
use riskgate_store::{StoreError, Table, Write};
use sea_query::{Asterisk, Expr, ExprTrait, Func, LockType, OnConflict, Order, Query, SelectStatement};
use serde_json::{Value as Json, json};

use crate::condition::{Condition, condition, not_queryable, value};
use crate::dialect::{Dialect, Param, Statement};
use crate::document::{column_value, is_nested_too_deep};

/// A change, ready to be sent.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    tenant: TenantId,
    table: &'static Table,
    id: String,
    is_insert: bool,
    /// What to execute. It must change one row; none means that the row has another version.
    pub(crate) statement: Statement,
}

impl Change {
    /// Somebody else changed the row in between.
    pub(crate) fn conflict(&self) -> StoreError {
        StoreError::Conflict { table: self.table.name, id: self.id.clone() }
    }

    /// Identifier or a unique value is taken.
    pub(crate) fn exists(&self) -> StoreError {
        StoreError::Exists { table: self.table.name, id: self.id.clone() }
    }
}

/// Statements that lock the rows that exist and will be changed, always in the same order; none if the changes are
/// in that order anyway. Without them two batches that change the same rows in opposite orders would wait for each
/// other, until the database notices after a second.
pub(crate) fn locks(dialect: Dialect, changes: &[Change]) -> Result<Vec<Statement>, StoreError> {
    let mut rows: Vec<_> = changes
        .iter()
        .filter(|change| !change.is_insert && !change.id.contains('\0'))
        .map(|change| (change.table.name, change.id.as_str(), change.tenant))
        .collect();
    if rows.is_sorted() {
        return Ok(Vec::new());
    }
    rows.sort();
    rows.dedup();
    let lock = |(table, id, tenant): (&'static str, &str, TenantId)| {
        let mut select = Query::select();
        select.from(table).column("version").and_where(is_tenant(&tenant.to_string()));
        dialect.select(select.and_where(Expr::col("id").eq(id)).lock(LockType::Update))
    };
    rows.into_iter().map(lock).collect()
}

/// The row with this identifier: `id`, `version`, `document`; `None` if there cannot be one.
pub(crate) fn get(
    dialect: Dialect,
    tenant: TenantId,
    table: &'static Table,
    id: &str,
) -> Result<Option<Statement>, StoreError> {
    if id.contains('\0') {
        return Ok(None);
    }
    let mut select = of_tenant(tenant, table);
    select.columns(["id", "version", "document"]).and_where(Expr::col("id").eq(id));
    dialect.select(&select).map(Some)
}

/// How many rows match; `None` if none can.
pub(crate) fn count(
    dialect: Dialect,
    tenant: TenantId,
    table: &'static Table,
    filter: &Filter,
) -> Result<Option<Statement>, StoreError> {
    let condition = condition(table, filter)?;
    if condition == Condition::Constant(false) {
        return Ok(None);
    }
    let mut select = of_tenant(tenant, table);
    select.expr(Func::count(Expr::col(Asterisk)));
    if let Condition::Sql(expr) = condition {
        select.and_where(expr);
    }
    dialect.select(&select).map(Some)
}

/// `SELECT FROM table WHERE tenant_id = ?`, without which nothing is ever read.
pub(crate) fn of_tenant(tenant: TenantId, table: &'static Table) -> SelectStatement {
    let mut select = Query::select();
    select.from(table.name).and_where(is_tenant(&tenant.to_string()));
    select
}

/// The change a [`Write`] asks for.
pub(crate) fn change(dialect: Dialect, tenant: TenantId, write: &Write) -> Result<Change, StoreError> {
    let (table, id, statement) = match write {
        Write::Insert { table, id, document } => (table, id, insert(dialect, tenant, table, id, document)?),
        Write::Update { table, id, version, document } => {
            (table, id, update(dialect, tenant, table, (id, *version), document)?)
        }
        Write::Delete { table, id, version } => {
            let mut delete = Query::delete();
            delete.from_table(table.name).and_where(is_row(tenant, id, *version));
            (table, id, dialect.delete(&delete)?)
        }
    };
    let is_insert = matches!(write, Write::Insert { .. });
    Ok(Change { tenant, table, id: id.clone(), is_insert, statement })
}

/// Counts a change in the row of [`REVISIONS`] with this identifier, which is made if it is missing. It goes last in its
/// batch, so that whoever waits for it holds nothing others wait for.
pub(crate) fn count_change(dialect: Dialect, tenant: TenantId, id: &str) -> Result<Change, StoreError> {
    let mut insert = Query::insert();
    insert.into_table(REVISIONS.name).columns(["tenant_id", "id", "version", "document"]);
    let document = json!({ "id": id, "number": 1 }).to_string();
    let values = [tenant.to_string().into(), id.into(), Expr::val(1_i64), document.into()];
    insert.values(values).map_err(|error| refused(&REVISIONS, id, &error.to_string()))?;
    let next = Expr::col((REVISIONS.name, "version")).add(1_i64);
    insert.on_conflict(OnConflict::columns(["tenant_id", "id"]).value("version", next).to_owned());
    let statement = dialect.insert(&insert)?;
    Ok(Change { tenant, table: &REVISIONS, id: id.to_owned(), is_insert: true, statement })
}

/// The tenant that comes after `tenant` among those with rows in `table`. Tenants are few and rows many: walking the
/// index from tenant to tenant finds the expired rows of all without reading the others.
pub(crate) fn next_tenant(
    dialect: Dialect,
    table: &'static Table,
    after: &str,
) -> Result<Statement, StoreError> {
    let mut select = Query::select();
    select.from(table.name).column("tenant_id").and_where(Expr::col("tenant_id").gt(after));
    dialect.select(select.order_by("tenant_id", Order::Asc).limit(1))
}

/// Removes at most `limit` rows of `tenant` that expired before `now`.
pub(crate) fn purge(
    dialect: Dialect,
    tenant: &str,
    table: &'static Table,
    now: Timestamp,
    limit: u64,
) -> Result<Statement, StoreError> {
    let path = "expiresDateTime";
    let column = table.column(path).ok_or_else(|| not_queryable(table, path))?;
    let expired = || Expr::col(column.name).lt(value(Param::Integer(now.as_micros())));
    let mut chosen = Query::select();
    chosen.from(table.name).column("id").and_where(is_tenant(tenant)).and_where(expired()).limit(limit);
    let mut delete = Query::delete();
    delete.from_table(table.name).and_where(is_tenant(tenant));
    // Asked again: another node may have prolonged a row since it was chosen.
    delete.and_where(Expr::col("id").in_subquery(chosen)).and_where(expired());
    dialect.delete(&delete)
}

fn insert(
    dialect: Dialect,
    tenant: TenantId,
    table: &Table,
    id: &str,
    document: &Json,
) -> Result<Statement, StoreError> {
    if id.contains('\0') {
        return Err(refused(table, id, "an identifier cannot contain NUL"));
    }
    let fixed = ["tenant_id", "id", "version", "document"];
    let text = encode(table, id, document)?;
    let mut values: Vec<Expr> =
        vec![tenant.to_string().into(), id.to_owned().into(), Expr::val(1_i64), text.into()];
    values.extend(table.columns.iter().map(|column| value(column_value(table, column, document))));
    let mut insert = Query::insert();
    insert.into_table(table.name);
    insert.columns(fixed.into_iter().chain(table.columns.iter().map(|column| column.name)));
    insert.values(values).map_err(|error| refused(table, id, &error.to_string()))?;
    dialect.insert(&insert)
}

fn update(
    dialect: Dialect,
    tenant: TenantId,
    table: &Table,
    (id, version): (&str, i64),
    document: &Json,
) -> Result<Statement, StoreError> {
    let mut update = Query::update();
    update.table(table.name).value("version", Expr::col("version").add(1_i64));
    update.value("document", encode(table, id, document)?);
    for column in table.columns {
        update.value(column.name, value(column_value(table, column, document)));
    }
    dialect.update(update.and_where(is_row(tenant, id, version)))
}

fn is_tenant(tenant: &str) -> Expr {
    Expr::col("tenant_id").eq(tenant)
}

fn is_row(tenant: TenantId, id: &str, version: i64) -> Expr {
    // No row has an identifier with NUL, and PostgreSQL would not even take the question.
    let is_version = match id.contains('\0') {
        true => Expr::Constant(false.into()),
        false => Expr::col("id").eq(id).and(Expr::col("version").eq(version)),
    };
    is_tenant(&tenant.to_string()).and(is_version)
}

fn encode(table: &Table, id: &str, document: &Json) -> Result<String, StoreError> {
    if is_nested_too_deep(document) {
        return Err(refused(table, id, "the document is nested too deep"));
    }
    // Escaped by JSON, U+0000 is no NUL anymore.
    serde_json::to_string(document).map_err(|error| refused(table, id, &error.to_string()))
}

fn refused(table: &Table, id: &str, reason: &str) -> StoreError {
    StoreError::Damaged { table: table.name, id: id.to_owned(), reason: reason.to_owned() }
}
