use riskgate_model::{ClientAppType, ConditionalAccessClientApp};

/// Which kinds of clients a policy is about.
#[derive(Debug, Clone)]
pub(super) struct ClientAppRule(Vec<ConditionalAccessClientApp>);

impl ClientAppRule {
    /// `None` when every kind is meant: the list is empty or has `all`.
    pub(super) fn new(types: &[ConditionalAccessClientApp]) -> Option<Self> {
        let is_every = types.is_empty() || types.contains(&ConditionalAccessClientApp::All);
        (!is_every).then(|| Self(types.to_vec()))
    }

    pub(super) fn is_met(&self, client: ClientAppType) -> bool {
        self.0.contains(&match client {
            ClientAppType::Browser => ConditionalAccessClientApp::Browser,
            ClientAppType::MobileAppsAndDesktopClients => {
                ConditionalAccessClientApp::MobileAppsAndDesktopClients
            }
            ClientAppType::Other => ConditionalAccessClientApp::Other,
        })
    }
}
