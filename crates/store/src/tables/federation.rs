//! Tables of upstream identity providers.

use crate::table::tables;

tables! {
    /// Upstream identity providers.
    IDENTITY_PROVIDERS = "identity_providers" {
        Text "issuer" as "issuer",
    } indexes {
        unique ["issuer"],
    }
    /// Whom an upstream provider knows by which identifier.
    EXTERNAL_IDENTITIES = "external_identities" {
        Text "providerId" as "provider_id",
        Text "userId" as "user_id",
    } indexes {
        unique ["provider_id", "user_id"],
        ["user_id"],
    }
    /// Assertions that were used.
    USED_ASSERTIONS = "used_assertions" {
        Time "expiresDateTime" as "expires_date_time",
    } indexes {
        ["expires_date_time"],
    }
}
