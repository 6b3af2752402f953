use crate::call::Call;
use riskgate_odata::Selection;

/// `@odata.context`: the set, what was selected of it, and whether it is one object (OData JSON 4.01 §10).
pub(crate) fn context_url(call: &Call, set: &str, selection: Option<&Selection>, is_entity: bool) -> String {
    let selected = match selection {
        Some(selection) if !selection.all => format!("({})", selection.names.join(",")),
        _ => String::new(),
    };
    let entity = if is_entity { "/$entity" } else { "" };
    format!("{}/$metadata#{set}{selected}{entity}", call.service.api.root())
}
