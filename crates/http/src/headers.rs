use http::{HeaderMap, HeaderValue};

/// Adds what every page carries: nothing is cached, framed, sniffed or loaded from elsewhere. `form_targets` are the
/// origins besides our own that a form or the redirect after it may lead to (an application's redirect URI).
pub fn page_headers(headers: &mut HeaderMap, form_targets: &[&str]) {
    let mut policy = String::from(
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; \
         manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
    );
    for target in form_targets
        .iter()
        .filter(|target| target.bytes().all(|b| b.is_ascii_graphic() && !b";,'\"".contains(&b)))
    {
        policy.push(' ');
        policy.push_str(target);
    }
    if let Ok(value) = HeaderValue::from_str(&policy) {
        headers.insert("content-security-policy", value);
    }
    for (name, value) in [
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin-allow-popups"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
        ("strict-transport-security", "max-age=31536000"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_target_cannot_smuggle_a_directive() {
        let mut headers = HeaderMap::new();
        page_headers(&mut headers, &["http://localhost:4000", "x; script-src *"]);
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(policy.ends_with("form-action 'self' http://localhost:4000"));
    }
}
