//! Whether an object satisfies a rule.

use super::attribute::AttributeValue;
use super::expression::{Comparison, Expression, Folded, Test};

impl<A> Expression<A> {
    /// Whether the rule holds when attributes have these values.
    pub(super) fn holds<'a>(&self, values: &impl Fn(&A) -> AttributeValue<'a>) -> bool {
        match self {
            Self::All(items) => items.iter().all(|item| item.holds(values)),
            Self::Any(items) => items.iter().any(|item| item.holds(values)),
            Self::Not(inner) => !inner.holds(values),
            Self::Compare(comparison) => comparison.holds(values(&comparison.attribute)),
        }
    }
}

impl<A> Comparison<A> {
    fn holds(&self, value: AttributeValue<'_>) -> bool {
        self.test.holds(value) != self.is_negative
    }
}

impl Test {
    fn holds(&self, value: AttributeValue<'_>) -> bool {
        match value {
            AttributeValue::Null => *self == Self::IsNull,
            AttributeValue::Boolean(value) => *self == Self::Is(value),
            AttributeValue::Text(text) => self.holds_for_text(&Folded::new(text)),
            AttributeValue::Collection(items) => {
                items.iter().map(|item| Folded::new(item)).any(|item| match self {
                    Self::Contains(wanted) => item == *wanted,
                    _ => self.holds_for_text(&item),
                })
            }
        }
    }

    fn holds_for_text(&self, text: &Folded) -> bool {
        match self {
            Self::Equals(wanted) => text == wanted,
            Self::StartsWith(wanted) => text.as_str().starts_with(wanted.as_str()),
            Self::EndsWith(wanted) => text.as_str().ends_with(wanted.as_str()),
            Self::Contains(wanted) => text.as_str().contains(wanted.as_str()),
            Self::In(wanted) => wanted.contains(text),
            Self::IsNull | Self::Is(_) => false,
        }
    }
}
