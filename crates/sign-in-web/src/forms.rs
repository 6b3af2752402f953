use axum::response::Response;
use http::HeaderMap;
use riskgate_authentication::Forms;

use crate::SignInWeb;
use crate::cookies::{browser_id, set_browser_id};
use crate::error::PageError;

/// The browser a page is shown to: what its forms are tied to.
pub(crate) struct Browser {
    id: String,
    is_new: bool,
}

impl SignInWeb {
    /// The browser by its cookie; a new identifier if it has none yet.
    pub(crate) fn browser(&self, headers: &HeaderMap) -> Browser {
        match browser_id(headers) {
            Some(id) => Browser { id: id.to_owned(), is_new: false },
            None => Browser { id: self.rng.token(), is_new: true },
        }
    }

    /// Refuses a form that does not come from the page shown to this browser.
    pub(crate) fn check_form(&self, headers: &HeaderMap, form: &str, token: &str) -> Result<(), PageError> {
        if self.forms.is_genuine(browser_id(headers), form, token) { Ok(()) } else { Err(PageError::Forged) }
    }
}

impl Browser {
    /// What it is known by.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// The anti-forgery token of a form.
    pub(crate) fn token(&self, forms: &Forms, form: &str) -> String {
        forms.token(&self.id, form)
    }

    /// Makes sure the browser keeps its identifier.
    pub(crate) fn keep(&self, mut response: Response) -> Response {
        if self.is_new {
            set_browser_id(&mut response, &self.id);
        }
        response
    }
}
