use std::net::{IpAddr, SocketAddr};

use http::HeaderMap;
use ipnet::IpNet;

/// Proxies whose word about the client's address is taken.
#[derive(Debug, Clone, Default)]
pub struct TrustedProxies {
    /// Where they are.
    pub networks: Vec<IpNet>,
    /// In which header they say it.
    pub header: ForwardedHeader,
}

/// The header a proxy writes the client's address into. Only one is read: a proxy passes the other one on as the visitor
/// sent it, who could name any address in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ForwardedHeader {
    /// `X-Forwarded-For`, which nearly every proxy writes.
    #[default]
    XForwardedFor,
    /// `Forwarded` (RFC 7239).
    Forwarded,
}

impl TrustedProxies {
    /// Proxies that write `X-Forwarded-For`.
    pub fn new(networks: Vec<IpNet>) -> Self {
        Self { networks, header: ForwardedHeader::default() }
    }

    /// Whether `address` is one of them.
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.networks.iter().any(|net| net.contains(&address))
    }
}

/// Longest chain of proxies that is followed.
const MAX_HOPS: usize = 32;

/// The address a request came from.
///
/// The header is believed only when the peer is a trusted proxy; then the chain is walked from the
/// nearest hop outwards and the first address that is no trusted proxy is the client. A hop that is no address (`unknown`, an obfuscated name, nonsense) ends the walk: nothing beyond it can be trusted.
pub fn client_address(peer: SocketAddr, headers: &HeaderMap, trusted: &TrustedProxies) -> IpAddr {
    let mut client = peer.ip().to_canonical();
    for hop in hops(headers, trusted.header).into_iter().rev().take(MAX_HOPS) {
        if !trusted.contains(client) {
            break;
        }
        match hop {
            Some(address) => client = address.to_canonical(),
            None => break,
        }
    }
    client
}

/// The hops the header names, farthest first; `None` for one that is no address.
fn hops(headers: &HeaderMap, header: ForwardedHeader) -> Vec<Option<IpAddr>> {
    let values = |name: &str| -> Vec<String> {
        headers.get_all(name).iter().map(|v| v.to_str().unwrap_or("unknown").to_owned()).collect()
    };
    match header {
        ForwardedHeader::XForwardedFor => {
            values("x-forwarded-for").iter().flat_map(|line| line.split(',')).map(node).collect()
        }
        ForwardedHeader::Forwarded => {
            values("forwarded").iter().flat_map(|line| line.split(',')).map(forwarded_for).collect()
        }
    }
}

/// The `for` parameter of one element of `Forwarded`.
fn forwarded_for(element: &str) -> Option<IpAddr> {
    element.split(';').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        name.trim().eq_ignore_ascii_case("for").then(|| node(value))
    })?
}

/// An address as proxies write it: bare, quoted, with brackets, with a port.
fn node(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_matches('"');
    if let Ok(address) = text.parse::<IpAddr>() {
        return Some(address);
    }
    if let Ok(socket) = text.parse::<SocketAddr>() {
        return Some(socket.ip());
    }
    text.strip_prefix('[')?.split(']').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The address that is seen; the header that is read is the first of `headers`.
    fn seen(peer: &str, headers: &[(&'static str, &str)]) -> String {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        let header = match headers[0].0 {
            "forwarded" => ForwardedHeader::Forwarded,
            _ => ForwardedHeader::XForwardedFor,
        };
        let networks = vec!["127.0.0.0/8".parse().unwrap(), "10.0.0.0/8".parse().unwrap()];
        let trusted = TrustedProxies { networks, header };
        client_address(peer.parse().unwrap(), &map, &trusted).to_string()
    }

    #[test]
    fn headers_of_strangers_are_ignored() {
        assert_eq!(seen("203.0.113.9:4000", &[("x-forwarded-for", "178.17.170.23")]), "203.0.113.9");
        assert_eq!(seen("203.0.113.9:4000", &[("forwarded", "for=178.17.170.23")]), "203.0.113.9");
    }

    #[test]
    fn a_trusted_proxy_is_believed_but_not_what_the_client_claimed_before_it() {
        assert_eq!(seen("127.0.0.1:1", &[("x-forwarded-for", "178.17.170.23")]), "178.17.170.23");
        assert_eq!(seen("127.0.0.1:1", &[("x-forwarded-for", "8.8.8.8, 178.17.170.23")]), "178.17.170.23");
        assert_eq!(seen("127.0.0.1:1", &[("x-forwarded-for", "178.17.170.23, 10.1.2.3")]), "178.17.170.23");
        assert_eq!(
            seen("[::ffff:127.0.0.1]:1", &[("x-forwarded-for", "::ffff:178.17.170.23")]),
            "178.17.170.23"
        );
    }

    #[test]
    fn a_header_the_proxy_does_not_write_is_not_read() {
        let (own, forged) = (("x-forwarded-for", "178.17.170.23"), ("forwarded", "for=192.0.2.1"));
        assert_eq!(seen("127.0.0.1:1", &[own, forged]), "178.17.170.23");
        let (own, forged) = (("forwarded", "for=178.17.170.23"), ("x-forwarded-for", "192.0.2.1"));
        assert_eq!(seen("127.0.0.1:1", &[own, forged]), "178.17.170.23");
    }

    #[test]
    fn every_form_of_forwarded_is_read() {
        assert_eq!(
            seen("127.0.0.1:1", &[("forwarded", r#"For="[2001:db8::1]:4711";proto=https"#)]),
            "2001:db8::1"
        );
        assert_eq!(
            seen("127.0.0.1:1", &[("forwarded", "by=x;for=192.0.2.43:99, for=10.0.0.1")]),
            "192.0.2.43"
        );
        assert_eq!(seen("127.0.0.1:1", &[("forwarded", "for=_hidden")]), "127.0.0.1");
        assert_eq!(seen("127.0.0.1:1", &[("x-forwarded-for", "8.8.8.8, nonsense")]), "127.0.0.1");
    }

    proptest! {
        #[test]
        fn hostile_headers_never_panic(text in "[ -~]{0,300}") {
            seen("127.0.0.1:1", &[("forwarded", &text)]);
            seen("127.0.0.1:1", &[("x-forwarded-for", &text)]);
        }
    }
}
