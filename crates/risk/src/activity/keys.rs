use riskgate_model::SignInFacts;

use crate::{Feature, Features};

/// The keys an attempt is counted under. What is not known is not counted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ActivityKeys {
    pub(super) address: Option<String>,
    pub(super) prefix: Option<String>,
    pub(super) network_owner_and_program: Option<String>,
    pub(super) password: Option<String>,
    pub(super) device_cookie_id: Option<String>,
    pub(super) country: Option<String>,
}

impl ActivityKeys {
    /// The keys of a sign-in. `password_tag` is a keyed digest of the password that was tried, with a key that lives in
    /// memory only; `None` if there was no password.
    pub fn of(facts: &SignInFacts, password_tag: Option<u64>) -> Self {
        let features = Features::of(facts);
        let value = |feature| features.get(feature).map(str::to_owned);
        let program = [Feature::Browser, Feature::OperatingSystem].map(|f| value(f).unwrap_or_default());
        Self {
            address: value(Feature::Address),
            prefix: value(Feature::Prefix),
            network_owner_and_program: value(Feature::NetworkOwner)
                .map(|owner| format!("{owner} {}", program.join(" "))),
            password: password_tag.map(|tag| tag.to_string()),
            device_cookie_id: value(Feature::DeviceCookie),
            country: value(Feature::Country),
        }
    }
}
