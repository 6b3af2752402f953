//! The pages with which somebody gets back in, and the ones that prepare for it.

use askama::Template;

use crate::texts::filters;

#[derive(Template)]
#[template(path = "reset.html")]
pub(crate) struct ResetPage<'a> {
    pub(crate) organization: &'a str,
    pub(crate) context: &'a str,
    pub(crate) anti_forgery: &'a str,
    pub(crate) username: &'a str,
    pub(crate) problem: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "reset_proofs.html")]
pub(crate) struct ResetProofsPage<'a> {
    pub(crate) organization: &'a str,
    pub(crate) context: &'a str,
    pub(crate) flow: &'a str,
    pub(crate) anti_forgery: &'a str,
    /// As typed.
    pub(crate) username: &'a str,
    pub(crate) has_mail: bool,
    /// Whether everybody needs two proofs.
    pub(crate) needs_two: bool,
    pub(crate) problem: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "email.html")]
pub(crate) struct EmailPage<'a> {
    pub(crate) organization: &'a str,
    pub(crate) username: &'a str,
    pub(crate) address: &'a str,
    /// Token of the code that was sent; `None` asks for the address.
    pub(crate) pending: Option<&'a str>,
    pub(crate) anti_forgery: &'a str,
    pub(crate) problem: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "recovery_codes.html")]
pub(crate) struct RecoveryCodesPage<'a> {
    pub(crate) organization: &'a str,
    pub(crate) username: &'a str,
    pub(crate) codes: &'a [String],
}

/// What helps a person who cannot sign in, as the list of methods shows it.
pub(crate) struct RecoveryRows {
    pub(crate) has_mail: bool,
    pub(crate) address: Option<String>,
    /// How many are left.
    pub(crate) codes: Option<usize>,
}
