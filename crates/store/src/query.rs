use riskgate_odata::{Filter, Value};
use serde_json::Value as Json;

/// Which rows of a table are wanted, in which order.
#[derive(Debug, Clone)]
pub struct Query {
    /// Condition on columns, or on `id`.
    pub filter: Filter,
    /// Order; `id` ascending is always added at the end, so that every order is total.
    pub order: Vec<Order>,
    /// Rows to pass over, after `after`.
    pub skip: u64,
    /// Most rows to return.
    pub limit: u64,
    /// Only rows behind this position.
    pub after: Option<Position>,
}

/// One part of an order. Null comes first ascending and last descending, on every engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Path of a column, or `id`.
    pub path: String,
    /// Which way.
    pub direction: Direction,
}

/// Direction of an [`Order`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// The place of a row in an order.
#[derive(Debug, Clone, PartialEq)]
pub struct Position {
    /// The row's column values, one for each [`Order`]; text as the column keeps it, in lower case.
    pub values: Vec<Value>,
    /// The row's identifier.
    pub id: String,
}

/// A stored document.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Identifier, unique in tenant and table.
    pub id: String,
    /// Counts the changes, from 1.
    pub version: i64,
    /// The record.
    pub document: Json,
}

/// Rows and whether there are more.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// The rows, at most as many as asked for.
    pub items: Vec<T>,
    /// Where the next page begins; `None` on the last one.
    pub next: Option<Position>,
}

impl Query {
    /// All rows that match, by identifier, at most `limit`.
    pub fn filtered(filter: Filter, limit: u64) -> Self {
        Self { filter, order: Vec::new(), skip: 0, limit, after: None }
    }

    /// The same, ordered.
    #[must_use]
    pub fn ordered(mut self, path: &str, direction: Direction) -> Self {
        self.order.push(Order { path: path.to_owned(), direction });
        self
    }
}
