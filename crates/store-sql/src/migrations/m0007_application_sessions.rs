use riskgate_store::ColumnKind::Time;

use super::Migration;
use super::Step::{Index, Table};

/// The sessions of forward authentication.
pub(super) const MIGRATION: Migration = Migration {
    number: 7,
    name: "application sessions",
    steps: &[
        Table("application_sessions", &[("expires_date_time", Time)]),
        Index("application_sessions", &["expires_date_time desc"]),
    ],
};
