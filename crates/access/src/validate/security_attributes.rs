use riskgate_model::{ConditionalAccessFilter, FilterMode};

use crate::error::PolicyError;
use crate::filter_rule::SecurityAttributeRule;
use crate::keyword;

/// The filter for applications or service principals at `property`. What it includes comes on top of what is listed, so it
/// says nothing beside a list that has everything.
pub(super) fn validate(
    property: &'static str,
    filter: &ConditionalAccessFilter,
    included: &[String],
    everything: &str,
) -> Result<(), PolicyError> {
    let refused = |problem: String| Err(PolicyError::invalid(property, problem));
    if let Err(error) = SecurityAttributeRule::parse(&filter.rule) {
        return refused(error.to_string());
    }
    if filter.mode == FilterMode::Include && keyword::has(included, everything) {
        return refused(format!(
            "a filter in mode 'include' adds to what is listed, and '{everything}' is listed already; leave it out"
        ));
    }
    Ok(())
}
