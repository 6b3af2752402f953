//! Which custom security attributes there are: sets, definitions and the values that may be chosen from
//! (`microsoft.graph.attributeSet`, `customSecurityAttributeDefinition` and `allowedValue`).

use crate::custom_security_attributes::SecurityAttributeValue;
use crate::declare::graph_type;
use crate::entity::Entity;

/// `type` of an attribute that is true or false.
pub const BOOLEAN_ATTRIBUTE: &str = "Boolean";
/// `type` of an attribute that is a whole number of 32 bits.
pub const INTEGER_ATTRIBUTE: &str = "Integer";
/// `type` of an attribute that is a text.
pub const STRING_ATTRIBUTE: &str = "String";
/// `status` of an attribute that can be assigned.
pub const AVAILABLE: &str = "Available";
/// `status` of an attribute that keeps the values it has and can be assigned to nothing more.
pub const DEPRECATED: &str = "Deprecated";

graph_type! {
    /// `microsoft.graph.attributeSet`; `id` is its name.
    #[derive(Default)]
    entity AttributeSet = "attributeSet" : Entity {
        inherit {
            id: String = "id",
        }
        own {
            description: Option<String> = "description" [nullable],
            max_attributes_per_set: Option<i32> = "maxAttributesPerSet" [nullable],
        }
    }
}

graph_type! {
    /// `microsoft.graph.customSecurityAttributeDefinition`; `id` is the name of its set and its own with `_` between them.
    #[derive(Default)]
    entity CustomSecurityAttributeDefinition = "customSecurityAttributeDefinition" : Entity {
        inherit {
            id: String = "id",
        }
        own {
            attribute_set: String = "attributeSet" [filter order],
            description: Option<String> = "description" [nullable],
            is_collection: Option<bool> = "isCollection" [nullable],
            is_searchable: Option<bool> = "isSearchable" [nullable],
            name: String = "name" [filter order],
            status: String = "status" [filter order],
            type_: String = "type" [filter order],
            use_pre_defined_values_only: Option<bool> = "usePreDefinedValuesOnly" [nullable],
        }
        inline {
            #[serde(default)] allowed_values: Vec<AllowedValue> = "allowedValues",
        }
    }
}

graph_type! {
    /// `microsoft.graph.allowedValue`; `id` is the value, of a number in decimal digits.
    #[derive(Default)]
    entity AllowedValue = "allowedValue" : Entity {
        inherit {
            id: String = "id",
        }
        own {
            is_active: Option<bool> = "isActive" [nullable filter],
        }
    }
}

impl CustomSecurityAttributeDefinition {
    /// The definition of an attribute that has this value already: free to have others of its kind.
    pub fn of(set: &str, name: &str, value: &SecurityAttributeValue) -> Self {
        let (type_, is_collection) = kind(value);
        Self {
            id: format!("{set}_{name}"),
            attribute_set: set.to_owned(),
            description: None,
            is_collection: Some(is_collection),
            is_searchable: Some(true),
            name: name.to_owned(),
            status: AVAILABLE.to_owned(),
            type_: type_.to_owned(),
            use_pre_defined_values_only: Some(false),
            allowed_values: Vec::new(),
        }
    }

    /// Whether it can be assigned, and counts against the most there may be.
    pub fn is_available(&self) -> bool {
        self.status == AVAILABLE
    }

    /// Whether policies can ask for it: those that are texts.
    pub fn is_text(&self) -> bool {
        self.type_ == STRING_ATTRIBUTE
    }

    /// Whether it allows `value` where `before` is assigned. What was assigned may stay, whatever became of the definition.
    ///
    /// # Errors
    /// What is wrong, for people.
    pub(crate) fn allows(
        &self,
        before: Option<&SecurityAttributeValue>,
        value: &SecurityAttributeValue,
    ) -> Result<(), String> {
        if before == Some(value) {
            return Ok(());
        }
        let (type_, is_collection) = kind(value);
        if type_ != self.type_ {
            return Err(format!("the attribute is of type '{}'", self.type_));
        }
        match (is_collection, self.is_collection == Some(true)) {
            (false, true) => return Err("the attribute takes a collection of values".to_owned()),
            (true, false) => return Err("the attribute takes a single value".to_owned()),
            _ => (),
        }
        let had = before.map(items).unwrap_or_default();
        let mut new = items(value).into_iter().filter(|item| !had.contains(item)).peekable();
        if !self.is_available() && new.peek().is_some() {
            return Err("the attribute is deprecated and can be assigned to nothing more".to_owned());
        }
        let is_free = self.use_pre_defined_values_only != Some(true);
        let is_allowed = |item: &String| {
            self.allowed_values.iter().any(|allowed| allowed.is_active == Some(true) && allowed.id == *item)
        };
        match new.find(|item| !is_free && !is_allowed(item)) {
            Some(item) => Err(format!("'{item}' is none of the values that may be assigned")),
            None => Ok(()),
        }
    }
}

