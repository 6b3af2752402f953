//! Rules of filters for devices (`conditions.devices.deviceFilter.rule`, `entra-semantics` §3.6), for example
//! `device.isCompliant -eq True -and -not (device.model -startsWith "Kiosk")`, and of filters for applications and service
//! principals by custom security attributes (`applicationFilter`, `servicePrincipalFilter`), for example
//! `CustomSecurityAttribute.Engineering_Project -contains "Alpine"`.
//!
//! ```text
//! rule        = all *( "-or" all )
//! all         = operand *( "-and" operand )
//! operand     = "-not" operand / "(" rule ")" / comparison
//! comparison  = ( "device." attribute / "CustomSecurityAttribute." set "_" attribute ) operator value
//! operator    = "-eq" / "-ne" / "-startsWith" / "-notStartsWith" / "-endsWith" / "-notEndsWith"
//!             / "-contains" / "-notContains" / "-in" / "-notIn"
//! value       = text / "True" / "False" / "null" / "[" text *( "," text ) "]"
//! text        = DQUOTE *( any character but DQUOTE and "`" / "`" DQUOTE / "``" ) DQUOTE
//! ```
//!
//! Words and texts are compared without regard to case. What makes or breaks a filter is what is not set:
//! * An attribute nobody set is null, and so is every attribute of a device that is not registered.
//! * A collection contains a whole item. Of a security attribute the rule does not say whether it is a collection; any other
//!   positive operator holds for a collection if it holds for an item.
//! * Null satisfies no positive operator and every negative one. Only `-eq null` is the question whether it is null.
//! * `-not` turns the answer around, so `-not (device.model -eq "A")` is what `device.model -ne "A"` is.

mod attribute;
mod constant;
mod device_attribute;
mod error;
mod evaluate;
mod expression;
mod lex;
mod operator;
mod parse;
mod security_attribute;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use riskgate_model::{DeviceFacts, SecurityAttributeFacts};

use attribute::Attribute;
use device_attribute::DeviceAttribute;
pub use error::FilterRuleError;
use expression::Expression;
use security_attribute::SecurityAttribute;

/// Most characters of a rule (`entra-semantics` §3.6).
const MAX_RULE_CHARACTERS: usize = 3_072;
/// Deepest nesting of parentheses and `-not`.
const MAX_RULE_DEPTH: usize = 32;
/// Most comparisons and texts in lists.
const MAX_RULE_TERMS: usize = 512;

/// A rule that was read once and is asked for every request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FilterRule<A> {
    expression: Expression<A>,
}

/// A rule about devices.
pub(crate) type DeviceFilterRule = FilterRule<DeviceAttribute>;
/// A rule about service principals.
pub(crate) type SecurityAttributeRule = FilterRule<SecurityAttribute>;

impl<A: Attribute> FilterRule<A> {
    /// Reads a rule.
    ///
    /// # Errors
    /// [`FilterRuleError`] for text that is no rule, a value that does not fit its attribute, and a rule beyond
    /// [`MAX_RULE_CHARACTERS`], [`MAX_RULE_DEPTH`] or [`MAX_RULE_TERMS`].
    pub(crate) fn parse(text: &str) -> Result<Self, FilterRuleError> {
        parse::parse(text).map(|expression| Self { expression })
    }

    /// The answer the rule gives for every object there can be; `None` if answers differ or it cannot be told.
    pub(crate) fn constant(&self) -> Option<bool> {
        constant::constant(&self.expression)
    }

    /// The attributes the rule asks for.
    pub(crate) fn attributes(&self) -> BTreeSet<A> {
        let mut attributes = BTreeSet::new();
        self.expression.collect_attributes(&mut attributes);
        attributes
    }
}

impl DeviceFilterRule {
    /// Whether the device satisfies the rule. `None` is a device that is not registered or was not proven.
    pub(crate) fn matches(&self, device: Option<&DeviceFacts>) -> bool {
        self.expression.holds(&|attribute: &DeviceAttribute| attribute.of(device))
    }

    /// Whether the rule holds for devices that are not registered.
    pub(crate) fn matches_unregistered(&self) -> bool {
        self.matches(None)
    }
}

impl SecurityAttributeRule {
    /// Whether a service principal with these attributes satisfies the rule.
    pub(crate) fn matches(&self, attributes: &SecurityAttributeFacts) -> bool {
        self.expression.holds(&|attribute: &SecurityAttribute| attribute.of(attributes))
    }
}
