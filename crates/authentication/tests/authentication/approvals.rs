//! Approval on a phone, and the attacks on it.

use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use riskgate_authentication::{
    ApprovalError, ApprovalLimit, Approvals, Asked, Decision, NewApproval, NewPhone, Outcome, PhoneAnswer,
    PhoneProof,
};
use riskgate_core::SystemRng;
use riskgate_model::{AuthenticationMethodKind, User};
use riskgate_outbound::OutboundSettings;
use riskgate_ports::{Push, PushSubscription};
use riskgate_push::{PushSettings, WebPush};
use riskgate_store::records::{
    ApprovalRequest, ApprovalRequests, ApprovalState, AuthenticationMethod, ShownSignIn,
};
use riskgate_testkit::push::{Browser, PushService};

use crate::common::{MINUTE, SoftwarePhone, World};

const ORIGIN: &str = "https://login.contoso.com:8443";
const FAR: &str = "198.51.100.7";

fn approvals(world: &World, push: Option<Arc<dyn Push>>) -> Approvals {
    Approvals::new(world.services.clone(), world.sealed.clone(), ORIGIN, push)
}

/// A way to wake phones that may speak to this machine.
fn web_push(world: &World) -> Arc<dyn Push> {
    let outbound = OutboundSettings {
        private_networks: vec!["127.0.0.0/8".parse().unwrap()],
        allow_plain_http: true,
        authorities: None,
        timeout: Duration::from_secs(5),
    };
    let settings = PushSettings { contact: "mailto:security@contoso.com".to_owned(), outbound };
    Arc::new(WebPush::new(settings, &[5; 32], world.clock.clone(), Arc::new(SystemRng)).unwrap())
}

async fn registered(approvals: &Approvals, user: &User) -> SoftwarePhone {
    let pairing = approvals.begin_pairing(user).await.unwrap();
    let mut phone = SoftwarePhone::new(ORIGIN);
    phone.id = register(approvals, &phone, &pairing.code).await.unwrap().id;
    phone
}

async fn register(
    approvals: &Approvals,
    phone: &SoftwarePhone,
    code: &str,
) -> Result<AuthenticationMethod, ApprovalError> {
    let (public_key, signature) = (phone.public_key(), phone.sign_registration(code));
    let new = NewPhone { code, public_key: &public_key, signature: &signature, name: "Pocket" };
    approvals.register(&new).await.map(|(_, method)| method)
}

fn sign_in<'a>(user: &'a User, interaction_id: &'a str) -> NewApproval<'a> {
    let shown = ShownSignIn { application: "Expenses".to_owned(), ..ShownSignIn::default() };
    let from = FAR.parse().unwrap();
    NewApproval { user_id: &user.id, interaction_id, sign_in_id: "s1", from, shown }
}

async fn ask(approvals: &Approvals, user: &User, interaction: &str) -> ApprovalRequest {
    match approvals.ask(&sign_in(user, interaction), true).await.unwrap() {
        Asked::Waiting(request) => *request,
        other => panic!("{other:?}"),
    }
}

async fn answer(
    approvals: &Approvals,
    phone: &SoftwarePhone,
    request: &str,
    decision: Decision,
    number: &str,
) -> Result<ApprovalState, ApprovalError> {
    let signature = phone.sign_answer(request, number, decision.name());
    let answer = PhoneAnswer { phone: &phone.id, request, decision, number, signature: &signature };
    approvals.answer(&answer).await.map(|answered| answered.state)
}

async fn listed(approvals: &Approvals, phone: &SoftwarePhone) -> Result<Vec<ApprovalRequest>, ApprovalError> {
    let challenge = approvals.challenge().unwrap();
    let signature = phone.sign_list(&challenge);
    approvals.waiting(&PhoneProof { phone: &phone.id, challenge: &challenge, signature: &signature }).await
}

fn other_number(number: &str) -> String {
    (10..100).map(|other| other.to_string()).find(|other| other != number).unwrap()
}

