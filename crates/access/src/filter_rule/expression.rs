//! A rule as it was read. Only what fits an attribute can be written here, so evaluating it cannot fail.

use std::collections::BTreeSet;

/// A rule or a part of it, never nested deeper than [`super::MAX_RULE_DEPTH`] allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expression<A> {
    All(Vec<Expression<A>>),
    Any(Vec<Expression<A>>),
    Not(Box<Expression<A>>),
    Compare(Comparison<A>),
}

/// `attribute -operator value`
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Comparison<A> {
    pub(super) attribute: A,
    pub(super) test: Test,
    /// Whether the comparison holds when the test does not.
    pub(super) is_negative: bool,
}

/// What is asked of the value of an attribute. Null fails every test but [`Test::IsNull`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Test {
    IsNull,
    Is(bool),
    Equals(Folded),
    StartsWith(Folded),
    EndsWith(Folded),
    /// Part of a text, or one whole item of a collection.
    Contains(Folded),
    In(Vec<Folded>),
}

/// A text without differences of case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Folded(String);

impl Folded {
    /// Folds character by character, so that parts of a text fold to parts of the folded text.
    pub(super) fn new(text: &str) -> Self {
        Self(text.chars().flat_map(char::to_lowercase).collect())
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl<A: Clone + Ord> Expression<A> {
    pub(super) fn collect_attributes(&self, attributes: &mut BTreeSet<A>) {
        match self {
            Self::All(items) | Self::Any(items) => {
                items.iter().for_each(|item| item.collect_attributes(attributes));
            }
            Self::Not(inner) => inner.collect_attributes(attributes),
            Self::Compare(comparison) => {
                attributes.insert(comparison.attribute.clone());
            }
        }
    }
}
