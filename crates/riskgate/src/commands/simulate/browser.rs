use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, anyhow, bail};
use reqwest::cookie::{CookieStore, Jar};
use reqwest::header::{HeaderMap, HeaderValue, LOCATION};
use reqwest::{Certificate, Client, Response, redirect};
use url::{Origin, Url};

use super::device;
use super::html::{Form, Html};

const TIMEOUT: Duration = Duration::from_secs(60);
/// Most redirects in a row; browsers give up at 20 as well.
const MOST_REDIRECTS: usize = 20;
/// Largest page that is read.
const LARGEST_PAGE: usize = 1 << 20;

/// A browser without screen: keeps cookies, follows redirects, sends forms.
pub(super) struct Browser {
    client: Client,
    cookies: Arc<Jar>,
    /// Scheme, host and port of the server. Whatever leads elsewhere is not followed.
    origin: Origin,
    /// Path of the server's own page that the visit is for, if it is for one.
    destination: Option<String>,
}

/// What a browser looks like from outside.
pub(super) struct Appearance<'a> {
    pub(super) user_agent: &'a str,
    /// The address a trusted proxy names.
    pub(super) address: Option<IpAddr>,
    /// The cookie of a registered device.
    pub(super) device_cookie: Option<&'a str>,
    /// Names the whole visit in the log of sign-ins.
    pub(super) correlation_id: &'a str,
}

/// Where a request led.
pub(super) struct Arrival {
    /// `request-id` of the answer to the request itself, before redirects.
    pub(super) request_id: Option<String>,
    pub(super) place: Place,
}

/// A page of the server, or an address that is not opened.
pub(super) enum Place {
    /// A page.
    Page {
        /// HTTP status.
        status: u16,
        /// Where it is.
        url: Url,
        /// What it shows.
        html: Html,
    },
    /// The page the whole visit is for. Signing in is over when a form leads there; whether that page lets the person do
    /// anything is its own affair.
    Destination,
    /// An address outside of the server: the application's.
    Elsewhere(Url),
}

impl Browser {
    /// A browser for one server, and for a page of it if the visit is not for an application.
    ///
    /// # Errors
    /// If something cannot be sent in a header, or the certificate is none.
    pub(super) fn new(
        base_url: &Url,
        authority_pem: Option<&[u8]>,
        appearance: &Appearance<'_>,
        destination: Option<&str>,
    ) -> anyhow::Result<Self> {
        let mut headers = HeaderMap::new();
        headers.insert("accept", HeaderValue::from_static("text/html"));
        headers.insert("client-request-id", HeaderValue::from_str(appearance.correlation_id)?);
        if let Some(address) = appearance.address {
            headers.insert("x-forwarded-for", HeaderValue::from_str(&address.to_string())?);
        }
        let agent = HeaderValue::from_str(appearance.user_agent)
            .context("--user-agent cannot be sent in a header")?;
        headers.insert("user-agent", agent);
        let cookies = Arc::new(Jar::default());
        if let Some(cookie) = appearance.device_cookie {
            cookies.add_cookie_str(&format!("{}={cookie}; Path=/; Secure", device::COOKIE), base_url);
        }
        let mut builder = Client::builder()
            .cookie_provider(Arc::clone(&cookies))
            .redirect(redirect::Policy::none())
            .timeout(TIMEOUT)
            // The server is spoken to itself: a proxy would name another address.
            .no_proxy()
            .default_headers(headers);
        if let Some(pem) = authority_pem {
            let certificates =
                Certificate::from_pem_bundle(pem).context("the certificate authority is not in PEM form")?;
            builder = builder.tls_certs_only(certificates);
        }
        Ok(Self {
            client: builder.build().context("no HTTP client can be made")?,
            cookies,
            origin: base_url.origin(),
            destination: destination.map(str::to_owned),
        })
    }

    /// The value of a cookie the server set.
    pub(super) fn cookie(&self, name: &str, url: &Url) -> Option<String> {
        let header = self.cookies.cookies(url)?;
        let mut pairs = header.to_str().ok()?.split("; ").filter_map(|pair| pair.split_once('='));
        pairs.find(|(known, _)| *known == name).map(|(_, value)| value.to_owned())
    }

    /// Opens an address.
    ///
    /// # Errors
    /// If the server does not answer, or not with a page.
    pub(super) async fn open(&self, url: Url) -> anyhow::Result<Arrival> {
        let response = self.client.get(url.clone()).send().await.with_context(|| unreachable(&url))?;
        self.follow(url, response, None).await
    }

    /// Sends a form of a page.
    ///
    /// # Errors
    /// As [`Browser::open`].
    pub(super) async fn send(
        &self,
        page: &Url,
        form: &Form,
        values: &[(&str, &str)],
    ) -> anyhow::Result<Arrival> {
        let url = page.join(&form.action).context("the form leads nowhere")?;
        if url.origin() != self.origin {
            bail!("the form leads away from the server, to {}", url.origin().ascii_serialization());
        }
        let request = self.client.post(url.clone()).form(&form.filled(values));
        let response = request.send().await.with_context(|| unreachable(&url))?;
        self.follow(url, response, self.destination.as_deref()).await
    }

    async fn follow(
        &self,
        mut url: Url,
        mut response: Response,
        destination: Option<&str>,
    ) -> anyhow::Result<Arrival> {
        let request_id =
            response.headers().get("request-id").and_then(|id| id.to_str().ok()).map(str::to_owned);
        for _ in 0..MOST_REDIRECTS {
            if !response.status().is_redirection() {
                let (status, html) = (response.status().as_u16(), Html::parse(&text(response).await?));
                return Ok(Arrival { request_id, place: Place::Page { status, url, html } });
            }
            let location = response.headers().get(LOCATION).and_then(|location| location.to_str().ok());
            let next = location.ok_or_else(|| anyhow!("the server redirects without saying where to"))?;
            url = url.join(next).context("the server redirects to what is no address")?;
            if url.origin() != self.origin {
                return Ok(Arrival { request_id, place: Place::Elsewhere(url) });
            }
            if destination.is_some_and(|path| url.path() == path) {
                return Ok(Arrival { request_id, place: Place::Destination });
            }
            response = self.client.get(url.clone()).send().await.with_context(|| unreachable(&url))?;
        }
        bail!("the server redirects without end")
    }
}

fn unreachable(url: &Url) -> String {
    format!(
        "{} does not answer; is the server running, and are --base-url and --ca-file right?",
        url.origin().ascii_serialization()
    )
}

async fn text(mut response: Response) -> anyhow::Result<String> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.context("the answer broke off")? {
        body.extend_from_slice(&chunk);
        if body.len() > LARGEST_PAGE {
            bail!("the page is larger than {LARGEST_PAGE} bytes");
        }
    }
    Ok(String::from_utf8_lossy(&body).into_owned())
}
