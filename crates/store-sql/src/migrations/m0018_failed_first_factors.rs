use riskgate_store::ColumnKind::Time;

use super::Migration;
use super::Step::{Index, Table};

/// Wrong first factors of the last day, and the keys of what tells them apart.
pub(super) const MIGRATION: Migration = Migration {
    number: 18,
    name: "failed first factors",
    steps: &[
        Table("failed_first_factors", &[("created_date_time", Time), ("expires_date_time", Time)]),
        Index("failed_first_factors", &["created_date_time desc"]),
        Index("failed_first_factors", &["expires_date_time desc"]),
        Table("day_keys", &[("expires_date_time", Time)]),
        Index("day_keys", &["expires_date_time desc"]),
    ],
};
