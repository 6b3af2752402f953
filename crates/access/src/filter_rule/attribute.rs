//! What a rule can ask about, whatever kind of object it is of.

use std::fmt;

/// An attribute of one kind of object. The same parser reads the rules of all kinds.
pub(crate) trait Attribute: Clone + Ord + fmt::Display {
    /// What a comparison, or what takes its place, begins with; for messages.
    const OPERAND: &'static str;
    /// What a name that is unknown is not, and what it could be; for messages.
    const DESCRIPTION: &'static str;

    /// The attribute of this name in any case, the kind of object in front of it (`device.model`).
    fn from_name(name: &str) -> Option<Self>;

    /// What values it has.
    fn kind(&self) -> Kind;
}

/// What values an attribute has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Boolean,
    Collection,
    /// A text or a collection: the rule does not say which.
    TextOrCollection,
}

/// The value of an attribute of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AttributeValue<'a> {
    Null,
    Text(&'a str),
    Boolean(bool),
    Collection(&'a [String]),
}
