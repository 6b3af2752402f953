//! What a sign-in meets while the security defaults are on.

use riskgate_access::{BlockReason, Control, Outcome};
use riskgate_directory::GLOBAL_ADMINISTRATOR;
use riskgate_model::*;
use riskgate_protection::SignInKind;

use crate::support::{HOME, TOR, World};

const ADMINISTRATORS: &str = "Security defaults: multifactor authentication for administrators";
const SIGN_INS_AT_RISK: &str = "Security defaults: multifactor authentication for sign-ins at risk";
const USERS_AT_RISK: &str = "Security defaults: multifactor authentication for users at risk";
const OTHER_CLIENTS: &str = "Security defaults: block clients that cannot pass multifactor authentication";

async fn turn_on(it: &World) {
    let on = IdentitySecurityDefaultsEnforcementPolicy {
        is_enabled: true,
        ..IdentitySecurityDefaultsEnforcementPolicy::initial()
    };
    it.insert_policy(&on).await;
}

/// Names of the policies that the log says were not satisfied.
async fn failed(it: &World, sign_in_id: &str) -> Vec<String> {
    let applied = it.record(sign_in_id).await.sign_in.applied_conditional_access_policies;
    let failed = applied
        .into_iter()
        .filter(|policy| policy.result == Some(AppliedConditionalAccessPolicyResult::Failure));
    failed.filter_map(|policy| policy.display_name).collect()
}

pub(crate) async fn security_defaults_leave_a_clean_sign_in_alone(it: World) {
    turn_on(&it).await;
    let judged = it.sign_in(HOME).await;
    assert_eq!(judged.decision.outcome, Outcome::Grant);
    let applied = it.record(&judged.sign_in_id).await.sign_in.applied_conditional_access_policies;
    assert_eq!(applied.len(), 4, "every one is in the log");
}

pub(crate) async fn security_defaults_ask_administrators_at_every_sign_in(it: World) {
    turn_on(&it).await;
    it.directory.add_role_assignment(&it.actor, &it.alice.id, GLOBAL_ADMINISTRATOR, "/").await.unwrap();
    let unregistered = it.sign_in(HOME).await;
    assert_eq!(unregistered.decision.outcome, Outcome::Interrupt { controls: vec![Control::RegisterMfa] });
    assert_eq!(failed(&it, &unregistered.sign_in_id).await, [ADMINISTRATORS]);
    it.register_authenticator().await;
    let judged = it.sign_in(HOME).await;
    assert_eq!(judged.decision.outcome, Outcome::Interrupt { controls: vec![Control::Mfa] });
    assert_eq!(it.pass_mfa(&judged.sign_in_id).await.decision.outcome, Outcome::Grant);
}

pub(crate) async fn security_defaults_ask_everybody_at_risk(it: World) {
    turn_on(&it).await;
    it.register_authenticator().await;
    let judged = it.sign_in(TOR).await;
    assert_eq!(judged.decision.outcome, Outcome::Interrupt { controls: vec![Control::Mfa] });
    assert_eq!(failed(&it, &judged.sign_in_id).await, [SIGN_INS_AT_RISK, USERS_AT_RISK]);
    let later = it.sign_in(HOME).await;
    assert_eq!(later.decision.outcome, Outcome::Interrupt { controls: vec![Control::Mfa] });
    assert_eq!(failed(&it, &later.sign_in_id).await, [USERS_AT_RISK], "the user stays at risk");
}

pub(crate) async fn security_defaults_block_other_clients(it: World) {
    turn_on(&it).await;
    let mut attempt = it.attempt(SignInKind::Interactive, HOME);
    attempt.application.client_app_type = ClientAppType::Other;
    let judged = it.protection.judge(&attempt).await.unwrap();
    assert_eq!(judged.decision.outcome, Outcome::Block { reason: BlockReason::Policy });
    assert_eq!(failed(&it, &judged.sign_in_id).await, [OTHER_CLIENTS]);
}

pub(crate) async fn security_defaults_that_are_off_demand_nothing(it: World) {
    it.insert(&IdentitySecurityDefaultsEnforcementPolicy::initial()).await;
    let judged = it.sign_in(TOR).await;
    assert_eq!(judged.decision.outcome, Outcome::Grant);
    assert!(it.record(&judged.sign_in_id).await.sign_in.applied_conditional_access_policies.is_empty());
}
