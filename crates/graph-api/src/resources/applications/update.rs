use riskgate_directory::{AuditEntry, audit, other_target};
use riskgate_model::{CustomSecurityAttributeValue, GraphType, ServicePrincipal};
use riskgate_odata::Filter;
use riskgate_protection::PendingChange;
use riskgate_store::{StoreExt, Versioned, retry};
use serde_json::{Map, Value as Json};

use super::ATTRIBUTES;
use crate::answer::Answer;
use crate::call::Call;
use crate::error::GraphError;
use crate::resources::attribute_definitions::definitions;
use crate::resources::policies::{answer_to_change, exclusive, keep_administrators_in};
use crate::resources::stored::normalized;
use crate::route::Outcome;

/// Assigns custom security attributes to the service principal with this `key`, and takes them away. Whatever else it is
/// follows from its application.
pub(super) async fn update(call: Call, key: &'static str) -> Outcome {
    let body = call.json()?;
    check_names(&call, &body)?;
    match body.get(ATTRIBUTES) {
        Some(update) => retry(|| once(&call, key, update)).await?,
        None => named(&call, key).await.map(|_| ())?,
    }
    Ok(answer_to_change(&call, Answer::no_content()))
}

fn check_names(call: &Call, body: &Map<String, Json>) -> Result<(), GraphError> {
    let mut others = body.keys().filter(|name| !name.contains('@') && *name != ATTRIBUTES);
    let Some(name) = others.next() else { return Ok(()) };
    let shown: String = name.chars().take(64).collect();
    Err(call.area.bad_request(match ServicePrincipal::TYPE.property(name) {
        Some(_) => format!("'{shown}' of a service principal cannot be changed in this version of Riskgate."),
        None => format!("Resource 'ServicePrincipal' does not have a property '{shown}'."),
    }))
}

async fn once(call: &Call, key: &'static str, update: &Json) -> Result<(), GraphError> {
    let api = &call.service.api;
    let mut batch = exclusive(call).await?;
    let Versioned { mut record, version } = named(call, key).await?;
    let before = record.custom_security_attributes.take().unwrap_or_default();
    let after = match update {
        Json::Null => Ok(CustomSecurityAttributeValue::default()),
        update => before.updated(update),
    };
    let defined = definitions(call).await?;
    let after = after
        .and_then(|after| after.conforming(&before, &defined))
        .map_err(|problem| call.area.bad_request(format!("'{ATTRIBUTES}' is not valid: {problem}.")))?;
    if after == before {
        return Ok(());
    }
    let (app_id, attributes) = (record.app_id.as_deref().unwrap_or_default(), &after.facts());
    keep_administrators_in(call, &PendingChange::SecurityAttributes { app_id, attributes }).await?;
    let changed = changed(&before, &after);
    record.custom_security_attributes = Some(after);
    let target = other_target("ServicePrincipal", &record.id, record.display_name.as_deref());
    // Values are for those who may read them, and the audit log is for others.
    let entry = AuditEntry::new(
        "Update attribute values assigned to a servicePrincipal",
        "AttributeManagement",
        "Update",
    )
    .target(target)
    .detail("Attributes", changed.join(","));
    batch.update(&Versioned { record, version })?;
    audit(&mut batch, &*api.clock, &*api.rng, &call.actor()?, entry)?;
    // Policies look at them, and whoever keeps a decision for a while asks again after a change of policies.
    Ok(api.protection.commit_policies(&batch).await?)
}

async fn named(call: &Call, key: &'static str) -> Result<Versioned<ServicePrincipal>, GraphError> {
    let named = Filter::equals(key, normalized(call.key(0)));
    let found = call.store().find_one(call.service.api.tenant, named).await?;
    found.ok_or_else(|| call.not_found("ServicePrincipal", 0))
}

/// Names of the attributes that have another value than before, with their sets.
fn changed(before: &CustomSecurityAttributeValue, after: &CustomSecurityAttributeValue) -> Vec<String> {
    let differs = |one: &CustomSecurityAttributeValue, other: &CustomSecurityAttributeValue| {
        let own = one.iter().filter(|own| !other.iter().any(|found| found == *own));
        own.map(|(set, name, _)| format!("{set}_{name}")).collect::<Vec<_>>()
    };
    let mut names = [differs(before, after), differs(after, before)].concat();
    names.sort_unstable();
    names.dedup();
    names
}
