//! Back-channel logout to a real receiver over TLS.

use std::net::TcpListener;
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::common::{WEB, World, app_id, claims};
use axum::extract::{Form, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::{Router, routing};
use axum_server::tls_rustls::RustlsConfig;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use riskgate_directory::{Actor, CreatedApplication, NewApplication, Platform};
use riskgate_model::User;
use riskgate_oauth_api::{BackChannel, Receivers};
use riskgate_odata::Filter;
use riskgate_store::records::{LogoutNotice, Session};
use riskgate_store::{Batch, StoreExt};
use serde_json::{Value as Json, json};

const SESSION: &str = "8b1a2c34-1111-4222-8333-444455556666";

/// Names and values.
type Fields = Vec<(String, String)>;

/// An application that takes logout tokens.
#[derive(Clone, Default)]
struct Taken {
    forms: Arc<Mutex<Vec<Fields>>>,
    /// What it answers.
    status: Arc<AtomicU16>,
    /// How often it was led elsewhere.
    redirected: Arc<Mutex<usize>>,
}

struct Receiver {
    taken: Taken,
    address: String,
    authority: Vec<u8>,
}

impl Receiver {
    async fn start() -> Self {
        let receivers = Receivers::new(None).unwrap();
        drop(receivers);
        let key = rcgen::KeyPair::generate().unwrap();
        let own =
            rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap().self_signed(&key).unwrap();
        let tls =
            RustlsConfig::from_pem(own.pem().into_bytes(), key.serialize_pem().into_bytes()).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = format!("https://localhost:{}/logout", listener.local_addr().unwrap().port());
        let taken = Taken::default();
        taken.status.store(200, Ordering::Relaxed);
        let router = Router::new()
            .route("/logout", routing::post(take))
            .route("/elsewhere", routing::any(elsewhere))
            .with_state(taken.clone());
        let server = axum_server::from_tcp_rustls(listener, tls).unwrap();
        tokio::spawn(server.serve(router.into_make_service()));
        Self { taken, address, authority: own.pem().into_bytes() }
    }

    fn tokens(&self) -> Vec<String> {
        let forms = self.taken.forms.lock().unwrap();
        let token = |form: &Fields| {
            assert_eq!((form.len(), &*form[0].0), (1, "logout_token"));
            form[0].1.clone()
        };
        forms.iter().map(token).collect()
    }

    fn answer(&self, status: u16) {
        self.taken.status.store(status, Ordering::Relaxed);
    }
}

async fn take(State(taken): State<Taken>, Form(form): Form<Fields>) -> impl IntoResponse {
    taken.forms.lock().unwrap().push(form);
    let status = StatusCode::from_u16(taken.status.load(Ordering::Relaxed)).unwrap();
    (status, [(header::LOCATION, "/elsewhere")])
}

async fn elsewhere(State(taken): State<Taken>) {
    *taken.redirected.lock().unwrap() += 1;
}

struct Setting {
    world: World,
    receiver: Receiver,
    app: CreatedApplication,
    user: User,
    channel: BackChannel,
}

impl Setting {
    async fn new() -> Self {
        let (world, receiver) = (World::new().await, Receiver::start().await);
        let app = application(&world, Some(&receiver.address)).await;
        let user = world.user().await;
        let channel = BackChannel {
            store: world.store.clone(),
            tenant: world.tenant,
            directory: world.directory.clone(),
            tokens: world.tokens.clone(),
            clock: world.clock.clone(),
            receivers: Receivers::new(Some(&receiver.authority)).unwrap(),
        };
        Self { world, receiver, app, user, channel }
    }

    /// A session from which these applications were signed in to, ended by an administrator.
    async fn end_session(&self, applications: &[&str]) {
        let now = riskgate_core::Clock::now(&*self.world.clock);
        let session = Session {
            id: "digest".to_owned(),
            session_id: SESSION.to_owned(),
            user_id: self.user.id.clone(),
            authentication: Default::default(),
            created_date_time: now,
            ip_address: "203.0.113.9".to_owned(),
            user_agent: None,
            applications: applications.iter().map(|id| (*id).to_owned()).collect(),
            expires_date_time: now + Duration::from_secs(3600),
        };
        let mut batch = Batch::new(self.world.tenant);
        batch.insert(&session).unwrap();
        self.world.store.commit(batch).await.unwrap();
        let actor = Actor::command_line();
        self.world.directory.revoke_sign_in_sessions(&actor, &self.user.id).await.unwrap();
    }

    async fn notices(&self) -> Vec<LogoutNotice> {
        let found =
            self.world.store.find_all::<LogoutNotice>(self.world.tenant, Filter::Constant(true)).await;
        found.unwrap().into_iter().map(|notice| notice.record).collect()
    }
}

async fn application(world: &World, logout_url: Option<&str>) -> CreatedApplication {
    let new = NewApplication {
        display_name: "Told of sign-outs".to_owned(),
        redirect_uris: vec![(Platform::Web, WEB.to_owned())],
        logout_url: logout_url.map(str::to_owned),
        ..NewApplication::default()
    };
    world.directory.create_application(&Actor::command_line(), &new).await.unwrap()
}

#[tokio::test]
async fn oidc_back_channel_2_4_a_logout_token_names_session_and_user_and_is_signed() {
    let setting = Setting::new().await;
    let world = &setting.world;
    setting.end_session(&[app_id(&setting.app)]).await;
    assert_eq!(setting.channel.deliver_due().await.unwrap(), 1);
    let tokens = setting.receiver.tokens();
    let [token] = tokens.as_slice() else { panic!("{tokens:?}") };
    let keys = world.get(&format!("/{}/discovery/v2.0/keys", world.tenant)).await.json();
    let header = jsonwebtoken::decode_header(token).unwrap();
    assert_eq!((header.typ.as_deref(), header.alg), (Some("logout+jwt"), Algorithm::RS256));
    let key = keys["keys"].as_array().unwrap().iter().find(|key| key["kid"] == json!(header.kid)).unwrap();
    let key =
        DecodingKey::from_rsa_components(key["n"].as_str().unwrap(), key["e"].as_str().unwrap()).unwrap();
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_audience(&[app_id(&setting.app)]);
    validation.set_issuer(&[world.tokens.issuer()]);
    // The clock of the test stands still.
    validation.validate_exp = false;
    let held = jsonwebtoken::decode::<Json>(token, &key, &validation).unwrap().claims;
    assert_eq!((&held["sub"], &held["sid"]), (&json!(setting.user.id), &json!(SESSION)));
    assert_eq!(held["events"], json!({ "http://schemas.openid.net/event/backchannel-logout": {} }));
    assert_eq!(held["exp"].as_i64().unwrap() - held["iat"].as_i64().unwrap(), 120);
    assert!(held["jti"].as_str().unwrap().len() >= 20);
    assert_eq!(held.get("nonce"), None);
}

#[tokio::test]
async fn oidc_back_channel_2_4_a_logout_token_is_neither_id_token_nor_access_token() {
    let setting = Setting::new().await;
    let world = &setting.world;
    setting.end_session(&[app_id(&setting.app)]).await;
    setting.channel.deliver_due().await.unwrap();
    let token = setting.receiver.tokens().remove(0);
    assert!(world.tokens.verify_access_token(&token, |_| true).await.is_err());
    assert_eq!(world.tokens.read_id_token_hint(&token).await.unwrap(), None);
}

#[tokio::test]
async fn oidc_back_channel_2_5_each_application_of_the_session_is_told_once() {
    let setting = Setting::new().await;
    let other = application(&setting.world, Some(&setting.receiver.address)).await;
    let silent = application(&setting.world, None).await;
    let never = application(&setting.world, Some(&setting.receiver.address)).await;
    setting.end_session(&[app_id(&setting.app), app_id(&other), app_id(&silent)]).await;
    assert_eq!(setting.channel.deliver_due().await.unwrap(), 3);
    assert_eq!(setting.channel.deliver_due().await.unwrap(), 0);
    let mut told: Vec<_> = setting
        .receiver
        .tokens()
        .iter()
        .map(|token| claims(&json!(token))["aud"].as_str().unwrap().to_owned())
        .collect();
    told.sort();
    let mut expected = vec![app_id(&setting.app).to_owned(), app_id(&other).to_owned()];
    expected.sort();
    assert_eq!(told, expected);
    assert!(!told.contains(&app_id(&never).to_owned()));
    assert!(setting.notices().await.is_empty());
}

#[tokio::test]
async fn oidc_back_channel_2_8_what_is_not_taken_is_sent_again_and_given_up() {
    let setting = Setting::new().await;
    setting.receiver.answer(503);
    setting.end_session(&[app_id(&setting.app)]).await;
    for (attempt, wait) in [(1, 5), (2, 30), (3, 120), (4, 600)] {
        assert_eq!(setting.channel.deliver_due().await.unwrap(), 1, "attempt {attempt}");
        assert_eq!(setting.receiver.tokens().len(), attempt);
        assert_eq!(setting.notices().await[0].attempts, u32::try_from(attempt).unwrap());
        setting.world.clock.advance(Duration::from_secs(wait - 1));
        assert_eq!(setting.channel.deliver_due().await.unwrap(), 0, "not before {wait} seconds");
        setting.world.clock.advance(Duration::from_secs(1));
    }
    assert_eq!(setting.channel.deliver_due().await.unwrap(), 1);
    assert!(setting.notices().await.is_empty(), "given up");
    let tokens = setting.receiver.tokens();
    let unique: std::collections::HashSet<_> =
        tokens.iter().map(|token| claims(&json!(token))["jti"].to_string()).collect();
    assert_eq!(unique.len(), 5, "each is a token of its own, since receivers remember them");
}

#[tokio::test]
async fn oidc_back_channel_2_8_an_application_that_comes_back_is_told() {
    let setting = Setting::new().await;
    setting.receiver.answer(500);
    setting.end_session(&[app_id(&setting.app)]).await;
    setting.channel.deliver_due().await.unwrap();
    setting.receiver.answer(204);
    setting.world.clock.advance(Duration::from_secs(5));
    setting.channel.deliver_due().await.unwrap();
    assert!(setting.notices().await.is_empty());
    assert_eq!(setting.receiver.tokens().len(), 2);
}

#[tokio::test]
async fn oidc_back_channel_2_5_of_two_nodes_one_sends() {
    let setting = Setting::new().await;
    setting.end_session(&[app_id(&setting.app)]).await;
    let (one, other) = (setting.channel.clone(), setting.channel.clone());
    let (one, other) = tokio::join!(one.deliver_due(), other.deliver_due());
    one.unwrap();
    other.unwrap();
    assert_eq!(setting.receiver.tokens().len(), 1);
    assert!(setting.notices().await.is_empty());
}

#[tokio::test]
async fn attack_a_receiver_cannot_send_this_server_elsewhere() {
    let setting = Setting::new().await;
    for status in [301, 302, 303, 307, 308] {
        setting.receiver.answer(status);
        setting.world.clock.advance(Duration::from_secs(3_600));
        setting.channel.deliver_due().await.unwrap();
        setting.end_session(&[app_id(&setting.app)]).await;
        assert_eq!(setting.channel.deliver_due().await.unwrap(), 1);
        assert_eq!(*setting.receiver.taken.redirected.lock().unwrap(), 0, "{status}");
        assert_eq!(setting.notices().await.len(), 1, "{status} is no answer that counts");
    }
}

#[tokio::test]
async fn attack_a_receiver_whose_certificate_nobody_vouches_for_is_told_nothing() {
    let setting = Setting::new().await;
    setting.end_session(&[app_id(&setting.app)]).await;
    let channel = BackChannel { receivers: Receivers::new(None).unwrap(), ..setting.channel.clone() };
    assert_eq!(channel.deliver_due().await.unwrap(), 1);
    assert!(setting.receiver.tokens().is_empty());
    assert_eq!(setting.notices().await.len(), 1);
}

#[tokio::test]
async fn attack_a_receiver_that_does_not_answer_holds_nobody_up() {
    let setting = Setting::new().await;
    // Takes connections and says nothing.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("https://localhost:{}/logout", silent.local_addr().unwrap().port());
    let stuck = application(&setting.world, Some(&address)).await;
    setting.end_session(&[app_id(&setting.app), app_id(&stuck)]).await;
    let round = tokio::time::timeout(Duration::from_secs(20), setting.channel.deliver_due()).await;
    assert_eq!(round.unwrap().unwrap(), 2);
    assert_eq!(setting.receiver.tokens().len(), 1, "the other one was told");
    assert_eq!(setting.notices().await.len(), 1);
}
