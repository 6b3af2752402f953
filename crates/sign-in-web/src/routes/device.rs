use std::sync::Arc;

use axum::extract::{Form, Query, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use riskgate_directory::{Actor, DeviceKey, DirectoryError, NewBrowser};
use riskgate_http::RequestContext;
use riskgate_model::{ClientFacts, Device, UserAction};
use riskgate_store::records::{DeviceRelation, SignInTarget};
use serde::Deserialize;

use crate::SignInWeb;
use crate::cookies::remove_device_proof;
use crate::error::{PageError, answer};
use crate::outcome::fresh_proof::lacks_fresh_proof;
use crate::pages::{DevicePage, DeviceRow, render};
use crate::routes::account::{Account, back_to, on_account, to_sign_in};
use crate::routes::security_info::day;

const PATH: &str = "/security-info/device";
const REGISTER: Option<UserAction> = Some(UserAction::RegisterOrJoinDevices);

/// What the page is asked with.
#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    done: String,
}

/// What registering sends.
#[derive(Deserialize)]
pub(crate) struct Sent {
    anti_forgery: String,
}

/// What removing sends.
#[derive(Deserialize)]
pub(crate) struct Removed {
    anti_forgery: String,
    device: String,
}

/// `GET /security-info/device`: the devices of the person, and whether this browser is one.
pub(crate) async fn show(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    let shown = async |account: Account| page(&web, &headers, &account, &asked.done).await;
    let result = on_account(&web, &context, &headers, PATH, None, shown).await;
    answer(&web, &context, result)
}

/// `POST /security-info/device`: this browser becomes a device of the person, if policies let him register one.
pub(crate) async fn register(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    let result = async {
        web.check_form(&headers, "device", &sent.anti_forgery)?;
        let made = async |account: Account| make_device(&web, &context, &headers, &account).await;
        on_account(&web, &context, &headers, PATH, REGISTER, made).await
    };
    answer(&web, &context, result.await)
}

/// `POST /security-info/device/remove`: a device is none of the person's any more.
pub(crate) async fn remove(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Form(sent): Form<Removed>,
) -> Response {
    let result = async {
        web.check_form(&headers, "device", &sent.anti_forgery)?;
        let forgotten =
            async |account: Account| forget_device(&web, &context, &headers, &account, &sent.device).await;
        on_account(&web, &context, &headers, PATH, None, forgotten).await
    };
    answer(&web, &context, result.await)
}

async fn make_device(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    account: &Account,
) -> Result<Response, PageError> {
    if lacks_fresh_proof(web, &account.user, &account.session.authentication).await? {
        let user_action = UserAction::RegisterOrJoinDevices;
        return Ok(to_sign_in(web, &SignInTarget::Action { path: PATH.to_owned(), user_action }));
    }
    let (actor, user) = (actor(context, account), &account.user);
    // A browser that several people use is one device with several users.
    if let Some(device) = web.device(headers).await? {
        let (key, user_of) = (DeviceKey::Id(&device.id), DeviceRelation::User);
        return match web.directory.add_device_person(&actor, key, user_of, &user.id).await {
            Ok(()) | Err(DirectoryError::AlreadyReferenced { .. }) => Ok(done("registered")),
            Err(DirectoryError::InvalidValue { .. }) => Ok(done("many")),
            Err(error) => Err(PageError::internal(error)),
        };
    }
    let browser = described(web.protection.client(context.user_agent.as_deref()));
    match web.directory.register_browser(&actor, user, &browser).await {
        Ok((device, secret)) => {
            let mut response = done("registered");
            web.set_device(&mut response, &device.id, &secret);
            Ok(response)
        }
        Err(DirectoryError::TooManyDevices { .. }) => Ok(done("many")),
        Err(error) => Err(PageError::internal(error)),
    }
}

/// The owner deletes a device, for everybody; a user only leaves it.
async fn forget_device(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    account: &Account,
    device: &str,
) -> Result<Response, PageError> {
    let (actor, user, key) = (actor(context, account), &account.user.id, DeviceKey::Id(device));
    let owned = web.directory.devices_of(user, DeviceRelation::Owner).await.map_err(PageError::internal)?;
    let is_this = web.device(headers).await?.is_some_and(|this| this.id == device);
    let is_owner = owned.iter().any(|own| own.id == device);
    let removed = match is_owner {
        true => web.directory.delete_device(&actor, key).await,
        false => web.directory.remove_device_person(&actor, key, DeviceRelation::User, user).await,
    };
    let mut response = match removed {
        Ok(()) => done("removed"),
        Err(DirectoryError::NotFound { .. }) => done("gone"),
        Err(error) => return Err(PageError::internal(error)),
    };
    if is_owner && is_this {
        remove_device_proof(&mut response);
    }
    Ok(response)
}

