//! What a handler is called with.

use std::sync::Arc;

use axum::http::HeaderMap;
use bytes::Bytes;
use riskgate_directory::Actor;
use riskgate_http::RequestContext;
use riskgate_store::{Batch, Store};

use crate::area::Area;
use crate::caller::Caller;
use crate::dispatch::Service;
use crate::error::GraphError;

/// The preference of a client that knows a change of policies may keep every administrator out.
pub(crate) const ALLOW_LOCKOUT: &str = "riskgate.allow-lockout";

/// A request that was matched, authenticated and authorized.
#[derive(Clone)]
pub(crate) struct Call {
    /// Everything handlers work with.
    pub(crate) service: Arc<Service>,
    /// Identifiers and time of the request.
    pub(crate) context: RequestContext,
    /// Who asks; `None` on anonymous routes only.
    pub(crate) caller: Option<Arc<Caller>>,
    /// Whose error codes apply.
    pub(crate) area: Area,
    /// Keys of the path, in order.
    pub(crate) keys: Vec<String>,
    /// Path below the version as it was sent, for links.
    pub(crate) path: String,
    /// Query string as it was sent, without `?`.
    pub(crate) query: String,
    /// Headers.
    pub(crate) headers: HeaderMap,
    /// Body, decoded and bounded.
    pub(crate) body: Bytes,
}

impl Call {
    /// The `n`th key of the path. The route table guarantees as many as its pattern has; a missing one is empty and
    /// names nothing.
    pub(crate) fn key(&self, n: usize) -> &str {
        self.keys.get(n).map_or("", String::as_str)
    }

    /// The store.
    pub(crate) fn store(&self) -> &dyn Store {
        &*self.service.api.store
    }

    /// An empty batch of this tenant.
    pub(crate) fn batch(&self) -> Batch {
        Batch::new(self.service.api.tenant)
    }

    /// Who asks.
    ///
    /// # Errors
    /// 401 on an anonymous route, which is no place to ask.
    pub(crate) fn caller(&self) -> Result<&Caller, GraphError> {
        self.caller.as_deref().ok_or_else(|| GraphError::unauthorized("Access token is empty."))
    }

    /// Who asks, for the audit log.
    pub(crate) fn actor(&self) -> Result<Actor, GraphError> {
        Ok(self.caller()?.actor(&self.context))
    }

    /// Whether the client wants enumeration members that came after `unknownFutureValue`.
    pub(crate) fn wants_unknown_members(&self) -> bool {
        self.prefers("include-unknown-enum-members")
    }

    /// Whether the client wants what we say beyond Graph, in annotations (OData Protocol §8.2.8.4).
    pub(crate) fn wants_annotations(&self) -> bool {
        let values = self.headers.get_all("prefer").iter().filter_map(|value| value.to_str().ok());
        let asked =
            values.filter_map(|value| value.split_once("include-annotations=")).map(|(_, asked)| asked);
        asked
            .flat_map(|asked| asked.trim_start_matches('"').split('"').next().unwrap_or_default().split(','))
            .any(|pattern| ["*", "riskgate.*"].contains(&pattern.trim()))
    }

    /// Whether the client means to keep every administrator out, should that be what a change of policies does.
    pub(crate) fn allows_lockout(&self) -> bool {
        self.prefers(ALLOW_LOCKOUT)
    }

    fn prefers(&self, wanted: &str) -> bool {
        let values = self.headers.get_all("prefer").iter().filter_map(|value| value.to_str().ok());
        values
            .flat_map(|value| value.split([',', ';']))
            .any(|value| value.trim().eq_ignore_ascii_case(wanted))
    }

    /// 404 for the `n`th key of the path.
    pub(crate) fn not_found(&self, kind: &str, n: usize) -> GraphError {
        self.area.not_found(kind, self.key(n))
    }
}
