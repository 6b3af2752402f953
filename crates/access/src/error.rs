use crate::known::ObjectKind;

/// Why a policy was refused. The text is what Graph's `error.message` carries with status 400 and code `BadRequest`
/// (Graph contract §4); numbers are those of the real service.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PolicyError {
    /// Something missing, unknown, or of the wrong type or value.
    #[error(
        "1007: Incoming ConditionalAccessPolicy object is null or does not match the schema of ConditionalAccessPolicy \
         type. {0}"
    )]
    Schema(String),
    /// No application, user action or authentication context is included.
    #[error(
        "1011: 'applications' condition must specify the applications to include. Try 'includeApplications' = ['none'] \
         to start with."
    )]
    NoApplications,
    /// More than one kind of target is included.
    #[error(
        "1012: 'applications' condition cannot include both 'includeApplications' and \
         'includeUserActions'/'includeProtectionLevels'. Please remove one of the conditions."
    )]
    SeveralTargets,
    /// A location that does not exist.
    #[error("1040: NamedLocation with id {0} does not exist in the directory.")]
    UnknownLocation(String),
    /// Another object that does not exist.
    #[error("{} with {} {id} does not exist in the directory.", kind.type_name(), kind.key_name())]
    UnknownObject {
        /// What the policy says it is.
        kind: ObjectKind,
        /// The identifier, cut to 64 characters.
        id: String,
    },
    /// Valid in Graph, refused because accepting it would promise what does not happen.
    #[error("{0} is valid in Microsoft Graph but not enforced by this version of Riskgate.")]
    NotEnforced(String),
    /// A rule between values is broken.
    #[error("'{property}' is not valid: {problem}.")]
    Invalid {
        /// Path of the property from the policy.
        property: &'static str,
        /// What is wrong and what would be right.
        problem: String,
    },
    /// A control for a new password in a policy where it cannot work.
    #[error("1032: ConditionalActionPolicy validation failed due to InvalidPasswordResetControl. {0}")]
    PasswordChange(String),
    /// Afterwards nobody who can change policies could sign in.
    #[error(
        "After this change no administrator could sign in from anywhere: every way in is closed by {}. Exclude at least \
         one emergency account, or narrow the policy. If this is meant, send the header 'Prefer: riskgate.allow-lockout'.",
        quoted(.0)
    )]
    LocksAdministratorsOut(Vec<String>),
}

impl PolicyError {
    /// The property it is about, by its path from the policy; `None` if it is about the policy as a whole.
    pub fn property(&self) -> Option<&str> {
        match self {
            Self::NoApplications | Self::SeveralTargets => Some("conditions/applications"),
            Self::UnknownLocation(_) => Some("conditions/locations"),
            Self::UnknownObject { kind, .. } => Some(match kind {
                ObjectKind::User | ObjectKind::Group | ObjectKind::RoleTemplate => "conditions/users",
                ObjectKind::Application => "conditions/applications",
                ObjectKind::NamedLocation => "conditions/locations",
                ObjectKind::ServicePrincipal => "conditions/clientApplications",
                ObjectKind::AuthenticationStrength => "grantControls/authenticationStrength",
                ObjectKind::Agreement => "grantControls/termsOfUse",
                ObjectKind::SecurityAttribute => "conditions",
            }),
            Self::Invalid { property, .. } => Some(property),
            Self::PasswordChange(_) => Some("grantControls/builtInControls"),
            // The property is what is quoted last, and first: names in Graph have no quotes.
            Self::NotEnforced(text) => text.rsplit('\'').nth(1),
            Self::Schema(text) => text.split('\'').nth(1),
            Self::LocksAdministratorsOut(_) => None,
        }
    }

    pub(crate) fn invalid(property: &'static str, problem: impl Into<String>) -> Self {
        Self::Invalid { property, problem: problem.into() }
    }

    pub(crate) fn not_enforced(property: &str) -> Self {
        Self::NotEnforced(format!("'{property}'"))
    }

    pub(crate) fn value_not_enforced(property: &str, value: impl std::fmt::Display) -> Self {
        Self::NotEnforced(format!("The value '{value}' of '{property}'"))
    }
}

/// Why a named location was refused; status 400, code `BadRequest`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NamedLocationError {
    /// A value outside its limits.
    #[error("'{property}' is not valid: {problem}.")]
    Invalid {
        /// The property.
        property: &'static str,
        /// What is wrong and what would be right.
        problem: String,
    },
    /// Valid in Graph, refused because accepting it would promise what does not happen.
    #[error("'{0}' is valid in Microsoft Graph but not enforced by this version of Riskgate.")]
    NotEnforced(&'static str),
}

impl NamedLocationError {
    pub(crate) fn invalid(property: &'static str, problem: impl Into<String>) -> Self {
        Self::Invalid { property, problem: problem.into() }
    }
}

/// Names in quotes, the first few of them.
fn quoted(names: &[String]) -> String {
    const MOST: usize = 5;
    let shown: Vec<String> = names.iter().take(MOST).map(|name| format!("'{}'", shortened(name))).collect();
    match names.len().saturating_sub(MOST) {
        0 => shown.join(" and "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// The beginning of a text a client sent, short enough for an error message.
pub(crate) fn shortened(text: &str) -> String {
    text.chars().take(64).collect()
}
