//! Runs the built program as somebody at a terminal would.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::Value as Json;

/// A data directory of its own, and a configuration with the cheapest password hashing there is.
pub(crate) struct Installation {
    directory: tempfile::TempDir,
}

/// What a command left behind.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Finished {
    /// The printed JSON of a command that must have worked.
    pub(crate) fn json(&self) -> Json {
        assert_eq!(self.code, Some(0), "{self:?}");
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The message of a command that must have failed: printed nothing, said one line, ended with 1.
    pub(crate) fn mistake(&self) -> &str {
        assert_eq!((self.code, self.stdout.as_str()), (Some(1), ""), "{self:?}");
        let message = self.stderr.strip_prefix("riskgate: ").unwrap_or_else(|| panic!("{self:?}"));
        assert_eq!(message.lines().count(), 1, "{message}");
        message.trim_end()
    }
}

impl Installation {
    /// Nothing but a configuration file.
    pub(crate) fn new() -> Self {
        let installation = Self { directory: tempfile::tempdir().unwrap() };
        installation.configure("");
        installation
    }

    /// One with a tenant, whose administrator has the password `Contoso-1234`.
    pub(crate) fn initialised() -> Self {
        let installation = Self::new();
        installation
            .run_with(&["init", "--admin-password-stdin", "--output", "json"], "Contoso-1234\n")
            .json();
        installation
    }

    /// Adds to the configuration.
    pub(crate) fn configure(&self, more: &str) {
        let text = format!("[sign_in]\nargon2_memory_kib = 64\nargon2_passes = 1\n{more}");
        std::fs::write(self.config(), text).unwrap();
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.path("data")
    }

    fn config(&self) -> PathBuf {
        self.path("riskgate.toml")
    }

    /// The program with this installation's folders and nobody's environment.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_riskgate"));
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("RISKGATE_") {
                command.env_remove(name);
            }
        }
        command.args(arguments).arg("--data-dir").arg(self.data()).arg("--config").arg(self.config());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Finished {
        self.run_with(arguments, "")
    }

    /// Runs a command with something on its standard input.
    pub(crate) fn run_with(&self, arguments: &[&str], input: &str) -> Finished {
        let mut child = self.command(arguments).stdin(Stdio::piped()).spawn().unwrap();
        // A command that does not read its input may be gone already.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        Finished {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs a command that must work and answers with JSON.
    pub(crate) fn json(&self, arguments: &[&str]) -> Json {
        self.run(&[arguments, &["--output", "json"]].concat()).json()
    }

    /// Starts the server on ports that are free.
    pub(crate) fn serve(&self, more: &[&str]) -> Server {
        let arguments = [&["serve", "--output", "json", "--listen", "127.0.0.1:0"], more].concat();
        let log = std::fs::File::create(self.path("server.log")).unwrap();
        let mut command = self.command(&arguments);
        let mut child =
            command.env("RISKGATE_SERVER__OPERATIONS_LISTEN", "127.0.0.1:0").stderr(log).spawn().unwrap();
        // The listeners are open when the addresses are printed; what comes before the server accepts waits.
        let mut text = String::new();
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            let line = line.unwrap();
            text.push_str(&line);
            if line == "}" {
                break;
            }
        }
        let log = || std::fs::read_to_string(self.path("server.log")).unwrap();
        let welcome: Json =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}\n{}", log()));
        let ca = std::fs::read(welcome["caFile"].as_str().unwrap()).unwrap();
        Server { child, client: client(&ca), welcome }
    }
}

/// A client that trusts the authority and keeps cookies.
pub(crate) fn client(ca: &[u8]) -> reqwest::Client {
    // Fails only if another test of this process was faster.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let certificates = reqwest::Certificate::from_pem_bundle(ca).unwrap();
    reqwest::Client::builder().tls_certs_only(certificates).cookie_store(true).no_proxy().build().unwrap()
}

/// A running server; killed when it is dropped.
pub(crate) struct Server {
    pub(crate) child: Child,
    pub(crate) client: reqwest::Client,
    /// What it printed when it started.
    pub(crate) welcome: Json,
}

impl Server {
    pub(crate) fn base_url(&self) -> &str {
        self.welcome["baseUrl"].as_str().unwrap()
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base_url())
    }

    pub(crate) fn operations(&self, path: &str) -> String {
        format!("{}{path}", self.welcome["operationsUrl"].as_str().unwrap())
    }

    /// Arguments that lead `simulate signin` here.
    pub(crate) fn simulate<'a>(&'a self, user: &'a str, more: &[&'a str]) -> Vec<&'a str> {
        let ca = self.welcome["caFile"].as_str().unwrap();
        let arguments = ["simulate", "signin", "--password-stdin", "--output", "json", "--user", user];
        [&arguments[..], &["--base-url", self.base_url(), "--ca-file", ca], more].concat()
    }

    /// A token of an application for Graph.
    pub(crate) async fn token(&self, app: &Json) -> String {
        let tenant = self.welcome["tenantId"].as_str().unwrap();
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", app["appId"].as_str().unwrap()),
            ("client_secret", app["clientSecret"].as_str().unwrap()),
            ("scope", "https://graph.microsoft.com/.default"),
        ];
        let answer =
            self.client.post(self.url(&format!("/{tenant}/oauth2/v2.0/token"))).form(&form).send().await;
        let answer: Json = answer.unwrap().json().await.unwrap();
        answer["access_token"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
    }

    /// What Graph answers.
    pub(crate) async fn graph(&self, token: &str, path: &str) -> (u16, Json) {
        let answer =
            self.client.get(self.url(&format!("/v1.0{path}"))).bearer_auth(token).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    /// Stops it as the system does.
    pub(crate) fn terminate(mut self) -> Option<i32> {
        let killed = Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        assert!(killed.success());
        self.child.wait().unwrap().code()
    }

    /// Stops it without a chance to finish anything.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