#[tokio::test]
async fn the_right_number_on_the_phone_lets_the_sign_in_go_on_once() {
    let world = World::new().await;
    let approvals = approvals(&world, None);
    let ada = world.person("ada").await;
    let phone = registered(&approvals, &ada).await;
    let request = ask(&approvals, &ada, "i1").await;
    assert!((10..100).contains(&request.number.parse::<u8>().unwrap()));
    assert_eq!(listed(&approvals, &phone).await.unwrap(), std::slice::from_ref(&request));
    assert_eq!(approvals.collect(&ada.id, "i1").await.unwrap(), Some(Outcome::Waiting));
    let approved = answer(&approvals, &phone, &request.id, Decision::Approve, &request.number).await;
    assert_eq!(approved, Ok(ApprovalState::Approved));
    assert_eq!(listed(&approvals, &phone).await.unwrap(), []);
    assert_eq!(approvals.collect(&ada.id, "i2").await.unwrap(), None, "of another sign-in");
    assert_eq!(approvals.collect(&ada.id, "i1").await.unwrap(), Some(Outcome::Approved));
    assert_eq!(approvals.collect(&ada.id, "i1").await.unwrap(), Some(Outcome::Over(ApprovalState::Used)));
}

#[tokio::test]
async fn one_wrong_number_ends_the_request() {
    let world = World::new().await;
    let approvals = approvals(&world, None);
    let ada = world.person("ada").await;
    let phone = registered(&approvals, &ada).await;
    let request = ask(&approvals, &ada, "i1").await;
    let wrong = other_number(&request.number);
    assert_eq!(
        answer(&approvals, &phone, &request.id, Decision::Approve, &wrong).await,
        Ok(ApprovalState::WrongNumber)
    );
    let late = answer(&approvals, &phone, &request.id, Decision::Approve, &request.number).await;
    assert_eq!(late, Err(ApprovalError::Over));
    let outcome = approvals.collect(&ada.id, "i1").await.unwrap();
    assert_eq!(outcome, Some(Outcome::Over(ApprovalState::WrongNumber)));
}

#[tokio::test]
async fn of_many_numbers_sent_at_once_one_is_looked_at() {
    let world = World::new().await;
    let approvals = approvals(&world, None);
    let ada = world.person("ada").await;
    let phone = Arc::new(registered(&approvals, &ada).await);
    let request = ask(&approvals, &ada, "i1").await;
    let mut tasks = tokio::task::JoinSet::new();
    for number in 10..100 {
        let (approvals, phone, id) = (approvals.clone(), phone.clone(), request.id.clone());
        tasks.spawn(
            async move { answer(&approvals, &phone, &id, Decision::Approve, &number.to_string()).await },
        );
    }
    let taken = tasks.join_all().await.into_iter().filter(Result::is_ok).count();
    assert_eq!(taken, 1);
}

#[tokio::test]
async fn a_replayed_changed_or_late_answer_is_none() {
    let world = World::new().await;
    let approvals = approvals(&world, None);
    let ada = world.person("ada").await;
    let phone = registered(&approvals, &ada).await;
    let request = ask(&approvals, &ada, "i1").await;
    let signature = phone.sign_answer(&request.id, &request.number, "deny");
    let changed = PhoneAnswer {
        phone: &phone.id,
        request: &request.id,
        decision: Decision::Approve,
        number: &request.number,
        signature: &signature,
    };
    assert_eq!(approvals.answer(&changed).await, Err(ApprovalError::Wrong));
    for signature in ["", "AAAA", "not base64!"] {
        let forged = PhoneAnswer { signature, ..changed };
        assert_eq!(approvals.answer(&forged).await, Err(ApprovalError::Wrong));
    }
    assert_eq!(
        approvals.collect(&ada.id, "i1").await.unwrap(),
        Some(Outcome::Waiting),
        "nothing has changed"
    );
    world.clock.advance(Duration::from_secs(90));
    let late = answer(&approvals, &phone, &request.id, Decision::Approve, &request.number).await;
    assert_eq!(late, Err(ApprovalError::Over));
    assert_eq!(listed(&approvals, &phone).await.unwrap(), []);
    let second = ask(&approvals, &ada, "i2").await;
    let signature = phone.sign_answer(&second.id, &second.number, "approve");
    let good = PhoneAnswer { request: &second.id, number: &second.number, signature: &signature, ..changed };
    assert!(approvals.answer(&good).await.is_ok());
    assert_eq!(approvals.answer(&good).await, Err(ApprovalError::Over), "replayed");
    let third = ask(&approvals, &ada, "i3").await;
    let moved = PhoneAnswer { request: &third.id, number: &third.number, ..good };
    assert_eq!(approvals.answer(&moved).await, Err(ApprovalError::Wrong), "signed for another request");
}

