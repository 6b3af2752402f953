//! The templates with what they show.

mod account;
mod approval;
mod recovery;
mod security_info;

use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use http::StatusCode;
use riskgate_http::{RefusedRequest, page_headers};

use crate::texts::{current, filters};

pub(crate) use account::{AccountPage, ActivityRow, ConsentRow, ReportPage, SessionRow};
pub(crate) use approval::{ApprovalPage, ApprovePage, NewPhonePage};
pub(crate) use recovery::{EmailPage, RecoveryCodesPage, RecoveryRows, ResetPage, ResetProofsPage};
pub(crate) use security_info::{DevicePage, DeviceRow, MethodRow, NewPasskeyPage, SecurityInfoPage};

#[derive(Template)]
#[template(path = "sign_in.html")]
pub(crate) struct SignInPage<'a> {
    pub(crate) organization: &'a str,
    pub(crate) application: &'a str,
    pub(crate) context: &'a str,
    pub(crate) anti_forgery: &'a str,
    pub(crate) username: &'a str,
    /// Options and sealed state of a challenge for whoever has a passkey.
    pub(crate) passkey: Option<(&'a str, &'a str)>,
    /// Whether people set a forgotten password themselves.
    pub(crate) can_reset: bool,
    /// Whether somebody may have a temporary access pass.
    pub(crate) has_passes: bool,
    /// Identity providers one may sign in with.
    pub(crate) providers: &'a [ProviderRow],
    /// Whether a name can do without a password, because it may lead to an identity provider.
    pub(crate) takes_name_alone: bool,
    pub(crate) problem: Option<&'a str>,
}

/// An identity provider as the page offers it.
pub(crate) struct ProviderRow {
    pub(crate) id: String,
    pub(crate) name: String,
}

#[derive(Template)]
#[template(path = "leave.html")]
pub(crate) struct LeavePage<'a> {
    pub(crate) organization: &'a str,
    /// Name of the identity provider.
    pub(crate) provider: &'a str,
    /// Where it is.
    pub(crate) href: &'a str,
}

#[derive(Template)]
#[template(path = "sign_in_again.html")]
pub(crate) struct SignInAgainPage<'a> {
    pub(crate) organization: &'a str,
    pub(crate) application: &'a str,
    pub(crate) username: &'a str,
    pub(crate) flow: &'a str,
    pub(crate) anti_forgery: &'a str,
    /// Anti-forgery token of the form that leads to other ways, if there are any.
    pub(crate) other_ways: Option<String>,
    pub(crate) problem: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "code.html")]
pub(crate) struct CodePage<'a> {
    pub(crate) organization: &'a str,
    pub(crate) username: &'a str,
    pub(crate) flow: &'a str,
    pub(crate) anti_forgery: &'a str,
    /// Anti-forgery token of the form that leads to other ways, if there are any.
    pub(crate) other_ways: Option<String>,
    pub(crate) is_risk_driven: bool,
    pub(crate) problem: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "passkey.html")]
pub(crate) struct PasskeyPage<'a> {
    pub(crate) organization: &'a str,
    pub(crate) username: &'a str,
    pub(crate) flow: &'a str,
    pub(crate) anti_forgery: &'a str,
    /// Options of the challenge, for the browser.
    pub(crate) options: &'a str,
    /// The challenge, sealed.
    pub(crate) pending: &'a str,
    /// Anti-forgery token of the form that leads to other ways, if there are any.
    pub(crate) other_ways: Option<String>,
    pub(crate) is_risk_driven: bool,
    pub(crate) problem: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "pass.html")]
pub(crate) struct PassPage<'a> {
    pub(crate) organization: &'a str,
    /// Where the form goes.
    pub(crate) action: &'a str,
    pub(crate) username: &'a str,
    /// Where a sign-in that begins here leads, sealed.
    pub(crate) context: &'a str,
    /// The token of the waiting sign-in; empty where one begins.
    pub(crate) flow: &'a str,
    pub(crate) anti_forgery: &'a str,
    pub(crate) other_ways: Option<String>,
    pub(crate) problem: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "other_ways.html")]
pub(crate) struct OtherWaysPage<'a> {
    pub(crate) organization: &'a str,
    pub(crate) username: &'a str,
    pub(crate) flow: &'a str,
    pub(crate) anti_forgery: &'a str,
    /// Name and label of each.
    pub(crate) ways: &'a [(&'static str, &'static str)],
    /// What the person has and may not use.
    pub(crate) not_permitted: &'a [&'static str],
}

#[derive(Template)]
#[template(path = "register.html")]
pub(crate) struct RegisterPage<'a> {
    /// What the person has and may not use any more, which is why he is asked.
    pub(crate) not_permitted: &'a [&'static str],
    pub(crate) organization: &'a str,
    pub(crate) username: &'a str,
    /// Where the form goes: the page during a sign-in, or the one in `/security-info`.
    pub(crate) action: &'a str,
    pub(crate) flow: Option<&'a str>,
    pub(crate) anti_forgery: &'a str,
    pub(crate) pending: &'a str,
    pub(crate) secret: &'a str,
    /// SVG made by us.
    pub(crate) qr: &'a str,
    pub(crate) is_required: bool,
    pub(crate) problem: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "new_password.html")]
