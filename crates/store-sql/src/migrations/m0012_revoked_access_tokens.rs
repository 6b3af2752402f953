use riskgate_store::ColumnKind::Time;

use super::Migration;
use super::Step::{Index, Table};

/// Access tokens that were revoked before they expired.
pub(super) const MIGRATION: Migration = Migration {
    number: 12,
    name: "revoked access tokens",
    steps: &[
        Table("revoked_access_tokens", &[("expires_date_time", Time)]),
        Index("revoked_access_tokens", &["expires_date_time desc"]),
    ],
};
