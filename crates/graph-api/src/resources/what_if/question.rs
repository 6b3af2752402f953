//! The body: who, what for, under which circumstances, with which policies.

use std::net::IpAddr;

use riskgate_model::{
    AnySignInContext, AnySignInIdentity, ClientAppType, ConditionalAccessClientApp,
    ConditionalAccessDevicePlatform, DeviceFacts, DeviceInfo, ExternalUserFacts, ExternalUserKind, GraphType,
    SignInConditions, SignInContext, SignInIdentity, TransferMethod, UserAction, UserSignIn,
};
use riskgate_protection::{Circumstances, SignInApplication, SignInResource, WhatIf, WhatIfSubject};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};

use crate::body::conform;
use crate::call::Call;
use crate::error::GraphError;
use crate::resources::policies::hypotheticals;

/// The name of the member with policies as they might be.
const POLICIES: &str = "@riskgate.policies";

/// Reads the question, and whether only policies that apply are wanted.
///
/// # Errors
/// 400 that names what is missing, unknown or wrong.
pub(super) async fn read(call: &Call) -> Result<(WhatIf, bool), GraphError> {
    let mut body = call.json()?;
    let identity: AnySignInIdentity =
        part(call, take(call, &mut body, "signInIdentity")?, "signInIdentity", SignInIdentity::TYPE)?;
    let context: AnySignInContext =
        part(call, take(call, &mut body, "signInContext")?, "signInContext", SignInContext::TYPE)?;
    let conditions: SignInConditions =
        part(call, take(call, &mut body, "signInConditions")?, "signInConditions", SignInConditions::TYPE)?;
    let applied_only = match body.remove("appliedPoliciesOnly") {
        None | Some(Json::Null) => false,
        Some(Json::Bool(only)) => only,
        Some(_) => return Err(call.area.bad_request("'appliedPoliciesOnly' must be true or false.")),
    };
    let policies = hypotheticals(call, POLICIES, body.remove(POLICIES)).await?;
    if let Some(name) = body.keys().find(|name| !name.contains('@')) {
        let name: String = name.chars().take(64).collect();
        return Err(call.area.bad_request(format!("'{name}' is no parameter of this action.")));
    }
    let subject = subject(call, identity).await?;
    let mut circumstances = circumstances(call, &conditions)?;
    if matches!(subject, WhatIfSubject::ServicePrincipal { .. }) {
        circumstances.sign_in_risk = conditions.service_principal_risk_level;
    }
    let application = application(call, context, &conditions).await?;
    let with_changes = call.wants_annotations();
    Ok((WhatIf { subject, application, circumstances, policies, with_changes }, applied_only))
}

fn take(call: &Call, body: &mut Map<String, Json>, name: &str) -> Result<Map<String, Json>, GraphError> {
    match body.remove(name) {
        Some(Json::Object(object)) => Ok(object),
        Some(Json::Null) | None => Err(call.area.bad_request(format!("'{name}' is required."))),
        Some(_) => Err(call.area.bad_request(format!("'{name}' must be an object."))),
    }
}

fn part<T: DeserializeOwned>(
    call: &Call,
    object: Map<String, Json>,
    name: &str,
    declared: &'static riskgate_model::schema::StructuredType,
) -> Result<T, GraphError> {
    let refused = |problem: String| call.area.bad_request(format!("'{name}' is not valid: {problem}"));
    let object = conform(object, declared).map_err(|problem| refused(problem.to_string()))?;
    serde_json::from_value(Json::Object(object))
        .map_err(|error| refused(error.to_string().chars().take(200).collect()))
}

async fn subject(call: &Call, identity: AnySignInIdentity) -> Result<WhatIfSubject, GraphError> {
    let directory = &call.service.api.directory;
    match identity {
        AnySignInIdentity::User(asked) => {
            let id = asked.user_id.as_deref().filter(|id| !id.is_empty());
            let id = id.ok_or_else(|| call.area.bad_request("'signInIdentity/userId' is required."))?;
            let found = directory.find_user(id).await?;
            let user = found.ok_or_else(|| missing(call, "User", id))?;
            Ok(WhatIfSubject::User { user: Box::new(user), external: external(call, &asked)? })
        }
        AnySignInIdentity::ServicePrincipal(asked) => {
            let id = asked.service_principal_id.as_deref().filter(|id| !id.is_empty());
            let id =
                id.ok_or_else(|| call.area.bad_request("'signInIdentity/servicePrincipalId' is required."))?;
            let found = directory.find_service_principal(id).await?;
            let principal = found.ok_or_else(|| missing(call, "ServicePrincipal", id))?;
            let is_single_tenant = directory.is_single_tenant(&principal);
            let assigned = principal.custom_security_attributes.unwrap_or_default();
            let attributes = assigned.facts();
            Ok(WhatIfSubject::ServicePrincipal { id: principal.id, is_single_tenant, attributes })
        }
    }
}

fn missing(call: &Call, kind: &str, id: &str) -> GraphError {
    let id: String = id.chars().take(64).collect();
    call.area.bad_request(format!("{kind} with id {id} does not exist in the directory."))
}

/// The kind of guest the question asks about, if it names one.
fn external(call: &Call, asked: &UserSignIn) -> Result<Option<ExternalUserFacts>, GraphError> {
    let members = asked.external_user_type.as_ref().map_or(&[][..], |kinds| kinds.members());
    let kind = match members {
        [] | ["none"] => return Ok(None),
        [one] => serde_json::from_value::<ExternalUserKind>(Json::from(*one)).ok(),
        _ => None,
    };
    let kind = kind.ok_or_else(|| {
        call.area
            .bad_request("'signInIdentity/externalUserType' must name one kind of guest or external user.")
    })?;
    Ok(Some(ExternalUserFacts { kind, tenant_id: asked.external_tenant_id.clone() }))
}

