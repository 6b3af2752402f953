use std::sync::Arc;

use axum::extract::{Form, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use riskgate_http::RequestContext;
use riskgate_ports::MailContent;
use serde::Deserialize;

use crate::SignInWeb;
use crate::error::{PageError, answer};
use crate::pages::{RecoveryCodesPage, render};
use crate::routes::security_info::may_change;

/// What the button sends.
#[derive(Deserialize)]
pub(crate) struct Sent {
    anti_forgery: String,
}

/// `POST /security-info/recovery-codes`: makes a set of codes and shows it this once.
pub(crate) async fn make(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    let result = async {
        web.check_form(&headers, "security-info", &sent.anti_forgery)?;
        let account = match may_change(&web, &context, &headers, "/security-info").await? {
            Ok(account) => account,
            Err(first) => return Ok(first),
        };
        let codes = web.recovery.codes.generate(&account.user.id).await.map_err(PageError::internal)?;
        web.notify(&context, &account.user, MailContent::SecurityInfoAdded, "Recovery codes");
        let page = RecoveryCodesPage {
            organization: &web.organization,
            username: account.user.user_principal_name.as_deref().unwrap_or_default(),
            codes: &codes,
        };
        Ok(render(StatusCode::OK, &page, &[]))
    };
    answer(&web, &context, result.await)
}
