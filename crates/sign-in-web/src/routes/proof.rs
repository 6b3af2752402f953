use std::sync::Arc;

use axum::Router;
use axum::extract::{Form, State};
use axum::response::Response;
use axum::routing::post;
use http::{HeaderMap, StatusCode};
use riskgate_access::Control;
use riskgate_http::RequestContext;
use serde::Deserialize;

use crate::SignInWeb;
use crate::error::{PageError, answer};
use crate::methods::{Asking, METHODS, Method, OTHER_WAYS, Sent, Verdict, choices};
use crate::outcome::refused::{Refusal, refusal, refused_page};
use crate::pages::{OtherWaysPage, render};
use crate::permitted::not_permitted;
use crate::routes::waiting::{Waiting, go_on};

/// What the list of other ways sends, and the link to it.
#[derive(Deserialize)]
pub(crate) struct Chosen {
    flow: String,
    anti_forgery: String,
    /// Name of a method; none leads to the list.
    #[serde(default)]
    method: String,
}

/// `POST /signin/<name>` of every method.
pub(crate) fn routes(router: Router<Arc<SignInWeb>>) -> Router<Arc<SignInWeb>> {
    METHODS.iter().copied().fold(router, |router, method| {
        let submit = move |State(web): State<Arc<SignInWeb>>, context, headers, Form(sent)| async move {
            let result = verify(&web, &context, &headers, method, &sent).await;
            answer(&web, &context, result)
        };
        router.route(&format!("/signin/{}", method.name()), post(submit))
    })
}

/// `POST /signin/other-ways`: the methods the person may choose from, or the page of the one he chose.
pub(crate) async fn other_ways(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Form(chosen): Form<Chosen>,
) -> Response {
    let result = choose(&web, &headers, &chosen).await;
    answer(&web, &context, result)
}

async fn choose(web: &SignInWeb, headers: &HeaderMap, chosen: &Chosen) -> Result<Response, PageError> {
    web.check_form(headers, OTHER_WAYS, &chosen.anti_forgery)?;
    let waiting = Waiting::load(web, &chosen.flow).await?;
    let choices = ways(web, &waiting).await?;
    if let Some(method) = choices.iter().find(|method| method.name() == chosen.method) {
        return ask_again(web, headers, &waiting, *method, choices.len(), &chosen.flow, None).await;
    }
    let browser = web.browser(headers);
    let anti_forgery = browser.token(&web.forms, OTHER_WAYS);
    let page = OtherWaysPage {
        organization: &web.organization,
        username: waiting.username(),
        flow: &chosen.flow,
        anti_forgery: &anti_forgery,
        ways: &choices.iter().map(|method| (method.name(), method.label())).collect::<Vec<_>>(),
        not_permitted: &not_permitted(web, &waiting.user, &web.permitted(&waiting.user).await?).await?,
    };
    Ok(browser.keep(render(StatusCode::OK, &page, &waiting.target.origins())))
}

/// The methods that would pass what the sign-in waits for.
async fn ways(web: &SignInWeb, waiting: &Waiting) -> Result<Vec<&'static dyn Method>, PageError> {
    let is_proof = |control: &Control| {
        matches!(control, Control::Mfa | Control::AuthenticationStrength { .. } | Control::SignInAgain)
    };
    let control = waiting.expect(is_proof)?;
    choices(web, &waiting.user, &control, &waiting.interaction.record.authentication).await
}

async fn verify(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    method: &'static dyn Method,
    sent: &Sent,
) -> Result<Response, PageError> {
    web.check_form(headers, method.name(), &sent.anti_forgery)?;
    let mut waiting = Waiting::load(web, &sent.flow).await?;
    let choices = ways(web, &waiting).await?;
    if !choices.iter().any(|choice| choice.name() == method.name()) {
        return Err(PageError::Expired);
    }
    let problem = match method.verify(web, &waiting, sent).await? {
        Verdict::Passed(kind) => {
            waiting.interaction.record.authentication.pass(kind, web.clock.now());
            return go_on(web, context, headers, waiting).await;
        }
        Verdict::NotYet(problem) => {
            return ask_again(web, headers, &waiting, method, choices.len(), &sent.flow, problem).await;
        }
        Verdict::Reported => return end_reported(web, context, &waiting).await,
        Verdict::Wrong(problem) => problem,
    };
    let is_over =
        web.interactions.count_failure(&mut waiting.interaction).await.map_err(PageError::internal)?;
    let id = waiting.interaction.record.sign_in_id.clone();
    web.protection.fail(&id, 500_121).await.map_err(PageError::internal)?;
    if is_over {
        let shown = Refusal {
            sign_in_id: Some(&id),
            application: Some(&waiting.target.application_name),
            ..refusal(500_121)
        };
        return Ok(refused_page(web, context, &shown));
    }
    ask_again(web, headers, &waiting, method, choices.len(), &sent.flow, Some(problem)).await
}

/// Ends a sign-in that its owner reported as somebody else's.
async fn end_reported(
    web: &SignInWeb,
    context: &RequestContext,
    waiting: &Waiting,
) -> Result<Response, PageError> {
    let id = &waiting.interaction.record.sign_in_id;
    web.interactions.finish(&waiting.interaction).await.map_err(PageError::internal)?;
    web.protection.fail(id, 500_121).await.map_err(PageError::internal)?;
    let shown = Refusal {
        title: "This sign-in was turned down",
        paragraphs: &[
            "It was reported on the phone as somebody else's, so it has ended.",
            "If it was yours after all, tell your administrator, and give him the details below.",
        ],
        sign_in_id: Some(id),
        application: Some(&waiting.target.application_name),
        ..refusal(500_121)
    };
    Ok(refused_page(web, context, &shown))
}

async fn ask_again(
    web: &SignInWeb,
    headers: &HeaderMap,
    waiting: &Waiting,
    method: &dyn Method,
    choices: usize,
    flow: &str,
    problem: Option<&str>,
) -> Result<Response, PageError> {
    let asking = Asking {
        headers,
        target: &waiting.target,
        user: &waiting.user,
        flow,
        is_risk_driven: waiting.interaction.record.is_risk_driven,
        has_others: choices > 1,
        problem,
    };
    method.page(web, &asking).await
}
