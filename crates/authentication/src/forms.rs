use aws_lc_rs::hmac;
use subtle::ConstantTimeEq;

use crate::digest::keyed;
use crate::{SealedForms, Services};

/// Seals what a page carries, and makes the tokens that tie a form to the browser it was shown to.
#[derive(Clone)]
pub struct Forms {
    sealed: SealedForms,
    key: hmac::Key,
}

impl Forms {
    /// `key` protects the anti-forgery tokens; 32 bytes that stay the same over restarts and nodes.
    pub fn new(services: Services, key: &[u8]) -> Self {
        let sealed = SealedForms::new(services.clock, services.seal);
        Self { sealed, key: hmac::Key::new(hmac::HMAC_SHA256, key) }
    }

    /// What seals; for surfaces that make no forms of their own.
    pub fn sealed(&self) -> &SealedForms {
        &self.sealed
    }

    /// The anti-forgery token of a form for the browser with this cookie.
    pub fn token(&self, browser_id: &str, form: &str) -> String {
        keyed(&self.key, &[browser_id, form])
    }

    /// Whether a form came from the page that was shown to this browser.
    pub fn is_genuine(&self, browser_id: Option<&str>, form: &str, token: &str) -> bool {
        let Some(browser_id) = browser_id else { return false };
        self.token(browser_id, form).as_bytes().ct_eq(token.as_bytes()).into()
    }
}
