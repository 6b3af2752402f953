//! The administration console under `/admin/` and the Explorer under `/explorer/`: files that Vite built from `console/`
//! and `build.rs` put into the binary, compressed beforehand. There is no API here; both talk to Graph like every other
//! client.
//!
//! Without a console (`cargo build` on a checkout where `make console` never ran) the pages say how to build it.
//!
//! **Content security.** Nothing is loaded from another origin, no script or style is inline. Griffel, which styles Fluent UI,
//! makes empty `<style>` elements and fills them through the object model; a browser lets that pass if the policy allows
//! the hash of the empty text, and that is all this hash allows.

mod files;
mod missing;
mod serve;

use axum::Router;
use axum::response::Redirect;
use axum::routing::get;

use files::File;

/// The pages and files of the console, as they were built.
pub fn router() -> Router {
    router_of(files::EMBEDDED)
}

fn router_of(files: &'static [File]) -> Router {
    let page = |name| get(move |headers| serve::page(files, name, headers));
    Router::new()
        .route("/admin", get(|| async { Redirect::permanent("/admin/") }))
        .route("/admin/", page(files::CONSOLE))
        .route("/admin/{*path}", get(move |path, headers| serve::at(files, path, headers)))
        .route("/explorer", get(|| async { Redirect::permanent("/explorer/") }))
        .route("/explorer/", page(files::EXPLORER))
}