#[tokio::test]
async fn an_approval_that_nobody_goes_on_with_is_lost() {
    let world = World::new().await;
    let approvals = approvals(&world, None);
    let ada = world.person("ada").await;
    let phone = registered(&approvals, &ada).await;
    let request = ask(&approvals, &ada, "i1").await;
    answer(&approvals, &phone, &request.id, Decision::Approve, &request.number).await.unwrap();
    world.clock.advance(Duration::from_secs(150));
    let outcome = approvals.collect(&ada.id, "i1").await.unwrap();
    assert_eq!(outcome, Some(Outcome::Over(ApprovalState::Waiting)));
}

#[tokio::test]
async fn only_a_phone_of_the_person_sees_and_answers() {
    let world = World::new().await;
    let approvals = approvals(&world, None);
    let (ada, bob) = (world.person("ada").await, world.person("bob").await);
    let (mut of_ada, of_bob) = (registered(&approvals, &ada).await, registered(&approvals, &bob).await);
    let request = ask(&approvals, &ada, "i1").await;
    assert_eq!(listed(&approvals, &of_bob).await.unwrap(), []);
    let of_somebody = answer(&approvals, &of_bob, &request.id, Decision::Approve, &request.number).await;
    assert_eq!(of_somebody, Err(ApprovalError::Over));
    // A phone that says it is another one cannot sign for it.
    let mut pretender = SoftwarePhone::new(ORIGIN);
    pretender.id.clone_from(&of_ada.id);
    assert_eq!(listed(&approvals, &pretender).await, Err(ApprovalError::Wrong));
    let forged = answer(&approvals, &pretender, &request.id, Decision::Approve, &request.number).await;
    assert_eq!(forged, Err(ApprovalError::Wrong));
    // Nor does one that signed for another server.
    let elsewhere = PhoneAnswer {
        phone: &of_ada.id,
        request: &request.id,
        decision: Decision::Approve,
        number: &request.number,
        signature: &SoftwarePhone::new("https://login.example.com").sign_answer(
            &request.id,
            &request.number,
            "approve",
        ),
    };
    assert_eq!(approvals.answer(&elsewhere).await, Err(ApprovalError::Wrong));
    let methods = riskgate_authentication::RegisteredMethods::new(world.services.clone());
    methods.remove(&ada.id, &of_ada.id).await.unwrap().unwrap();
    let removed = answer(&approvals, &of_ada, &request.id, Decision::Approve, &request.number).await;
    assert_eq!(removed, Err(ApprovalError::Unknown));
    of_ada.id = "nobody".to_owned();
    assert_eq!(listed(&approvals, &of_ada).await, Err(ApprovalError::Unknown));
    assert_eq!(approvals.collect(&ada.id, "i1").await.unwrap(), Some(Outcome::Waiting));
}

