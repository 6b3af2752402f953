use std::path::Path;
use std::time::Duration;

use anyhow::{Context, bail};
use riskgate_directory::{Actor, NewApplication, Platform, split_permissions};
use riskgate_store::records::ClientCredential;
use riskgate_tokens::TokenService;
use serde_json::json;

use crate::cli::{AppCreateArgs, Output};
use crate::commands::open;
use crate::print;

/// How long a secret is good: two years, the longest Entra's portal offers.
const SECRET_LIFETIME: Duration = Duration::from_secs(2 * 365 * 24 * 60 * 60);

/// Registers an application and consents to its permissions.
///
/// # Errors
/// What is wrong with its name, a permission, an address or the certificate; then nothing is registered.
pub(crate) async fn run(arguments: AppCreateArgs) -> anyhow::Result<()> {
    if arguments.public && arguments.certificate.is_some() {
        bail!("--public and --certificate exclude each other: a public application cannot prove who it is");
    }
    let (application_permissions, delegated_permissions) =
        split_permissions(&arguments.permissions, arguments.public)?;
    let system = open(&arguments.common).await?;
    let certificate =
        arguments.certificate.as_deref().map(|path| certificate(&system.tokens, path)).transpose()?;
    let secret = match arguments.public {
        true => None,
        false => Some(system.tokens.new_client_secret("", None, SECRET_LIFETIME)?),
    };
    let new = NewApplication {
        display_name: arguments.name.clone(),
        application_permissions,
        delegated_permissions,
        redirect_uris: arguments
            .redirect_uris
            .iter()
            .map(|uri| (platform(arguments.public, uri), uri.clone()))
            .collect(),
        logout_url: arguments.logout_url.clone(),
        public: arguments.public,
        credential: secret.as_ref().map(|secret| secret.credential.clone()),
    };
    let actor = Actor::command_line();
    let created = system.directory.create_application(&actor, &new).await?;
    let app_id = created.application.app_id.unwrap_or_default();
    if let Some(certificate) = &certificate {
        let added = system.directory.add_client_credential(&actor, &app_id, certificate, None).await;
        added.with_context(|| format!("application {app_id} was registered, but not its certificate"))?;
    }
    let secret = secret.as_ref().map(|secret| secret.secret.as_str());
    match arguments.common.output {
        Output::Json => print::json(&json!({
            "appId": app_id,
            "objectId": created.application.id,
            "clientSecret": secret,
        })),
        Output::Text => {
            let tenant = system.tenant.id.to_string();
            let mut rows = vec![
                ("Application (client) ID", app_id.as_str()),
                ("Object ID", &created.application.id),
                ("Directory (tenant) ID", &tenant),
            ];
            rows.extend(secret.map(|secret| ("Client secret", secret)));
            let note = if secret.is_some() {
                "\nThe secret is shown this once and is good for two years.\n"
            } else {
                ""
            };
            print::text(&format!("Registered {}.\n\n{}{note}", arguments.name, print::pairs(&rows)))
        }
    }
}

/// Public applications run on a machine, or in a browser if they return to https; all others are servers.
fn platform(is_public: bool, redirect_uri: &str) -> Platform {
    match (is_public, redirect_uri.starts_with("https:")) {
        (false, _) => Platform::Web,
        (true, true) => Platform::Spa,
        (true, false) => Platform::PublicClient,
    }
}

fn certificate(tokens: &TokenService, path: &Path) -> anyhow::Result<ClientCredential> {
    let shown = path.display();
    let pem =
        std::fs::read_to_string(path).with_context(|| format!("the certificate {shown} cannot be read"))?;
    let new = tokens.new_certificate_credential("", None, &pem);
    Ok(new.with_context(|| format!("the certificate {shown} cannot be used"))?.credential)
}
