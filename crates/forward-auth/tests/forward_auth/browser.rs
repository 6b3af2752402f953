//! A browser and the proxies between it and the applications, as far as they matter: cookies by host, one request at a
//! time, and what each proxy makes of an answer.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use http::{HeaderMap, Method, Request, StatusCode, header};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use tower::ServiceExt;

use crate::world::{BASE_URL, HOME, PASSWORD, World};

pub(crate) const SESSION: &str = "__Host-riskgate-app";
pub(crate) const START: &str = "__Host-riskgate-start";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Via {
    Nginx,
    Traefik,
    Caddy,
    Envoy,
}

pub(crate) struct Browser<'a> {
    world: &'a World,
    pub(crate) via: Via,
    /// The application its proxy asks about.
    pub(crate) app_id: String,
    pub(crate) address: &'static str,
    /// Headers it sends along, as a visitor who knows what he does.
    pub(crate) extra: Vec<(&'static str, String)>,
    /// By origin and name.
    pub(crate) cookies: BTreeMap<(String, String), String>,
}

/// An answer, read.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) url: String,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl<'a> Browser<'a> {
    pub(crate) fn new(world: &'a World, via: Via, app_id: &str) -> Self {
        let (app_id, extra, cookies) = (app_id.to_owned(), Vec::new(), BTreeMap::new());
        Self { world, via, app_id, address: HOME, extra, cookies }
    }

    /// A browser behind nginx in which somebody signed in to an application at this address.
    pub(crate) async fn signed_in(world: &'a World, app_id: &str, url: &str, name: &str) -> Self {
        let mut browser = Self::new(world, Via::Nginx, app_id);
        let page = browser.sign_in(url, name).await;
        assert_eq!((page.status.as_u16(), page.url.as_str()), (200, url), "{page:?}");
        browser
    }

    /// Opens an address, follows all redirects, and types name and password where it is asked for.
    pub(crate) async fn sign_in(&mut self, url: &str, name: &str) -> Page {
        let page = self.walk(url).await;
        assert!(page.text.contains("name=\"password\""), "no sign-in page: {page:?}");
        let username = format!("{name}@contoso.com");
        let form = [
            ("ctx", page.field("ctx")),
            ("anti_forgery", page.field("anti_forgery")),
            ("username", username),
            ("password", PASSWORD.to_owned()),
        ];
        let answer = self.send(Method::POST, &format!("{BASE_URL}/signin"), encoded(&form)).await;
        self.follow(answer).await
    }

    /// Opens an address and follows all redirects.
    pub(crate) async fn walk(&mut self, url: &str) -> Page {
        let page = self.get(url).await;
        self.follow(page).await
    }

    pub(crate) async fn follow(&mut self, mut page: Page) -> Page {
        for _ in 0..10 {
            if !page.status.is_redirection() {
                return page;
            }
            page = self.get(&page.location()).await;
        }
        panic!("redirected for ever: {page:?}");
    }

    pub(crate) async fn get(&mut self, url: &str) -> Page {
        self.send(Method::GET, url, String::new()).await
    }

    pub(crate) async fn post(&mut self, url: &str, form: &[(&str, String)]) -> Page {
        self.send(Method::POST, url, encoded(form)).await
    }

    /// Goes to Riskgate, or through the proxy to an application.
    pub(crate) async fn send(&mut self, method: Method, url: &str, body: String) -> Page {
        let (origin, path) = split(url);
        let mut page = if origin == BASE_URL {
            self.riskgate(&method, path, &[], body).await
        } else if path.starts_with("/.riskgate/") {
            let headers = [("x-forwarded-host", host(origin)), ("x-forwarded-proto", "https")];
            self.riskgate_for(origin, &method, path, &headers, body).await
        } else {
            self.proxied(origin, &method, path).await
        };
        url.clone_into(&mut page.url);
        for cookie in page.headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            assert!(cookie.contains("; Path=/; Secure; HttpOnly; SameSite=Lax"), "{cookie}");
            let (name, rest) = cookie.split_once('=').unwrap();
            let (key, value) = ((origin.to_owned(), name.to_owned()), rest.split(';').next().unwrap());
            if cookie.contains("Max-Age=0") {
                self.cookies.remove(&key);
            } else {
                self.cookies.insert(key, value.to_owned());
            }
        }
        page
    }

    /// What the proxy makes of a request: 200 with the identity headers stands for the application's answer.
    async fn proxied(&mut self, origin: &str, method: &Method, path: &str) -> Page {
        let checked = self.check(origin, method, path).await;
        match (self.via, checked.status.as_u16()) {
            (Via::Nginx, 401) if checked.headers.contains_key("x-riskgate-redirect") => {
                let mut page = Page { status: StatusCode::FOUND, text: String::new(), ..checked };
                let to = page.headers.remove("x-riskgate-redirect").unwrap();
                page.headers.insert(header::LOCATION, to);
                page
            }
            (Via::Nginx, 200 | 401) => checked,
            // error_page asks again for the page to show.
            (Via::Nginx, 403) => self.check(origin, &Method::GET, path).await,
            // nginx understands nothing else.
            (Via::Nginx, _) => Page { status: StatusCode::INTERNAL_SERVER_ERROR, ..checked },
            _ => checked,
        }
    }

    /// What the proxy asks.
    async fn check(&self, origin: &str, method: &Method, path: &str) -> Page {
        let url = format!("{origin}{path}");
        let forwarded = [
            ("x-forwarded-method", method.as_str()),
            ("x-forwarded-proto", "https"),
            ("x-forwarded-host", host(origin)),
            ("x-forwarded-uri", path),
        ];
        let original = [("x-original-method", method.as_str()), ("x-original-url", &url)];
        let plain = [("x-forwarded-proto", "https"), ("host", host(origin))];
        let (method, asked, headers): (_, _, &[(&str, &str)]) = match self.via {
            Via::Nginx => (&Method::GET, format!("/forward-auth?app={}&proxy=nginx", self.app_id), &original),
            Via::Traefik => {
                (&Method::GET, format!("/forward-auth?app={}&proxy=traefik", self.app_id), &forwarded)
            }
            Via::Caddy => {
                (&Method::GET, format!("/forward-auth?app={}&proxy=caddy", self.app_id), &forwarded)
            }
            Via::Envoy => (method, format!("/forward-auth/envoy/{}{path}", self.app_id), &plain),
        };
        self.riskgate_for(origin, method, &asked, headers, String::new()).await
    }

    async fn riskgate(&self, method: &Method, path: &str, headers: &[(&str, &str)], body: String) -> Page {
        self.riskgate_for(BASE_URL, method, path, headers, body).await
    }

    async fn riskgate_for(
        &self,
        origin: &str,
        method: &Method,
        path: &str,
        headers: &[(&str, &str)],
        body: String,
    ) -> Page {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request = request
            .header("x-forwarded-for", self.address)
            .header(header::USER_AGENT, "Mozilla/5.0 (X11; Linux x86_64; rv:140.0)");
        for (name, value) in &self.extra {
            request = request.header(*name, value);
        }
        if method == Method::POST {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        let cookies: Vec<_> = self.cookies.iter().filter(|((of, _), _)| of == origin).collect();
        if !cookies.is_empty() {
            let pairs: Vec<_> = cookies.iter().map(|((_, name), value)| format!("{name}={value}")).collect();
            request = request.header(header::COOKIE, pairs.join("; "));
        }
        ask(self.world, "127.0.0.1:4000", request.body(Body::from(body)).unwrap()).await
    }

    /// The value of a cookie.
    pub(crate) fn cookie(&self, origin: &str, name: &str) -> Option<String> {
        self.cookies.get(&(origin.to_owned(), name.to_owned())).cloned()
    }

    pub(crate) fn plant(&mut self, origin: &str, name: &str, value: &str) {
        self.cookies.insert((origin.to_owned(), name.to_owned()), value.to_owned());
    }
}

