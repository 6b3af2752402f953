//! `/.riskgate/sign-out`: ends the session with the application, and offers to end the one at Riskgate.

use std::sync::Arc;

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use riskgate_http::RequestContext;
use serde::Deserialize;

use crate::cookies::{remove_session, session_token};
use crate::original::Original;
use crate::page::{SignOutPage, redirect, render};
use crate::proxy::check_proxy;
use crate::refusal::Refusal;
use crate::state::App;

/// Its path on every application's host.
pub(crate) const PATH: &str = "/.riskgate/sign-out";
/// The page that ends the session at Riskgate; it asks first.
const EVERYWHERE: &str = "/signin/logout";
/// What the anti-forgery token is for.
const FORM: &str = "forward-auth-sign-out";

/// What the page sends.
#[derive(Debug, Deserialize)]
pub(crate) struct Sent {
    anti_forgery: String,
}

/// `GET /.riskgate/sign-out`: asks first, so that a picture on a strange page cannot sign people out.
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    context: RequestContext,
    headers: HeaderMap,
) -> Response {
    let result = async {
        check_proxy(&context, &headers)?;
        let origin = Original::own_origin(&headers)?;
        let everywhere = format!("{}{EVERYWHERE}", app.api.base_url);
        let Some(token) = session_token(&headers) else { return Ok(redirect(&everywhere)) };
        let signed_in = app.api.sessions.load_any(token, &origin).await.map_err(Refusal::internal)?;
        let Some(signed_in) = signed_in else { return Ok(redirect(&everywhere)) };
        let application = app.protected(&signed_in.session.grant.client_id, &origin).await?;
        let page = SignOutPage {
            username: signed_in.user.user_principal_name.as_deref().unwrap_or_default(),
            application: application.display_name.as_deref().unwrap_or(&application.app_id),
            action: PATH,
            anti_forgery: &app.api.forms.token(token, FORM),
        };
        Ok(render(StatusCode::OK, &page, Some(&app.api.base_url)))
    };
    result.await.unwrap_or_else(|refusal: Refusal| refusal.page(&context))
}

/// `POST /.riskgate/sign-out`.
pub(crate) async fn submit(
    State(app): State<Arc<App>>,
    context: RequestContext,
    headers: HeaderMap,
    sent: Result<Form<Sent>, FormRejection>,
) -> Response {
    let result = async {
        check_proxy(&context, &headers)?;
        Original::own_origin(&headers)?;
        let Form(sent) = sent.map_err(|_| Refusal::Expired)?;
        let token = session_token(&headers);
        if !app.api.forms.is_genuine(token, FORM, &sent.anti_forgery) {
            return Err(Refusal::Expired);
        }
        if let Some(token) = token {
            app.api.sessions.end(token).await.map_err(Refusal::internal)?;
        }
        let mut response = redirect(&format!("{}{EVERYWHERE}", app.api.base_url));
        remove_session(&mut response);
        Ok(response)
    };
    result.await.unwrap_or_else(|refusal: Refusal| refusal.page(&context))
}
