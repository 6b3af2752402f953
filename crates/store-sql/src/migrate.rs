//! Brings a store to the schema this program needs.

mod statements;
#[cfg(test)]
mod tests;

use async_trait::async_trait;
use riskgate_store::{StoreError, tables};

use crate::OpenError;
use crate::dialect::{Dialect, Param, Statement};
use crate::document::column_value;
use crate::migrations::{ALL, Migration, Step};
use statements::{JOURNAL, filling, journal, journal_entries, journal_entry, rows_behind, statement};

/// A connection migrations run on.
#[async_trait]
pub(crate) trait Session: Send {
    /// Begins a transaction, alone: another node that migrates waits until this one is done.
    async fn begin(&mut self) -> Result<(), StoreError>;
    /// Ends the transaction and keeps its changes.
    async fn commit(&mut self) -> Result<(), StoreError>;
    /// Ends the transaction and undoes its changes.
    async fn rollback(&mut self);
    /// Executes a statement that returns no rows.
    async fn execute(&mut self, statement: Statement) -> Result<(), StoreError>;
    /// The rows of a statement.
    async fn rows(&mut self, statement: Statement) -> Result<Vec<Vec<Param>>, StoreError>;
}

/// Applies every migration that is missing, each in a transaction of its own.
pub(crate) async fn migrate(session: &mut dyn Session, dialect: Dialect) -> Result<(), OpenError> {
    migrate_to(session, dialect, ALL).await
}

async fn migrate_to(
    session: &mut dyn Session,
    dialect: Dialect,
    migrations: &[Migration],
) -> Result<(), OpenError> {
    loop {
        session.begin().await.map_err(unavailable)?;
        match next(session, dialect, migrations).await {
            Ok(is_done) => {
                session.commit().await.map_err(unavailable)?;
                if is_done {
                    return Ok(());
                }
            }
            Err(error) => {
                session.rollback().await;
                return Err(error);
            }
        }
    }
}

/// Applies the first missing migration; true if none is missing.
async fn next(
    session: &mut dyn Session,
    dialect: Dialect,
    migrations: &[Migration],
) -> Result<bool, OpenError> {
    session.execute(journal(dialect)).await.map_err(unavailable)?;
    let applied = applied(session, dialect).await?;
    check(&applied, migrations)?;
    let Some(migration) = migrations.get(applied.len()) else { return Ok(true) };
    let failed = |error: StoreError| OpenError::Migration {
        number: migration.number,
        name: migration.name.to_owned(),
        reason: error.to_string(),
    };
    for step in migration.steps {
        apply(session, dialect, step).await.map_err(failed)?;
    }
    let entry = journal_entry(dialect, migration).map_err(failed)?;
    session.execute(entry).await.map_err(failed)?;
    Ok(false)
}

/// Number, name and checksum of what was applied, oldest first.
async fn applied(
    session: &mut dyn Session,
    dialect: Dialect,
) -> Result<Vec<(i64, String, String)>, OpenError> {
    let entries = journal_entries(dialect).map_err(unavailable)?;
    let rows = session.rows(entries).await.map_err(unavailable)?;
    rows.into_iter()
        .map(|row| match <[Param; 3]>::try_from(row) {
            Ok([Param::Integer(number), Param::Text(name), Param::Text(checksum)]) => {
                Ok((number, name, checksum))
            }
            _ => Err(OpenError::Unavailable(format!("the table {JOURNAL} is not one of Riskgate"))),
        })
        .collect()
}

fn check(applied: &[(i64, String, String)], migrations: &[Migration]) -> Result<(), OpenError> {
    if let Some((found, ..)) = applied.get(migrations.len()) {
        let known = migrations.last().map_or(0, |migration| migration.number);
        return Err(OpenError::Newer { found: *found, known });
    }
    for ((number, name, checksum), migration) in applied.iter().zip(migrations) {
        if *number != migration.number || *checksum != migration.checksum() {
            return Err(OpenError::Changed { number: *number, name: name.clone() });
        }
    }
    Ok(())
}

async fn apply(session: &mut dyn Session, dialect: Dialect, step: &Step) -> Result<(), StoreError> {
    session.execute(statement(dialect, step)).await?;
    match step {
        Step::Column(table, column, _) => fill(session, dialect, table, column).await,
        _ => Ok(()),
    }
}

/// Fills a new column from the documents, as this program keeps it.
async fn fill(
    session: &mut dyn Session,
    dialect: Dialect,
    name: &'static str,
    column: &'static str,
) -> Result<(), StoreError> {
    let found = tables::ALL.iter().find(|table| table.name == name).and_then(|table| {
        table.columns.iter().find(|candidate| candidate.name == column).map(|column| (*table, column))
    });
    // A column that a later migration removes again needs no values.
    let Some((table, column)) = found else { return Ok(()) };
    let mut last: Option<(String, String)> = None;
    loop {
        let rows = session.rows(rows_behind(dialect, name, last.as_ref())?).await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in rows {
            let Ok([Param::Text(tenant), Param::Text(id), Param::Text(document)]) =
                <[Param; 3]>::try_from(row)
            else {
                return Err(StoreError::Unavailable(format!("a row of {name} has columns of other types")));
            };
            let document = serde_json::from_str(&document).map_err(|error| StoreError::Damaged {
                table: table.name,
                id: id.clone(),
                reason: error.to_string(),
            })?;
            let value = column_value(table, column, &document);
            session.execute(filling(dialect, name, column.name, value, (&tenant, &id))?).await?;
            last = Some((tenant, id));
        }
    }
}

fn unavailable(error: StoreError) -> OpenError {
    match error {
        StoreError::Unavailable(reason) => OpenError::Unavailable(reason),
        other => OpenError::Unavailable(other.to_string()),
    }
}
