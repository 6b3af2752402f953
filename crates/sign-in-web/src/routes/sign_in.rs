mod reuse;

use std::sync::Arc;

use axum::extract::{Form, Query, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use riskgate_authentication::{FirstFactorError, PasswordAttempt};
use riskgate_federation::{Destination, provider_of};
use riskgate_http::RequestContext;
use riskgate_model::{
    AuthenticationFacts, AuthenticationMethodKind, BaseAuthenticationMethod, MethodUse, OidcIdentityProvider,
    User,
};
use riskgate_protection::{Attempt, FailedSignIn, SignInKind};
use riskgate_store::records::SignInTarget;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use tokio::time::Instant;

use crate::SignInWeb;
use crate::attempt::Target;
use crate::error::{PageError, answer};
use crate::outcome::federated::{Departure, demand_of, leave_by_page};
use crate::outcome::next::{Arrival, next};
use crate::outcome::refused::{Refusal, refusal, refused_page};
use crate::outcome::silent::silent_error;
use crate::pages::{ProviderRow, SignInPage, render};
pub(crate) use reuse::continued;
use reuse::{reusable_session, reuse};

/// What the sign-in page is asked with.
#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    ctx: String,
}

/// What it sends.
#[derive(Deserialize)]
pub(crate) struct Sent {
    ctx: String,
    anti_forgery: String,
    username: String,
    password: SecretString,
}

/// What a locked person reads.
pub(super) const LOCKED: &str = "Sign-in is locked for a while after too many wrong attempts from here. Wait a few minutes and try again.";

/// Where somebody ends up who comes without a target.
const HOME: &str = "/security-info";

/// `GET /signin`: goes on with the session if there is one, and asks for name and password otherwise.
pub(crate) async fn show(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    let result = async {
        let home = || crate::routes::sealed(&web, &SignInTarget::Page(HOME.to_owned()));
        let ctx = if asked.ctx.is_empty() { home() } else { asked.ctx };
        let target = web.target(&ctx).await?;
        if let Some((session, user)) = reusable_session(&web, &headers, &target).await? {
            return reuse(&web, &context, &headers, &target, &session, &user).await;
        }
        if target.is_silent() {
            return Ok(silent_error(&target, "login_required", 50_058));
        }
        let hint = target.request().and_then(|request| request.login_hint.as_deref()).unwrap_or_default();
        match federated_page(&web, &context, &headers, &target, hint).await? {
            Some(leaving) => Ok(leaving),
            None => page(&web, &headers, &target, &Shown { ctx: &ctx, username: hint, problem: None }).await,
        }
    };
    answer(&web, &context, result.await)
}

/// `POST /signin`: name and password.
pub(crate) async fn submit(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    let began = Instant::now();
    let result = first_factor(&web, &context, &headers, sent, began).await;
    answer(&web, &context, result)
}

async fn first_factor(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    sent: Sent,
    began: Instant,
) -> Result<Response, PageError> {
    web.check_form(headers, "sign-in", &sent.anti_forgery)?;
    let target = web.target(&sent.ctx).await?;
    let username = sent.username.trim();
    if let Some(leaving) = federated_page(web, context, headers, &target, username).await? {
        return Ok(leaving);
    }
    if sent.password.expose_secret().is_empty() {
        let problem = Some("Enter your password.");
        return page(web, headers, &target, &Shown { ctx: &sent.ctx, username, problem }).await;
    }
    let user = web.directory.find_user(username).await.map_err(PageError::internal)?;
    let password_tag = Some(web.password_tag(&sent.password).await?);
    let attempt = PasswordAttempt {
        user: user.as_ref(),
        user_principal_name: username,
        password: sent.password,
        address: context.address,
    };
    let passed = match web.passwords.verify(attempt).await {
        Ok(passed) => passed,
        Err(error) => {
            let who = user.unwrap_or_else(|| nobody(username));
            let proven = AuthenticationFacts::default();
            let attempt = web.attempt(SignInKind::Interactive, &who, &target, &proven, context, headers);
            let attempt = Attempt { password_tag, ..attempt };
            let refused = refuse(web, context, headers, &target, &sent.ctx, username, &attempt, error).await;
            web.level(began).await;
            return refused;
        }
    };
    let user = user.ok_or(PageError::Expired)?;
    let proven = AuthenticationFacts {
        methods: vec![MethodUse { method: AuthenticationMethodKind::Password, at: web.clock.now() }],
        ..AuthenticationFacts::default()
    };
    let proven = web.with_device(context, headers, &user.id, &proven).await?;
    let authentication = target.proofs(&proven);
    let attempt = web.attempt(SignInKind::Interactive, &user, &target, &authentication, context, headers);
    let attempt = Attempt { password_tag, ..attempt };
    let judgement = web.protection.judge(&attempt).await.map_err(PageError::internal)?;
    let arrival = Arrival {
        user: &user,
        target: &target,
        authentication: &authentication,
        judgement: &judgement,
        must_change_password: passed.must_change,
        is_password_breached: passed.is_breached,
        passed: &[],
        session: None,
    };
    next(web, context, headers, &arrival).await
}

