//! How a person proves who he is, and how that is remembered.
//!
//! * [`PasswordHasher`] is a bounded pool of Argon2id; [`Passwords`] verifies with counters that lock an attacker out and
//!   not the person; [`PasswordRules`] are kept by new ones, and [`StrengthMeter`] tells how hard one is to guess.
//! * [`SoftwareOath`] registers authenticator apps and accepts each code once (RFC 6238).
//! * [`Passkeys`] registers passkeys and accepts what they sign, with and without a user name (Web Authentication).
//! * [`Approvals`] registers phones, and lets them approve a sign-in by the number its page shows.
//! * [`TemporaryAccessPasses`] stand in for somebody who has nothing else, for a while.
//! * [`RegisteredMethods`] lists, renames and removes what people have registered, of every kind.
//! * [`EmailCodes`] proves addresses, [`RecoveryCodes`] are for the day everything else is lost, and [`PasswordResets`] lets
//!   people who forgot the password prove that it is they, with two of those and the app.
//! * [`Sessions`] keeps browsers signed in, [`Interactions`] keeps sign-ins that wait for something.
//! * [`DeviceCodeGuesses`] counts wrong codes of devices.
//! * [`ApplicationSessions`] keeps browsers signed in to applications behind forward authentication.
//! * [`Forms`] seals what a page carries and ties a form to its browser.
//!
//! To add a method: give it a member of `AuthenticationMethodKind` in `riskgate-model`, a file here with `register`,
//! `verify` and `list`, and a file in `methods/` of `riskgate-sign-in-web`, whose crate docs say how.

mod application_sessions;
mod approvals;
mod device_code_guesses;
mod digest;
mod email;
mod error;
mod familiar;
mod forms;
mod interactions;
mod oath;
mod passkeys;
mod password;
mod password_reset;
mod recovery_codes;
mod registered_methods;
mod sealed_forms;
mod services;
mod sessions;
mod temporary_access_pass;
mod throttle;

pub use application_sessions::{ApplicationSessions, SignedIn};
pub use approvals::{
    Answered, ApprovalError, ApprovalLimit, Approvals, Asked, Decision, NewApproval, NewPhone, Outcome,
    Pairing, PhoneAnswer, PhoneProof,
};
pub use device_code_guesses::DeviceCodeGuesses;
pub use email::{EmailCodeError, EmailCodes, IssuedCode};
pub use error::AuthnError;
pub use forms::Forms;
pub use interactions::{Interactions, NewInteraction};
pub use oath::{Enrollment, OathError, SoftwareOath};
pub use passkeys::{PasskeyChallenge, PasskeyError, Passkeys};
pub use password::banned::{TermError, check_banned_terms};
pub use password::breached::BreachedCheck;
pub use password::hasher::{Argon2Cost, HashError, PasswordHasher};
pub use password::passwords::{FirstFactor, FirstFactorError, PasswordAttempt, Passwords};
pub use password::rules::{PasswordOwner, PasswordRefused, PasswordRules};
pub use password::strength::StrengthMeter;
pub use password_reset::{BegunReset, OfferedProofs, PasswordResets, ResetError, required_proofs};
pub use recovery_codes::{RecoveryCodeError, RecoveryCodes};
pub use registered_methods::{MAX_METHOD_NAME, RegisteredMethods};
pub use sealed_forms::{SealedFormError, SealedForms};
pub use services::Services;
pub use sessions::{Sessions, still_counts};
pub use temporary_access_pass::{NewTemporaryAccessPass, PassError, TemporaryAccessPasses};
