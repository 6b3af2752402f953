//! Templates of policies (Graph contract §1.2 and §2.2).

use crate::conditional_access::{
    ConditionalAccessConditionSet, ConditionalAccessGrantControls, ConditionalAccessSessionControls,
};
use crate::declare::{graph_enum, graph_type};
use crate::entity::Entity;

graph_enum! {
    /// `microsoft.graph.templateScenarios`: what a template is good for.
    flags TemplateScenarios = "templateScenarios" {
        "new" 0,
        "secureFoundation" 1,
        "zeroTrust" 2,
        "remoteWork" 4,
        "protectAdmins" 8,
        "emergingThreats" 16,
        "unknownFutureValue" 32,
    }
}

graph_type! {
    /// `microsoft.graph.conditionalAccessTemplate`.
    entity ConditionalAccessTemplate = "conditionalAccessTemplate" : Entity {
        inherit {
            id: String = "id",
        }
        own {
            description: String = "description" [filter order],
            details: ConditionalAccessPolicyDetail = "details" [],
            name: String = "name" [filter order],
            scenarios: TemplateScenarios = "scenarios" [filter],
        }
    }
}

graph_type! {
    /// `microsoft.graph.conditionalAccessPolicyDetail`: the parts of a policy that a template prescribes.
    complex ConditionalAccessPolicyDetail = "conditionalAccessPolicyDetail" {
        own {
            conditions: ConditionalAccessConditionSet = "conditions" [],
            grant_controls: Option<ConditionalAccessGrantControls> = "grantControls" [nullable],
            session_controls: Option<ConditionalAccessSessionControls> = "sessionControls" [nullable],
        }
    }
}
