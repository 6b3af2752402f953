//! The rules a policy is accepted by (Graph contract §4), one file per part of the policy.

mod applications;
mod conditions;
mod grant;
mod password_change;
mod security_attributes;
mod session;
mod user_actions;
mod users;
mod workloads;

use riskgate_model::ConditionalAccessPolicy;

pub use self::applications::is_context;
pub(crate) use self::applications::is_everything;
use crate::error::PolicyError;
use crate::known::{KnownObjects, ObjectKind};

/// Most items a list of a policy may have.
const MAX_ITEMS: usize = 5_000;
/// Most characters a display name may have.
const MAX_DISPLAY_NAME: usize = 256;

/// Checks a policy before it is stored, whatever its state: a disabled policy is one update away from being enforced.
///
/// # Errors
/// The first rule that is broken, see [`PolicyError`]. What Graph accepts and this version does not enforce is refused
/// with [`PolicyError::NotEnforced`], so that no policy promises what does not happen.
pub fn validate(policy: &ConditionalAccessPolicy, known: &impl KnownObjects) -> Result<(), PolicyError> {
    display_name(&policy.display_name)?;
    let conditions = &policy.conditions;
    applications::validate(conditions.applications.as_ref(), known)?;
    match &conditions.client_applications {
        None => users::validate(conditions, known)?,
        Some(clients) => workloads::validate(policy, clients, known)?,
    }
    conditions::validate(conditions, known)?;
    session::validate(policy)?;
    grant::validate(policy, known)?;
    password_change::validate(policy)?;
    user_actions::validate(policy)
}

fn display_name(name: &str) -> Result<(), PolicyError> {
    if name.trim().is_empty() {
        return Err(PolicyError::invalid("displayName", "it must not be empty"));
    }
    if name.chars().count() > MAX_DISPLAY_NAME {
        return Err(PolicyError::invalid(
            "displayName",
            format!("it must have at most {MAX_DISPLAY_NAME} characters"),
        ));
    }
    Ok(())
}

/// Checks the length of a list and that each item is one of `keywords` or the identifier of an existing object.
fn items(
    property: &'static str,
    list: &[String],
    kind: ObjectKind,
    keywords: &[&str],
    known: &impl KnownObjects,
) -> Result<(), PolicyError> {
    if list.len() > MAX_ITEMS {
        return Err(PolicyError::invalid(property, format!("it must have at most {MAX_ITEMS} items")));
    }
    let is_wrong = |item: &&String| {
        !keywords.iter().any(|word| crate::keyword::is(item, word)) && !known.exists(kind, item)
    };
    match list.iter().find(is_wrong) {
        None => Ok(()),
        Some(item) => {
            let id = crate::error::shortened(item);
            Err(match kind {
                ObjectKind::NamedLocation => PolicyError::UnknownLocation(id),
                _ => PolicyError::UnknownObject { kind, id },
            })
        }
    }
}

/// Checks that a keyword that says everything about a list is its only item.
fn alone(property: &'static str, list: &[String], keywords: &[&str]) -> Result<(), PolicyError> {
    let is_shared = |word: &&&str| list.len() > 1 && crate::keyword::has(list, word);
    match keywords.iter().find(is_shared) {
        None => Ok(()),
        Some(word) => Err(PolicyError::invalid(property, format!("'{word}' must be the only item"))),
    }
}
