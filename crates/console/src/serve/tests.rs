use axum::body::{Body, to_bytes};
use http::Request;
use tower::ServiceExt;

use super::*;
use crate::router_of;

static FILES: &[File] = &[
    File { name: "assets/a-1.js", plain: b"plain", brotli: Some(b"br"), gzip: Some(b"gz") },
    File { name: "explorer.html", plain: b"<!DOCTYPE html><title>E", brotli: None, gzip: None },
    File { name: "icon.svg", plain: b"<svg/>", brotli: None, gzip: None },
    File { name: "index.html", plain: b"<!DOCTYPE html>", brotli: None, gzip: Some(b"index") },
];

async fn get(files: &'static [File], path: &str, accept: &str) -> (StatusCode, HeaderMap, String) {
    let request = Request::get(path).header("accept-encoding", accept).body(Body::empty()).unwrap();
    let response = router_of(files).oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, 1 << 20).await.unwrap();
    (parts.status, parts.headers, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn a_file_comes_in_the_smallest_form_the_browser_takes() {
    for (accept, encoding, body) in [
        ("gzip, deflate, br, zstd", Some("br"), "br"),
        ("gzip", Some("gzip"), "gz"),
        ("GZIP;q=0.5", Some("gzip"), "gz"),
        ("br;q=0, gzip;q=0.000", None, "plain"),
        ("", None, "plain"),
        ("*", None, "plain"),
        ("identity", None, "plain"),
    ] {
        let (status, headers, text) = get(FILES, "/admin/assets/a-1.js", accept).await;
        assert_eq!((status, text.as_str()), (StatusCode::OK, body), "{accept}");
        assert_eq!(
            headers.get("content-encoding").map(|value| value.to_str().unwrap()),
            encoding,
            "{accept}"
        );
        assert_eq!(headers["vary"], "accept-encoding");
        assert_eq!(headers["content-type"], "text/javascript; charset=utf-8");
        assert_eq!(headers["cache-control"], "public, max-age=31536000, immutable");
    }
}

#[tokio::test]
async fn every_path_of_the_console_is_its_page_and_a_file_that_is_gone_is_not() {
    for path in ["/admin/", "/admin/users/at-risk", "/admin/sign-ins/1?tab=policies", "/admin/index.html"] {
        let (status, headers, text) = get(FILES, path, "").await;
        assert_eq!((status, text.as_str()), (StatusCode::OK, "<!DOCTYPE html>"), "{path}");
        assert_eq!(
            (&headers["cache-control"], &headers["content-type"]),
            (&"no-cache".parse().unwrap(), &"text/html; charset=utf-8".parse().unwrap())
        );
    }
    let (status, headers, _) = get(FILES, "/admin/assets/a-0.js", "").await;
    assert_eq!((status, &headers["cache-control"]), (StatusCode::NOT_FOUND, &"no-store".parse().unwrap()));
    assert_eq!(get(FILES, "/admin/icon.svg", "br").await.2, "<svg/>");
    assert_eq!(get(FILES, "/admin", "").await.1["location"], "/admin/");
}

#[tokio::test]
async fn the_explorer_is_one_page_of_its_own() {
    let (status, headers, text) = get(FILES, "/explorer/", "").await;
    assert_eq!((status, text.as_str()), (StatusCode::OK, "<!DOCTYPE html><title>E"));
    assert_eq!(headers["cache-control"], "no-cache");
    assert_eq!(get(FILES, "/explorer", "").await.1["location"], "/explorer/");
    assert_eq!(get(FILES, "/explorer/nothing", "").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_policy_allows_nothing_inline_and_nothing_from_elsewhere() {
    let (_, headers, _) = get(FILES, "/admin/", "").await;
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'; script-src 'self';"), "{policy}");
    for word in ["unsafe", "http:", "https:", "*"] {
        assert!(!policy.contains(word), "{policy}");
    }
    assert_eq!(get(FILES, "/explorer/", "").await.1["content-security-policy"], policy);
    assert_eq!(headers["x-frame-options"], "DENY");
    assert_eq!(headers["x-content-type-options"], "nosniff");
}

#[tokio::test]
async fn without_a_console_the_page_says_how_to_build_it() {
    for path in ["/admin/users", "/admin/assets/a.js", "/explorer/"] {
        let (status, headers, text) = get(&[], path, "br").await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        assert!(
            text.contains("make console")
                && headers["content-security-policy"].to_str().unwrap().contains("'none'")
        );
    }
}

#[tokio::test]
async fn other_methods_are_refused() {
    let request = Request::post("/admin/").body(Body::empty()).unwrap();
    assert_eq!(router_of(FILES).oneshot(request).await.unwrap().status(), StatusCode::METHOD_NOT_ALLOWED);
}
