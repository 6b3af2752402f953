//! The authentication strength a policy asks for: kept as a reference, shown whole (contract §1.2.2).

use riskgate_model::{AuthenticationStrengthPolicy, ConditionalAccessPolicy};
use riskgate_odata::Filter;
use riskgate_store::StoreExt;
use serde::Serialize;
use serde_json::{Map, Value as Json};

use crate::area::Area::ConditionalAccess;
use crate::call::Call;
use crate::error::GraphError;
use crate::resources::authentication_strengths;

const PROPERTY: &str = "authenticationStrength";
const BIND: &str = "authenticationStrength@odata.bind";

/// Takes the reference out of what a client sent as `grantControls`: null, an object with `id` (clients send back the
/// whole strength they read), or the address of a strength as `@odata.bind`. `None` if nothing was sent.
///
/// # Errors
/// 400 for an address that is none of a strength.
pub(super) fn take_reference(controls: &mut Map<String, Json>) -> Result<Option<Json>, GraphError> {
    let sent = controls.remove(PROPERTY);
    let bound = match controls.remove(BIND) {
        None => return Ok(sent.map(|sent| reference(sent.get("id").cloned()))),
        Some(Json::Null) => return Ok(Some(Json::Null)),
        Some(bound) => bound,
    };
    match bound.as_str().and_then(key) {
        Some(id) => Ok(Some(reference(Some(Json::from(id))))),
        None => Err(ConditionalAccess.bad_request(format!(
            "'{BIND}' must be the address of an authentication strength, such as \
             'policies/authenticationStrengthPolicies/00000000-0000-0000-0000-000000000002'."
        ))),
    }
}

fn reference(id: Option<Json>) -> Json {
    id.map_or(Json::Null, |id| Json::Object(Map::from_iter([("id".to_owned(), id)])))
}

/// The identifier at the end of an address: `.../{id}` or `...('{id}')`.
fn key(address: &str) -> Option<&str> {
    let last = address.rsplit('/').next().unwrap_or_default();
    let key = match last.strip_suffix("')").and_then(|text| text.split_once("('")) {
        Some((_, key)) => key,
        None => last,
    };
    (!key.is_empty() && address.len() <= 2048).then_some(key)
}

/// The policies that ask for a strength.
///
/// # Errors
/// What the store fails with.
pub(in crate::resources) async fn with_strength(
    call: &Call,
    id: &str,
) -> Result<Vec<ConditionalAccessPolicy>, GraphError> {
    let policies = call
        .store()
        .find_all::<ConditionalAccessPolicy>(call.service.api.tenant, Filter::Constant(true))
        .await?;
    let asks = |policy: &ConditionalAccessPolicy| {
        let controls = policy.grant_controls.as_ref();
        let strength = controls.and_then(|controls| controls.authentication_strength.as_ref());
        strength.is_some_and(|strength| strength.id.eq_ignore_ascii_case(id))
    };
    Ok(policies.into_iter().map(|row| row.record).filter(asks).collect())
}

/// Policies as they are shown: with the whole strength instead of the reference, and null for one that is gone.
///
/// # Errors
/// What the store fails with.
pub(in crate::resources) async fn with_whole_strengths<T: Serialize>(
    call: &Call,
    policies: &[T],
) -> Result<Vec<Json>, GraphError> {
    let mut documents = Vec::with_capacity(policies.len());
    for policy in policies {
        documents.push(serde_json::to_value(policy).map_err(|_| GraphError::internal())?);
    }
    let has_strength =
        |document: &Json| document.pointer("/grantControls/authenticationStrength/id").is_some();
    if documents.iter().any(has_strength) {
        let strengths = authentication_strengths::all(call).await?;
        documents.iter_mut().for_each(|document| put_whole(document, &strengths));
    }
    Ok(documents)
}

/// The same, of one policy.
///
/// # Errors
/// Those of [`with_whole_strengths`].
pub(in crate::resources) async fn with_whole_strength<T: Serialize>(
    call: &Call,
    policy: &T,
) -> Result<Json, GraphError> {
    let mut shown = with_whole_strengths(call, std::slice::from_ref(policy)).await?;
    shown.pop().ok_or_else(GraphError::internal)
}

fn put_whole(document: &mut Json, strengths: &[AuthenticationStrengthPolicy]) {
    let Some(shown) = document.pointer_mut("/grantControls/authenticationStrength") else { return };
    let id = shown.get("id").and_then(Json::as_str).unwrap_or_default();
    let found = strengths.iter().find(|strength| strength.id.eq_ignore_ascii_case(id));
    *shown = found.map(|strength| serde_json::json!(strength)).unwrap_or_default();
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn taken(controls: Json) -> Result<Option<Json>, String> {
        let Json::Object(mut controls) = controls else { unreachable!() };
        let taken = take_reference(&mut controls).map_err(|error| error.message);
        assert!(!controls.contains_key(PROPERTY) && !controls.contains_key(BIND));
        taken
    }

    #[test]
    fn a_strength_is_named_in_several_ways() {
        let id = "00000000-0000-0000-0000-000000000004";
        let reference = Ok(Some(json!({ "id": id })));
        assert_eq!(
            taken(json!({ PROPERTY: { "id": id, "displayName": "Phishing resistant MFA" } })),
            reference
        );
        for address in [
            format!("https://localhost/v1.0/policies/authenticationStrengthPolicies/{id}"),
            format!("policies/authenticationStrengthPolicies('{id}')"),
        ] {
            assert_eq!(taken(json!({ BIND: address })), reference, "{address}");
        }
        assert_eq!(taken(json!({ PROPERTY: null })), Ok(Some(Json::Null)));
        assert_eq!(taken(json!({ BIND: null })), Ok(Some(Json::Null)));
        assert_eq!(taken(json!({ "operator": "OR" })), Ok(None));
    }

    #[test]
    fn an_address_that_names_nothing_is_refused() {
        for address in
            [json!(""), json!("policies/"), json!(4), json!({ "id": "x" }), json!("a".repeat(3000))]
        {
            assert!(taken(json!({ BIND: address })).is_err(), "{address}");
        }
    }
}
