//! One file per page, one function per verb.

mod account;
pub(crate) mod code;
pub(crate) mod consent;
pub(crate) mod new_password;
pub(crate) mod register;
pub(crate) mod security_info;
pub(crate) mod sign_in;
pub(crate) mod sign_out;
pub(crate) mod totp;
mod waiting;

use std::time::Duration;

use riskgate_store::records::SignInTarget;

use crate::SignInWeb;

/// How long a sign-in page is good.
const PAGE_LIFETIME: Duration = Duration::from_secs(60 * 60);

/// The sealed target of a page of our own. A path of ours is never too long to be sealed.
fn page_context(web: &SignInWeb, path: &str) -> String {
    let target = SignInTarget::Page(path.to_owned());
    web.forms.sealed().seal(SignInTarget::PURPOSE, &target, PAGE_LIFETIME).unwrap_or_default()
}
