use axum::http::header;
use riskgate_directory::preferred_file;
use riskgate_model::AgreementFileLocalization;

use super::{FILE, FILES};
use crate::call::Call;
use crate::error::GraphError;
use crate::query;
use crate::route::Outcome;

/// The files in all languages, without their content.
pub(super) async fn list(call: Call) -> Outcome {
    let files: Vec<_> = all(&call).await?.into_iter().map(without_content).collect();
    query::list_of(&call, &FILES, &files)
}

/// One file, with its content.
pub(super) async fn get(call: Call) -> Outcome {
    let files = all(&call).await?;
    let file = files.iter().find(|file| file.id.eq_ignore_ascii_case(call.key(1)));
    query::entity(&call, &FILES, file.ok_or_else(|| call.not_found("AgreementFileLocalization", 1))?)
}

/// The file in the language of `Accept-Language`, or the default one; without its content.
pub(super) async fn preferred(call: Call) -> Outcome {
    let files = all(&call).await?;
    let languages = call.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let file =
        preferred_file(&files, languages).cloned().ok_or_else(|| call.not_found("AgreementFile", 0))?;
    query::entity(&call, &FILE, &without_content(file))
}

async fn all(call: &Call) -> Result<Vec<AgreementFileLocalization>, GraphError> {
    let directory = &call.service.api.directory;
    let agreement = directory.agreement(call.key(0)).await?;
    Ok(directory.agreement_files(&agreement.id).await?)
}

fn without_content(file: AgreementFileLocalization) -> AgreementFileLocalization {
    AgreementFileLocalization { file_data: None, ..file }
}
