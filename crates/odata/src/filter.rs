//! A condition that was checked against the schema: what a store turns into SQL and [`Filter`] evaluates in memory.

use riskgate_core::Timestamp;

/// A condition on an object. Paths are wire names joined by `/` (`status/errorCode`).
///
/// The logic has two values: a comparison with a property that is null or absent is false, except that
/// `eq null` is true, `ne null` false and `ne` any other value true (OData 4.01 part 2 §5.1.1.1). Text compares
/// without case, as the directory does.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// Always true or always false.
    Constant(bool),
    /// All hold.
    And(Vec<Filter>),
    /// At least one holds.
    Or(Vec<Filter>),
    /// It does not hold.
    Not(Box<Filter>),
    /// A property compared with a literal.
    Compare {
        /// Path of the property.
        path: String,
        /// How.
        comparison: Comparison,
        /// With what.
        value: Value,
    },
    /// A text function of a property.
    Text {
        /// Path of the property.
        path: String,
        /// Which function.
        function: TextFunction,
        /// Its argument.
        text: String,
    },
    /// At least one item of a collection of texts passes (`path/any(x: x eq 'a')`).
    AnyItem {
        /// Path of the collection.
        path: String,
        /// The test.
        test: ItemTest,
    },
    /// The collection has no items (`path/$count eq 0`).
    IsEmpty {
        /// Path of the collection.
        path: String,
    },
}

/// Comparison operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
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
}

/// Functions of a text and a literal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextFunction {
    /// `startswith`
    StartsWith,
    /// `endswith`
    EndsWith,
    /// `contains`
    Contains,
}

/// What an item of a collection is tested for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemTest {
    /// It equals the text.
    Equals(String),
    /// It starts with the text.
    StartsWith(String),
}

/// A literal.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`
    Null,
    /// Text, also of enumeration members and GUIDs.
    String(String),
    /// `true` or `false`
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number with fraction.
    Double(f64),
    /// A moment.
    Time(Timestamp),
}

impl Filter {
    /// `path eq value`.
    pub fn equals(path: &str, value: impl Into<Value>) -> Self {
        Self::Compare { path: path.to_owned(), comparison: Comparison::Equal, value: value.into() }
    }

    /// `path op value`.
    pub fn compare(path: &str, comparison: Comparison, value: impl Into<Value>) -> Self {
        Self::Compare { path: path.to_owned(), comparison, value: value.into() }
    }

    /// `path in (values)`.
    pub fn one_of<V: Into<Value>>(path: &str, values: impl IntoIterator<Item = V>) -> Self {
        Self::Or(values.into_iter().map(|value| Self::equals(path, value)).collect())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}
impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}
impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::String(text.clone())
    }
}
impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}
impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}
impl From<Timestamp> for Value {
    fn from(value: Timestamp) -> Self {
        Self::Time(value)
    }
}
