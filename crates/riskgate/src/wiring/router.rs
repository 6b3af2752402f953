use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use riskgate_authentication::{
    ApplicationSessions, Approvals, DeviceCodeGuesses, EmailCodes, Forms, Interactions, Passkeys,
    PasswordResets, Passwords, RecoveryCodes, RegisteredMethods, Services, Sessions, SoftwareOath,
    StrengthMeter, TemporaryAccessPasses,
};
use riskgate_forward_auth::ForwardAuth;
use riskgate_graph_api::{GraphApi, RequestLimit};
use riskgate_http::{HttpContext, TrustedProxies, page_headers, with_context};
use riskgate_oauth_api::OAuthApi;
use riskgate_sign_in_web::{ANSWER_STEP, Recovery, SignInWeb, Texts, TextsError, with_refusal_pages};
use tokio::sync::watch::Receiver;

use super::System;
use super::client_certificates::with_client_certificates;

/// Every HTTP surface, with what is known about a request around all of them. What goes on for long ends when `stopping`
/// becomes true.
///
/// # Errors
/// If the configured translations cannot be read.
pub(crate) fn router(system: &System, stopping: Receiver<bool>) -> Result<Router, TextsError> {
    let forms = forms(system);
    let foundation = &system.foundation;
    let context = HttpContext {
        trusted_proxies: TrustedProxies {
            networks: foundation.config.network.trusted_proxies.clone(),
            header: foundation.config.network.forwarded_header.into(),
        },
        clock: foundation.clock.clone(),
        rng: foundation.rng.clone(),
    };
    let texts = texts(system)?;
    let oauth = riskgate_oauth_api::router(oauth_api(system, forms.clone()));
    let router = Router::new()
        .route("/", get(|| async { Redirect::to("/security-info") }))
        .merge(riskgate_graph_api::router(graph_api(system, stopping)))
        .merge(with_refusal_pages(oauth, &system.tenant.display_name, texts.clone()))
        .merge(riskgate_forward_auth::router(forward_auth(system, forms.clone())))
        .merge(riskgate_sign_in_web::router(sign_in_web(system, forms), texts))
        .merge(riskgate_console::router())
        .fallback(nothing_here)
        .layer(middleware::from_fn_with_state(context, with_context));
    Ok(with_client_certificates(router, &foundation.config))
}

/// What the sign-in pages say.
fn texts(system: &System) -> Result<Texts, TextsError> {
    match &system.foundation.config.sign_in.translations {
        Some(directory) => Texts::built_in().with_directory(directory),
        None => Ok(Texts::built_in()),
    }
}

async fn nothing_here() -> Response {
    let mut response = (StatusCode::NOT_FOUND, "There is nothing at this address.\n").into_response();
    page_headers(response.headers_mut(), &[]);
    response
}

fn services(system: &System) -> Services {
    let foundation = &system.foundation;
    Services {
        store: foundation.store.clone(),
        seal: foundation.key.clone(),
        clock: foundation.clock.clone(),
        rng: foundation.rng.clone(),
        tenant: system.tenant.id,
    }
}

fn graph_api(system: &System, stopping: Receiver<bool>) -> GraphApi {
    let foundation = &system.foundation;
    let burst = foundation.config.graph.requests_per_ten_seconds;
    GraphApi {
        temporary_access_passes: temporary_access_passes(system),
        own_passwords: passwords(system),
        store: foundation.store.clone(),
        tenant: system.tenant.id,
        base_url: system.base_url.clone(),
        clock: foundation.clock.clone(),
        rng: foundation.rng.clone(),
        directory: system.directory.clone(),
        federation: system.federation.clone(),
        passwords: foundation.hasher.clone(),
        password_rules: system.password_rules.clone(),
        password_reset_proofs: password_reset_proofs(system),
        breached_passwords: system.breached_passwords.clone(),
        protection: system.protection.clone(),
        sources: system.feeds.clone(),
        stopping,
        tokens: system.tokens.clone(),
        limit: RequestLimit { burst, period: Duration::from_secs(10) },
    }
}

