//! Terms of use that a policy asks for.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use riskgate_directory::{Actor, NewAgreement};
use riskgate_model::{
    Agreement, AgreementAcceptance, AgreementAcceptanceState, AgreementFileData, AgreementFileLocalization,
    DirectoryAudit,
};
use serde_json::{Value as Json, json};

use crate::browser::{Browser, Page, SESSION, between};
use crate::world::{POLICY_NAME, World};

const PDF: &str = "%PDF-1.7 the terms of Contoso";
const PAGE: &str = "/signin/terms";
const TERMS: (u16, &str) = (200, "Terms of use");
const EXPIRED: (u16, &str) = (400, "This page has expired");
const ACCEPT: [(&str, &str); 1] = [("decision", "accept")];
const DECLINE: [(&str, &str); 1] = [("decision", "decline")];
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Terms with one file, named for administrators by the policy name nobody is told.
pub(crate) async fn agreement(
    world: &World,
    agreement: Agreement,
    file: AgreementFileLocalization,
) -> Agreement {
    let data = Some(STANDARD.encode(PDF));
    let file = AgreementFileLocalization {
        file_name: Some("terms.pdf".to_owned()),
        display_name: Some("House rules".to_owned()),
        language: Some("en".to_owned()),
        file_data: Some(AgreementFileData { data }),
        ..file
    };
    let agreement = Agreement { display_name: Some(POLICY_NAME.to_owned()), ..agreement };
    let new = NewAgreement { agreement, files: vec![file] };
    world.directory.create_agreement(&Actor::command_line(), new).await.unwrap()
}

async fn demand(world: &World, terms: &Agreement) {
    world.enforce(json!({}), json!({ "operator": "OR", "termsOfUse": [terms.id] }), Json::Null).await;
}

/// Terms without further conditions, asked for of everybody.
async fn plain_terms(world: &World) -> Agreement {
    let terms = agreement(world, Agreement::default(), AgreementFileLocalization::default()).await;
    demand(world, &terms).await;
    terms
}

fn document_path(page: &Page) -> String {
    between(&page.text, "href=\"/signin/terms/file?", "\"")
        .map(|rest| format!("/signin/terms/file?{rest}"))
        .unwrap()
}

async fn answers(world: &World) -> Vec<(Option<AgreementAcceptanceState>, Option<String>)> {
    let all = world.all::<AgreementAcceptance>().await;
    all.into_iter().map(|answer| (answer.state, answer.user_id)).collect()
}

async fn audited(world: &World, activity: &str) -> usize {
    let all = world.all::<DirectoryAudit>().await;
    all.iter().filter(|entry| entry.activity_display_name == activity).count()
}

#[tokio::test]
async fn accepting_goes_on_and_is_kept_with_who_and_when() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let terms = plain_terms(&world).await;
    let request = world.request("openid").await;
    let path = world.sign_in_path(&request);
    let mut browser = Browser::new(&world);
    let page = browser.sign_in(&path, "ada").await;
    assert_eq!(page.heading(), TERMS);
    assert!(page.text.contains("House rules") && page.text.contains("Expenses"));
    assert!(!page.text.contains(POLICY_NAME), "the name for administrators is not shown");
    assert!(!browser.cookies.contains_key(SESSION));
    let answer = browser.submit(PAGE, &page, &ACCEPT).await;
    assert!(answer.parameter("code").is_some(), "{answer:?}");
    let [kept] = world.all::<AgreementAcceptance>().await.try_into().unwrap();
    assert_eq!(kept.id, format!("{}_{}", terms.id, ada.id));
    assert_eq!((kept.state, kept.user_id), (Some(AgreementAcceptanceState::Accepted), Some(ada.id)));
    assert_eq!(kept.recorded_date_time, Some(riskgate_core::Clock::now(&*world.clock)));
    assert_eq!(kept.expiration_date_time, None);
    assert_eq!(audited(&world, "Accept Terms Of Use").await, 1);
    assert!(browser.get(&path).await.parameter("code").is_some(), "not asked again");
    let mut other = Browser::new(&world);
    assert!(other.sign_in(&path, "ada").await.parameter("code").is_some(), "nor in another browser");
}

