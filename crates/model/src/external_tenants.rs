//! The tenants guests come from: a polymorphic value, so it carries `@odata.type`.

use serde::{Deserialize, Serialize};

use crate::declare::{GraphType, GraphValue, graph_type};
use crate::schema::{Edm, StructuredType};
use crate::{ConditionalAccessExternalTenants, ConditionalAccessExternalTenantsMembershipKind};

graph_type! {
    /// `microsoft.graph.conditionalAccessAllExternalTenants`.
    #[derive(Default)]
    complex ConditionalAccessAllExternalTenants = "conditionalAccessAllExternalTenants" : ConditionalAccessExternalTenants {
        inherit {
            membership_kind: Option<ConditionalAccessExternalTenantsMembershipKind> = "membershipKind",
        }
        own {
        }
    }
}

graph_type! {
    /// `microsoft.graph.conditionalAccessEnumeratedExternalTenants`.
    #[derive(Default)]
    complex ConditionalAccessEnumeratedExternalTenants = "conditionalAccessEnumeratedExternalTenants" : ConditionalAccessExternalTenants {
        inherit {
            membership_kind: Option<ConditionalAccessExternalTenantsMembershipKind> = "membershipKind",
        }
        own {
            #[serde(default)] members: Vec<String> = "members" [filter],
        }
    }
}

/// External tenants of either kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "@odata.type")]
pub enum AnyExternalTenants {
    /// Every tenant.
    #[serde(rename = "#microsoft.graph.conditionalAccessAllExternalTenants")]
    All(ConditionalAccessAllExternalTenants),
    /// Those that are named.
    #[serde(rename = "#microsoft.graph.conditionalAccessEnumeratedExternalTenants")]
    Enumerated(ConditionalAccessEnumeratedExternalTenants),
}

impl GraphType for AnyExternalTenants {
    const TYPE: &'static StructuredType = ConditionalAccessExternalTenants::TYPE;
}
impl GraphValue for AnyExternalTenants {
    const EDM: Edm = Edm::Complex(ConditionalAccessExternalTenants::TYPE);
}
