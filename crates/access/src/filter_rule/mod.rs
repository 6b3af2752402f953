//! Rules of device filters (`conditions.devices.deviceFilter.rule`, `entra-semantics` §3.6), for example
//! `device.isCompliant -eq True -and -not (device.model -startsWith "Kiosk")`.
//!
//! ```text
//! rule        = all *( "-or" all )
//! all         = operand *( "-and" operand )
//! operand     = "-not" operand / "(" rule ")" / comparison
//! comparison  = "device." attribute operator value
//! operator    = "-eq" / "-ne" / "-startsWith" / "-notStartsWith" / "-endsWith" / "-notEndsWith"
//!             / "-contains" / "-notContains" / "-in" / "-notIn"
//! value       = text / "True" / "False" / "null" / "[" text *( "," text ) "]"
//! text        = DQUOTE *( any character but DQUOTE and "`" / "`" DQUOTE / "``" ) DQUOTE
//! ```
//!
//! Words and texts are compared without regard to case. What makes or breaks a filter is what is not set:
//! * An attribute nobody set is null, and so is every attribute of a device that is not registered.
//! * Null satisfies no positive operator and every negative one. Only `-eq null` is the question whether it is null.
//! * `-not` turns the answer around, so `-not (device.model -eq "A")` is what `device.model -ne "A"` is.

mod attribute;
mod constant;
mod error;
mod evaluate;
mod expression;
mod lex;
mod operator;
mod parse;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use riskgate_model::DeviceFacts;

pub(crate) use attribute::Attribute;
pub use error::FilterRuleError;
use expression::Expression;

/// Most characters of a rule (`entra-semantics` §3.6).
const MAX_RULE_CHARACTERS: usize = 3_072;
/// Deepest nesting of parentheses and `-not`.
const MAX_RULE_DEPTH: usize = 32;
/// Most comparisons and texts in lists.
const MAX_RULE_TERMS: usize = 512;

/// A rule that was read once and is asked for every request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FilterRule {
    expression: Expression,
}

impl FilterRule {
    /// Reads a rule.
    ///
    /// # Errors
    /// [`FilterRuleError`] for text that is no rule, a value that does not fit its attribute, and a rule beyond
    /// [`MAX_RULE_CHARACTERS`], [`MAX_RULE_DEPTH`] or [`MAX_RULE_TERMS`].
    pub(crate) fn parse(text: &str) -> Result<Self, FilterRuleError> {
        parse::parse(text).map(|expression| Self { expression })
    }

    /// Whether the device satisfies the rule. `None` is a device that is not registered or was not proven.
    pub(crate) fn matches(&self, device: Option<&DeviceFacts>) -> bool {
        self.expression.matches(device)
    }

    /// Whether the rule holds for devices that are not registered.
    pub(crate) fn matches_unregistered(&self) -> bool {
        self.matches(None)
    }

    /// The answer the rule gives for every device there can be, registered or not; `None` if answers differ or it cannot
    /// be told.
    pub(crate) fn constant(&self) -> Option<bool> {
        constant::constant(&self.expression)
    }

    /// The attributes the rule asks for.
    pub(crate) fn attributes(&self) -> BTreeSet<Attribute> {
        let mut attributes = BTreeSet::new();
        self.expression.collect_attributes(&mut attributes);
        attributes
    }
}
