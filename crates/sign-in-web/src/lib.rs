//! The pages a person signs in on, and the pages on which he registers what he proves himself with.
//!
//! Every page is HTML from a template in `templates/` and works without scripts. A page that changes something carries an
//! anti-forgery token of its own. What a page needs to go on travels in it, sealed: before the first factor is right,
//! nothing is written to the store.
//!
//! To add a page:
//! 1. write its template, extending `layout.html`, and its struct in `pages.rs`; every text goes through `|t` and has its
//!    German in `translations/de.po` (see `texts.rs`);
//! 2. write its routes in `routes/<page>.rs`, one function per verb, and add them to [`router`];
//! 3. walk through it in `tests/browser` with a screenshot.
//!
//! To add a way to prove more at a sign-in (a *method*), write `methods/<name>.rs` with a `Method` and name it in `METHODS`,
//! at its place in the order of preference. The rest follows from that: it is offered to whoever has it where the policy
//! admits it, its page posts to `/signin/<name>`, wrong answers are counted, and "Use another way" lists it. A page that
//! belongs to it has `{% include "other_ways_link.html" %}`. A kind of method there was not needs a member of
//! `AuthenticationMethodKind`, and its name of Graph's `authenticationMethodModes` in `riskgate-access`.

mod assets;
mod attempt;
mod cookies;
mod device;
mod error;
mod familiar;
mod forms;
mod level;
mod methods;
mod notices;
mod outcome;
mod pages;
mod permitted;
mod routes;
mod state;
mod texts;

pub use level::ANSWER_STEP;
pub use outcome::with_refusal_pages;
pub use state::{Recovery, SignInWeb};
pub use texts::{Texts, TextsError};

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn_with_state, map_response};
use axum::response::Response;
use axum::routing::{get, post};

use texts::with_language;

/// Largest form a page reads.
const MAX_FORM_BYTES: usize = 64 * 1024;

/// The pages, in the languages of `texts`.
pub fn router(state: SignInWeb, texts: Texts) -> Router {
    use routes::{
        activity, again, approval_status, approve, consent, consents, device, device_code, federated,
        new_password, pass_sign_in, passkey, passkey_sign_in, password_strength, phone, proof, recovery,
        register, report, reset, security_info, sign_in, sign_out, terms, totp,
    };
    let router = Router::new()
        .route("/signin", get(sign_in::show).post(sign_in::submit))
        .route("/signin/federated", get(federated::start))
        .route("/signin/federated/{provider}", get(federated::finish))
        .route("/signin/federated/{provider}/logout", post(federated::ended))
        .route("/signin/again", post(again::submit))
        .route("/signin/with-pass", get(pass_sign_in::show).post(pass_sign_in::submit))
        .route("/signin/with-passkey", post(passkey_sign_in::submit))
        .route("/signin/other-ways", post(proof::other_ways))
        .route("/signin/register", post(register::submit))
        .route("/signin/new-password", post(new_password::submit))
        .route("/signin/password-strength", post(password_strength::submit))
        .route("/signin/reset", get(reset::show).post(reset::submit))
        .route("/signin/reset/proofs", post(reset::submit_proofs))
        .route("/signin/reset/password", post(reset::submit_password))
        .route("/security-info/email", get(recovery::email::show).post(recovery::email::submit))
        .route("/security-info/email/confirm", post(recovery::email::confirm))
        .route("/security-info/email/remove", post(recovery::email::remove))
        .route("/security-info/recovery-codes", post(recovery::codes::make))
        .route("/signin/terms", post(terms::submit))
        .route("/signin/terms/file", get(terms::file))
        .route("/signin/consent", post(consent::submit))
        .route("/deviceauth", get(device_code::show).post(device_code::submit))
        .route("/deviceauth/confirm", post(device_code::confirm))
        .route("/devicelogin", get(device_code::redirect))
        .route("/signin/logout", get(sign_out::show).post(sign_out::submit))
        .route("/signin/assets/{name}", get(assets::serve))
        .route("/account", get(activity::show))
        .route("/account/end", post(activity::end))
        .route("/account/consent", post(consents::revoke))
        .route("/account/report", get(report::show).post(report::submit))
        .route("/security-info", get(security_info::show))
        .route("/security-info/totp", get(totp::show).post(totp::submit))
        .route("/security-info/passkey", get(passkey::show).post(passkey::submit))
        .route("/security-info/phone", get(phone::show).post(phone::submit))
        .route("/security-info/phone/status", post(phone::status))
        .route("/signin/approval/status", post(approval_status::submit))
        .route("/approve", get(approve::redirect))
        .route("/approve/", get(approve::show))
        .route("/approve/manifest.webmanifest", get(approve::manifest))
        .route("/approve/worker.js", get(approve::worker))
        .route("/approve/challenge", post(approve::phone::challenge))
        .route("/approve/register", post(approve::phone::register))
        .route("/approve/push", post(approve::phone::push))
        .route("/approve/requests", post(approve::requests::list))
        .route("/approve/answer", post(approve::requests::answer))
        .route("/security-info/remove", post(security_info::remove))
        .route("/security-info/rename", post(security_info::rename))
        .route("/security-info/device", get(device::show).post(device::register))
        .route("/security-info/device/remove", post(device::remove))
        .route("/mfasetup", get(security_info::redirect));
    proof::routes(router)
        .layer(DefaultBodyLimit::max(MAX_FORM_BYTES))
        .layer(map_response(strict))
        .layer(from_fn_with_state(Arc::new(texts), with_language))
        .with_state(Arc::new(state))
}

/// Gives the strict headers to what no page made: a form that cannot be read, a redirect.
async fn strict(mut response: Response) -> Response {
    if !response.status().is_success() && !response.headers().contains_key("content-security-policy") {
        riskgate_http::page_headers(response.headers_mut(), &[]);
    }
    response
}
