use riskgate_model::AgreementFileLocalization;
use serde::{Deserialize, Serialize};

use crate::{Record, Table, tables};

/// A file of terms of use in one language, apart from the agreement so that nobody who lists agreements loads PDFs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AgreementFileRecord {
    /// The agreement.
    pub agreement_id: String,
    /// The Graph resource, content included.
    #[serde(flatten)]
    pub file: AgreementFileLocalization,
}

impl Record for AgreementFileRecord {
    const TABLE: &'static Table = &tables::AGREEMENT_FILES;
    fn id(&self) -> &str {
        &self.file.id
    }
}
