use riskgate_model::{
    ConditionalAccessAuthenticationFlows, ConditionalAccessClientApp, ConditionalAccessConditionSet,
    ConditionalAccessDevicePlatform as Platform, ConditionalAccessInsiderRiskLevels,
    ConditionalAccessLocations, ConditionalAccessPlatforms, RiskLevel,
};

use super::{alone, items};
use crate::error::PolicyError;
use crate::filter_rule::DeviceFilterRule;
use crate::keyword::{self, ALL, ALL_TRUSTED, MFA_TRUSTED_IPS};
use crate::known::{KnownObjects, ObjectKind};

/// Graph contract §4 rules 8 to 12.
pub(super) fn validate(
    conditions: &ConditionalAccessConditionSet,
    known: &impl KnownObjects,
) -> Result<(), PolicyError> {
    client_app_types(&conditions.client_app_types)?;
    risk_levels("signInRiskLevels", &conditions.sign_in_risk_levels)?;
    risk_levels("userRiskLevels", &conditions.user_risk_levels)?;
    risk_levels("servicePrincipalRiskLevels", &conditions.service_principal_risk_levels)?;
    if let Some(locations) = &conditions.locations {
        validate_locations(locations, known)?;
    }
    if let Some(found) = &conditions.platforms {
        platforms(found)?;
    }
    if let Some(filter) = conditions.devices.as_ref().and_then(|devices| devices.device_filter.as_ref()) {
        DeviceFilterRule::parse(&filter.rule).map_err(|error| {
            PolicyError::invalid("conditions/devices/deviceFilter/rule", error.to_string())
        })?;
    }
    if let Some(flows) = &conditions.authentication_flows {
        authentication_flows(flows)?;
    }
    conditions.insider_risk_levels.as_ref().map_or(Ok(()), insider_risk_levels)
}

fn client_app_types(types: &[ConditionalAccessClientApp]) -> Result<(), PolicyError> {
    use ConditionalAccessClientApp::{All, UnknownFutureValue};
    if types.contains(&UnknownFutureValue) {
        return Err(not_accepted("clientAppTypes", UnknownFutureValue));
    }
    if types.contains(&All) && types.len() > 1 {
        return Err(PolicyError::invalid("conditions/clientAppTypes", "'all' must be the only item"));
    }
    Ok(())
}

fn risk_levels(property: &str, levels: &[RiskLevel]) -> Result<(), PolicyError> {
    let is_unknown = |level: &&RiskLevel| matches!(level, RiskLevel::Hidden | RiskLevel::UnknownFutureValue);
    match levels.iter().find(is_unknown) {
        Some(level) => Err(not_accepted(property, level)),
        None => Ok(()),
    }
}

fn not_accepted(property: &str, value: impl std::fmt::Display) -> PolicyError {
    PolicyError::Schema(format!("The value '{value}' is not accepted in '{property}'."))
}

fn platforms(platforms: &ConditionalAccessPlatforms) -> Result<(), PolicyError> {
    let (include, exclude) = (&platforms.include_platforms, &platforms.exclude_platforms);
    if include.contains(&Platform::UnknownFutureValue) || exclude.contains(&Platform::UnknownFutureValue) {
        return Err(not_accepted("platforms", Platform::UnknownFutureValue));
    }
    if include.is_empty() {
        let problem = "it must name the platforms to include, or be ['all']";
        return Err(PolicyError::invalid("conditions/platforms/includePlatforms", problem));
    }
    if include.contains(&Platform::All) && include.len() > 1 {
        let problem = "'all' must be the only item";
        return Err(PolicyError::invalid("conditions/platforms/includePlatforms", problem));
    }
    if exclude.contains(&Platform::All) {
        let problem = "'all' cannot be excluded: the policy would never apply";
        return Err(PolicyError::invalid("conditions/platforms/excludePlatforms", problem));
    }
    Ok(())
}

fn authentication_flows(flows: &ConditionalAccessAuthenticationFlows) -> Result<(), PolicyError> {
    let members = flows.transfer_methods.members();
    if members.contains(&"unknownFutureValue") {
        return Err(not_accepted("transferMethods", "unknownFutureValue"));
    }
    if members.contains(&"none") && members.len() > 1 {
        let problem = "'none' must stand alone";
        return Err(PolicyError::invalid("conditions/authenticationFlows/transferMethods", problem));
    }
    Ok(())
}

fn insider_risk_levels(levels: &ConditionalAccessInsiderRiskLevels) -> Result<(), PolicyError> {
    match levels.members().contains(&"unknownFutureValue") {
        true => Err(not_accepted("insiderRiskLevels", "unknownFutureValue")),
        false => Ok(()),
    }
}

fn validate_locations(
    locations: &ConditionalAccessLocations,
    known: &impl KnownObjects,
) -> Result<(), PolicyError> {
    let (include, exclude) = (&locations.include_locations, &locations.exclude_locations);
    if include.is_empty() {
        let problem =
            "it must name the locations to include: 'All', 'AllTrusted' or identifiers of named locations";
        return Err(PolicyError::invalid("conditions/locations/includeLocations", problem));
    }
    if keyword::has(include, MFA_TRUSTED_IPS) || keyword::has(exclude, MFA_TRUSTED_IPS) {
        return Err(PolicyError::value_not_enforced("conditions/locations", MFA_TRUSTED_IPS));
    }
    alone("conditions/locations/includeLocations", include, &[ALL])?;
    let kind = ObjectKind::NamedLocation;
    items("conditions/locations/includeLocations", include, kind, &[ALL, ALL_TRUSTED], known)?;
    items("conditions/locations/excludeLocations", exclude, kind, &[ALL_TRUSTED], known)
}
