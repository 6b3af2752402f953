//! `/riskgate`: what Riskgate says and takes in besides Graph: what each operation asks for, and signals. Graph has sets of
//! detections that nobody may write to; signals of others come in beside them, and are read there. Questions about policies
//! that Graph has no answer to are asked here too.

mod body;
mod evaluate_impact;
mod events;
mod feeds;
mod kinds;
mod leaked_credentials;
mod lint_policies;
mod operations;
mod risk_detections;
mod service_principal_risk_detections;

pub(crate) use events::Events;
use riskgate_directory::Capability;
use riskgate_model::{GraphType, RiskDetection, ServicePrincipalRiskDetection};
use serde_json::{Map, Value as Json};

use crate::area::Area::{ConditionalAccess, IdentityProtection};
use crate::call::Call;
use crate::error::GraphError;
use crate::permissions::Rule;
use crate::query::Set;
use crate::route::{Access, Route, routes};

static DETECTIONS: Set = Set::new(RiskDetection::TYPE, "identityProtection/riskDetections");
static OF_SERVICE_PRINCIPALS: Set =
    Set::new(ServicePrincipalRiskDetection::TYPE, "identityProtection/servicePrincipalRiskDetections");

static REPORT: Rule = Rule::new(&[&["RiskgateRiskDetection.Create"]], Capability::WriteRisk);
static LEAKED: Rule = Rule::new(&[&["RiskgateLeakedCredential.Create"]], Capability::WriteRisk);

static READ_FEEDS: Rule =
    Rule::new(&[&["IdentityRiskEvent.Read.All"], &["IdentityRiskEvent.ReadWrite.All"]], Capability::ReadRisk);
static REFRESH_FEEDS: Rule = Rule::new(&[&["IdentityRiskEvent.ReadWrite.All"]], Capability::WriteRisk);
static LINT: Rule =
    Rule::new(&[&["Policy.Read.ConditionalAccess"], &["Policy.Read.All"]], Capability::ReadPolicies);
/// What became of sign-ins is told with the policies that would have changed it, so both must be readable.
static IMPACT: Rule = Rule::new(
    &[&["AuditLog.Read.All", "Policy.Read.All"], &["AuditLog.Read.All", "Policy.Read.ConditionalAccess"]],
    Capability::ReadSignIns,
);

pub(super) fn routes() -> Vec<Route> {
    let (report, leaked) = (Access::Rule(&REPORT), Access::Rule(&LEAKED));
    let mut all = routes! { IdentityProtection;
        GET "riskgate/operations", Access::Anonymous => operations::list;
        GET "riskgate/events", Access::Authenticated => events::open;
        GET "riskgate/feeds", Access::Rule(&READ_FEEDS) => feeds::list;
        POST "riskgate/feeds/{id}/refresh", Access::Rule(&REFRESH_FEEDS) => feeds::refresh;
        POST "riskgate/riskDetections", report => risk_detections::create;
        POST "riskgate/servicePrincipalRiskDetections", report => service_principal_risk_detections::create;
        POST "riskgate/leakedCredentials", leaked => leaked_credentials::create;
    };
    all.extend(routes! { ConditionalAccess;
        POST "riskgate/lintPolicies", Access::Rule(&LINT) => lint_policies::lint;
        POST "riskgate/evaluateImpact", Access::Rule(&IMPACT) => evaluate_impact::evaluate;
    });
    all
}

/// Refuses what is left of a body when everything an action knows was taken out of it.
fn refuse_unknown(call: &Call, body: &Map<String, Json>) -> Result<(), GraphError> {
    match body.keys().find(|name| !name.contains('@')) {
        Some(name) => {
            let name: String = name.chars().take(64).collect();
            Err(call.area.bad_request(format!("'{name}' is no parameter of this action.")))
        }
        None => Ok(()),
    }
}
