//! One file per page, one function per verb.

pub(crate) mod account;
pub(crate) mod activity;
pub(crate) mod again;
pub(crate) mod approval_status;
pub(crate) mod approve;
pub(crate) mod consent;
pub(crate) mod consents;
pub(crate) mod device;
pub(crate) mod device_code;
pub(crate) mod federated;
pub(crate) mod new_password;
pub(crate) mod pass_sign_in;
pub(crate) mod passkey;
pub(crate) mod passkey_sign_in;
pub(crate) mod password_strength;
pub(crate) mod phone;
pub(crate) mod proof;
pub(crate) mod recovery;
pub(crate) mod register;
pub(crate) mod report;
pub(crate) mod reset;
pub(crate) mod security_info;
pub(crate) mod sign_in;
pub(crate) mod sign_out;
pub(crate) mod terms;
pub(crate) mod totp;
pub(crate) mod waiting;

use std::time::Duration;

use riskgate_store::records::SignInTarget;

use crate::SignInWeb;

/// How long a sign-in page is good.
const PAGE_LIFETIME: Duration = Duration::from_secs(60 * 60);

/// The sealed target of an address, if it is one; otherwise nothing, which leads to the person's own page.
fn known_context<'a>(web: &SignInWeb, ctx: &'a str) -> &'a str {
    let opened = web.forms.sealed().open::<SignInTarget>(SignInTarget::PURPOSE, ctx);
    if opened.is_ok() { ctx } else { "" }
}

/// A target of our own, sealed. A path of ours is never too long for it.
pub(crate) fn sealed(web: &SignInWeb, target: &SignInTarget) -> String {
    web.forms.sealed().seal(SignInTarget::PURPOSE, target, PAGE_LIFETIME).unwrap_or_default()
}
