use riskgate_model::{
    ConditionalAccessClientApp, ConditionalAccessConditionSet, ConditionalAccessLocations, RiskLevel,
};

use super::{alone, items};
use crate::error::PolicyError;
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
    if let Some(locations) = &conditions.locations {
        validate_locations(locations, known)?;
    }
    let unenforced = [
        ("conditions/platforms", conditions.platforms.is_some()),
        ("conditions/devices", conditions.devices.is_some()),
        ("conditions/authenticationFlows", conditions.authentication_flows.is_some()),
        ("conditions/insiderRiskLevels", conditions.insider_risk_levels.is_some()),
    ];
    match unenforced.into_iter().find(|(_, is_set)| *is_set) {
        Some((property, _)) => Err(PolicyError::not_enforced(property)),
        None => Ok(()),
    }
}

fn client_app_types(types: &[ConditionalAccessClientApp]) -> Result<(), PolicyError> {
    use ConditionalAccessClientApp::{All, EasSupported, ExchangeActiveSync, UnknownFutureValue};
    if types.contains(&UnknownFutureValue) {
        return Err(not_accepted("clientAppTypes", UnknownFutureValue));
    }
    if types.contains(&All) && types.len() > 1 {
        return Err(PolicyError::invalid("conditions/clientAppTypes", "'all' must be the only item"));
    }
    match types.iter().find(|kind| matches!(kind, ExchangeActiveSync | EasSupported)) {
        Some(kind) => Err(PolicyError::value_not_enforced("conditions/clientAppTypes", kind)),
        None => Ok(()),
    }
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
