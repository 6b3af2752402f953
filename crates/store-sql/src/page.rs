//! Reads a page of rows in order, from a [`Position`] on.
//!
//! "Behind the position" is a chain of cases: the same in all parts of the order and a greater identifier; the same in
//! all parts but the last and behind in that; and so on. Each case is a [`Segment`] with conditions an index serves
//! directly, and together, one after the other, they are in order already. One condition that says all of it with `OR`
//! would make engines read everything before the position again for each page.

use std::collections::VecDeque;

use riskgate_core::{TenantId, Timestamp};
use riskgate_odata::Value;
use riskgate_store::{ColumnKind, Direction, Page, Position, Query, Row, StoreError, Table};
use sea_query::{Asterisk, Expr, ExprTrait, Func, NullOrdering};

use crate::condition::{Condition, Operand, condition, literal, not_queryable, value};
use crate::dialect::{Dialect, Param, Statement};
use crate::statements::of_tenant;

/// One part of the order.
#[derive(Debug, Clone, Copy)]
struct Key {
    operand: Operand,
    direction: Direction,
}

/// Rows that follow each other.
#[derive(Debug)]
struct Segment {
    /// Reads them; the last two values are limit and offset.
    select: Statement,
    /// Counts them.
    count: Statement,
}

/// What to ask the engine next.
#[derive(Debug)]
pub(crate) enum Step {
    /// Rows, for [`PageReader::accept_rows`].
    Rows(Statement),
    /// One number, for [`PageReader::accept_count`].
    Count(Statement),
}

/// Reads a page in one or more steps: call [`PageReader::next`] and hand in the answer until there is no step left.
#[derive(Debug)]
pub(crate) struct PageReader {
    table: &'static Table,
    keys: Vec<Key>,
    /// How many parts of the order were asked for; a position has as many values.
    asked: usize,
    segments: VecDeque<Segment>,
    skip: u64,
    limit: u64,
    is_counting: bool,
    rows: Vec<Vec<Param>>,
}

impl PageReader {
    /// A reader of the page `query` describes.
    pub(crate) fn new(
        dialect: Dialect,
        tenant: TenantId,
        table: &'static Table,
        query: &Query,
    ) -> Result<Self, StoreError> {
        let keys = keys(table, query)?;
        let condition = condition(table, &query.filter)?;
        let mut reader = Self {
            table,
            asked: query.order.len(),
            segments: VecDeque::new(),
            skip: query.skip,
            limit: query.limit,
            is_counting: false,
            rows: Vec::new(),
            keys,
        };
        if query.limit > 0 && condition != Condition::Constant(false) {
            for (conditions, order) in cases(table, &reader.keys, query.after.as_ref())? {
                let segment = reader.segment(dialect, tenant, &condition, &conditions, order)?;
                reader.segments.push_back(segment);
            }
        }
        Ok(reader)
    }

    /// What to ask the engine now; `None` when the page is complete.
    pub(crate) fn next(&mut self) -> Option<Step> {
        let missing = self.limit.saturating_add(1).saturating_sub(self.rows.len() as u64);
        let segment = self.segments.front_mut().filter(|_| missing > 0)?;
        if self.is_counting {
            return Some(Step::Count(segment.count.clone()));
        }
        let mut select = segment.select.clone();
        let bounds = [as_integer(missing), as_integer(self.skip)];
        select.params.truncate(select.params.len().saturating_sub(bounds.len()));
        select.params.extend(bounds);
        Some(Step::Rows(select))
    }

    /// Takes the answer to [`Step::Rows`].
    pub(crate) fn accept_rows(&mut self, rows: Vec<Vec<Param>>) {
        if rows.is_empty() && self.skip > 0 && self.segments.len() > 1 {
            // All of the segment was skipped, and perhaps there is more to skip than it has.
            self.is_counting = true;
            return;
        }
        if !rows.is_empty() {
            self.skip = 0;
        }
        self.rows.extend(rows);
        self.segments.pop_front();
    }

    /// Takes the answer to [`Step::Count`].
    pub(crate) fn accept_count(&mut self, rows: u64) {
        self.skip = self.skip.saturating_sub(rows);
        self.is_counting = false;
        self.segments.pop_front();
    }

    /// The page that was read.
    pub(crate) fn finish(mut self) -> Result<Page<Row>, StoreError> {
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let has_more = self.rows.len() > limit;
        self.rows.truncate(limit);
        let last = self.rows.last().filter(|_| has_more);
        let next = last.map(|row| self.position(row)).transpose()?;
        let items = self.rows.into_iter().map(|row| decode(self.table, row)).collect::<Result<_, _>>()?;
        Ok(Page { items, next })
    }

    fn segment(
        &self,
        dialect: Dialect,
        tenant: TenantId,
        filter: &Condition,
        conditions: &[Expr],
        order: &[Key],
    ) -> Result<Segment, StoreError> {
        let mut rows = of_tenant(tenant, self.table);
        if let Condition::Sql(expr) = filter {
            rows.and_where(expr.clone());
        }
        for condition in conditions {
            rows.and_where(condition.clone());
        }
        let count = dialect.select(rows.clone().expr(Func::count(Expr::col(Asterisk))))?;
        rows.columns(["id", "version", "document"]);
        rows.columns(self.keys.iter().map(|key| key.operand.name()));
        for key in order {
            let (order, nulls) = match key.direction {
                Direction::Ascending => (sea_query::Order::Asc, NullOrdering::First),
                Direction::Descending => (sea_query::Order::Desc, NullOrdering::Last),
            };
            match key.operand.is_nullable() {
                true => rows.order_by_with_nulls(key.operand.name(), order, nulls),
                false => rows.order_by(key.operand.name(), order),
            };
        }
        // Both are replaced when the step is taken.
        let select = dialect.select(rows.limit(1).offset(1))?;
        Ok(Segment { select, count })
    }

