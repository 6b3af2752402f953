use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use tokio_postgres::config::SslMode;
use tokio_postgres::{Config, NoTls};

use crate::OpenError;

/// Connections per program. PostgreSQL allows 100 in all unless it is told otherwise.
pub(super) const CONNECTIONS: usize = 16;

/// How long to wait for a free connection, and for a new one.
const PATIENCE: Duration = Duration::from_secs(10);

/// Bounds the server keeps for us, so that nothing waits forever and a program that vanished holds no lock for long.
/// Options in the address come later and win.
const OPTIONS: &str =
    "-c statement_timeout=60s -c lock_timeout=20s -c idle_in_transaction_session_timeout=60s";

/// A pool of connections to the database at `url`; none is made yet.
pub(super) fn pool(url: &str) -> Result<Pool, OpenError> {
    let config = config(url)?;
    let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    Pool::builder(Manager::from_config(config, NoTls, recycling))
        .max_size(CONNECTIONS)
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(PATIENCE))
        .create_timeout(Some(PATIENCE))
        .recycle_timeout(Some(PATIENCE))
        .build()
        .map_err(|error| OpenError::Unavailable(error.to_string()))
}

fn config(url: &str) -> Result<Config, OpenError> {
    let mut config: Config = url.parse().map_err(|_| {
        OpenError::Address(
            "what follows postgres:// is not user:password@host:port/database?options".to_owned(),
        )
    })?;
    if config.get_ssl_mode() == SslMode::Require {
        return Err(OpenError::Address(
            "sslmode=require is not supported; reach PostgreSQL over a private network, a socket or a TLS tunnel"
                .to_owned(),
        ));
    }
    let options = match config.get_options() {
        Some(own) => format!("{OPTIONS} {own}"),
        None => OPTIONS.to_owned(),
    };
    config.options(options).tcp_user_timeout(Duration::from_secs(30));
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(PATIENCE);
    }
    if config.get_application_name().is_none() {
        config.application_name("riskgate");
    }
    Ok(config)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_of_the_address_come_last() {
        let config = config("postgres://u:p@localhost/d?options=-c%20search_path%3Dx").unwrap();
        assert_eq!(config.get_options(), Some(format!("{OPTIONS} -c search_path=x").as_str()));
        assert_eq!(config.get_application_name(), Some("riskgate"));
    }

    #[test]
    fn what_cannot_be_kept_is_refused_and_no_password_shows() {
        for url in ["postgres://u:secret@localhost/d?sslmode=require", "postgres://u:secret@localhost:x/d"] {
            let error = pool(url).expect_err("refused");
            assert!(matches!(error, OpenError::Address(_)), "{error}");
            assert!(!error.to_string().contains("secret"), "{error}");
        }
    }
}
