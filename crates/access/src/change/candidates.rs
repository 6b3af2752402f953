use riskgate_model::{
    AuthenticationMethodKind, ClientAppType, ConditionalAccessDevicePlatform as Platform, DeviceFacts,
    InsiderRiskLevel, MethodUse, RiskLevel, SignInFacts, SignInLocation,
};

use super::Change;
use crate::decision::{Control, Outcome};
use crate::evaluate::evaluate;
use crate::policy_set::{PolicySet, Sample};

/// Everything that could be different, apart from what already is so.
pub(super) fn of(facts: &SignInFacts, sign_in_risk: RiskLevel, policies: &PolicySet) -> Vec<Change> {
    let mut changes = proofs(facts, sign_in_risk, policies);
    changes.extend(policies.samples.iter().map(|place| Change::FromLocation {
        location_id: place.location_id.clone(),
        display_name: place.display_name.clone(),
        is_trusted: place.is_trusted,
    }));
    changes.extend(devices(facts));
    changes.extend(risks(facts, sign_in_risk));
    changes
}

/// What the person can do himself: pass, prove again, accept. What the decision asks for is among it.
fn proofs(facts: &SignInFacts, sign_in_risk: RiskLevel, policies: &PolicySet) -> Vec<Change> {
    let mut changes = vec![Change::PassMfa, Change::UsePasskey, Change::SignInAgain];
    if let Outcome::Interrupt { controls } = evaluate(facts, sign_in_risk, policies).outcome {
        let terms = controls.into_iter().filter_map(|control| match control {
            Control::AcceptTerms { agreement_id } => Some(Change::AcceptTerms { agreement_id }),
            _ => None,
        });
        changes.extend(terms);
    }
    changes
}

fn devices(facts: &SignInFacts) -> Vec<Change> {
    let mut changes = vec![Change::CompliantDevice, Change::DomainJoinedDevice];
    let platforms =
        [Platform::Android, Platform::IOS, Platform::Windows, Platform::MacOS, Platform::Linux].into_iter();
    let others = platforms.filter(|platform| facts.client.platform != Some(*platform));
    changes.extend(others.map(|platform| Change::Platform { platform }));
    let clients = [ClientAppType::Browser, ClientAppType::MobileAppsAndDesktopClients].into_iter();
    let others = clients.filter(|client| facts.application.client_app_type != *client);
    changes.extend(others.map(|client_app_type| Change::Client { client_app_type }));
    changes.extend(facts.authentication.transfer_method.map(|_| Change::WithoutTransfer));
    changes
}

fn risks(facts: &SignInFacts, sign_in_risk: RiskLevel) -> Vec<Change> {
    let levels = [RiskLevel::Medium, RiskLevel::Low, RiskLevel::None].into_iter();
    let below = |than: RiskLevel| levels.clone().filter(move |level| level.severity() < than.severity());
    let mut changes: Vec<_> = below(sign_in_risk).map(|level| Change::SignInRisk { level }).collect();
    changes.extend(below(facts.user.risk_level).map(|level| Change::UserRisk { level }));
    let insider = [InsiderRiskLevel::Moderate, InsiderRiskLevel::Minor, InsiderRiskLevel::None].into_iter();
    let lower = insider.filter(|level| facts.user.insider_risk_level.is_none_or(|own| *level < own));
    changes.extend(lower.map(|level| Change::InsiderRisk { level }));
    changes
}

/// Makes a change to the facts.
pub(super) fn apply(change: &Change, facts: &mut SignInFacts, risk: &mut RiskLevel, policies: &PolicySet) {
    match change {
        Change::PassMfa => prove(facts, AuthenticationMethodKind::SoftwareOath),
        Change::UsePasskey => prove(facts, AuthenticationMethodKind::Fido2),
        Change::SignInAgain => prove(facts, AuthenticationMethodKind::Password),
        Change::AcceptTerms { agreement_id } => {
            facts.user.accepted_agreement_ids.insert(agreement_id.to_string());
        }
        Change::FromLocation { location_id, .. } => {
            let place = policies.samples.iter().find(|place| place.location_id == *location_id);
            if let Some(place) = place {
                go_to(facts, place);
            }
        }
        Change::CompliantDevice => device(facts).is_compliant = Some(true),
        Change::DomainJoinedDevice => device(facts).trust_type = Some("ServerAD".to_owned()),
        Change::Platform { platform } => facts.client.platform = Some(*platform),
        Change::Client { client_app_type } => facts.application.client_app_type = *client_app_type,
        Change::WithoutTransfer => facts.authentication.transfer_method = None,
        Change::SignInRisk { level } => *risk = *level,
        Change::UserRisk { level } => facts.user.risk_level = *level,
        Change::InsiderRisk { level } => facts.user.insider_risk_level = Some(*level),
    }
}

fn prove(facts: &mut SignInFacts, method: AuthenticationMethodKind) {
    facts.authentication.methods.push(MethodUse { method, at: facts.at });
    facts.user.registered_methods.insert(method);
}

fn device(facts: &mut SignInFacts) -> &mut DeviceFacts {
    facts.device.get_or_insert_default()
}

fn go_to(facts: &mut SignInFacts, place: &Sample) {
    if let Some(address) = place.address {
        facts.network.ip_address = address;
    }
    if let Some(country) = &place.country {
        let location = facts.network.location.get_or_insert_with(SignInLocation::default);
        location.country_or_region = Some(country.to_string());
    }
}
