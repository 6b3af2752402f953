use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use riskgate_ports::Seal;
use secrecy::{ExposeSecret, SecretString};

use crate::FederationError;

/// Seals a client secret for one provider.
pub(super) fn seal_secret(seal: &dyn Seal, provider_id: &str, secret: &SecretString) -> String {
    STANDARD.encode(seal.seal(&purpose(provider_id), secret.expose_secret().as_bytes()))
}

/// Opens it again.
///
/// # Errors
/// [`FederationError::Internal`] if it was sealed with another master key.
pub(crate) fn open_secret(
    seal: &dyn Seal,
    provider_id: &str,
    sealed: &str,
) -> Result<SecretString, FederationError> {
    let internal = || FederationError::Internal("a client secret does not open".to_owned());
    let sealed = STANDARD.decode(sealed).map_err(|_| internal())?;
    let plain = seal.open(&purpose(provider_id), &sealed).map_err(|_| internal())?;
    String::from_utf8(plain).map(Into::into).map_err(|_| internal())
}

fn purpose(provider_id: &str) -> String {
    format!("identity-provider:{provider_id}")
}
