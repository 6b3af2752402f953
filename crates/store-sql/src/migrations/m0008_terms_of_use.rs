use riskgate_store::ColumnKind::{Boolean, Text, Time};

use super::Migration;
use super::Step::{Index, Table};

/// Terms of use and who accepted them.
pub(super) const MIGRATION: Migration = Migration {
    number: 8,
    name: "terms of use",
    steps: &[
        Table(
            "agreements",
            &[
                ("display_name", Text),
                ("is_per_device_acceptance_required", Boolean),
                ("is_viewing_before_acceptance_required", Boolean),
            ],
        ),
        Index("agreements", &["display_name"]),
        Table("agreement_files", &[("agreement_id", Text)]),
        Index("agreement_files", &["agreement_id"]),
        Table(
            "agreement_acceptances",
            &[
                ("agreement_id", Text),
                ("user_id", Text),
                ("device_id", Text),
                ("state", Text),
                ("recorded_date_time", Time),
                ("expiration_date_time", Time),
            ],
        ),
        Index("agreement_acceptances", &["agreement_id", "recorded_date_time desc"]),
        Index("agreement_acceptances", &["user_id", "recorded_date_time desc"]),
    ],
};
