use riskgate_model::{ConditionalAccessDevices, FilterMode};

use super::Findings;
use crate::filter_rule::DeviceFilterRule;
use crate::reason::Reason;
use crate::request::Request;
use crate::trace::Rule;

/// Which devices, by a rule over their attributes (`entra-semantics` §3.6). A request without a proven device has a device
/// whose attributes are all null.
#[derive(Debug, Clone)]
pub(super) struct DeviceRule {
    mode: FilterMode,
    /// `None` for a rule that cannot be read, which validation refuses.
    rule: Option<DeviceFilterRule>,
}

impl DeviceRule {
    /// `None` when there is no filter: the condition is not configured.
    pub(super) fn new(devices: &ConditionalAccessDevices) -> Option<Self> {
        let filter = devices.device_filter.as_ref()?;
        Some(Self { mode: filter.mode, rule: DeviceFilterRule::parse(&filter.rule).ok() })
    }

    /// Met by devices the rule matches, or in mode `exclude` by those it does not match.
    pub(super) fn examine(&self, request: &Request<'_>, findings: &mut Findings) -> bool {
        let Some(rule) = &self.rule else {
            findings.add_reason(Reason::DeviceFilterUnreadable);
            return true;
        };
        let is_matched = rule.matches(request.device);
        match (self.mode, is_matched) {
            (FilterMode::Include, true) => findings.include_rules.insert(Rule::DeviceFilter),
            (FilterMode::Exclude, true) => findings.exclude_rules.insert(Rule::DeviceFilter),
            (FilterMode::Exclude, false) => {
                findings.include_rules.insert(Rule::DeviceFilterIncludeRuleNotMatched);
            }
            (FilterMode::Include, false) => {}
        }
        is_matched == (self.mode == FilterMode::Include)
    }
}
