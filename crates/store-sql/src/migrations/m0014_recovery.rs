use riskgate_store::ColumnKind::Time;

use super::Migration;
use super::Step::{Index, Table};

/// What helps people who cannot sign in.
pub(super) const MIGRATION: Migration = Migration {
    number: 14,
    name: "recovery",
    steps: &[
        Table("email_methods", &[]),
        Table("recovery_codes", &[]),
        Table("email_challenges", &[("expires_date_time", Time)]),
        Index("email_challenges", &["expires_date_time desc"]),
        Table("password_resets", &[("expires_date_time", Time)]),
        Index("password_resets", &["expires_date_time desc"]),
    ],
};
