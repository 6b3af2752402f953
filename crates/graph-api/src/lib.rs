//! The Microsoft Graph surface under `/v1.0`: routing, tokens and permissions, OData, resources.
//!
//! The way of a request: [`router`] decodes and bounds it (`http.rs`), the dispatcher finds its route, who sent it, and
//! whether that caller may (`dispatch.rs`), the route's handler does what is asked, and everything that goes out passes
//! through `render.rs`, which shows declared properties and nothing else. Members of a `$batch` go the same way.
//!
//! To add an operation of a resource:
//! 1. write `resources/<resource>/<verb>.rs` with an `async fn(Call) -> Outcome`;
//! 2. add its row to `routes()` in `resources/<resource>.rs`: method, pattern, and the `Rule` that names permissions and
//!    capability as the contract has them. `tests/permissions.rs` then tries it without token, permission and role;
//! 3. if it writes, audit it in the batch that changes; if it is an action, name it in `metadata/operations.rs`.
//!
//! To add a set: declare a `Set` (type, context, pages, order), list it with `query::list`, `query::list_of` or
//! `query::list_computed`, show one object with `query::entity`, and name the path to it in `metadata/container.rs`.

mod answer;
mod area;
mod authenticate;
mod batch;
mod body;
mod call;
mod caller;
mod challenge;
mod dispatch;
mod error;
mod failure;
mod http;
mod metadata;
mod path;
mod permissions;
mod query;
mod reads;
mod render;
mod resources;
mod route;
mod state;
mod throttle;

use std::sync::Arc;

use axum::Router;

pub use route::RouteInfo;
pub use state::GraphApi;
pub use throttle::RequestLimit;

/// The router of `/v1.0`. `riskgate_http::with_context` must be around it.
pub fn router(mut api: GraphApi) -> Router {
    api.base_url.truncate(api.base_url.trim_end_matches('/').len());
    let throttle = throttle::Throttle::new(api.limit);
    let events = resources::Events::default();
    http::router(Arc::new(dispatch::Service { api, routes: resources::routes(), events, throttle }))
}

/// What each route asks for, for documentation and tests.
pub fn route_table() -> Vec<RouteInfo> {
    resources::routes().iter().map(route::Route::info).collect()
}
