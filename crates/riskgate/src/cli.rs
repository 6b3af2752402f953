//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// A self-hosted identity provider that scores the risk of every sign-in, decides with Conditional Access and serves
/// the identity-protection part of Microsoft Graph.
#[derive(Debug, Parser)]
#[command(name = "riskgate", version, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run everything; an empty data directory is initialised first
    Serve(ServeArgs),
    /// Create tenant, keys, certificate authority and administrator in a data directory
    Init(InitArgs),
    /// Register and list applications
    #[command(subcommand)]
    App(AppCommand),
    /// Create users and reset passwords, also when nobody can sign in
    #[command(subcommand)]
    User(UserCommand),
    /// Look at the policies of Conditional Access
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// Do what a person would do, through the real pages
    #[command(subcommand)]
    Simulate(SimulateCommand),
    /// Show and refresh threat and location data
    #[command(subcommand)]
    Feeds(FeedsCommand),
    /// Fill a fresh tenant with made-up people and weeks of sign-ins, attacks included, to look at
    DemoData(DemoDataArgs),
    /// Look at how often people are asked because of risk
    #[command(subcommand)]
    Risk(RiskCommand),
    /// Write down what is kept
    #[command(subcommand)]
    Export(ExportCommand),
    /// Judge recorded sign-ins in order, each by what came before it
    Replay(ReplayArgs),
    /// Check the configuration
    #[command(subcommand)]
    Config(ConfigCommand),
}

/// Where the data and the configuration are, and how answers are printed.
#[derive(Debug, Clone, Args)]
pub(crate) struct Common {
    /// Folder with the embedded store, keys and certificates
    #[arg(long, value_name = "DIRECTORY", env = "RISKGATE_DATA_DIR", default_value = ".riskgate")]
    pub(crate) data_dir: PathBuf,
    /// Configuration file
    #[arg(long, value_name = "FILE", env = "RISKGATE_CONFIG")]
    pub(crate) config: Option<PathBuf>,
    /// How answers are printed
    #[arg(long, value_enum, default_value_t = Output::Text)]
    pub(crate) output: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    /// For people
    Text,
    /// For programs
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    #[command(flatten)]
    pub(crate) common: Common,
    /// Address and port of the TLS listener, instead of server.listen
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) listen: Option<SocketAddr>,
    /// Keep everything in memory and forget it at the end; trusts X-Forwarded-For from this machine
    #[arg(long)]
    pub(crate) ephemeral: bool,
    /// Development profile: trusts X-Forwarded-For from this machine, so that sign-ins from anywhere can be simulated
    #[arg(long)]
    pub(crate) dev: bool,
}

#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    #[command(flatten)]
    pub(crate) common: Common,
    /// Domain of the tenant; user principal names end with it
    #[arg(long, default_value = "contoso.com")]
    pub(crate) domain: String,
    /// Read the administrator's password from standard input instead of making one up
    #[arg(long)]
    pub(crate) admin_password_stdin: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AppCommand {
    /// Register an application, with admin consent for its permissions
    Create(AppCreateArgs),
}

#[derive(Debug, Args)]
pub(crate) struct AppCreateArgs {
    #[command(flatten)]
    pub(crate) common: Common,
    /// Name shown to people
    #[arg(long)]
    pub(crate) name: String,
    /// A Microsoft Graph permission, for example IdentityRiskEvent.Read.All; may be repeated
    #[arg(long = "permission", value_name = "PERMISSION")]
    pub(crate) permissions: Vec<String>,
    /// Where sign-ins return to; may be repeated. http://localhost stands for any port
    #[arg(long = "redirect-uri", value_name = "ADDRESS")]
    pub(crate) redirect_uris: Vec<String>,
    /// Where the application takes logout tokens when a session ends (https)
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) logout_url: Option<String>,
    /// An application that cannot keep a secret: no secret is made, PKCE is required
    #[arg(long)]
    pub(crate) public: bool,
    /// A certificate (PEM, RSA) the application proves itself with, besides its secret
    #[arg(long, value_name = "FILE")]
    pub(crate) certificate: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum UserCommand {
    /// Create a user
    Create(UserCreateArgs),
    /// Set a new password; open risk of the user is closed and all sessions end
    ResetPassword(UserResetArgs),
    /// List users
    List(UserListArgs),
}

