use riskgate_store::ColumnKind::{Text, Time};

use super::Migration;
use super::Step::{Index, Table, Unique};

/// Upstream identity providers.
pub(super) const MIGRATION: Migration = Migration {
    number: 17,
    name: "federation",
    steps: &[
        Table("identity_providers", &[("issuer", Text)]),
        Unique("identity_providers", &["issuer"]),
        Table("external_identities", &[("provider_id", Text), ("user_id", Text)]),
        Unique("external_identities", &["provider_id", "user_id"]),
        Index("external_identities", &["user_id"]),
        Table("used_assertions", &[("expires_date_time", Time)]),
        Index("used_assertions", &["expires_date_time desc"]),
    ],
};
