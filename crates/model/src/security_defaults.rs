//! The security defaults of a tenant (Graph contract §1.8 and §2.6).

use riskgate_core::Timestamp;

use crate::declare::graph_type;
use crate::directory::DirectoryObject;

/// `id` of the security defaults, the same in every tenant.
pub const SECURITY_DEFAULTS: &str = "00000000-0000-0000-0000-000000000005";

graph_type! {
    /// `microsoft.graph.policyBase`.
    #[derive(Default)]
    abstract_entity PolicyBase = "policyBase" : DirectoryObject {
        inherit {
            id: String = "id",
            #[serde(default, skip_serializing_if = "Option::is_none")]
            deleted_date_time: Option<Timestamp> = "deletedDateTime",
        }
        own {
            description: Option<String> = "description" [nullable filter order],
            display_name: Option<String> = "displayName" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.identitySecurityDefaultsEnforcementPolicy`.
    #[derive(Default)]
    entity IdentitySecurityDefaultsEnforcementPolicy = "identitySecurityDefaultsEnforcementPolicy" : PolicyBase {
        inherit {
            id: String = "id",
            #[serde(default, skip_serializing_if = "Option::is_none")]
            deleted_date_time: Option<Timestamp> = "deletedDateTime",
            description: Option<String> = "description",
            display_name: Option<String> = "displayName",
        }
        own {
            is_enabled: bool = "isEnabled" [filter],
        }
    }
}

impl IdentitySecurityDefaultsEnforcementPolicy {
    /// What a tenant has that never changed them: they are off, so that nothing is demanded which nobody asked for.
    pub fn initial() -> Self {
        Self {
            id: SECURITY_DEFAULTS.to_owned(),
            deleted_date_time: None,
            description: Some(
                "A fixed set of policies for organizations without Conditional Access policies of their own: \
                 administrators pass multifactor authentication at every sign-in, everybody does so at medium or high \
                 risk, and clients that cannot are blocked."
                    .to_owned(),
            ),
            display_name: Some("Security Defaults".to_owned()),
            is_enabled: false,
        }
    }
}
