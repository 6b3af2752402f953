//! What an update leaves of an object (contract §3.5).

use serde_json::{Map, Value as Json};

/// Applies an update: absent properties stay, null clears, collections are replaced whole, the properties of a complex
/// value are merged one level deep.
pub(crate) fn merge(object: &mut Map<String, Json>, update: Map<String, Json>) {
    for (name, value) in update {
        match (object.get_mut(&name), value) {
            (Some(Json::Object(stored)), Json::Object(parts)) => stored.extend(parts),
            (_, value) => {
                object.insert(name, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn one_level_is_merged_and_the_next_replaced() {
        let mut stored = json!({ "a": 1, "b": { "c": [1, 2], "d": { "e": 1, "f": 2 }, "g": null }, "h": { "i": 1 }, "j": null });
        let update = json!({ "b": { "c": [3], "d": { "e": 9 } }, "h": null, "j": { "k": 1 } });
        let (Json::Object(object), Json::Object(update)) = (&mut stored, update) else { unreachable!() };
        merge(object, update);
        assert_eq!(
            stored,
            json!({ "a": 1, "b": { "c": [3], "d": { "e": 9 }, "g": null }, "h": null, "j": { "k": 1 } })
        );
    }
}
