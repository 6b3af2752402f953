use riskgate_odata::ItemTest;
use riskgate_store::{ColumnKind, StoreError, Table};
use sea_query::ExprTrait;

use super::text::{escaped_item, like};
use super::{Condition, Operand, negation, not_queryable};
use crate::document::SEPARATOR;

/// At least one item passes the test, or none does.
pub(super) fn any_item(
    table: &'static Table,
    path: &str,
    test: &ItemTest,
    negated: bool,
) -> Result<Condition, StoreError> {
    let operand = list(table, path)?;
    let pattern = match test {
        ItemTest::Equals(text) => format!("%{SEPARATOR}{}{SEPARATOR}%", escaped_item(text)),
        // The separator at the very end begins no item, so something must follow.
        ItemTest::StartsWith(text) => format!("%{SEPARATOR}{}%{SEPARATOR}%", escaped_item(text)),
    };
    let expr = like(table, path, operand.expr(), &pattern)?;
    Ok(Condition::Sql(if negated { negation(operand, expr) } else { expr }))
}

/// The collection has no items, or it has some.
pub(super) fn is_empty(table: &'static Table, path: &str, negated: bool) -> Result<Condition, StoreError> {
    let operand = list(table, path)?;
    Ok(Condition::Sql(if negated { operand.expr().is_not_null() } else { operand.expr().is_null() }))
}

fn list(table: &'static Table, path: &str) -> Result<Operand, StoreError> {
    match Operand::find(table, path)? {
        operand @ Operand::Column(column) if column.kind == ColumnKind::List => Ok(operand),
        _ => Err(not_queryable(table, path)),
    }
}
