use std::sync::Arc;

use riskgate_authentication::{
    DeviceCodeGuesses, Forms, Interactions, Passkeys, Passwords, RegisteredMethods, Sessions, SoftwareOath,
    StrengthMeter,
};
use riskgate_core::{Clock, Rng};
use riskgate_directory::Directory;
use riskgate_ports::Mailer;
use riskgate_protection::Protection;
use riskgate_tokens::TokenService;

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
    /// Authenticator apps.
    pub software_oath: SoftwareOath,
    /// Signed-in browsers.
    pub sessions: Sessions,
    /// Sign-ins that wait for something.
    pub interactions: Interactions,
    /// Wrong codes of devices.
    pub device_code_guesses: DeviceCodeGuesses,
    /// Sealed form state and anti-forgery tokens.
    pub forms: Forms,
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
    /// Name of the organization, shown on every page.
    pub organization: String,
}
