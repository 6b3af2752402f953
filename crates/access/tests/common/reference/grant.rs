//! §3.7 and §4.1: what one policy asks for.

use std::collections::BTreeSet;

use riskgate_access::{BlockReason, Control};
use riskgate_model::*;

use super::session::Limits;
use super::{Scene, same};

/// What a control, or a whole policy, comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Satisfied,
    /// The user can do these things.
    Ask(BTreeSet<Control>),
    /// Nothing the user can do now helps.
    Impossible(BlockReason),
}

fn ask(control: Control) -> Verdict {
    Verdict::Ask(BTreeSet::from([control]))
}

fn satisfied_or(is_satisfied: bool, otherwise: Verdict) -> Verdict {
    if is_satisfied { Verdict::Satisfied } else { otherwise }
}

/// The verdict of a policy that applies: its grant controls, and that nothing is older than its own sign-in frequency
/// allows. Of others' sign-in frequencies it is enough that they decide which factors still count.
pub fn verdict(scene: &Scene<'_>, policy: &ConditionalAccessPolicy, in_force: &Limits) -> Verdict {
    let own = Limits::of([policy]);
    own.note(scene);
    let mut verdicts = vec![grant_verdict(scene, policy, &in_force.and(&own))];
    if own.first_is_stale(scene.facts) {
        verdicts.push(note(scene, "sign in again", &ask_if_possible(scene, Control::SignInAgain)));
    }
    if own.second_is_stale(scene.facts) {
        verdicts.push(note(scene, "MFA again", &ask_for_mfa(scene, policy)));
    }
    all_of(verdicts)
}

fn grant_verdict(scene: &Scene<'_>, policy: &ConditionalAccessPolicy, limits: &Limits) -> Verdict {
    let Some(grant) = &policy.grant_controls else { return Verdict::Satisfied };
    if grant.built_in_controls.contains(&ConditionalAccessGrantControl::Block) {
        note(scene, "block", &Verdict::Impossible(BlockReason::Policy));
        return Verdict::Impossible(BlockReason::Policy);
    }
    let verdicts = each(scene, policy, grant, limits);
    if verdicts.is_empty() {
        return Verdict::Satisfied;
    }
    match &grant.operator {
        Some(operator) if same(operator, "OR") => note(scene, "OR", &one_of(verdicts)),
        _ => note(scene, "AND", &all_of(verdicts)),
    }
}

fn note(scene: &Scene<'_>, what: &str, verdict: &Verdict) -> Verdict {
    let branch = match verdict {
        Verdict::Satisfied => "control satisfied",
        Verdict::Ask(_) => "control asked for",
        Verdict::Impossible(_) => "control impossible",
    };
    scene.note(branch, what, true);
    verdict.clone()
}

/// All controls, in the order they are asked for (§3.2).
fn each(
    scene: &Scene<'_>,
    policy: &ConditionalAccessPolicy,
    grant: &ConditionalAccessGrantControls,
    limits: &Limits,
) -> Vec<Verdict> {
    use ConditionalAccessGrantControl as Kind;
    let has = |kind| grant.built_in_controls.contains(&kind);
    let mut verdicts = Vec::new();
    if has(Kind::Mfa) {
        verdicts.push(note(scene, "mfa", &mfa(scene, policy, limits)));
    }
    if let Some(reference) = &grant.authentication_strength {
        verdicts.push(note(scene, "authenticationStrength", &strength(scene, policy, limits, &reference.id)));
    }
    for kind in [Kind::CompliantDevice, Kind::DomainJoinedDevice] {
        if has(kind) {
            verdicts.push(note(scene, kind.name(), &device(scene, kind)));
        }
    }
    let never = Verdict::Impossible(BlockReason::Policy);
    for kind in [Kind::ApprovedApplication, Kind::CompliantApplication, Kind::UnknownFutureValue] {
        if has(kind) {
            verdicts.push(note(scene, kind.name(), &never));
        }
    }
    for kind in [Kind::PasswordChange, Kind::RiskRemediation] {
        if has(kind) {
            let is_closed = scene.facts.user.risk_level == RiskLevel::None;
            let verdict = satisfied_or(is_closed, ask_if_possible(scene, Control::ChangePassword));
            verdicts.push(note(scene, kind.name(), &verdict));
        }
    }
    let agreements: BTreeSet<_> = grant.terms_of_use.iter().collect();
    for agreement in agreements {
        let control = Control::AcceptTerms { agreement_id: agreement.as_str().into() };
        let accepted = scene.facts.user.accepted_agreement_ids.iter().any(|id| same(id, agreement));
        verdicts.push(note(scene, "termsOfUse", &satisfied_or(accepted, ask_if_possible(scene, control))));
    }
    if !grant.custom_authentication_factors.is_empty() {
        verdicts.push(note(scene, "customAuthenticationFactors", &never));
    }
    verdicts
}

fn all_of(verdicts: Vec<Verdict>) -> Verdict {
    let mut asked = BTreeSet::new();
    let mut reasons = BTreeSet::new();
    for verdict in verdicts {
        match verdict {
            Verdict::Satisfied => {}
            Verdict::Ask(controls) => asked.extend(controls),
            Verdict::Impossible(reason) => {
                reasons.insert(reason);
            }
        }
    }
    match reasons.first() {
        Some(reason) => Verdict::Impossible(*reason),
        None if asked.is_empty() => Verdict::Satisfied,
        None => Verdict::Ask(asked),
    }
}

