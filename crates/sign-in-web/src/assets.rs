use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};

const STYLE: &str = include_str!("../assets/pages.css");
const FORM_POST: &str = include_str!("../assets/form-post.js");
const PASSWORD_STRENGTH: &str = include_str!("../assets/password-strength.js");
const PASSKEY: &str = include_str!("../assets/passkey.js");
const APPROVAL: &str = include_str!("../assets/approval.js");
const APPROVE: &str = include_str!("../assets/approve.js");
const ICON: &str = include_str!("../assets/icon.svg");

/// Style sheet, script and picture of the pages.
pub(crate) async fn serve(Path(name): Path<String>) -> Response {
    let (kind, text) = match name.as_str() {
        "pages.css" => ("text/css; charset=utf-8", STYLE),
        "form-post.js" => ("text/javascript; charset=utf-8", FORM_POST),
        "password-strength.js" => ("text/javascript; charset=utf-8", PASSWORD_STRENGTH),
        "passkey.js" => ("text/javascript; charset=utf-8", PASSKEY),
        "approval.js" => ("text/javascript; charset=utf-8", APPROVAL),
        "approve.js" => ("text/javascript; charset=utf-8", APPROVE),
        "icon.svg" => ("image/svg+xml", ICON),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "public, max-age=3600"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, text).into_response()
}
