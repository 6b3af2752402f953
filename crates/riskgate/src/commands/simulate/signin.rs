use std::sync::Arc;

use anyhow::Context;
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use riskgate_core::{Clock, Rng, SystemClock, SystemRng};
use serde_json::json;
use url::Url;

use super::browser::{Appearance, Browser};
use super::outcome::{Outcome, SignInResult};
use super::source::source_address;
use super::walk::{Walk, codes};
use super::{authenticator, device, kept_file};
use crate::cli::{Output, SimulateArgs};
use crate::commands::load_config;
use crate::config::Config;
use crate::initialise::{password_from_stdin, passwords_from_stdin};
use crate::print;

/// Where somebody goes who is on the way to no application.
const OWN_PAGE: &str = "/security-info";

/// Signs a user in the way a browser does. Whatever the server decides is an answer, not a mistake.
///
/// # Errors
/// If the server cannot be reached, or does not decide.
pub(crate) async fn run(arguments: SimulateArgs) -> anyhow::Result<()> {
    let config = load_config(&arguments.common)?;
    let (password, new_password) = match arguments.new_password_stdin {
        true => passwords_from_stdin().map(|(current, new)| (current, Some(new)))?,
        false => (password_from_stdin()?, None),
    };
    let base_url = base_url(&arguments, &config)?;
    let data_dir = &arguments.common.data_dir;
    let address = arguments.from.as_deref();
    let address = address
        .map(|from| source_address(from, &config, data_dir.join("feeds"), Arc::new(SystemClock)))
        .transpose()?;
    let authenticator_file = arguments.authenticator.as_deref();
    let kept_secret = authenticator_file.map(kept_file::read).transpose()?.flatten();
    let secret = arguments.totp_secret.as_deref().or(kept_secret.as_deref());
    let codes = secret.map(|secret| codes(secret, SystemClock.now())).transpose()?.unwrap_or_default();
    let correlation_id = SystemRng.guid();
    let device_file = arguments.device_cookie.as_deref();
    let device_cookie = device_file.map(kept_file::read).transpose()?.flatten();
    let appearance = Appearance {
        user_agent: &arguments.user_agent,
        address,
        device_cookie: device_cookie.as_deref(),
        correlation_id: &correlation_id,
    };
    let destination = arguments.app.is_none().then_some(OWN_PAGE);
    let browser =
        Browser::new(&base_url, authority(&arguments, &config)?.as_deref(), &appearance, destination)?;
    let walk = Walk {
        browser: &browser,
        user: &arguments.user,
        password: &password,
        codes,
        new_password,
        accepts_terms: arguments.accept_terms,
        correlation_id: &correlation_id,
        sign_in_id: None,
        challenges: Vec::new(),
    };
    let outcome = walk.go(start(&base_url, &arguments)?).await?;
    if let (Some(file), None, SignInResult::Granted) = (device_file, &device_cookie, outcome.result) {
        device::register(&browser, &base_url, file).await?;
    }
    if let (Some(file), None, SignInResult::Granted) = (authenticator_file, &kept_secret, outcome.result) {
        authenticator::register(&browser, &base_url, file, SystemClock.now()).await?;
    }
    match arguments.common.output {
        Output::Json => print::json(&json!(outcome)),
        Output::Text => print::text(&text(&outcome)),
    }
}

fn base_url(arguments: &SimulateArgs, config: &Config) -> anyhow::Result<Url> {
    let text = arguments.base_url.clone().unwrap_or_else(|| config.base_url());
    let url = Url::parse(&text).with_context(|| format!("--base-url '{text}' is not an address"))?;
    anyhow::ensure!(url.scheme() == "https", "--base-url '{text}' must begin with https://");
    Ok(url)
}

/// The authority to trust: the one named, or that of the data directory unless the operator brought a certificate.
fn authority(arguments: &SimulateArgs, config: &Config) -> anyhow::Result<Option<Vec<u8>>> {
    let own = arguments.common.data_dir.join("tls").join("ca.pem");
    let path = match &arguments.ca_file {
        Some(path) => path,
        None if config.server.certificate_file.is_none() && own.exists() => &own,
        None => return Ok(None),
    };
    let pem = std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(Some(pem))
}

/// Where a person would begin: at the application, which sends him to its authorization request, or at his own page.
fn start(base_url: &Url, arguments: &SimulateArgs) -> anyhow::Result<Url> {
    let Some(app_id) = &arguments.app else { return Ok(base_url.join(OWN_PAGE)?) };
    let mut url = base_url.join("/organizations/oauth2/v2.0/authorize")?;
    let challenge = URL_SAFE_NO_PAD.encode(digest(&SHA256, SystemRng.token().as_bytes()));
    url.query_pairs_mut()
        .append_pair("client_id", app_id)
        .append_pair("response_type", "code")
        .append_pair("redirect_uri", &arguments.redirect_uri)
        .append_pair("scope", "openid profile")
        .append_pair("state", &SystemRng.token())
        .append_pair("nonce", &SystemRng.token())
        .append_pair("code_challenge", &challenge)
        .append_pair("code_challenge_method", "S256");
    Ok(url)
}

fn text(outcome: &Outcome) -> String {
    let summary = match outcome.result {
        SignInResult::Granted => "Granted: the person is signed in.",
        SignInResult::Challenged => "Challenged: more is asked for than was at hand.",
        SignInResult::Blocked => "Blocked by Conditional Access.",
        SignInResult::Failed => "Failed.",
    };
    let code = outcome.error_code.map(|code| code.to_string());
    let challenges: Vec<String> =
        outcome.challenges.iter().map(|challenge| format!("{challenge:?}")).collect();
    let challenges = challenges.join(", ");
    let mut rows = Vec::new();
    rows.extend(code.as_deref().map(|code| ("Error code", code)));
    rows.extend((!challenges.is_empty()).then_some(("Asked for", challenges.as_str())));
    rows.extend(outcome.sign_in_id.as_deref().map(|id| ("Sign-in", id)));
    rows.extend(outcome.request_id.as_deref().map(|id| ("Request", id)));
    rows.push(("Correlation", &outcome.correlation_id));
    format!("{summary}\n\n{}", print::pairs(&rows))
}
