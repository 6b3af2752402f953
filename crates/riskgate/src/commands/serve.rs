mod welcome;

use std::net::{IpAddr, Ipv6Addr};
use std::path::PathBuf;

use anyhow::Context;
use axum_server::tls_rustls::RustlsConfig;
use ipnet::IpNet;
use riskgate_directory::Actor;
use tokio::sync::watch;

use self::welcome::Welcome;
use super::load_config;
use crate::cli::ServeArgs;
use crate::config::Config;
use crate::data_dir::DataDirectory;
use crate::initialise::{FirstAdministrator, initialise};
use crate::server::{self, Listeners};
use crate::wiring::{Certificate, Foundation, Place, System, router};
use crate::{background, logging};

/// Domain of a tenant that is made on the way.
const DOMAIN: &str = "contoso.com";

/// Runs everything until the process is asked to stop.
///
/// # Errors
/// If something it needs cannot be had.
pub(crate) async fn run(arguments: ServeArgs) -> anyhow::Result<()> {
    let mut config = effective_config(&arguments)?;
    logging::start(&config.log.filter, config.log.json)?;
    let listeners = Listeners::bind(&config)?;
    // Port 0 stands for any free one; from here on it is known which.
    config.server.listen = listeners.tls_address()?;
    config.server.operations_listen = listeners.operations_address()?;
    let place = match arguments.ephemeral {
        true => Place::Memory,
        false => Place::Directory(DataDirectory::create(&arguments.common.data_dir)?),
    };
    let certificate = Certificate::new(&config, &place);
    let mut foundation = Foundation::open(config, place).await?;
    let tls = certificate.load(foundation.clock.now())?;
    let administrator = match foundation.tenant {
        Some(_) => None,
        None => Some(initialise(&mut foundation, DOMAIN, None).await?),
    };
    let system = System::new(foundation)?;
    system.tokens.ensure_signing_key().await.context("there is no key to sign tokens with")?;
    let registered = system.directory.ensure_own_applications(&Actor::system(), &system.base_url).await;
    registered.context("console and Explorer cannot be registered as applications")?;
    let defined = system.protection.define_used_attributes().await;
    defined.context("custom security attributes in use cannot be defined")?;

    let authority = AuthorityFile::new(&system, tls.authority_pem.as_deref())?;
    greet(&arguments, &system, &authority, administrator.as_ref())?;
    let address = system.foundation.config.server.listen;
    tracing::info!(%address, base_url = system.base_url, "listening");
    let tls = RustlsConfig::from_config(tls.config);
    let tasks = background::start(&system, tls.clone(), certificate);
    let store = system.foundation.store.clone();
    let (stop, stopping) = watch::channel(false);
    let served = server::run(listeners, tls, router(&system, stopping)?, store, stop).await;
    drop(tasks);
    served
}

/// The configuration with what the command line changes about it.
fn effective_config(arguments: &ServeArgs) -> anyhow::Result<Config> {
    let mut config = load_config(&arguments.common)?;
    if let Some(listen) = arguments.listen {
        config.server.listen = listen;
    }
    if arguments.ephemeral || arguments.dev {
        let loopback =
            [IpNet::new_assert(IpAddr::from([127, 0, 0, 0]), 8), IpAddr::V6(Ipv6Addr::LOCALHOST).into()];
        config.network.trusted_proxies.extend(loopback);
        config.federation.private_networks.extend(loopback);
        config.federation.allow_plain_http = true;
        if let Some(push) = &mut config.push {
            push.private_networks.extend(loopback);
            push.allow_plain_http = true;
        }
    }
    Ok(config)
}

fn greet(
    arguments: &ServeArgs,
    system: &System,
    authority: &AuthorityFile,
    administrator: Option<&FirstAdministrator>,
) -> anyhow::Result<()> {
    let welcome = Welcome {
        system,
        authority: authority.path.as_deref(),
        administrator,
        is_ephemeral: arguments.ephemeral,
    };
    welcome.print(arguments.common.output)
}

/// The file clients read the development authority from. In memory there is no data directory to keep it in, so it lies
/// in a temporary file until the server stops.
struct AuthorityFile {
    path: Option<PathBuf>,
    is_temporary: bool,
}

impl AuthorityFile {
    fn new(system: &System, pem: Option<&str>) -> anyhow::Result<Self> {
        let Some(pem) = pem else { return Ok(Self { path: None, is_temporary: false }) };
        let foundation = &system.foundation;
        if let Place::Directory(directory) = &foundation.place {
            return Ok(Self { path: Some(directory.authority()), is_temporary: false });
        }
        let path = std::env::temp_dir().join(format!("riskgate-ca-{}.pem", foundation.rng.guid()));
        // A new file, so that nobody else's link is followed.
        let file = std::fs::OpenOptions::new().write(true).create_new(true).open(&path);
        let written = file.and_then(|mut file| std::io::Write::write_all(&mut file, pem.as_bytes()));
        written.with_context(|| {
            format!("the authority's certificate cannot be written to {}", path.display())
        })?;
        Ok(Self { path: Some(path), is_temporary: true })
    }
}

impl Drop for AuthorityFile {
    fn drop(&mut self) {
        if let Some(path) = self.path.as_ref().filter(|_| self.is_temporary) {
            // Left behind it does no harm: its key is gone with the process.
            let _ = std::fs::remove_file(path);
        }
    }
}
