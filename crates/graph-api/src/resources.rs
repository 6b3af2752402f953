//! The resources, and the table of all their routes.

mod agreements;
mod applications;
mod attribute_definitions;
mod attribute_sets;
mod authentication_contexts;
mod authentication_methods;
mod authentication_methods_policy;
mod authentication_strengths;
mod bounded_ids;
mod deleted_items;
mod deleted_policies;
mod devices;
mod directory_audits;
mod directory_roles;
mod explanation;
mod groups;
mod identity_providers;
mod member_of;
mod named_locations;
mod organization;
mod permission_grants;
mod policies;
mod risk_detections;
mod risk_evidence;
mod riskgate;
mod risky_service_principals;
mod risky_users;
mod role_management;
mod security_defaults;
mod service_principal_risk_detections;
mod sign_ins;
mod stored;
mod templates;
mod user_registration_details;
mod users;
mod what_if;

use axum::http::Method;

use crate::area::Area;
use crate::route::{Access, Route};
use crate::{batch, metadata};
pub(crate) use riskgate::Events;

/// Every route of the surface.
pub(crate) fn routes() -> Vec<Route> {
    let own = [
        Route::new(Method::GET, "", Area::Directory, Access::Anonymous, metadata::service_document),
        Route::new(Method::GET, "$metadata", Area::Directory, Access::Anonymous, metadata::metadata),
        Route::new(Method::POST, "$batch", Area::IdentityProtection, Access::Authenticated, batch::batch),
    ];
    own.into_iter()
        .chain(risk_detections::routes())
        .chain(risky_users::routes())
        .chain(service_principal_risk_detections::routes())
        .chain(risky_service_principals::routes())
        .chain(riskgate::routes())
        .chain(policies::routes())
        .chain(what_if::routes())
        .chain(named_locations::routes())
        .chain(agreements::routes())
        .chain(identity_providers::routes())
        .chain(deleted_policies::routes())
        .chain(authentication_strengths::routes())
        .chain(authentication_methods_policy::routes())
        .chain(security_defaults::routes())
        .chain(templates::routes())
        .chain(authentication_contexts::routes())
        .chain(sign_ins::routes())
        .chain(directory_audits::routes())
        .chain(users::routes())
        .chain(authentication_methods::routes())
        .chain(user_registration_details::routes())
        .chain(member_of::routes())
        .chain(groups::routes())
        .chain(devices::routes())
        .chain(directory_roles::routes())
        .chain(role_management::routes())
        .chain(applications::routes())
        .chain(attribute_sets::routes())
        .chain(attribute_definitions::routes())
        .chain(permission_grants::routes())
        .chain(organization::routes())
        .chain(deleted_items::routes())
        .collect()
}
