use axum::response::Response;
use http::HeaderMap;
use riskgate_access::Control;
use riskgate_authentication::still_counts;
use riskgate_http::RequestContext;
use riskgate_model::User;
use riskgate_protection::{Completion, SignInKind};
use riskgate_store::Versioned;
use riskgate_store::records::Interaction;

use crate::SignInWeb;
use crate::attempt::Target;
use crate::error::PageError;
use crate::outcome::next::{Arrival, next};

/// A sign-in that waited, with its person and target.
pub(crate) struct Waiting {
    pub(crate) interaction: Versioned<Interaction>,
    pub(crate) user: User,
    pub(crate) target: Target,
}

impl Waiting {
    /// The one of a form's token. Whose account was disabled or deleted meanwhile does not go on, nor who proved himself
    /// before all sign-ins of the account were revoked.
    pub(crate) async fn load(web: &SignInWeb, flow: &str) -> Result<Self, PageError> {
        let found = web.interactions.load(flow).await.map_err(PageError::internal)?;
        let interaction = found.ok_or(PageError::Expired)?;
        let user = web.directory.find_user(&interaction.record.user_id).await.map_err(PageError::internal)?;
        let proven = &interaction.record.authentication;
        let user = user.filter(|user| still_counts(proven, user)).ok_or(PageError::Expired)?;
        let target = web.look_up(interaction.record.target.clone()).await?;
        Ok(Self { interaction, user, target })
    }

    /// The control it waits for, if `is_it` is true of it. A form for something else is not of the page that was shown.
    pub(crate) fn expect(&self, is_it: impl Fn(&Control) -> bool) -> Result<Control, PageError> {
        self.control().filter(is_it).ok_or(PageError::Expired)
    }

    /// The control it waits for; `None` for what no policy asks for.
    pub(crate) fn control(&self) -> Option<Control> {
        control(&self.interaction.record.waits_for)
    }

    pub(crate) fn username(&self) -> &str {
        self.user.user_principal_name.as_deref().unwrap_or_default()
    }
}

fn control(stored: &serde_json::Value) -> Option<Control> {
    serde_json::from_value(stored.clone()).ok()
}

/// Decides again with the factor that was just passed. Whoever changed networks in between is judged anew from where he is
/// now, so that a clean address cannot stand in for another.
pub(crate) async fn go_on(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    waiting: Waiting,
) -> Result<Response, PageError> {
    if !web.interactions.finish(&waiting.interaction).await.map_err(PageError::internal)? {
        return Err(PageError::Expired);
    }
    let record = &waiting.interaction.record;
    let authentication = web.with_device(context, headers, &waiting.user.id, &record.authentication).await?;
    let completion = Completion { sign_in_id: &record.sign_in_id, authentication: &authentication };
    let mut judgement = web.protection.complete(&completion).await.map_err(PageError::internal)?;
    if web.protection.address_of(&record.sign_in_id).await.map_err(PageError::internal)?
        != Some(context.address)
    {
        let attempt = web.attempt(
            SignInKind::Interactive,
            &waiting.user,
            &waiting.target,
            &authentication,
            context,
            headers,
        );
        judgement = web.protection.judge(&attempt).await.map_err(PageError::internal)?;
    }
    let passed: Vec<Control> = record.passed.iter().chain([&record.waits_for]).filter_map(control).collect();
    let arrival = Arrival {
        user: &waiting.user,
        target: &waiting.target,
        authentication: &authentication,
        judgement: &judgement,
        must_change_password: record.must_change_password,
        is_password_breached: record.is_password_breached,
        passed: &passed,
        session: None,
    };
    next(web, context, headers, &arrival).await
}