#[tokio::test]
async fn the_document_is_a_pdf_and_nothing_else_for_the_browser_the_page_was_shown_to() {
    let world = World::new().await;
    world.person("ada").await;
    plain_terms(&world).await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in("/signin", "ada").await;
    let path = document_path(&page);
    let document = browser.get(&path).await;
    assert_eq!((document.status.as_u16(), document.text.as_str()), (200, PDF));
    for (name, value) in [
        ("content-type", "application/pdf"),
        ("content-disposition", "inline; filename=\"terms-of-use.pdf\""),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
    ] {
        assert_eq!(document.header(name), value, "{name}");
    }
    let policy = document.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    let mut stranger = Browser::new(&world);
    assert_eq!(stranger.get(&path).await.status.as_u16(), 400, "without the cookie");
    stranger.get("/signin").await;
    assert_eq!(stranger.get(&path).await.heading(), (400, "Please try again"), "with another");
    assert_eq!(browser.get("/signin/terms/file?shown=AAAA").await.heading(), EXPIRED);
    browser.submit(PAGE, &page, &ACCEPT).await;
    assert_eq!(browser.get(&path).await.heading(), EXPIRED, "after the answer");
}

#[tokio::test]
async fn what_must_be_opened_first_is_not_accepted_unread() {
    let world = World::new().await;
    world.person("ada").await;
    let must = Agreement { is_viewing_before_acceptance_required: Some(true), ..Agreement::default() };
    let terms = agreement(&world, must, AgreementFileLocalization::default()).await;
    demand(&world, &terms).await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in("/signin", "ada").await;
    assert!(page.text.contains("Open the document before you accept it."));
    let again = browser.submit(PAGE, &page, &ACCEPT).await;
    assert_eq!(again.heading(), TERMS);
    assert_eq!(again.problem(), Some("Open the document first, then accept it."));
    assert!(world.all::<AgreementAcceptance>().await.is_empty());
    assert_eq!(browser.get(&document_path(&again)).await.text, PDF);
    assert_eq!(browser.submit(PAGE, &again, &ACCEPT).await.location(), "/security-info");
}

#[tokio::test]
async fn declining_ends_the_sign_in_and_may_be_thought_over() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    plain_terms(&world).await;
    let request = world.request("openid").await;
    let path = world.sign_in_path(&request);
    let mut browser = Browser::new(&world);
    let page = browser.sign_in(&path, "ada").await;
    let answer = browser.submit(PAGE, &page, &DECLINE).await;
    let (status, code, id) = answer.refusal();
    assert_eq!((status, code), (403, "50158"));
    assert_eq!(world.logged_code(&id).await, Some(50_158));
    assert!(!browser.cookies.contains_key(SESSION));
    let declined = Some(AgreementAcceptanceState::Declined);
    assert_eq!(answers(&world).await, [(declined, Some(ada.id.clone()))]);
    assert_eq!(audited(&world, "Decline Terms Of Use").await, 1);
    assert_eq!(browser.submit(PAGE, &page, &ACCEPT).await.heading(), EXPIRED, "it has ended");
    let page = browser.sign_in(&path, "ada").await;
    assert!(browser.submit(PAGE, &page, &ACCEPT).await.parameter("code").is_some());
    let accepted = Some(AgreementAcceptanceState::Accepted);
    assert_eq!(answers(&world).await, [(accepted, Some(ada.id))], "the last answer counts");
}

#[tokio::test]
async fn a_native_application_is_told_that_the_person_declined() {
    let world = World::new().await;
    world.person("ada").await;
    plain_terms(&world).await;
    let mut request = world.request("openid").await;
    request.redirect_uri = "http://localhost:8400".to_owned();
    let mut browser = Browser::new(&world);
    let page = browser.sign_in(&world.sign_in_path(&request), "ada").await;
    let answer = browser.submit(PAGE, &page, &DECLINE).await;
    assert!(answer.location().starts_with("http://localhost:8400"), "{answer:?}");
    assert_eq!(answer.parameter("error").as_deref(), Some("access_denied"));
    assert!(answer.parameter("error_description").unwrap().starts_with("AADSTS50158: "));
    assert_eq!(answer.parameter("state").as_deref(), Some("st/1 &2"));
}

#[tokio::test]
async fn a_silent_request_is_told_that_somebody_must_accept_first() {
    let world = World::new().await;
    world.person("ada").await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    plain_terms(&world).await;
    let mut request = world.request("openid").await;
    request.prompt = vec!["none".to_owned()];
    let answer = browser.get(&world.sign_in_path(&request)).await;
    assert_eq!(answer.parameter("error").as_deref(), Some("interaction_required"), "{answer:?}");
    assert!(answer.parameter("error_description").unwrap().starts_with("AADSTS50158: "));
}

