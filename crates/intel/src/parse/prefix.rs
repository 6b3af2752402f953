use std::net::IpAddr;

use ipnet::{IpNet, Ipv4Net};

/// Shortest believable prefixes: no list of anonymisers knows a whole /7 or a whole regional registry's IPv6 space.
const SHORTEST_V4: u8 = 8;
const SHORTEST_V6: u8 = 16;

/// Reads an address or a prefix in CIDR form. Bits behind the prefix are cleared; IPv4-mapped IPv6 becomes IPv4.
///
/// # Errors
/// What is wrong, in a few words: not an address, or a prefix wider than /8 (IPv4) or /16 (IPv6).
pub fn parse_prefix(text: &str) -> Result<IpNet, &'static str> {
    let network = if text.contains('/') {
        text.parse::<IpNet>().map_err(|_| "not an address prefix")?.trunc()
    } else {
        parse_address(text)?.into()
    };
    let network = without_mapping(network);
    match network {
        IpNet::V4(network) if network.prefix_len() < SHORTEST_V4 => Err("the prefix is wider than /8"),
        IpNet::V6(network) if network.prefix_len() < SHORTEST_V6 => Err("the prefix is wider than /16"),
        network => Ok(network),
    }
}

/// Reads one address; IPv4-mapped IPv6 becomes IPv4.
pub(crate) fn parse_address(text: &str) -> Result<IpAddr, &'static str> {
    text.parse::<IpAddr>().map(|address| address.to_canonical()).map_err(|_| "not an IP address")
}

fn without_mapping(network: IpNet) -> IpNet {
    let IpNet::V6(mapped) = network else { return network };
    let plain = mapped.addr().to_ipv4_mapped().zip(mapped.prefix_len().checked_sub(96));
    plain.and_then(|(address, length)| Ipv4Net::new(address, length).ok()).map_or(network, IpNet::V4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_prefixes_are_normalised() {
        for (text, expected) in [
            ("178.17.170.23", "178.17.170.23/32"),
            ("10.1.2.3/8", "10.0.0.0/8"),
            ("2001:ac8::1/32", "2001:ac8::/32"),
            ("::ffff:1.2.3.4", "1.2.3.4/32"),
            ("::ffff:1.2.3.4/120", "1.2.3.0/24"),
        ] {
            assert_eq!(parse_prefix(text).unwrap().to_string(), expected, "{text}");
        }
    }

    #[test]
    fn prefixes_too_wide_to_be_true_are_refused() {
        for text in ["0.0.0.0/0", "10.0.0.0/7", "::/0", "2000::/15", "::ffff:0.0.0.0/96"] {
            assert!(parse_prefix(text).unwrap_err().starts_with("the prefix is wider"), "{text}");
        }
        for text in
            ["", "1.2.3", "1.2.3.4/33", "1.2.3.4/", "010.1.1.1", "fe80::1%eth0", "1.2.3.4 5", "<html>"]
        {
            assert!(parse_prefix(text).unwrap_err().starts_with("not an"), "{text}");
        }
    }
}