    /// The place of a row: a value for each part of the order that was asked for. Parts after the identifier decide
    /// nothing and are not read; they stand as null.
    fn position(&self, row: &[Param]) -> Result<Position, StoreError> {
        let mut values = Vec::with_capacity(self.asked);
        for (index, key) in self.keys.iter().enumerate().take(self.asked) {
            let param = row.get(index.saturating_add(3)).unwrap_or(&Param::Null);
            values.push(key_value(key.operand, param).ok_or_else(|| not_queryable(self.table, "order"))?);
        }
        values.resize(self.asked, Value::Null);
        match row.first() {
            Some(Param::Text(id)) => Ok(Position { values, id: id.clone() }),
            _ => Err(StoreError::Unavailable("a row came without identifier".to_owned())),
        }
    }
}

/// A row from its first three values: `id`, `version`, `document`.
pub(crate) fn decode(table: &'static Table, row: Vec<Param>) -> Result<Row, StoreError> {
    let mut values = row.into_iter();
    let (Some(Param::Text(id)), Some(Param::Integer(version)), Some(Param::Text(document))) =
        (values.next(), values.next(), values.next())
    else {
        let id = "unknown".to_owned();
        let reason = "identifier, version or document have another type".to_owned();
        return Err(StoreError::Damaged { table: table.name, id, reason });
    };
    match serde_json::from_str(&document) {
        Ok(document) => Ok(Row { id, version, document }),
        Err(error) => Err(StoreError::Damaged { table: table.name, id, reason: error.to_string() }),
    }
}

/// The parts of the order, up to the identifier, which makes every order total.
fn keys(table: &'static Table, query: &Query) -> Result<Vec<Key>, StoreError> {
    let mut keys = Vec::with_capacity(query.order.len().saturating_add(1));
    let mut has_id = false;
    for order in &query.order {
        let operand = Operand::find(table, &order.path)?;
        if matches!(operand, Operand::Column(column) if column.kind == ColumnKind::List) {
            return Err(not_queryable(table, &order.path));
        }
        if !has_id {
            keys.push(Key { operand, direction: order.direction });
        }
        has_id |= matches!(operand, Operand::Id);
    }
    if !has_id {
        keys.push(Key { operand: Operand::Id, direction: Direction::Ascending });
    }
    Ok(keys)
}

/// Conditions of the rows of a segment, and what is left of the order among them.
type Case<'a> = (Vec<Expr>, &'a [Key]);

/// The cases of "behind the position", first rows first.
fn cases<'a>(
    table: &'static Table,
    keys: &'a [Key],
    after: Option<&Position>,
) -> Result<Vec<Case<'a>>, StoreError> {
    let Some(after) = after else { return Ok(vec![(Vec::new(), keys)]) };
    let bounds = bounds(table, keys, after)?;
    let mut cases = Vec::new();
    for depth in (0..keys.len()).rev() {
        let same: Vec<Expr> =
            keys.iter().zip(&bounds).take(depth).map(|(key, bound)| equal(key, bound)).collect();
        let (Some(key), Some(bound)) = (keys.get(depth), bounds.get(depth)) else { continue };
        let rest = keys.get(depth..).unwrap_or_default();
        let behind = keys.get(depth.saturating_add(1)..).unwrap_or_default();
        let mut add = |condition: Expr, order| {
            let mut conditions = same.clone();
            conditions.push(condition);
            cases.push((conditions, order));
        };
        let column = key.operand.expr();
        match (key.direction, bound) {
            (Direction::Ascending, Param::Null) => add(column.is_not_null(), rest),
            (Direction::Ascending, bound) => add(column.gt(value(bound.clone())), rest),
            (Direction::Descending, Param::Null) => {}
            (Direction::Descending, bound) => {
                add(column.clone().lt(value(bound.clone())), rest);
                if key.operand.is_nullable() {
                    add(column.is_null(), behind);
                }
            }
        }
    }
    Ok(cases)
}

/// The value of each key at the position.
fn bounds(table: &'static Table, keys: &[Key], after: &Position) -> Result<Vec<Param>, StoreError> {
    let unusable = || not_queryable(table, "a position of another order");
    let mut bounds = Vec::with_capacity(keys.len());
    for (index, key) in keys.iter().enumerate() {
        bounds.push(match (key.operand, after.values.get(index)) {
            (Operand::Id, _) => {
                literal(table, key.operand, &Value::String(after.id.clone())).ok_or_else(unusable)?
            }
            (_, Some(Value::Null)) => Param::Null,
            (operand, Some(value)) => literal(table, operand, value).ok_or_else(unusable)?,
            (_, None) => return Err(unusable()),
        });
    }
    Ok(bounds)
}

fn equal(key: &Key, bound: &Param) -> Expr {
    match bound {
        Param::Null => key.operand.expr().is_null(),
        bound => key.operand.expr().eq(value(bound.clone())),
    }
}

/// A column value as a position carries it.
fn key_value(operand: Operand, param: &Param) -> Option<Value> {
    Some(match (operand, param) {
        (_, Param::Null) => Value::Null,
        (_, Param::Text(text)) => Value::String(text.clone()),
        (_, Param::Boolean(value)) => Value::Boolean(*value),
        (Operand::Column(column), Param::Integer(number)) => match column.kind {
            ColumnKind::Time => Value::Time(Timestamp::from_micros(*number)),
            ColumnKind::Boolean => Value::Boolean(*number != 0),
            _ => Value::Integer(*number),
        },
        (Operand::Id, _) => return None,
    })
}

fn as_integer(number: u64) -> Param {
    Param::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}
