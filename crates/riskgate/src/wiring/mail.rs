use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use riskgate_directory::Tenant;
use riskgate_mail::{MailSettings, SmtpMailer};
use riskgate_ports::Mailer;

use super::Foundation;

/// Pauses before a mail that could not be delivered for now is tried again, in seconds.
const RETRY_AFTER: [u64; 4] = [5, 30, 120, 600];

/// What sends mail; `None` if nothing is configured.
///
/// # Errors
/// If a file cannot be read or holds no certificate.
pub(super) fn mailer(foundation: &Foundation, tenant: &Tenant) -> anyhow::Result<Option<Arc<dyn Mailer>>> {
    let Some(section) = &foundation.config.mail else { return Ok(None) };
    let credentials = match (&section.user, &section.password_file) {
        (Some(user), Some(path)) => Some((user.clone(), read(path, "mail.password_file")?.trim_end().into())),
        _ => None,
    };
    let authority = match &section.authority_file {
        Some(path) => Some(read(path, "mail.authority_file")?.into_bytes()),
        None => None,
    };
    let settings = MailSettings {
        host: section.host.clone(),
        port: section.port,
        tls: section.tls.into(),
        authority,
        credentials,
        from: section.from.clone(),
        organization: tenant.display_name.clone(),
        retry_after: RETRY_AFTER.map(Duration::from_secs).to_vec(),
    };
    let mailer = SmtpMailer::new(&settings, foundation.rng.clone()).context("mail cannot be sent")?;
    Ok(Some(Arc::new(mailer)))
}

fn read(path: &Path, setting: &str) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("{setting} {} cannot be read", path.display()))
}
