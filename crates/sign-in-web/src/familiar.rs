//! The device cookie, by which the risk engine knows a browser again.
//!
//! It names the browser and nothing else: it is bound to no person, no secret and no registration, several people may use
//! one browser, and whoever brings it is given nothing for it. Only that it is ours is certain, since it is sealed. Whoever
//! copies it from the browser looks like that browser.

use axum::response::Response;
use http::HeaderMap;
use riskgate_protection::Judgement;

use crate::SignInWeb;
use crate::cookies::{familiar_browser, set_familiar_browser};
use crate::device::LIFETIME;

/// What the cookie is sealed for.
const PURPOSE: &str = "familiar-browser";

impl SignInWeb {
    /// Identifier in the device cookie of the browser, if it has a genuine one.
    pub(crate) fn device_cookie_id(&self, headers: &HeaderMap) -> Option<String> {
        self.forms.sealed().open(PURPOSE, familiar_browser(headers)?).ok()
    }

    /// Gives the cookie to a browser in which somebody has just signed in, or lets the one it has last longer.
    pub(crate) fn keep_device_cookie(
        &self,
        headers: &HeaderMap,
        response: &mut Response,
        judgement: &Judgement,
    ) {
        let known = self.device_cookie_id(headers);
        let Some(id) = known.as_ref().or(judgement.device_cookie_id.as_ref()) else { return };
        // 32 characters are never too long to be sealed.
        if let Ok(sealed) = self.forms.sealed().seal(PURPOSE, id, LIFETIME) {
            set_familiar_browser(response, &sealed, LIFETIME);
        }
    }
}
