//! What a caller must have: a permission in the token and, as a person, a directory role (contract §1).

use riskgate_directory::{Capability, ROLES};

use crate::area::Area;
use crate::caller::{Caller, CallerKind};
use crate::error::GraphError;

/// Alternatives, each a list of permissions that are all needed.
pub(crate) type Permissions = &'static [&'static [&'static str]];

/// Who may use a route, as the endpoint tables of the contract state it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rule {
    /// Delegated permissions, any of the alternatives.
    pub(crate) delegated: Permissions,
    /// Application permissions, any of the alternatives.
    pub(crate) application: Permissions,
    /// Delegated permissions that suffice, without any role, for the caller's own user object.
    pub(crate) own: Permissions,
    /// What the person's directory roles must allow, besides the permission.
    pub(crate) capability: Capability,
}

impl Rule {
    /// A rule whose delegated and application permissions have the same names.
    pub(crate) const fn new(permissions: Permissions, capability: Capability) -> Self {
        Self { delegated: permissions, application: permissions, own: &[], capability }
    }

    /// The same, and `own` suffices for the caller's own user object.
    pub(crate) const fn or_own(self, own: Permissions) -> Self {
        Self { own, ..self }
    }

    /// Refuses a caller who may not. `is_own` says whether the path leads to the caller's own user object.
    ///
    /// # Errors
    /// 403 with the code of the area.
    pub(crate) fn check(&self, area: Area, caller: &Caller, is_own: bool) -> Result<(), GraphError> {
        match &caller.kind {
            CallerKind::Application { .. } if caller.has_any(self.application) => Ok(()),
            CallerKind::User { .. } if is_own && caller.has_any(self.own) => Ok(()),
            CallerKind::User { .. } if caller.has_any(self.delegated) => match caller.may(self.capability) {
                true => Ok(()),
                false => Err(area.missing_role(&roles_with(self.capability))),
            },
            _ => Err(area.missing_permission()),
        }
    }
}

/// Names of the roles that allow it.
pub(crate) fn roles_with(capability: Capability) -> Vec<&'static str> {
    let roles = ROLES.iter().filter(|role| role.capabilities.contains(&capability));
    roles.map(|role| role.display_name).collect()
}