/// Type and whether there can be several.
fn kind(value: &SecurityAttributeValue) -> (&'static str, bool) {
    match value {
        SecurityAttributeValue::Boolean(_) => (BOOLEAN_ATTRIBUTE, false),
        SecurityAttributeValue::Integer(_) => (INTEGER_ATTRIBUTE, false),
        SecurityAttributeValue::Integers(_) => (INTEGER_ATTRIBUTE, true),
        SecurityAttributeValue::Text(_) => (STRING_ATTRIBUTE, false),
        SecurityAttributeValue::Texts(_) => (STRING_ATTRIBUTE, true),
    }
}

/// Each value as `allowedValue` writes it.
fn items(value: &SecurityAttributeValue) -> Vec<String> {
    match value {
        SecurityAttributeValue::Boolean(value) => vec![value.to_string()],
        SecurityAttributeValue::Integer(value) => vec![value.to_string()],
        SecurityAttributeValue::Integers(values) => values.iter().map(i32::to_string).collect(),
        SecurityAttributeValue::Text(text) => vec![text.clone()],
        SecurityAttributeValue::Texts(texts) => texts.clone(),
    }
}

#[cfg(test)]
mod tests {
    use SecurityAttributeValue::*;

    use super::*;

    fn projects() -> CustomSecurityAttributeDefinition {
        let allowed = |id: &str, active| AllowedValue { id: id.to_owned(), is_active: Some(active) };
        CustomSecurityAttributeDefinition {
            use_pre_defined_values_only: Some(true),
            allowed_values: vec![allowed("Alpine", true), allowed("Baker", false)],
            ..CustomSecurityAttributeDefinition::of("Engineering", "Project", &Texts(Vec::new()))
        }
    }

    fn texts(items: &[&str]) -> SecurityAttributeValue {
        Texts(items.iter().map(|item| (*item).to_owned()).collect())
    }

    #[test]
    fn only_values_that_are_active_may_be_added() {
        let definition = projects();
        assert_eq!(definition.allows(None, &texts(&["Alpine"])), Ok(()));
        for wrong in ["Baker", "alpine", "Cascade"] {
            let refused = definition.allows(None, &texts(&["Alpine", wrong])).unwrap_err();
            assert!(refused.starts_with(&format!("'{wrong}' is none")), "{refused}");
            // What was there before may stay.
            let had = texts(&[wrong]);
            assert_eq!(definition.allows(Some(&had), &texts(&["Alpine", wrong])), Ok(()));
        }
    }

    #[test]
    fn type_and_number_of_values_must_fit() {
        for (value, problem) in [
            (Integers(vec![1]), "the attribute is of type 'String'"),
            (Boolean(true), "the attribute is of type 'String'"),
            (Text("Alpine".to_owned()), "the attribute takes a collection of values"),
        ] {
            assert_eq!(projects().allows(None, &value).unwrap_err(), problem);
        }
        let single = CustomSecurityAttributeDefinition::of("Engineering", "Cost", &Integer(0));
        assert_eq!(single.allows(None, &Integer(7)), Ok(()));
        assert_eq!(
            single.allows(None, &Integers(vec![7])).unwrap_err(),
            "the attribute takes a single value"
        );
    }

    #[test]
    fn a_deprecated_attribute_only_loses_values() {
        let definition = CustomSecurityAttributeDefinition { status: DEPRECATED.to_owned(), ..projects() };
        let had = texts(&["Alpine", "Baker"]);
        assert_eq!(definition.allows(Some(&had), &texts(&["Baker"])), Ok(()));
        let refused = definition.allows(Some(&texts(&["Baker"])), &had).unwrap_err();
        assert!(refused.starts_with("the attribute is deprecated"), "{refused}");
    }
}
