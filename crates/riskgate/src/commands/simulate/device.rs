//! The registered device that a simulated browser is.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context, bail};
use url::Url;

use super::browser::{Browser, Place};

/// The cookie a registered browser has.
pub(super) const COOKIE: &str = "__Host-riskgate-device";
/// Where a person registers the browser he uses.
const PAGE: &str = "/security-info/device";

/// The cookie a file keeps; `None` if there is no file yet.
///
/// # Errors
/// If the file cannot be read, or holds something else.
pub(super) fn kept(path: &Path) -> anyhow::Result<Option<String>> {
    let text = match fs::read_to_string(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        text => text.with_context(|| format!("{} cannot be read", path.display()))?,
    };
    let cookie = text.trim();
    let is_cookie = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    if cookie.is_empty() || !cookie.bytes().all(is_cookie) {
        bail!("{} holds no device cookie", path.display());
    }
    Ok(Some(cookie.to_owned()))
}

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
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    let written = file.and_then(|mut file| writeln!(file, "{cookie}"));
    written.with_context(|| format!("{} cannot be written", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_holds_one_cookie_or_is_not_there_yet() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("device");
        assert_eq!(kept(&path).unwrap(), None);
        fs::write(&path, "abc-_9\n").unwrap();
        assert_eq!(kept(&path).unwrap().as_deref(), Some("abc-_9"));
        for wrong in ["", "two words", "a;b", "a\nb"] {
            fs::write(&path, wrong).unwrap();
            assert!(kept(&path).is_err(), "{wrong:?}");
        }
    }
}
