use riskgate_store::ColumnKind::{Boolean, List, Text, Time};

use super::Migration;
use super::Step::{Index, Table};

/// Risk of service principals.
pub(super) const MIGRATION: Migration = Migration {
    number: 9,
    name: "risk of service principals",
    steps: &[
        Table(
            "service_principal_detections",
            &[
                ("activity", Text),
                ("app_id", Text),
                ("correlation_id", Text),
                ("detection_timing_type", Text),
                ("ip_address", Text),
                ("location_city", Text),
                ("location_state", Text),
                ("location_country_or_region", Text),
                ("request_id", Text),
                ("risk_detail", Text),
                ("risk_event_type", Text),
                ("risk_level", Text),
                ("risk_state", Text),
                ("principal_display_name", Text),
                ("principal_id", Text),
                ("source", Text),
                ("token_issuer_type", Text),
                ("activity_date_time", Time),
                ("detected_date_time", Time),
                ("last_updated_date_time", Time),
                ("key_ids", List),
            ],
        ),
        Index("service_principal_detections", &["detected_date_time desc"]),
        Index("service_principal_detections", &["principal_id", "detected_date_time desc"]),
        Index("service_principal_detections", &["app_id", "detected_date_time desc"]),
        Index("service_principal_detections", &["risk_state", "detected_date_time desc"]),
        Index("service_principal_detections", &["risk_level", "detected_date_time desc"]),
        Index("service_principal_detections", &["risk_event_type", "detected_date_time desc"]),
        Index("service_principal_detections", &["request_id"]),
        Table(
            "risky_service_principals",
            &[
                ("app_id", Text),
                ("display_name", Text),
                ("risk_detail", Text),
                ("risk_level", Text),
                ("risk_state", Text),
                ("service_principal_type", Text),
                ("is_enabled", Boolean),
                ("is_processing", Boolean),
                ("risk_last_updated_date_time", Time),
            ],
        ),
        Index("risky_service_principals", &["risk_last_updated_date_time desc"]),
        Index("risky_service_principals", &["risk_state", "risk_last_updated_date_time desc"]),
        Index("risky_service_principals", &["risk_level", "risk_last_updated_date_time desc"]),
        Index("risky_service_principals", &["app_id"]),
        Table(
            "service_principal_history",
            &[
                ("owner_id", Text),
                ("initiated_by", Text),
                ("risk_detail", Text),
                ("risk_level", Text),
                ("risk_state", Text),
                ("risk_last_updated_date_time", Time),
            ],
        ),
        Index("service_principal_history", &["owner_id", "risk_last_updated_date_time desc"]),
    ],
};