fn actor(context: &RequestContext, account: &Account) -> Actor {
    let name = account.user.user_principal_name.as_deref().unwrap_or_default();
    Actor {
        ip_address: Some(context.address.to_string()),
        correlation_id: Some(context.correlation_id.clone()),
        ..Actor::user(&account.user.id, name)
    }
}

/// What the browser says it is. Nothing depends on it; it is how the person finds it in the list.
fn described(client: ClientFacts) -> NewBrowser {
    let name = client.browser.as_deref().unwrap_or("Browser");
    let Some(system) = client.operating_system else {
        return NewBrowser { display_name: name.to_owned(), ..NewBrowser::default() };
    };
    let display_name = format!("{name} on {system}");
    let (system, version) = match system.rsplit_once(' ') {
        Some((system, version)) if version.starts_with(|c: char| c.is_ascii_digit()) => {
            (system.to_owned(), Some(version.to_owned()))
        }
        _ => (system, None),
    };
    NewBrowser { display_name, operating_system: Some(system), operating_system_version: version }
}

/// Back to the list, with a notice.
fn done(what: &str) -> Response {
    back_to(PATH, what)
}

async fn page(
    web: &SignInWeb,
    headers: &HeaderMap,
    account: &Account,
    done: &str,
) -> Result<Response, PageError> {
    let this = web.device(headers).await?.map(|device| device.id);
    let of = async |relation| web.directory.devices_of(&account.user.id, relation).await;
    let mut devices = of(DeviceRelation::Owner).await.map_err(PageError::internal)?;
    for used in of(DeviceRelation::User).await.map_err(PageError::internal)? {
        if !devices.iter().any(|device| device.id == used.id) {
            devices.push(used);
        }
    }
    let is_registered = devices.iter().any(|device| Some(&device.id) == this.as_ref());
    let rows: Vec<_> = devices.into_iter().map(|device| row(device, this.as_deref())).collect();
    let browser = web.browser(headers);
    let anti_forgery = browser.token(&web.forms, "device");
    let page = DevicePage {
        organization: &web.organization,
        username: account.user.user_principal_name.as_deref().unwrap_or_default(),
        devices: &rows,
        is_registered,
        anti_forgery: &anti_forgery,
        notice: match done {
            "registered" => Some("This browser is registered."),
            "removed" => Some("The device was removed."),
            "gone" => Some("That device was removed already."),
            "many" => Some("There are as many devices or users as there may be. Remove one first."),
            _ => None,
        },
    };
    Ok(browser.keep(render(StatusCode::OK, &page, &[])))
}

fn row(device: Device, this: Option<&str>) -> DeviceRow {
    let state = match (device.account_enabled, device.is_compliant) {
        (Some(true), Some(true)) => "meets the requirements of your organization",
        (Some(true), _) => "",
        _ => "disabled by an administrator",
    };
    DeviceRow {
        is_this: Some(device.id.as_str()) == this,
        name: device.display_name.unwrap_or_else(|| "Device".to_owned()),
        added: device.registration_date_time.map(day).unwrap_or_default(),
        state,
        id: device.id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_called_what_it_says_it_is() {
        for (browser, system, expected) in [
            (
                Some("Firefox 140"),
                Some("Windows 10"),
                ("Firefox 140 on Windows 10", Some("Windows"), Some("10")),
            ),
            (Some("Safari 18"), Some("macOS"), ("Safari 18 on macOS", Some("macOS"), None)),
            (
                Some("Edge 140"),
                Some("Windows Phone 8.1"),
                ("Edge 140 on Windows Phone 8.1", Some("Windows Phone"), Some("8.1")),
            ),
            (None, None, ("Browser", None, None)),
        ] {
            let text = |text: Option<&str>| text.map(str::to_owned);
            let client = ClientFacts {
                browser: text(browser),
                operating_system: text(system),
                ..ClientFacts::default()
            };
            let (name, system, version) = expected;
            let expected = NewBrowser {
                display_name: name.to_owned(),
                operating_system: text(system),
                operating_system_version: text(version),
            };
            assert_eq!(described(client), expected);
        }
    }
}
