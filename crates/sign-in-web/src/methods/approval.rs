use async_trait::async_trait;
use axum::response::Response;
use http::StatusCode;
use riskgate_authentication::{ApprovalLimit, Asked, NewApproval, Outcome};
use riskgate_model::{AuthenticationMethodKind, User};
use riskgate_store::records::{ApprovalState, Interaction, ShownSignIn};

use super::{Asking, Method, Sent, Verdict};
use crate::SignInWeb;
use crate::attempt::Target;
use crate::error::PageError;
use crate::pages::{ApprovalPage, render};
use crate::routes::activity::activity_row;
use crate::routes::waiting::Waiting;

/// Approval on a registered phone.
pub(crate) struct Approval;

#[async_trait]
impl Method for Approval {
    fn name(&self) -> &'static str {
        "approval"
    }

    fn label(&self) -> &'static str {
        "Approve on your phone"
    }

    async fn of(&self, web: &SignInWeb, user: &User) -> Result<Option<AuthenticationMethodKind>, PageError> {
        let phones = web.approvals.list(&user.id).await.map_err(PageError::internal)?;
        Ok((!phones.is_empty()).then_some(AuthenticationMethodKind::MicrosoftAuthenticatorPush))
    }

    async fn page(&self, web: &SignInWeb, asking: &Asking<'_>) -> Result<Response, PageError> {
        let interaction = web.interactions.load(asking.flow).await.map_err(PageError::internal)?;
        let interaction = interaction.ok_or(PageError::Expired)?.record;
        let (number, state) = match ask(web, &interaction, asking.target, false).await? {
            Asked::Waiting(request) => (Some(request.number), None),
            Asked::Over(state) => (None, Some(over(state))),
            Asked::Limited(limit) => (None, Some(limited(limit))),
        };
        let browser = web.browser(asking.headers);
        let anti_forgery = browser.token(&web.forms, self.name());
        let page = ApprovalPage {
            organization: &web.organization,
            username: asking.username(),
            flow: asking.flow,
            anti_forgery: &anti_forgery,
            number: number.as_deref(),
            other_ways: asking.other_ways(web, &browser),
            is_risk_driven: asking.is_risk_driven,
            problem: asking.problem.or(state),
        };
        Ok(browser.keep(render(StatusCode::OK, &page, &asking.target.origins())))
    }

    async fn verify(&self, web: &SignInWeb, waiting: &Waiting, sent: &Sent) -> Result<Verdict, PageError> {
        let interaction = &waiting.interaction.record;
        if sent.field("again") == "yes" {
            let problem = match ask(web, interaction, &waiting.target, true).await? {
                Asked::Waiting(_) => None,
                Asked::Over(state) => Some(over(state)),
                Asked::Limited(limit) => Some(limited(limit)),
            };
            return Ok(Verdict::NotYet(problem));
        }
        let outcome = web.approvals.collect(&interaction.user_id, &interaction.id).await;
        Ok(match outcome.map_err(PageError::internal)? {
            Some(Outcome::Approved) => Verdict::Passed(AuthenticationMethodKind::MicrosoftAuthenticatorPush),
            Some(Outcome::Waiting) => Verdict::NotYet(Some("Your phone has not answered yet.")),
            Some(Outcome::Over(ApprovalState::Reported)) => Verdict::Reported,
            Some(Outcome::Over(state @ (ApprovalState::Denied | ApprovalState::WrongNumber))) => {
                Verdict::Wrong(over(state))
            }
            Some(Outcome::Over(_)) | None => Verdict::NotYet(None),
        })
    }
}

/// Asks the phones of the person, with what they show of the sign-in.
async fn ask(
    web: &SignInWeb,
    interaction: &Interaction,
    target: &Target,
    again: bool,
) -> Result<Asked, PageError> {
    let sign_in = web.protection.own_sign_in(&interaction.user_id, &interaction.sign_in_id).await;
    let sign_in = sign_in.map_err(PageError::internal)?.ok_or(PageError::Expired)?;
    let row = activity_row(&sign_in);
    let shown = ShownSignIn {
        application: target.application_name.clone(),
        place: row.place,
        address: row.address,
        device: row.program,
    };
    let new = NewApproval {
        user_id: &interaction.user_id,
        interaction_id: &interaction.id,
        sign_in_id: &interaction.sign_in_id,
        from: sign_in.evidence.facts.network.ip_address,
        shown,
    };
    web.approvals.ask(&new, again).await.map_err(PageError::internal)
}

/// What a person reads whose request is over.
fn over(state: ApprovalState) -> &'static str {
    match state {
        ApprovalState::Denied | ApprovalState::Reported => "The sign-in was turned down on the phone.",
        ApprovalState::WrongNumber => "Another number was entered on the phone, so that request has ended.",
        ApprovalState::Waiting | ApprovalState::Approved | ApprovalState::Used => {
            "Nobody answered on the phone in time."
        }
    }
}

/// What a person reads whose phone is not asked.
fn limited(limit: ApprovalLimit) -> &'static str {
    match limit {
        ApprovalLimit::Refused => {
            "A sign-in was turned down on your phone a short while ago, so it is not asked again yet. Wait a while, or use another way."
        }
        ApprovalLimit::TooMany => "Your phone was asked too often. Wait a few minutes, or use another way.",
        ApprovalLimit::TooManyForSignIn => {
            "Your phone was asked too often for this sign-in. Use another way, or go back to the application and sign in again."
        }
    }
}
