use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::HeaderMap;
use http::header::{ACCEPT_LANGUAGE, SET_COOKIE};
use riskgate_http::{cookie, host_cookie};

use super::{Texts, Translation};

/// Remembers which languages the application that began the sign-in asked for.
const COOKIE: &str = "__Host-riskgate-language";
/// Longest list of languages that is looked at.
const MAX_LENGTH: usize = 200;

tokio::task_local! {
    /// Every page of a request is in one language, whoever renders it.
    static CURRENT: Arc<Translation>;
}

/// The translation of the request that is being handled.
pub(crate) fn current() -> Option<Arc<Translation>> {
    CURRENT.try_with(Arc::clone).ok()
}

/// Middleware: what is asked for by `ui_locales` (OpenID Connect Core §3.1.2.1), now or when the sign-in began, otherwise
/// what the browser prefers.
pub(crate) async fn with_language(State(texts): State<Arc<Texts>>, request: Request, next: Next) -> Response {
    let asked = request.uri().query().and_then(ui_locales);
    let wanted = wanted_languages(&request);
    let mut response = in_language(&texts, &wanted, next.run(request)).await;
    if let Some(asked) = asked {
        response.headers_mut().append(SET_COOKIE, host_cookie(COOKIE, &asked.replace(',', "_"), None));
    }
    response
}

/// What the request, the sign-in it belongs to or the browser asks for, as `Accept-Language` is written.
pub(crate) fn wanted_languages(request: &Request) -> String {
    let asked = request.uri().query().and_then(ui_locales);
    let wanted = asked.or_else(|| remembered(request.headers())).or_else(|| accepted(request.headers()));
    wanted.unwrap_or_default()
}

/// Does what makes a page, in the language of these wishes.
pub(crate) async fn in_language<T>(texts: &Texts, wanted: &str, page: impl Future<Output = T>) -> T {
    CURRENT.scope(texts.preferred(wanted), page).await
}

/// Tags in order of preference, separated by spaces there and by commas here.
fn ui_locales(query: &str) -> Option<String> {
    let value = query.split('&').find_map(|pair| pair.strip_prefix("ui_locales="))?;
    let tags = value.replace("%20", "+");
    let is_tags = tags.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+'));
    (is_tags && tags.len() <= MAX_LENGTH).then(|| tags.replace('+', ","))
}

fn remembered(headers: &HeaderMap) -> Option<String> {
    cookie(headers, COOKIE).filter(|value| value.len() <= MAX_LENGTH).map(|value| value.replace('_', ","))
}

fn accepted(headers: &HeaderMap) -> Option<String> {
    headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_language_tags_are_remembered() {
        for (query, expected) in [
            ("ctx=a&ui_locales=de", Some("de")),
            ("ui_locales=fr-CA+fr%20de", Some("fr-CA,fr,de")),
            ("ui_locales=de%0d%0aSet-Cookie:x", None),
            ("ui_locales=de;Path=/", None),
            ("ctx=a", None),
        ] {
            assert_eq!(ui_locales(query).as_deref(), expected, "{query}");
        }
        assert_eq!(ui_locales(&format!("ui_locales={}", "a".repeat(201))), None);
    }
}
