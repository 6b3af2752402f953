//! §3.1 and §3.6: every condition that is configured must be met.

use riskgate_model::*;

use super::locations::Place;
use super::{Scene, Truth, any, applications, filter_rule, is_met, locations, users};

/// Whether the policy is about this user and what he asks for.
pub fn are_about(scene: &Scene<'_>, policy: &ConditionalAccessPolicy) -> bool {
    let conditions = &policy.conditions;
    conditions.client_applications.is_none()
        && conditions.users.as_ref().is_none_or(|users| users::are_met(scene, users))
        && conditions.applications.as_ref().is_none_or(|apps| applications::are_met(scene, apps))
}

/// Whether the policy applies to a sign-in of a user.
pub fn apply(scene: &Scene<'_>, policy: &ConditionalAccessPolicy) -> bool {
    let (conditions, facts) = (&policy.conditions, scene.facts);
    let place = Place { address: facts.network.ip_address, country: facts.network.country() };
    // Every one is looked at, so that the counters do not depend on the order.
    [
        are_about(scene, policy),
        client_app_types(scene, &conditions.client_app_types),
        conditions.platforms.as_ref().is_none_or(|platforms| platforms_are_met(scene, platforms)),
        conditions.locations.as_ref().is_none_or(|list| locations::are_met(scene, &place, list)),
        conditions
            .devices
            .as_ref()
            .and_then(|devices| devices.device_filter.as_ref())
            .is_none_or(|filter| device_filter(scene, filter)),
        risk_levels(scene, "signInRiskLevels", &conditions.sign_in_risk_levels, scene.risk),
        risk_levels(scene, "userRiskLevels", &conditions.user_risk_levels, facts.user.risk_level),
        conditions.insider_risk_levels.as_ref().is_none_or(|levels| insider_risk(scene, levels)),
        conditions.authentication_flows.as_ref().is_none_or(|flows| transfer_methods(scene, flows)),
    ]
    .into_iter()
    .all(|met| met)
}

fn client_app_types(scene: &Scene<'_>, types: &[ConditionalAccessClientApp]) -> bool {
    use ConditionalAccessClientApp as Policy;
    let own = scene.facts.application.client_app_type;
    types.is_empty()
        || any(types.iter().map(|kind| {
            let matches = match kind {
                Policy::All => true,
                Policy::Browser => own == ClientAppType::Browser,
                Policy::MobileAppsAndDesktopClients => own == ClientAppType::MobileAppsAndDesktopClients,
                Policy::Other => own == ClientAppType::Other,
                // No client here speaks Exchange.
                Policy::ExchangeActiveSync | Policy::EasSupported | Policy::UnknownFutureValue => false,
            };
            scene.note("clientAppTypes", kind.name(), matches)
        })) != Truth::No
}

fn platforms_are_met(scene: &Scene<'_>, platforms: &ConditionalAccessPlatforms) -> bool {
    use ConditionalAccessDevicePlatform::{All, UnknownFutureValue};
    let own = scene.facts.client.platform.filter(|own| !matches!(own, All | UnknownFutureValue));
    let names = |branch, list: &[ConditionalAccessDevicePlatform]| {
        any(list.iter().map(|platform| {
            let truth = match own {
                _ if *platform == All => Truth::Yes,
                Some(own) => (own == *platform).into(),
                None => Truth::Unknown,
            };
            scene.note(branch, platform.name(), truth)
        }))
    };
    let include = match platforms.include_platforms.as_slice() {
        [] => Truth::Yes,
        platforms => names("includePlatforms", platforms),
    };
    is_met(include, names("excludePlatforms", &platforms.exclude_platforms))
}

/// Exact levels and not "at least" (§3.6).
pub fn risk_levels(scene: &Scene<'_>, branch: &'static str, levels: &[RiskLevel], own: RiskLevel) -> bool {
    levels.is_empty()
        || any(levels.iter().map(|level| {
            let truth = match own {
                RiskLevel::Hidden | RiskLevel::UnknownFutureValue => Truth::Unknown,
                _ => (own == *level).into(),
            };
            scene.note(branch, level.name(), truth)
        })) != Truth::No
}

fn insider_risk(scene: &Scene<'_>, levels: &ConditionalAccessInsiderRiskLevels) -> bool {
    any(levels.members().iter().map(|level| {
        let truth = match scene.facts.user.insider_risk_level {
            None | Some(InsiderRiskLevel::UnknownFutureValue) => Truth::Unknown,
            Some(own) => (own.name() == *level).into(),
        };
        scene.note("insiderRiskLevels", level, truth)
    })) != Truth::No
}

fn transfer_methods(scene: &Scene<'_>, flows: &ConditionalAccessAuthenticationFlows) -> bool {
    let own = scene.facts.authentication.transfer_method.map(TransferMethod::name);
    any(flows.transfer_methods.members().iter().map(|method| {
        // `none` means that the condition is not configured.
        scene.note("transferMethods", method, *method == "none" || own == Some(*method))
    })) != Truth::No
}

fn device_filter(scene: &Scene<'_>, filter: &ConditionalAccessFilter) -> bool {
    match filter_rule::matches_device(scene, &filter.rule) {
        // A rule that cannot be read cannot be judged, and that closes.
        None => scene.note("deviceFilter", "unreadable", Truth::Unknown) != Truth::No,
        Some(matches) => {
            let wanted = filter.mode == FilterMode::Include;
            scene.note("deviceFilter", filter.mode.name(), matches == wanted) == Truth::Yes
        }
    }
}

/// Whether a filter matches a service principal with these attributes; what is not known cannot be judged.
pub fn security_attributes_match(
    scene: &Scene<'_>,
    branch: &'static str,
    filter: &ConditionalAccessFilter,
    attributes: Option<&SecurityAttributeFacts>,
) -> Truth {
    let Some(attributes) = attributes else { return scene.note(branch, "not known", Truth::Unknown) };
    match filter_rule::matches_service_principal(scene, &filter.rule, attributes) {
        None => scene.note(branch, "unreadable", Truth::Unknown),
        Some(matches) => scene.note(branch, filter.mode.name(), matches),
    }
}
