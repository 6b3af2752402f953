//! What each command does, one file per command.

mod app;
mod config;
mod demo_data;
mod export;
mod feeds;
mod init;
mod policy;
mod replay;
mod risk;
mod serve;
mod simulate;
mod user;

use std::process::ExitCode;

use crate::cli::{
    AppCommand, Command, Common, ConfigCommand, ExportCommand, FeedsCommand, PolicyCommand, RiskCommand,
    SimulateCommand, UserCommand,
};
use crate::config::Config;
use crate::data_dir::DataDirectory;
use crate::logging;
use crate::wiring::{Foundation, Place, System};

/// Runs a command; says what the program exits with.
///
/// # Errors
/// Whatever kept it from being done.
pub(crate) async fn run(command: Command) -> anyhow::Result<ExitCode> {
    let Command::Serve(arguments) = command else {
        logging::start(logging::PROBLEMS, false)?;
        return run_once(command).await;
    };
    serve::run(arguments).await?;
    Ok(ExitCode::SUCCESS)
}

async fn run_once(command: Command) -> anyhow::Result<ExitCode> {
    let done = match command {
        Command::Serve(arguments) => serve::run(arguments).await,
        Command::Init(arguments) => init::run(arguments).await,
        Command::App(AppCommand::Create(arguments)) => app::create::run(arguments).await,
        Command::User(UserCommand::Create(arguments)) => user::create::run(arguments).await,
        Command::User(UserCommand::ResetPassword(arguments)) => user::reset_password::run(arguments).await,
        Command::User(UserCommand::List(arguments)) => user::list::run(arguments).await,
        Command::Policy(PolicyCommand::Lint(arguments)) => return policy::lint::run(arguments).await,
        Command::Simulate(SimulateCommand::Signin(arguments)) => simulate::signin::run(arguments).await,
        Command::Feeds(FeedsCommand::BuildBreached(arguments)) => feeds::build_breached::run(&arguments),
        Command::Feeds(FeedsCommand::Status(arguments)) => feeds::status::run(&arguments),
        Command::Feeds(FeedsCommand::Update(arguments)) => feeds::update::run(arguments).await,
        Command::DemoData(arguments) => demo_data::run(arguments).await,
        Command::Risk(RiskCommand::Noise(arguments)) => risk::noise::run(&arguments).await,
        Command::Replay(arguments) => replay::run(&arguments),
        Command::Export(ExportCommand::SignIns(arguments)) => export::sign_ins::run(arguments).await,
        Command::Config(ConfigCommand::Check(arguments)) => config::check::run(&arguments),
    };
    done.map(|()| ExitCode::SUCCESS)
}

/// The configuration a command works with.
fn load_config(common: &Common) -> anyhow::Result<Config> {
    // Variables that are no text are nobody's setting.
    let variables =
        std::env::vars_os().filter_map(|(k, v)| Some((k.into_string().ok()?, v.into_string().ok()?)));
    Ok(crate::config::read(common.config.as_deref(), variables)?)
}

/// Everything of the tenant in the data directory, which must be there.
async fn open(common: &Common) -> anyhow::Result<System> {
    let config = load_config(common)?;
    let directory = DataDirectory::existing(&common.data_dir)?;
    System::new(Foundation::open(config, Place::Directory(directory)).await?)
}
