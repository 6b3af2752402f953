use riskgate_model::{ConditionalAccessFilter, FilterMode, SecurityAttributeFacts};

use super::Findings;
use crate::filter_rule::SecurityAttributeRule;
use crate::reason::Reason;
use crate::trace::Rule;

/// Which service principals, by a rule over their custom security attributes: those the rule matches are included beside
/// the ones that are listed, or in mode `exclude` excluded beside them.
#[derive(Debug, Clone)]
pub(super) struct SecurityAttributeFilter {
    mode: FilterMode,
    /// `None` for a rule that cannot be read, which validation refuses.
    rule: Option<SecurityAttributeRule>,
    /// What the trace calls the filter.
    name: Rule,
}

/// What a filter says about a service principal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Included,
    Excluded,
    Neither,
}

impl SecurityAttributeFilter {
    pub(super) fn new(filter: &ConditionalAccessFilter, name: Rule) -> Self {
        Self { mode: filter.mode, rule: SecurityAttributeRule::parse(&filter.rule).ok(), name }
    }

    /// Attributes that are not known, and a rule that cannot be read, count as included and as not excluded.
    pub(super) fn judge(
        &self,
        attributes: Option<&SecurityAttributeFacts>,
        findings: &mut Findings,
    ) -> Verdict {
        let unknown = match (&self.rule, attributes) {
            (Some(rule), Some(attributes)) if !rule.matches(attributes) => return Verdict::Neither,
            (Some(_), Some(_)) => None,
            (None, _) => Some(Reason::ApplicationFilterUnreadable),
            (_, None) => Some(Reason::SecurityAttributesUnknown),
        };
        match (self.mode, unknown) {
            (FilterMode::Include, None) => findings.include_rules.insert(self.name),
            (FilterMode::Exclude, None) => findings.exclude_rules.insert(self.name),
            (_, Some(reason)) => findings.add_reason(reason),
        }
        match (self.mode, unknown) {
            (FilterMode::Include, _) => Verdict::Included,
            (FilterMode::Exclude, None) => Verdict::Excluded,
            (FilterMode::Exclude, Some(_)) => Verdict::Neither,
        }
    }
}
