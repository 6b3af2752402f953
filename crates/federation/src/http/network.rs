use reqwest::StatusCode;
use riskgate_outbound::{Outbound, OutboundError, OutboundSettings};
use serde::de::DeserializeOwned;
use url::Url;

use crate::{FederationError, FederationSettings};

/// The way to providers.
#[derive(Debug)]
pub struct Network {
    outbound: Outbound,
}

impl Network {
    pub(crate) fn new(settings: FederationSettings) -> Self {
        Self {
            outbound: Outbound::new(OutboundSettings {
                private_networks: settings.private_networks,
                allow_plain_http: settings.allow_plain_http,
                authorities: settings.authorities,
                timeout: settings.timeout,
            }),
        }
    }

    /// An address of a provider, if it is one that may be used ([`Outbound::endpoint`]).
    pub(crate) fn endpoint(&self, text: &str) -> Option<Url> {
        self.outbound.endpoint(text)
    }

    /// A JSON document.
    ///
    /// # Errors
    /// [`FederationError::Unreachable`], [`FederationError::Garbage`].
    pub(crate) async fn get<T: DeserializeOwned>(&self, url: &Url) -> Result<T, FederationError> {
        let (status, body) = self.outbound.send(|client| client.get(url.clone())).await?;
        if status != StatusCode::OK {
            return Err(FederationError::Garbage(format!("status {status}")));
        }
        parse(&body)
    }

    /// Sends a form, with client credentials as HTTP Basic if there are any; status and body of the answer.
    ///
    /// # Errors
    /// [`FederationError::Unreachable`], [`FederationError::Garbage`].
    pub(crate) async fn post(
        &self,
        url: &Url,
        form: &[(&str, &str)],
        basic: Option<(&str, &str)>,
    ) -> Result<(StatusCode, Vec<u8>), FederationError> {
        let sent = self.outbound.send(|client| {
            let request = client.post(url.clone()).form(form).header("accept", "application/json");
            match basic {
                Some((user, password)) => request.basic_auth(user, Some(password)),
                None => request,
            }
        });
        Ok(sent.await?)
    }
}

impl From<OutboundError> for FederationError {
    fn from(error: OutboundError) -> Self {
        match error {
            OutboundError::Unreachable(reason) => Self::Unreachable(reason),
            OutboundError::TooLarge => Self::Garbage(error.to_string()),
            OutboundError::Client(_) => Self::Internal(error.to_string()),
        }
    }
}

/// An answer as JSON.
pub(crate) fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, FederationError> {
    serde_json::from_slice(body).map_err(|error| FederationError::Garbage(error.to_string()))
}
