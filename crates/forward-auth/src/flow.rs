use std::time::Duration;

use riskgate_authentication::Forms;
use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;

/// How long a person may take to sign in; the sign-in pages allow as much.
const LIFETIME: Duration = Duration::from_secs(60 * 60);
/// What `state` is sealed for.
const PURPOSE: &str = "forward-auth-state";
/// Longest `state` the authorization endpoint takes, in bytes.
const LONGEST_STATE: usize = 4096;

/// A sign-in under way. It travels sealed as `state`, so that visitors write nothing to the store, and the browser can
/// neither read nor change it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Flow {
    pub(crate) app_id: String,
    /// The host it began on.
    pub(crate) origin: String,
    pub(crate) redirect_uri: String,
    /// Where the browser wanted to go.
    pub(crate) path: String,
    /// `code_verifier` of PKCE (RFC 7636).
    pub(crate) code_verifier: String,
    /// `nonce` of the request.
    pub(crate) nonce: String,
    /// Fits the cookie of the browser that began it, and no other.
    pub(crate) browser: String,
}

impl Flow {
    /// What ties a flow to the browser with this cookie.
    pub(crate) fn mark(forms: &Forms, browser_id: &str) -> String {
        forms.token(browser_id, PURPOSE)
    }

    /// As `state`. A path that does not fit is left behind.
    ///
    /// # Errors
    /// [`Refusal::Internal`].
    pub(crate) fn seal(&self, forms: &Forms) -> Result<String, Refusal> {
        let state = forms.sealed().seal(PURPOSE, self, LIFETIME).map_err(Refusal::internal)?;
        if state.len() <= LONGEST_STATE {
            return Ok(state);
        }
        let bare = Self { path: "/".to_owned(), ..self.clone() };
        forms.sealed().seal(PURPOSE, &bare, LIFETIME).map_err(Refusal::internal)
    }

    /// Opens a `state`, for the browser and the host it was made for.
    ///
    /// # Errors
    /// [`Refusal::Expired`].
    pub(crate) fn open(
        forms: &Forms,
        state: &str,
        browser_id: Option<&str>,
        origin: &str,
    ) -> Result<Self, Refusal> {
        let flow: Self = forms.sealed().open(PURPOSE, state).map_err(|_| Refusal::Expired)?;
        let is_genuine = forms.is_genuine(browser_id, PURPOSE, &flow.browser);
        if is_genuine && flow.origin == origin { Ok(flow) } else { Err(Refusal::Expired) }
    }
}
