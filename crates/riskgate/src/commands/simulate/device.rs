//! The registered device that a simulated browser is.

use std::path::Path;

use anyhow::{Context, bail};
use url::Url;

use super::browser::{Browser, Place};
use super::kept_file;

/// The cookie a registered browser has.
pub(super) const COOKIE: &str = "__Host-riskgate-device";
/// Where a person registers the browser he uses.
const PAGE: &str = "/security-info/device";

/// Registers the browser, in which somebody is signed in, as his device, and keeps its cookie in a new file.
///
/// # Errors
/// If the server registers it not, or the file cannot be written.
pub(super) async fn register(browser: &Browser, base_url: &Url, path: &Path) -> anyhow::Result<()> {
    let refused = "the server does not let this browser be registered as a device";
    let Place::Page { url, html, .. } = browser.open(base_url.join(PAGE)?).await?.place else {
        bail!("{refused}");
    };
    let form = html.forms.iter().find(|form| form.action == PAGE).context(refused)?;
    browser.send(&url, form, &[]).await?;
    let cookie = browser.cookie(COOKIE, base_url).context(refused)?;
    kept_file::write(path, &cookie)
}