#[derive(Debug, Args)]
pub(crate) struct UserCreateArgs {
    #[command(flatten)]
    pub(crate) common: Common,
    /// User principal name, for example anna@contoso.com
    #[arg(long = "user-principal-name", visible_alias = "upn", value_name = "NAME")]
    pub(crate) user_principal_name: String,
    /// Display name; the user principal name's first part if left out
    #[arg(long)]
    pub(crate) display_name: Option<String>,
    /// A directory role, for example "Security Administrator"; may be repeated
    #[arg(long = "role", value_name = "ROLE")]
    pub(crate) roles: Vec<String>,
    /// Read the password from standard input instead of making one up
    #[arg(long)]
    pub(crate) password_stdin: bool,
    /// The password need not be changed at the first sign-in
    #[arg(long)]
    pub(crate) keep_password: bool,
}

#[derive(Debug, Args)]
pub(crate) struct UserResetArgs {
    #[command(flatten)]
    pub(crate) common: Common,
    /// User principal name or object identifier
    #[arg(long, value_name = "USER")]
    pub(crate) user: String,
    /// Read the password from standard input instead of making one up
    #[arg(long)]
    pub(crate) password_stdin: bool,
    /// The password need not be changed at the next sign-in
    #[arg(long)]
    pub(crate) keep_password: bool,
}

#[derive(Debug, Args)]
pub(crate) struct UserListArgs {
    #[command(flatten)]
    pub(crate) common: Common,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PolicyCommand {
    /// Name policies that are valid and probably not meant; exits with 3 if one of them is an error
    Lint(PolicyLintArgs),
}

#[derive(Debug, Args)]
pub(crate) struct PolicyLintArgs {
    #[command(flatten)]
    pub(crate) common: Common,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SimulateCommand {
    /// Sign a user in the way a browser does, from an address of your choice
    Signin(SimulateArgs),
}

#[derive(Debug, Args)]
pub(crate) struct SimulateArgs {
    #[command(flatten)]
    pub(crate) common: Common,
    /// User principal name
    #[arg(long, value_name = "NAME")]
    pub(crate) user: String,
    /// Read the password from standard input
    #[arg(long, required = true)]
    pub(crate) password_stdin: bool,
    /// Where from: tor, vpn or an address
    #[arg(long, value_name = "tor|vpn|ADDRESS")]
    pub(crate) from: Option<String>,
    /// User-Agent to send
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
    )]
    pub(crate) user_agent: String,
    /// Secret of the user's authenticator, to answer a challenge
    #[arg(long, value_name = "BASE32")]
    pub(crate) totp_secret: Option<String>,
    /// Secret of the user's authenticator; without the file one is set up when the user is signed in, and the file made
    #[arg(long, value_name = "FILE", conflicts_with_all = ["totp_secret", "app"])]
    pub(crate) authenticator: Option<PathBuf>,
    /// Cookie of a registered browser; without the file the browser is registered when it is signed in, and the file made
    #[arg(long, value_name = "FILE")]
    pub(crate) device_cookie: Option<PathBuf>,
    /// Accept terms of use that are asked for, after opening them
    #[arg(long)]
    pub(crate) accept_terms: bool,
    /// Read a new password from a second line of standard input, to choose it where one is asked for
    #[arg(long)]
    pub(crate) new_password_stdin: bool,
    /// appId of the application to sign in to; Riskgate's own account page if left out
    #[arg(long, value_name = "APP_ID")]
    pub(crate) app: Option<String>,
    /// Where the application is answered; it must be registered for it
    #[arg(long, value_name = "ADDRESS", default_value = "http://localhost", requires = "app")]
    pub(crate) redirect_uri: String,
    /// Base URL of the server, instead of server.base_url
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,
    /// Certificate authority of the server, instead of the one in the data directory
    #[arg(long, value_name = "FILE")]
    pub(crate) ca_file: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum FeedsCommand {
    /// Show every source with its age, size and licence
    Status(FeedsArgs),
    /// Fetch the sources that have an address
    Update(FeedsArgs),
    /// Make a filter of breached passwords from the downloaded corpus (lines SHA1:count, sorted)
    BuildBreached(BuildBreachedArgs),
}

#[derive(Debug, Args)]
pub(crate) struct BuildBreachedArgs {
    #[command(flatten)]
    pub(crate) common: Common,
    /// The corpus, one file
    pub(crate) file: PathBuf,
    /// Where the filter goes; breached-passwords.filter in the data directory if left out
    #[arg(long, value_name = "FILE")]
    pub(crate) to: Option<PathBuf>,
    /// Leave out passwords that were seen fewer times
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub(crate) min_count: u64,
}

#[derive(Debug, Args)]
pub(crate) struct FeedsArgs {
    #[command(flatten)]
    pub(crate) common: Common,
    /// Only this source
    #[arg(long)]
    pub(crate) name: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct DemoDataArgs {
    #[command(flatten)]
    pub(crate) common: Common,
    /// How many people
    #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(u32).range(10..=20_000))]
    pub(crate) users: u32,
    /// How many days until today
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u16).range(7..=365))]
    pub(crate) days: u16,
    /// The same seed makes up the same
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RiskCommand {
    /// Show which share of honest sign-ins is found unfamiliar, and the thresholds that would keep to a noise budget
    Noise(NoiseArgs),
}

