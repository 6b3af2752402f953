use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, anyhow};
use riskgate_core::Clock;
use riskgate_model::AnonymizerKind;

use crate::config::Config;
use crate::wiring::load_feeds;

/// The address to come from: `tor` and `vpn` stand for the first one of that kind the server would know.
///
/// # Errors
/// If it is no address, or no list names one of the kind.
pub(super) fn source_address(
    from: &str,
    config: &Config,
    cache_dir: PathBuf,
    clock: Arc<dyn Clock>,
) -> anyhow::Result<IpAddr> {
    let kind = match from.to_ascii_lowercase().as_str() {
        "tor" => AnonymizerKind::Tor,
        "vpn" => AnonymizerKind::Vpn,
        address => {
            return address
                .parse()
                .with_context(|| format!("--from takes tor, vpn or an address, not '{from}'"));
        }
    };
    let feeds = load_feeds(config, Some(cache_dir), clock);
    feeds
        .example(kind)
        .ok_or_else(|| anyhow!("no list names an address for --from {from}; give one yourself"))
}

#[cfg(test)]
mod tests {
    use riskgate_core::ManualClock;

    use super::*;

    #[test]
    fn an_address_is_taken_as_it_is_and_anything_else_refused() {
        // The day of the built-in lists: they are forgotten a year later.
        let clock = Arc::new(ManualClock::new("2026-08-30T12:00:00Z".parse().unwrap()));
        let address =
            |from: &str| source_address(from, &Config::default(), PathBuf::from("missing"), clock.clone());
        assert_eq!(address("2001:db8::1").unwrap().to_string(), "2001:db8::1");
        assert!(address("TOR").is_ok() && address("vpn").is_ok());
        assert!(address("moon").unwrap_err().to_string().contains("not 'moon'"));
    }
}
