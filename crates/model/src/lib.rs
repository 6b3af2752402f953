//! Graph resources, enumerations and the facts decisions are made of, each declared once.
//!
//! To add a Graph resource:
//! 1. declare it with `graph_type!` in the file of its family: wire names, types, nullability as in the official schema,
//!    and which properties can be filtered and ordered;
//! 2. if it is stored, give it a table in `riskgate-store`;
//! 3. add it to [`schema_types`], and `$metadata` shows it.

mod applications;
mod attribute_definition;
mod audit_logs;
mod authentication_context;
mod authentication_methods;
mod authentication_methods_policy;
mod authentication_strength;
mod built_in_strengths;
mod combination_configuration;
mod conditional_access;
mod conditional_access_enums;
mod conditional_access_template;
mod custom_security_attributes;
mod declare;
mod device;
mod directory;
mod entity;
mod external_tenants;
mod facts;
mod facts_conditions;
mod facts_lists;
mod federation;
mod identity_protection;
mod method_configurations;
mod named_location;
mod risk_enums;
mod risk_level;
pub mod schema;
mod security_defaults;
mod service_principal_risk;
mod terms_of_use;
mod types;
mod user_registration_details;
mod what_if;

pub use applications::*;
pub use attribute_definition::*;
pub use audit_logs::*;
pub use authentication_context::*;
pub use authentication_methods::*;
pub use authentication_methods_policy::*;
pub use authentication_strength::*;
pub use built_in_strengths::*;
pub use combination_configuration::*;
pub use conditional_access::*;
pub use conditional_access_enums::*;
pub use conditional_access_template::*;
pub use custom_security_attributes::*;
pub use declare::{GraphEnum, GraphType, GraphValue};
pub use device::*;
pub use directory::*;
pub use entity::{Entity, Identity};
pub use external_tenants::*;
pub use facts::*;
pub use facts_conditions::*;
pub use facts_lists::*;
pub use federation::*;
pub use identity_protection::*;
pub use method_configurations::*;
pub use named_location::*;
pub use risk_enums::*;
pub use security_defaults::*;
pub use service_principal_risk::*;
pub use terms_of_use::*;
pub use types::{schema_enums, schema_types};
pub use user_registration_details::*;
pub use what_if::*;
