use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use http::Uri;

use crate::parameters::Parameters;

/// The tenant a path names. One that is no text names none.
pub(crate) fn tenant_of(path: Result<Path<String>, PathRejection>) -> String {
    path.map(|Path(name)| name).unwrap_or_default()
}

/// A parameter of the query, if the query can be read.
pub(crate) fn query_parameter(uri: &Uri, name: &str) -> Option<String> {
    let query = Parameters::parse(uri.query()?.as_bytes()).ok()?;
    query.get(name).map(str::to_owned)
}
