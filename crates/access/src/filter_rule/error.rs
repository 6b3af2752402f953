use super::{MAX_RULE_CHARACTERS, MAX_RULE_DEPTH, MAX_RULE_TERMS};

/// Why the rule of a filter was refused. Its text names the place and what was expected there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem} at character {position}")]
pub struct FilterRuleError {
    position: usize,
    problem: Problem,
}

impl FilterRuleError {
    pub(super) fn new(position: usize, problem: Problem) -> Self {
        Self { position, problem }
    }

    /// The character the problem is at, counted from 1; one after the last where the rule ends too early.
    pub fn position(&self) -> usize {
        self.position
    }
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Problem {
    #[error("the rule is longer than {MAX_RULE_CHARACTERS} characters")]
    TooLong,
    #[error("parentheses and '-not' are nested deeper than {MAX_RULE_DEPTH}")]
    TooDeep,
    #[error("the rule has more than {MAX_RULE_TERMS} comparisons and list items")]
    TooManyTerms,
    #[error("'\"' is expected to end the text that starts")]
    UnterminatedText,
    #[error("'\"' or '`' is expected after the escape character '`'")]
    BadEscape,
    #[error("'{0}' starts neither a name, an operator nor a text in double quotes")]
    UnexpectedCharacter(char),
    #[error("{expected} is expected instead of {found}")]
    Expected { expected: &'static str, found: String },
    #[error("'{name}' is not {description}")]
    UnknownAttribute { name: String, description: &'static str },
    #[error(
        "'{0}' is not an operator; '-eq', '-ne', '-startsWith', '-notStartsWith', '-endsWith', '-notEndsWith', \
         '-contains', '-notContains', '-in' or '-notIn' is expected"
    )]
    UnknownOperator(String),
    #[error("'{attribute}' cannot be compared with '{operator}'; {expected} is expected")]
    OperatorDoesNotFit { attribute: String, operator: String, expected: &'static str },
}
