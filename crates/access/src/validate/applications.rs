use riskgate_model::ConditionalAccessApplications;

use super::{alone, items};
use crate::error::PolicyError;
use crate::keyword::{self, ALL, APPLICATION_GROUPS, NONE};
use crate::known::{KnownObjects, ObjectKind};

/// Graph contract §4 rules 6 and 7.
pub(super) fn validate(
    applications: Option<&ConditionalAccessApplications>,
    known: &impl KnownObjects,
) -> Result<(), PolicyError> {
    let applications = applications.ok_or(PolicyError::NoApplications)?;
    only_one_target(applications)?;
    if applications.application_filter.is_some() {
        return Err(PolicyError::not_enforced("conditions/applications/applicationFilter"));
    }
    let (include, exclude) = (&applications.include_applications, &applications.exclude_applications);
    no_application_group("conditions/applications/includeApplications", include)?;
    no_application_group("conditions/applications/excludeApplications", exclude)?;
    alone("conditions/applications/includeApplications", include, &[ALL, NONE])?;
    let kind = ObjectKind::Application;
    items("conditions/applications/includeApplications", include, kind, &[ALL, NONE], known)?;
    items("conditions/applications/excludeApplications", exclude, kind, &[], known)
}

fn only_one_target(applications: &ConditionalAccessApplications) -> Result<(), PolicyError> {
    let includes_actions = !applications.include_user_actions.is_empty();
    let includes_contexts = !applications.include_authentication_context_class_references.is_empty();
    match (!applications.include_applications.is_empty(), includes_actions, includes_contexts) {
        (true, false, false) => Ok(()),
        (false, false, false) => Err(PolicyError::NoApplications),
        (false, true, false) => Err(PolicyError::not_enforced("conditions/applications/includeUserActions")),
        (false, false, true) => Err(PolicyError::not_enforced(
            "conditions/applications/includeAuthenticationContextClassReferences",
        )),
        _ => Err(PolicyError::SeveralTargets),
    }
}

fn no_application_group(property: &str, list: &[String]) -> Result<(), PolicyError> {
    match APPLICATION_GROUPS.into_iter().find(|group| keyword::has(list, group)) {
        Some(group) => Err(PolicyError::value_not_enforced(property, group)),
        None => Ok(()),
    }
}
