use std::sync::Arc;
use std::time::Duration;

use riskgate_authentication::{
    Approvals, DeviceCodeGuesses, EmailCodes, Forms, Interactions, Passkeys, PasswordResets, Passwords,
    RecoveryCodes, RegisteredMethods, Sessions, SoftwareOath, StrengthMeter, TemporaryAccessPasses,
};
use riskgate_core::{Clock, Rng};
use riskgate_directory::Directory;
use riskgate_federation::Federation;
use riskgate_ports::Mailer;
use riskgate_protection::Protection;
use riskgate_tokens::TokenService;

/// What helps people who cannot sign in.
pub struct Recovery {
    /// Mail addresses and the codes that prove them.
    pub emails: EmailCodes,
    /// Recovery codes.
    pub codes: RecoveryCodes,
    /// Forgotten passwords.
    pub resets: PasswordResets,
    /// How many proofs set a new password; `None`: nobody resets his password himself.
    pub required_proofs: Option<usize>,
}

/// What the pages work with.
pub struct SignInWeb {
    /// People, applications, consent.
    pub directory: Directory,
    /// Passwords and their counters.
    pub passwords: Passwords,
    /// How hard a password is to guess.
    pub strength: StrengthMeter,
    /// What people have registered, of every kind.
    pub registered_methods: RegisteredMethods,
    /// Passkeys.
    pub passkeys: Passkeys,
    /// Phones that approve sign-ins.
    pub approvals: Approvals,
    /// Passes administrators hand out.
    pub temporary_access_passes: TemporaryAccessPasses,
    /// Authenticator apps.
    pub software_oath: SoftwareOath,
    /// What helps people who cannot sign in.
    pub recovery: Recovery,
    /// Signed-in browsers.
    pub sessions: Sessions,
    /// Sign-ins that wait for something.
    pub interactions: Interactions,
    /// Wrong codes of devices.
    pub device_code_guesses: DeviceCodeGuesses,
    /// Sealed form state and anti-forgery tokens.
    pub forms: Forms,
    /// Upstream identity providers.
    pub federation: Federation,
    /// Authorization codes.
    pub tokens: Arc<TokenService>,
    /// The pipeline of a sign-in.
    pub protection: Arc<Protection>,
    /// Sends mail; without it nobody is written to, and what needs mail is off.
    pub mailer: Option<Arc<dyn Mailer>>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub rng: Arc<dyn Rng>,
    /// Answers that say no take a multiple of this, whether or not the account exists: [`crate::ANSWER_STEP`]; zero where nobody
    /// measures.
    pub answer_step: Duration,
    /// Name of the organization, shown on every page.
    pub organization: String,
}
