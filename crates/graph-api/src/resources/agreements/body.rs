use riskgate_directory::NewAgreement;
use riskgate_model::schema::StructuredType;
use riskgate_model::{Agreement, AgreementFileLocalization, GraphType};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};

use crate::body::conform;
use crate::call::Call;
use crate::error::GraphError;

/// What can be changed of an agreement.
const CHANGEABLE: [&str; 2] = ["displayName", "isViewingBeforeAcceptanceRequired"];

/// The agreement a client sent, with its files in either place the schema has for them.
///
/// # Errors
/// 400 with the place of what does not fit.
pub(super) fn new_agreement(call: &Call) -> Result<NewAgreement, GraphError> {
    let mut properties = call.json()?;
    let mut files = Vec::new();
    if let Some(Json::Object(mut file)) = properties.remove("file") {
        files.extend(items(call, "file/localizations", file.remove("localizations"))?);
    }
    files.extend(items(call, "files", properties.remove("files"))?);
    let files = files.into_iter().map(|file| typed(call, file, AgreementFileLocalization::TYPE));
    let files = files.collect::<Result<Vec<_>, _>>()?;
    Ok(NewAgreement { agreement: typed(call, properties, Agreement::TYPE)?, files })
}

/// A change of an agreement.
///
/// # Errors
/// 400 for what does not fit or cannot be changed.
pub(super) fn change(call: &Call) -> Result<Agreement, GraphError> {
    let properties = call.json()?;
    let is_fixed = |name: &&String| !name.starts_with("@odata.") && !CHANGEABLE.contains(&name.as_str());
    if let Some(name) = properties.keys().find(is_fixed) {
        let name: String = name.chars().take(64).collect();
        return Err(call.area.bad_request(format!("'{name}' of an agreement cannot be changed.")));
    }
    typed(call, properties, Agreement::TYPE)
}

fn items(call: &Call, name: &str, value: Option<Json>) -> Result<Vec<Map<String, Json>>, GraphError> {
    let wrong = || call.area.bad_request(format!("'{name}' must be a collection of objects."));
    match value {
        None | Some(Json::Null) => Ok(Vec::new()),
        Some(Json::Array(items)) => items
            .into_iter()
            .map(|item| match item {
                Json::Object(item) => Ok(item),
                _ => Err(wrong()),
            })
            .collect(),
        Some(_) => Err(wrong()),
    }
}

/// The object as its type; what the server alone writes is left out.
fn typed<T: DeserializeOwned>(
    call: &Call,
    properties: Map<String, Json>,
    declared: &'static StructuredType,
) -> Result<T, GraphError> {
    let wrong = |problem: String| call.area.bad_request(problem);
    let mut properties = conform(properties, declared).map_err(|found| wrong(found.to_string()))?;
    properties.insert("id".to_owned(), Json::from(""));
    serde_json::from_value(Json::Object(properties)).map_err(|error| {
        let problem: String = error.to_string().chars().take(200).collect();
        wrong(format!("The agreement is not valid: {}.", problem.replace('`', "'")))
    })
}