/// Sends a request from a peer.
pub(crate) async fn ask(world: &World, peer: &str, mut request: Request<Body>) -> Page {
    let peer: SocketAddr = peer.parse().unwrap();
    request.extensions_mut().insert(ConnectInfo(peer));
    let response = world.router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, 1 << 20).await.unwrap();
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let page = Page { url: String::new(), status: parts.status, headers: parts.headers, text };
    assert_eq!(page.header("cache-control"), "no-store", "{page:?}");
    page
}

impl Page {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// Where it redirects to, absolute.
    pub(crate) fn location(&self) -> String {
        assert!(self.status.is_redirection(), "{self:?}");
        let location = self.header("location");
        match location.starts_with('/') {
            true => format!("{}{location}", split(&self.url).0),
            false => location.to_owned(),
        }
    }

    /// A parameter of the address it redirects to.
    pub(crate) fn parameter(&self, name: &str) -> String {
        parameter(&self.location(), name)
    }

    /// Status and title.
    pub(crate) fn heading(&self) -> (u16, &str) {
        (self.status.as_u16(), between(&self.text, "<title>", "</title>").unwrap_or_default())
    }

    /// The error code a refusal shows.
    pub(crate) fn code(&self) -> Option<&str> {
        between(&self.text, "id=\"error-code\">", "</dd>")
    }

    /// The value of a hidden field.
    pub(crate) fn field(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        between(&self.text, &start, "\"").unwrap_or_else(|| panic!("no {name}: {self:?}")).to_owned()
    }
}

pub(crate) fn parameter(url: &str, name: &str) -> String {
    let mut pairs = url.split_once('?').unwrap().1.split('&').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(known, _)| *known == name).unwrap_or_else(|| panic!("no {name}: {url}"));
    percent_decode_str(value).decode_utf8().unwrap().into_owned()
}

/// Origin, and path with query.
fn split(url: &str) -> (&str, &str) {
    let start = url.find("://").unwrap_or_else(|| panic!("{url}")) + 3;
    let end = url[start..].find('/').map_or(url.len(), |at| start + at);
    url.split_at(end)
}

fn host(origin: &str) -> &str {
    origin.strip_prefix("https://").unwrap()
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(start)?;
    Some(rest.split_once(end)?.0)
}

fn encoded(form: &[(&str, String)]) -> String {
    let escape = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let pairs: Vec<String> = form.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect();
    pairs.join("&")
}
