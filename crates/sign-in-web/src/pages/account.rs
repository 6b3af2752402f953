//! The pages of `/account`.

use askama::Template;

use crate::texts::filters;

#[derive(Template)]
#[template(path = "account.html")]
pub(crate) struct AccountPage<'a> {
    pub(crate) organization: &'a str,
    pub(crate) username: &'a str,
    pub(crate) sessions: &'a [SessionRow],
    pub(crate) activity: &'a [ActivityRow],
    pub(crate) consents: &'a [ConsentRow],
    pub(crate) anti_forgery: &'a str,
    pub(crate) notice: Option<&'a str>,
}

/// What a person lets an application do.
pub(crate) struct ConsentRow {
    /// Object identifier of its service principal.
    pub(crate) client: String,
    pub(crate) application: String,
    /// Names of permissions.
    pub(crate) scope: String,
}

/// A browser that is signed in.
pub(crate) struct SessionRow {
    /// `sid`.
    pub(crate) id: String,
    pub(crate) program: String,
    pub(crate) since: String,
    pub(crate) address: String,
    pub(crate) is_this: bool,
}

/// A sign-in as its owner reads it.
pub(crate) struct ActivityRow {
    pub(crate) id: String,
    pub(crate) at: String,
    pub(crate) application: String,
    /// Empty when it is not known.
    pub(crate) place: String,
    pub(crate) address: String,
    pub(crate) program: String,
    pub(crate) result: &'static str,
    /// Whether the password was right, so that saying it was somebody else means something.
    pub(crate) is_reportable: bool,
}

#[derive(Template)]
#[template(path = "report.html")]
pub(crate) struct ReportPage<'a> {
    pub(crate) organization: &'a str,
    pub(crate) username: &'a str,
    pub(crate) sign_in: &'a ActivityRow,
    pub(crate) has_app: bool,
    pub(crate) anti_forgery: &'a str,
    /// Token of the form that asks how strong a password is.
    pub(crate) strength: &'a str,
    pub(crate) problem: Option<&'a str>,
}
