//! A person who signs in at the upstream provider and comes back.

use std::collections::BTreeMap;

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::{Value as Json, json};

use super::upstream::{Answer, CLIENT, Upstream};
use crate::browser::{Browser, Page};
use crate::world::World;

/// What Riskgate asked the provider.
pub(crate) struct Asked {
    pub(crate) parameters: BTreeMap<String, String>,
}

impl Asked {
    /// The request in an address.
    pub(crate) fn of(address: &str) -> Self {
        let (_, query) = address.split_once('?').unwrap();
        let decode =
            |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8().unwrap().into_owned();
        let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap());
        Self { parameters: pairs.map(|(name, value)| (decode(name), decode(value))).collect() }
    }

    pub(crate) fn get(&self, name: &str) -> &str {
        self.parameters.get(name).map_or("", String::as_str)
    }

    /// Claims of a good ID token for the request.
    pub(crate) fn claims(&self, world: &World, upstream: &Upstream, subject: &str) -> Json {
        let now = riskgate_core::Clock::now(&*world.clock).as_seconds();
        json!({
            "iss": upstream.issuer, "aud": CLIENT, "sub": subject, "nonce": self.get("nonce"),
            "iat": now, "exp": now + 300, "auth_time": now,
        })
    }

    /// The address the provider sends the browser back to.
    pub(crate) fn back(&self, parameters: &[(&str, &str)]) -> String {
        let path = self.get("redirect_uri").strip_prefix(crate::world::BASE_URL).unwrap();
        let escape = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let pairs: Vec<_> =
            parameters.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect();
        format!("{path}?{}", pairs.join("&"))
    }
}

/// Begins a sign-in by the link of the sign-in page.
pub(crate) async fn begin(browser: &mut Browser<'_>, path: &str, provider: &str) -> Asked {
    let page = browser.get(path).await;
    let link = format!("href=\"/signin/federated?provider={provider}&amp;ctx=");
    let sealed = crate::browser::between(&page.text, &link, "\"").unwrap_or_else(|| panic!("{page:?}"));
    let answer = browser.get(&format!("/signin/federated?provider={provider}&ctx={sealed}")).await;
    Asked::of(answer.location())
}

/// Comes back with a code that stands for this answer.
pub(crate) async fn come_back(
    browser: &mut Browser<'_>,
    upstream: &Upstream,
    asked: &Asked,
    answer: Answer,
) -> Page {
    let (challenge, redirect) = (asked.get("code_challenge"), asked.get("redirect_uri"));
    upstream.grant("code-1", challenge.to_owned(), redirect.to_owned(), answer);
    let state = asked.get("state");
    browser.get(&asked.back(&[("code", "code-1"), ("state", state), ("iss", &upstream.issuer)])).await
}

/// Signs in whole, with these claims changed.
pub(crate) async fn sign_in(
    browser: &mut Browser<'_>,
    world: &World,
    upstream: &Upstream,
    provider: &str,
    change: impl FnOnce(&mut Json),
) -> Page {
    let asked = begin(browser, "/signin", provider).await;
    let mut claims = asked.claims(world, upstream, "sub-1");
    change(&mut claims);
    let token = upstream.sign(&claims);
    come_back(browser, upstream, &asked, Answer::Token(token)).await
}