async fn application(
    call: &Call,
    context: AnySignInContext,
    conditions: &SignInConditions,
) -> Result<SignInApplication, GraphError> {
    let mut application = SignInApplication {
        client_app_id: String::new(),
        client_display_name: None,
        resources: Vec::new(),
        client_app_type: client_app_type(conditions.client_app_type),
        user_action: None,
        authentication_contexts: Default::default(),
    };
    match context {
        AnySignInContext::Applications(asked) => {
            application.resources = resources(call, &asked.include_applications).await?;
        }
        AnySignInContext::UserAction(asked) => match asked.user_action {
            Some(UserAction::UnknownFutureValue) | None => {
                return Err(call.area.bad_request("'signInContext/userAction' must name a user action."));
            }
            action => application.user_action = action,
        },
        AnySignInContext::AuthenticationContext(asked) => {
            let context = asked.authentication_context_value.unwrap_or_default();
            if !riskgate_access::is_context(&context) {
                let text = "'signInContext/authenticationContextValue' must be one of 'c1' to 'c99'.";
                return Err(call.area.bad_request(text));
            }
            application.authentication_contexts.insert(context.to_ascii_lowercase());
        }
    }
    Ok(application)
}

async fn resources(call: &Call, app_ids: &[String]) -> Result<Vec<SignInResource>, GraphError> {
    if app_ids.is_empty() || app_ids.len() > 100 {
        let text = "'signInContext/includeApplications' must name 1 to 100 applications by 'appId'.";
        return Err(call.area.bad_request(text));
    }
    let mut resources = Vec::new();
    for app_id in app_ids {
        let found = call.service.api.directory.find_service_principal_of(app_id).await?;
        let Some(principal) = found else {
            let id: String = app_id.chars().take(64).collect();
            let text = format!("ServicePrincipal with appId {id} does not exist in the directory.");
            return Err(call.area.bad_request(text));
        };
        resources.push(SignInResource { app_id: app_id.clone(), display_name: principal.display_name });
    }
    Ok(resources)
}

/// A browser, unless something else is asked about.
fn client_app_type(asked: Option<ConditionalAccessClientApp>) -> ClientAppType {
    use ConditionalAccessClientApp::{All, Browser, MobileAppsAndDesktopClients};
    match asked {
        None | Some(All | Browser) => ClientAppType::Browser,
        Some(MobileAppsAndDesktopClients) => ClientAppType::MobileAppsAndDesktopClients,
        Some(_) => ClientAppType::Other,
    }
}

fn circumstances(call: &Call, asked: &SignInConditions) -> Result<Circumstances, GraphError> {
    let address = match asked.ip_address.as_deref().filter(|text| !text.is_empty()) {
        None => None,
        Some(text) => Some(text.parse::<IpAddr>().map_err(|_| {
            call.area.bad_request("'signInConditions/ipAddress' must be an IPv4 or IPv6 address.")
        })?),
    };
    let country = asked.country.clone().filter(|code| !code.is_empty());
    if country.as_ref().is_some_and(|code| code.len() != 2 || !code.bytes().all(|b| b.is_ascii_alphabetic()))
    {
        let text = "'signInConditions/country' must be a country of two letters (ISO 3166).";
        return Err(call.area.bad_request(text));
    }
    let flow = asked.authentication_flow.as_ref().and_then(|flow| flow.transfer_method.as_ref());
    let flows = flow.map_or(&[][..], |flow| flow.members());
    let named = |method: &TransferMethod| flows.contains(&method.name());
    Ok(Circumstances {
        address,
        country,
        platform: asked.device_platform.filter(|platform| *platform != ConditionalAccessDevicePlatform::All),
        device: asked.device_info.as_ref().map(device),
        sign_in_risk: asked.sign_in_risk_level,
        user_risk: asked.user_risk_level,
        insider_risk: asked.insider_risk_level,
        transfer_method: [TransferMethod::DeviceCodeFlow, TransferMethod::AuthenticationTransfer]
            .into_iter()
            .find(named),
    })
}

fn device(asked: &DeviceInfo) -> DeviceFacts {
    let attributes = [
        &asked.extension_attribute_1,
        &asked.extension_attribute_2,
        &asked.extension_attribute_3,
        &asked.extension_attribute_4,
        &asked.extension_attribute_5,
        &asked.extension_attribute_6,
        &asked.extension_attribute_7,
        &asked.extension_attribute_8,
        &asked.extension_attribute_9,
        &asked.extension_attribute_10,
        &asked.extension_attribute_11,
        &asked.extension_attribute_12,
        &asked.extension_attribute_13,
        &asked.extension_attribute_14,
        &asked.extension_attribute_15,
    ];
    let numbered = (1..).zip(attributes).filter_map(|(number, text)| Some((number, text.clone()?)));
    DeviceFacts {
        device_id: asked.device_id.clone(),
        display_name: asked.display_name.clone(),
        device_ownership: asked.ownership.clone(),
        enrollment_profile_name: asked.enrollment_profile_name.clone(),
        is_compliant: asked.is_compliant,
        is_managed: None,
        manufacturer: asked.manufacturer.clone(),
        mdm_app_id: asked.mdm_app_id.clone(),
        model: asked.model.clone(),
        operating_system: asked.operating_system.clone(),
        operating_system_version: asked.operating_system_version.clone(),
        physical_ids: asked.physical_ids.clone(),
        profile_type: asked.profile_type.clone(),
        system_labels: asked.system_labels.clone(),
        trust_type: asked.trust_type.clone(),
        extension_attributes: numbered.collect(),
    }
}
