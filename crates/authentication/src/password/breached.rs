use std::sync::Arc;

use riskgate_ports::BreachedPasswords;
use secrecy::SecretString;

/// What is done about passwords that are known from breaches. Nothing is kept of the answers.
#[derive(Clone)]
pub struct BreachedCheck {
    /// Who knows them.
    pub list: Arc<dyn BreachedPasswords>,
    /// Whether such a password is refused when it is set.
    pub refuse_new: bool,
    /// Whether somebody who signs in with one must change it.
    pub demand_change: bool,
}

impl BreachedCheck {
    /// Whether a password may not be set.
    pub async fn refuses(&self, password: &SecretString) -> bool {
        self.refuse_new && self.list.is_breached(password).await
    }

    /// Whether a password that was right must be changed.
    pub(crate) async fn demands_change(&self, password: &SecretString) -> bool {
        self.demand_change && self.list.is_breached(password).await
    }
}
