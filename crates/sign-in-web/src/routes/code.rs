use std::sync::Arc;

use axum::extract::{Form, State};
use axum::response::Response;
use http::HeaderMap;
use riskgate_access::Control;
use riskgate_authentication::OathError;
use riskgate_http::RequestContext;
use riskgate_model::AuthenticationMethodKind;
use serde::Deserialize;

use crate::SignInWeb;
use crate::error::{PageError, answer};
use crate::outcome::refused::{Refusal, refusal, refused_page};
use crate::outcome::shown::code_page;
use crate::routes::waiting::{Waiting, go_on};

/// What the page sends.
#[derive(Deserialize)]
pub(crate) struct Sent {
    flow: String,
    anti_forgery: String,
    code: String,
}

/// `POST /signin/code`: a one-time code.
pub(crate) async fn submit(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    let result = verify(&web, &context, &headers, &sent).await;
    answer(&web, &context, result)
}

async fn verify(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    sent: &Sent,
) -> Result<Response, PageError> {
    web.check_form(headers, "code", &sent.anti_forgery)?;
    let mut waiting = Waiting::load(web, &sent.flow).await?;
    waiting.expect(|control| matches!(control, Control::Mfa | Control::AuthenticationStrength { .. }))?;
    let problem = match web.software_oath.verify(&waiting.user.id, &sent.code).await {
        Ok(()) => {
            let proven = &mut waiting.interaction.record.authentication;
            proven.pass(AuthenticationMethodKind::SoftwareOath, web.clock.now());
            return go_on(web, context, headers, waiting).await;
        }
        Err(OathError::Wrong) => {
            "That code is not right, or it was used before. Wait for the next one and try again."
        }
        Err(OathError::Locked) => "Too many wrong codes. Wait a few minutes and try again.",
        Err(error) => return Err(PageError::internal(error)),
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
    let is_risk_driven = waiting.interaction.record.is_risk_driven;
    Ok(code_page(
        web,
        headers,
        &waiting.target,
        waiting.username(),
        &sent.flow,
        is_risk_driven,
        Some(problem),
    ))
}
