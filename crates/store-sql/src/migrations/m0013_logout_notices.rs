use riskgate_store::ColumnKind::Time;

use super::Migration;
use super::Step::{Index, Table};

/// Applications that have to be told that a session has ended.
pub(super) const MIGRATION: Migration = Migration {
    number: 13,
    name: "logout notices",
    steps: &[
        Table("logout_notices", &[("due_date_time", Time), ("expires_date_time", Time)]),
        Index("logout_notices", &["due_date_time desc"]),
        Index("logout_notices", &["expires_date_time desc"]),
    ],
};
