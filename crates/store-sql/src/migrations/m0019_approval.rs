use riskgate_store::ColumnKind::Time;

use super::Migration;
use super::Step::{Index, Table};

/// Approval of sign-ins on a phone.
pub(super) const MIGRATION: Migration = Migration {
    number: 19,
    name: "approval",
    steps: &[
        Table("phone_pairings", &[("expires_date_time", Time)]),
        Index("phone_pairings", &["expires_date_time desc"]),
        Table("approval_requests", &[("expires_date_time", Time)]),
        Index("approval_requests", &["expires_date_time desc"]),
    ],
};
