//! What of a policy is refused: what cannot be, and what is not enforced here.

use riskgate_core::is_guid;
use riskgate_model::{
    ALL_USERS, AdvancedConfigState, AnyMethodConfiguration, AuthenticationMethodTargetType,
    AuthenticationMethodsPolicy, AuthenticationMethodsPolicyMigrationState, BaseAuthenticationMethod,
    ExternalEmailOtpState, Group, MicrosoftAuthenticatorAuthenticationMode,
    TemporaryAccessPassAuthenticationMethodConfiguration, User,
};
use riskgate_store::StoreExt;

use crate::area::Area::ConditionalAccess;
use crate::call::{ALLOW_LOCKOUT, Call};
use crate::error::GraphError;

/// Most targets of one list.
const MOST: usize = 100;
/// Bounds of a temporary access pass: characters, and minutes (contract §1.7).
const LENGTHS: std::ops::RangeInclusive<i32> = 8..=48;
const LIFETIMES: std::ops::RangeInclusive<i32> = 10..=43_200;

/// Methods that complete multifactor authentication and that somebody can register for himself.
const SECOND_FACTORS: [BaseAuthenticationMethod; 3] = [
    BaseAuthenticationMethod::Fido2,
    BaseAuthenticationMethod::MicrosoftAuthenticator,
    BaseAuthenticationMethod::SoftwareOath,
];

type Target<'a> = (&'a str, AuthenticationMethodTargetType);

/// Whether the policy itself may become this.
///
/// # Errors
/// 400 with what is wrong or not enforced.
pub(super) fn policy(
    old: &AuthenticationMethodsPolicy,
    new: &AuthenticationMethodsPolicy,
) -> Result<(), GraphError> {
    let read_only = [
        ("id", old.id == new.id),
        ("description", old.description == new.description),
        ("displayName", old.display_name == new.display_name),
        ("policyVersion", old.policy_version == new.policy_version),
    ];
    if let Some((name, _)) = read_only.iter().find(|(_, is_unchanged)| !is_unchanged) {
        return Err(refused(format!("The property '{name}' is read-only.")));
    }
    if new.policy_migration_state != Some(AuthenticationMethodsPolicyMigrationState::MigrationComplete) {
        return Err(refused(
            "'policyMigrationState' is 'migrationComplete': there are no older policies to migrate from.",
        ));
    }
    if new.reconfirmation_in_days.is_some_and(|days| days != 0) {
        return Err(refused(
            "'reconfirmationInDays' is not enforced: nobody is asked to confirm what he registered.",
        ));
    }
    let enforcement = new.registration_enforcement.as_ref();
    let campaign = enforcement.and_then(|own| own.authentication_methods_registration_campaign.as_ref());
    if campaign.is_some_and(|campaign| campaign.state == AdvancedConfigState::Enabled) {
        return Err(refused(
            "A registration campaign cannot be enabled: nobody is reminded to register a method.",
        ));
    }
    if new.system_credential_preferences
        != AuthenticationMethodsPolicy::initial().system_credential_preferences
    {
        return Err(refused(
            "'systemCredentialPreferences' cannot be changed: the strongest method is asked for first, of everybody.",
        ));
    }
    Ok(())
}

/// Whether a configuration may become this.
///
/// # Errors
/// 400 with what is wrong or not enforced.
pub(super) async fn configuration(call: &Call, new: &AnyMethodConfiguration) -> Result<(), GraphError> {
    let included = new.include_targets();
    if included.iter().any(|(.., is_required)| *is_required) {
        return Err(refused(
            "'isRegistrationRequired' is not enforced. Require the method by a Conditional Access policy.",
        ));
    }
    let excluded = new.exclude_targets().iter().map(|target| (target.id.as_str(), target.target_type));
    let all = included.iter().map(|(id, target_type, _)| (*id, *target_type)).chain(excluded);
    targets(call, all.collect()).await?;
    match own(new) {
        Some(problem) => Err(refused(problem)),
        None => Ok(()),
    }
}

/// Refuses to leave nobody anything to complete multifactor authentication with, unless the client means it.
///
/// # Errors
/// 400 that says how to do it nevertheless.
pub(super) fn leaves_a_second_factor(
    call: &Call,
    new: &AuthenticationMethodsPolicy,
) -> Result<(), GraphError> {
    let is_left = |own: &AnyMethodConfiguration| {
        own.is_enabled() && !own.include_targets().is_empty() && SECOND_FACTORS.contains(&own.method())
    };
    if call.allows_lockout() || new.authentication_method_configurations.iter().any(is_left) {
        return Ok(());
    }
    Err(refused(format!(
        "Nobody could complete multifactor authentication any more, administrators included. Send the header \
         'Prefer: {ALLOW_LOCKOUT}' if that is what you want."
    )))
}

