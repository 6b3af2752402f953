use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use riskgate_model::{Agreement, AgreementFileLocalization, whole_days};
use riskgate_odata::Filter;
use riskgate_store::records::AgreementFileRecord;
use riskgate_store::tables;

use super::{MOST, RESOURCE};
use crate::{Actor, AuditEntry, Directory, DirectoryError, other_target};

/// Most languages of an agreement.
const MOST_FILES: usize = 40;
/// Longest name of an agreement or file, in characters.
const LONGEST_NAME: usize = 256;
/// Longest language tag, in characters.
const LONGEST_TAG: usize = 35;

/// Terms of use to be added.
#[derive(Debug, Clone, PartialEq)]
pub struct NewAgreement {
    /// The agreement; its identifier is chosen here.
    pub agreement: Agreement,
    /// Its files, one for each language, with the PDF in `fileData`.
    pub files: Vec<AgreementFileLocalization>,
}

impl Directory {
    /// Adds terms of use. The first file is the default if none says that it is.
    ///
    /// # Errors
    /// [`DirectoryError::Required`], [`DirectoryError::InvalidValue`], [`DirectoryError::NotSupported`] for acceptance on
    /// each device, [`DirectoryError::Store`].
    pub async fn create_agreement(
        &self,
        actor: &Actor,
        new: NewAgreement,
    ) -> Result<Agreement, DirectoryError> {
        let NewAgreement { mut agreement, mut files } = new;
        check(&agreement)?;
        check_files(&files)?;
        let count = self.store.count(self.tenant, &tables::AGREEMENTS, &Filter::Constant(true)).await?;
        if count >= MOST {
            return Err(invalid("id", &format!("A tenant can have at most {MOST} agreements.")));
        }
        agreement.id = self.rng.guid();
        agreement.is_per_device_acceptance_required = Some(false);
        agreement.is_viewing_before_acceptance_required.get_or_insert(false);
        let has_default = files.iter().any(|file| file.is_default == Some(true));
        let now = self.now();
        let mut batch = self.batch();
        batch.insert(&agreement)?;
        for (number, file) in files.iter_mut().enumerate() {
            file.id = self.rng.guid();
            file.created_date_time = Some(now);
            file.is_default = Some(file.is_default == Some(true) || (number == 0 && !has_default));
            file.is_major_version = Some(false);
            batch.insert(&AgreementFileRecord { agreement_id: agreement.id.clone(), file: file.clone() })?;
        }
        let target = other_target(RESOURCE, &agreement.id, agreement.display_name.as_deref());
        let entry = AuditEntry::new("Create Terms Of Use", "Policy", "Add").target(target);
        self.audit(&mut batch, actor, entry)?;
        self.store.commit(batch).await?;
        Ok(agreement)
    }
}

/// Checks what an agreement says of itself.
pub(super) fn check(agreement: &Agreement) -> Result<(), DirectoryError> {
    let name = agreement.display_name.as_deref().unwrap_or_default();
    if name.trim().is_empty() {
        return Err(required("displayName"));
    }
    check_name("displayName", name)?;
    if agreement.is_per_device_acceptance_required == Some(true) {
        let what = "'isPerDeviceAcceptanceRequired'".to_owned();
        return Err(DirectoryError::NotSupported { what });
    }
    let is_duration = |text: &Option<String>| text.as_deref().is_none_or(|text| whole_days(text).is_some());
    let days = "It must be a number of days, P1D to P3650D.";
    if !is_duration(&agreement.user_reaccept_required_frequency) {
        return Err(invalid("userReacceptRequiredFrequency", days));
    }
    let Some(terms) = &agreement.terms_expiration else { return Ok(()) };
    if terms.start_date_time.is_none() {
        return Err(required("termsExpiration/startDateTime"));
    }
    if !is_duration(&terms.frequency) {
        return Err(invalid("termsExpiration/frequency", days));
    }
    Ok(())
}

fn check_files(files: &[AgreementFileLocalization]) -> Result<(), DirectoryError> {
    if files.is_empty() {
        return Err(required("file/localizations"));
    }
    if files.len() > MOST_FILES {
        return Err(invalid("file/localizations", &format!("There can be at most {MOST_FILES} files.")));
    }
    if files.iter().filter(|file| file.is_default == Some(true)).count() > 1 {
        return Err(invalid("file/localizations/isDefault", "Only one file can be the default."));
    }
    for (number, file) in files.iter().enumerate() {
        check_file(file)?;
        let is_same = |other: &AgreementFileLocalization| match (&other.language, &file.language) {
            (Some(other), Some(own)) => other.eq_ignore_ascii_case(own),
            _ => false,
        };
        if files.iter().take(number).any(is_same) {
            return Err(invalid("file/localizations/language", "There can be one file for each language."));
        }
    }
    Ok(())
}

fn check_file(file: &AgreementFileLocalization) -> Result<(), DirectoryError> {
    let text = |value: &Option<String>| value.as_deref().unwrap_or_default().trim().to_owned();
    let (name, language) = (text(&file.file_name), text(&file.language));
    if name.is_empty() {
        return Err(required("file/localizations/fileName"));
    }
    check_name("file/localizations/fileName", &name)?;
    check_name("file/localizations/displayName", file.display_name.as_deref().unwrap_or_default())?;
    let is_part =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    if language.len() > LONGEST_TAG || !language.split('-').all(is_part) {
        return Err(invalid("file/localizations/language", "It must be a language tag such as en or fr-FR."));
    }
    let data = file.file_data.as_ref().and_then(|data| data.data.as_deref()).unwrap_or_default();
    let bytes = STANDARD.decode(data).unwrap_or_default();
    if !bytes.starts_with(b"%PDF-") {
        return Err(invalid("file/localizations/fileData", "It must be a PDF document in base64."));
    }
    Ok(())
}

fn check_name(property: &str, name: &str) -> Result<(), DirectoryError> {
    if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        let reason =
            format!("It can have at most {LONGEST_NAME} characters, none of them control characters.");
        return Err(invalid(property, &reason));
    }
    Ok(())
}

fn required(property: &str) -> DirectoryError {
    DirectoryError::Required { resource: RESOURCE, property: property.to_owned() }
}

fn invalid(property: &str, reason: &str) -> DirectoryError {
    let (property, reason) = (property.to_owned(), reason.to_owned());
    DirectoryError::InvalidValue { resource: RESOURCE, property, reason }
}
