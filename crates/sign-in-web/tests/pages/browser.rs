//! A browser as far as the pages need one: it keeps cookies, follows nothing by itself and reads forms.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use http::{HeaderMap, Request, StatusCode, header};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use riskgate_http::ClientCertificate;
use tower::ServiceExt;

use crate::world::{HOME, PASSWORD, World};

pub(crate) const SESSION: &str = "__Host-riskgate-session";
pub(crate) const BROWSER: &str = "__Host-riskgate-browser";

pub(crate) struct Browser<'a> {
    world: &'a World,
    pub(crate) address: &'static str,
    pub(crate) cookies: BTreeMap<String, String>,
    /// What the connection proves.
    pub(crate) certificate: Option<ClientCertificate>,
    /// `Accept-Language`.
    pub(crate) languages: &'static str,
}

/// An answer, read.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl<'a> Browser<'a> {
    /// A browser at home without cookies.
    pub(crate) fn new(world: &'a World) -> Self {
        Self { world, address: HOME, cookies: BTreeMap::new(), certificate: None, languages: "en" }
    }

    /// A browser in which somebody typed his password and was let in.
    pub(crate) async fn signed_in(world: &'a World, name: &str) -> Self {
        let mut browser = Self::new(world);
        let answer = browser.sign_in("/signin", name).await;
        assert_eq!(answer.location(), "/security-info", "{answer:?}");
        browser
    }

    pub(crate) async fn get(&mut self, path: &str) -> Page {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Page {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(encoded(form))).unwrap()).await
    }

    /// What a script of a page sends, without cookies.
    pub(crate) async fn post_json(&mut self, path: &str, body: &serde_json::Value) -> Page {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/json");
        let cookies = std::mem::take(&mut self.cookies);
        let answer = self.send(request.body(Body::from(body.to_string())).unwrap()).await;
        self.cookies = cookies;
        answer
    }

    /// Opens a sign-in page and types a name and [`PASSWORD`].
    pub(crate) async fn sign_in(&mut self, path: &str, name: &str) -> Page {
        self.sign_in_with(path, name, PASSWORD).await
    }

    /// The same with another password.
    pub(crate) async fn sign_in_with(&mut self, path: &str, name: &str, password: &str) -> Page {
        let page = self.get(path).await;
        self.first_factor(&page, &format!("{name}@contoso.com"), password).await
    }

    /// Sends the form of a sign-in page.
    pub(crate) async fn first_factor(&mut self, page: &Page, username: &str, password: &str) -> Page {
        self.submit("/signin", page, &[("username", username), ("password", password)]).await
    }

    /// Sends the form of a page with its hidden fields and what was typed.
    pub(crate) async fn submit(&mut self, path: &str, page: &Page, typed: &[(&str, &str)]) -> Page {
        assert!(page.text.contains(&format!("action=\"{path}\"")), "no form for {path}: {page:?}");
        let hidden = ["ctx", "flow", "pending", "target", "shown", "anti_forgery"];
        let hidden: Vec<_> =
            hidden.iter().filter_map(|name| page.field(name).map(|value| (*name, value))).collect();
        let mut form: Vec<(&str, &str)> =
            hidden.iter().map(|(name, value)| (*name, value.as_str())).collect();
        form.extend_from_slice(typed);
        self.post(path, &form).await
    }

    /// The anti-forgery token this browser would get for a form.
    pub(crate) fn token(&self, form: &str) -> String {
        self.world.forms.token(&self.cookies[BROWSER], form)
    }

    async fn send(&mut self, mut request: Request<Body>) -> Page {
        let proxy: SocketAddr = "127.0.0.1:4000".parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(proxy));
        if let Some(certificate) = &self.certificate {
            request.extensions_mut().insert(certificate.clone());
        }
        let headers = request.headers_mut();
        headers.insert("x-forwarded-for", self.address.parse().unwrap());
        headers.insert(header::ACCEPT_LANGUAGE, self.languages.parse().unwrap());
        headers.insert(header::USER_AGENT, "Mozilla/5.0 (X11; Linux x86_64; rv:140.0)".parse().unwrap());
        if !self.cookies.is_empty() {
            let pairs: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            headers.insert(header::COOKIE, pairs.join("; ").parse().unwrap());
        }
        let response = self.world.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 1 << 20).await.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let page = Page { status: parts.status, headers: parts.headers, text };
        self.keep_cookies(&page);
        if page.header("content-type").starts_with("text/html") || page.headers.contains_key("location") {
            page.assert_strict();
        }
        page
    }

    fn keep_cookies(&mut self, page: &Page) {
        for cookie in page.cookies() {
            let (name, rest) = cookie.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            if cookie.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

impl Page {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// Every `Set-Cookie`.
    pub(crate) fn cookies(&self) -> Vec<&str> {
        self.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap()).collect()
    }

    /// Where it leads to, by a redirect or as a page that goes there by itself.
    pub(crate) fn location(&self) -> &str {
        if let Some(address) = self.header("refresh").strip_prefix("0;url=") {
            return address;
        }
        assert!(self.status.is_redirection(), "{self:?}");
        self.header("location")
    }

    /// A parameter of the address it redirects to.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        let (_, query) = self.location().split_once('?')?;
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let (_, value) = pairs.find(|(known, _)| *known == name)?;
        Some(percent_decode_str(value).decode_utf8().unwrap().into_owned())
    }

    /// What is answered to a script.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    /// Status and heading of a page.
    pub(crate) fn heading(&self) -> (u16, &str) {
        let title = between(&self.text, "<title>", " · ").unwrap_or_else(|| panic!("no title: {self:?}"));
        (self.status.as_u16(), title)
    }

    /// The value of a hidden field.
    pub(crate) fn field(&self, name: &str) -> Option<String> {
        let start = format!("<input type=\"hidden\" name=\"{name}\" value=\"");
        between(&self.text, &start, "\"").map(str::to_owned)
    }

    /// The options of the challenge of a passkey form.
    pub(crate) fn options(&self) -> String {
        let escaped = between(&self.text, "data-options=\"", "\"").unwrap_or_else(|| panic!("{self:?}"));
        escaped.replace("&#34;", "\"").replace("&#38;", "&")
    }

    /// What is wrong, as the page says it.
    pub(crate) fn problem(&self) -> Option<&str> {
        between(&self.text, "role=\"alert\">", "</p>")
    }

    /// Status, error code and request id of a refusal.
    pub(crate) fn refusal(&self) -> (u16, &str, String) {
        let code = between(&self.text, "id=\"error-code\">", "</dd>").unwrap_or_else(|| panic!("{self:?}"));
        let id = between(&self.text, "<dt>Request id</dt><dd>", "</dd>").unwrap();
        (self.status.as_u16(), code, id.to_owned())
    }

    fn assert_strict(&self) {
        let policy = self.header("content-security-policy");
        for directive in ["default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'"] {
            assert!(policy.split("; ").any(|known| known == directive), "{directive}: {self:?}");
        }
        assert!(
            policy.contains("frame-ancestors 'none'") && policy.contains("form-action 'self'"),
            "{policy}"
        );
        assert!(!policy.contains("unsafe"), "{policy}");
        assert!(!self.text.contains(" style=") && !self.text.contains("<style"), "{self:?}");
        for (name, value) in [
            ("cache-control", "no-store"),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
        ] {
            assert_eq!(self.header(name), value, "{name}: {self:?}");
        }
    }
}

/// The text between two others.
pub(crate) fn between<'t>(text: &'t str, start: &str, end: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(start)?;
    Some(rest.split_once(end)?.0)
}

fn encoded(form: &[(&str, &str)]) -> String {
    let escape = |text| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let pairs: Vec<String> =
        form.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
    pairs.join("&")
}
