use serde::Deserialize;

use crate::{TokenError, TokenService, jws};

/// What an id token says that comes back as `id_token_hint`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct IdTokenHint {
    /// `aud`: the client it was issued to.
    #[serde(rename = "aud")]
    pub client_id: String,
    /// `sub`: the user.
    #[serde(rename = "sub")]
    pub user_id: String,
    /// `sid`: the session.
    #[serde(rename = "sid")]
    pub session_id: Option<String>,
}

/// The claims that tell whose token it is and of which kind.
#[derive(Deserialize)]
struct Claims {
    iss: String,
    idtyp: Option<String>,
    #[serde(flatten)]
    hint: IdTokenHint,
}

impl TokenService {
    /// Reads an id token this tenant issued, also one that has expired (OpenID Connect RP-Initiated Logout §2); `None`
    /// for anything else, access tokens included.
    ///
    /// # Errors
    /// [`TokenError`] if keys cannot be read.
    pub async fn read_id_token_hint(&self, token: &str) -> Result<Option<IdTokenHint>, TokenError> {
        let Some(parts) = jws::split(token) else { return Ok(None) };
        if parts.header.typ.as_deref() != Some("JWT") {
            return Ok(None);
        }
        let kid = parts.header.kid.as_deref().filter(|kid| kid.len() <= 64);
        let (Some(kid), "RS256") = (kid, parts.header.alg.as_str()) else { return Ok(None) };
        let Some(key) = self.verification_key(kid).await? else { return Ok(None) };
        if key.public.verify_sig(parts.signed, &parts.signature).is_err() {
            return Ok(None);
        }
        let claims = serde_json::from_slice::<Claims>(&parts.payload).ok();
        let claims = claims.filter(|claims| claims.iss == self.issuer && claims.idtyp.is_none());
        Ok(claims.map(|claims| claims.hint))
    }
}
