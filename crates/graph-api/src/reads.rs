//! What people read of the directory is counted: whoever looks for what there is to steal reads all of it.

use std::net::IpAddr;

use axum::http::Method;
use riskgate_protection::Protection;
use serde_json::Value as Json;

use crate::answer::{Answer, Content};
use crate::caller::Caller;
use crate::path::Segment;

/// Sets of the directory. Logs and risk are read by whoever works with them, again and again.
const DIRECTORY: [&str; 5] = ["users", "groups", "applications", "servicePrincipals", "devices"];

/// A request that may read the directory for a person.
pub(crate) struct Reader<'a> {
    user_id: &'a str,
    address: IpAddr,
}

impl<'a> Reader<'a> {
    /// `None` for applications, for what does not read, and for what is not of the directory or is the person's own.
    pub(crate) fn of(caller: &'a Caller, method: &Method, path: &[Segment], address: IpAddr) -> Option<Self> {
        let user_id = caller.user_id()?;
        let Some(Segment::Plain(set)) = path.first() else { return None };
        let is_directory = DIRECTORY.iter().any(|known| known.eq_ignore_ascii_case(set));
        let is_own = matches!(path.get(1), Some(Segment::Key(key)) if caller.is_user(key));
        (method == Method::GET && is_directory && !is_own).then_some(Self { user_id, address })
    }

    /// Counts the objects of an answer.
    pub(crate) fn count(&self, protection: &Protection, answer: &Answer) {
        let Content::Json(body) = &answer.content else { return };
        let objects = match body.get("value") {
            Some(Json::Array(objects)) => objects.as_slice(),
            _ => std::slice::from_ref(body),
        };
        let ids = objects.iter().filter_map(|object| object.get("id").and_then(Json::as_str));
        protection.count_reads(self.user_id, self.address, ids);
    }
}
