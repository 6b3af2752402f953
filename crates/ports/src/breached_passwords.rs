use async_trait::async_trait;
use secrecy::SecretString;

/// Passwords that are known from breaches. That a password is known somewhere says nothing about whose it was.
#[async_trait]
pub trait BreachedPasswords: Send + Sync + 'static {
    /// Whether a password is among them. It takes a bounded time and never fails: what cannot be told is `false`.
    async fn is_breached(&self, password: &SecretString) -> bool;
}
