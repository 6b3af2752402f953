use riskgate_core::{Timestamp, is_guid};
use riskgate_http::RequestContext;

/// What names a request in its answer and in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trace {
    /// Given by us.
    pub(crate) request_id: String,
    /// Chosen by the client.
    pub(crate) correlation_id: String,
    /// When it arrived.
    pub(crate) at: Timestamp,
}

impl Trace {
    /// The names of a request. A `client-request-id` among the parameters goes before the header of that name, if it is
    /// a GUID: MSAL for JavaScript sends it there, to do without a CORS preflight.
    pub(crate) fn new(context: &RequestContext, parameter: Option<&str>) -> Self {
        let correlation_id = parameter.filter(|id| is_guid(id)).unwrap_or(&context.correlation_id);
        Self {
            request_id: context.request_id.clone(),
            correlation_id: correlation_id.to_owned(),
            at: context.at,
        }
    }

    /// The moment as Entra writes it into errors: `2026-11-23 10:00:00Z`.
    pub(crate) fn moment(&self) -> String {
        format!("{}Z", self.at.without_zone().replace('T', " "))
    }
}
