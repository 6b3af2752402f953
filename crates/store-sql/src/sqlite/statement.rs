use riskgate_store::StoreError;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, ToSql, params_from_iter};

use super::error::store_error;
use crate::dialect::{Param, Statement};

impl ToSql for Param {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Owned(Value::Null),
            Self::Boolean(value) => ToSqlOutput::Owned(Value::Integer(i64::from(*value))),
            Self::Integer(number) => ToSqlOutput::Owned(Value::Integer(*number)),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
        })
    }
}

/// Executes a statement; how many rows it changed.
pub(super) fn execute_raw(connection: &Connection, statement: &Statement) -> rusqlite::Result<u64> {
    let mut prepared = connection.prepare_cached(&statement.sql)?;
    prepared.execute(params_from_iter(&statement.params)).map(|changed| changed as u64)
}

/// The same, with the errors of the store.
pub(super) fn execute(connection: &Connection, statement: &Statement) -> Result<u64, StoreError> {
    execute_raw(connection, statement).map_err(|error| store_error(&error))
}

/// The rows of a statement.
pub(super) fn rows(connection: &Connection, statement: &Statement) -> Result<Vec<Vec<Param>>, StoreError> {
    rows_raw(connection, statement).map_err(|error| store_error(&error))
}

/// Runs a statement without values and forgets what it returns.
pub(super) fn run(connection: &Connection, sql: &str) -> Result<(), StoreError> {
    run_raw(connection, sql).map_err(|error| store_error(&error))
}

/// The same, with the errors of SQLite.
pub(super) fn run_raw(connection: &Connection, sql: &str) -> rusqlite::Result<()> {
    let mut prepared = connection.prepare_cached(sql)?;
    let mut rows = prepared.query([])?;
    while rows.next()?.is_some() {}
    Ok(())
}

/// Ends a transaction without keeping it. Some errors have ended it already, and nothing else can go wrong that the
/// next transaction would not meet too.
pub(super) fn roll_back(connection: &Connection) {
    if !connection.is_autocommit()
        && let Err(error) = run(connection, "ROLLBACK")
    {
        tracing::error!(%error, "a transaction could not be rolled back");
    }
}

fn rows_raw(connection: &Connection, statement: &Statement) -> rusqlite::Result<Vec<Vec<Param>>> {
    let mut prepared = connection.prepare_cached(&statement.sql)?;
    let width = prepared.column_count();
    let mut rows = prepared.query(params_from_iter(&statement.params))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let values = (0..width).map(|index| row.get_ref(index).and_then(|value| param(index, value)));
        found.push(values.collect::<rusqlite::Result<_>>()?);
    }
    Ok(found)
}

fn param(index: usize, value: ValueRef<'_>) -> rusqlite::Result<Param> {
    Ok(match value {
        ValueRef::Null => Param::Null,
        ValueRef::Integer(number) => Param::Integer(number),
        ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Param::Text(text.to_owned()),
            Err(error) => return Err(rusqlite::Error::Utf8Error(index, error)),
        },
        other => {
            let name = "a column of the store".to_owned();
            return Err(rusqlite::Error::InvalidColumnType(index, name, other.data_type()));
        }
    })
}
