use async_trait::async_trait;
use axum::response::Response;
use http::StatusCode;
use riskgate_authentication::PassError;
use riskgate_model::{AuthenticationMethodKind, User};

use super::{Asking, Method, Sent, Verdict};
use crate::SignInWeb;
use crate::error::PageError;
use crate::pages::{PassPage, render};
use crate::routes::waiting::Waiting;

/// What a person reads whose pass was not accepted.
pub(crate) const WRONG: &str = "That pass is not right, or it is not good now. Check it and try again.";
/// The same after too many of them.
pub(crate) const LOCKED: &str = "Too many wrong passes. Wait a few minutes and try again.";

/// A temporary access pass.
pub(super) struct TemporaryAccessPass;

#[async_trait]
impl Method for TemporaryAccessPass {
    fn name(&self) -> &'static str {
        "pass"
    }

    fn label(&self) -> &'static str {
        "Use a temporary access pass"
    }

    async fn of(&self, web: &SignInWeb, user: &User) -> Result<Option<AuthenticationMethodKind>, PageError> {
        web.temporary_access_passes.usable(&user.id).await.map_err(PageError::internal)
    }

    async fn page(&self, web: &SignInWeb, asking: &Asking<'_>) -> Result<Response, PageError> {
        let browser = web.browser(asking.headers);
        let anti_forgery = browser.token(&web.forms, self.name());
        let page = PassPage {
            organization: &web.organization,
            action: "/signin/pass",
            username: asking.username(),
            context: "",
            flow: asking.flow,
            anti_forgery: &anti_forgery,
            other_ways: asking.other_ways(web, &browser),
            problem: asking.problem,
        };
        Ok(browser.keep(render(StatusCode::OK, &page, &asking.target.origins())))
    }

    async fn verify(&self, web: &SignInWeb, waiting: &Waiting, sent: &Sent) -> Result<Verdict, PageError> {
        match web.temporary_access_passes.verify(&waiting.user.id, None, sent.field("pass")).await {
            Ok(kind) => Ok(Verdict::Passed(kind)),
            Err(PassError::Wrong) => Ok(Verdict::Wrong(WRONG)),
            Err(PassError::Locked) => Ok(Verdict::Wrong(LOCKED)),
            Err(PassError::Failed(error)) => Err(PageError::internal(error)),
        }
    }
}
