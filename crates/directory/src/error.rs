use riskgate_store::{AsConflict, StoreError};

/// Why the directory refused or failed. The text of each is the message Graph shows (contract §1.3, §3.1); the rest of
/// Graph's error body comes from [`DirectoryError::code`], [`DirectoryError::target`] and [`DirectoryError::status`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DirectoryError {
    /// A property that must have a value has none.
    #[error("A value is required for property '{property}' of resource '{resource}'.")]
    Required {
        /// Graph type, capitalized as Graph does: `User`.
        resource: &'static str,
        /// Wire name.
        property: String,
    },
    /// A value is outside of what the property may hold.
    #[error("Invalid value specified for property '{property}' of resource '{resource}'. {reason}")]
    InvalidValue {
        /// Graph type.
        resource: &'static str,
        /// Wire name.
        property: String,
        /// What would be right.
        reason: String,
    },
    /// A user principal name has a wrong form or a domain that is not the tenant's.
    #[error("Property userPrincipalName is invalid.")]
    InvalidUserPrincipalName,
    /// The type has no such property.
    #[error("Property '{property}' does not exist on resource '{resource}'.")]
    UnknownProperty {
        /// Graph type.
        resource: &'static str,
        /// As sent, cut to 64 characters.
        property: String,
    },
    /// The property is set by the server only.
    #[error("Property '{property}' is read-only and cannot be set.")]
    ReadOnly {
        /// Wire name.
        property: String,
    },
    /// Another object has the value, which must be unique.
    #[error("Another object with the same value for property {property} already exists.")]
    Duplicate {
        /// Wire name.
        property: &'static str,
    },
    /// The object, or one it refers to, does not exist.
    #[error(
        "Resource '{id}' does not exist or one of its queried reference-property objects are not present."
    )]
    NotFound {
        /// As asked for, cut to 256 characters.
        id: String,
    },
    /// The reference is there already.
    #[error(
        "One or more added object references already exist for the following modified properties: '{property}'."
    )]
    AlreadyReferenced {
        /// Wire name of the reference.
        property: &'static str,
    },
    /// An equal object exists, a role assignment for example.
    #[error(
        "A conflicting object with one or more of the specified property values is present in the directory."
    )]
    Conflicting,
    /// Nobody could administer the tenant afterwards.
    #[error(
        "The last active Global Administrator cannot be deleted, disabled or removed from the role. Assign the role \
         to another enabled user first."
    )]
    LastAdministrator,
    /// Valid in Graph, not done by this server.
    #[error("{what} is not supported.")]
    NotSupported {
        /// What, as the beginning of a sentence.
        what: String,
    },
    /// A password that the password rules refuse.
    #[error(
        "The specified password does not comply with password complexity requirements. Please provide a different \
         password."
    )]
    WeakPassword,
    /// A password that is mostly made of banned terms.
    #[error(
        "The specified password is made of words that are tried first and cannot be used. Please provide a different \
         password."
    )]
    BannedPassword,
    /// A password that is known from breaches.
    #[error(
        "The specified password is known from data breaches and cannot be used. Please provide a different password."
    )]
    BreachedPassword,
    /// A redirect address that may not be registered.
    #[error(
        "Invalid value specified for property '{property}' of resource 'Application'. The address '{uri}' {reason}."
    )]
    RedirectUri {
        /// `web/redirectUris`, `spa/redirectUris`, `publicClient/redirectUris` or `web/logoutUrl`.
        property: &'static str,
        /// As sent, cut to 256 characters.
        uri: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A permission that this server's Graph does not have in this form.
    #[error("The permission '{name}' does not exist as {form} permission of Microsoft Graph.")]
    UnknownPermission {
        /// As sent, cut to 128 characters.
        name: String,
        /// `a delegated` or `an application`.
        form: &'static str,
    },
    /// Only an administrator may consent to this.
    #[error("The permission '{scope}' can only be granted by an administrator.")]
    NeedsAdministrator {
        /// The first such scope.
        scope: String,
    },
    /// A user is in more groups than a decision can look at.
    #[error("User '{user}' is a member of more than {limit} groups.")]
    TooManyGroups {
        /// Object identifier.
        user: String,
        /// The most there may be.
        limit: usize,
    },
    /// A person registered as many devices as he may.
    #[error("A person can register {limit} devices at most.")]
    TooManyDevices {
        /// The most there may be.
        limit: usize,
    },
    /// The tenant's own record is missing; the database was damaged or restored in part.
    #[error("The organization of this tenant is missing.")]
    NoOrganization,
    /// The store failed.
    #[error("The directory cannot be read or written at the moment.")]
    Store(#[from] StoreError),
}

/// Which kind of HTTP status an error becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorStatus {
    /// 400: the request cannot be right.
    BadRequest,
    /// 403: someone else may do it.
    Forbidden,
    /// 404: it is not there.
    NotFound,
    /// 409: try again, others were faster.
    Conflict,
    /// 503: try again later.
    Unavailable,
    /// 500: this server is at fault.
    Internal,
}

