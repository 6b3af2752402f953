use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use riskgate_http::page_headers;

/// A page that says something; plain, since nothing else of ours is reachable on an application's host.
#[derive(Template)]
#[template(path = "message.html")]
pub(crate) struct MessagePage<'a> {
    pub(crate) title: &'a str,
    pub(crate) paragraphs: &'a [&'a str],
    /// Error code of the sign-in log.
    pub(crate) code: Option<i32>,
    /// The request, or the sign-in it led to.
    pub(crate) request_id: &'a str,
    pub(crate) correlation_id: &'a str,
    /// RFC 3339.
    pub(crate) time: &'a str,
    pub(crate) application: Option<&'a str>,
    pub(crate) address: &'a str,
    /// Address and text.
    pub(crate) link: Option<(&'a str, &'a str)>,
}

/// The page that asks whether to sign out.
#[derive(Template)]
#[template(path = "sign_out.html")]
pub(crate) struct SignOutPage<'a> {
    pub(crate) username: &'a str,
    pub(crate) application: &'a str,
    /// The form's action.
    pub(crate) action: &'a str,
    pub(crate) anti_forgery: &'a str,
}

/// Renders a page. `form_target` is where its form may lead besides the application's host.
pub(crate) fn render(status: StatusCode, page: &impl Template, form_target: Option<&str>) -> Response {
    let mut response = match page.render() {
        Ok(text) => (status, Html(text)).into_response(),
        // Templates are checked when they are compiled; what is left is running out of memory.
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    };
    page_headers(response.headers_mut(), form_target.as_slice());
    response
}

/// Sends the browser on with a GET.
pub(crate) fn redirect(location: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    page_headers(response.headers_mut(), &[]);
    match HeaderValue::from_str(location) {
        Ok(location) => {
            response.headers_mut().insert(header::LOCATION, location);
            response
        }
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}
