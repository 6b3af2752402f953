//! The authenticator app of a simulated person.

use std::path::Path;

use anyhow::{Context, bail};
use riskgate_core::Timestamp;
use url::Url;

use super::browser::{Browser, Place};
use super::kept_file;
use super::walk::codes;

/// Where a person sets up an authenticator app.
const PAGE: &str = "/security-info/totp";

/// Sets one up for who is signed in in the browser, and keeps its secret in a new file.
///
/// # Errors
/// If the server does not take it, or the file cannot be written.
pub(super) async fn register(
    browser: &Browser,
    base_url: &Url,
    path: &Path,
    now: Timestamp,
) -> anyhow::Result<()> {
    let refused = "the server does not let this user set up an authenticator app";
    let page = browser.open(base_url.join(PAGE)?).await?;
    let Place::Page { url, html, .. } = page.place else { bail!("{refused}") };
    let form = html.form_with("pending").context(refused)?;
    let secret: String = html.text_of("totp-secret").context(refused)?.split_whitespace().collect();
    let code = codes(&secret, now)?.into_iter().next().context(refused)?;
    // Written first: an authenticator whose secret nobody has locks the user out.
    kept_file::write(path, &secret)?;
    let arrival = browser.send(&url, form, &[("code", &code)]).await?;
    if matches!(&arrival.place, Place::Page { html, .. } if html.form_with("code").is_some()) {
        std::fs::remove_file(path).with_context(|| format!("{} cannot be removed", path.display()))?;
        bail!("{refused}");
    }
    Ok(())
}
