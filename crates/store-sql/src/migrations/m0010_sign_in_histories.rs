use riskgate_store::ColumnKind::Time;

use super::Migration;
use super::Step::{Index, Table};

/// What is learned from the sign-ins of users.
pub(super) const MIGRATION: Migration = Migration {
    number: 10,
    name: "sign-in histories",
    steps: &[
        Table("sign_in_histories", &[("changed_date_time", Time)]),
        Index("sign_in_histories", &["changed_date_time desc"]),
    ],
};