#[tokio::test]
async fn a_challenge_is_good_for_some_minutes_and_ours_alone() {
    let world = World::new().await;
    let approvals = approvals(&world, None);
    let ada = world.person("ada").await;
    let phone = registered(&approvals, &ada).await;
    let challenge = approvals.challenge().unwrap();
    let signature = phone.sign_list(&challenge);
    let proof = PhoneProof { phone: &phone.id, challenge: &challenge, signature: &signature };
    assert!(approvals.waiting(&proof).await.is_ok());
    world.clock.advance(5 * MINUTE);
    assert_eq!(approvals.waiting(&proof).await, Err(ApprovalError::Expired));
    let signature = phone.sign_list("made up");
    let proof = PhoneProof { phone: &phone.id, challenge: "made up", signature: &signature };
    assert_eq!(approvals.waiting(&proof).await, Err(ApprovalError::Expired));
}

#[tokio::test]
async fn a_sign_in_and_a_person_are_asked_a_few_times_only() {
    let world = World::new().await;
    let approvals = approvals(&world, None);
    let ada = world.person("ada").await;
    registered(&approvals, &ada).await;
    let limit = async |interaction| match approvals.ask(&sign_in(&ada, interaction), true).await.unwrap() {
        Asked::Limited(limit) => Some(limit),
        _ => None,
    };
    // While it waits, the same request is shown again, and nobody is rung.
    let first = ask(&approvals, &ada, "i1").await;
    assert_eq!(ask(&approvals, &ada, "i1").await, first);
    for _ in 0..2 {
        world.clock.advance(Duration::from_secs(91));
        assert_eq!(limit("i1").await, None);
    }
    world.clock.advance(Duration::from_secs(91));
    assert_eq!(limit("i1").await, Some(ApprovalLimit::TooManyForSignIn));
    assert_eq!((limit("i2").await, limit("i3").await), (None, None));
    assert_eq!(limit("i4").await, Some(ApprovalLimit::TooMany));
    // Where the person is at home, the flood from afar does not count.
    world.passwords.remember_network(&ada.id, "203.0.113.9".parse().unwrap()).await.unwrap();
    let at_home = NewApproval { from: "203.0.113.9".parse().unwrap(), ..sign_in(&ada, "i5") };
    assert!(matches!(approvals.ask(&at_home, true).await.unwrap(), Asked::Waiting(_)));
    world.clock.advance(10 * MINUTE);
    assert_eq!(limit("i4").await, None);
}

#[tokio::test]
async fn floods_at_the_same_moment_are_counted() {
    let world = World::new().await;
    let approvals = approvals(&world, None);
    let ada = world.person("ada").await;
    registered(&approvals, &ada).await;
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..20 {
        let (approvals, ada) = (approvals.clone(), ada.clone());
        tasks.spawn(async move { approvals.ask(&sign_in(&ada, &format!("i{number}")), false).await });
    }
    let asked = tasks.join_all().await;
    let rung = asked.into_iter().filter(|asked| matches!(asked, Ok(Asked::Waiting(_)))).count();
    assert!(rung <= 5, "{rung}");
    assert!(world.load::<ApprovalRequests>(&ada.id).await.unwrap().record.requests.len() <= 5);
}

#[tokio::test]
async fn a_refusal_stops_further_requests_for_a_while_and_a_report_longer() {
    let world = World::new().await;
    let approvals = approvals(&world, None);
    let ada = world.person("ada").await;
    let phone = registered(&approvals, &ada).await;
    let again = async |interaction, again| approvals.ask(&sign_in(&ada, interaction), again).await.unwrap();
    let refused = Asked::Limited(ApprovalLimit::Refused);
    let request = ask(&approvals, &ada, "i1").await;
    let denied = answer(&approvals, &phone, &request.id, Decision::Deny, "").await;
    assert_eq!(denied, Ok(ApprovalState::Denied));
    assert_eq!(again("i1", false).await, Asked::Over(ApprovalState::Denied));
    assert_eq!((again("i1", true).await, again("i2", true).await), (refused.clone(), refused.clone()));
    world.clock.advance(10 * MINUTE);
    let request = ask(&approvals, &ada, "i2").await;
    let reported = answer(&approvals, &phone, &request.id, Decision::Report, "").await;
    assert_eq!(reported, Ok(ApprovalState::Reported));
    let repeated = answer(&approvals, &phone, &request.id, Decision::Report, "").await;
    assert_eq!(repeated, Ok(ApprovalState::Reported), "the phone may not have heard");
    world.clock.advance(29 * MINUTE);
    world.passwords.remember_network(&ada.id, FAR.parse().unwrap()).await.unwrap();
    assert_eq!(again("i3", true).await, refused, "from wherever");
    world.clock.advance(MINUTE);
    assert!(matches!(again("i3", true).await, Asked::Waiting(_)));
}

