use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::OpenError;

/// How long to wait for another process that writes, such as a command run beside the server.
const BUSY: Duration = Duration::from_secs(10);

/// Statements kept prepared, per connection. Beyond this the one unused for longest is dropped, so that clients who
/// think of ever new filters cannot fill the memory.
const PREPARED: usize = 256;

/// Attempts to switch to the write-ahead log while another process does the same.
const ATTEMPTS: u32 = 100;

/// Where a store is.
#[derive(Debug, Clone)]
pub(super) enum Location {
    /// In a file.
    File(PathBuf),
    /// In memory, gone when it is closed.
    Memory,
}

impl Location {
    /// The file at `path`, or memory.
    pub(super) fn new(path: Option<&str>) -> Result<Self, OpenError> {
        let Some(path) = path else { return Ok(Self::Memory) };
        // Absolute, so that no name can be taken for one of SQLite's `file:` addresses.
        let path = std::path::absolute(path).map_err(|error| OpenError::Address(error.to_string()))?;
        Ok(Self::File(path))
    }

    /// The connection that writes.
    pub(super) fn open_writer(&self) -> Result<Connection, OpenError> {
        let connection = match self {
            Self::File(path) => {
                let is_new = !path.exists();
                let connection = open(path)?;
                if is_new {
                    only_for_owner(path)?;
                }
                use_write_ahead_log(&connection).map_err(|error| failed(path, &error))?;
                connection
            }
            Self::Memory => {
                Connection::open_in_memory().map_err(|error| failed(Path::new("memory"), &error))?
            }
        };
        prepare(&connection, 16).map_err(|error| failed(self.path(), &error))?;
        // Which index serves best depends on how values are spread; a bounded sample of them is taken here.
        let optimized = connection.execute_batch("PRAGMA optimize=0x10002");
        optimized.map_err(|error| failed(self.path(), &error))?;
        Ok(connection)
    }

    /// The connections that read; none in memory, where the writer does it.
    pub(super) fn open_readers(&self) -> Result<Vec<Connection>, OpenError> {
        let Self::File(path) = self else { return Ok(Vec::new()) };
        let readers = std::thread::available_parallelism().map_or(2, |cores| cores.get().clamp(2, 4));
        let reader = || {
            let connection = open(path)?;
            prepare(&connection, 4)
                .and_then(|()| connection.execute_batch("PRAGMA query_only=ON"))
                .map_err(|error| failed(path, &error))?;
            Ok(connection)
        };
        (0..readers).map(|_| reader()).collect()
    }

    fn path(&self) -> &Path {
        match self {
            Self::File(path) => path,
            Self::Memory => Path::new("memory"),
        }
    }
}

fn open(path: &Path) -> Result<Connection, OpenError> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|error| failed(path, &error))?;
    connection.busy_timeout(BUSY).map_err(|error| failed(path, &error))?;
    Ok(connection)
}

/// Settings of every connection; `cache` in mebibytes. The log is folded into the file every 16 MiB: a row changes a page
/// of every index, and rows that follow each other often change the same ones, which are then written once.
fn prepare(connection: &Connection, cache: u32) -> rusqlite::Result<()> {
    connection.set_prepared_statement_cache_capacity(PREPARED);
    // The plan of a statement does not depend on its values, so it is made once and not at every call.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    // Without these a name in quotes that no column has would quietly become a text.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    connection.execute_batch(&format!(
        "PRAGMA synchronous=FULL; PRAGMA case_sensitive_like=ON; PRAGMA temp_store=MEMORY; \
         PRAGMA trusted_schema=OFF; PRAGMA journal_size_limit=67108864; \
         PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-{}",
        cache.saturating_mul(1024)
    ))
}

/// The switch does not wait for other processes, unlike everything else; a transaction does, so one is put between.
fn use_write_ahead_log(connection: &Connection) -> rusqlite::Result<()> {
    let mut attempts = 1..ATTEMPTS;
    loop {
        match connection.pragma_update(None, "journal_mode", "WAL") {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                    && attempts.next().is_some() =>
            {
                connection.execute_batch("BEGIN IMMEDIATE; COMMIT")?;
            }
            outcome => return outcome,
        }
    }
}

/// The store holds password hashes and sealed keys. SQLite gives the log beside the file the same permissions.
#[cfg(unix)]
fn only_for_owner(path: &Path) -> Result<(), OpenError> {
    use std::os::unix::fs::PermissionsExt;
    let owner = std::fs::Permissions::from_mode(0o600);
    std::fs::set_permissions(path, owner)
        .map_err(|error| OpenError::Unavailable(format!("{}: {error}", path.display())))
}

#[cfg(not(unix))]
fn only_for_owner(_path: &Path) -> Result<(), OpenError> {
    Ok(())
}

fn failed(path: &Path, error: &rusqlite::Error) -> OpenError {
    OpenError::Unavailable(format!("{}: {error}", path.display()))
}
