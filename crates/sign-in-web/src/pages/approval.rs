//! The pages about approval on a phone.

use askama::Template;
use riskgate_authentication::Pairing;

use crate::texts::filters;

/// What a sign-in shows that waits for a phone.
#[derive(Template)]
#[template(path = "approval.html")]
pub(crate) struct ApprovalPage<'a> {
    pub(crate) organization: &'a str,
    pub(crate) username: &'a str,
    pub(crate) flow: &'a str,
    pub(crate) anti_forgery: &'a str,
    /// What is to be entered on the phone; `None` if it is not being asked.
    pub(crate) number: Option<&'a str>,
    /// Anti-forgery token of the form that leads to other ways, if there are any.
    pub(crate) other_ways: Option<String>,
    pub(crate) is_risk_driven: bool,
    pub(crate) problem: Option<&'a str>,
}

/// How a phone is registered.
#[derive(Template)]
#[template(path = "new_phone.html")]
pub(crate) struct NewPhonePage<'a> {
    pub(crate) organization: &'a str,
    pub(crate) username: &'a str,
    pub(crate) anti_forgery: &'a str,
    /// `None` if there can be no more.
    pub(crate) pairing: Option<&'a Pairing>,
    pub(crate) problem: Option<&'a str>,
}

/// The page of the phone.
#[derive(Template)]
#[template(path = "approve.html")]
pub(crate) struct ApprovePage<'a> {
    pub(crate) organization: &'a str,
    /// The key browsers bind a subscription to; empty if nobody is woken.
    pub(crate) push_key: &'a str,
}
