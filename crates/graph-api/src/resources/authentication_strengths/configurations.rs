//! `combinationConfigurations` of a strength: which security keys and certificates count (contract §1.2.2).

mod body;
mod count;
mod create;
mod delete;
mod get;
mod list;
mod update;

use riskgate_directory::Change;
use riskgate_model::{
    AnyCombinationConfiguration, AuthenticationCombinationConfiguration, AuthenticationStrengthPolicy,
    Fido2CombinationConfiguration, GraphType, X509CertificateCombinationConfiguration,
};
use riskgate_store::Versioned;
use serde_json::{Value as Json, json};

pub(super) use count::count;
pub(super) use create::create;
pub(super) use delete::delete;
pub(super) use get::get;
pub(super) use list::list;
pub(super) use update::update;

use super::{change, changeable, named};
use crate::call::Call;
use crate::error::GraphError;
use crate::query::Set;

static SET: Set = Set {
    derived: &[Fido2CombinationConfiguration::TYPE, X509CertificateCombinationConfiguration::TYPE],
    typed: true,
    ..Set::new(
        AuthenticationCombinationConfiguration::TYPE,
        "policies/authenticationStrengthPolicies/combinationConfigurations",
    )
};

/// Adds the configurations that were sent with a new strength.
///
/// # Errors
/// 400 with what is not valid.
pub(super) fn add_all(
    call: &Call,
    strength: &mut AuthenticationStrengthPolicy,
    sent: Option<Json>,
) -> Result<(), GraphError> {
    let items = match sent {
        None => return Ok(()),
        Some(Json::Array(items)) => items,
        Some(_) => return Err(call.area.bad_request("'combinationConfigurations' must be a collection.")),
    };
    for item in items {
        let Json::Object(item) = item else {
            return Err(call.area.bad_request("An item of 'combinationConfigurations' must be an object."));
        };
        let configuration = body::new(call, item)?;
        body::check(strength, &configuration)?;
        strength.combination_configurations.push(configuration);
    }
    Ok(())
}

/// The place of the configuration the path names.
fn place(call: &Call, strength: &AuthenticationStrengthPolicy) -> Result<usize, GraphError> {
    let mut own = strength.combination_configurations.iter();
    own.position(|own| own.id().eq_ignore_ascii_case(call.key(1)))
        .ok_or_else(|| call.not_found("AuthenticationCombinationConfiguration", 1))
}

/// Writes a strength whose configurations were changed from `old`.
async fn commit(
    call: &Call,
    mut strength: Versioned<AuthenticationStrengthPolicy>,
    old: &[AnyCombinationConfiguration],
) -> Result<(), GraphError> {
    strength.record.modified_date_time = call.context.at;
    let mut batch = call.batch();
    batch.update(&strength)?;
    let changes = [Change {
        property: "combinationConfigurations".to_owned(),
        old: json!(old),
        new: json!(strength.record.combination_configurations),
    }];
    let activity = ("Update authentication strength policy", "Update");
    change::commit(call, batch, &strength.record, activity, &changes).await
}
