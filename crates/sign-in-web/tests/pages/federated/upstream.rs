//! An OpenID provider over HTTP that does what a test tells it, be it right or wrong.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use axum::Router;
use axum::extract::{Form, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use http::{HeaderMap, StatusCode};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use riskgate_directory::Actor;
use riskgate_federation::NewProvider;
use riskgate_model::OidcIdentityProvider;
use serde_json::{Value as Json, json};

use crate::world::World;

pub(crate) const CLIENT: &str = "riskgate at the upstream";
pub(crate) const SECRET: &str = "s3cret: & +";

pub(crate) struct Upstream {
    pub(crate) issuer: String,
    shared: Arc<Shared>,
}

struct Shared {
    issuer: String,
    behavior: Mutex<Behavior>,
}

struct Behavior {
    key: Key,
    published: Vec<Json>,
    metadata: Json,
    /// Answers of the token endpoint by code.
    codes: BTreeMap<String, Grant>,
    keys_fetched: usize,
    redirects: bool,
}

struct Grant {
    challenge: String,
    redirect_uri: String,
    answer: Answer,
}

/// What the token endpoint answers.
pub(crate) enum Answer {
    Token(String),
    Body(StatusCode, String),
    /// It never answers.
    Silence,
}

pub(crate) struct Key {
    pub(crate) id: String,
    pub(crate) encoding: EncodingKey,
    pub(crate) jwk: Json,
}

/// A new P-256 key.
pub(crate) fn key(id: &str) -> Key {
    let document =
        EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new()).unwrap();
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref()).unwrap();
    let point = pair.public_key().as_ref();
    let (x, y) = point[1..].split_at(32);
    let jwk = json!({
        "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": id,
        "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y),
    });
    Key { id: id.to_owned(), encoding: EncodingKey::from_ec_der(document.as_ref()), jwk }
}

impl Upstream {
    /// A provider on a port of its own.
    pub(crate) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let own = key("one");
        let metadata = json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{issuer}/authorize?tenant=1"),
            "token_endpoint": format!("{issuer}/token"),
            "jwks_uri": format!("{issuer}/keys"),
            "id_token_signing_alg_values_supported": ["ES256", "HS256", "none"],
            "authorization_response_iss_parameter_supported": true,
        });
        let behavior = Behavior {
            published: vec![own.jwk.clone()],
            key: own,
            metadata,
            codes: BTreeMap::new(),
            keys_fetched: 0,
            redirects: false,
        };
        let shared = Arc::new(Shared { issuer: issuer.clone(), behavior: Mutex::new(behavior) });
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(metadata_document))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(shared.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { issuer, shared }
    }

    /// Registers it, changed.
    pub(crate) async fn register(
        &self,
        world: &World,
        change: impl FnOnce(&mut OidcIdentityProvider),
    ) -> String {
        let mut provider = OidcIdentityProvider {
            display_name: Some("Fabrikam".to_owned()),
            client_id: Some(CLIENT.to_owned()),
            issuer: Some(self.issuer.clone()),
            domains: vec!["fabrikam.com".to_owned()],
            ..OidcIdentityProvider::default()
        };
        change(&mut provider);
        let new = NewProvider { provider, secret: Some(SECRET.into()), allows_lockout: true };
        world.federation.create_provider(&Actor::command_line(), new).await.unwrap().id
    }

    fn change<T>(&self, change: impl FnOnce(&mut Behavior) -> T) -> T {
        change(&mut self.shared.behavior.lock().unwrap())
    }

    /// Changes what it says of itself.
    pub(crate) fn metadata(&self, name: &str, value: Json) {
        self.change(|behavior| behavior.metadata[name] = value);
    }

    /// Answers requests for metadata by a redirect to where it is.
    pub(crate) fn redirect(&self) {
        self.change(|behavior| behavior.redirects = true);
    }

    /// Signs with another key from now on, published or not.
    pub(crate) fn rotate(&self, id: &str, is_published: bool) {
        let next = key(id);
        self.change(|behavior| {
            if is_published {
                behavior.published = vec![next.jwk.clone()];
            }
            behavior.key = next;
        });
    }

    pub(crate) fn keys_fetched(&self) -> usize {
        self.change(|behavior| behavior.keys_fetched)
    }

    /// Signs claims.
    pub(crate) fn sign(&self, claims: &Json) -> String {
        self.change(|behavior| {
            let header = Header { kid: Some(behavior.key.id.clone()), ..Header::new(Algorithm::ES256) };
            jsonwebtoken::encode(&header, claims, &behavior.key.encoding).unwrap()
        })
    }

    /// Gives a code for an authorization request.
    pub(crate) fn grant(&self, code: &str, challenge: String, redirect_uri: String, answer: Answer) {
        let grant = Grant { challenge, redirect_uri, answer };
        self.change(|behavior| behavior.codes.insert(code.to_owned(), grant));
    }
}

async fn metadata_document(State(shared): State<Arc<Shared>>) -> Response {
    let behavior = shared.behavior.lock().unwrap();
    if behavior.redirects {
        let elsewhere = format!("{}/elsewhere", shared.issuer);
        return (StatusCode::FOUND, [("location", elsewhere)]).into_response();
    }
    document(behavior.metadata.clone()).into_response()
}

async fn keys(State(shared): State<Arc<Shared>>) -> Response {
    let mut behavior = shared.behavior.lock().unwrap();
    behavior.keys_fetched += 1;
    document(json!({ "keys": behavior.published })).into_response()
}

/// Redeems a code once, if client, redirect address and verifier are right.
async fn token(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    Form(form): Form<BTreeMap<String, String>>,
) -> Response {
    let refused = || (StatusCode::BAD_REQUEST, document(json!({ "error": "invalid_grant" }))).into_response();
    let basic = STANDARD.encode("riskgate%20at%20the%20upstream:s3cret%3A%20%26%20%2B");
    if headers.get("authorization").and_then(|value| value.to_str().ok()) != Some(&format!("Basic {basic}")) {
        return (StatusCode::UNAUTHORIZED, document(json!({ "error": "invalid_client" }))).into_response();
    }
    let Some(grant) = shared.behavior.lock().unwrap().codes.remove(&form["code"]) else { return refused() };
    let verifier = digest(&SHA256, form["code_verifier"].as_bytes());
    if form["redirect_uri"] != grant.redirect_uri || URL_SAFE_NO_PAD.encode(verifier) != grant.challenge {
        return refused();
    }
    match grant.answer {
        Answer::Token(token) => document(json!({
            "access_token": "x", "token_type": "Bearer", "expires_in": 60, "id_token": token,
        }))
        .into_response(),
        Answer::Body(status, body) => (status, body).into_response(),
        Answer::Silence => std::future::pending().await,
    }
}

fn document(value: Json) -> ([(&'static str, &'static str); 1], String) {
    ([("content-type", "application/json")], value.to_string())
}
