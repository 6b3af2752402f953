//! `/riskgate`: what Riskgate says and takes in besides Graph: what each operation asks for, and signals. Graph has sets of detections that nobody may write to; signals of
//! others come in beside them, and are read there.

mod body;
mod kinds;
mod leaked_credentials;
mod operations;
mod risk_detections;
mod service_principal_risk_detections;

use riskgate_directory::Capability;
use riskgate_model::{GraphType, RiskDetection, ServicePrincipalRiskDetection};

use crate::area::Area::IdentityProtection;
use crate::permissions::Rule;
use crate::query::Set;
use crate::route::{Access, Route, routes};

static DETECTIONS: Set = Set::new(RiskDetection::TYPE, "identityProtection/riskDetections");
static OF_SERVICE_PRINCIPALS: Set =
    Set::new(ServicePrincipalRiskDetection::TYPE, "identityProtection/servicePrincipalRiskDetections");

static REPORT: Rule = Rule::new(&[&["RiskgateRiskDetection.Create"]], Capability::WriteRisk);
static LEAKED: Rule = Rule::new(&[&["RiskgateLeakedCredential.Create"]], Capability::WriteRisk);

pub(super) fn routes() -> Vec<Route> {
    let (report, leaked) = (Access::Rule(&REPORT), Access::Rule(&LEAKED));
    routes! { IdentityProtection;
        GET "riskgate/operations", Access::Anonymous => operations::list;
        POST "riskgate/riskDetections", report => risk_detections::create;
        POST "riskgate/servicePrincipalRiskDetections", report => service_principal_risk_detections::create;
        POST "riskgate/leakedCredentials", leaked => leaked_credentials::create;
    }
}
