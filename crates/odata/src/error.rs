//! What can be wrong with a filter. Positions are bytes from 0 in the decoded text.

/// A filter that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem} at position {position}")]
pub struct ParseError {
    /// Where, in bytes from 0.
    pub position: usize,
    /// What.
    pub problem: ParseProblem,
}

/// What is wrong with the form of a filter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseProblem {
    /// Longer than [`crate::MAX_FILTER_LENGTH`].
    #[error("the filter is longer than {} bytes", crate::MAX_FILTER_LENGTH)]
    TooLong,
    /// Nested deeper than [`crate::MAX_FILTER_DEPTH`].
    #[error("the filter is nested deeper than {} levels", crate::MAX_FILTER_DEPTH)]
    TooDeep,
    /// More than [`crate::MAX_FILTER_NODES`] names, literals and operators.
    #[error("the filter has more than {} parts", crate::MAX_FILTER_NODES)]
    TooManyParts,
    /// A character that starts nothing.
    #[error("unexpected character {0:?}")]
    UnexpectedCharacter(char),
    /// A text without its closing quote.
    #[error("unterminated text; a quote inside a text is written twice")]
    UnterminatedText,
    /// A control character in a text.
    #[error("a text contains a control character")]
    ControlCharacter,
    /// Something that starts with a digit and is no number, date-time or GUID.
    #[error("'{0}' is no number, date-time or GUID")]
    BadNumber(String),
    /// A name that is no operator where one has to be.
    #[error("'{0}' is no operator")]
    UnknownOperator(String),
    /// Something else than what has to be there.
    #[error("expected {expected} but found {found}")]
    Expected {
        /// What has to be there.
        expected: &'static str,
        /// What is there.
        found: String,
    },
}

/// A well-formed filter that does not fit the type it is meant for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BindError {
    /// The type has no such property.
    #[error(
        "could not find a property named '{property}' on type 'microsoft.graph.{resource}' at position {position}"
    )]
    UnknownProperty {
        /// The name.
        property: String,
        /// The type, without namespace.
        resource: &'static str,
        /// Where.
        position: usize,
    },
    /// No type of that name can be among the objects.
    #[error("'{name}' is not a type derived from 'microsoft.graph.{resource}' at position {position}")]
    UnknownType {
        /// The name.
        name: String,
        /// The declared type, without namespace.
        resource: &'static str,
        /// Where.
        position: usize,
    },
    /// The literal is not of the property's type.
    #[error("'{property}' is compared with {expected}, not with {found}, at position {position}")]
    TypeMismatch {
        /// The property as written.
        property: String,
        /// What it can be compared with.
        expected: String,
        /// What is there.
        found: String,
        /// Where.
        position: usize,
    },
    /// The enumeration has no such member.
    #[error("'{member}' is not a member of 'microsoft.graph.{enumeration}' at position {position}")]
    UnknownMember {
        /// The literal.
        member: String,
        /// The enumeration, without namespace.
        enumeration: &'static str,
        /// Where.
        position: usize,
    },
    /// A value stands where a condition has to be.
    #[error("{found} is no condition at position {position}; what 'not' belongs to stands in parentheses")]
    NotACondition {
        /// What is there.
        found: String,
        /// Where.
        position: usize,
    },
    /// No function has this name.
    #[error("unknown function '{function}' at position {position}")]
    UnknownFunction {
        /// The name.
        function: String,
        /// Where.
        position: usize,
    },
    /// A function was called with the wrong arguments.
    #[error("the function is called as {usage} at position {position}")]
    BadArguments {
        /// How it is called.
        usage: &'static str,
        /// Where.
        position: usize,
    },
    /// The property exists, but filters cannot use it.
    #[error("'{property}' of '{resource}' cannot be filtered on at position {position}")]
    NotFilterable {
        /// The property as written.
        property: String,
        /// The type the filter is for, without namespace.
        resource: &'static str,
        /// Where.
        position: usize,
    },
    /// Valid OData that this server does not do.
    #[error("'{property}' of '{resource}': {reason} at position {position}")]
    Unsupported {
        /// The property as written, or the function if there is none.
        property: String,
        /// The type the filter is for, without namespace.
        resource: &'static str,
        /// What is not supported.
        reason: &'static str,
        /// Where.
        position: usize,
    },
}

/// Anything that is wrong with a filter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FilterError {
    /// It cannot be read.
    #[error(transparent)]
    Parse(#[from] ParseError),
    /// It does not fit the type.
    #[error(transparent)]
    Bind(#[from] BindError),
}

impl FilterError {
    /// Property and resource, if the filter is well-formed but asks for what cannot be done
    /// (`Request_UnsupportedQuery`); `None` if the client wrote it wrongly (`BadRequest`, "Invalid filter clause").
    pub fn unsupported(&self) -> Option<(&str, &'static str)> {
        match self {
            Self::Bind(
                BindError::NotFilterable { property, resource, .. }
                | BindError::Unsupported { property, resource, .. },
            ) => Some((property, resource)),
            _ => None,
        }
    }
}

/// At most 64 characters of a text, for messages.
pub(crate) fn excerpt(text: &str) -> String {
    text.chars().take(64).collect()
}