#[tokio::test]
async fn a_code_registers_one_phone_of_its_person_for_ten_minutes() {
    let world = World::new().await;
    let approvals = approvals(&world, None);
    let ada = world.person("ada").await;
    let pairing = approvals.begin_pairing(&ada).await.unwrap();
    assert_eq!(pairing.address, format!("{ORIGIN}/approve/#{}", pairing.code));
    assert!(pairing.qr_svg.starts_with("<svg") && approvals.is_open(&pairing.code).await.unwrap());
    let (phone, other) = (SoftwarePhone::new(ORIGIN), SoftwarePhone::new(ORIGIN));
    let (public_key, signature) = (phone.public_key(), other.sign_registration(&pairing.code));
    let of_another =
        NewPhone { code: &pairing.code, public_key: &public_key, signature: &signature, name: "" };
    assert_eq!(approvals.register(&of_another).await.unwrap_err(), ApprovalError::Wrong);
    let method = register(&approvals, &phone, &pairing.code).await.unwrap();
    assert_eq!((method.user_id.as_str(), method.display_name.as_deref()), (&*ada.id, Some("Pocket")));
    assert_eq!(method.kind, AuthenticationMethodKind::MicrosoftAuthenticatorPush);
    assert!(!approvals.is_open(&pairing.code).await.unwrap());
    assert_eq!(register(&approvals, &other, &pairing.code).await.unwrap_err(), ApprovalError::Expired);
    let second = approvals.begin_pairing(&ada).await.unwrap();
    assert_eq!(register(&approvals, &phone, &second.code).await.unwrap_err(), ApprovalError::Exists);
    world.clock.advance(10 * MINUTE);
    assert_eq!(register(&approvals, &other, &second.code).await.unwrap_err(), ApprovalError::Expired);
    assert_eq!(register(&approvals, &other, "made up").await.unwrap_err(), ApprovalError::Expired);
}

#[tokio::test]
async fn a_code_dies_with_the_sign_in_it_was_shown_in() {
    let world = World::new().await;
    let approvals = approvals(&world, None);
    let (ada, bob) = (world.person("ada").await, world.person("bob").await);
    let of_ada = approvals.begin_pairing(&ada).await.unwrap();
    let of_bob = approvals.begin_pairing(&bob).await.unwrap();
    world.clock.advance(MINUTE);
    let now = riskgate_core::Clock::now(&*world.clock);
    world.change(&ada.id, |user: &mut User| user.sign_in_sessions_valid_from_date_time = Some(now)).await;
    world.change(&bob.id, |user: &mut User| user.account_enabled = Some(false)).await;
    for code in [of_ada.code, of_bob.code] {
        let refused = register(&approvals, &SoftwarePhone::new(ORIGIN), &code).await;
        assert_eq!(refused.unwrap_err(), ApprovalError::Expired);
    }
}

#[tokio::test]
async fn five_phones_are_enough() {
    let world = World::new().await;
    let approvals = approvals(&world, None);
    let ada = world.person("ada").await;
    let spare = approvals.begin_pairing(&ada).await.unwrap();
    for _ in 0..5 {
        registered(&approvals, &ada).await;
    }
    assert_eq!(approvals.begin_pairing(&ada).await.unwrap_err(), ApprovalError::TooMany);
    let sixth = register(&approvals, &SoftwarePhone::new(ORIGIN), &spare.code).await;
    assert_eq!(sixth.unwrap_err(), ApprovalError::TooMany);
}

