use async_trait::async_trait;
use axum::response::Response;
use http::StatusCode;
use riskgate_authentication::OathError;
use riskgate_model::{AuthenticationMethodKind, User};

use super::{Asking, Method, Sent, Verdict};
use crate::SignInWeb;
use crate::error::PageError;
use crate::pages::{CodePage, render};
use crate::routes::waiting::Waiting;

/// A code of an authenticator app.
pub(super) struct AuthenticatorApp;

#[async_trait]
impl Method for AuthenticatorApp {
    fn name(&self) -> &'static str {
        "code"
    }

    fn label(&self) -> &'static str {
        "Enter a code from your authenticator app"
    }

    async fn of(&self, web: &SignInWeb, user: &User) -> Result<Option<AuthenticationMethodKind>, PageError> {
        let apps = web.software_oath.list(&user.id).await.map_err(PageError::internal)?;
        Ok((!apps.is_empty()).then_some(AuthenticationMethodKind::SoftwareOath))
    }

    async fn page(&self, web: &SignInWeb, asking: &Asking<'_>) -> Result<Response, PageError> {
        let browser = web.browser(asking.headers);
        let anti_forgery = browser.token(&web.forms, self.name());
        let page = CodePage {
            organization: &web.organization,
            username: asking.username(),
            flow: asking.flow,
            anti_forgery: &anti_forgery,
            other_ways: asking.other_ways(web, &browser),
            is_risk_driven: asking.is_risk_driven,
            problem: asking.problem,
        };
        Ok(browser.keep(render(StatusCode::OK, &page, &asking.target.origins())))
    }

    async fn verify(&self, web: &SignInWeb, waiting: &Waiting, sent: &Sent) -> Result<Verdict, PageError> {
        match web.software_oath.verify(&waiting.user.id, sent.field("code")).await {
            Ok(()) => Ok(Verdict::Passed(AuthenticationMethodKind::SoftwareOath)),
            Err(OathError::Wrong) => Ok(Verdict::Wrong(
                "That code is not right, or it was used before. Wait for the next one and try again.",
            )),
            Err(OathError::Locked) => {
                Ok(Verdict::Wrong("Too many wrong codes. Wait a few minutes and try again."))
            }
            Err(error) => Err(PageError::internal(error)),
        }
    }
}
