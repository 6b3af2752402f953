use riskgate_access::{Decision, Outcome};
use riskgate_model::{
    ClientAppType, RiskDetail, RiskLevel, RiskState, SignIn, SignInFacts, SignInLocation, SignInStatus,
};
use riskgate_risk::Assessment;

use crate::sign_ins::device::device_detail;
use crate::{Attempt, Protection, SignInKind};

impl Protection {
    /// The sign-in as Graph shows it. `has_detections` tells whether some detection is of this sign-in; without one there
    /// is risk that was found before, and nothing of this sign-in that could be closed.
    pub(crate) fn sign_in(
        &self,
        attempt: &Attempt,
        facts: &SignInFacts,
        assessment: &Assessment,
        decision: &Decision,
        has_detections: bool,
    ) -> SignIn {
        let (risk_state, risk_level_aggregated) = match has_detections {
            true => (RiskState::AtRisk, assessment.sign_in_level),
            false => (RiskState::None, RiskLevel::None),
        };
        SignIn {
            applied_conditional_access_policies: decision.applied_policies(),
            conditional_access_status: Some(decision.conditional_access_status),
            risk_detail: Some(RiskDetail::None),
            risk_event_types_v2: assessment
                .findings
                .iter()
                .map(|finding| finding.risk_event_type.clone())
                .collect(),
            risk_level_aggregated: Some(risk_level_aggregated),
            risk_level_during_sign_in: Some(assessment.sign_in_level),
            risk_state: Some(risk_state),
            status: Some(status(decision.outcome.error_code())),
            ..self.bare_sign_in(attempt, facts)
        }
    }

    /// A sign-in without risk and decision.
    pub(crate) fn bare_sign_in(&self, attempt: &Attempt, facts: &SignInFacts) -> SignIn {
        let tenant = Some(self.tenant.to_string());
        let resource = attempt.application.resources.first();
        SignIn {
            id: attempt.request_id.clone(),
            app_display_name: attempt.application.client_display_name.clone(),
            app_id: Some(attempt.application.client_app_id.clone()),
            applied_conditional_access_policies: Vec::new(),
            client_app_used: Some(client_app_used(attempt.application.client_app_type).to_owned()),
            conditional_access_status: None,
            correlation_id: Some(attempt.correlation_id.clone()),
            created_date_time: facts.at,
            device_detail: Some(device_detail(facts)),
            home_tenant_id: tenant.clone(),
            ip_address: Some(facts.network.ip_address.to_string()),
            is_interactive: Some(attempt.kind == SignInKind::Interactive),
            location: Some(facts.network.location.clone().unwrap_or_else(unknown_place)),
            resource_display_name: resource.and_then(|resource| resource.display_name.clone()),
            resource_id: resource.map(|resource| resource.app_id.clone()),
            resource_tenant_id: tenant,
            risk_detail: Some(RiskDetail::None),
            risk_event_types: Vec::new(),
            risk_event_types_v2: Vec::new(),
            risk_level_aggregated: Some(RiskLevel::None),
            risk_level_during_sign_in: Some(RiskLevel::None),
            risk_state: Some(RiskState::None),
            service_principal_id: None,
            service_principal_name: None,
            status: None,
            user_agent: attempt.user_agent.clone(),
            user_display_name: attempt.user.display_name.clone(),
            user_id: attempt.user.id.clone(),
            user_principal_name: attempt.user.user_principal_name.as_deref().map(str::to_lowercase),
        }
    }
}

/// A place nothing is known about: present with nulls, as Graph sends it.
fn unknown_place() -> SignInLocation {
    SignInLocation { city: None, country_or_region: None, geo_coordinates: None, state: None }
}

fn client_app_used(kind: ClientAppType) -> &'static str {
    match kind {
        ClientAppType::Browser => "Browser",
        ClientAppType::MobileAppsAndDesktopClients => "Mobile Apps and Desktop clients",
        ClientAppType::Other => "Other clients",
    }
}

/// `status` for an error code; `None` is success.
pub(crate) fn status(error_code: Option<i32>) -> SignInStatus {
    SignInStatus {
        additional_details: None,
        error_code: Some(error_code.unwrap_or(0)),
        failure_reason: Some(error_code.map_or("Other.", failure_reason).to_owned()),
    }
}

/// What a code of the sign-in log means (`entra-semantics` §3.11), for administrators and clients.
pub fn failure_reason(error_code: i32) -> &'static str {
    match error_code {
        50_008 => "The token of the identity provider is missing or wrong.",
        50_012 => "The identity provider refused the sign-in, or the person cancelled it.",
        50_020 => "The user who signed in is not the one the application asked for.",
        50_053 => "The account is locked because of too many wrong passwords.",
        50_055 => "The password must be changed.",
        50_057 => "The account is disabled.",
        50_058 => "Nobody is signed in on this browser, and no page may be shown.",
        50_072 => "The user must register for multifactor authentication.",
        50_074 | 50_076 => "Multifactor authentication is required.",
        50_126 => "Wrong user name or password.",
        50_131 => "Conditional Access asked again for what had just been done.",
        50_135 => "The password must be changed because the account is at risk.",
        50_158 => "The terms of use were not accepted.",
        53_000 => "The device does not comply with the rules of the organization, or no device was proven.",
        53_001 => "The device is not joined to a domain, or no device was proven.",
        53_003 => "Access is blocked by Conditional Access policies.",
        53_004 => {
            "Multifactor authentication is required, none is registered, and registering is refused because of risk."
        }
        53_011 => "The account is at risk, and its password is kept by an identity provider.",
        53_010 => "Registering security information is not allowed from here.",
        51_004 => "The external account belongs to nobody here.",
        65_001 => "The user or an administrator has not consented to the permissions asked for.",
        65_004 => "The user declined to consent.",
        70_043 => "The sign-in is older than the sign-in frequency allows; the user must sign in again.",
        90_033 => "The identity provider cannot be reached.",
        500_121 => "Multifactor authentication failed.",
        _ => "Sign-in failed.",
    }
}

/// Whether a decision lets the person in.
pub(crate) fn is_granted(decision: &Decision) -> bool {
    decision.outcome == Outcome::Grant
}
