//! HTTP around the dispatcher: bodies decoded and bounded, headers, cross-origin requests.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use axum::middleware::{self, Next};
use axum::routing::any;
use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use riskgate_http::{MAX_BODY_BYTES, RequestContext};
use tower_http::compression::CompressionLayer;
use tower_http::decompression::RequestDecompressionLayer;

use crate::answer::{Answer, Content};
use crate::dispatch::{GraphRequest, Service};
use crate::error::GraphError;

/// The router of `/v1.0`.
pub(crate) fn router(service: Arc<Service>) -> Router {
    let handler = any(serve);
    Router::new()
        .route("/v1.0", handler.clone())
        .route("/v1.0/", handler.clone())
        .route("/v1.0/{*path}", handler)
        .with_state(service)
        // From the inside out: gzip bodies are decoded, after what may be read of them was bounded.
        .layer(RequestDecompressionLayer::new().gzip(true).pass_through_unaccepted(true))
        .layer(middleware::from_fn(bound))
        .layer(CompressionLayer::new().gzip(true))
        .layer(middleware::from_fn(cross_origin))
}

/// Bounds what is read of a body as it was sent; [`read`] bounds what comes out of decoding it.
async fn bound(request: Request, next: Next) -> Result<Response<Body>, Infallible> {
    let request = request.map(|body| Body::new(Limited::new(body, MAX_BODY_BYTES)));
    Ok(next.run(request).await)
}

async fn serve(
    State(service): State<Arc<Service>>,
    context: RequestContext,
    request: Request,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let outcome = match read(&parts.headers, body).await {
        Ok(body) => {
            let path = parts.uri.path();
            let request = GraphRequest {
                method: parts.method,
                path: path.strip_prefix("/v1.0").unwrap_or(path).to_owned(),
                query: parts.uri.query().unwrap_or_default().to_owned(),
                headers: parts.headers,
                body,
                context: context.clone(),
                caller: None,
            };
            service.handle(request).await
        }
        Err(error) => Err(error),
    };
    outcome.unwrap_or_else(|error| refused(error, &context)).into_response()
}

/// The answer that says what was wrong.
pub(crate) fn refused(error: GraphError, context: &RequestContext) -> Answer {
    let body = error.body(context);
    Answer { status: error.status, headers: error.headers, content: Content::Json(body) }
}

/// The body, decoded, at most [`MAX_BODY_BYTES`] of it.
async fn read(headers: &HeaderMap, body: Body) -> Result<Bytes, GraphError> {
    // What the decompression layer could decode no longer carries the header.
    let encoding = headers.get(header::CONTENT_ENCODING).map(HeaderValue::as_bytes);
    if encoding.is_some_and(|encoding| !encoding.eq_ignore_ascii_case(b"identity")) {
        let mut error = GraphError::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "Request_BadRequest",
            "The encoding of the request body is not supported. Send it with gzip, or as it is.",
        );
        error.headers.push((header::ACCEPT_ENCODING, HeaderValue::from_static("gzip, identity")));
        return Err(error);
    }
    match Limited::new(body, MAX_BODY_BYTES).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if is_too_large(&*error) => Err(GraphError::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "Request_BadRequest",
            format!("The request body is larger than {MAX_BODY_BYTES} bytes."),
        )),
        Err(_) => Err(GraphError::new(
            StatusCode::BAD_REQUEST,
            "Request_BadRequest",
            "The request body ended early or is not encoded as Content-Encoding says.",
        )),
    }
}

/// Whether a bound was exceeded, before or after decoding.
fn is_too_large(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if error.is::<LengthLimitError>() {
            return true;
        }
        // An input error of the decoder has its cause inside, and calls that cause's cause its own.
        next = match error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    false
}

/// Lets pages of any origin call: what protects a resource is the token, and no cookie is looked at (SDK notes §1.6).
async fn cross_origin(request: Request, next: Next) -> Result<Response<Body>, Infallible> {
    let is_preflight = request.method() == Method::OPTIONS;
    let mut response = match is_preflight {
        true => Answer::no_content().into_response(),
        false => next.run(request).await,
    };
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    if is_preflight {
        for (name, value) in [
            (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PATCH, PUT, DELETE"),
            (header::ACCESS_CONTROL_ALLOW_HEADERS, ALLOWED_HEADERS),
            (header::ACCESS_CONTROL_MAX_AGE, "7200"),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
    } else {
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED_HEADERS));
    }
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    Ok(response)
}

const ALLOWED_HEADERS: &str = "Authorization, Content-Type, Content-Encoding, ConsistencyLevel, client-request-id, \
     return-client-request-id, SdkVersion, Prefer, If-Match, Retry-Attempt, Accept";
const EXPOSED_HEADERS: &str = "ETag, Location, Preference-Applied, Content-Range, request-id, client-request-id, \
     Retry-After, OData-Version, WWW-Authenticate";
