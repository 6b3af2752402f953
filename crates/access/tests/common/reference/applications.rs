//! §3.4: what a policy is about.

use riskgate_access::{MICROSOFT_ADMIN_PORTAL_APP_IDS, OFFICE365_APP_IDS};
use riskgate_model::*;

use super::conditions::security_attributes_match;
use super::{Scene, Truth, any, has, is_met, same, with_filter};

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

/// Contract §1.2.3: `All` covers user actions; exclusions and filters name resources, and an action has none.
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
    any(by_name.chain([by_all])) != Truth::No
}

/// One resource that is included and not excluded is enough; without any it is the directory itself, which no filter names.
fn is_about_resource(scene: &Scene<'_>, applications: &ConditionalAccessApplications) -> bool {
    let (include, exclude) = (&applications.include_applications, &applications.exclude_applications);
    let application = &scene.facts.application;
    if application.resource_app_ids.is_empty() {
        return scene.note("no resource", "All", has(include, "All")) != Truth::No;
    }
    application.resource_app_ids.iter().any(|resource| {
        let attributes = application.resource_attributes.iter().find(|(id, _)| same(id, resource));
        let by_filter = applications.application_filter.as_ref().map(|filter| {
            let attributes = attributes.map(|(_, attributes)| attributes);
            (filter.mode, security_attributes_match(scene, "applicationFilter", filter, attributes))
        });
        let listed = names(scene, "includeApplications", include, resource);
        let excluded = names(scene, "excludeApplications", exclude, resource);
        let (include, exclude) = with_filter(listed, excluded, by_filter);
        is_met(include, exclude)
    })
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
