use crate::error::FilterError;
use crate::skiptoken::DamagedSkipToken;

/// What can be wrong with the options of a request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OptionError {
    /// Longer than [`crate::MAX_QUERY_LENGTH`].
    #[error("the query string is longer than {} bytes", crate::MAX_QUERY_LENGTH)]
    TooLong,
    /// `%` without two hexadecimal digits, or bytes that are not UTF-8.
    #[error("'{0}' is not percent-encoded UTF-8")]
    Encoding(String),
    /// An option that stands there twice.
    #[error("query option '{option}' was specified more than once, but it must be specified at most once")]
    Duplicate {
        /// The option.
        option: &'static str,
    },
    /// A value the option cannot have.
    #[error("invalid value '{value}' for query option '{option}': {expected} is expected")]
    Invalid {
        /// The option.
        option: &'static str,
        /// The value, at most 64 characters of it.
        value: String,
        /// What it could be.
        expected: &'static str,
    },
    /// `$top` out of range or no number.
    #[error("Invalid page size specified: '{given}'. Must be between 1 and {max} inclusive.")]
    PageSize {
        /// The value, at most 64 characters of it.
        given: String,
        /// Largest page.
        max: u32,
    },
    /// A property the type does not have.
    #[error(
        "could not find a property named '{property}' on type 'microsoft.graph.{resource}' in '{option}'"
    )]
    UnknownProperty {
        /// The option.
        option: &'static str,
        /// The name, at most 64 characters of it.
        property: String,
        /// The type, without namespace.
        resource: &'static str,
    },
    /// Valid OData that this server does not do.
    #[error("'{property}' of '{resource}' in '{option}': {reason}")]
    Unsupported {
        /// The option.
        option: &'static str,
        /// The property as written.
        property: String,
        /// The type, without namespace.
        resource: &'static str,
        /// What is not supported.
        reason: &'static str,
    },
    /// A filter that is wrong.
    #[error(transparent)]
    Filter(#[from] FilterError),
    /// A `$skiptoken` that is wrong.
    #[error(transparent)]
    SkipToken(#[from] DamagedSkipToken),
}

impl OptionError {
    /// Property and resource, if what is asked for is valid and cannot be done (`Request_UnsupportedQuery`).
    pub fn unsupported(&self) -> Option<(&str, &'static str)> {
        match self {
            Self::Filter(error) => error.unsupported(),
            Self::Unsupported { property, resource, .. } => Some((property, resource)),
            _ => None,
        }
    }
}
