//! What clients read before they sign in.

use crate::common::{BASE_URL, World};
use axum::body::Body;
use http::{Request, StatusCode};
use serde_json::json;

#[tokio::test]
async fn oidc_discovery_3_the_document_has_every_field_the_libraries_need_under_every_name_of_the_tenant() {
    let world = World::new().await;
    let tenant = world.tenant.to_string();
    for name in
        [tenant.clone(), tenant.to_uppercase(), "Contoso.COM".into(), "common".into(), "Organizations".into()]
    {
        for path in ["v2.0/.well-known/openid-configuration", ".well-known/openid-configuration"] {
            let answer = world.get(&format!("/{name}/{path}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{name} {path}");
            let document = answer.json();
            assert_eq!(document["issuer"], format!("{BASE_URL}/{tenant}/v2.0"));
            for (field, path) in [
                ("authorization_endpoint", "oauth2/v2.0/authorize"),
                ("token_endpoint", "oauth2/v2.0/token"),
                ("end_session_endpoint", "oauth2/v2.0/logout"),
                ("jwks_uri", "discovery/v2.0/keys"),
            ] {
                assert_eq!(document[field], format!("{BASE_URL}/{tenant}/{path}"), "{field}");
            }
            assert_eq!(document["userinfo_endpoint"], format!("{BASE_URL}/oidc/userinfo"));
            assert_eq!(document["response_modes_supported"], json!(["query", "fragment", "form_post"]));
            assert_eq!(document["response_types_supported"], json!(["code"]));
            assert_eq!(document["code_challenge_methods_supported"], json!(["S256"]));
            assert_eq!(document["claims_parameter_supported"], true);
            for field in [
                "scopes_supported",
                "subject_types_supported",
                "id_token_signing_alg_values_supported",
                "claims_supported",
            ] {
                assert!(document[field].as_array().is_some_and(|list| !list.is_empty()), "{field}");
            }
        }
    }
}

#[tokio::test]
async fn rfc8414_2_every_endpoint_of_the_document_is_there() {
    let world = World::new().await;
    let document = world.get("/common/v2.0/.well-known/openid-configuration").await.json();
    let is_address = |name: &str| name.ends_with("_endpoint") || name == "jwks_uri";
    let named = document.as_object().unwrap().iter().filter(|(name, _)| is_address(name));
    for (field, address) in named {
        let path = address.as_str().unwrap().strip_prefix(BASE_URL).unwrap();
        assert_ne!(world.get(path).await.status, StatusCode::NOT_FOUND, "{field}");
    }
}

#[tokio::test]
async fn rfc7517_5_keys_verify_what_is_signed() {
    let world = World::new().await;
    world.tokens.ensure_signing_key().await.unwrap();
    for name in [world.tenant.to_string(), "common".to_owned()] {
        let keys = world.get(&format!("/{name}/discovery/v2.0/keys")).await.json();
        assert_eq!(keys["keys"][0]["kty"], "RSA");
        assert_eq!(keys["keys"][0]["issuer"], world.tokens.issuer());
    }
}

#[tokio::test]
async fn oidc_discovery_4_1_names_of_other_tenants_are_refused() {
    let world = World::new().await;
    let long = "x".repeat(4000);
    for name in ["fabrikam.com", "consumers", "6d3f2a54-4c0a-4f43-9d9f-0f2d43c0a001", "%FF", "%20", &long] {
        for path in ["v2.0/.well-known/openid-configuration", "discovery/v2.0/keys"] {
            let answer = world.get(&format!("/{name}/{path}")).await;
            assert_eq!(answer.refusal(), (400, "invalid_request".to_owned(), 90_002), "{name:.40}");
            assert!(answer.text.len() < 1000);
        }
        let answer = world.post(&format!("/{name}/oauth2/v2.0/token"), &[]).await;
        assert_eq!(answer.refusal(), (400, "invalid_request".to_owned(), 90_002), "{name:.40}");
    }
}

#[tokio::test]
async fn instance_discovery_knows_our_own_authority_alone() {
    let world = World::new().await;
    let ask = |authority: &str| {
        let query = crate::common::encoded(&[("authorization_endpoint", authority), ("api-version", "1.1")]);
        format!("/common/discovery/instance?{query}")
    };
    let own = world.get(&ask(&format!("{BASE_URL}/contoso.com/oauth2/v2.0/authorize"))).await;
    assert_eq!(own.status, StatusCode::OK);
    let body = own.json();
    let document = format!("{BASE_URL}/{}/v2.0/.well-known/openid-configuration", world.tenant);
    assert_eq!(body["tenant_discovery_endpoint"], document);
    assert_eq!(body["metadata"][0]["preferred_network"], "login.contoso.com:8443");
    assert_eq!(body["metadata"][0]["aliases"], json!(["login.contoso.com:8443", "login.contoso.com"]));
    for (authority, expected) in [
        ("https://login.evil.example/common/oauth2/v2.0/authorize", ("invalid_instance", 50_049)),
        ("http://login.contoso.com:8443/common/oauth2/v2.0/authorize", ("invalid_instance", 50_049)),
        ("nonsense", ("invalid_instance", 50_049)),
        ("https://login.contoso.com:8443/fabrikam.com/oauth2/v2.0/authorize", ("invalid_request", 90_002)),
        ("", ("invalid_request", 900_144)),
    ] {
        let answer = world.get(&ask(authority)).await;
        assert_eq!(answer.refusal(), (400, expected.0.to_owned(), expected.1), "{authority}");
    }
}

#[tokio::test]
async fn user_realm_is_the_same_for_every_name() {
    let world = World::new().await;
    let known = world.get("/common/userrealm/admin@contoso.com?api-version=1.0").await;
    assert_eq!(known.json()["account_type"], "Managed");
    for name in ["nobody@contoso.com", "x@fabrikam.com", "%FF"] {
        let other = world.get(&format!("/common/userrealm/{name}")).await;
        assert_eq!((other.status, &other.text), (StatusCode::OK, &known.text), "{name}");
    }
}

#[tokio::test]
async fn every_origin_may_read_what_it_cannot_abuse() {
    let world = World::new().await;
    let tenant = world.tenant.to_string();
    for path in [
        format!("/{tenant}/v2.0/.well-known/openid-configuration"),
        format!("/{tenant}/discovery/v2.0/keys"),
        world.token_path(),
        "/oidc/userinfo".to_owned(),
    ] {
        let request = |method: &str| {
            let request = Request::builder().method(method).uri(&path);
            request.header("origin", "https://spa.contoso.com").body(Body::empty()).unwrap()
        };
        let preflight = world.send(request("OPTIONS")).await;
        assert_eq!(preflight.status, StatusCode::NO_CONTENT, "{path}");
        assert!(preflight.header("access-control-allow-methods").contains("POST"));
        assert!(preflight.header("access-control-allow-headers").contains("Authorization"));
        for answer in [preflight, world.send(request("GET")).await] {
            assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
            assert_eq!(answer.header("access-control-allow-credentials"), "", "{path}");
        }
    }
    let authorize = world.get(&format!("/{tenant}/oauth2/v2.0/authorize")).await;
    assert_eq!(authorize.header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn rfc6749_3_2_other_methods_are_refused_in_json() {
    let world = World::new().await;
    let answer = world.get(&world.token_path()).await;
    assert_eq!(answer.refusal(), (405, "invalid_request".to_owned(), 900_561));
    assert!(answer.header("allow").contains("POST"), "{answer:?}");
    let answer = world.get("/common/oauth2/v2.0/devicecode").await;
    assert_eq!(answer.refusal(), (405, "invalid_request".to_owned(), 900_561));
}
