use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address belongs to one organisation's inside or to the machine itself: RFC 1918, carrier-grade NAT
/// (RFC 6598), loopback, link-local, unique local, multicast, unspecified. Lists of anonymisers have nothing to say
/// about these, and one that names them would let its author decide over every internal sign-in.
pub(crate) fn is_internal(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_internal_v4(address),
        IpAddr::V6(address) => is_internal_v6(address),
    }
}

fn is_internal_v4(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_broadcast()
        || first == 0
        || (first == 100 && second & 0xC0 == 64)
}

fn is_internal_v6(address: Ipv6Addr) -> bool {
    let first = address.segments()[0];
    address.is_loopback()
        || address.is_unspecified()
        || address.is_multicast()
        || first & 0xFE00 == 0xFC00
        || first & 0xFFC0 == 0xFE80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inside_and_outside_are_told_apart() {
        for text in
            ["10.1.2.3", "172.31.0.1", "192.168.1.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "0.1.2.3"]
        {
            assert!(is_internal(text.parse().unwrap()), "{text}");
        }
        for text in ["::1", "::", "fe80::1", "fd00::1", "ff02::1", "169.254.0.1", "224.0.0.1"] {
            assert!(is_internal(text.parse().unwrap()), "{text}");
        }
        for text in [
            "178.17.170.23",
            "100.63.0.1",
            "100.128.0.1",
            "172.32.0.1",
            "2001:ac8::1",
            "fec0::1",
            "203.0.113.9",
        ] {
            assert!(!is_internal(text.parse().unwrap()), "{text}");
        }
    }
}
