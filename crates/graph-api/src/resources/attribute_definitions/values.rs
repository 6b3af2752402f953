//! `allowedValues` of a definition: the values to choose from. They are compared with regard to case.

mod change;
mod create;
mod read;
mod update;

use riskgate_model::{AllowedValue, CustomSecurityAttributeDefinition, GraphType};

pub(super) use create::create;
pub(super) use read::{count, get, list};
pub(super) use update::update;

use crate::call::Call;
use crate::error::GraphError;
use crate::query::Set;

static SET: Set = Set::new(AllowedValue::TYPE, "directory/customSecurityAttributeDefinitions/allowedValues");

/// The value the path names.
fn named<'a>(
    call: &Call,
    definition: &'a CustomSecurityAttributeDefinition,
) -> Result<&'a AllowedValue, GraphError> {
    let mut values = definition.allowed_values.iter();
    values.find(|value| value.id == call.key(1)).ok_or_else(|| call.not_found("AllowedValue", 1))
}
