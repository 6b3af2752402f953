use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use riskgate_core::{Clock, Timestamp};
use riskgate_ports::Seal;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Longest text that is opened; also bounds what is sealed, so that nothing is handed out that would not come back.
const LONGEST: usize = 24 * 1024;

/// Carries state in a form field or cookie, so that visitors who have proven nothing cost no row in the store. The
/// browser can neither read nor change it, nor use it for another purpose or after it expired; it can send it twice.
#[derive(Clone)]
pub struct SealedForms {
    clock: Arc<dyn Clock>,
    seal: Arc<dyn Seal>,
}

/// Why a sealed text was not made or not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealedFormError {
    /// It was made for something else or elsewhere, or was changed.
    #[error("the form was changed, or was made for something else")]
    Invalid,
    /// It is too old.
    #[error("the form is too old; load the page again")]
    Expired,
    /// More state than fits in a form field.
    #[error("the form holds more than fits in a field")]
    TooLarge,
}

impl SealedForms {
    /// Seals with the installation's master key.
    pub fn new(clock: Arc<dyn Clock>, seal: Arc<dyn Seal>) -> Self {
        Self { clock, seal }
    }

    /// The value as base64url text that opens for the same purpose until `lifetime` is over. Put what it belongs to,
    /// such as a user's identifier, into the purpose.
    ///
    /// # Errors
    /// [`SealedFormError::TooLarge`]; [`SealedFormError::Invalid`] if the value cannot be written as JSON.
    pub fn seal<T: Serialize>(
        &self,
        purpose: &str,
        value: &T,
        lifetime: Duration,
    ) -> Result<String, SealedFormError> {
        let expires = self.clock.now() + lifetime;
        let mut plain = expires.as_micros().to_be_bytes().to_vec();
        serde_json::to_writer(&mut plain, value).map_err(|_| SealedFormError::Invalid)?;
        let text = URL_SAFE_NO_PAD.encode(self.seal.seal(&form(purpose), &plain));
        if text.len() > LONGEST { Err(SealedFormError::TooLarge) } else { Ok(text) }
    }

    /// Opens what [`SealedForms::seal`] made.
    ///
    /// # Errors
    /// [`SealedFormError::Invalid`] or [`SealedFormError::Expired`].
    pub fn open<T: DeserializeOwned>(&self, purpose: &str, text: &str) -> Result<T, SealedFormError> {
        if text.len() > LONGEST {
            return Err(SealedFormError::Invalid);
        }
        let sealed = URL_SAFE_NO_PAD.decode(text).map_err(|_| SealedFormError::Invalid)?;
        let plain = self.seal.open(&form(purpose), &sealed).map_err(|_| SealedFormError::Invalid)?;
        let (expires, json) = plain.split_first_chunk::<8>().ok_or(SealedFormError::Invalid)?;
        if Timestamp::from_micros(i64::from_be_bytes(*expires)) <= self.clock.now() {
            return Err(SealedFormError::Expired);
        }
        serde_json::from_slice(json).map_err(|_| SealedFormError::Invalid)
    }
}

impl fmt::Debug for SealedForms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealedForms")
    }
}

/// Keeps purposes of forms apart from those of stored secrets.
fn form(purpose: &str) -> String {
    format!("form:{purpose}")
}

#[cfg(test)]
mod tests {
    use riskgate_core::{ManualClock, SeededRng};
    use riskgate_keystore::MasterKey;

    use super::*;

    struct Fixture {
        clock: Arc<ManualClock>,
    }

    impl Fixture {
        fn new() -> Self {
            Self { clock: Arc::new(ManualClock::new(Timestamp::from_seconds(1_800_000_000))) }
        }

        fn forms(&self) -> SealedForms {
            SealedForms::new(self.clock.clone(), Arc::new(MasterKey::ephemeral(Arc::new(SeededRng::new(1)))))
        }
    }

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn a_form_opens_for_its_purpose_until_it_expires() {
        let fixture = Fixture::new();
        let forms = fixture.forms();
        let value = vec!["openid".to_owned(), "https://app.example/callback?x=1".to_owned()];
        let text = forms.seal("sign-in", &value, MINUTE).unwrap();
        assert!(!text.contains("openid"));
        assert_eq!(forms.open::<Vec<String>>("sign-in", &text), Ok(value));
        assert_eq!(forms.open::<Vec<String>>("register", &text), Err(SealedFormError::Invalid));
        assert_eq!(forms.open::<u32>("sign-in", &text), Err(SealedFormError::Invalid));
        fixture.clock.advance(MINUTE - Duration::from_micros(1));
        assert!(forms.open::<Vec<String>>("sign-in", &text).is_ok());
        fixture.clock.advance(Duration::from_micros(1));
        assert_eq!(forms.open::<Vec<String>>("sign-in", &text), Err(SealedFormError::Expired));
    }

    #[test]
    fn a_form_that_was_changed_anywhere_does_not_open() {
        let fixture = Fixture::new();
        let forms = fixture.forms();
        let text = forms.seal("sign-in", &"state", MINUTE).unwrap();
        let sealed = URL_SAFE_NO_PAD.decode(&text).unwrap();
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            let changed = URL_SAFE_NO_PAD.encode(changed);
            assert_eq!(forms.open::<String>("sign-in", &changed), Err(SealedFormError::Invalid), "byte {at}");
        }
        for broken in ["", "AAAA", "not base64!", &text[..text.len() / 2], &"A".repeat(LONGEST + 1)] {
            assert_eq!(forms.open::<String>("sign-in", broken), Err(SealedFormError::Invalid));
        }
    }

    #[test]
    fn what_would_not_be_accepted_back_is_not_handed_out() {
        let fixture = Fixture::new();
        let outcome = fixture.forms().seal("sign-in", &"x".repeat(LONGEST), MINUTE);
        assert_eq!(outcome, Err(SealedFormError::TooLarge));
    }
}
