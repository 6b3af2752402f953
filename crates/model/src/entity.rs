//! The roots of the type hierarchy.

use crate::declare::graph_type;

graph_type! {
    /// `microsoft.graph.entity`: what has an identifier.
    #[derive(Default)]
    keyed_entity Entity = "entity" {
        own {
            id: String = "id" [filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.identity`: who or what acted.
    #[derive(Default)]
    complex Identity = "identity" {
        own {
            display_name: Option<String> = "displayName" [nullable filter],
            id: Option<String> = "id" [nullable filter],
        }
    }
}
