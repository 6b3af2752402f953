use anyhow::bail;
use secrecy::ExposeSecret;
use serde_json::json;

use super::load_config;
use crate::cli::{InitArgs, Output};
use crate::data_dir::DataDirectory;
use crate::initialise::{check, initialise, password_from_stdin};
use crate::print;
use crate::wiring::{Certificate, Foundation, Place};

/// Creates tenant, keys, certificate authority and administrator.
///
/// # Errors
/// If the data directory has a tenant already, or something cannot be made.
pub(crate) async fn run(arguments: InitArgs) -> anyhow::Result<()> {
    let common = &arguments.common;
    let config = load_config(common)?;
    let given = if arguments.admin_password_stdin { Some(password_from_stdin()?) } else { None };
    check(&arguments.domain, given.as_ref())?;
    let directory = DataDirectory::create(&common.data_dir)?;
    let place = Place::Directory(directory.clone());
    let certificate = Certificate::new(&config, &place);
    let base_url = config.base_url();
    let mut foundation = Foundation::open(config, place).await?;
    if let Some(tenant) = &foundation.tenant {
        bail!(
            "{} is initialised already, with tenant {} ({}); nothing was changed. Use 'riskgate user reset-password' if \
             nobody can sign in any more, or another data directory",
            directory.path().display(),
            tenant.domain,
            tenant.id
        );
    }
    let tls = certificate.load(foundation.clock.now())?;
    let administrator = initialise(&mut foundation, &arguments.domain, given).await?;
    let tenant_id = foundation.tenant.as_ref().map(|tenant| tenant.id.to_string()).unwrap_or_default();
    let ca_file = tls.authority_pem.map(|_| directory.authority().display().to_string());
    let (name, password) = (&administrator.user_principal_name, administrator.password.expose_secret());
    match common.output {
        Output::Json => print::json(&json!({
            "tenantId": tenant_id,
            "domain": arguments.domain,
            "baseUrl": base_url,
            "caFile": ca_file,
            "adminUserPrincipalName": name,
            "adminPassword": password,
        })),
        Output::Text => {
            let shown_password = if arguments.admin_password_stdin { "as given" } else { password };
            let mut rows =
                vec![("Tenant", tenant_id.as_str()), ("Domain", &arguments.domain), ("Base URL", &base_url)];
            rows.extend(ca_file.as_deref().map(|path| ("CA certificate", path)));
            rows.extend([("Administrator", name.as_str()), ("Password", shown_password)]);
            print::text(&format!(
                "Created.\n\n{}\nThe password is shown this once. Start with: riskgate serve --data-dir {}\n",
                print::pairs(&rows),
                directory.path().display()
            ))
        }
    }
}
