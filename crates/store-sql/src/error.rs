/// Why a store could not be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The address of the store is not one that is understood. It is not repeated, since it may hold a password.
    #[error(
        "the store address is not understood: {0}; it is sqlite://PATH, sqlite::memory: or postgres://USER:PASSWORD@HOST/DATABASE"
    )]
    Address(String),
    /// The database cannot be opened or reached.
    #[error("the store cannot be opened: {0}")]
    Unavailable(String),
    /// A migration failed; the database is as it was before it.
    #[error("migration {number} '{name}' of the store failed: {reason}")]
    Migration {
        /// Number of the migration.
        number: i64,
        /// Its name.
        name: String,
        /// What went wrong.
        reason: String,
    },
    /// A migration that was applied is not the one this program knows.
    #[error(
        "migration {number} was applied as '{name}' with other content than this program knows; use the program that made this store"
    )]
    Changed {
        /// Number of the migration.
        number: i64,
        /// Name it was applied under.
        name: String,
    },
    /// The store was migrated by a newer program.
    #[error(
        "the store is at migration {found}, this program knows only {known}; use the newer program or restore a backup"
    )]
    Newer {
        /// Number of the last migration in the store.
        found: i64,
        /// Number of the last migration this program knows.
        known: i64,
    },
}