fn one_of(verdicts: Vec<Verdict>) -> Verdict {
    if verdicts.contains(&Verdict::Satisfied) {
        return Verdict::Satisfied;
    }
    match verdicts.iter().find(|verdict| matches!(verdict, Verdict::Ask(_))) {
        Some(askable) => askable.clone(),
        None => all_of(verdicts),
    }
}

/// A client without a page cannot ask its user for anything.
fn ask_if_possible(scene: &Scene<'_>, control: Control) -> Verdict {
    match scene.facts.application.client_app_type {
        ClientAppType::Other => Verdict::Impossible(BlockReason::Policy),
        ClientAppType::Browser | ClientAppType::MobileAppsAndDesktopClients => ask(control),
    }
}

fn mfa(scene: &Scene<'_>, policy: &ConditionalAccessPolicy, limits: &Limits) -> Verdict {
    if limits.has_fresh_mfa(scene.facts) {
        return Verdict::Satisfied;
    }
    ask_for_mfa(scene, policy)
}

fn ask_for_mfa(scene: &Scene<'_>, policy: &ConditionalAccessPolicy) -> Verdict {
    match scene.facts.user.is_mfa_capable() {
        true => ask_if_possible(scene, Control::Mfa),
        false => register(scene, policy),
    }
}

/// Whoever signs in while there is risk may be an attacker who would register a method of his own.
fn register(scene: &Scene<'_>, policy: &ConditionalAccessPolicy) -> Verdict {
    let names_risk =
        !policy.conditions.sign_in_risk_levels.is_empty() || !policy.conditions.user_risk_levels.is_empty();
    let is_low = |level| matches!(level, RiskLevel::None | RiskLevel::Low);
    match ask_if_possible(scene, Control::RegisterMfa) {
        Verdict::Ask(_) if names_risk || !is_low(scene.risk) || !is_low(scene.facts.user.risk_level) => {
            note(scene, "registration", &Verdict::Impossible(BlockReason::RegistrationBlockedByRisk))
        }
        verdict => note(scene, "registration", &verdict),
    }
}

fn device(scene: &Scene<'_>, kind: ConditionalAccessGrantControl) -> Verdict {
    let by_code = scene.facts.authentication.transfer_method == Some(TransferMethod::DeviceCodeFlow);
    let device = scene.facts.device.as_ref().filter(|_| !by_code);
    if kind == ConditionalAccessGrantControl::CompliantDevice {
        let is_compliant = device.is_some_and(|device| device.is_compliant == Some(true));
        return satisfied_or(is_compliant, Verdict::Impossible(BlockReason::DeviceNotCompliant));
    }
    let is_joined = device.is_some_and(DeviceFacts::is_domain_joined);
    satisfied_or(is_joined, Verdict::Impossible(BlockReason::DeviceNotDomainJoined))
}

fn strength(scene: &Scene<'_>, policy: &ConditionalAccessPolicy, limits: &Limits, id: &str) -> Verdict {
    use AuthenticationMethodKind::{
        FederatedSingleFactor, Fido2, MicrosoftAuthenticatorPush, Password, SoftwareOath,
        TemporaryAccessPassMultiUse, TemporaryAccessPassOneTime,
    };
    let Some(strength) = scene.tenant.strengths.iter().find(|strength| same(&strength.id, id)) else {
        scene.note("strength", "missing", true);
        return Verdict::Impossible(BlockReason::Policy);
    };
    let one_is_made_of = |has: &dyn Fn(AuthenticationMethodKind) -> bool| {
        strength.allowed_combinations.iter().any(|combination| {
            combination.members().iter().all(|member| match *member {
                "password" => has(Password),
                "softwareOath" => has(SoftwareOath),
                "fido2" => has(Fido2),
                "microsoftAuthenticatorPush" => has(MicrosoftAuthenticatorPush),
                "federatedSingleFactor" => has(FederatedSingleFactor),
                "temporaryAccessPassOneTime" => has(TemporaryAccessPassOneTime),
                "temporaryAccessPassMultiUse" => has(TemporaryAccessPassMultiUse),
                _ => false,
            })
        })
    };
    let registered = &scene.facts.user.registered_methods;
    let is_there = |method| method == Password || registered.contains(&method);
    if one_is_made_of(&|method| limits.is_fresh(scene.facts, method)) {
        scene.note("strength", "passed", true);
        return Verdict::Satisfied;
    }
    if one_is_made_of(&is_there) {
        scene.note("strength", "can be passed", true);
        return ask_if_possible(
            scene,
            Control::AuthenticationStrength { strength_id: strength.id.as_str().into() },
        );
    }
    if one_is_made_of(&|method| method == SoftwareOath || is_there(method)) {
        scene.note("strength", "can be registered", true);
        return register(scene, policy);
    }
    scene.note("strength", "out of reach", true);
    Verdict::Impossible(BlockReason::Policy)
}

/// Whether the policy wants two kinds of factor, passed or not.
pub fn asks_for_mfa(scene: &Scene<'_>, policy: &ConditionalAccessPolicy) -> bool {
    let Some(grant) = &policy.grant_controls else { return false };
    if grant.built_in_controls.contains(&ConditionalAccessGrantControl::Block) {
        return false;
    }
    let by_strength = grant.authentication_strength.as_ref().is_some_and(|reference| {
        scene.tenant.strengths.iter().any(|strength| {
            same(&strength.id, &reference.id) && strength.requirements_satisfied.members().contains(&"mfa")
        })
    });
    grant.built_in_controls.contains(&ConditionalAccessGrantControl::Mfa) || by_strength
}