#[tokio::test]
async fn an_acceptance_that_has_ended_is_asked_for_again() {
    let world = World::new().await;
    world.person("ada").await;
    let monthly =
        Agreement { user_reaccept_required_frequency: Some("P30D".to_owned()), ..Agreement::default() };
    let terms = agreement(&world, monthly, AgreementFileLocalization::default()).await;
    demand(&world, &terms).await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in("/signin", "ada").await;
    assert_eq!(browser.submit(PAGE, &page, &ACCEPT).await.location(), "/security-info");
    world.clock.advance(30 * DAY - Duration::from_secs(1));
    assert_eq!(browser.sign_in("/signin", "ada").await.location(), "/security-info");
    world.clock.advance(Duration::from_secs(1));
    let mut later = Browser::new(&world);
    let page = later.sign_in("/signin", "ada").await;
    assert_eq!(page.heading(), TERMS);
    assert_eq!(later.submit(PAGE, &page, &ACCEPT).await.location(), "/security-info");
}

#[tokio::test]
async fn nothing_is_accepted_while_a_code_is_asked_for() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let secret = world.register(&ada).await;
    plain_terms(&world).await;
    let mut helper = Browser::new(&world);
    let theirs = helper.sign_in("/signin", "ada").await;
    assert_eq!(theirs.heading(), TERMS);
    world.require("mfa").await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in("/signin", "ada").await;
    assert_eq!(page.heading(), (200, "Enter your code"), "the code comes before the terms");
    let (flow, token) = (page.field("flow").unwrap(), browser.token("terms"));
    // Neither with a document made up, nor with the one of another sign-in.
    for shown in ["AAAA".to_owned(), theirs.field("shown").unwrap()] {
        let form = [
            ("flow", flow.as_str()),
            ("shown", shown.as_str()),
            ("anti_forgery", token.as_str()),
            ("decision", "accept"),
        ];
        assert_eq!(browser.post(PAGE, &form).await.heading(), EXPIRED);
    }
    assert!(world.all::<AgreementAcceptance>().await.is_empty());
    let code = world.code(&secret);
    let page = browser.submit("/signin/code", &page, &[("code", &code)]).await;
    assert_eq!(page.heading(), TERMS);
    assert_eq!(browser.submit(PAGE, &page, &ACCEPT).await.location(), "/security-info");
}

#[tokio::test]
async fn nobody_answers_for_another() {
    let world = World::new().await;
    let (ada, eve) = (world.person("ada").await, world.person("eve").await);
    plain_terms(&world).await;
    let mut hers = Browser::new(&world);
    let page = hers.sign_in("/signin", "ada").await;
    let mut evil = Browser::new(&world);
    let own = evil.sign_in("/signin", "eve").await;
    assert_eq!(evil.submit(PAGE, &page, &ACCEPT).await.heading(), (400, "Please try again"));
    // Her waiting sign-in with a form of the own browser.
    let (flow, shown, token) =
        (page.field("flow").unwrap(), own.field("shown").unwrap(), evil.token("terms"));
    let form = [
        ("flow", flow.as_str()),
        ("shown", shown.as_str()),
        ("anti_forgery", token.as_str()),
        ("decision", "accept"),
    ];
    assert_eq!(evil.post(PAGE, &form).await.heading(), EXPIRED);
    assert!(answers(&world).await.is_empty(), "{} {}", ada.id, eve.id);
    assert_eq!(hers.submit(PAGE, &page, &ACCEPT).await.location(), "/security-info");
    assert_eq!(hers.submit(PAGE, &page, &DECLINE).await.heading(), EXPIRED, "an answer is given once");
    assert_eq!(answers(&world).await, [(Some(AgreementAcceptanceState::Accepted), Some(ada.id))]);
}

#[tokio::test]
async fn terms_that_are_gone_let_nobody_in() {
    let world = World::new().await;
    world.person("ada").await;
    let grant = json!({ "operator": "OR", "termsOfUse": ["0a0a0a0a-0000-4000-8000-000000000001"] });
    world.enforce(json!({}), grant, Json::Null).await;
    let mut browser = Browser::new(&world);
    let answer = browser.sign_in("/signin", "ada").await;
    assert_eq!((answer.refusal().0, answer.refusal().1), (403, "50158"));
    assert!(!browser.cookies.contains_key(SESSION));
}
