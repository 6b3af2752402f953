//! §3.3: who a policy is about.

use riskgate_model::*;

use super::{Scene, Truth, any, has, is_met, same};

pub fn are_met(scene: &Scene<'_>, users: &ConditionalAccessUsers) -> bool {
    let include = any([
        by_name(scene, "includeUsers", &users.include_users),
        by_membership(scene, "includeGroups", &users.include_groups, &scene.facts.user.group_ids),
        by_membership(scene, "includeRoles", &users.include_roles, &scene.facts.user.role_template_ids),
        by_kind(scene, "includeGuestsOrExternalUsers", users.include_guests_or_external_users.as_ref()),
    ]);
    let exclude = any([
        by_name(scene, "excludeUsers", &users.exclude_users),
        by_membership(scene, "excludeGroups", &users.exclude_groups, &scene.facts.user.group_ids),
        by_membership(scene, "excludeRoles", &users.exclude_roles, &scene.facts.user.role_template_ids),
        by_kind(scene, "excludeGuestsOrExternalUsers", users.exclude_guests_or_external_users.as_ref()),
    ]);
    is_met(include, exclude)
}

fn by_name(scene: &Scene<'_>, branch: &'static str, ids: &[String]) -> Truth {
    let user = &scene.facts.user;
    any(ids.iter().map(|id| match id.to_lowercase().as_str() {
        "all" => scene.note(branch, "All", true),
        "none" => scene.note(branch, "None", false),
        "guestsorexternalusers" => {
            scene.note(branch, "GuestsOrExternalUsers", user.is_guest || user.external.is_some())
        }
        _ => scene.note(branch, "id", same(id, &user.id)),
    }))
}

fn by_membership<'a>(
    scene: &Scene<'_>,
    branch: &'static str,
    ids: &[String],
    own: impl IntoIterator<Item = &'a String>,
) -> Truth {
    if ids.is_empty() {
        return Truth::No;
    }
    scene.note(branch, "id", own.into_iter().any(|id| has(ids, id)))
}

/// The six kinds of guests, each from any tenant or from named ones.
fn by_kind(
    scene: &Scene<'_>,
    branch: &'static str,
    selected: Option<&ConditionalAccessGuestsOrExternalUsers>,
) -> Truth {
    let Some(selected) = selected else { return Truth::No };
    any(selected.guest_or_external_user_types.members().iter().map(|kind| {
        let truth = match &scene.facts.user.external {
            Some(external) if external.kind.name() == *kind => {
                is_from(scene, external, selected.external_tenants.as_ref())
            }
            Some(_) => Truth::No,
            // A guest of whom nobody says which kind of guest he is.
            None if scene.facts.user.is_guest && *kind != "none" => Truth::Unknown,
            None => Truth::No,
        };
        scene.note(branch, kind, truth)
    }))
}

fn is_from(scene: &Scene<'_>, external: &ExternalUserFacts, tenants: Option<&AnyExternalTenants>) -> Truth {
    let branch = "externalTenants";
    match tenants {
        None => scene.note(branch, "not configured", true),
        Some(AnyExternalTenants::All(_)) => scene.note(branch, "all", true),
        Some(AnyExternalTenants::Enumerated(_)) if external.kind == ExternalUserKind::InternalGuest => {
            scene.note(branch, "enumerated for an internal guest", true)
        }
        Some(AnyExternalTenants::Enumerated(tenants)) => {
            let truth = external
                .tenant_id
                .as_ref()
                .map_or(Truth::Unknown, |tenant| has(&tenants.members, tenant).into());
            scene.note(branch, "enumerated", truth)
        }
    }
}
