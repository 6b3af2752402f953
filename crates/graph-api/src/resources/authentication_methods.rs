//! `/users/{id}/authentication`: how a user proves who he is (contract §1.7). Secrets are never shown.

mod email;
mod list;
mod remove;
mod reset_password;
mod temporary_access_pass;

pub(super) use list::is_synced;
use riskgate_directory::Capability;
use riskgate_model::{
    AuthenticationMethodResource, EmailAuthenticationMethod, Fido2AuthenticationMethod, GraphType,
    LongRunningOperation, MicrosoftAuthenticatorAuthenticationMethod, PasswordAuthenticationMethod,
    SoftwareOathAuthenticationMethod, TemporaryAccessPassAuthenticationMethod,
};

use crate::area::Area::IdentityProtection;
use crate::permissions::Rule;
use crate::query::Set;
use crate::route::{Access, Route, routes};

/// Identifier of everybody's password method.
const PASSWORD_ID: &str = "28c10230-6103-485e-b985-444c60001490";

static METHODS: Set = Set {
    derived: &[
        PasswordAuthenticationMethod::TYPE,
        SoftwareOathAuthenticationMethod::TYPE,
        Fido2AuthenticationMethod::TYPE,
        MicrosoftAuthenticatorAuthenticationMethod::TYPE,
        EmailAuthenticationMethod::TYPE,
        TemporaryAccessPassAuthenticationMethod::TYPE,
    ],
    typed: true,
    ..Set::new(AuthenticationMethodResource::TYPE, "users/authentication/methods")
};
static PASSWORDS: Set = Set::new(PasswordAuthenticationMethod::TYPE, "users/authentication/passwordMethods");
static FIDO2: Set = Set::new(Fido2AuthenticationMethod::TYPE, "users/authentication/fido2Methods");
static MICROSOFT_AUTHENTICATOR: Set = Set::new(
    MicrosoftAuthenticatorAuthenticationMethod::TYPE,
    "users/authentication/microsoftAuthenticatorMethods",
);
static TEMPORARY_ACCESS_PASSES: Set = Set::new(
    TemporaryAccessPassAuthenticationMethod::TYPE,
    "users/authentication/temporaryAccessPassMethods",
);
static EMAILS: Set = Set::new(EmailAuthenticationMethod::TYPE, "users/authentication/emailMethods");
static OPERATIONS: Set = Set::new(LongRunningOperation::TYPE, "users/authentication/operations");
static SOFTWARE_OATH: Set =
    Set::new(SoftwareOathAuthenticationMethod::TYPE, "users/authentication/softwareOathMethods");

static READ: Rule = Rule::new(
    &[&["UserAuthenticationMethod.Read.All"], &["UserAuthenticationMethod.ReadWrite.All"]],
    Capability::ReadAuthenticationMethods,
)
.or_own(&[
    &["UserAuthenticationMethod.Read"],
    &["UserAuthenticationMethod.ReadWrite"],
    &["UserAuthenticationMethod.Read.All"],
    &["UserAuthenticationMethod.ReadWrite.All"],
]);
/// Nobody removes an own method through Graph: who has stolen a token must not get rid of the second factor. People do
/// that on their own page, after proving it is them.
static WRITE: Rule =
    Rule::new(&[&["UserAuthenticationMethod.ReadWrite.All"]], Capability::WriteAuthenticationMethods);

/// Nobody resets a password without being somebody: applications set one with `passwordProfile`.
static RESET: Rule = Rule {
    delegated: &[&["UserAuthenticationMethod.ReadWrite.All"]],
    application: &[],
    own: &[],
    capability: Capability::WriteAuthenticationMethods,
};

pub(super) fn routes() -> Vec<Route> {
    let (read, write, reset) = (Access::Rule(&READ), Access::Rule(&WRITE), Access::Rule(&RESET));
    routes! { IdentityProtection;
        GET "users/{id}/authentication/methods", read => list::methods;
        GET "users/{id}/authentication/methods/{method}", read => list::method;
        GET "users/{id}/authentication/passwordMethods", read => list::password_methods;
        GET "users/{id}/authentication/passwordMethods/{method}", read => list::password_method;
        POST "users/{id}/authentication/methods/{method}/resetPassword", reset => reset_password::reset;
        POST "users/{id}/authentication/passwordMethods/{method}/resetPassword", reset => reset_password::reset;
        GET "users/{id}/authentication/operations/{operation}", reset => reset_password::operation;
        GET "users/{id}/authentication/emailMethods", read => email::list;
        POST "users/{id}/authentication/emailMethods", write => email::create;
        GET "users/{id}/authentication/emailMethods/{method}", read => email::get;
        PATCH "users/{id}/authentication/emailMethods/{method}", write => email::update;
        DELETE "users/{id}/authentication/emailMethods/{method}", write => email::delete;
        GET "users/{id}/authentication/softwareOathMethods", read => list::software_oath_methods;
        GET "users/{id}/authentication/softwareOathMethods/{method}", read => list::software_oath_method;
        DELETE "users/{id}/authentication/softwareOathMethods/{method}", write => remove::software_oath;
        GET "users/{id}/authentication/temporaryAccessPassMethods", read => temporary_access_pass::list;
        POST "users/{id}/authentication/temporaryAccessPassMethods", write => temporary_access_pass::create;
        GET "users/{id}/authentication/temporaryAccessPassMethods/{method}", read => temporary_access_pass::get;
        DELETE "users/{id}/authentication/temporaryAccessPassMethods/{method}", write => remove::temporary_access_pass;
        GET "users/{id}/authentication/fido2Methods", read => list::fido2_methods;
        GET "users/{id}/authentication/fido2Methods/{method}", read => list::fido2_method;
        DELETE "users/{id}/authentication/fido2Methods/{method}", write => remove::fido2;
        GET "users/{id}/authentication/microsoftAuthenticatorMethods", read => list::microsoft_authenticator_methods;
        GET "users/{id}/authentication/microsoftAuthenticatorMethods/{method}", read => list::microsoft_authenticator_method;
        DELETE "users/{id}/authentication/microsoftAuthenticatorMethods/{method}", write => remove::microsoft_authenticator;
    }
}
