use riskgate_model::{ConditionalAccessApplications, FilterMode};

use super::{MAX_ITEMS, alone, items, security_attributes};
use crate::conditions::user_action;
use crate::error::{PolicyError, shortened};
use crate::keyword::{
    self, ADMIN_PORTALS, ALL, NONE, OFFICE365, REGISTER_DEVICE, REGISTER_SECURITY_INFORMATION,
};
use crate::known::{KnownObjects, ObjectKind};

/// Graph contract §4 rules 6 and 7.
pub(super) fn validate(
    applications: Option<&ConditionalAccessApplications>,
    known: &impl KnownObjects,
) -> Result<(), PolicyError> {
    let applications = applications.ok_or(PolicyError::NoApplications)?;
    only_one_target(applications)?;
    user_actions(&applications.include_user_actions)?;
    contexts(&applications.include_authentication_context_class_references)?;
    let (include, exclude) = (&applications.include_applications, &applications.exclude_applications);
    if let Some(filter) = &applications.application_filter {
        security_attributes::validate(
            "conditions/applications/applicationFilter",
            filter,
            include,
            ALL,
            known,
        )?;
    }
    alone("conditions/applications/includeApplications", include, &[ALL, NONE])?;
    let kind = ObjectKind::Application;
    let included = [ALL, NONE, OFFICE365, ADMIN_PORTALS];
    items("conditions/applications/includeApplications", include, kind, &included, known)?;
    let excluded = [OFFICE365, ADMIN_PORTALS];
    items("conditions/applications/excludeApplications", exclude, kind, &excluded, known)
}

fn only_one_target(applications: &ConditionalAccessApplications) -> Result<(), PolicyError> {
    let filter = applications.application_filter.as_ref();
    let targets = [
        !applications.include_applications.is_empty()
            || filter.is_some_and(|filter| filter.mode == FilterMode::Include),
        !applications.include_user_actions.is_empty(),
        !applications.include_authentication_context_class_references.is_empty(),
    ];
    match targets.into_iter().filter(|is_used| *is_used).count() {
        0 => Err(PolicyError::NoApplications),
        // A filter is about applications, also one that only excludes.
        1 if filter.is_none() || targets[0] => Ok(()),
        _ => Err(PolicyError::SeveralTargets),
    }
}

/// Whether every application is included and none excluded.
pub(crate) fn is_everything(applications: Option<&ConditionalAccessApplications>) -> bool {
    applications.is_some_and(|applications| {
        keyword::has(&applications.include_applications, ALL)
            && applications.exclude_applications.is_empty()
            && applications.application_filter.is_none()
    })
}

fn user_actions(list: &[String]) -> Result<(), PolicyError> {
    let property = "conditions/applications/includeUserActions";
    if list.len() > 1 {
        return Err(PolicyError::invalid(property, "a policy can be about one user action"));
    }
    match list.iter().find(|text| user_action(text).is_none()) {
        None => Ok(()),
        Some(text) => Err(PolicyError::invalid(
            property,
            format!(
                "'{}' is none of '{REGISTER_SECURITY_INFORMATION}' and '{REGISTER_DEVICE}'",
                shortened(text)
            ),
        )),
    }
}

fn contexts(list: &[String]) -> Result<(), PolicyError> {
    let property = "conditions/applications/includeAuthenticationContextClassReferences";
    if list.len() > MAX_ITEMS {
        return Err(PolicyError::invalid(property, format!("it must have at most {MAX_ITEMS} items")));
    }
    match list.iter().find(|text| !is_context(text)) {
        None => Ok(()),
        Some(text) => Err(PolicyError::invalid(
            property,
            format!("'{}' is no authentication context; there are 'c1' to 'c99'", shortened(text)),
        )),
    }
}

/// Whether the text is one of `c1` to `c99`, as contexts are named.
pub fn is_context(text: &str) -> bool {
    let number = text.strip_prefix(['c', 'C']).unwrap_or_default();
    let is_plain = !number.starts_with('0') && number.bytes().all(|byte| byte.is_ascii_digit());
    is_plain && (1..=2).contains(&number.len())
}
