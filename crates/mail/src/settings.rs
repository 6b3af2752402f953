use std::time::Duration;

use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, Tokio1Executor};
use secrecy::{ExposeSecret, SecretString};

/// How long a mail server may take to answer.
const TIMEOUT: Duration = Duration::from_secs(20);

/// How the connection to the mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailTls {
    /// TLS from the first byte (RFC 8314), port 465.
    Implicit,
    /// `STARTTLS` (RFC 3207), which the server must offer, port 587.
    Starttls,
    /// Not at all, port 25: for a relay on the same machine.
    None,
}

impl MailTls {
    fn port(self) -> u16 {
        match self {
            Self::Implicit => 465,
            Self::Starttls => 587,
            Self::None => 25,
        }
    }
}

/// The mail server and who writes.
#[derive(Debug, Clone)]
pub struct MailSettings {
    /// Name of the server.
    pub host: String,
    /// Its port; `None`: the usual one.
    pub port: Option<u16>,
    /// How the connection is protected.
    pub tls: MailTls,
    /// Certificates in PEM that are trusted besides those of the system.
    pub authority: Option<Vec<u8>>,
    /// User name and password at the server.
    pub credentials: Option<(String, SecretString)>,
    /// `security@contoso.com`, or `Contoso <security@contoso.com>`.
    pub from: String,
    /// Name of the organization.
    pub organization: String,
    /// Pauses before a mail that could not be delivered for now is tried again.
    pub retry_after: Vec<Duration>,
}

/// Why no mail can be sent.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// `from` is no address.
    #[error("'{0}' is no mail address")]
    From(String),
    /// The certificates cannot be used.
    #[error("the certificates for the mail server cannot be used: {0}")]
    Tls(#[from] lettre::transport::smtp::Error),
}

/// Whether a text says who writes: an address, or a name with the address in angle brackets.
pub fn is_sender(text: &str) -> bool {
    text.parse::<Mailbox>().is_ok()
}

impl MailSettings {
    pub(crate) fn sender(&self) -> Result<Mailbox, MailError> {
        self.from.parse().map_err(|_| MailError::From(self.from.clone()))
    }

    pub(crate) fn transport(&self) -> Result<AsyncSmtpTransport<Tokio1Executor>, MailError> {
        let tls = match self.tls {
            MailTls::None => Tls::None,
            MailTls::Implicit => Tls::Wrapper(self.tls_parameters()?),
            MailTls::Starttls => Tls::Required(self.tls_parameters()?),
        };
        let transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&self.host)
            .port(self.port.unwrap_or_else(|| self.tls.port()))
            .tls(tls)
            .timeout(Some(TIMEOUT));
        Ok(match &self.credentials {
            Some((user, password)) => transport
                .credentials(Credentials::new(user.clone(), password.expose_secret().to_owned()))
                .build(),
            None => transport.build(),
        })
    }

    fn tls_parameters(&self) -> Result<TlsParameters, MailError> {
        let mut parameters = TlsParameters::builder(self.host.clone());
        if let Some(pem) = &self.authority {
            parameters = parameters.add_root_certificate(Certificate::from_pem(pem)?);
        }
        Ok(parameters.build_rustls()?)
    }
}
