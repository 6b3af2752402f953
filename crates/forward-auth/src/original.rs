//! The request the proxy asks about, as far as it matters: the origin it is for, where the browser goes back to, and
//! whether it is a person who looks at a page.

use http::HeaderMap;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

use crate::proxy::Proxy;
use crate::refusal::Refusal;

/// Longest path, with query, that a browser is sent back to; a longer one becomes `/`.
const LONGEST_PATH: usize = 2048;
/// Longest host name with port (RFC 1035 §2.3.4 allows 253 and five digits).
const LONGEST_HOST: usize = 260;
/// What is escaped in a query value.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The request the proxy asks about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Original {
    /// `https://host`, with the port unless it is 443.
    pub(crate) origin: String,
    /// Path and query to come back to; begins with `/`.
    pub(crate) path: String,
    /// Whether a browser loads a page: only then a redirect to a sign-in page makes sense.
    pub(crate) is_navigation: bool,
}

impl Original {
    /// From the headers of nginx, Traefik or Caddy. Without a name it is whoever's headers are there.
    ///
    /// # Errors
    /// [`Refusal::Setup`].
    pub(crate) fn from_headers(headers: &HeaderMap, proxy: Option<Proxy>) -> Result<(Proxy, Self), Refusal> {
        let has = |name: &str| headers.contains_key(name);
        let proxy = match (proxy, has("x-original-url"), has("x-forwarded-uri")) {
            (Some(proxy), _, _) => proxy,
            (None, true, false) => Proxy::Nginx,
            (None, false, true) => Proxy::Traefik,
            (None, true, true) => {
                return setup(
                    "the request has X-Original-URL and X-Forwarded-Uri; say proxy=nginx, traefik or caddy",
                );
            }
            (None, false, false) => {
                return setup("the original request is missing: send X-Original-URL or X-Forwarded-Uri");
            }
        };
        match proxy {
            Proxy::Nginx => Ok((proxy, Self::of_nginx(headers)?)),
            Proxy::Traefik | Proxy::Caddy => {
                let method = need(headers, "x-forwarded-method")?;
                let host = need(headers, "x-forwarded-host")?;
                let path = text(headers, "x-forwarded-uri")?.unwrap_or_default();
                check_scheme(&need(headers, "x-forwarded-proto")?)?;
                Ok((proxy, Self::new(headers, &host, &path, &method)?))
            }
            Proxy::Envoy => setup("Envoy asks at /forward-auth/envoy/APPID, with a path_prefix"),
        }
    }

    /// From a request of Envoy, which has method and host of the original one; `path` is what follows the prefix.
    ///
    /// # Errors
    /// [`Refusal::Setup`].
    pub(crate) fn of_envoy(headers: &HeaderMap, method: &str, path: &str) -> Result<Self, Refusal> {
        check_scheme(&need(headers, "x-forwarded-proto")?)?;
        Self::new(headers, &need(headers, "host")?, path, method)
    }

    /// The origin of a request for `/.riskgate/`, which the proxy hands on as it is.
    ///
    /// # Errors
    /// [`Refusal::Setup`].
    pub(crate) fn own_origin(headers: &HeaderMap) -> Result<String, Refusal> {
        check_scheme(&need(headers, "x-forwarded-proto")?)?;
        let host = match text(headers, "x-forwarded-host")? {
            Some(host) => host,
            None => need(headers, "host")?,
        };
        origin(&host)
    }

    fn of_nginx(headers: &HeaderMap) -> Result<Self, Refusal> {
        let method = need(headers, "x-original-method")?;
        let url = need(headers, "x-original-url")?;
        let (scheme, rest) = url.split_once("://").unwrap_or_default();
        check_scheme(scheme)?;
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        Self::new(headers, host, path, &method)
    }

    fn new(headers: &HeaderMap, host: &str, path: &str, method: &str) -> Result<Self, Refusal> {
        let is_set =
            |name: &str, value: &[u8]| headers.get(name).is_some_and(|sent| sent.as_bytes() == value);
        let is_script = is_set("x-requested-with", b"XMLHttpRequest")
            || (headers.contains_key("sec-fetch-mode") && !is_set("sec-fetch-mode", b"navigate"));
        Ok(Self {
            origin: origin(host)?,
            path: return_path(path).to_owned(),
            is_navigation: matches!(method, "GET" | "HEAD") && !is_script,
        })
    }
}

/// A path to come back to; `/` for what is none, is too long or leads to our own endpoints. Behind an origin it cannot
/// lead anywhere else, whatever is in it.
pub(crate) fn return_path(path: &str) -> &str {
    let is_good = path.starts_with('/')
        && path.len() <= LONGEST_PATH
        && path.bytes().all(|b| b.is_ascii_graphic() && !b"\\#".contains(&b))
        && !path.starts_with("/.riskgate/");
    if is_good { path } else { "/" }
}

/// Escapes a value for a query.
pub(crate) fn escape(value: &str) -> String {
    utf8_percent_encode(value, ESCAPED).to_string()
}

/// `https://host`, in the form every origin is compared in.
fn origin(host: &str) -> Result<String, Refusal> {
    let is_plain = host.len() <= LONGEST_HOST
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._:[]".contains(&b));
    let url = is_plain.then(|| Url::parse(&format!("https://{host}/")).ok()).flatten();
    match url {
        Some(url) => Ok(url.origin().ascii_serialization()),
        None => setup("the original request has no host name"),
    }
}

