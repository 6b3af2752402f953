//! Risk explained in full: annotations beside what Graph shows, for those who ask for them with
//! `Prefer: odata.include-annotations="riskgate.*"`.

use serde_json::Value as Json;

use crate::answer::{Answer, Content};
use crate::call::Call;

/// Adds the annotations that are kept with a document, as far as they are there and were asked for.
pub(super) fn annotated(call: &Call, document: &Json, mut answer: Answer, names: &[&str]) -> Answer {
    if let (true, Content::Json(Json::Object(body))) = (call.wants_annotations(), &mut answer.content) {
        let kept = names.iter().filter_map(|name| Some((*name, document.get(*name)?)));
        let said = kept.filter(|(_, value)| !value.is_null());
        body.extend(said.map(|(name, value)| (name.to_owned(), value.clone())));
    }
    answer
}