fn oauth_api(system: &System, forms: Forms) -> OAuthApi {
    OAuthApi {
        store: system.foundation.store.clone(),
        tenant: system.tenant.id,
        base_url: system.base_url.clone(),
        directory: system.directory.clone(),
        tokens: system.tokens.clone(),
        protection: system.protection.clone(),
        forms,
    }
}

/// Verifies passwords, and forgets failures.
pub(crate) fn passwords(system: &System) -> Passwords {
    let foundation = &system.foundation;
    Passwords::new(services(system), foundation.hasher.clone(), &foundation.key.derive("passwords"))
        .with_rules(system.password_rules.clone())
        .with_breached_check(system.breached_passwords.clone())
}

/// Makes and accepts temporary access passes.
fn temporary_access_passes(system: &System) -> TemporaryAccessPasses {
    TemporaryAccessPasses::new(services(system), &system.foundation.key.derive("temporary access passes"))
}

/// Registers authenticator apps.
pub(crate) fn software_oath(system: &System, forms: &Forms) -> SoftwareOath {
    SoftwareOath::new(services(system), forms.sealed().clone(), &system.tenant.display_name)
}

/// Seals what pages carry.
pub(crate) fn forms(system: &System) -> Forms {
    Forms::new(services(system), &system.foundation.key.derive("forms"))
}

fn sign_in_web(system: &System, forms: Forms) -> SignInWeb {
    let foundation = &system.foundation;
    let services = services(system);
    let hours = u64::from(foundation.config.sign_in.session_hours);
    let organization = system.tenant.display_name.clone();
    SignInWeb {
        directory: system.directory.clone(),
        passwords: passwords(system),
        registered_methods: RegisteredMethods::new(services.clone()),
        passkeys: Passkeys::new(services.clone(), forms.sealed().clone(), &system.base_url, &organization),
        approvals: Approvals::new(
            services.clone(),
            forms.sealed().clone(),
            &system.base_url,
            system.push.clone(),
        ),
        software_oath: software_oath(system, &forms),
        temporary_access_passes: temporary_access_passes(system),
        sessions: Sessions::new(services.clone(), Duration::from_secs(hours * 3_600)),
        interactions: Interactions::new(services.clone()),
        device_code_guesses: DeviceCodeGuesses::new(services.clone()),
        strength: StrengthMeter::default(),
        recovery: recovery(system, &services, &forms),
        forms,
        federation: system.federation.clone(),
        tokens: system.tokens.clone(),
        protection: system.protection.clone(),
        mailer: system.mailer.clone(),
        clock: foundation.clock.clone(),
        rng: foundation.rng.clone(),
        answer_step: ANSWER_STEP,
        organization,
    }
}

fn recovery(system: &System, services: &Services, forms: &Forms) -> Recovery {
    let key = &system.foundation.key;
    let emails = EmailCodes::new(services.clone(), &key.derive("email codes"));
    let codes = RecoveryCodes::new(services.clone(), &key.derive("recovery codes"));
    let apps = software_oath(system, forms);
    Recovery {
        resets: PasswordResets::new(services.clone(), emails.clone(), apps, codes.clone()),
        emails,
        codes,
        required_proofs: password_reset_proofs(system),
    }
}

fn password_reset_proofs(system: &System) -> Option<usize> {
    let section = &system.foundation.config.password_reset;
    section.enabled.then_some(section.proofs.into())
}

fn forward_auth(system: &System, forms: Forms) -> ForwardAuth {
    let foundation = &system.foundation;
    let seconds = u64::from(foundation.config.forward_auth.judge_again_seconds);
    ForwardAuth {
        tenant: system.tenant.id,
        base_url: system.base_url.clone(),
        directory: system.directory.clone(),
        sessions: ApplicationSessions::new(services(system)),
        forms,
        tokens: system.tokens.clone(),
        protection: system.protection.clone(),
        clock: foundation.clock.clone(),
        rng: foundation.rng.clone(),
        judge_again: Duration::from_secs(seconds),
    }
}
