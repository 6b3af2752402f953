//! Turns a [`Filter`] into a condition of SQL.
//!
//! SQL has three truth values, a filter two. So negation is pushed down to the leaves: the negation of `col > 5` is
//! `col IS NULL OR col <= 5`. What is left has no `NOT` around anything that may be null, and a null at a leaf then
//! counts as false, exactly as the filter means it. Leaves stay plain (`col = ?`), so that indexes serve them.

mod compare;
mod list;
mod text;

use riskgate_odata::{Comparison, Filter, Value};
use riskgate_store::{Column, ColumnKind, StoreError, Table};
use sea_query::{Expr, ExprTrait};

use crate::dialect::Param;

/// Deepest nesting of a filter. SQLite refuses expressions nested deeper than 1000, and the stack is bounded too.
const DEEPEST: usize = 100;

/// A condition, or the knowledge that it always or never holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Condition {
    /// Always or never.
    Constant(bool),
    /// Holds for the rows where this is true (neither false nor null).
    Sql(Expr),
}

/// What a path stands for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Operand {
    /// The identifier of the row; compared exactly.
    Id,
    /// A declared column.
    Column(&'static Column),
}

/// The rows of `table` for which `filter` holds.
pub(crate) fn condition(table: &'static Table, filter: &Filter) -> Result<Condition, StoreError> {
    lower(table, filter, false, DEEPEST)
}

impl Operand {
    /// What `path` stands for in `table`.
    pub(crate) fn find(table: &'static Table, path: &str) -> Result<Self, StoreError> {
        match table.column(path) {
            Some(column) => Ok(Self::Column(column)),
            None if path == "id" => Ok(Self::Id),
            None => Err(not_queryable(table, path)),
        }
    }

    /// Name in SQL.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Column(column) => column.name,
        }
    }

    /// The operand as an expression.
    pub(crate) fn expr(self) -> Expr {
        Expr::col(self.name())
    }

    /// Whether it may be null.
    pub(crate) fn is_nullable(self) -> bool {
        matches!(self, Self::Column(_))
    }
}

pub(crate) fn not_queryable(table: &Table, path: &str) -> StoreError {
    StoreError::NotQueryable { table: table.name, path: path.to_owned() }
}

pub(crate) fn value(param: Param) -> Expr {
    Expr::val(sea_query::Value::from(param))
}

fn lower(
    table: &'static Table,
    filter: &Filter,
    negated: bool,
    depth: usize,
) -> Result<Condition, StoreError> {
    let Some(depth) = depth.checked_sub(1) else {
        return Err(not_queryable(table, "a filter nested more than 100 levels deep"));
    };
    match filter {
        Filter::Constant(value) => Ok(Condition::Constant(*value != negated)),
        Filter::Not(inner) => lower(table, inner, !negated, depth),
        Filter::And(parts) if negated => any(lower_all(table, parts, negated, depth)?),
        Filter::And(parts) => all(lower_all(table, parts, negated, depth)?),
        Filter::Or(parts) => match compare::one_of(table, parts, negated)? {
            Some(condition) => Ok(condition),
            None if negated => all(lower_all(table, parts, negated, depth)?),
            None => any(lower_all(table, parts, negated, depth)?),
        },
        Filter::Compare { path, comparison, value } => {
            compare::lower(table, path, *comparison, value, negated)
        }
        Filter::Text { path, function, text } => text::lower(table, path, *function, text, negated),
        Filter::AnyItem { path, test } => list::any_item(table, path, test, negated),
        Filter::IsEmpty { path } => list::is_empty(table, path, negated),
    }
}

fn lower_all(
    table: &'static Table,
    parts: &[Filter],
    negated: bool,
    depth: usize,
) -> Result<Vec<Condition>, StoreError> {
    parts.iter().map(|part| lower(table, part, negated, depth)).collect()
}

fn all(parts: Vec<Condition>) -> Result<Condition, StoreError> {
    Ok(join(parts, true))
}

fn any(parts: Vec<Condition>) -> Result<Condition, StoreError> {
    Ok(join(parts, false))
}

/// Joins by AND if `is_all`, else by OR. `is_all` is at once the value that changes nothing.
fn join(parts: Vec<Condition>, is_all: bool) -> Condition {
    let mut expressions = Vec::with_capacity(parts.len());
    for part in parts {
        match part {
            Condition::Constant(value) if value == is_all => {}
            Condition::Constant(value) => return Condition::Constant(value),
            Condition::Sql(expr) => expressions.push(expr),
        }
    }
    match balanced(expressions, is_all) {
        Some(expr) => Condition::Sql(expr),
        None => Condition::Constant(is_all),
    }
}

/// A tree of logarithmic depth, so that long lists do not nest deeper than SQLite allows.
fn balanced(mut parts: Vec<Expr>, is_all: bool) -> Option<Expr> {
    while parts.len() > 1 {
        let mut halved = Vec::with_capacity(parts.len().div_ceil(2));
        let mut rest = parts.into_iter();
        while let Some(left) = rest.next() {
            halved.push(match rest.next() {
                Some(right) if is_all => left.and(right),
                Some(right) => left.or(right),
                None => left,
            });
        }
        parts = halved;
    }
    parts.pop()
}

/// The negation of `expr`, which is null only if `operand` is; true for null.
fn negation(operand: Operand, expr: Expr) -> Expr {
    or_null(operand, expr.not())
}

/// `expr`, or the operand is null.
fn or_null(operand: Operand, expr: Expr) -> Expr {
    if operand.is_nullable() { operand.expr().is_null().or(expr) } else { expr }
}

/// The column kinds that hold one value each.
fn is_single(operand: Operand) -> bool {
    !matches!(operand, Operand::Column(column) if column.kind == ColumnKind::List)
}

/// The comparison that holds exactly where `comparison` does not, between values that are not null.
fn opposite(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::Greater => Comparison::LessOrEqual,
        Comparison::GreaterOrEqual => Comparison::Less,
        Comparison::Less => Comparison::GreaterOrEqual,
        Comparison::LessOrEqual => Comparison::Greater,
    }
}

/// The literal as the operand keeps it; `None` if it is of another type.
pub(crate) fn literal(table: &Table, operand: Operand, literal: &Value) -> Option<Param> {
    match (operand, literal) {
        (Operand::Id, Value::String(text)) if !text.contains('\0') => Some(Param::Text(text.clone())),
        (Operand::Id, _) => None,
        (Operand::Column(column), literal) => match (column.kind, literal) {
            (ColumnKind::Text, Value::String(text)) => {
                Some(Param::Text(crate::document::text_value(table, column, text)))
            }
            (ColumnKind::Integer, Value::Integer(number)) => Some(Param::Integer(*number)),
            (ColumnKind::Boolean, Value::Boolean(value)) => Some(Param::Boolean(*value)),
            (ColumnKind::Time, Value::Time(moment)) => Some(Param::Integer(moment.as_micros())),
            _ => None,
        },
    }
}
