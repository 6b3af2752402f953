//! What every HTTP surface shares: the address a request really came from, its identifiers, the headers every answer
//! carries and the query and cookie helpers.
//!
//! The binary puts [`with_context`] around all routers once; a handler then takes [`RequestContext`] as an argument.

mod access_token;
mod address;
mod authorization_response;
mod client_certificate;
mod context;
mod cookie;
mod headers;
mod refused_request;

pub use access_token::{SentToken, access_token};
pub use address::{ForwardedHeader, TrustedProxies, client_address};
pub use authorization_response::{FORM_POST_SCRIPT, ResponseMode, authorization_response, origin};
pub use client_certificate::{ClientCertificate, client_certificate_of_proxy};
pub use context::{HttpContext, RequestContext, with_context};
pub use cookie::{cookie, host_cookie, remove_host_cookie};
pub use headers::page_headers;
pub use refused_request::RefusedRequest;

/// Largest request body any surface reads: more is answered with 413 before it is read.
pub const MAX_BODY_BYTES: usize = 1 << 20;
