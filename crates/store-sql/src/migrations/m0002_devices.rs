use riskgate_store::ColumnKind::{Boolean, List, Text, Time};

use super::Migration;
use super::Step::{Index, Table, Unique};

/// Devices, whose they are, and what they prove themselves with.
pub(super) const MIGRATION: Migration = Migration {
    number: 2,
    name: "devices",
    steps: &[
        Table(
            "devices",
            &[
                ("display_name", Text),
                ("device_id", Text),
                ("device_ownership", Text),
                ("mdm_app_id", Text),
                ("model", Text),
                ("operating_system", Text),
                ("operating_system_version", Text),
                ("profile_type", Text),
                ("trust_type", Text),
                ("account_enabled", Boolean),
                ("is_compliant", Boolean),
                ("is_managed", Boolean),
                ("approximate_last_sign_in_date_time", Time),
                ("registration_date_time", Time),
                ("physical_ids", List),
                ("system_labels", List),
            ],
        ),
        Unique("devices", &["device_id"]),
        Index("devices", &["display_name"]),
        Table("device_registrations", &[("device_id", Text), ("user_id", Text)]),
        Index("device_registrations", &["device_id"]),
        Index("device_registrations", &["user_id"]),
        Table("device_credentials", &[]),
    ],
};
