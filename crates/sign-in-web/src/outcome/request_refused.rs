use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use riskgate_http::RefusedRequest;

use crate::outcome::refused::for_people;
use crate::pages::{RequestRefusedPage, render};
use crate::texts::{Texts, in_language, wanted_languages};

struct Shown {
    organization: String,
    texts: Texts,
}

/// Puts pages like those of the sign-in around another surface's routes: a [`RefusedRequest`] becomes a page in the language
/// of who reads it, with status and headers as they are.
pub fn with_refusal_pages(router: Router, organization: &str, texts: Texts) -> Router {
    let shown = Arc::new(Shown { organization: organization.to_owned(), texts });
    router.layer(from_fn_with_state(shown, show))
}

async fn show(State(shown): State<Arc<Shown>>, request: Request, next: Next) -> Response {
    let wanted = wanted_languages(&request);
    let mut response = next.run(request).await;
    let Some(refused) = response.extensions_mut().remove::<RefusedRequest>() else { return response };
    let page = RequestRefusedPage {
        organization: &shown.organization,
        time_text: &for_people(refused.at),
        refused: &refused,
    };
    let status = response.status();
    let page = in_language(&shown.texts, &wanted, async { render(status, &page, &[]) }).await;
    let (mut parts, _) = response.into_parts();
    // Those of the page replace what the text had.
    parts.headers.extend(page.headers().clone());
    parts.headers.remove(http::header::CONTENT_LENGTH);
    Response::from_parts(parts, page.into_body())
}
