//! The families of Graph resources, which name the same failure differently (contract §3.1).

use axum::http::StatusCode;

use crate::error::GraphError;

/// A family of resources with its own error codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Area {
    /// Users, groups, roles, applications: codes with `Request_` in front.
    Directory,
    /// Risk detections and risky users.
    IdentityProtection,
    /// Policies and named locations.
    ConditionalAccess,
    /// Sign-ins and audits.
    AuditLogs,
}

impl Area {
    /// 400 for a request that cannot be right.
    pub(crate) fn bad_request(self, message: impl Into<String>) -> GraphError {
        let code = match self {
            Self::Directory => "Request_BadRequest",
            _ => "BadRequest",
        };
        GraphError::new(StatusCode::BAD_REQUEST, code, message)
    }

    /// 404 for an identifier nothing has. `kind` is the Graph type, capitalized.
    pub(crate) fn not_found(self, kind: &str, id: &str) -> GraphError {
        let id: String = id.chars().take(256).collect();
        let (code, message) = match self {
            Self::Directory => (
                "Request_ResourceNotFound",
                format!(
                    "Resource '{id}' does not exist or one of its queried reference-property objects are not present."
                ),
            ),
            _ => ("ResourceNotFound", format!("{kind} with id {id} does not exist in the directory.")),
        };
        GraphError::new(StatusCode::NOT_FOUND, code, message)
    }

    /// 403 for a token without the permission.
    pub(crate) fn missing_permission(self) -> GraphError {
        let (code, message) = match self {
            Self::ConditionalAccess => (
                "AccessDenied",
                "You cannot perform the requested operation, required scopes are missing in the token.",
            ),
            Self::IdentityProtection => (
                "Forbidden",
                "You cannot perform the requested operation, required scopes are missing in the token.",
            ),
            Self::Directory | Self::AuditLogs => {
                ("Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
            }
        };
        GraphError::new(StatusCode::FORBIDDEN, code, message)
    }

    /// 403 for a user without any of the directory roles that allow it.
    pub(crate) fn missing_role(self, roles: &[&str]) -> GraphError {
        let code = match self {
            Self::ConditionalAccess => "AccessDenied",
            Self::IdentityProtection => "Forbidden",
            Self::Directory | Self::AuditLogs => "Authorization_RequestDenied",
        };
        let message = match self {
            Self::Directory => "Insufficient privileges to complete the operation.".to_owned(),
            _ => format!(
                "Your account does not have access to this report or data. Please contact your global administrator \
                 to request access. One of the following roles is required: {}.",
                roles.join(", ")
            ),
        };
        GraphError::new(StatusCode::FORBIDDEN, code, message)
    }
}
