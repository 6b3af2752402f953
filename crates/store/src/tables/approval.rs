//! Tables of the approval of sign-ins on a phone.

use crate::table::tables;

tables! {
    /// Codes with which a phone is registered.
    PHONE_PAIRINGS = "phone_pairings" {
        Time "expiresDateTime" as "expires_date_time",
    } indexes {
        ["expires_date_time"],
    }
    /// Sign-ins that people were asked to approve lately, one row a user.
    APPROVAL_REQUESTS = "approval_requests" {
        Time "expiresDateTime" as "expires_date_time",
    } indexes {
        ["expires_date_time"],
    }
}
