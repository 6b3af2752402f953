use axum::response::Response;
use http::StatusCode;
use riskgate_core::Timestamp;
use riskgate_http::RequestContext;

use crate::SignInWeb;
use crate::pages::{RefusedPage, render};

/// What a person is told when he does not get in.
#[derive(Default)]
pub(crate) struct Refusal<'a> {
    pub(crate) code: i32,
    pub(crate) title: &'a str,
    pub(crate) paragraphs: &'a [&'a str],
    /// The sign-in; the request itself when there is none.
    pub(crate) sign_in_id: Option<&'a str>,
    pub(crate) correlation_id: Option<&'a str>,
    pub(crate) application: Option<&'a str>,
    /// Where another account can be used.
    pub(crate) restart: Option<&'a str>,
}

/// The refusal for an error code of the sign-in log.
pub(crate) fn refusal(code: i32) -> Refusal<'static> {
    let (title, paragraphs): (&str, &[&str]) = match code {
        53_003 => (
            "You cannot access this right now",
            &[
                "Your user name and password are right, but this sign-in does not meet the conditions your organization \
               has set for this application. It may be because of where you are, the network you use, or something \
               unusual about this sign-in.",
                "Try again from a place and network you normally use. If that does not help, give your administrator the \
               details below.",
            ],
        ),
        53_000 => (
            "Your device does not meet the rules",
            &[
                "This can be opened only from a device your organization manages and knows to comply with its rules. This \
                 browser has shown no such device.",
                "Use your work device. If this is it, register it, let it finish its updates and checks, and sign in \
                 again; if that does not help, give your administrator the details below.",
            ],
        ),
        53_001 => (
            "Use a device of your organization",
            &[
                "This can be opened only from a computer that is joined to your organization's domain. This browser has \
                 shown no such device.",
                "Sign in from your work computer. If this is it, give your administrator the details below.",
            ],
        ),
        53_004 => (
            "We need a second proof, and you have none set up",
            &[
                "Something about this sign-in is unusual, so your organization asks for a second proof that it is you. A new \
               one cannot be set up during an unusual sign-in, because whoever is signing in might not be you.",
                "Sign in from a place and network you normally use and set it up there, or ask your administrator for help.",
            ],
        ),
        53_010 => (
            "You cannot set up sign-in methods from here",
            &[
                "Your organization lets people set up and change what they prove themselves with only under certain \
                 conditions, and this place, network or device does not meet them.",
                "Try again from a place and network you normally use for work. If you have no way to sign in there, ask \
                 your administrator for help.",
            ],
        ),
        50_131 => (
            "We cannot finish your sign-in",
            &[
                "You did everything that was asked for, and it is still not enough. That is not your mistake: what you can \
                 prove yourself with does not match what your organization asks for here.",
                "Signing in again will not help by itself. Give your administrator the details below.",
            ],
        ),
        50_053 => (
            "Sign-in is locked for a while",
            &["There were too many wrong attempts. Wait a few minutes and sign in again."],
        ),
        50_126 => (
            "The password was wrong too often",
            &["For your protection this sign-in has ended. Go back to the application and sign in again."],
        ),
        50_158 => (
            "You did not accept the terms of use",
            &[
                "Your organization opens this only to people who accept its terms, so your sign-in has ended and nothing \
                 was shared with the application.",
                "If you change your mind, go back to the application and sign in again. Questions about the terms are for \
                 your administrator.",
            ],
        ),
        53_011 => (
            "Your account is at risk",
            &[
                "Your organization wants your password to be changed before you go on, but your password is kept by the \
                 identity provider you sign in with, and cannot be changed here.",
                "Change it there, then ask your administrator to look at your account and give him the details below.",
            ],
        ),
        50_020 => (
            "You signed in as somebody else",
            &[
                "The identity provider signed in another person than the one who began here. Sign out there and begin anew.",
            ],
        ),
        50_076 => (
            "A second proof is missing",
            &[
                "Your organization asks for multifactor authentication, and leaves it to the identity provider you sign in with. \
                 It let you in without.",
                "Set a second factor up there and sign in again. If you have, give your administrator the details below.",
            ],
        ),
        50_173 => (
            "Sign in there again",
            &[
                "All your sign-ins were ended, and the identity provider has not asked you to prove yourself since then. Sign \
                 out there and sign in again.",
            ],
        ),
        50_057 => ("Your account is disabled", &["Ask your administrator to enable it."]),
        500_121 => (
            "The code was wrong too often",
            &["For your protection this sign-in has ended. Go back to the application and sign in again."],
        ),
        90_094 => (
            "An administrator must approve this",
            &[
                "The application asks for permissions that only an administrator can grant. Ask your administrator to \
               approve it, then sign in again.",
            ],
        ),
        _ => ("You cannot sign in", &["Give your administrator the details below."]),
    };
    Refusal { code, title, paragraphs, ..Refusal::default() }
}

/// A moment as pages show it.
pub(super) fn for_people(at: Timestamp) -> String {
    format!("{} UTC", at.without_zone().replace('T', " "))
}

/// The page; never the name of a policy.
pub(crate) fn refused_page(web: &SignInWeb, context: &RequestContext, refusal: &Refusal<'_>) -> Response {
    let time = context.at.to_string();
    let page = RefusedPage {
        organization: &web.organization,
        title: refusal.title,
        paragraphs: refusal.paragraphs,
        code: refusal.code,
        request_id: refusal.sign_in_id.unwrap_or(&context.request_id),
        correlation_id: refusal.correlation_id.unwrap_or(&context.correlation_id),
        time: &time,
        time_text: &for_people(context.at),
        application: refusal.application,
        address: &context.address.to_string(),
        restart: refusal.restart,
    };
    render(StatusCode::FORBIDDEN, &page, &[])
}
