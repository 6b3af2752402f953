//! `/.riskgate/callback`: from the sign-in pages back to the application's host, with a code.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use http::HeaderMap;
use riskgate_http::RequestContext;
use riskgate_tokens::{CodeRedemption, RedeemError};
use serde::Deserialize;

use crate::cookies::{browser_id, session_token, set_session};
use crate::flow::Flow;
use crate::original::Original;
use crate::page::redirect;
use crate::proxy::check_proxy;
use crate::refusal::Refusal;
use crate::state::App;

/// Its path on every application's host.
pub(crate) const PATH: &str = "/.riskgate/callback";

/// The authorization response (RFC 6749 §4.1.2).
#[derive(Debug, Deserialize)]
pub(crate) struct Answer {
    state: String,
    code: Option<String>,
    error: Option<String>,
}

/// `GET /.riskgate/callback`.
pub(crate) async fn callback(
    State(app): State<Arc<App>>,
    context: RequestContext,
    headers: HeaderMap,
    answer: Result<Query<Answer>, QueryRejection>,
) -> Response {
    let result = async {
        check_proxy(&context, &headers)?;
        let origin = Original::own_origin(&headers)?;
        let Query(answer) = answer.map_err(|_| Refusal::Expired)?;
        let flow = Flow::open(&app.api.forms, &answer.state, browser_id(&headers), &origin)?;
        finish(&app, &context, &headers, &flow, &answer).await
    };
    result.await.unwrap_or_else(|refusal| refusal.page(&context))
}

async fn finish(
    app: &App,
    context: &RequestContext,
    headers: &HeaderMap,
    flow: &Flow,
    answer: &Answer,
) -> Result<Response, Refusal> {
    let Some(code) = &answer.code else {
        tracing::info!(request_id = context.request_id, error = ?answer.error, "a sign-in came back without code");
        return Err(Refusal::NotFinished);
    };
    // The application may have been disabled, or moved to another host, while the person signed in.
    let application = app.protected(&flow.app_id, &flow.origin).await?;
    let redemption = CodeRedemption {
        code,
        client_id: &application.app_id,
        redirect_uri: &flow.redirect_uri,
        code_verifier: Some(&flow.code_verifier),
    };
    let grant = match app.api.tokens.redeem_code(redemption).await {
        Ok(redeemed) => redeemed.grant,
        Err(RedeemError::Store(error)) => return Err(Refusal::internal(error)),
        Err(error) => {
            tracing::info!(request_id = context.request_id, %error, "a code was not redeemed");
            return Err(Refusal::NotFinished);
        }
    };
    if grant.nonce.as_deref() != Some(&flow.nonce) {
        return Err(Refusal::NotFinished);
    }
    let created = app.api.sessions.create(grant, &flow.origin, session_token(headers)).await;
    let token = created.map_err(Refusal::internal)?.ok_or(Refusal::NotFinished)?;
    let mut response = redirect(&format!("{}{}", flow.origin, flow.path));
    set_session(&mut response, &token);
    Ok(response)
}
