use std::net::SocketAddr;
use std::path::PathBuf;

use ipnet::IpNet;
use riskgate_intel::FeedConfig;
use riskgate_risk::{NoiseBudget, RiskConfig};
use serde::{Deserialize, Deserializer, Serialize};
use url::Url;

/// The whole file. Every section and key may be left out.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    pub(crate) server: Server,
    pub(crate) network: Network,
    pub(crate) store: StoreSection,
    pub(crate) sign_in: SignIn,
    pub(crate) passwords: PasswordsSection,
    pub(crate) breached_passwords: BreachedPasswordsSection,
    /// `[mail]`: without it nobody is written to, and what needs mail is off.
    pub(crate) mail: Option<MailSection>,
    pub(crate) password_reset: PasswordResetSection,
    pub(crate) conditional_access: ConditionalAccess,
    pub(crate) devices: Devices,
    pub(crate) graph: Graph,
    pub(crate) federation: FederationSection,
    /// `[push]`: without it no phone is woken, and sign-ins show on phones while their page is open.
    pub(crate) push: Option<PushSection>,
    /// `[risk]`: settings of the detections (docs/detections).
    #[serde(deserialize_with = "super::risk::read")]
    pub(crate) risk: RiskConfig,
    /// `[noise_budget]`: which share of honest sign-ins may be found unfamiliar; without it the thresholds are those of `[risk]`.
    pub(crate) noise_budget: Option<NoiseBudget>,
    pub(crate) forward_auth: ForwardAuthSection,
    /// `[[feeds]]`: lists of addresses and location databases; the built-in snapshots are always there.
    pub(crate) feeds: Vec<FeedConfig>,
    pub(crate) log: Log,
}

impl Config {
    /// What clients see, without a slash at the end.
    pub(crate) fn base_url(&self) -> String {
        match (&self.server.base_url, self.server.listen.port()) {
            (Some(base_url), _) => base_url.clone(),
            (None, 443) => "https://localhost".to_owned(),
            (None, port) => format!("https://localhost:{port}"),
        }
    }
}

/// `[server]`: where clients reach Riskgate.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Server {
    /// What clients see; issuer and every link derive from it. Left out it is `https://localhost` with the port of
    /// `listen`. Ask [`Config::base_url`].
    #[serde(deserialize_with = "base_url")]
    pub(crate) base_url: Option<String>,
    /// Address and port of the TLS listener.
    pub(crate) listen: SocketAddr,
    /// Address and port of the plain listener for `/healthz` and `/readyz`.
    pub(crate) operations_listen: SocketAddr,
    /// PEM certificate chain; without it a certificate of Riskgate's own authority is used.
    pub(crate) certificate_file: Option<PathBuf>,
    /// PEM private key of `certificate_file`.
    pub(crate) private_key_file: Option<PathBuf>,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            base_url: None,
            listen: SocketAddr::from(([127, 0, 0, 1], 8443)),
            operations_listen: SocketAddr::from(([127, 0, 0, 1], 9090)),
            certificate_file: None,
            private_key_file: None,
        }
    }
}

/// `[network]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Network {
    /// Proxies that are believed about the client's address.
    pub(crate) trusted_proxies: Vec<IpNet>,
    /// The header in which they pass the client's address on.
    pub(crate) forwarded_header: ForwardedHeader,
}

/// `network.forwarded_header`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ForwardedHeader {
    /// `x-forwarded-for`
    #[default]
    XForwardedFor,
    /// `forwarded` (RFC 7239)
    Forwarded,
}

impl From<ForwardedHeader> for riskgate_http::ForwardedHeader {
    fn from(header: ForwardedHeader) -> Self {
        match header {
            ForwardedHeader::XForwardedFor => Self::XForwardedFor,
            ForwardedHeader::Forwarded => Self::Forwarded,
        }
    }
}

/// `[store]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct StoreSection {
    /// `sqlite://PATH` or `postgres://user:password@host/database`.
    pub(crate) url: Option<String>,
    /// A file that holds the address, so that its password need not stand in the configuration.
    pub(crate) url_file: Option<PathBuf>,
}

