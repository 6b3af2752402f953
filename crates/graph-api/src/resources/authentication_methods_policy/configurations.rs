//! `authenticationMethodConfigurations`: one for each method. They are always there; deleting one takes back what was changed.

mod get;
mod list;
mod reset;
mod update;

use riskgate_model::{
    AnyMethodConfiguration, AuthenticationMethodConfiguration, AuthenticationMethodsPolicy,
    EmailAuthenticationMethodConfiguration, Fido2AuthenticationMethodConfiguration, GraphType,
    MicrosoftAuthenticatorAuthenticationMethodConfiguration, SmsAuthenticationMethodConfiguration,
    SoftwareOathAuthenticationMethodConfiguration, TemporaryAccessPassAuthenticationMethodConfiguration,
    VoiceAuthenticationMethodConfiguration,
};

pub(super) use get::get;
pub(super) use list::list;
pub(super) use reset::reset;
pub(super) use update::update;

use super::{change, check, in_force, stored};
use crate::call::Call;
use crate::error::GraphError;
use crate::query::Set;

static SET: Set = Set {
    derived: &[
        Fido2AuthenticationMethodConfiguration::TYPE,
        MicrosoftAuthenticatorAuthenticationMethodConfiguration::TYPE,
        SmsAuthenticationMethodConfiguration::TYPE,
        TemporaryAccessPassAuthenticationMethodConfiguration::TYPE,
        SoftwareOathAuthenticationMethodConfiguration::TYPE,
        VoiceAuthenticationMethodConfiguration::TYPE,
        EmailAuthenticationMethodConfiguration::TYPE,
    ],
    typed: true,
    ..Set::new(
        AuthenticationMethodConfiguration::TYPE,
        "policies/authenticationMethodsPolicy/authenticationMethodConfigurations",
    )
};

/// The configuration the path names.
fn named<'a>(
    call: &Call,
    policy: &'a mut AuthenticationMethodsPolicy,
) -> Result<&'a mut AnyMethodConfiguration, GraphError> {
    let mut all = policy.authentication_method_configurations.iter_mut();
    all.find(|own| own.id().eq_ignore_ascii_case(call.key(0)))
        .ok_or_else(|| call.not_found("AuthenticationMethodConfiguration", 0))
}
