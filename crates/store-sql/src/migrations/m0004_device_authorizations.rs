use riskgate_store::ColumnKind::{Text, Time};

use super::Migration;
use super::Step::{Index, Table, Unique};

/// Devices that wait to be signed in from another one (RFC 8628).
pub(super) const MIGRATION: Migration = Migration {
    number: 4,
    name: "device authorizations",
    steps: &[
        Table("device_authorizations", &[("user_code_digest", Text), ("expires_date_time", Time)]),
        Unique("device_authorizations", &["user_code_digest"]),
        Index("device_authorizations", &["expires_date_time desc"]),
    ],
};
