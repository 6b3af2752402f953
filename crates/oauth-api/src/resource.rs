use riskgate_core::is_guid;
use riskgate_directory::GRAPH_APP_ID;
use riskgate_model::Application;
use riskgate_odata::{Filter, ItemTest};
use riskgate_store::StoreExt;
use url::Url;

use crate::error::{OAuthError, quote};
use crate::scope::{ResourceName, resource_name};
use crate::state::App;

/// `aud` of tokens for Microsoft Graph, whatever name the client used for it.
const GRAPH_AUDIENCE: &str = "https://graph.microsoft.com";

/// Longest name of a resource; identifier URIs are shorter.
const LONGEST_NAME: usize = 256;

/// An application tokens are for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Resource {
    /// `appId`.
    pub(crate) app_id: String,
    /// Object identifier of its service principal.
    pub(crate) principal_id: String,
    /// Its name.
    pub(crate) display_name: Option<String>,
    /// `aud` of tokens for it.
    pub(crate) audience: String,
    /// Its application roles, identifier and value; those of Microsoft Graph stand in the table of permissions.
    pub(crate) roles: Vec<(String, String)>,
    /// Whether it is Microsoft Graph.
    pub(crate) is_graph: bool,
}

impl App {
    /// The resource of this name, if the tenant has it and it is enabled.
    ///
    /// # Errors
    /// `invalid_resource`.
    pub(crate) async fn resource(&self, name: &ResourceName) -> Result<Resource, OAuthError> {
        if *name != ResourceName::Graph {
            return self.look_up(name).await;
        }
        // Microsoft Graph is this server: nobody changes it, and its record is long to read at every token.
        if let Some(graph) = self.graph.get() {
            return Ok(graph.clone());
        }
        let graph = self.look_up(name).await?;
        Ok(self.graph.get_or_init(|| Resource { roles: Vec::new(), ..graph }).clone())
    }

    /// Checks that `resource` (RFC 8707) names what the scopes are at: a token is for one resource, and here its scopes say
    /// which.
    ///
    /// # Errors
    /// `invalid_target`.
    pub(crate) async fn check_resource(
        &self,
        named: Option<&str>,
        resource: &Resource,
    ) -> Result<(), OAuthError> {
        let Some(named) = named else { return Ok(()) };
        let is_absolute = named.len() <= LONGEST_NAME && !named.contains('#') && Url::parse(named).is_ok();
        let name = resource_name(named.strip_suffix('/').unwrap_or(named), &self.origin);
        let found = match self.resource(&name).await {
            Err(error) if error.error == "temporarily_unavailable" => return Err(error),
            found => found.ok().filter(|_| is_absolute),
        };
        if found.is_some_and(|found| found.app_id == resource.app_id) {
            return Ok(());
        }
        let message = format!(
            "The 'resource' '{}' is not that of the scope. Name the resource in the scope; a token is for one.",
            quote(named)
        );
        Err(OAuthError::bad("invalid_target", 50_001, message))
    }

    async fn look_up(&self, name: &ResourceName) -> Result<Resource, OAuthError> {
        let directory = &self.api.directory;
        let (text, app_id) = match name {
            ResourceName::Graph => (GRAPH_AUDIENCE, Some(GRAPH_APP_ID.to_owned())),
            ResourceName::Other(text) => (text.as_str(), self.app_id_of(text).await?),
        };
        let principal = match &app_id {
            Some(app_id) => directory.find_service_principal_of(app_id).await?,
            None => None,
        };
        let (Some(app_id), Some(principal)) = (app_id, principal) else { return Err(unknown(text)) };
        if principal.account_enabled == Some(false) || principal.is_disabled == Some(true) {
            return Err(unknown(text));
        }
        let is_graph = *name == ResourceName::Graph;
        let role = |role: riskgate_model::AppRole| Some((role.id, role.value?));
        Ok(Resource {
            audience: if is_graph { GRAPH_AUDIENCE.to_owned() } else { app_id.clone() },
            app_id,
            principal_id: principal.id,
            display_name: principal.display_name,
            roles: principal.app_roles.into_iter().filter(|role| role.is_enabled).filter_map(role).collect(),
            is_graph,
        })
    }

    async fn app_id_of(&self, text: &str) -> Result<Option<String>, OAuthError> {
        let bare = text.strip_prefix("api://").unwrap_or(text);
        if is_guid(bare) {
            return Ok(Some(bare.to_ascii_lowercase()));
        }
        let test = ItemTest::Equals(text.to_owned());
        let filter = Filter::AnyItem { path: "identifierUris".to_owned(), test };
        let found = self.api.store.find_one::<Application>(self.api.tenant, filter).await?;
        Ok(found.and_then(|application| application.record.app_id))
    }
}

fn unknown(name: &str) -> OAuthError {
    let message = format!("The resource principal named '{}' was not found in the tenant.", quote(name));
    OAuthError::bad("invalid_resource", 500_011, message)
}
