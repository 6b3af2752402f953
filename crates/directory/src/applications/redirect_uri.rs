use url::Url;

use crate::DirectoryError;
use crate::error::cut;

/// What kind of client a redirect address belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Platform {
    /// A server with a secret (`web`).
    Web,
    /// A page that runs in the browser (`spa`); redeems codes across origins, with PKCE and without secret.
    Spa,
    /// A program on someone's machine (`publicClient`), without secret.
    PublicClient,
}

impl Platform {
    fn property(self) -> &'static str {
        match self {
            Self::Web => "web/redirectUris",
            Self::Spa => "spa/redirectUris",
            Self::PublicClient => "publicClient/redirectUris",
        }
    }
}

/// Schemes that name no program to return to, or run or show what they are given.
const FORBIDDEN_SCHEMES: &[&str] = &[
    "about",
    "blob",
    "data",
    "file",
    "filesystem",
    "ftp",
    "javascript",
    "mailto",
    "tel",
    "vbscript",
    "view-source",
    "ws",
    "wss",
];

/// Refuses a redirect address that may not be registered: it has to be absolute, at most 256 characters, https, or http
/// on the own machine, or for public clients a scheme of the program's own (RFC 8252 §7); without fragment (RFC 6749
/// §3.1.2), user name and wildcard.
///
/// # Errors
/// [`DirectoryError::RedirectUri`] with the reason.
pub fn validate_redirect_uri(platform: Platform, uri: &str) -> Result<(), DirectoryError> {
    check(platform, platform.property(), uri)
}

/// Refuses an address for logout tokens that may not be registered: what is refused for redirect addresses, and whatever is
/// not https, since the token says who was signed in.
///
/// # Errors
/// [`DirectoryError::RedirectUri`] with the reason.
pub(super) fn validate_logout_url(url: &str) -> Result<(), DirectoryError> {
    let property = "web/logoutUrl";
    check(Platform::Web, property, url)?;
    if url.starts_with("https:") {
        return Ok(());
    }
    Err(DirectoryError::RedirectUri { property, uri: cut(url, 256), reason: "has to use https" })
}

fn check(platform: Platform, property: &'static str, uri: &str) -> Result<(), DirectoryError> {
    let refuse = |reason| Err(DirectoryError::RedirectUri { property, uri: cut(uri, 256), reason });
    if uri.len() > 256 {
        return refuse("is longer than 256 characters");
    }
    // Addresses are compared as text, so none is accepted that a browser would read differently than it is written.
    if !uri.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&b)) {
        return refuse("contains characters that are not allowed in addresses");
    }
    if uri.contains('*') {
        return refuse("contains a wildcard");
    }
    if uri.contains('#') {
        return refuse("has a fragment");
    }
    let Ok(parsed) = Url::parse(uri) else { return refuse("is not an absolute address") };
    let rest = uri.get(parsed.scheme().len()..).unwrap_or_default();
    if !uri.starts_with(parsed.scheme()) {
        return refuse("has a scheme that is not in lower case");
    }
    if !parsed.username().is_empty() || parsed.password().is_some() || authority(rest).contains('@') {
        return refuse("has a user name");
    }
    match parsed.scheme() {
        "https" if !has_host(rest) => refuse("has no host"),
        "https" => Ok(()),
        "http" if loopback(uri).is_some() => Ok(()),
        "http" => refuse("uses http, which is only allowed for localhost, 127.0.0.1 and [::1]"),
        scheme if FORBIDDEN_SCHEMES.contains(&scheme) => refuse("has a scheme that is not allowed"),
        _ if platform != Platform::PublicClient => refuse("has to use https"),
        _ => Ok(()),
    }
}

/// What follows `://` up to the path; empty without `://`.
fn authority(after_scheme: &str) -> &str {
    let rest = after_scheme.strip_prefix("://").unwrap_or_default();
    rest.split(['/', '?']).next().unwrap_or_default()
}

