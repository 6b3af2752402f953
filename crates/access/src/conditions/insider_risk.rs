use riskgate_model::{ConditionalAccessInsiderRiskLevels, InsiderRiskLevel};

use super::Findings;
use crate::reason::Reason;
use crate::request::Request;
use crate::trace::Rule;

/// Exactly these levels of insider risk (`entra-semantics` §3.6).
#[derive(Debug, Clone)]
pub(super) struct InsiderRiskRule(Vec<&'static str>);

impl InsiderRiskRule {
    /// `None` when no level is named: the condition is not configured.
    pub(super) fn new(levels: &ConditionalAccessInsiderRiskLevels) -> Option<Self> {
        (!levels.members().is_empty()).then(|| Self(levels.members().to_vec()))
    }

    /// A level no source tells counts against the request.
    pub(super) fn examine(&self, request: &Request<'_>, findings: &mut Findings) -> bool {
        let name = match request.insider_risk() {
            None | Some(InsiderRiskLevel::UnknownFutureValue) => {
                findings.add_reason(Reason::InsiderRiskUnknown);
                return true;
            }
            Some(InsiderRiskLevel::None) => return false,
            Some(InsiderRiskLevel::Minor) => "minor",
            Some(InsiderRiskLevel::Moderate) => "moderate",
            Some(InsiderRiskLevel::Elevated) => "elevated",
        };
        let is_met = self.0.contains(&name);
        if is_met {
            findings.include_rules.insert(Rule::InsiderRisk);
        }
        is_met
    }
}
