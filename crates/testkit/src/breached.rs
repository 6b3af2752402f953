use riskgate_ports::BreachedPasswords;
use secrecy::{ExposeSecret, SecretString};

/// Knows these passwords from breaches and no other.
#[derive(Debug, Clone, Copy)]
pub struct KnownBreached(pub &'static [&'static str]);

#[async_trait::async_trait]
impl BreachedPasswords for KnownBreached {
    async fn is_breached(&self, password: &SecretString) -> bool {
        self.0.contains(&password.expose_secret())
    }
}
