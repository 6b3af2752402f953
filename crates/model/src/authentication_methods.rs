//! Authentication methods as Graph shows them (Graph contract §2.6).

use riskgate_core::Timestamp;

use crate::declare::graph_type;
use crate::entity::Entity;

graph_type! {
    /// `microsoft.graph.authenticationMethod`: what every method has.
    #[derive(Default)]
    abstract_entity AuthenticationMethodResource = "authenticationMethod" : Entity {
        inherit {
            id: String = "id",
        }
        own {
            created_date_time: Option<Timestamp> = "createdDateTime" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.passwordAuthenticationMethod`; the password is never shown.
    #[derive(Default)]
    entity PasswordAuthenticationMethod = "passwordAuthenticationMethod" : AuthenticationMethodResource {
        inherit {
            id: String = "id",
            created_date_time: Option<Timestamp> = "createdDateTime",
        }
        own {
            password: Option<String> = "password" [nullable],
        }
    }
}

graph_type! {
    /// `microsoft.graph.softwareOathAuthenticationMethod`; the secret is never shown.
    #[derive(Default)]
    entity SoftwareOathAuthenticationMethod = "softwareOathAuthenticationMethod" : AuthenticationMethodResource {
        inherit {
            id: String = "id",
            created_date_time: Option<Timestamp> = "createdDateTime",
        }
        own {
            secret_key: Option<String> = "secretKey" [nullable],
        }
    }
}
