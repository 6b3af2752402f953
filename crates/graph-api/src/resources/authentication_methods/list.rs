use riskgate_model::{
    AttestationLevel, AuthenticationMethodKind, Fido2AuthenticationMethod,
    MicrosoftAuthenticatorAuthenticationMethod, PasskeyType, PasswordAuthenticationMethod,
    SoftwareOathAuthenticationMethod,
};
use riskgate_odata::Filter;
use riskgate_store::StoreExt;
use riskgate_store::records::AuthenticationMethod;
use serde::Serialize;
use serde_json::Value as Json;

use super::{
    FIDO2, METHODS, MICROSOFT_AUTHENTICATOR, PASSWORD_ID, PASSWORDS, SOFTWARE_OATH, email,
    temporary_access_pass,
};
use crate::call::Call;
use crate::error::GraphError;
use crate::query::{self, Set};
use crate::route::Outcome;

pub(super) async fn methods(call: Call) -> Outcome {
    query::list_of(&call, &METHODS, &every(&call).await?)
}

pub(super) async fn method(call: Call) -> Outcome {
    one(&call, &METHODS, &every(&call).await?)
}

pub(super) async fn password_methods(call: Call) -> Outcome {
    query::list_of(&call, &PASSWORDS, &passwords(&call).await?)
}

pub(super) async fn password_method(call: Call) -> Outcome {
    one(&call, &PASSWORDS, &passwords(&call).await?)
}

pub(super) async fn software_oath_methods(call: Call) -> Outcome {
    query::list_of(&call, &SOFTWARE_OATH, &software_oath(&call).await?)
}

pub(super) async fn software_oath_method(call: Call) -> Outcome {
    one(&call, &SOFTWARE_OATH, &software_oath(&call).await?)
}

pub(super) async fn fido2_methods(call: Call) -> Outcome {
    query::list_of(&call, &FIDO2, &fido2(&call).await?)
}

pub(super) async fn fido2_method(call: Call) -> Outcome {
    one(&call, &FIDO2, &fido2(&call).await?)
}

pub(super) async fn microsoft_authenticator_methods(call: Call) -> Outcome {
    query::list_of(&call, &MICROSOFT_AUTHENTICATOR, &microsoft_authenticator(&call).await?)
}

pub(super) async fn microsoft_authenticator_method(call: Call) -> Outcome {
    one(&call, &MICROSOFT_AUTHENTICATOR, &microsoft_authenticator(&call).await?)
}

/// The method the path names, of those the user has.
pub(super) fn one(call: &Call, set: &'static Set, methods: &[Json]) -> Outcome {
    let is_it = |method: &&Json| {
        method.get("id").and_then(Json::as_str).is_some_and(|id| id.eq_ignore_ascii_case(call.key(1)))
    };
    match methods.iter().find(is_it) {
        Some(method) => query::entity_of(call, set, method),
        None => Err(call.not_found("AuthenticationMethod", 1)),
    }
}

async fn every(call: &Call) -> Result<Vec<Json>, GraphError> {
    let mut methods = passwords(call).await?;
    methods.extend(software_oath(call).await?);
    methods.extend(fido2(call).await?);
    methods.extend(microsoft_authenticator(call).await?);
    methods.extend(email::emails(call).await?);
    methods.extend(temporary_access_pass::passes(call).await?);
    Ok(methods)
}

async fn passwords(call: &Call) -> Result<Vec<Json>, GraphError> {
    let directory = &call.service.api.directory;
    let user = directory.user(call.key(0)).await?;
    let credential = directory.user_credential(&user.id).await?;
    let method = |changed| PasswordAuthenticationMethod {
        id: PASSWORD_ID.to_owned(),
        created_date_time: Some(changed),
        password: None,
    };
    credential
        .map(|credential| typed("passwordAuthenticationMethod", &method(credential.changed_date_time)))
        .into_iter()
        .collect()
}

async fn software_oath(call: &Call) -> Result<Vec<Json>, GraphError> {
    let registered = registered(call, AuthenticationMethodKind::SoftwareOath).await?;
    let methods = registered.into_iter().map(|method| SoftwareOathAuthenticationMethod {
        id: method.id,
        created_date_time: Some(method.created_date_time),
        secret_key: None,
    });
    methods.map(|method| typed("softwareOathAuthenticationMethod", &method)).collect()
}

async fn fido2(call: &Call) -> Result<Vec<Json>, GraphError> {
    let registered = registered(call, AuthenticationMethodKind::Fido2).await?;
    registered.into_iter().map(|method| typed("fido2AuthenticationMethod", &passkey(method))).collect()
}

/// Phones: the page they run has no version of its own, and tags of the vendor's app mean nothing here.
async fn microsoft_authenticator(call: &Call) -> Result<Vec<Json>, GraphError> {
    let registered = registered(call, AuthenticationMethodKind::MicrosoftAuthenticatorPush).await?;
    let methods = registered.into_iter().map(|method| MicrosoftAuthenticatorAuthenticationMethod {
        id: method.id,
        created_date_time: Some(method.created_date_time),
        device_tag: None,
        display_name: method.display_name,
        phone_app_version: None,
    });
    methods.map(|method| typed("microsoftAuthenticatorAuthenticationMethod", &method)).collect()
}

/// A passkey as it is shown. Nobody vouches for its make, since attestation is not asked for.
fn passkey(method: AuthenticationMethod) -> Fido2AuthenticationMethod {
    let is_synced = is_synced(&method);
    Fido2AuthenticationMethod {
        id: method.id,
        created_date_time: Some(method.created_date_time),
        aa_guid: method.passkey.and_then(|passkey| passkey.aa_guid),
        attestation_certificates: Vec::new(),
        attestation_level: Some(AttestationLevel::NotAttested),
        display_name: method.display_name,
        model: None,
        passkey_type: Some(if is_synced { PasskeyType::Synced } else { PasskeyType::DeviceBound }),
    }
}

/// Whether a passkey may be on several devices of its owner.
pub(in crate::resources) fn is_synced(method: &AuthenticationMethod) -> bool {
    method.passkey.as_ref().is_some_and(|passkey| {
        passkey.credential.pointer("/cred/backup_eligible").and_then(Json::as_bool) == Some(true)
    })
}

/// What the user has registered of a kind.
async fn registered(
    call: &Call,
    kind: AuthenticationMethodKind,
) -> Result<Vec<AuthenticationMethod>, GraphError> {
    let user = call.service.api.directory.user(call.key(0)).await?;
    let filter = Filter::equals("userId", &user.id);
    let rows = call.store().find_all::<AuthenticationMethod>(call.service.api.tenant, filter).await?;
    Ok(rows.into_iter().map(|row| row.record).filter(|method| method.kind == kind).collect())
}

pub(super) fn typed(kind: &str, method: &impl Serialize) -> Result<Json, GraphError> {
    let mut document = serde_json::to_value(method).map_err(|_| GraphError::internal())?;
    document["@odata.type"] = Json::from(format!("#microsoft.graph.{kind}"));
    Ok(document)
}
