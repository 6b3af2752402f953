//! Tables of terms of use.

use crate::table::tables;

tables! {
    /// Terms of use.
    AGREEMENTS = "agreements" {
        Text "displayName" as "display_name",
        Boolean "isPerDeviceAcceptanceRequired" as "is_per_device_acceptance_required",
        Boolean "isViewingBeforeAcceptanceRequired" as "is_viewing_before_acceptance_required",
    } indexes {
        ["display_name"],
    }
    /// Their files, with content.
    AGREEMENT_FILES = "agreement_files" {
        Text "agreementId" as "agreement_id",
    } indexes {
        ["agreement_id"],
    }
    /// What people answered last.
    AGREEMENT_ACCEPTANCES = "agreement_acceptances" {
        Text "agreementId" as "agreement_id",
        Text "userId" as "user_id",
        Text "deviceId" as "device_id",
        Text "state" as "state",
        Time "recordedDateTime" as "recorded_date_time",
        Time "expirationDateTime" as "expiration_date_time",
    } indexes {
        ["agreement_id", "recorded_date_time"],
        ["user_id", "recorded_date_time"],
    }
}
