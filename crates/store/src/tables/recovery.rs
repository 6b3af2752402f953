//! Tables of what helps people who cannot sign in.

use crate::table::tables;

tables! {
    /// Addresses that codes are mailed to, one a user.
    EMAIL_METHODS = "email_methods" {} indexes {}
    /// Recovery codes, one set a user.
    RECOVERY_CODES = "recovery_codes" {} indexes {}
    /// Codes that were mailed.
    EMAIL_CHALLENGES = "email_challenges" {
        Time "expiresDateTime" as "expires_date_time",
    } indexes {
        ["expires_date_time"],
    }
    /// Passwords that are being reset.
    PASSWORD_RESETS = "password_resets" {
        Time "expiresDateTime" as "expires_date_time",
    } indexes {
        ["expires_date_time"],
    }
}
