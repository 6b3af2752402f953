use std::time::Duration;

use reqwest::{Certificate, Client, StatusCode, Url, redirect};

/// How long an application has to take a notice, from the first byte sent to the answer.
const DEADLINE: Duration = Duration::from_secs(5);

/// Applications as they are reached over the network.
///
/// The address was registered by an administrator, but what answers there is not trusted: only https is spoken, no redirect
/// is followed (it could lead to what only this server can reach), the answer's body is not read, and five seconds are all
/// it gets.
#[derive(Debug, Clone)]
pub struct Receivers(Client);

impl Receivers {
    /// With the certificate authorities of the system, and `authorities` (PEM) besides.
    ///
    /// # Errors
    /// What is wrong, if there can be no TLS with them.
    pub fn new(authorities: Option<&[u8]>) -> Result<Self, String> {
        if rustls::crypto::CryptoProvider::get_default().is_none() {
            // Fails only if another thread has just installed one, which serves as well.
            let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        }
        let own =
            authorities.map(Certificate::from_pem_bundle).transpose().map_err(|error| error.to_string())?;
        let builder = Client::builder()
            .user_agent(concat!("riskgate/", env!("CARGO_PKG_VERSION")))
            .https_only(true)
            .redirect(redirect::Policy::none())
            .timeout(DEADLINE)
            .tls_certs_merge(own.unwrap_or_default());
        builder.build().map(Self).map_err(|error| error.to_string())
    }

    /// Hands a logout token over (Back-Channel Logout §2.5).
    ///
    /// # Errors
    /// Why it was not taken.
    pub(super) async fn tell(&self, address: &str, logout_token: &str) -> Result<(), String> {
        let url = Url::parse(address).map_err(|error| error.to_string())?;
        if url.scheme() != "https" {
            return Err("the address is not https".to_owned());
        }
        let form = [("logout_token", logout_token)];
        let answer = self.0.post(url).form(&form).send().await.map_err(|error| error.to_string())?;
        match answer.status() {
            // §2.8; some frameworks answer 204 where there is no body.
            StatusCode::OK | StatusCode::NO_CONTENT => Ok(()),
            other => Err(format!("the application answered {other}")),
        }
    }
}
