//! Who asks: the application, on whose behalf, with which permissions and roles.

use riskgate_directory::{Actor, Capability, Initiator, allows, member_allows};
use riskgate_http::RequestContext;

use crate::permissions::Permissions;

/// The caller of a request, as of now and not as of when the token was issued.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// `appId` of the client.
    pub(crate) app_id: String,
    /// Permissions of the token: `scp` or `roles`.
    pub(crate) permissions: Vec<String>,
    /// On whose behalf.
    pub(crate) kind: CallerKind,
}

/// On whose behalf a client calls.
#[derive(Debug, Clone)]
pub(crate) enum CallerKind {
    /// A person's.
    User {
        /// Object identifier.
        id: String,
        /// User principal name.
        user_principal_name: String,
        /// Template identifiers of the directory roles held now.
        roles: Vec<String>,
        /// Whether `userType` is `Guest`.
        is_guest: bool,
    },
    /// Its own.
    Application {
        /// Object identifier of the service principal.
        service_principal_id: String,
        /// Its name.
        display_name: String,
    },
}

impl Caller {
    /// Whether the token carries all permissions of one of the alternatives.
    pub(crate) fn has_any(&self, alternatives: Permissions) -> bool {
        let has = |name: &&str| self.permissions.iter().any(|held| held == name);
        alternatives.iter().any(|all| all.iter().all(has))
    }

    /// Whether a directory role of the person, or being a member, allows it. Applications need no role.
    pub(crate) fn may(&self, capability: Capability) -> bool {
        match &self.kind {
            CallerKind::Application { .. } => true,
            CallerKind::User { roles, is_guest, .. } => {
                (!is_guest && member_allows(capability)) || roles.iter().any(|role| allows(role, capability))
            }
        }
    }

    /// Template identifiers of the person's directory roles; none for an application.
    pub(crate) fn roles(&self) -> &[String] {
        match &self.kind {
            CallerKind::User { roles, .. } => roles,
            CallerKind::Application { .. } => &[],
        }
    }

    /// The person's object identifier.
    pub(crate) fn user_id(&self) -> Option<&str> {
        match &self.kind {
            CallerKind::User { id, .. } => Some(id),
            CallerKind::Application { .. } => None,
        }
    }

    /// Whether a key of `/users` names the caller.
    pub(crate) fn is_user(&self, id_or_name: &str) -> bool {
        match &self.kind {
            CallerKind::User { id, user_principal_name, .. } => {
                id.eq_ignore_ascii_case(id_or_name) || user_principal_name.eq_ignore_ascii_case(id_or_name)
            }
            CallerKind::Application { .. } => false,
        }
    }

    /// The caller for the audit log.
    pub(crate) fn actor(&self, context: &RequestContext) -> Actor {
        let who = match &self.kind {
            CallerKind::User { id, user_principal_name, .. } => {
                Initiator::User { id: id.clone(), user_principal_name: user_principal_name.clone() }
            }
            CallerKind::Application { service_principal_id, display_name } => Initiator::Application {
                app_id: self.app_id.clone(),
                service_principal_id: service_principal_id.clone(),
                display_name: display_name.clone(),
            },
        };
        Actor {
            who,
            ip_address: Some(context.address.to_string()),
            correlation_id: Some(context.correlation_id.clone()),
        }
    }
}
