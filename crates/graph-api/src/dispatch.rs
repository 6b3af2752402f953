//! The way of a request: path, route, token, throttle, permission, handler. HTTP requests and members of a `$batch` go
//! the same way.

use std::sync::Arc;

use axum::http::{HeaderMap, Method};
use bytes::Bytes;
use riskgate_http::RequestContext;

use crate::answer::Answer;
use crate::area::Area;
use crate::authenticate::authenticate;
use crate::call::Call;
use crate::caller::Caller;
use crate::error::GraphError;
use crate::path::{Segment, parse_path};
use crate::reads::Reader;
use crate::resources::Events;
use crate::route::{Access, Lookup, Route, look_up};
use crate::state::GraphApi;
use crate::throttle::Throttle;

/// The whole surface: state and routes.
pub(crate) struct Service {
    /// What handlers work with.
    pub(crate) api: GraphApi,
    /// The table.
    pub(crate) routes: Vec<Route>,
    /// Streams that tell of changes.
    pub(crate) events: Events,
    /// Buckets of the applications.
    pub(crate) throttle: Throttle,
}

/// A request below `/v1.0`.
pub(crate) struct GraphRequest {
    /// Method.
    pub(crate) method: Method,
    /// Path below the version, as sent.
    pub(crate) path: String,
    /// Query string without `?`, as sent.
    pub(crate) query: String,
    /// Headers.
    pub(crate) headers: HeaderMap,
    /// Body, decoded and bounded.
    pub(crate) body: Bytes,
    /// Identifiers and time.
    pub(crate) context: RequestContext,
    /// Who sends it, where that is known already.
    pub(crate) caller: Option<Arc<Caller>>,
}

impl Service {
    /// Does what the request asks for, if it may.
    pub(crate) async fn handle(self: &Arc<Self>, request: GraphRequest) -> Result<Answer, GraphError> {
        let mut path = parse_path(&request.path)?;
        let anonymous = match look_up(&self.routes, &request.method, &path) {
            Lookup::Found(route, keys) if matches!(route.access, Access::Anonymous) => Some((route, keys)),
            _ => None,
        };
        if let Some((route, keys)) = anonymous {
            return self.run(route, keys, None, request).await;
        }
        // Who has no token learns nothing about paths.
        let caller = match &request.caller {
            Some(known) => Arc::clone(known),
            None => Arc::new(authenticate(&self.api, &request).await?),
        };
        self.throttle.take(&caller.app_id, request.context.at).map_err(GraphError::throttled)?;
        resolve_me(&mut path, &caller)?;
        let (route, keys) = match look_up(&self.routes, &request.method, &path) {
            Lookup::Found(route, keys) => (route, keys),
            Lookup::WrongMethod(allowed) => return Err(GraphError::wrong_method(&allowed)),
            Lookup::Unknown(segment) => return Err(GraphError::unknown_segment(&segment)),
        };
        if let Access::Rule(rule) = route.access {
            let is_own = is_below_users(&path) && keys.first().is_some_and(|key| caller.is_user(key));
            rule.check(route.area, &caller, is_own)?;
        }
        let (method, address) = (request.method.clone(), request.context.address);
        let answer = self.run(route, keys, Some(Arc::clone(&caller)), request).await?;
        if let Some(reader) = Reader::of(&caller, &method, &path, address) {
            reader.count(&self.api.protection, &answer);
        }
        Ok(answer)
    }

    async fn run(
        self: &Arc<Self>,
        route: Route,
        keys: Vec<String>,
        caller: Option<Arc<Caller>>,
        request: GraphRequest,
    ) -> Result<Answer, GraphError> {
        let call = Call {
            service: Arc::clone(self),
            context: request.context,
            caller,
            area: route.area,
            keys,
            path: request.path,
            query: request.query,
            headers: request.headers,
            body: request.body,
        };
        let future = call.wants_unknown_members();
        let answer = route.run(call).await?;
        Ok(if future { answer.applying("include-unknown-enum-members") } else { answer })
    }
}

/// `/me` is `/users/{caller}`.
fn resolve_me(path: &mut Vec<Segment>, caller: &Caller) -> Result<(), GraphError> {
    match path.first() {
        Some(Segment::Plain(first)) if first.eq_ignore_ascii_case("me") => {}
        _ => return Ok(()),
    }
    let Some(id) = caller.user_id() else {
        return Err(Area::IdentityProtection
            .bad_request("/me request is only valid with delegated authentication flow."));
    };
    path.splice(..1, [Segment::Plain("users".to_owned()), Segment::Key(id.to_owned())]);
    Ok(())
}

fn is_below_users(path: &[Segment]) -> bool {
    matches!(path.first(), Some(Segment::Plain(first)) if first.eq_ignore_ascii_case("users"))
}
