//! The envelope of a list.

use riskgate_odata::{QueryOptions, SkipToken};
use serde_json::{Map, Value as Json};

use super::{Set, context_url};
use crate::answer::Answer;
use crate::call::Call;
use crate::render::View;

/// A page of documents.
pub(crate) struct Page {
    /// The documents.
    pub(crate) documents: Vec<Json>,
    /// How many there are in all, if asked for.
    pub(crate) count: Option<u64>,
    /// Where the next page begins.
    pub(crate) next: Option<SkipToken>,
}

/// The answer that shows a page.
pub(crate) fn answer(call: &Call, set: &'static Set, options: &QueryOptions, page: Page) -> Answer {
    let view =
        View { selection: options.select.as_ref(), future: call.wants_unknown_members(), typed: set.typed };
    let mut body = Map::new();
    let context = context_url(call, set.context, options.select.as_ref(), false);
    body.insert("@odata.context".to_owned(), Json::from(context));
    if let Some(count) = page.count {
        body.insert("@odata.count".to_owned(), Json::from(count));
    }
    if let Some(next) = page.next {
        body.insert("@odata.nextLink".to_owned(), Json::from(next_link(call, &next)));
    }
    let shown = page.documents.iter().map(|document| Json::Object(view.entity(document, set.declared)));
    body.insert("value".to_owned(), shown.collect());
    Answer::json(Json::Object(body))
}

/// The request again, with the place where it goes on. The options are handed back as they were written.
fn next_link(call: &Call, next: &SkipToken) -> String {
    let is_token = |pair: &&str| {
        let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
        let name = name.strip_prefix("%24").or(name.strip_prefix('$')).unwrap_or(&name);
        name == "skiptoken"
    };
    let mut options: Vec<&str> =
        call.query.split('&').filter(|pair| !pair.is_empty() && !is_token(pair)).collect();
    let token = format!("$skiptoken={}", next.encode());
    options.push(&token);
    format!("{}/{}?{}", call.service.api.root(), call.path.trim_start_matches('/'), options.join("&"))
}
