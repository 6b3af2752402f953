use url::Url;

/// Host and port of the base URL, as clients name us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    /// Host name alone, in lower case.
    pub(crate) host: String,
    /// Host name with the port, unless it is the scheme's own.
    pub(crate) host_and_port: String,
}

impl Origin {
    /// Of this base URL, which the configuration has checked.
    pub(crate) fn of(base_url: &str) -> Self {
        let url = Url::parse(base_url).ok();
        let host = url.as_ref().and_then(Url::host_str).unwrap_or_default().to_owned();
        let port = url.as_ref().and_then(Url::port).map(|port| format!(":{port}")).unwrap_or_default();
        Self { host_and_port: format!("{host}{port}"), host }
    }

    /// Whether `url` is an address of ours, with the port or without it: Kiota for Python leaves it out (and for
    /// JavaScript does not) when it makes a scope from the base URL.
    pub(crate) fn is_ours(&self, url: &str) -> bool {
        let Ok(url) = Url::parse(url) else { return false };
        let is_host = url.host_str().is_some_and(|host| host == self.host);
        let is_plain = url.username().is_empty() && url.password().is_none();
        let is_port = match url.port() {
            None => true,
            Some(port) => self.host_and_port == format!("{}:{port}", self.host),
        };
        url.scheme() == "https" && is_host && is_plain && is_port
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_addresses_with_and_without_port() {
        let origin = Origin::of("https://login.contoso.com:8443");
        assert_eq!((&*origin.host, &*origin.host_and_port), ("login.contoso.com", "login.contoso.com:8443"));
        for ours in
            ["https://login.contoso.com", "HTTPS://Login.Contoso.com:8443/", "https://login.contoso.com/arm"]
        {
            assert!(origin.is_ours(ours), "{ours}");
        }
        for other in [
            "http://login.contoso.com",
            "https://login.contoso.com:9443",
            "https://login.contoso.com@evil.example",
            "https://login.contoso.com.evil.example",
            "login.contoso.com",
            "",
        ] {
            assert!(!origin.is_ours(other), "{other}");
        }
        assert_eq!(Origin::of("https://login.contoso.com").host_and_port, "login.contoso.com");
    }
}
