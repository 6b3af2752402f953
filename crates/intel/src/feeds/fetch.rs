use std::error::Error as _;
use std::time::Duration;

use reqwest::header::{ETAG, HeaderMap, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED};
use reqwest::{Client, Response, StatusCode, Url, redirect};

use super::cache::Validators;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Longest silence between two pieces of a body.
const READ_TIMEOUT: Duration = Duration::from_secs(30);
const WHOLE_TIMEOUT: Duration = Duration::from_secs(600);
const MAX_REDIRECTS: usize = 5;
/// Longest validator that is kept, in bytes.
const MAX_VALIDATOR: usize = 1_024;

/// What a server answered.
#[derive(Debug)]
pub(super) enum Fetched {
    /// The copy with these validators is still current.
    NotModified,
    /// New content.
    Content { bytes: Vec<u8>, validators: Validators },
}

/// Why nothing was fetched.
#[derive(Debug, thiserror::Error)]
pub(super) enum FetchError {
    #[error("the request failed: {0}")]
    Request(String),
    #[error("the server answered with status {0}")]
    Status(StatusCode),
    #[error("the answer is larger than the {0} bytes that are allowed")]
    TooLarge(usize),
}

/// A client for feeds and other services of the kind.
///
/// # Errors
/// In words, if the system's certificate authorities cannot be loaded.
pub(crate) fn client() -> Result<Client, String> {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // Fails only if another thread has just installed one, which serves as well.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    }
    Client::builder()
        .user_agent(concat!("riskgate/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT_TIMEOUT)
        .read_timeout(READ_TIMEOUT)
        .timeout(WHOLE_TIMEOUT)
        .redirect(redirect::Policy::custom(follow))
        .build()
        .map_err(|error| format!("no HTTP client: {}", explain(error)))
}

/// Follows a few redirects, never from one scheme to another: `https` must not fall back to plain text.
fn follow(attempt: redirect::Attempt<'_>) -> redirect::Action {
    let from = attempt.previous().first().map(|url| url.scheme().to_owned());
    if attempt.previous().len() > MAX_REDIRECTS {
        attempt.error("too many redirects")
    } else if from.as_deref() != Some(attempt.url().scheme()) {
        attempt.error("redirected to another scheme")
    } else {
        attempt.follow()
    }
}

/// Fetches a feed unless the server says that the copy with these validators is current.
pub(super) async fn fetch(
    client: &Client,
    url: &Url,
    validators: &Validators,
    max: usize,
) -> Result<Fetched, FetchError> {
    let mut request = client.get(url.clone());
    if let Some(etag) = &validators.etag {
        request = request.header(IF_NONE_MATCH, etag);
    }
    if let Some(moment) = &validators.last_modified {
        request = request.header(IF_MODIFIED_SINCE, moment);
    }
    let response = request.send().await.map_err(|error| FetchError::Request(explain(error)))?;
    let is_conditional = *validators != Validators::default();
    match response.status() {
        StatusCode::OK => read(response, max).await,
        StatusCode::NOT_MODIFIED if is_conditional => Ok(Fetched::NotModified),
        status => Err(FetchError::Status(status)),
    }
}

/// Reads a body piece by piece, so that neither a lying length nor a compressed bomb takes more than `max`.
async fn read(mut response: Response, max: usize) -> Result<Fetched, FetchError> {
    if response.content_length().is_some_and(|length| length > max as u64) {
        return Err(FetchError::TooLarge(max));
    }
    let headers = response.headers();
    let validators =
        Validators { etag: validator(headers, ETAG), last_modified: validator(headers, LAST_MODIFIED) };
    let mut bytes = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(|error| FetchError::Request(explain(error)))? {
        if bytes.len() + piece.len() > max {
            return Err(FetchError::TooLarge(max));
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(Fetched::Content { bytes, validators })
}

fn validator(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    let text = headers.get(name)?.to_str().ok()?;
    (text.len() <= MAX_VALIDATOR).then(|| text.to_owned())
}

/// The chain of causes in words, without the URL, which may hold a key.
fn explain(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text.chars().take(400).collect()
}
