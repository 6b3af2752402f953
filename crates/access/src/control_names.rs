use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Names of the controls of a policy, shared by all traces of it; in JSON an array. To have none costs nothing: a trace has
/// an entry for every policy, and most policies do not apply.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ControlNames(Option<Arc<[Arc<str>]>>);

impl<T: Into<Arc<str>>> FromIterator<T> for ControlNames {
    fn from_iter<I: IntoIterator<Item = T>>(names: I) -> Self {
        let names: Arc<[Arc<str>]> = names.into_iter().map(Into::into).collect();
        Self((!names.is_empty()).then_some(names))
    }
}

impl Deref for ControlNames {
    type Target = [Arc<str>];

    fn deref(&self) -> &Self::Target {
        self.0.as_deref().unwrap_or_default()
    }
}

impl Serialize for ControlNames {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for ControlNames {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<Arc<str>>::deserialize(deserializer)?.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_are_an_array_and_none_are_an_empty_one() {
        let names: ControlNames = ["mfa", "termsOfUse"].into_iter().collect();
        let none: ControlNames = std::iter::empty::<&str>().collect();
        assert_eq!(none, ControlNames::default());
        for (names, written) in [(names, json!(["mfa", "termsOfUse"])), (none, json!([]))] {
            assert_eq!(serde_json::to_value(&names).unwrap(), written);
            assert_eq!(serde_json::from_value::<ControlNames>(written).unwrap(), names);
        }
    }
}