/// What is wrong with, or not enforced of, the properties of a single method.
fn own(configuration: &AnyMethodConfiguration) -> Option<String> {
    match configuration {
        AnyMethodConfiguration::Fido2(own) => {
            let restrictions = own.key_restrictions.as_ref();
            let is_restricted = restrictions.is_some_and(|own| own.is_enforced == Some(true));
            (own.is_attestation_enforced == Some(true) || is_restricted).then(|| {
                "'isAttestationEnforced' and 'keyRestrictions' are not enforced: attestation is not asked for, so \
                 nobody vouches for the make of an authenticator."
                    .to_owned()
            })
        }
        AnyMethodConfiguration::MicrosoftAuthenticator(own) => {
            let mut modes = own.include_targets.iter().map(|target| target.authentication_mode);
            if own.is_software_oath_enabled == Some(true) {
                return Some(
                    "Codes of authenticator apps are the method SoftwareOath, whichever app shows them.".to_owned(),
                );
            }
            modes.any(|mode| mode == MicrosoftAuthenticatorAuthenticationMode::DeviceBasedPush).then(|| {
                "The authentication mode 'deviceBasedPush' is not enforced: approval comes after a password."
                    .to_owned()
            })
        }
        AnyMethodConfiguration::Sms(own) => {
            if own.include_targets.iter().any(|target| target.is_usable_for_sign_in) {
                return Some(
                    "'isUsableForSignIn' must be false: a text message is a second factor and never the first."
                        .to_owned(),
                );
            }
            configuration.is_enabled().then(|| nothing_sends("text messages"))
        }
        AnyMethodConfiguration::Voice(_) => configuration.is_enabled().then(|| nothing_sends("calls")),
        AnyMethodConfiguration::Email(own) => {
            (own.allow_external_id_to_use_email_otp == Some(ExternalEmailOtpState::Enabled)).then(|| {
                "'allowExternalIdToUseEmailOtp' cannot be enabled: mail is for forgotten passwords, and guests do \
                 not sign in with it."
                    .to_owned()
            })
        }
        AnyMethodConfiguration::TemporaryAccessPass(own) => temporary_access_pass(own),
        AnyMethodConfiguration::SoftwareOath(_) => None,
    }
}

fn nothing_sends(what: &str) -> String {
    format!("The method cannot be enabled: there is no gateway for {what}, so nobody would get a code.")
}

fn temporary_access_pass(own: &TemporaryAccessPassAuthenticationMethodConfiguration) -> Option<String> {
    let is_within =
        |value: Option<i32>, range: &std::ops::RangeInclusive<i32>| value.is_some_and(|v| range.contains(&v));
    let lifetimes =
        [own.minimum_lifetime_in_minutes, own.default_lifetime_in_minutes, own.maximum_lifetime_in_minutes];
    if !is_within(own.default_length, &LENGTHS) {
        return Some("'defaultLength' must be from 8 to 48.".to_owned());
    }
    if !lifetimes.iter().all(|lifetime| is_within(*lifetime, &LIFETIMES)) || !lifetimes.is_sorted() {
        return Some(
            "'minimumLifetimeInMinutes', 'defaultLifetimeInMinutes' and 'maximumLifetimeInMinutes' must be from 10 \
             to 43200, and in this order not grow smaller."
                .to_owned(),
        );
    }
    own.is_usable_once.is_none().then(|| "'isUsableOnce' must be true or false.".to_owned())
}

/// Whether all targets are somebody.
async fn targets(call: &Call, all: Vec<Target<'_>>) -> Result<(), GraphError> {
    if all.len() > MOST {
        return Err(refused(format!("There must be at most {MOST} targets.")));
    }
    let tenant = call.service.api.tenant;
    for (id, target_type) in all {
        let shown: String = id.chars().take(64).collect();
        let key = id.to_ascii_lowercase();
        let is_there = match target_type {
            AuthenticationMethodTargetType::Group if id == ALL_USERS => true,
            _ if !is_guid(id) => false,
            AuthenticationMethodTargetType::Group => {
                call.store().load::<Group>(tenant, &key).await?.is_some()
            }
            AuthenticationMethodTargetType::User => call.store().load::<User>(tenant, &key).await?.is_some(),
            AuthenticationMethodTargetType::UnknownFutureValue => false,
        };
        if !is_there {
            return Err(refused(format!("There is no {target_type} with id '{shown}' to be a target.")));
        }
    }
    Ok(())
}

fn refused(problem: impl Into<String>) -> GraphError {
    ConditionalAccess.bad_request(problem)
}
