//! The policies that are in force while a tenant has its security defaults on. They are fixed, in no list of policies, and
//! in every trace by these names.

use riskgate_directory::{ROLES, Role};
use riskgate_model::{
    ConditionalAccessApplications, ConditionalAccessClientApp, ConditionalAccessConditionSet,
    ConditionalAccessGrantControl, ConditionalAccessGrantControls, ConditionalAccessPolicy,
    ConditionalAccessPolicyState, ConditionalAccessUsers, RiskLevel,
};

/// The policies.
pub(crate) fn security_defaults() -> Vec<ConditionalAccessPolicy> {
    use ConditionalAccessGrantControl::{Block, Mfa};
    let at_risk = || vec![RiskLevel::Medium, RiskLevel::High];
    let roles = ROLES.iter().filter(|role| role.is_powerful);
    let administrators = ConditionalAccessUsers {
        include_roles: roles.map(|role: &Role| role.template_id.to_owned()).collect(),
        ..ConditionalAccessUsers::default()
    };
    vec![
        policy(
            "00000000-0000-0000-0005-000000000001",
            "Security defaults: multifactor authentication for administrators",
            ConditionalAccessConditionSet { users: Some(administrators), ..everything() },
            Mfa,
        ),
        policy(
            "00000000-0000-0000-0005-000000000002",
            "Security defaults: multifactor authentication for sign-ins at risk",
            ConditionalAccessConditionSet { sign_in_risk_levels: at_risk(), ..everything() },
            Mfa,
        ),
        policy(
            "00000000-0000-0000-0005-000000000003",
            "Security defaults: multifactor authentication for users at risk",
            ConditionalAccessConditionSet { user_risk_levels: at_risk(), ..everything() },
            Mfa,
        ),
        policy(
            "00000000-0000-0000-0005-000000000004",
            "Security defaults: block clients that cannot pass multifactor authentication",
            ConditionalAccessConditionSet {
                client_app_types: vec![
                    ConditionalAccessClientApp::ExchangeActiveSync,
                    ConditionalAccessClientApp::Other,
                ],
                ..everything()
            },
            Block,
        ),
    ]
}

/// All users and applications, everywhere.
fn everything() -> ConditionalAccessConditionSet {
    let all = || vec!["All".to_owned()];
    ConditionalAccessConditionSet {
        applications: Some(ConditionalAccessApplications {
            include_applications: all(),
            ..ConditionalAccessApplications::default()
        }),
        client_app_types: vec![ConditionalAccessClientApp::All],
        users: Some(ConditionalAccessUsers { include_users: all(), ..ConditionalAccessUsers::default() }),
        ..ConditionalAccessConditionSet::default()
    }
}

fn policy(
    id: &str,
    name: &str,
    conditions: ConditionalAccessConditionSet,
    control: ConditionalAccessGrantControl,
) -> ConditionalAccessPolicy {
    ConditionalAccessPolicy {
        deleted_date_time: None,
        conditions,
        created_date_time: None,
        description: None,
        display_name: name.to_owned(),
        grant_controls: Some(ConditionalAccessGrantControls {
            built_in_controls: vec![control],
            operator: Some("OR".to_owned()),
            ..ConditionalAccessGrantControls::default()
        }),
        id: id.to_owned(),
        modified_date_time: None,
        session_controls: None,
        state: ConditionalAccessPolicyState::Enabled,
        template_id: None,
    }
}
