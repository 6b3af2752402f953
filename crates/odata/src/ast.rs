//! A `$filter` as it was written: what [`crate::parse_filter`] yields and [`crate::bind_filter`] checks.

use riskgate_core::Timestamp;

/// Where something stands in the filter, in bytes from 0. Any two are equal, so that two filters that say the same
/// are equal however they are spaced.
#[derive(Debug, Clone, Copy, Default)]
pub struct At(pub usize);

impl PartialEq for At {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// A filter expression (OData 4.01 part 2 §5.1.1).
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// A literal.
    Literal(Literal),
    /// A property, or in a lambda the range variable with or without a path behind it.
    Path(Path),
    /// `a and b and c`, at least two.
    And(Vec<Expression>),
    /// `a or b or c`, at least two.
    Or(Vec<Expression>),
    /// `not a`
    Not(Box<Expression>),
    /// `a eq b`
    Compare {
        /// Left operand.
        left: Box<Expression>,
        /// How they are compared.
        operator: Operator,
        /// Right operand.
        right: Box<Expression>,
        /// Place of the operator.
        at: At,
    },
    /// `a in ('b','c')`
    In {
        /// What is looked for.
        left: Box<Expression>,
        /// Where, at least one.
        items: Vec<Literal>,
        /// Place of the operator.
        at: At,
    },
    /// `startswith(a,'b')`
    Call {
        /// Name of the function, in lower case.
        function: String,
        /// What it is called with.
        arguments: Vec<Expression>,
        /// Place of the name.
        at: At,
    },
    /// `path/any(x: x eq 'a')`
    Lambda {
        /// The collection.
        collection: Path,
        /// How many items have to pass.
        quantifier: Quantifier,
        /// Range variable and condition; `None` for `any()`.
        body: Option<(String, Box<Expression>)>,
    },
    /// `path/$count`
    Count(Path),
}

/// Operators that compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `eq`
    Equal,
    /// `ne`
    NotEqual,
    /// `gt`
    Greater,
    /// `ge`
    GreaterOrEqual,
    /// `lt`
    Less,
    /// `le`
    LessOrEqual,
    /// `has`, which is read but not supported.
    Has,
}

/// Lambda operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantifier {
    /// At least one item.
    Any,
    /// Every item; read but not supported.
    All,
}

/// Names joined by `/`. A name with dots is a type.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// The names, at least one.
    pub segments: Vec<String>,
    /// Place of the first one.
    pub at: At,
}

/// A literal and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Literal {
    /// What it says.
    pub value: LiteralValue,
    /// Where.
    pub at: At,
}

/// Literals as they are written (OData 4.01 ABNF, `primitiveLiteral`).
#[derive(Debug, Clone, PartialEq)]
pub enum LiteralValue {
    /// `null`
    Null,
    /// `true`
    Boolean(bool),
    /// `42`
    Integer(i64),
    /// `4.2`, never infinite.
    Double(f64),
    /// `'text'`
    String(String),
    /// `2026-11-23T10:00:00Z`; a date without time is its first moment in UTC.
    DateTime(Timestamp),
    /// `6f1b2c3d-0000-4000-8000-000000000001`, without quotes.
    Guid(String),
    /// `microsoft.graph.riskLevel'high'`
    Typed {
        /// Name of the type.
        type_name: String,
        /// What stands in quotes.
        text: String,
    },
}

impl LiteralValue {
    /// What kind of literal it is, for messages.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean(_) => "true or false",
            Self::Integer(_) => "a whole number",
            Self::Double(_) => "a number with fraction",
            Self::String(_) => "a text in quotes",
            Self::DateTime(_) => "a date-time",
            Self::Guid(_) => "a GUID",
            Self::Typed { .. } => "a literal with a type",
        }
    }
}

impl Operator {
    /// The operator of this name in any case.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "eq" => Self::Equal,
            "ne" => Self::NotEqual,
            "gt" => Self::Greater,
            "ge" => Self::GreaterOrEqual,
            "lt" => Self::Less,
            "le" => Self::LessOrEqual,
            "has" => Self::Has,
            _ => return None,
        })
    }

    /// Its name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Equal => "eq",
            Self::NotEqual => "ne",
            Self::Greater => "gt",
            Self::GreaterOrEqual => "ge",
            Self::Less => "lt",
            Self::LessOrEqual => "le",
            Self::Has => "has",
        }
    }
}
