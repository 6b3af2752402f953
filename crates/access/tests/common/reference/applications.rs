//! §3.4: what a policy is about.

use riskgate_access::{MICROSOFT_ADMIN_PORTAL_APP_IDS, OFFICE365_APP_IDS};
use riskgate_model::*;

use super::{Scene, Truth, any, has, is_met, same};

pub fn are_met(scene: &Scene<'_>, applications: &ConditionalAccessApplications) -> bool {
    let application = &scene.facts.application;
    if let Some(action) = application.user_action {
        return is_about_action(scene, applications, action);
    }
    let asks_for_context =
        any(applications.include_authentication_context_class_references.iter().map(|id| {
            scene.note("authenticationContext", "id", has_text(&application.authentication_contexts, id))
        }));
    asks_for_context != Truth::No || is_about_resource(scene, applications)
}

fn has_text<'a>(texts: impl IntoIterator<Item = &'a String>, wanted: &str) -> bool {
    texts.into_iter().any(|text| same(text, wanted))
}

/// Contract §1.2.3: `All` covers user actions; exclusions name resources, and an action has none.
fn is_about_action(
    scene: &Scene<'_>,
    applications: &ConditionalAccessApplications,
    action: UserAction,
) -> bool {
    let named = |urn: &String| match action {
        UserAction::RegisterSecurityInformation => same(urn, "urn:user:registersecurityinfo").into(),
        UserAction::RegisterOrJoinDevices => same(urn, "urn:user:registerdevice").into(),
        UserAction::UnknownFutureValue => Truth::Unknown,
    };
    let by_name = applications
        .include_user_actions
        .iter()
        .map(|urn| scene.note("includeUserActions", &urn.to_lowercase(), named(urn)));
    let by_all = scene.note(
        "userAction by includeApplications",
        "All",
        has(&applications.include_applications, "All"),
    );
    any(by_name.chain([by_all]).chain(filter(scene, applications))) != Truth::No
}

/// One resource that is included and not excluded is enough; without any it is the directory itself.
fn is_about_resource(scene: &Scene<'_>, applications: &ConditionalAccessApplications) -> bool {
    let (include, exclude) = (&applications.include_applications, &applications.exclude_applications);
    let resources = &scene.facts.application.resource_app_ids;
    let by_filter = filter(scene, applications);
    if resources.is_empty() {
        let by_all = scene.note("no resource", "All", has(include, "All"));
        return any([by_all].into_iter().chain(by_filter)) != Truth::No;
    }
    resources.iter().any(|resource| {
        is_met(
            any([names(scene, "includeApplications", include, resource)].into_iter().chain(by_filter)),
            names(scene, "excludeApplications", exclude, resource),
        )
    })
}

/// Nothing here has custom security attributes, so a filter by them cannot be judged.
fn filter(scene: &Scene<'_>, applications: &ConditionalAccessApplications) -> Option<Truth> {
    applications.application_filter.as_ref().map(|_| scene.note("applicationFilter", "any", None))
}

fn names(scene: &Scene<'_>, branch: &'static str, list: &[String], resource: &str) -> Truth {
    any(list.iter().map(|item| match item.to_lowercase().as_str() {
        "all" => scene.note(branch, "All", true),
        "none" => scene.note(branch, "None", false),
        "office365" => scene.note(branch, "Office365", OFFICE365_APP_IDS.iter().any(|id| same(id, resource))),
        "microsoftadminportals" => scene.note(
            branch,
            "MicrosoftAdminPortals",
            MICROSOFT_ADMIN_PORTAL_APP_IDS.iter().any(|id| same(id, resource)),
        ),
        _ => scene.note(branch, "id", same(item, resource)),
    }))
}
