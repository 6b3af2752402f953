use http::{HeaderMap, header};

/// An access token in the `Authorization` header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SentToken<'h> {
    /// The token.
    pub token: &'h str,
    /// Whether it comes with the scheme of tokens that are bound to a key (RFC 9449 §7.1) and not as bearer token.
    pub is_dpop: bool,
    /// The only `DPoP` header.
    pub proof: Option<&'h str>,
}

/// The token of the only `Authorization` header, if its scheme is Bearer (RFC 6750 §2.1) or DPoP.
pub fn access_token(headers: &HeaderMap) -> Option<SentToken<'_>> {
    let (scheme, token) = only(headers, header::AUTHORIZATION.as_str())?.split_once(' ')?;
    let token = token.trim();
    let is_dpop = scheme.eq_ignore_ascii_case("dpop");
    let is_known = is_dpop || scheme.eq_ignore_ascii_case("bearer");
    (is_known && !token.is_empty()).then(|| SentToken { token, is_dpop, proof: only(headers, "dpop") })
}

/// The value of a header that comes once.
fn only<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    let (value, None) = (values.next()?, values.next()) else { return None };
    value.to_str().ok()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn token(values: &[&'static str]) -> Option<(String, bool)> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(header::AUTHORIZATION, HeaderValue::from_static(value));
        }
        access_token(&headers).map(|sent| (sent.token.to_owned(), sent.is_dpop))
    }

    #[test]
    fn rfc6750_2_1_only_a_single_token_counts() {
        assert_eq!(token(&["Bearer abc"]), Some(("abc".to_owned(), false)));
        assert_eq!(token(&["bearer  abc "]), Some(("abc".to_owned(), false)));
        assert_eq!(token(&["DPoP abc"]), Some(("abc".to_owned(), true)));
        for values in [&[][..], &["Bearer"], &["Bearer "], &["Basic abc"], &["Bearer a", "Bearer b"]] {
            assert_eq!(token(values), None, "{values:?}");
        }
    }

    #[test]
    fn rfc9449_4_3_two_proofs_are_none() {
        let mut headers = HeaderMap::new();
        headers.append(header::AUTHORIZATION, HeaderValue::from_static("DPoP abc"));
        headers.append("dpop", HeaderValue::from_static("one"));
        assert_eq!(access_token(&headers).unwrap().proof, Some("one"));
        headers.append("dpop", HeaderValue::from_static("two"));
        assert_eq!(access_token(&headers).unwrap().proof, None);
    }
}