/// `[sign_in]`: the cost of password hashing (Argon2id), sessions, languages.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct SignIn {
    /// Memory of one hash in KiB.
    pub(crate) argon2_memory_kib: u32,
    /// Passes over the memory.
    pub(crate) argon2_passes: u32,
    /// How long a browser stays signed in, in hours.
    pub(crate) session_hours: u32,
    /// Directory with translations of the pages (`fr.po`) besides English and German.
    pub(crate) translations: Option<PathBuf>,
}

impl Default for SignIn {
    fn default() -> Self {
        Self { argon2_memory_kib: 19_456, argon2_passes: 2, session_hours: 24, translations: None }
    }
}

/// `[passwords]`: what new passwords must keep besides the rules that always hold.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct PasswordsSection {
    /// Words an attacker would try first here: products, places, people. 4 to 16 characters each, at most 1000.
    pub(crate) banned_terms: Vec<String>,
}

/// `[breached_passwords]`: looking up passwords that are known from breaches. Nothing is looked up without a source.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct BreachedPasswordsSection {
    /// A filter made by `riskgate feeds build-breached`.
    pub(crate) filter_file: Option<PathBuf>,
    /// A service for ranges of hashes, asked for what is not in the file.
    #[serde(deserialize_with = "range_url")]
    pub(crate) range_url: Option<Url>,
    /// How long its answer is waited for, in milliseconds.
    pub(crate) timeout_milliseconds: u32,
    /// Whether such a password is refused when it is set.
    pub(crate) refuse_new: bool,
    /// Whether somebody who signs in with one must change it.
    pub(crate) demand_change: bool,
}

impl Default for BreachedPasswordsSection {
    fn default() -> Self {
        Self {
            filter_file: None,
            range_url: None,
            timeout_milliseconds: 1_000,
            refuse_new: true,
            demand_change: true,
        }
    }
}

/// `[mail]`: the server that sends mail.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MailSection {
    /// Name of the server.
    pub(crate) host: String,
    /// Its port; left out, the usual one.
    pub(crate) port: Option<u16>,
    /// How the connection is protected.
    #[serde(default)]
    pub(crate) tls: MailTls,
    /// A file with certificates in PEM that are trusted besides those of the system.
    pub(crate) authority_file: Option<PathBuf>,
    /// User name at the server.
    pub(crate) user: Option<String>,
    /// A file with the password of `user`.
    pub(crate) password_file: Option<PathBuf>,
    /// Who writes: an address, or a name with the address in angle brackets.
    pub(crate) from: String,
}

/// `mail.tls`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum MailTls {
    /// `STARTTLS`, which the server must offer.
    #[default]
    Starttls,
    /// TLS from the first byte.
    Implicit,
    /// None: for a relay on the same machine.
    None,
}

impl From<MailTls> for riskgate_mail::MailTls {
    fn from(tls: MailTls) -> Self {
        match tls {
            MailTls::Starttls => Self::Starttls,
            MailTls::Implicit => Self::Implicit,
            MailTls::None => Self::None,
        }
    }
}

/// `[password_reset]`: what people do who have forgotten their password.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct PasswordResetSection {
    /// Whether they may set a new one themselves.
    pub(crate) enabled: bool,
    /// How many kinds of proof that needs, 1 or 2; administrators always need two.
    pub(crate) proofs: u8,
}

impl Default for PasswordResetSection {
    fn default() -> Self {
        Self { enabled: true, proofs: 2 }
    }
}

/// `[conditional_access]`: where policies look for what Riskgate cannot know by itself.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ConditionalAccess {
    /// Number of the extension attribute of users that holds their insider risk level.
    #[serde(deserialize_with = "extension_attribute")]
    pub(crate) insider_risk_attribute: Option<u8>,
}

/// `[devices]`: how devices prove themselves besides the cookie of a registered browser.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Devices {
    /// Where certificates of devices come from.
    pub(crate) certificates: DeviceCertificates,
}

/// Where certificates of devices come from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum DeviceCertificates {
    /// Nobody is asked for one.
    #[default]
    None,
    /// The TLS listener asks for one.
    Listener,
    /// A trusted proxy asks for one and passes it on in the header `Client-Cert` (RFC 9440).
    Proxy,
}

