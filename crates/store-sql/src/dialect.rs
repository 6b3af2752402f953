use riskgate_store::StoreError;
use sea_query::{
    DeleteStatement, InsertStatement, PostgresQueryBuilder, SelectStatement, SqliteQueryBuilder,
    TableAlterStatement, TableCreateStatement, UpdateStatement, Value, Values,
};

/// Most values one statement may carry; SQLite takes 32 766, PostgreSQL 65 535.
const MOST_PARAMETERS: usize = 32_000;

/// The SQL an engine speaks. Statements are built once, as trees; this is where they become text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// A value handed to an engine or taken from it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Param {
    /// No value.
    Null,
    /// A boolean; SQLite keeps 0 and 1 and gives back integers.
    Boolean(bool),
    /// An integer.
    Integer(i64),
    /// A text without NUL, which PostgreSQL cannot hold.
    Text(String),
}

/// SQL text and the values of its placeholders, in order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Statement {
    /// The text.
    pub(crate) sql: String,
    /// The values.
    pub(crate) params: Vec<Param>,
}

macro_rules! rendered {
    ($($(#[$meta:meta])* $name:ident($tree:ty)),+ $(,)?) => {
        impl Dialect {
            $($(#[$meta])*
            pub(crate) fn $name(self, tree: &$tree) -> Result<Statement, StoreError> {
                let (sql, values) = match self {
                    Self::Sqlite => tree.build(SqliteQueryBuilder),
                    Self::Postgres => tree.build(PostgresQueryBuilder),
                };
                statement(sql, values)
            })+
        }
    };
}

rendered! {
    /// A `SELECT` as this engine reads it.
    select(SelectStatement),
    /// An `INSERT` as this engine reads it.
    insert(InsertStatement),
    /// An `UPDATE` as this engine reads it.
    update(UpdateStatement),
    /// A `DELETE` as this engine reads it.
    delete(DeleteStatement),
}

impl Dialect {
    /// A `CREATE TABLE` as this engine reads it.
    pub(crate) fn create_table(self, tree: &TableCreateStatement) -> Statement {
        Statement::from(match self {
            Self::Sqlite => tree.build(SqliteQueryBuilder),
            Self::Postgres => tree.build(PostgresQueryBuilder),
        })
    }

    /// An `ALTER TABLE` as this engine reads it.
    pub(crate) fn alter_table(self, tree: &TableAlterStatement) -> Statement {
        Statement::from(match self {
            Self::Sqlite => tree.build(SqliteQueryBuilder),
            Self::Postgres => tree.build(PostgresQueryBuilder),
        })
    }
}

/// A statement without placeholders.
impl From<String> for Statement {
    fn from(sql: String) -> Self {
        Self { sql, params: Vec::new() }
    }
}

impl From<Param> for Value {
    fn from(param: Param) -> Self {
        match param {
            Param::Null => Self::String(None),
            Param::Boolean(value) => Self::Bool(Some(value)),
            Param::Integer(value) => Self::BigInt(Some(value)),
            Param::Text(value) => Self::String(Some(value)),
        }
    }
}

fn statement(sql: String, Values(values): Values) -> Result<Statement, StoreError> {
    if values.len() > MOST_PARAMETERS {
        let reason = format!("a statement may carry {MOST_PARAMETERS} values, this one has {}", values.len());
        return Err(StoreError::Unavailable(reason));
    }
    let params = values.into_iter().map(param).collect::<Result<_, _>>()?;
    Ok(Statement { sql, params })
}

/// Back from the tree's own values, which cannot move between threads.
fn param(value: Value) -> Result<Param, StoreError> {
    Ok(match value {
        Value::Bool(Some(value)) => Param::Boolean(value),
        Value::BigInt(Some(value)) => Param::Integer(value),
        Value::BigUnsigned(Some(value)) => Param::Integer(i64::try_from(value).unwrap_or(i64::MAX)),
        Value::String(Some(value)) => Param::Text(value),
        Value::String(None) | Value::BigInt(None) | Value::Bool(None) => Param::Null,
        other => return Err(StoreError::Unavailable(format!("no statement uses values like {other:?}"))),
    })
}