pub(crate) struct NewPasswordPage<'a> {
    pub(crate) organization: &'a str,
    pub(crate) username: &'a str,
    /// Where the form goes.
    pub(crate) action: &'a str,
    /// Where a person goes who has set it, sealed; empty if the flow knows.
    pub(crate) context: &'a str,
    pub(crate) flow: &'a str,
    pub(crate) anti_forgery: &'a str,
    /// Token of the form that asks how strong a password is.
    pub(crate) strength: &'a str,
    pub(crate) reason: NewPasswordReason,
    pub(crate) problem: Option<&'a str>,
}

/// Why a new password is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NewPasswordReason {
    /// The account is at risk.
    Risk,
    /// The current one is known from breaches.
    Breached,
    /// An administrator set the current one.
    SetByAdministrator,
    /// The current one is forgotten.
    Forgotten,
}

impl NewPasswordReason {
    /// Of a password that must be changed although the account is not at risk.
    pub(crate) fn of(is_breached: bool) -> Self {
        if is_breached { Self::Breached } else { Self::SetByAdministrator }
    }
}

#[derive(Template)]
#[template(path = "terms.html")]
pub(crate) struct TermsPage<'a> {
    pub(crate) organization: &'a str,
    pub(crate) application: &'a str,
    pub(crate) username: &'a str,
    /// Name of the document.
    pub(crate) name: &'a str,
    pub(crate) must_be_opened: bool,
    pub(crate) flow: &'a str,
    /// The document, sealed.
    pub(crate) shown: &'a str,
    pub(crate) anti_forgery: &'a str,
    pub(crate) problem: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "consent.html")]
pub(crate) struct ConsentPage<'a> {
    pub(crate) organization: &'a str,
    pub(crate) username: &'a str,
    pub(crate) application: &'a str,
    /// Name and description.
    pub(crate) permissions: &'a [(&'a str, &'a str)],
    pub(crate) flow: &'a str,
    pub(crate) anti_forgery: &'a str,
}

#[derive(Template)]
#[template(path = "device_code.html")]
pub(crate) struct DeviceCodePage<'a> {
    pub(crate) organization: &'a str,
    pub(crate) anti_forgery: &'a str,
    pub(crate) problem: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "device_confirm.html")]
pub(crate) struct DeviceConfirmPage<'a> {
    pub(crate) organization: &'a str,
    pub(crate) username: &'a str,
    pub(crate) application: &'a str,
    /// Where the code was asked for from.
    pub(crate) place: Option<&'a str>,
    pub(crate) address: &'a str,
    /// Where the person is.
    pub(crate) own_address: &'a str,
    /// RFC 3339.
    pub(crate) time: &'a str,
    /// For people.
    pub(crate) time_text: &'a str,
    pub(crate) flow: &'a str,
    pub(crate) anti_forgery: &'a str,
}

#[derive(Template)]
#[template(path = "refused.html")]
pub(crate) struct RefusedPage<'a> {
    pub(crate) organization: &'a str,
    pub(crate) title: &'a str,
    pub(crate) paragraphs: &'a [&'a str],
    pub(crate) code: i32,
    pub(crate) request_id: &'a str,
    pub(crate) correlation_id: &'a str,
    /// RFC 3339.
    pub(crate) time: &'a str,
    /// For people.
    pub(crate) time_text: &'a str,
    pub(crate) application: Option<&'a str>,
    pub(crate) address: &'a str,
    pub(crate) restart: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "request_refused.html")]
pub(crate) struct RequestRefusedPage<'a> {
    pub(crate) organization: &'a str,
    /// For people.
    pub(crate) time_text: &'a str,
    pub(crate) refused: &'a RefusedRequest,
}

#[derive(Template)]
#[template(path = "message.html")]
pub(crate) struct MessagePage<'a> {
    pub(crate) organization: &'a str,
    pub(crate) title: &'a str,
    pub(crate) text: &'a str,
    pub(crate) link: Option<(&'a str, &'a str)>,
}

#[derive(Template)]
#[template(path = "sign_out.html")]
pub(crate) struct SignOutPage<'a> {
    pub(crate) organization: &'a str,
    pub(crate) username: &'a str,
    pub(crate) anti_forgery: &'a str,
    pub(crate) target: &'a str,
}

/// Renders a page. `form_targets` are the origins its form may lead to besides our own.
pub(crate) fn render(status: StatusCode, page: &impl Template, form_targets: &[String]) -> Response {
    let mut response = match page.render_with_values(&current()) {
        Ok(text) => (status, Html(text)).into_response(),
        // Templates are checked when they are compiled; what is left is running out of memory.
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    };
    let targets: Vec<&str> = form_targets.iter().map(String::as_str).collect();
    page_headers(response.headers_mut(), &targets);
    response
}
