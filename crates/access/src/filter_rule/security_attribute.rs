//! What a rule can ask about a service principal.

use std::fmt;

use riskgate_model::{SecurityAttributeFact, SecurityAttributeFacts, security_attribute_key};

use super::attribute::{Attribute, AttributeValue, Kind};

/// What the names of custom security attributes begin with.
const NAMESPACE: &str = "CustomSecurityAttribute";

/// A custom security attribute: its set and its name with `_` between them, in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SecurityAttribute(String);

impl SecurityAttribute {
    /// Its value; null if it is not assigned.
    pub(crate) fn of<'a>(&self, attributes: &'a SecurityAttributeFacts) -> AttributeValue<'a> {
        match attributes.get(&self.0) {
            None => AttributeValue::Null,
            Some(SecurityAttributeFact::Text(text)) => AttributeValue::Text(text),
            Some(SecurityAttributeFact::Texts(texts)) if texts.is_empty() => AttributeValue::Null,
            Some(SecurityAttributeFact::Texts(texts)) => AttributeValue::Collection(texts),
        }
    }
}

impl Attribute for SecurityAttribute {
    const OPERAND: &'static str = "'CustomSecurityAttribute.', '-not' or '('";
    const DESCRIPTION: &'static str =
        "a custom security attribute; one such as 'CustomSecurityAttribute.Engineering_Project' is expected";

    fn from_name(name: &str) -> Option<Self> {
        let (owner, name) = name.split_once('.')?;
        let (set, attribute) = name.split_once('_')?;
        let is_name = |text: &str| !text.is_empty() && text.chars().all(char::is_alphanumeric);
        let is_known = owner.eq_ignore_ascii_case(NAMESPACE) && is_name(set) && is_name(attribute);
        is_known.then(|| Self(security_attribute_key(set, attribute)))
    }

    fn kind(&self) -> Kind {
        Kind::TextOrCollection
    }
}

impl fmt::Display for SecurityAttribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
