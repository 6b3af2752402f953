use std::path::Path;

use secrecy::ExposeSecret;
use serde_json::json;

use crate::cli::Output;
use crate::initialise::FirstAdministrator;
use crate::print;
use crate::wiring::{Place, System};

/// What the terminal shows when the server starts.
pub(super) struct Welcome<'a> {
    pub(super) system: &'a System,
    /// File of the certificate authority, unless the operator brought a certificate.
    pub(super) authority: Option<&'a Path>,
    /// The administrator, if the tenant was just made.
    pub(super) administrator: Option<&'a FirstAdministrator>,
    pub(super) is_ephemeral: bool,
}

impl Welcome<'_> {
    /// Prints it.
    ///
    /// # Errors
    /// If standard output is closed.
    pub(super) fn print(&self, output: Output) -> anyhow::Result<()> {
        match output {
            Output::Text => print::text(&self.text()),
            Output::Json => print::json(&json!({
                "tenantId": self.system.tenant.id.to_string(),
                "domain": self.system.tenant.domain,
                "baseUrl": self.system.base_url,
                "operationsUrl": self.operations_url(),
                "caFile": self.authority,
                "adminUserPrincipalName": self.administrator.map(|admin| &admin.user_principal_name),
                "adminPassword": self.administrator.map(|admin| admin.password.expose_secret()),
            })),
        }
    }

    fn text(&self) -> String {
        let base_url = &self.system.base_url;
        let tenant = format!("{} ({})", self.system.tenant.id, self.system.tenant.domain);
        let authority = self.authority.map(|path| path.display().to_string());
        let mut rows = vec![("Base URL", base_url.as_str())];
        rows.extend(authority.as_deref().map(|path| ("CA certificate", path)));
        rows.push(("Tenant", &tenant));
        if let Some(administrator) = self.administrator {
            rows.push(("Administrator", &administrator.user_principal_name));
            rows.push(("Password", administrator.password.expose_secret()));
        }
        let mut text = format!("\nRiskgate is starting.\n\n{}", print::pairs(&rows));
        if self.administrator.is_some() {
            text.push_str("\n  The password is shown this once; you choose your own at the first sign-in.\n");
        }
        if self.is_ephemeral {
            text.push_str("\n  Everything is kept in memory and forgotten when the server stops.\n");
        }
        text + &self.next_steps()
    }

    fn next_steps(&self) -> String {
        let base_url = &self.system.base_url;
        let start = format!("{base_url}/admin/start");
        let console = format!("{base_url}/admin/");
        let explorer = format!("{base_url}/explorer/");
        let sign_in = format!("{base_url}/security-info");
        let graph = format!("{base_url}/v1.0");
        let ready = format!("{}/readyz", self.operations_url());
        let register = match &self.system.foundation.place {
            Place::Directory(directory) => Some(format!(
                "riskgate app create --data-dir {} --name my-app --permission IdentityRiskEvent.Read.All",
                directory.path().display()
            )),
            Place::Memory => None,
        };
        let mut rows = vec![
            ("See it work in two minutes", start.as_str()),
            ("Console", &console),
            ("Explorer", &explorer),
            ("Sign in", &sign_in),
        ];
        rows.extend(register.as_deref().map(|command| ("Register an application", command)));
        rows.extend([("Microsoft Graph", graph.as_str()), ("Is it ready?", &ready)]);
        if self.authority.is_some() {
            rows.push(("Trust", "import the CA certificate into your browser, or name it in SSL_CERT_FILE"));
        }
        rows.push(("Stop", "Ctrl-C"));
        format!("\nNext\n\n{}\n", print::pairs(&rows))
    }

    fn operations_url(&self) -> String {
        format!("http://{}", self.system.foundation.config.server.operations_listen)
    }
}
