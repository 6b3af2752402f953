use riskgate_model::{ConditionalAccessFilter, FilterMode};

use crate::error::PolicyError;
use crate::filter_rule::SecurityAttributeRule;
use crate::keyword;
use crate::known::{KnownObjects, ObjectKind};

/// The filter for applications or service principals at `property`. What it includes comes on top of what is listed, so it
/// says nothing beside a list that has everything.
pub(super) fn validate(
    property: &'static str,
    filter: &ConditionalAccessFilter,
    included: &[String],
    everything: &str,
    known: &impl KnownObjects,
) -> Result<(), PolicyError> {
    let refused = |problem: String| Err(PolicyError::invalid(property, problem));
    let rule = match SecurityAttributeRule::parse(&filter.rule) {
        Ok(rule) => rule,
        Err(error) => return refused(error.to_string()),
    };
    let mut attributes = rule.attributes().into_iter().map(|attribute| attribute.to_string());
    if let Some(id) = attributes.find(|id| !known.exists(ObjectKind::SecurityAttribute, id)) {
        return refused(format!("there is no custom security attribute '{id}' of type 'String'"));
    }
    if filter.mode == FilterMode::Include && keyword::has(included, everything) {
        return refused(format!(
            "a filter in mode 'include' adds to what is listed, and '{everything}' is listed already; leave it out"
        ));
    }
    Ok(())
}
