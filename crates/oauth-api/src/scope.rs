//! What the texts of `scope` mean. Microsoft Graph goes by several names here: every client library spells it its own way.

use riskgate_directory::{GRAPH_APP_ID, SIGN_IN_SCOPES, permission};

use crate::error::{OAuthError, quote};
use crate::origin::Origin;

/// The scope that stands for everything that was consented to.
const DEFAULT: &str = ".default";
/// Most scopes of one request.
const MOST_SCOPES: usize = 128;
/// Longest `scope`, in bytes.
const LONGEST: usize = 4096;

/// The resource a scope is at, as far as the text says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ResourceName {
    /// Microsoft Graph, that is this server.
    Graph,
    /// Another application of the tenant: `appId`, `api://appId` or an identifier URI.
    Other(String),
}

/// One scope of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scope {
    /// As requested.
    pub(crate) text: String,
    /// What it means.
    pub(crate) kind: ScopeKind,
}

/// What a scope means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ScopeKind {
    /// A scope of OpenID Connect.
    OpenId(&'static str),
    /// Everything consented to at a resource.
    Default(ResourceName),
    /// A delegated permission at a resource.
    Named(ResourceName, String),
}

impl Scope {
    /// The resource it is at, if it is at one.
    pub(crate) fn resource(&self) -> Option<&ResourceName> {
        match &self.kind {
            ScopeKind::OpenId(_) => None,
            ScopeKind::Default(resource) | ScopeKind::Named(resource, _) => Some(resource),
        }
    }

    /// Whether it is this scope of OpenID Connect.
    pub(crate) fn is_openid(&self, name: &str) -> bool {
        matches!(self.kind, ScopeKind::OpenId(own) if own == name)
    }

    /// What stands before the name in the text: `https://graph.microsoft.com/`, or nothing.
    pub(crate) fn prefix(&self) -> &str {
        self.text.rfind('/').and_then(|at| self.text.get(..=at)).unwrap_or_default()
    }
}

/// Reads `scope`, which is checked for its form and for its length (at most 4,096 bytes and 128 scopes).
///
/// # Errors
/// `invalid_scope`; `invalid_request` if there is nothing in it.
pub(crate) fn parse(text: &str, origin: &Origin) -> Result<Vec<Scope>, OAuthError> {
    if text.len() > LONGEST {
        return Err(OAuthError::invalid_scope(70_011, format!("The scope is longer than {LONGEST} bytes.")));
    }
    let mut scopes: Vec<Scope> = Vec::new();
    for word in text.split_ascii_whitespace() {
        if !word.bytes().all(|b| b.is_ascii_graphic() && b != b'"' && b != b'\\') {
            let message = format!("The scope '{}' has characters that are not allowed.", quote(word));
            return Err(OAuthError::invalid_scope(70_011, message));
        }
        if scopes.len() == MOST_SCOPES {
            return Err(OAuthError::invalid_scope(70_011, format!("More than {MOST_SCOPES} scopes.")));
        }
        if scopes.iter().all(|known| known.text != word) {
            scopes.push(read(word, origin));
        }
    }
    if scopes.is_empty() {
        return Err(OAuthError::missing("scope"));
    }
    check_default(&scopes)?;
    Ok(scopes)
}

/// The scopes of a grant, which were checked when it was made.
pub(crate) fn of_grant(scopes: &[String], origin: &Origin) -> Vec<Scope> {
    scopes.iter().map(|scope| read(scope, origin)).collect()
}

fn read(text: &str, origin: &Origin) -> Scope {
    let (resource, name) = match text.rsplit_once('/') {
        Some((resource, name)) => {
            (resource_name(resource.strip_suffix('/').unwrap_or(resource), origin), name)
        }
        None => (ResourceName::Graph, text),
    };
    let openid = SIGN_IN_SCOPES.into_iter().find(|known| known.eq_ignore_ascii_case(name));
    let kind = match (resource, openid) {
        (ResourceName::Graph, Some(openid)) => ScopeKind::OpenId(openid),
        (resource, _) if name.eq_ignore_ascii_case(DEFAULT) => ScopeKind::Default(resource),
        (ResourceName::Graph, None) => {
            let name = permission(name)
                .filter(|known| known.name.eq_ignore_ascii_case(name))
                .map_or(name, |known| known.name);
            ScopeKind::Named(ResourceName::Graph, name.to_owned())
        }
        (resource, _) => ScopeKind::Named(resource, name.to_owned()),
    };
    Scope { text: text.to_owned(), kind }
}

