//! What the authentication methods policy lets a person register and use.

use axum::response::Response;
use http::HeaderMap;
use riskgate_access::PermittedMethods;
use riskgate_http::RequestContext;
use riskgate_model::{BaseAuthenticationMethod, User};

use crate::SignInWeb;
use crate::error::PageError;
use crate::methods::METHODS;
use crate::outcome::refused::{Refusal, refusal, refused_page};
use crate::routes::account::Account;
use crate::routes::security_info::{label, may_change};

/// Registering security information is not allowed.
const REGISTRATION_NOT_ALLOWED: i32 = 53_010;

impl SignInWeb {
    /// The methods a person may register and use now.
    pub(crate) async fn permitted(&self, user: &User) -> Result<PermittedMethods, PageError> {
        self.protection.permitted_methods(&user.id).await.map_err(PageError::internal)
    }
}

/// Lets a person on to adding a method, if policies let him change what he proves himself with ([`may_change`]) and there is
/// such a method for him.
pub(crate) async fn may_add(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    path: &str,
    method: BaseAuthenticationMethod,
) -> Result<Result<Account, Response>, PageError> {
    let account = match may_change(web, context, headers, path).await? {
        Ok(account) => account,
        Err(first) => return Ok(Err(first)),
    };
    let permitted = web.permitted(&account.user).await?;
    let is_permitted = match method {
        BaseAuthenticationMethod::Fido2 => permitted.may_register_passkeys(),
        method => permitted.permits(method),
    };
    Ok(if is_permitted { Ok(account) } else { Err(not_offered(web, context)) })
}

/// The page that says that a method is not for this person.
pub(crate) fn not_offered(web: &SignInWeb, context: &RequestContext) -> Response {
    let shown = Refusal {
        title: "Your organization does not offer you this method",
        paragraphs: &[
            "Your organization decides which ways of proving who you are there are, and this one is not among yours.",
            "Your security info shows what you can set up. If you need this one, ask your administrator.",
        ],
        ..refusal(REGISTRATION_NOT_ALLOWED)
    };
    refused_page(web, context, &shown)
}

/// What the person has and may not use any more, by the names people know.
pub(crate) async fn not_permitted(
    web: &SignInWeb,
    user: &User,
    permitted: &PermittedMethods,
) -> Result<Vec<&'static str>, PageError> {
    let mut names = Vec::new();
    for method in METHODS {
        if let Some(kind) = method.of(web, user).await?
            && !permitted.permits_kind(kind)
        {
            names.push(label(kind));
        }
    }
    Ok(names)
}