#[tokio::test]
async fn a_phone_is_woken_and_the_wake_up_says_nothing_of_the_sign_in() {
    let world = World::new().await;
    let approvals = approvals(&world, Some(web_push(&world)));
    let (mut service, browser) = (PushService::start(StatusCode::CREATED).await, Browser::new());
    let ada = world.person("ada").await;
    let phone = registered(&approvals, &ada).await;
    subscribe(&approvals, &phone, &browser.subscription(&service.address("/send"))).await.unwrap();
    let kept = world.load::<AuthenticationMethod>(&phone.id).await.unwrap().record;
    assert!(!serde_json::to_string(&kept).unwrap().contains("127.0.0.1"), "it lies sealed: {kept:?}");
    let request = ask(&approvals, &ada, "i1").await;
    let got = service.next().await;
    let text: serde_json::Value = serde_json::from_slice(&browser.read(&got.body).unwrap()).unwrap();
    let expires = request.expires_date_time.as_seconds();
    assert_eq!(text, serde_json::json!({ "request": request.id, "expires": expires }));
    assert_eq!(got.header("ttl"), "90");
}

#[tokio::test]
async fn a_subscription_that_has_ended_is_forgotten_and_the_phone_stays() {
    let world = World::new().await;
    let approvals = approvals(&world, Some(web_push(&world)));
    let (mut service, browser) = (PushService::start(StatusCode::GONE).await, Browser::new());
    let ada = world.person("ada").await;
    let phone = registered(&approvals, &ada).await;
    subscribe(&approvals, &phone, &browser.subscription(&service.address("/send"))).await.unwrap();
    let request = ask(&approvals, &ada, "i1").await;
    service.next().await;
    let is_woken = async || {
        let kept = world.load::<AuthenticationMethod>(&phone.id).await.unwrap().record;
        kept.phone.unwrap().sealed_push.is_some()
    };
    let forgotten = tokio::time::timeout(Duration::from_secs(10), async {
        while is_woken().await {
            tokio::task::yield_now().await;
        }
    });
    forgotten.await.expect("the subscription is forgotten");
    assert_eq!(listed(&approvals, &phone).await.unwrap(), [request]);
}

#[tokio::test]
async fn a_subscription_is_signed_for_and_leads_nowhere_private() {
    let world = World::new().await;
    let approvals = approvals(&world, Some(web_push(&world)));
    let browser = Browser::new();
    let (ada, bob) = (world.person("ada").await, world.person("bob").await);
    let (phone, of_bob) = (registered(&approvals, &ada).await, registered(&approvals, &bob).await);
    for address in ["https://10.0.0.1/send", "http://push.example.net/send", "https://169.254.169.254/"] {
        let refused = subscribe(&approvals, &phone, &browser.subscription(address)).await;
        assert_eq!(refused, Err(ApprovalError::Wrong), "{address}");
    }
    let push = browser.subscription("https://push.example.net/send");
    let challenge = approvals.challenge().unwrap();
    let signature = of_bob.sign("push", &[&phone.id, &challenge, &push.endpoint]);
    let proof = PhoneProof { phone: &phone.id, challenge: &challenge, signature: &signature };
    assert_eq!(approvals.subscribe(&proof, Some(&push)).await, Err(ApprovalError::Wrong));
    assert_eq!(subscribe(&approvals, &phone, &push).await, Ok(()));
}

async fn subscribe(
    approvals: &Approvals,
    phone: &SoftwarePhone,
    push: &PushSubscription,
) -> Result<(), ApprovalError> {
    let challenge = approvals.challenge().unwrap();
    let signature = phone.sign("push", &[&phone.id, &challenge, &push.endpoint]);
    let proof = PhoneProof { phone: &phone.id, challenge: &challenge, signature: &signature };
    approvals.subscribe(&proof, Some(push)).await
}
