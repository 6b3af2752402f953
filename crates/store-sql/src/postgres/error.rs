use std::error::Error as _;
use std::fmt;

use deadpool_postgres::PoolError;
use riskgate_store::StoreError;
use tokio_postgres::Error;
use tokio_postgres::error::SqlState;

/// What went wrong between here and the server.
#[derive(Debug)]
pub(super) enum Problem {
    /// No connection could be had.
    Pool(PoolError),
    /// The server refused, or the connection broke.
    Server(Error),
}

impl Problem {
    /// Whether the connection is of no use anymore: what was under way did not happen, unless it was a commit.
    pub(super) fn is_lost_connection(&self) -> bool {
        self.is_shutdown()
            || self.server().is_some_and(|error| match error.code() {
                Some(code) => code.code().starts_with("08"),
                None => {
                    error.is_closed() || error.source().is_some_and(|source| source.is::<std::io::Error>())
                }
            })
    }

    /// Whether the server said that it ends the connection, instead of doing what it was asked.
    pub(super) fn is_shutdown(&self) -> bool {
        self.code().is_some_and(|code| matches!(*code, SqlState::ADMIN_SHUTDOWN | SqlState::CRASH_SHUTDOWN))
    }

    /// Whether the server gave this transaction up for the sake of another.
    pub(super) fn is_given_up(&self) -> bool {
        self.code().is_some_and(|code| {
            matches!(*code, SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED)
        })
    }

    /// Whether an identifier or a unique value is taken.
    pub(super) fn is_taken(&self) -> bool {
        self.code() == Some(&SqlState::UNIQUE_VIOLATION)
    }

    fn code(&self) -> Option<&SqlState> {
        self.server().and_then(Error::code)
    }

    fn server(&self) -> Option<&Error> {
        match self {
            Self::Server(error) | Self::Pool(PoolError::Backend(error)) => Some(error),
            Self::Pool(_) => None,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self, self.server()) {
            (Self::Pool(PoolError::Timeout(_)), _) => f.write_str("no connection became free in time"),
            (Self::Pool(PoolError::Closed), _) => f.write_str("the store was closed"),
            (_, Some(error)) => match error.as_db_error() {
                Some(refusal) => {
                    write!(f, "{} (SQLSTATE {})", refusal.message(), refusal.code().code())?;
                    refusal.detail().map_or(Ok(()), |detail| write!(f, ": {detail}"))
                }
                None => write_chain(f, error),
            },
            (Self::Pool(error), None) => error.fmt(f),
            (Self::Server(error), None) => error.fmt(f),
        }
    }
}

/// The error and what is behind it, each said once.
fn write_chain(f: &mut fmt::Formatter<'_>, error: &Error) -> fmt::Result {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        source = cause.source();
    }
    f.write_str(&text)
}

impl From<PoolError> for Problem {
    fn from(error: PoolError) -> Self {
        Self::Pool(error)
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self::Server(error)
    }
}

impl From<Problem> for StoreError {
    fn from(problem: Problem) -> Self {
        match problem.code() {
            Some(code) if *code == SqlState::DISK_FULL => Self::Full,
            _ => Self::Unavailable(problem.to_string()),
        }
    }
}
