//! Tokens that are bound to a key, at Graph (RFC 9449 §7).

use axum::body::Body;
use axum::http::{Method, Request};
use serde_json::{Value as Json, json};

use crate::world::{BASE, Reply, World};
use riskgate_testkit::dpop::{ProofKey, hash};

/// Sends a request with a token in this scheme and, perhaps, a proof.
async fn send(
    world: &World,
    method: Method,
    path: &str,
    scheme: &str,
    token: &str,
    proof: Option<&str>,
) -> Reply {
    let mut request =
        Request::builder().method(method).uri(path).header("authorization", format!("{scheme} {token}"));
    if let Some(proof) = proof {
        request = request.header("DPoP", proof);
    }
    world.request(request.body(Body::empty()).unwrap()).await
}

/// The claims of a good proof.
fn claims(world: &World, method: &str, path: &str, token: &str) -> Json {
    let mut claims = ProofKey::claims(method, &format!("{BASE}{path}"), world.now().as_seconds());
    claims["ath"] = json!(hash(token));
    claims
}

#[tokio::test]
async fn rfc9449_7_1_graph_takes_a_bound_token_with_a_proof_for_this_request_alone() {
    let world = World::new().await;
    let (user, key) = (world.user("megan", &[]).await, ProofKey::generate());
    let token = world.bound_token(&user, &["User.Read"], &key.thumbprint()).await;
    let get = async |proof: Option<&str>| send(&world, Method::GET, "/v1.0/me", "DPoP", &token, proof).await;
    let proof = key.sign(&claims(&world, "GET", "/v1.0/me", &token));
    let reply = get(Some(&proof)).await;
    assert_eq!((reply.status.as_u16(), &reply.json["id"]), (200, &json!(user.id)), "{reply:?}");
    let reply = send(&world, Method::GET, "/v1.0/me?$select=id", "DPoP", &token, Some(&proof)).await;
    assert_eq!(reply.status, 401, "it was used");
    let with_query = key.sign(&claims(&world, "GET", "/v1.0/me", &token));
    let reply = send(&world, Method::GET, "/v1.0/me?$select=id", "DPoP", &token, Some(&with_query)).await;
    assert_eq!(reply.status, 200, "the query is not part of it");
    for (method, path) in [("POST", "/v1.0/me"), ("GET", "/v1.0/users"), ("GET", "/me")] {
        assert_eq!(get(Some(&key.sign(&claims(&world, method, path, &token)))).await.status, 401);
    }
    let thief = ProofKey::generate().sign(&claims(&world, "GET", "/v1.0/me", &token));
    for proof in [None, Some("nonsense"), Some(&*thief)] {
        let reply = get(proof).await;
        assert_eq!(reply.status, 401);
        let challenge = reply.headers["www-authenticate"].to_str().unwrap();
        assert_eq!(challenge, "DPoP error=\"invalid_token\", algs=\"ES256 RS256 PS256\"");
    }
}

#[tokio::test]
async fn rfc9449_7_2_graph_takes_no_bound_token_as_bearer_and_no_other_as_bound() {
    let world = World::new().await;
    let (user, key) = (world.user("megan", &[]).await, ProofKey::generate());
    let bound = world.bound_token(&user, &["User.Read"], &key.thumbprint()).await;
    let proof = key.sign(&claims(&world, "GET", "/v1.0/me", &bound));
    for proof in [None, Some(&*proof)] {
        assert_eq!(send(&world, Method::GET, "/v1.0/me", "Bearer", &bound, proof).await.status, 401);
    }
    let plain = world.user_token(&user, &["User.Read"]).await;
    let proof = key.sign(&claims(&world, "GET", "/v1.0/me", &plain));
    assert_eq!(send(&world, Method::GET, "/v1.0/me", "DPoP", &plain, Some(&proof)).await.status, 401);
}

#[tokio::test]
async fn rfc9449_7_1_one_proof_is_enough_for_the_members_of_a_batch() {
    let world = World::new().await;
    let (user, key) = (world.user("megan", &[]).await, ProofKey::generate());
    let token = world.bound_token(&user, &["User.Read"], &key.thumbprint()).await;
    let proof = key.sign(&claims(&world, "POST", "/v1.0/$batch", &token));
    let member = |id: &str, url: &str| json!({ "id": id, "method": "GET", "url": url });
    let body =
        json!({ "requests": [member("a", "/me"), member("b", "/me?$select=id"), member("c", "/users")] });
    let request = Request::post("/v1.0/$batch")
        .header("authorization", format!("DPoP {token}"))
        .header("DPoP", proof)
        .header("content-type", "application/json");
    let reply = world.request(request.body(Body::from(body.to_string())).unwrap()).await;
    let mut statuses: Vec<_> = reply.json["responses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|response| (response["id"].as_str().unwrap().to_owned(), response["status"].as_u64().unwrap()))
        .collect();
    statuses.sort();
    let expected = [("a", 200), ("b", 200), ("c", 403)].map(|(id, status)| (id.to_owned(), status));
    assert_eq!(statuses, expected, "{reply:?}");
}
