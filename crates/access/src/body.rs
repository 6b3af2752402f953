use riskgate_model::schema::{Edm, StructuredType};
use riskgate_model::{ConditionalAccessPolicy, GraphType};
use serde_json::Value;

use crate::error::{PolicyError, shortened};

/// Checks the JSON of a policy (a create body, or a stored policy merged with an update) for what its Rust type would
/// drop without a word: properties that are not declared (1007), and a `grantControls/authenticationStrength` without `id`.
///
/// Annotations (names with `@`) are allowed everywhere. Objects of abstract types may carry the properties of a derived
/// type, so they are left to [`crate::validate`]. What is left can be read with serde; use [`PolicyError::Schema`] when
/// that fails.
///
/// # Errors
/// [`PolicyError::Schema`].
pub fn check_body(body: &Value) -> Result<(), PolicyError> {
    if !body.is_object() {
        return Err(PolicyError::Schema("The body must be a JSON object.".to_owned()));
    }
    match body.pointer("/grantControls/authenticationStrength") {
        None | Some(Value::Null) => {}
        Some(strength) if strength.get("id").is_some_and(Value::is_string) => {}
        Some(_) => {
            let text =
                "'authenticationStrength' must be an object with the 'id' of an authentication strength.";
            return Err(PolicyError::Schema(text.to_owned()));
        }
    }
    check_object(body, ConditionalAccessPolicy::TYPE)
}

// The recursion is as deep as the schema, which has no cycles, however deep the body is.
fn check_object(value: &Value, declared: &'static StructuredType) -> Result<(), PolicyError> {
    let Some(object) = value.as_object() else { return Ok(()) };
    for (name, value) in object {
        let is_strength =
            declared.name == "conditionalAccessGrantControls" && name == "authenticationStrength";
        if name.contains('@') || is_strength {
            continue;
        }
        let Some(property) = declared.property(name) else {
            let (type_name, name) = (declared.name, shortened(name));
            return Err(PolicyError::Schema(format!(
                "The property '{name}' does not exist on type '{type_name}'."
            )));
        };
        if let Edm::Complex(inner) = property.edm
            && !inner.is_abstract
        {
            check_object(value, inner)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn message(body: Value) -> String {
        check_body(&body).unwrap_err().to_string()
    }

    #[test]
    fn declared_properties_and_annotations_pass() {
        let body = json!({
            "@odata.type": "#microsoft.graph.conditionalAccessPolicy", "displayName": "a", "state": "enabled",
            "conditions": {"users": {"includeUsers": ["All"], "includeUsers@odata.type": "#Collection(String)"},
                "sessionControls@odata.context": "x"},
            "grantControls": {"operator": "OR", "builtInControls": ["mfa"], "authenticationStrength": null,
                "authenticationStrength@odata.context": "https://localhost/v1.0/$metadata"},
        });
        assert_eq!(check_body(&body), Ok(()));
    }

    #[test]
    fn undeclared_properties_are_1007_at_every_depth() {
        for body in [
            json!({"noSuchProperty": 1}),
            json!({"conditions": {"times": {}}}),
            json!({"conditions": {"users": {"includeEveryone": true}}}),
            json!({"sessionControls": {"signInFrequency": {"often": true}}}),
        ] {
            assert!(message(body).starts_with("1007: Incoming ConditionalAccessPolicy object"), "undeclared");
        }
        assert!(message(json!([])).starts_with("1007"));
        assert!(message(json!({"a".repeat(9_000): 1})).len() < 400);
    }

    #[test]
    fn an_authentication_strength_must_have_an_identifier() {
        let body = |strength: Value| json!({"grantControls": {"authenticationStrength": strength}});
        let id = "00000000-0000-0000-0000-000000000002";
        assert_eq!(check_body(&body(json!({"id": id, "displayName": "Multifactor authentication"}))), Ok(()));
        for wrong in [json!({}), json!({"id": 2}), json!("x"), json!([])] {
            assert!(message(body(wrong)).contains("'authenticationStrength' must be an object"));
        }
    }

    #[test]
    fn objects_of_abstract_types_are_left_to_the_validation_of_the_policy() {
        let body = json!({"conditions": {"users": {"includeGuestsOrExternalUsers": {"externalTenants":
            {"@odata.type": "#microsoft.graph.conditionalAccessEnumeratedExternalTenants", "members": ["a"]}}}}});
        assert_eq!(check_body(&body), Ok(()));
    }
}
