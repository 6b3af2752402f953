use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::{TokenError, TokenService};

/// Anybody may ask for the published keys, so the store is asked at most this often.
const REREAD_AT_MOST_EVERY: Duration = Duration::from_secs(60);

impl TokenService {
    /// The published keys as a JSON Web Key Set (RFC 7517 §5), each with the `issuer` it signs for, as Entra does.
    ///
    /// # Errors
    /// [`TokenError`] if the store fails or a key cannot be used.
    pub async fn jwks(&self) -> Result<Json, TokenError> {
        self.reread_keys(REREAD_AT_MOST_EVERY).await?;
        let now = self.clock.now();
        let keys = self.keys.all();
        let published = keys.iter().filter(|key| key.is_published(now)).map(|key| {
            let mut jwk = key.jwk.clone();
            if let Json::Object(members) = &mut jwk {
                members.insert("issuer".to_owned(), Json::String(self.issuer.clone()));
            }
            jwk
        });
        Ok(json!({ "keys": published.collect::<Vec<_>>() }))
    }
}
