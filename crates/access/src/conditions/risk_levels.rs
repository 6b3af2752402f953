use riskgate_model::RiskLevel;

use super::Findings;
use crate::reason::Reason;

/// Exactly these levels of risk: `medium` does not mean "at least medium" (`entra-semantics` §3.6).
#[derive(Debug, Clone, Copy)]
pub(super) struct RiskLevelRule {
    none: bool,
    low: bool,
    medium: bool,
    high: bool,
}

impl RiskLevelRule {
    /// `None` when no level is named: the condition is not configured.
    pub(super) fn new(levels: &[RiskLevel]) -> Option<Self> {
        let has = |level| levels.contains(&level);
        (!levels.is_empty()).then(|| Self {
            none: has(RiskLevel::None),
            low: has(RiskLevel::Low),
            medium: has(RiskLevel::Medium),
            high: has(RiskLevel::High),
        })
    }

    pub(super) fn examine(self, level: RiskLevel, findings: &mut Findings) -> bool {
        match level {
            RiskLevel::None => self.none,
            RiskLevel::Low => self.low,
            RiskLevel::Medium => self.medium,
            RiskLevel::High => self.high,
            RiskLevel::Hidden | RiskLevel::UnknownFutureValue => {
                findings.add_reason(Reason::RiskLevelUnknown);
                true
            }
        }
    }
}
