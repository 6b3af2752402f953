use riskgate_model::{AppIdentity, AuditActivityInitiator, UserIdentity};

/// Who does something, for the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub who: Initiator,
    /// Address the request came from.
    pub ip_address: Option<String>,
    /// `client-request-id` of the request; a new one is made up if there is none.
    pub correlation_id: Option<String>,
}

/// The kinds of [`Actor`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Initiator {
    /// A person, through whichever application.
    User {
        /// Object identifier.
        id: String,
        /// User principal name.
        user_principal_name: String,
    },
    /// An application acting for itself.
    Application {
        /// `appId`.
        app_id: String,
        /// Object identifier of its service principal.
        service_principal_id: String,
        /// Its name.
        display_name: String,
    },
    /// Riskgate itself.
    System,
    /// The operator at the server's command line.
    CommandLine,
}

impl Actor {
    /// Riskgate itself.
    pub fn system() -> Self {
        Self { who: Initiator::System, ip_address: None, correlation_id: None }
    }

    /// The operator at the server's command line.
    pub fn command_line() -> Self {
        Self { who: Initiator::CommandLine, ip_address: None, correlation_id: None }
    }

    /// A person.
    pub fn user(id: &str, user_principal_name: &str) -> Self {
        Self {
            who: Initiator::User { id: id.to_owned(), user_principal_name: user_principal_name.to_owned() },
            ip_address: None,
            correlation_id: None,
        }
    }

    /// Whether it is the user with this object identifier.
    pub fn is_user(&self, user_id: &str) -> bool {
        matches!(&self.who, Initiator::User { id, .. } if id == user_id)
    }

    /// The form of Graph's `directoryAudit/initiatedBy`.
    pub fn initiated_by(&self) -> AuditActivityInitiator {
        let app = |name: &str| AuditActivityInitiator {
            app: Some(AppIdentity { display_name: Some(name.to_owned()), ..AppIdentity::default() }),
            user: None,
        };
        match &self.who {
            Initiator::System => app("Riskgate"),
            Initiator::CommandLine => app("Riskgate command line"),
            Initiator::User { id, user_principal_name } => AuditActivityInitiator {
                app: None,
                user: Some(UserIdentity {
                    display_name: None,
                    id: Some(id.clone()),
                    ip_address: self.ip_address.clone(),
                    user_principal_name: Some(user_principal_name.clone()),
                }),
            },
            Initiator::Application { app_id, service_principal_id, display_name } => AuditActivityInitiator {
                app: Some(AppIdentity {
                    app_id: Some(app_id.clone()),
                    display_name: Some(display_name.clone()),
                    service_principal_id: Some(service_principal_id.clone()),
                    service_principal_name: None,
                }),
                user: None,
            },
        }
    }
}