/// `[graph]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Graph {
    /// Requests one application may send in ten seconds before it is answered 429.
    pub(crate) requests_per_ten_seconds: u32,
}

impl Default for Graph {
    fn default() -> Self {
        Self { requests_per_ten_seconds: 2_000 }
    }
}

/// `[federation]`: how Riskgate reaches upstream identity providers.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct FederationSection {
    /// Networks providers may be in besides the public internet.
    pub(crate) private_networks: Vec<IpNet>,
    /// PEM certificates of authorities to trust besides those of the system.
    pub(crate) authorities_file: Option<PathBuf>,
    /// How long one answer of a provider is waited for, in milliseconds.
    pub(crate) timeout_milliseconds: u32,
    /// Whether providers in those networks may be spoken to without TLS; set by the development profile alone.
    #[serde(skip)]
    pub(crate) allow_plain_http: bool,
}

impl Default for FederationSection {
    fn default() -> Self {
        Self {
            private_networks: Vec::new(),
            authorities_file: None,
            timeout_milliseconds: 5_000,
            allow_plain_http: false,
        }
    }
}

/// `[push]`: how phones are woken (Web Push).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PushSection {
    /// Whom a push service may write to when something is wrong: `mailto:` or `https:`.
    pub(crate) contact: String,
    /// Networks push services may be in besides the public internet.
    #[serde(default)]
    pub(crate) private_networks: Vec<IpNet>,
    /// Whether push services in those networks may be spoken to without TLS; set by the development profile alone.
    #[serde(skip)]
    pub(crate) allow_plain_http: bool,
}

/// `[forward_auth]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ForwardAuthSection {
    /// For how many seconds a decision about a session is kept while nothing it depends on changes; 0 decides with each
    /// request.
    pub(crate) judge_again_seconds: u32,
}

impl Default for ForwardAuthSection {
    fn default() -> Self {
        Self { judge_again_seconds: 60 }
    }
}

/// `[log]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Log {
    /// What is logged, in the form of `RUST_LOG`.
    pub(crate) filter: String,
    /// One JSON object a line instead of text.
    pub(crate) json: bool,
}

impl Default for Log {
    fn default() -> Self {
        Self { filter: "info".to_owned(), json: false }
    }
}

/// An `https` or `http` address to which five characters can be appended.
fn range_url<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Url>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let url = Url::parse(&text).ok().filter(|url| {
        matches!(url.scheme(), "https" | "http")
            && url.has_host()
            && url.path().ends_with('/')
            && url.query().is_none()
    });
    url.map(Some).ok_or_else(|| {
        serde::de::Error::custom(format!(
            "range_url '{text}' must be an https address that ends with '/', such as https://api.pwnedpasswords.com/range/"
        ))
    })
}

/// `extensionAttribute1` to `extensionAttribute15`.
fn extension_attribute<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u8>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let number = text.strip_prefix("extensionAttribute").filter(|digits| !digits.starts_with(['0', '+']));
    match number.and_then(|digits| digits.parse().ok()) {
        Some(number @ 1..=15) => Ok(Some(number)),
        _ => Err(serde::de::Error::custom(format!(
            "'{text}' is none of extensionAttribute1 to extensionAttribute15"
        ))),
    }
}

/// An absolute https address without path, query or trailing slash: clients refuse any other authority.
fn base_url<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let refuse = |why: &str| {
        serde::de::Error::custom(format!("base_url '{text}' {why}, for example https://localhost:8443"))
    };
    let url = Url::parse(&text).map_err(|_| refuse("is not an address"))?;
    if url.scheme() != "https" {
        return Err(refuse("must begin with https:// (every Microsoft client refuses http)"));
    }
    if url.host_str().is_none()
        || url.path() != "/"
        || url.query().is_some()
        || url.fragment().is_some()
        || !url.username().is_empty()
    {
        return Err(refuse("must be a host and at most a port"));
    }
    Ok(Some(url.as_str().trim_end_matches('/').to_owned()))
}