fn has_host(after_scheme: &str) -> bool {
    authority(after_scheme).starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[')
}

/// Whether a requested redirect address is the registered one: equal character by character, except that on the own
/// machine the port is free (RFC 8252 §7.3; Entra extends it to `localhost`) and no path is the same as `/`.
pub fn redirect_uri_matches(registered: &str, requested: &str) -> bool {
    if registered == requested {
        return true;
    }
    match (loopback(registered), loopback(requested)) {
        (Some(registered), Some(requested)) => registered == requested,
        _ => false,
    }
}

/// Host, path and query of an http address on the own machine; `None` if it is anything else.
fn loopback(uri: &str) -> Option<(&'static str, &str, &str)> {
    let rest = uri.strip_prefix("http://")?;
    let (host, rest) = ["localhost", "127.0.0.1", "[::1]"]
        .into_iter()
        .find_map(|host| rest.strip_prefix(host).map(|rest| (host, rest)))?;
    let rest = match rest.strip_prefix(':') {
        Some(rest) => {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let (port, rest) = rest.split_at_checked(digits)?;
            port.parse::<u16>().ok().filter(|port| *port != 0)?;
            rest
        }
        None => rest,
    };
    if !(rest.is_empty() || rest.starts_with(['/', '?'])) || rest.contains('#') {
        return None;
    }
    if !rest.bytes().all(|b| b.is_ascii_graphic()) {
        return None;
    }
    let (path, query) = rest.split_at(rest.find('?').unwrap_or(rest.len()));
    Some((host, if path.is_empty() { "/" } else { path }, query))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn logout_tokens_go_over_https_alone() {
        assert!(validate_logout_url("https://app.contoso.com/backchannel-logout").is_ok());
        for (url, reason) in [
            ("http://localhost/logout", "has to use https"),
            ("http://app.contoso.com/logout", "uses http"),
            ("com.contoso.app://logout", "has to use https"),
            ("https://user@app.contoso.com/logout", "has a user name"),
            ("https://app.contoso.com/logout#x", "has a fragment"),
        ] {
            let error = validate_logout_url(url).unwrap_err().to_string();
            assert!(error.contains("'web/logoutUrl'") && error.contains(reason), "{error}");
        }
    }

    #[test]
    fn addresses_that_may_be_registered() {
        for (platform, uri) in [
            (Platform::Web, "https://app.contoso.com/signin-oidc"),
            (Platform::Web, "https://app.contoso.com:8443/cb?x=1"),
            (Platform::Web, "http://localhost:5000/cb"),
            (Platform::Spa, "https://app.contoso.com"),
            (Platform::Spa, "http://127.0.0.1:3000/"),
            (Platform::PublicClient, "http://localhost"),
            (Platform::PublicClient, "http://[::1]/cb"),
            (Platform::PublicClient, "com.contoso.app://auth"),
            (Platform::PublicClient, "com.contoso.app:/auth"),
            (Platform::PublicClient, "urn:ietf:wg:oauth:2.0:oob"),
        ] {
            assert_eq!(validate_redirect_uri(platform, uri), Ok(()), "{uri}");
        }
    }

    #[test]
    fn addresses_that_may_not_be_registered() {
        let long = format!("https://contoso.com/{}", "a".repeat(240));
        for (platform, uri, reason) in [
            (Platform::Web, "/cb", "absolute"),
            (Platform::Web, "", "absolute"),
            (Platform::Web, "https://contoso.com/#x", "fragment"),
            (Platform::Web, "https://*.contoso.com/", "wildcard"),
            (Platform::Web, "https://contoso.com/cb\n", "characters"),
            (Platform::Web, "https://contoso.com\\@evil.com", "characters"),
            (Platform::Web, "https://user@contoso.com/", "user name"),
            (Platform::Web, "https://:secret@contoso.com/", "user name"),
            (Platform::Web, "https://@contoso.com/", "user name"),
            (Platform::Web, "HTTPS://contoso.com/", "lower case"),
            (Platform::Web, "https:contoso.com", "no host"),
            (Platform::Web, "https:///contoso.com", "no host"),
            (Platform::Web, "http://contoso.com/cb", "uses http"),
            (Platform::Web, "http://localhost.evil.com/", "uses http"),
            (Platform::Web, "com.contoso.app://auth", "https"),
            (Platform::Spa, "com.contoso.app://auth", "https"),
            (Platform::PublicClient, "javascript:alert(1)", "scheme"),
            (Platform::PublicClient, "data:text/html,x", "scheme"),
            (Platform::PublicClient, "file:///etc/passwd", "scheme"),
            (Platform::Web, &long, "longer"),
        ] {
            let error = validate_redirect_uri(platform, uri).unwrap_err().to_string();
            assert!(error.contains(reason), "{uri}: {error}");
        }
    }

    #[test]
    fn on_the_own_machine_the_port_is_free_and_nothing_else() {
        for (registered, requested) in [
            ("http://localhost", "http://localhost:53721"),
            ("http://localhost", "http://localhost:53721/"),
            ("http://localhost:8400/cb", "http://localhost:1/cb"),
            ("http://127.0.0.1/cb", "http://127.0.0.1:65535/cb"),
            ("http://[::1]/cb?x=1", "http://[::1]:80/cb?x=1"),
            ("https://contoso.com/cb", "https://contoso.com/cb"),
        ] {
            assert!(redirect_uri_matches(registered, requested), "{registered} {requested}");
        }
        for (registered, requested) in [
            ("http://localhost", "http://127.0.0.1"),
            ("http://localhost", "http://localhost/cb"),
            ("http://localhost", "http://localhost:80/?x"),
            ("http://localhost", "https://localhost"),
            ("http://localhost", "http://localhost:0"),
            ("http://localhost", "http://localhost:65536"),
            ("http://localhost", "http://localhost:"),
            ("http://localhost", "http://localhost:80@evil.com/"),
            ("http://localhost", "http://localhost.evil.com"),
            ("http://localhost", "http://localhost@evil.com"),
            ("http://localhost", "http://localhost/#f"),
            ("http://localhost/cb", "http://localhost/CB"),
            ("https://contoso.com/cb", "https://contoso.com/cb/"),
            ("https://contoso.com/cb", "https://contoso.com:443/cb"),
            ("https://localhost/cb", "https://localhost:8443/cb"),
            ("com.contoso.app://auth", "com.contoso.app://auth/"),
        ] {
            assert!(!redirect_uri_matches(registered, requested), "{registered} {requested}");
        }
    }

    proptest! {
        #[test]
        fn off_the_own_machine_only_the_same_text_matches(
            registered in "https://[a-z]{1,8}\\.com(:[0-9]{2,5})?(/[a-z]{0,5})?", other in ".{0,60}",
        ) {
            prop_assert!(redirect_uri_matches(&registered, &registered));
            prop_assert_eq!(redirect_uri_matches(&registered, &other), registered == other);
        }

        #[test]
        fn whatever_matches_a_local_address_stays_on_the_own_machine(
            tail in "[ -~]{0,40}", host in "(localhost|127\\.0\\.0\\.1|\\[::1\\])",
        ) {
            let (registered, requested) = (format!("http://{host}/cb"), format!("http://{host}{tail}"));
            if redirect_uri_matches(&registered, &requested) {
                let parsed = Url::parse(&requested).unwrap();
                prop_assert_eq!(parsed.host_str(), Some(host.as_str()));
                prop_assert_eq!(parsed.path(), "/cb");
                prop_assert_eq!(parsed.fragment(), None);
            }
        }

        #[test]
        fn any_port_matches(port in 1u16.., path in "(/[a-z]{0,6}){0,2}") {
            let (registered, requested) =
                (format!("http://localhost{path}"), format!("http://localhost:{port}{path}"));
            prop_assert!(redirect_uri_matches(&registered, &requested));
        }

        #[test]
        fn whatever_may_be_registered_is_what_a_browser_goes_to(uri in "(https?|[a-z]{2,6}):/{0,3}[ -~]{0,60}") {
            for platform in [Platform::Web, Platform::Spa, Platform::PublicClient] {
                if validate_redirect_uri(platform, &uri).is_ok() {
                    let parsed = Url::parse(&uri).unwrap();
                    prop_assert_eq!(parsed.fragment(), None);
                    if parsed.scheme() == "http" {
                        let host = parsed.host_str().unwrap();
                        prop_assert!(["localhost", "127.0.0.1", "[::1]"].contains(&host));
                    }
                }
            }
        }
    }
}
