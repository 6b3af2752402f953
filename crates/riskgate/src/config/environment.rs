use toml::{Table, Value};

/// What every variable begins with.
const PREFIX: &str = "RISKGATE_";

/// An override: the variable, the keys from the outermost section inwards, the value.
pub(super) struct Override {
    pub(super) variable: String,
    pub(super) keys: Vec<String>,
    pub(super) value: Value,
}

/// The overrides among `variables`: names with a `__` in them. Others that begin alike (`RISKGATE_CONFIG`) are not ours.
pub(super) fn overrides(variables: impl Iterator<Item = (String, String)>) -> Vec<Override> {
    let mut found: Vec<_> = variables
        .filter_map(|(variable, text)| {
            let rest = variable.strip_prefix(PREFIX)?;
            let keys: Vec<_> = rest.split("__").map(str::to_lowercase).collect();
            (keys.len() > 1).then(|| Override { keys, value: value(&text), variable })
        })
        .collect();
    found.sort_by(|a, b| a.variable.cmp(&b.variable));
    found
}

/// A TOML value if the text is one (`true`, `5`, `["127.0.0.1/32"]`), otherwise the text itself.
fn value(text: &str) -> Value {
    let document = format!("value = {text}");
    let parsed = document.parse::<Table>().ok().and_then(|mut table| table.remove("value"));
    parsed.filter(|_| !text.contains('\n')).unwrap_or_else(|| Value::String(text.to_owned()))
}

/// Puts the value into its place, making the sections on the way.
pub(super) fn apply(table: &mut Table, keys: &[String], value: Value) {
    match keys {
        [] => {}
        [last] => {
            table.insert(last.clone(), value);
        }
        [section, rest @ ..] => {
            let entry = table.entry(section.clone()).or_insert_with(|| Value::Table(Table::new()));
            if let Value::Table(inner) = entry {
                apply(inner, rest, value);
            }
        }
    }
}
