use http::{HeaderMap, HeaderValue, header};

/// The value of a request cookie (RFC 6265 §5.4). When it comes twice, neither is trusted.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut found = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(key, _)| *key == name)
        .map(|(_, value)| value);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// `Set-Cookie` of a cookie for this host only, hidden from scripts, over TLS, sent along top-level navigation
/// (`SameSite=Lax`: an application redirects the person here and the session must come along). `name` begins with
/// `__Host-`, `value` is made of base64url characters. Without `max_age_seconds` it ends with the browser.
pub fn host_cookie(name: &str, value: &str, max_age_seconds: Option<u64>) -> HeaderValue {
    let age = max_age_seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    let text = format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax{age}");
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// `Set-Cookie` that removes what [`host_cookie`] set.
pub fn remove_host_cookie(name: &str) -> HeaderValue {
    host_cookie(name, "", Some(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_one_and_refuses_two() {
        let mut headers = HeaderMap::new();
        headers.insert("cookie", "a=1; __Host-s=x; b=2".parse().unwrap());
        assert_eq!(cookie(&headers, "__Host-s"), Some("x"));
        assert_eq!(cookie(&headers, "c"), None);
        headers.append("cookie", "__Host-s=y".parse().unwrap());
        assert_eq!(cookie(&headers, "__Host-s"), None);
    }

    #[test]
    fn is_strict() {
        let text = host_cookie("__Host-s", "v", Some(60)).to_str().unwrap().to_owned();
        for part in ["__Host-s=v", "Path=/", "Secure", "HttpOnly", "SameSite=Lax", "Max-Age=60"] {
            assert!(text.contains(part), "{part}");
        }
    }
}
