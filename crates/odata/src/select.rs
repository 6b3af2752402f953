//! `$select`: which properties an answer shows.

use riskgate_model::schema::{StructuredType, TypeKind};
use serde_json::{Map, Value as Json};

/// The properties a client wants.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// Every property (`*`).
    pub all: bool,
    /// Declared names, in the order they were asked for, each once; what `@odata.context` lists.
    pub names: Vec<&'static str>,
}

impl Selection {
    /// Whether a property is wanted.
    pub fn contains(&self, name: &str) -> bool {
        self.all || self.names.contains(&name)
    }
}

/// Removes what was not asked for. The key and annotations (`@odata.type`, those of a kept property) always stay;
/// without a selection all stays but what only `$select` shows. Related objects (`$expand`) are added afterwards.
pub fn apply_select(
    document: &mut Map<String, Json>,
    resource: &'static StructuredType,
    selection: Option<&Selection>,
) {
    let key = resource.chain().find_map(|t| match t.kind {
        TypeKind::EntityWithKey(key) => Some(key),
        _ => None,
    });
    let is_kept = |name: &str| match selection {
        Some(selection) => key == Some(name) || selection.contains(name),
        None => resource.property(name).is_none_or(|property| !property.select_only),
    };
    document.retain(|name, _| {
        let subject = name.split_once('@').map_or(name.as_str(), |(subject, _)| subject);
        subject.is_empty() || is_kept(subject)
    });
}

#[cfg(test)]
mod tests {
    use riskgate_model::{GraphType, SignInLocation, User};
    use serde_json::json;

    use super::*;

    fn shown(resource: &'static StructuredType, selection: Option<Selection>) -> Vec<String> {
        let Json::Object(mut document) = json!({
            "@odata.type": "#microsoft.graph.user", "id": "1", "displayName": "Ada",
            "otherMails@odata.type": "#Collection(String)", "otherMails": [], "accountEnabled": true,
        }) else {
            unreachable!()
        };
        apply_select(&mut document, resource, selection.as_ref());
        document.keys().cloned().collect()
    }

    #[test]
    fn without_selection_properties_shown_on_request_only_are_left_out() {
        assert_eq!(shown(User::TYPE, None), ["@odata.type", "id", "displayName"]);
    }

    #[test]
    fn a_selection_keeps_key_and_annotations() {
        let selection = Selection { all: false, names: vec!["otherMails"] };
        assert_eq!(
            shown(User::TYPE, Some(selection)),
            ["@odata.type", "id", "otherMails@odata.type", "otherMails"]
        );
        assert_eq!(shown(User::TYPE, Some(Selection::default())), ["@odata.type", "id"]);
    }

    #[test]
    fn a_complex_type_has_no_key_to_keep() {
        assert_eq!(shown(SignInLocation::TYPE, Some(Selection::default())), ["@odata.type"]);
    }

    #[test]
    fn a_star_keeps_everything() {
        assert_eq!(shown(User::TYPE, Some(Selection { all: true, names: vec![] })).len(), 6);
    }
}
