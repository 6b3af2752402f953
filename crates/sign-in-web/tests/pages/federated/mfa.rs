use riskgate_directory::Actor;
use riskgate_model::{AuthenticationMethodKind, FederatedIdpMfaBehavior as Behavior, User};
use riskgate_store::records::IdentityProvider;
use serde_json::{Value as Json, json};

use super::upstream::{Answer, Upstream};
use super::visit::{Asked, come_back, sign_in};
use crate::browser::{Browser, Page};
use crate::world::World;

struct Scene {
    world: World,
    upstream: Upstream,
    provider: String,
    alice: User,
}

impl Scene {
    async fn new(behavior: Behavior) -> Self {
        let (world, upstream) = (World::new().await, Upstream::start().await);
        let change = |provider: &mut riskgate_model::OidcIdentityProvider| {
            provider.federated_idp_mfa_behavior = Some(behavior);
            provider.multi_factor_acr_values = vec!["urn:strong".to_owned()];
        };
        let provider = upstream.register(&world, change).await;
        let alice = world.person("alice").await;
        let record = world.load::<IdentityProvider>(&provider).await.unwrap().provider;
        world.federation.link(&Actor::command_line(), &record, "sub-1", &alice).await.unwrap();
        world.require("mfa").await;
        Self { world, upstream, provider, alice }
    }

    async fn come(&self, browser: &mut Browser<'_>, change: impl FnOnce(&mut Json)) -> Page {
        sign_in(browser, &self.world, &self.upstream, &self.provider, change).await
    }

    /// Whether some sign-in of hers was made with exactly these.
    async fn has_signed_in_with(&self, methods: &[AuthenticationMethodKind]) -> bool {
        let sign_ins = self.world.sign_ins(&self.alice).await;
        sign_ins.iter().any(|record| {
            let used = record.evidence.facts.authentication.methods.iter().map(|used| used.method);
            used.eq(methods.iter().copied())
        })
    }
}

#[tokio::test]
async fn accepted_mfa_satisfies_policies_by_amr_or_acr_and_without_it_an_own_code_does() {
    let scene = Scene::new(Behavior::AcceptIfMfaDoneByFederatedIdp).await;
    let secret = scene.world.register(&scene.alice).await;
    for change in [json!({ "amr": ["pwd", "mfa"] }), json!({ "acr": "urn:strong" })] {
        let mut browser = Browser::new(&scene.world);
        let page = scene
            .come(&mut browser, |claims| {
                claims.as_object_mut().unwrap().extend(change.as_object().unwrap().clone())
            })
            .await;
        assert_eq!(page.location(), "/security-info", "{change}");
    }
    for change in [json!({ "amr": ["pwd", "otp"] }), json!({ "amr": "mfa" }), json!({ "acr": "2" })] {
        let mut browser = Browser::new(&scene.world);
        let page = scene
            .come(&mut browser, |claims| {
                claims.as_object_mut().unwrap().extend(change.as_object().unwrap().clone())
            })
            .await;
        assert!(page.text.contains("action=\"/signin/code\""), "{change}: {page:?}");
    }
    let mut browser = Browser::new(&scene.world);
    let page = scene.come(&mut browser, |_| {}).await;
    let code = scene.world.code(&secret);
    let page = browser.submit("/signin/code", &page, &[("code", &code)]).await;
    assert_eq!(page.location(), "/security-info");
    let methods = [AuthenticationMethodKind::FederatedSingleFactor, AuthenticationMethodKind::SoftwareOath];
    assert!(scene.has_signed_in_with(&methods).await);
}

#[tokio::test]
async fn rejected_mfa_counts_for_nothing() {
    let scene = Scene::new(Behavior::RejectMfaByFederatedIdp).await;
    scene.world.register(&scene.alice).await;
    let mut browser = Browser::new(&scene.world);
    let page = scene.come(&mut browser, |claims| claims["amr"] = json!(["mfa"])).await;
    assert!(page.text.contains("action=\"/signin/code\""), "{page:?}");
}

#[tokio::test]
async fn enforced_mfa_is_asked_of_the_provider_and_must_be_there_afterwards() {
    let scene = Scene::new(Behavior::EnforceMfaByFederatedIdp).await;
    let mut browser = Browser::new(&scene.world);
    let leaving = scene.come(&mut browser, |_| {}).await;
    let asked = Asked::of(leaving.header("refresh"));
    assert_eq!((asked.get("acr_values"), asked.get("prompt")), ("urn:strong", "login"));
    let mut claims = asked.claims(&scene.world, &scene.upstream, "sub-1");
    let token = scene.upstream.sign(&claims);
    let page = come_back(&mut browser, &scene.upstream, &asked, Answer::Token(token)).await;
    assert_eq!(page.heading(), (403, "A second proof is missing"));

    let leaving = scene.come(&mut browser, |_| {}).await;
    let asked = Asked::of(leaving.header("refresh"));
    claims = asked.claims(&scene.world, &scene.upstream, "sub-2");
    claims["amr"] = json!(["mfa"]);
    let token = scene.upstream.sign(&claims);
    let page = come_back(&mut browser, &scene.upstream, &asked, Answer::Token(token)).await;
    assert_eq!(page.refusal().1, "50020", "somebody else proved himself");

    let leaving = scene.come(&mut browser, |_| {}).await;
    let asked = Asked::of(leaving.header("refresh"));
    claims = asked.claims(&scene.world, &scene.upstream, "sub-1");
    claims["amr"] = json!(["mfa"]);
    let token = scene.upstream.sign(&claims);
    let page = come_back(&mut browser, &scene.upstream, &asked, Answer::Token(token)).await;
    assert_eq!(page.location(), "/security-info");
    let methods =
        [AuthenticationMethodKind::FederatedSingleFactor, AuthenticationMethodKind::FederatedMultiFactor];
    assert!(scene.has_signed_in_with(&methods).await);
}
