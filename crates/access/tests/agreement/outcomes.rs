//! Whether every answer there is was given.

use std::collections::BTreeSet;

use riskgate_access::{BlockReason, Control, Outcome};
use riskgate_model::schema::EnumType;
use riskgate_model::{
    AppliedConditionalAccessPolicyResult, ConditionalAccessStatus, GraphEnum, PersistentBrowserSessionMode,
};

use crate::common::Answer;
use crate::common::generator::member_names;

/// What was answered.
#[derive(Default)]
pub struct OutcomeCoverage(BTreeSet<String>);

impl OutcomeCoverage {
    pub fn add(&mut self, answer: &Answer) {
        let outcome = match &answer.outcome {
            Outcome::Grant => vec!["grant".to_owned()],
            Outcome::Interrupt { controls } => {
                controls.iter().map(|control| name(control).to_owned()).collect()
            }
            Outcome::Block { reason } => vec![format!("{reason:?}")],
        };
        let session = &answer.session;
        let demands = [
            ("sign-in frequency", session.sign_in_frequency_seconds.is_some()),
            ("secondary frequency", session.secondary_frequency_seconds.is_some()),
            ("always persistent", session.persistent_browser == Some(PersistentBrowserSessionMode::Always)),
            ("never persistent", session.persistent_browser == Some(PersistentBrowserSessionMode::Never)),
            ("no resilience", session.disable_resilience_defaults),
            ("restrictions", session.application_enforced_restrictions),
            ("MFA because of risk", !answer.risk_based_mfa.is_empty()),
        ];
        self.0.extend(outcome);
        self.0.extend(demands.map(|(demand, is_made)| format!("{demand}: {is_made}")));
        self.0.extend(answer.results.values().map(|result| format!("result {}", result.name())));
        self.0.insert(format!("status {}", answer.status.name()));
    }

    /// What should have been answered at least once and was not.
    pub fn missing(&self) -> Vec<String> {
        let blocks = [
            BlockReason::Policy,
            BlockReason::RegistrationNotAllowed,
            BlockReason::DeviceNotCompliant,
            BlockReason::DeviceNotDomainJoined,
            BlockReason::RegistrationBlockedByRisk,
        ];
        let controls = [
            Control::SignInAgain,
            Control::RegisterMfa,
            Control::Mfa,
            Control::AuthenticationStrength { strength_id: "".into() },
            Control::ChangePassword,
            Control::AcceptTerms { agreement_id: "".into() },
        ];
        let demands = [
            "sign-in frequency",
            "secondary frequency",
            "always persistent",
            "never persistent",
            "no resilience",
            "restrictions",
            "MFA because of risk",
        ];
        let named = |prefix: &str, type_: &EnumType| -> Vec<String> {
            let names = member_names(type_, &["unknown"]);
            names.iter().map(|name| format!("{prefix} {name}")).collect()
        };
        let mut wanted = vec!["grant".to_owned()];
        wanted.extend(blocks.map(|reason| format!("{reason:?}")));
        wanted.extend(controls.iter().map(|control| name(control).to_owned()));
        wanted
            .extend(demands.iter().flat_map(|demand| [true, false].map(|made| format!("{demand}: {made}"))));
        wanted.extend(named("result", AppliedConditionalAccessPolicyResult::TYPE));
        wanted.extend(named("status", ConditionalAccessStatus::TYPE));
        wanted.into_iter().filter(|what| !self.0.contains(what)).collect()
    }
}

fn name(control: &Control) -> &'static str {
    match control {
        Control::SignInAgain => "ask to sign in again",
        Control::RegisterMfa => "ask to register",
        Control::Mfa => "ask for MFA",
        Control::AuthenticationStrength { .. } => "ask for a strength",
        Control::ChangePassword => "ask for a new password",
        Control::AcceptTerms { .. } => "ask to accept terms",
    }
}
