//! What a person consented to, on the page of his account.

use std::sync::Arc;

use axum::extract::{Form, State};
use axum::response::Response;
use http::HeaderMap;
use riskgate_directory::Actor;
use riskgate_http::RequestContext;
use serde::Deserialize;

use super::account::open_account;
use super::activity::done;
use crate::SignInWeb;
use crate::error::{PageError, answer};
use crate::pages::ConsentRow;

/// What revoking sends.
#[derive(Deserialize)]
pub(crate) struct Sent {
    anti_forgery: String,
    /// Object identifier of the application's service principal.
    client: String,
}

/// `POST /account/consent`: an application gets nothing of the person's any more; at its next refresh it has to ask again.
pub(crate) async fn revoke(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    let result = async {
        web.check_form(&headers, "account", &sent.anti_forgery)?;
        let account = match open_account(&web, &context, &headers, "/account", None).await? {
            Ok(account) => account,
            Err(first) => return Ok(first),
        };
        let name = account.user.user_principal_name.as_deref().unwrap_or_default();
        let mut actor = Actor::user(&account.user.id, name);
        actor.ip_address = Some(context.address.to_string());
        let revoked = web.directory.revoke_consent(&actor, &sent.client, &account.user.id).await;
        revoked.map_err(PageError::internal)?;
        Ok(done("consent"))
    };
    answer(&web, &context, result.await)
}

/// The applications a person consented to himself, by name.
pub(crate) async fn consents(web: &SignInWeb, user_id: &str) -> Result<Vec<ConsentRow>, PageError> {
    let mut rows = Vec::new();
    for grant in web.directory.consents_of(user_id).await.map_err(PageError::internal)? {
        let client =
            web.directory.find_service_principal(&grant.client_id).await.map_err(PageError::internal)?;
        let Some(client) = client else { continue };
        let application = client.display_name.unwrap_or_else(|| client.id.clone());
        rows.push(ConsentRow { client: client.id, application, scope: grant.scope.unwrap_or_default() });
    }
    rows.sort_by(|one, other| one.application.cmp(&other.application));
    Ok(rows)
}
