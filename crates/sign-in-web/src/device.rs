//! The cookie that makes a browser a registered device.

use std::time::Duration;

use axum::response::Response;
use http::HeaderMap;
use riskgate_http::RequestContext;
use riskgate_model::{AuthenticationFacts, Device};
use serde::{Deserialize, Serialize};

use crate::SignInWeb;
use crate::cookies::{device_proof, set_device_proof};
use crate::error::PageError;

/// What the cookie is sealed for.
const PURPOSE: &str = "device";
/// How long it lasts, counted from the last time somebody signed in; browsers keep no cookie longer.
pub(crate) const LIFETIME: Duration = Duration::from_secs(400 * 24 * 60 * 60);

/// What the cookie holds.
#[derive(Serialize, Deserialize)]
struct Proof {
    /// Object identifier of the device.
    device: String,
    /// What it was registered with.
    secret: String,
}

impl SignInWeb {
    /// The device this browser is registered as, whoever's it is; deleted and disabled ones are none.
    pub(crate) async fn device(&self, headers: &HeaderMap) -> Result<Option<Device>, PageError> {
        let Some(proof) = self.proof(headers) else { return Ok(None) };
        self.directory.device_with_secret(&proof.device, &proof.secret).await.map_err(PageError::internal)
    }

    /// What was proven, with the device this browser proves now, by its cookie or a certificate, if it says something of
    /// this person, and without any other.
    pub(crate) async fn with_device(
        &self,
        context: &RequestContext,
        headers: &HeaderMap,
        user_id: &str,
        authentication: &AuthenticationFacts,
    ) -> Result<AuthenticationFacts, PageError> {
        let mut device_id = None;
        for device in [self.device(headers).await?, self.certified_device(context).await?] {
            let Some(device) = device.filter(|_| device_id.is_none()) else { continue };
            let own = self.directory.device_of(&device.id, user_id).await.map_err(PageError::internal)?;
            device_id = own.map(|device| device.id);
        }
        Ok(AuthenticationFacts { device_id, ..authentication.clone() })
    }

    async fn certified_device(&self, context: &RequestContext) -> Result<Option<Device>, PageError> {
        let Some(certificate) = &context.client_certificate else { return Ok(None) };
        let found = self.directory.device_with_certificate(certificate.thumbprint()).await;
        found.map_err(PageError::internal)
    }

    /// Makes the browser the device.
    pub(crate) fn set_device(&self, response: &mut Response, device: &str, secret: &str) {
        self.set_proof(response, &Proof { device: device.to_owned(), secret: secret.to_owned() });
    }

    /// Lets the cookie of a browser that is used last longer.
    pub(crate) fn renew_device(&self, headers: &HeaderMap, response: &mut Response) {
        if let Some(proof) = self.proof(headers) {
            self.set_proof(response, &proof);
        }
    }

    fn proof(&self, headers: &HeaderMap) -> Option<Proof> {
        self.forms.sealed().open(PURPOSE, device_proof(headers)?).ok()
    }

    fn set_proof(&self, response: &mut Response, proof: &Proof) {
        // Two short texts are never too long to be sealed.
        if let Ok(sealed) = self.forms.sealed().seal(PURPOSE, proof, LIFETIME) {
            set_device_proof(response, &sealed, LIFETIME);
        }
    }
}
