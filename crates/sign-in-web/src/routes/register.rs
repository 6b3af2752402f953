use std::sync::Arc;

use axum::extract::{Form, State};
use axum::response::Response;
use http::HeaderMap;
use riskgate_access::Control;
use riskgate_authentication::OathError;
use riskgate_http::RequestContext;
use riskgate_model::{AuthenticationMethodKind, BaseAuthenticationMethod};
use riskgate_ports::MailContent;
use serde::Deserialize;

use crate::SignInWeb;
use crate::error::{PageError, answer};
use crate::outcome::action::Permission;
use crate::outcome::ask::may_register;
use crate::outcome::shown::{DuringSignIn, register_page};
use crate::permitted::not_offered;
use crate::routes::waiting::{Waiting, go_on};

/// What the page sends.
#[derive(Deserialize)]
pub(crate) struct Sent {
    flow: String,
    anti_forgery: String,
    pending: String,
    code: String,
}

/// `POST /signin/register`: the first code of an authenticator app a policy asked to set up. Only a sign-in without risk
/// comes here: for a risky one the decision was to block (53004).
pub(crate) async fn submit(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    let result = confirm(&web, &context, &headers, &sent).await;
    answer(&web, &context, result)
}

async fn confirm(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    sent: &Sent,
) -> Result<Response, PageError> {
    web.check_form(headers, "register", &sent.anti_forgery)?;
    let mut waiting = Waiting::load(web, &sent.flow).await?;
    waiting.expect(|control| *control == Control::RegisterMfa)?;
    let authentication = &waiting.interaction.record.authentication;
    match may_register(web, context, headers, &waiting.user, authentication).await? {
        Permission::Granted => {}
        Permission::Refused(page) => return Ok(page),
        // Something came up since the page was shown: he begins again and is asked for it.
        Permission::Interrupted(_) => return Err(PageError::Expired),
    }
    let permitted = web.permitted(&waiting.user).await?;
    if !permitted.permits(BaseAuthenticationMethod::SoftwareOath) {
        return Ok(not_offered(web, context));
    }
    match web.software_oath.confirm(&waiting.user, &sent.pending, &sent.code).await {
        Ok(_) => {
            web.notify(context, &waiting.user, MailContent::SecurityInfoAdded, "Authenticator app");
            let proven = &mut waiting.interaction.record.authentication;
            proven.pass(AuthenticationMethodKind::SoftwareOath, web.clock.now());
            go_on(web, context, headers, waiting).await
        }
        Err(OathError::Wrong) => {
            let enrollment =
                web.software_oath.resume(&waiting.user, &sent.pending).map_err(|_| PageError::Expired)?;
            let problem =
                Some("That code is not right. Check that the clock of your phone is right and try again.");
            Ok(register_page(
                web,
                headers,
                &waiting.target,
                waiting.username(),
                Some(DuringSignIn { flow: &sent.flow, not_permitted: &[] }),
                &enrollment,
                problem,
            ))
        }
        Err(OathError::Failed(error)) => Err(PageError::internal(error)),
        Err(_) => Err(PageError::Expired),
    }
}
