use std::time::Duration;

use axum::response::Response;
use http::{HeaderMap, StatusCode, header};
use riskgate_directory::{DirectoryError, preferred_file};
use riskgate_model::{Agreement, AgreementFileLocalization};
use serde::{Deserialize, Serialize};

use crate::SignInWeb;
use crate::attempt::Target;
use crate::error::PageError;
use crate::pages::{TermsPage, render};

/// Purpose of the sealed document a page shows.
const PURPOSE: &str = "terms-of-use";
/// How long the page is good, as long as the sign-in waits.
const LIFETIME: Duration = Duration::from_secs(10 * 60);

/// The document a page shows to one waiting sign-in; it travels sealed.
#[derive(Serialize, Deserialize)]
pub(crate) struct Shown {
    /// Token of the waiting sign-in.
    pub(crate) flow: String,
    /// Anti-forgery token of the browser the page was shown to.
    pub(crate) anti_forgery: String,
    /// The agreement.
    pub(crate) agreement_id: String,
    /// The file, in the reader's language.
    pub(crate) file_id: String,
}

impl Shown {
    /// Opens one.
    pub(crate) fn open(web: &SignInWeb, sealed: &str) -> Result<Self, PageError> {
        web.forms.sealed().open(PURPOSE, sealed).map_err(|_| PageError::Expired)
    }
}

/// Terms of use with the file for a reader.
pub(crate) struct Terms {
    pub(crate) agreement: Agreement,
    pub(crate) file: AgreementFileLocalization,
}

impl Terms {
    /// The ones of this identifier in the language of the browser; `None` if there are none.
    pub(crate) async fn load(
        web: &SignInWeb,
        headers: &HeaderMap,
        agreement_id: &str,
    ) -> Result<Option<Self>, PageError> {
        let agreement = match web.directory.agreement(agreement_id).await {
            Ok(agreement) => agreement,
            Err(DirectoryError::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(PageError::internal(error)),
        };
        let files = web.directory.agreement_files(&agreement.id).await.map_err(PageError::internal)?;
        let languages = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        Ok(preferred_file(&files, languages).cloned().map(|file| Self { agreement, file }))
    }

    /// The name people read: that of the file, never the one administrators gave the agreement.
    fn name(&self) -> &str {
        let names = [&self.file.display_name, &self.file.file_name];
        names
            .into_iter()
            .flatten()
            .find(|name| !name.trim().is_empty())
            .map_or("Terms of use", String::as_str)
    }
}

/// The page that shows terms of use and asks for an answer.
pub(crate) fn terms_page(
    web: &SignInWeb,
    headers: &HeaderMap,
    target: &Target,
    username: &str,
    flow: &str,
    terms: &Terms,
    problem: Option<&str>,
) -> Result<Response, PageError> {
    let browser = web.browser(headers);
    let anti_forgery = browser.token(&web.forms, "terms");
    let shown = Shown {
        flow: flow.to_owned(),
        anti_forgery: anti_forgery.clone(),
        agreement_id: terms.agreement.id.clone(),
        file_id: terms.file.id.clone(),
    };
    let shown = web.forms.sealed().seal(PURPOSE, &shown, LIFETIME).map_err(PageError::internal)?;
    let page = TermsPage {
        organization: &web.organization,
        application: &target.application_name,
        username,
        name: terms.name(),
        must_be_opened: terms.agreement.is_viewing_before_acceptance_required == Some(true),
        flow,
        shown: &shown,
        anti_forgery: &anti_forgery,
        problem,
    };
    Ok(browser.keep(render(StatusCode::OK, &page, &target.origins())))
}