/// The resource of this name.
pub(crate) fn resource_name(text: &str, origin: &Origin) -> ResourceName {
    let graph = ["https://graph.microsoft.com", GRAPH_APP_ID];
    if graph.iter().any(|name| name.eq_ignore_ascii_case(text)) || origin.is_ours(text) {
        return ResourceName::Graph;
    }
    ResourceName::Other(text.to_owned())
}

/// `.default` and single scopes of the same resource exclude each other, as in Entra.
fn check_default(scopes: &[Scope]) -> Result<(), OAuthError> {
    for scope in scopes {
        let ScopeKind::Default(resource) = &scope.kind else { continue };
        let single =
            scopes.iter().find(|other| matches!(&other.kind, ScopeKind::Named(at, _) if at == resource));
        if let Some(single) = single {
            let message = format!(
                "'{}' stands for everything consented to and cannot be combined with '{}'.",
                quote(&scope.text),
                quote(&single.text)
            );
            return Err(OAuthError::invalid_scope(70_011, message));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin() -> Origin {
        Origin::of("https://login.contoso.com:8443")
    }

    fn kind(text: &str) -> ScopeKind {
        parse(text, &origin()).unwrap().remove(0).kind
    }

    #[test]
    fn every_spelling_of_graph_is_graph() {
        for prefix in [
            "",
            "https://graph.microsoft.com/",
            "https://graph.microsoft.com//",
            "https://Graph.Microsoft.com/",
            "00000003-0000-0000-c000-000000000000/",
            "https://login.contoso.com/",
            "https://login.contoso.com:8443/",
            "https://login.contoso.com:8443/arm/",
        ] {
            let named = |name: &str| ScopeKind::Named(ResourceName::Graph, name.to_owned());
            assert_eq!(kind(&format!("{prefix}User.Read")), named("User.Read"), "{prefix}");
            assert_eq!(kind(&format!("{prefix}user.read")), named("User.Read"), "{prefix}");
            assert_eq!(
                kind(&format!("{prefix}.default")),
                ScopeKind::Default(ResourceName::Graph),
                "{prefix}"
            );
            assert_eq!(kind(&format!("{prefix}openid")), ScopeKind::OpenId("openid"), "{prefix}");
        }
    }

    #[test]
    fn other_resources_keep_their_name() {
        let app = "7f3c0d7a-66b6-4e0c-9a37-2c1f5b0d9e11";
        for resource in [app.to_owned(), format!("api://{app}"), "https://api.contoso.com".to_owned()] {
            let named = ScopeKind::Named(ResourceName::Other(resource.clone()), "Read".to_owned());
            assert_eq!(kind(&format!("{resource}/Read")), named);
        }
        assert_eq!(kind("https://api.contoso.com/openid"), {
            ScopeKind::Named(ResourceName::Other("https://api.contoso.com".to_owned()), "openid".to_owned())
        });
    }

    #[test]
    fn refuses_what_has_no_meaning() {
        let long = "a".repeat(LONGEST + 1);
        let many = (0..=MOST_SCOPES).map(|n| format!("s{n}")).collect::<Vec<_>>().join(" ");
        for (text, error) in [
            (" ", "invalid_request"),
            ("a\"b", "invalid_scope"),
            ("ü", "invalid_scope"),
            (&long, "invalid_scope"),
            (&many, "invalid_scope"),
            (".default User.Read", "invalid_scope"),
            ("https://graph.microsoft.com/.default User.Read openid", "invalid_scope"),
        ] {
            assert_eq!(parse(text, &origin()).unwrap_err().error, error, "{text:.40}");
        }
        assert_eq!(parse("openid .default https://api.contoso.com/Read openid", &origin()).unwrap().len(), 3);
    }
}