#[derive(Debug, Args)]
pub(crate) struct NoiseArgs {
    #[command(flatten)]
    pub(crate) common: Common,
    /// Largest share found at low or above, instead of noise_budget.low
    #[arg(long, value_name = "SHARE")]
    pub(crate) low: Option<f64>,
    /// Largest share found at medium or above
    #[arg(long, value_name = "SHARE")]
    pub(crate) medium: Option<f64>,
    /// Largest share found at high
    #[arg(long, value_name = "SHARE")]
    pub(crate) high: Option<f64>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ExportCommand {
    /// Write sign-ins with all they were judged by, one JSON object a line, for `riskgate replay --format riskgate-json`
    SignIns(ExportSignInsArgs),
}

#[derive(Debug, Args)]
pub(crate) struct ExportSignInsArgs {
    #[command(flatten)]
    pub(crate) common: Common,
    /// The file; one that is there is replaced when the new one is whole
    #[arg(long, value_name = "FILE")]
    pub(crate) to: PathBuf,
    /// Only sign-ins from this day or moment on, for example 2026-11-01 or 2026-11-01T09:00:00Z
    #[arg(long, value_name = "MOMENT")]
    pub(crate) from: Option<String>,
    /// Only sign-ins before this day or moment
    #[arg(long, value_name = "MOMENT")]
    pub(crate) until: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ReplayArgs {
    #[command(flatten)]
    pub(crate) common: Common,
    /// The recording
    pub(crate) file: PathBuf,
    /// How it is written
    #[arg(long, value_enum)]
    pub(crate) format: RecordingFormat,
    /// Where to write index, score, level and detections of each sign-in, as CSV
    #[arg(long, value_name = "FILE")]
    pub(crate) scores: Option<PathBuf>,
    /// Learn only from sign-ins in which nothing was found; left out, from all that ended well, as if every challenge was
    /// passed
    #[arg(long)]
    pub(crate) learn_only_clean: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RecordingFormat {
    /// CSV with the columns of the public data set for risk-based authentication
    RbaCsv,
    /// Sign-ins as Graph's auditLogs/signIns shows them, Entra's or Riskgate's own: an answer, an array or one a line
    #[value(alias = "riskgate-json")]
    EntraJson,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Check the file and the environment; a mistake is shown with its line
    Check(ConfigArgs),
}

#[derive(Debug, Args)]
pub(crate) struct ConfigArgs {
    #[command(flatten)]
    pub(crate) common: Common,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_sound() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }
}