/// Cookies that are for this host only exist over TLS only.
fn check_scheme(scheme: &str) -> Result<(), Refusal> {
    match scheme {
        "https" | "wss" => Ok(()),
        _ => setup("the application must be reached over https, and the proxy must say so"),
    }
}

/// A header that may come once. What is not UTF-8 in it is replaced; it is never used as anything but a path then.
fn text(headers: &HeaderMap, name: &str) -> Result<Option<String>, Refusal> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => Ok(Some(String::from_utf8_lossy(value.as_bytes()).into_owned())),
        (Some(_), Some(_)) => setup(&format!("the header {name} came more than once")),
    }
}

fn need(headers: &HeaderMap, name: &str) -> Result<String, Refusal> {
    match text(headers, name)? {
        Some(text) => Ok(text),
        None => setup(&format!("the header {name} is missing")),
    }
}

fn setup<T>(reason: &str) -> Result<T, Refusal> {
    Err(Refusal::Setup(reason.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().unwrap());
        }
        headers
    }

    fn nginx(url: &str) -> Result<(String, String), Refusal> {
        let headers = headers(&[("x-original-method", "GET"), ("x-original-url", url)]);
        Original::from_headers(&headers, None).map(|(_, original)| (original.origin, original.path))
    }

    #[test]
    fn an_origin_has_one_form() {
        for (url, expected) in [
            ("https://wiki.example.com/a?b=c", "https://wiki.example.com"),
            ("https://WIKI.Example.com:443", "https://wiki.example.com"),
            ("https://wiki.example.com:8443/", "https://wiki.example.com:8443"),
            ("https://[2001:DB8::1]:1/", "https://[2001:db8::1]:1"),
        ] {
            assert_eq!(nginx(url).unwrap().0, expected, "{url}");
        }
        for url in [
            "http://wiki.example.com/",
            "wiki.example.com/",
            "https:///x",
            "https://user@wiki.example.com/",
            "https://wiki.example.com\\@evil.example/",
            "https://wiki.example.com,evil.example/",
            "https://wiki.example.com:x/",
            "https://wïki.example.com/",
            "",
        ] {
            assert!(matches!(nginx(url), Err(Refusal::Setup(_))), "{url}");
        }
        assert!(nginx(&format!("https://{}/", "a".repeat(300))).is_err());
    }

    #[test]
    fn a_path_to_come_back_to_is_a_path() {
        for path in ["/", "/a/b?c=d&e=%2f", "//evil.example/", "/a?u=https://evil.example"] {
            assert_eq!(nginx(&format!("https://w.example{path}")).unwrap().1, path);
        }
        let long = format!("/{}", "a".repeat(LONGEST_PATH));
        for path in [
            "",
            "a",
            "https://evil.example/",
            "/\\evil.example",
            "/a b",
            "/ü",
            "/\r\nx",
            "/.riskgate/start",
            "/#x",
            &long,
        ] {
            assert_eq!(return_path(path), "/", "{path}");
        }
    }

    #[test]
    fn the_original_request_is_said_once_and_in_one_way() {
        let forwarded = [
            ("x-forwarded-method", "GET"),
            ("x-forwarded-proto", "https"),
            ("x-forwarded-host", "w.example"),
            ("x-forwarded-uri", "/x"),
        ];
        let original = Original::from_headers(&headers(&forwarded), None).unwrap();
        assert_eq!(
            (original.0, &*original.1.origin, &*original.1.path),
            (Proxy::Traefik, "https://w.example", "/x")
        );
        for missing in 0..3 {
            let mut some = forwarded.to_vec();
            some.remove(missing);
            assert!(Original::from_headers(&headers(&some), None).is_err(), "{some:?}");
        }
        let both =
            [&forwarded[..], &[("x-original-url", "https://o.example/"), ("x-original-method", "GET")]]
                .concat();
        assert!(Original::from_headers(&headers(&both), None).is_err());
        let said = |proxy| Original::from_headers(&headers(&both), Some(proxy)).unwrap().1.origin;
        assert_eq!(said(Proxy::Nginx), "https://o.example");
        assert_eq!(said(Proxy::Caddy), "https://w.example");
        for twice in [("x-forwarded-host", "evil.example"), ("x-forwarded-uri", "/y")] {
            let some = [&forwarded[..], &[twice]].concat();
            assert!(Original::from_headers(&headers(&some), None).is_err(), "{twice:?}");
        }
    }

    #[test]
    fn only_a_page_is_a_navigation() {
        let is_navigation = |method: &str, more: &[(&'static str, &str)]| {
            let pairs =
                [&[("x-original-method", method), ("x-original-url", "https://w.example/")], more].concat();
            Original::from_headers(&headers(&pairs), None).unwrap().1.is_navigation
        };
        assert!(is_navigation("GET", &[]));
        assert!(is_navigation("HEAD", &[("sec-fetch-mode", "navigate")]));
        assert!(!is_navigation("POST", &[]));
        assert!(!is_navigation("GET", &[("sec-fetch-mode", "cors")]));
        assert!(!is_navigation("GET", &[("x-requested-with", "XMLHttpRequest")]));
    }
}
