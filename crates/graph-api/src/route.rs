//! The route table: which method of which path asks for which permissions and is done by which function.
//!
//! A pattern is written like a path: literal segments match in any case, bound actions also with `microsoft.graph.` in
//! front; `{id}` matches a key in either form, `{appId=}` an alternate key of that name; `usage()` a function, with or
//! without its parentheses.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use axum::http::Method;
use riskgate_directory::Capability;

use crate::answer::Answer;
use crate::area::Area;
use crate::call::Call;
use crate::error::GraphError;
use crate::path::Segment;
use crate::permissions::Rule;

/// What a handler yields.
pub(crate) type Outcome = Result<Answer, GraphError>;
type Handler = Arc<dyn Fn(Call) -> Pin<Box<dyn Future<Output = Outcome> + Send>> + Send + Sync>;

/// Who may use a route.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Access {
    /// Everybody, without a token.
    Anonymous,
    /// Everybody with a good token.
    Authenticated,
    /// Who has the permissions and, as a person, the directory role.
    Rule(&'static Rule),
}

/// What a route asks for.
#[derive(Debug, Clone)]
pub struct RouteInfo {
    /// Method.
    pub method: Method,
    /// Pattern below `/v1.0`, with `{}` around keys.
    pub pattern: &'static str,
    /// Whether it needs no token.
    pub is_anonymous: bool,
    /// Delegated permissions: alternatives, each a list of permissions that are all needed.
    pub delegated: &'static [&'static [&'static str]],
    /// Application permissions, in the same form.
    pub application: &'static [&'static [&'static str]],
    /// Delegated permissions that suffice for the caller's own user object, without a role.
    pub own: &'static [&'static [&'static str]],
    /// What a person's directory roles must allow; `None` if any good token will do.
    pub capability: Option<Capability>,
}

/// A row of the table.
#[derive(Clone)]
pub(crate) struct Route {
    /// The method.
    pub(crate) method: Method,
    /// The pattern as written, for tests and messages.
    pub(crate) pattern: &'static str,
    /// Whose error codes apply.
    pub(crate) area: Area,
    /// Who may.
    pub(crate) access: Access,
    handler: Handler,
}

impl Route {
    /// A route; `handler` is an `async fn(Call) -> Outcome`.
    pub(crate) fn new<F, Fut>(
        method: Method,
        pattern: &'static str,
        area: Area,
        access: Access,
        handler: F,
    ) -> Self
    where
        F: Fn(Call) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Outcome> + Send + 'static,
    {
        Self { method, pattern, area, access, handler: Arc::new(move |call| Box::pin(handler(call))) }
    }

    /// What it asks for.
    pub(crate) fn info(&self) -> RouteInfo {
        let (delegated, application, own, capability) = match self.access {
            Access::Rule(rule) => (rule.delegated, rule.application, rule.own, Some(rule.capability)),
            Access::Anonymous | Access::Authenticated => (&[][..], &[][..], &[][..], None),
        };
        RouteInfo {
            method: self.method.clone(),
            pattern: self.pattern,
            is_anonymous: matches!(self.access, Access::Anonymous),
            delegated,
            application,
            own,
            capability,
        }
    }

    /// Does what the request asks for.
    pub(crate) fn run(&self, call: Call) -> Pin<Box<dyn Future<Output = Outcome> + Send>> {
        (self.handler)(call)
    }

    /// The keys of a path this pattern matches, and where literals stood, for choosing the most literal match.
    fn matched(&self, path: &[Segment]) -> Option<Match> {
        let mut parts = self.pattern.split('/').filter(|part| !part.is_empty());
        let mut found = Match::default();
        for segment in path {
            let part = parts.next()?;
            let is_literal = found.take(part, segment)?;
            found.literals.push(is_literal);
        }
        parts.next().is_none().then_some(found)
    }
}

#[derive(Default)]
struct Match {
    keys: Vec<String>,
    literals: Vec<bool>,
}

impl Match {
    /// Whether `part` matches as a literal; `None` if it does not match.
    fn take(&mut self, part: &str, segment: &Segment) -> Option<bool> {
        let key = part.strip_prefix('{').and_then(|part| part.strip_suffix('}'));
        let value = match (key, segment) {
            (None, Segment::Plain(name) | Segment::Function(name)) if part.ends_with("()") => {
                return is_same_name(part.trim_end_matches("()"), name).then_some(true);
            }
            (None, Segment::Plain(name)) => return is_same_name(part, name).then_some(true),
            (Some(name), Segment::AlternateKey(property, value)) => {
                name.strip_suffix('=').filter(|name| name.eq_ignore_ascii_case(property))?;
                value
            }
            (Some(name), Segment::Key(value)) if !name.ends_with('=') => value,
            // What begins with `$` is never a key without parentheses.
            (Some(name), Segment::Plain(value)) if !name.ends_with('=') && !value.starts_with('$') => value,
            _ => return None,
        };
        self.keys.push(value.clone());
        Some(false)
    }
}

fn is_same_name(part: &str, name: &str) -> bool {
    const NAMESPACE: &str = "microsoft.graph.";
    let unqualified = match name.get(..NAMESPACE.len()) {
        Some(prefix) if prefix.eq_ignore_ascii_case(NAMESPACE) => &name[NAMESPACE.len()..],
        _ => name,
    };
    part.eq_ignore_ascii_case(name) || part.eq_ignore_ascii_case(unqualified)
}

/// Rows of one area: `routes! { Area::Directory; GET "users", access => list::list; }`.
macro_rules! routes {
    ($area:expr; $($method:ident $pattern:literal, $access:expr => $handler:expr;)+) => {
        vec![$($crate::route::Route::new(axum::http::Method::$method, $pattern, $area, $access, $handler)),+]
    };
}
pub(crate) use routes;

/// What the table says about a path and a method.
pub(crate) enum Lookup {
    /// The route, and the keys of the path in order.
    Found(Route, Vec<String>),
    /// The path exists; these methods may be used.
    WrongMethod(String),
    /// No pattern matches; the segment where the path leaves every one.
    Unknown(String),
}

/// Finds the route of a request: of several that match, the one with literals furthest to the front.
pub(crate) fn look_up(routes: &[Route], method: &Method, path: &[Segment]) -> Lookup {
    let mut matching: Vec<(&Route, Match)> =
        routes.iter().filter_map(|route| Some((route, route.matched(path)?))).collect();
    matching.sort_by(|(_, left), (_, right)| right.literals.cmp(&left.literals));
    let Some(best) = matching.first().map(|(_, found)| found.literals.clone()) else {
        return Lookup::Unknown(first_unknown(routes, path));
    };
    matching.retain(|(_, found)| found.literals == best);
    let mut allowed: Vec<&str> = matching.iter().map(|(route, _)| route.method.as_str()).collect();
    match matching.iter_mut().find(|(route, _)| route.method == *method) {
        Some((route, found)) => Lookup::Found((*route).clone(), std::mem::take(&mut found.keys)),
        None => {
            allowed.sort_unstable();
            allowed.dedup();
            Lookup::WrongMethod(allowed.join(", "))
        }
    }
}

/// The first segment with which no pattern goes on.
fn first_unknown(routes: &[Route], path: &[Segment]) -> String {
    let leads_on = |length: usize| {
        routes.iter().any(|route| {
            let mut parts = route.pattern.split('/').filter(|part| !part.is_empty());
            let mut found = Match::default();
            path.iter().take(length).all(|s| parts.next().is_some_and(|part| found.take(part, s).is_some()))
        })
    };
    let known = (0..path.len()).take_while(|known| leads_on(known + 1)).count();
    match path.get(known).or(path.last()) {
        Some(Segment::Plain(text) | Segment::Key(text)) => text.clone(),
        Some(Segment::AlternateKey(name, _) | Segment::Function(name)) => name.clone(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::parse_path;

    fn table() -> Vec<Route> {
        let route = |method, pattern| {
            Route::new(method, pattern, Area::Directory, Access::Anonymous, |_| async {
                Err(GraphError::internal())
            })
        };
        vec![
            route(Method::GET, "users"),
            route(Method::POST, "users"),
            route(Method::GET, "users/$count"),
            route(Method::GET, "users/{id}"),
            route(Method::POST, "users/dismiss"),
            route(Method::GET, "applications/{id}"),
            route(Method::GET, "applications/{appId=}"),
        ]
    }

    fn found(method: Method, path: &str) -> String {
        match look_up(&table(), &method, &parse_path(path).unwrap()) {
            Lookup::Found(route, keys) => format!("{} {}", route.pattern, keys.join(",")),
            Lookup::WrongMethod(allowed) => format!("not allowed: {allowed}"),
            Lookup::Unknown(segment) => format!("unknown: {segment}"),
        }
    }

    #[test]
    fn names_match_in_any_case_and_keys_in_both_forms() {
        assert_eq!(found(Method::GET, "/Users"), "users ");
        assert_eq!(found(Method::GET, "users/A"), "users/{id} A");
        assert_eq!(found(Method::GET, "users('A')"), "users/{id} A");
        assert_eq!(found(Method::GET, "applications(appid='7')"), "applications/{appId=} 7");
        assert_eq!(found(Method::GET, "applications('7')"), "applications/{id} 7");
    }

    #[test]
    fn a_literal_wins_over_a_key_unless_the_key_is_in_parentheses() {
        assert_eq!(found(Method::GET, "users/$count"), "users/$count ");
        assert_eq!(found(Method::GET, "users('dismiss')"), "users/{id} dismiss");
        assert_eq!(found(Method::POST, "users/microsoft.graph.dismiss"), "users/dismiss ");
    }

    #[test]
    fn a_wrong_method_is_told_apart_from_a_wrong_path() {
        assert_eq!(found(Method::PUT, "users"), "not allowed: GET, POST");
        assert_eq!(found(Method::DELETE, "users/dismiss"), "not allowed: POST");
        assert_eq!(found(Method::GET, "nowhere/at/all"), "unknown: nowhere");
        assert_eq!(found(Method::GET, "users/1/nothing"), "unknown: nothing");
        assert_eq!(found(Method::GET, "users/$nothing"), "unknown: $nothing");
        assert_eq!(found(Method::GET, "applications(x='7')"), "unknown: x");
    }
}
