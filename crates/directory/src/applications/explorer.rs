use super::own_application::OwnApplication;

/// `appId` of the Explorer, the same in every tenant.
pub const EXPLORER_APP_ID: &str = "0c7f6a52-59d5-4a0e-9d0b-2f3a8f1e6b47";

/// Delegated permissions of the Explorer from the beginning. Whoever tries a request that needs more consents to more.
pub const EXPLORER_PERMISSIONS: &[&str] = &["User.Read"];

/// The Explorer at `/explorer/`.
pub(super) const EXPLORER: OwnApplication = OwnApplication {
    app_id: EXPLORER_APP_ID,
    seed: "explorer application",
    display_name: "Riskgate Explorer",
    path: "/explorer/",
    permissions: EXPLORER_PERMISSIONS,
};
