use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use ipnet::IpNet;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Which addresses may be spoken to: the public ones and what the operator named.
#[derive(Debug, Clone)]
pub(crate) struct Allowed {
    private: Arc<[IpNet]>,
}

impl Allowed {
    pub(crate) fn new(private: Vec<IpNet>) -> Self {
        Self { private: private.into() }
    }

    pub(crate) fn allows(&self, address: IpAddr) -> bool {
        self.is_private(address) || is_public(address)
    }

    /// Whether the operator named a network it is in.
    pub(crate) fn is_private(&self, address: IpAddr) -> bool {
        self.private.iter().any(|network| network.contains(&address))
    }
}

/// Names are resolved here, so that the address that was checked is the one that is connected to.
impl Resolve for Allowed {
    fn resolve(&self, name: Name) -> Resolving {
        let allowed = self.clone();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let good: Vec<SocketAddr> = found.filter(|address| allowed.allows(address.ip())).collect();
            if good.is_empty() {
                let refused = "the name leads to no address that may be spoken to";
                return Err(io::Error::new(io::ErrorKind::PermissionDenied, refused).into());
            }
            Ok(Box::new(good.into_iter()) as Addrs)
        })
    }
}

/// Whether an address is of the public internet (the registries of special-purpose addresses, RFC 6890).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_special = a == 0
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19))
        || a >= 224;
    !(is_special
        || address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation())
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(mapped) = address.to_ipv4_mapped() {
        return is_public_v4(mapped);
    }
    let [first, second, ..] = address.segments();
    // Global unicast without what tunnels to anywhere (Teredo, 6to4), benchmarks and examples.
    (first & 0xe000) == 0x2000
        && first != 0x2002
        && !(first == 0x2001 && (second < 0x0200 || second == 0x0db8))
        && !(first == 0x3fff && second < 0x1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_and_named_networks_are_spoken_to() {
        let allowed = Allowed::new(vec!["10.1.0.0/16".parse().unwrap(), "::1/128".parse().unwrap()]);
        for good in
            ["8.8.8.8", "10.1.2.3", "::1", "2606:4700::1", "::ffff:8.8.8.8", "100.63.0.1", "223.1.1.1"]
        {
            assert!(allowed.allows(good.parse().unwrap()), "{good}");
        }
        for bad in [
            "10.2.0.1",
            "127.0.0.1",
            "0.0.0.0",
            "169.254.169.254",
            "172.16.0.1",
            "192.168.1.1",
            "100.64.0.1",
            "192.0.0.8",
            "198.18.0.1",
            "203.0.113.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "fe80::1",
            "fc00::1",
            "ff02::1",
            "64:ff9b::7f00:1",
            "2001:0:7f00::1",
            "2002:7f00:1::",
            "2001:db8::1",
        ] {
            assert!(!allowed.allows(bad.parse().unwrap()), "{bad}");
        }
    }
}
