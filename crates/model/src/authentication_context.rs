//! Authentication contexts: names applications use to ask for stronger authentication (Graph contract §1.2 and §2.2).

use crate::declare::graph_type;
use crate::entity::Entity;

graph_type! {
    /// `microsoft.graph.authenticationContextClassReference`; `id` is one of `c1` to `c99`.
    #[derive(Default)]
    entity AuthenticationContextClassReference = "authenticationContextClassReference" : Entity {
        inherit {
            id: String = "id",
        }
        own {
            description: Option<String> = "description" [nullable filter order],
            display_name: Option<String> = "displayName" [nullable filter order],
            is_available: Option<bool> = "isAvailable" [nullable filter],
        }
    }
}