/// One item of `error.details` in Graph's error body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorDetail {
    /// For example `ObjectConflict`.
    pub code: &'static str,
    /// The message again.
    pub message: String,
    /// The property.
    pub target: String,
}

impl DirectoryError {
    /// Which kind of HTTP status it becomes.
    pub fn status(&self) -> ErrorStatus {
        match self {
            Self::NotFound { .. } => ErrorStatus::NotFound,
            Self::NeedsAdministrator { .. } => ErrorStatus::Forbidden,
            Self::NoOrganization => ErrorStatus::Internal,
            Self::Store(StoreError::Conflict { .. }) => ErrorStatus::Conflict,
            Self::Store(StoreError::Full | StoreError::Unavailable(_)) => ErrorStatus::Unavailable,
            Self::Store(_) => ErrorStatus::Internal,
            _ => ErrorStatus::BadRequest,
        }
    }

    /// `error.code` (contract §3.1).
    pub fn code(&self) -> &'static str {
        match self.status() {
            ErrorStatus::BadRequest => "Request_BadRequest",
            ErrorStatus::Forbidden => "Authorization_RequestDenied",
            ErrorStatus::NotFound => "Request_ResourceNotFound",
            ErrorStatus::Conflict => "Directory_ConcurrencyViolation",
            ErrorStatus::Unavailable => "Service_ServiceUnavailable",
            ErrorStatus::Internal => "Service_InternalServerError",
        }
    }

    /// The property it is about, if it is about one.
    pub fn target(&self) -> Option<&str> {
        match self {
            Self::Required { property, .. }
            | Self::InvalidValue { property, .. }
            | Self::UnknownProperty { property, .. }
            | Self::ReadOnly { property } => Some(property),
            Self::Duplicate { property }
            | Self::AlreadyReferenced { property }
            | Self::RedirectUri { property, .. } => Some(property),
            Self::InvalidUserPrincipalName => Some("userPrincipalName"),
            Self::WeakPassword | Self::BannedPassword | Self::BreachedPassword => Some("password"),
            _ => None,
        }
    }

    /// The item of `error.details`, for errors about a property.
    pub fn detail(&self) -> Option<ErrorDetail> {
        let code = match self {
            Self::Duplicate { .. } | Self::AlreadyReferenced { .. } => "ObjectConflict",
            Self::Required { .. } => "MissingValue",
            Self::WeakPassword => "PasswordComplexity",
            Self::BannedPassword | Self::BreachedPassword => "PasswordBanned",
            _ => "InvalidValue",
        };
        let target = self.target()?.to_owned();
        Some(ErrorDetail { code, message: self.to_string(), target })
    }

    pub(crate) fn not_found(id: &str) -> Self {
        Self::NotFound { id: cut(id, 256) }
    }

    pub(crate) fn required(resource: &'static str, property: &str) -> Self {
        Self::Required { resource, property: property.to_owned() }
    }

    pub(crate) fn invalid(resource: &'static str, property: &str, reason: impl Into<String>) -> Self {
        Self::InvalidValue { resource, property: property.to_owned(), reason: reason.into() }
    }

    pub(crate) fn not_supported(what: impl Into<String>) -> Self {
        Self::NotSupported { what: what.into() }
    }
}

impl AsConflict for DirectoryError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_conflict())
    }
}

/// At most the first `characters` of a text that came from outside.
pub(crate) fn cut(text: &str, characters: usize) -> String {
    text.chars().take(characters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duplicate_name_is_a_bad_request_with_an_object_conflict() {
        let error = DirectoryError::Duplicate { property: "userPrincipalName" };
        assert_eq!((error.status(), error.code()), (ErrorStatus::BadRequest, "Request_BadRequest"));
        let detail = error.detail().unwrap();
        assert_eq!((detail.code, detail.target.as_str()), ("ObjectConflict", "userPrincipalName"));
        assert_eq!(
            detail.message,
            "Another object with the same value for property userPrincipalName already exists."
        );
    }

    #[test]
    fn what_the_store_says_stays_inside() {
        let error = DirectoryError::from(StoreError::Unavailable("password of postgres".to_owned()));
        assert_eq!(error.status(), ErrorStatus::Unavailable);
        assert!(!error.to_string().contains("postgres"));
        assert_eq!(error.detail(), None);
    }
}
