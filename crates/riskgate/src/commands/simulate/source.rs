use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, anyhow};
use riskgate_core::SystemClock;
use riskgate_model::AnonymizerKind;

use crate::config::Config;
use crate::wiring::load_feeds;

/// The address to come from: `tor` and `vpn` stand for the first one of that kind the server would know.
///
/// # Errors
/// If it is no address, or no list names one of the kind.
pub(super) fn source_address(from: &str, config: &Config, cache_dir: PathBuf) -> anyhow::Result<IpAddr> {
    let kind = match from.to_ascii_lowercase().as_str() {
        "tor" => AnonymizerKind::Tor,
        "vpn" => AnonymizerKind::Vpn,
        address => {
            return address
                .parse()
                .with_context(|| format!("--from takes tor, vpn or an address, not '{from}'"));
        }
    };
    let feeds = load_feeds(config, Some(cache_dir), Arc::new(SystemClock));
    feeds
        .example(kind)
        .ok_or_else(|| anyhow!("no list names an address for --from {from}; give one yourself"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_as_it_is_and_anything_else_refused() {
        let address = |from: &str| source_address(from, &Config::default(), PathBuf::from("missing"));
        assert_eq!(address("2001:db8::1").unwrap().to_string(), "2001:db8::1");
        assert!(address("TOR").is_ok() && address("vpn").is_ok());
        assert!(address("moon").unwrap_err().to_string().contains("not 'moon'"));
    }
}
