use riskgate_store::ColumnKind::Time;

use super::Migration;
use super::Step::{Index, Table};

/// Authorization requests that were pushed.
pub(super) const MIGRATION: Migration = Migration {
    number: 15,
    name: "pushed requests",
    steps: &[
        Table("pushed_requests", &[("expires_date_time", Time)]),
        Index("pushed_requests", &["expires_date_time desc"]),
    ],
};