/// Stands for the account that a name does not have.
pub(super) fn nobody(username: &str) -> User {
    User { id: format!("name:{}", username.to_lowercase()), ..User::default() }
}

/// The answer to a first factor that was not right: the same for an unknown name and a wrong password.
#[allow(clippy::too_many_arguments, reason = "everything the page and the record show of the attempt")]
async fn refuse(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    target: &Target,
    ctx: &str,
    username: &str,
    attempt: &Attempt,
    error: FirstFactorError,
) -> Result<Response, PageError> {
    let code = match &error {
        FirstFactorError::Failed(riskgate_authentication::AuthnError::Hash(
            riskgate_authentication::HashError::Busy,
        )) => {
            return Err(PageError::Busy);
        }
        FirstFactorError::Failed(error) => return Err(PageError::internal(error)),
        _ => error.code().unwrap_or(50_126),
    };
    let is_known = attempt.user != nobody(username);
    // Whoever is disabled knew the password.
    if error != FirstFactorError::Disabled {
        web.protection.count_failure(attempt, is_known).await.map_err(PageError::internal)?;
    }
    // A locked account is not recorded again with each try: that would let anybody fill the log.
    if is_known && error != FirstFactorError::Locked {
        let failed = FailedSignIn { attempt, error_code: code };
        web.protection.record_failure(&failed).await.map_err(PageError::internal)?;
    }
    if error == FirstFactorError::Disabled {
        let shown = Refusal { application: Some(&target.application_name), ..refusal(code) };
        return Ok(refused_page(web, context, &shown));
    }
    let problem = if error == FirstFactorError::Locked {
        LOCKED
    } else {
        "User name or password is wrong. Check both and try again."
    };
    page(web, headers, target, &Shown { ctx, username, problem: Some(problem) }).await
}

/// What the sign-in page shows.
pub(super) struct Shown<'a> {
    /// The sealed target.
    pub(super) ctx: &'a str,
    pub(super) username: &'a str,
    pub(super) problem: Option<&'a str>,
}

/// The page that leads to the identity provider that names of this domain are sent to, if there is one.
async fn federated_page(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    target: &Target,
    username: &str,
) -> Result<Option<Response>, PageError> {
    let providers = web.federation.enabled_providers().await.map_err(PageError::internal)?;
    let Some(provider) = provider_of(&providers, username) else { return Ok(None) };
    let departure = Departure {
        destination: Destination::SignIn(Box::new(target.target.clone())),
        demand: demand_of(target),
        login_hint: username,
    };
    Ok(Some(leave_by_page(web, context, headers, &provider.id, departure).await?))
}

/// The sign-in page, with a challenge for whoever has a passkey, and the identity providers there are.
pub(super) async fn page(
    web: &SignInWeb,
    headers: &HeaderMap,
    target: &Target,
    shown: &Shown<'_>,
) -> Result<Response, PageError> {
    let providers = web.federation.enabled_providers().await.map_err(PageError::internal)?;
    let browser = web.browser(headers);
    let anti_forgery = browser.token(&web.forms, "sign-in");
    let challenge = web.passkeys.challenge(browser.id()).ok();
    let page = SignInPage {
        organization: &web.organization,
        application: &target.application_name,
        context: shown.ctx,
        anti_forgery: &anti_forgery,
        username: shown.username,
        passkey: challenge.as_ref().map(|challenge| (&*challenge.options, &*challenge.pending)),
        has_passes: web
            .protection
            .offers(BaseAuthenticationMethod::TemporaryAccessPass)
            .await
            .map_err(PageError::internal)?,
        can_reset: web.recovery.required_proofs.is_some(),
        takes_name_alone: providers.iter().any(|provider| !provider.domains.is_empty()),
        providers: &providers.into_iter().map(row).collect::<Vec<_>>(),
        problem: shown.problem,
    };
    Ok(browser.keep(render(StatusCode::OK, &page, &target.origins())))
}

fn row(provider: OidcIdentityProvider) -> ProviderRow {
    ProviderRow { id: provider.id, name: provider.display_name.unwrap_or_default() }
}
