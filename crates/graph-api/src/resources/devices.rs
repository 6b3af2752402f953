//! `/devices` and whose they are (official schema, `device`). Each is named by `id` or by the alternate key `deviceId`.

mod count;
mod create;
mod delete;
mod get;
mod list;
mod of_user;
mod people;
mod update;

use riskgate_directory::{Capability, DeviceKey};
use riskgate_model::{Device, DirectoryObject, GraphType, User};
use riskgate_odata::ValueKind;
use riskgate_store::records::DeviceRelation::{Owner, User as RegisteredUser};

use crate::area::Area::Directory;
use crate::call::Call;
use crate::permissions::Rule;
use crate::query::Set;
use crate::route::{Access, Route, routes};

static SET: Set =
    Set { order: &[("displayName", false, ValueKind::Text)], ..Set::new(Device::TYPE, "devices") };
/// Owners and users of a device.
static PEOPLE: Set =
    Set { selectable: User::TYPE, typed: true, ..Set::new(DirectoryObject::TYPE, "directoryObjects") };
/// Devices of a user.
static OF_USER: Set =
    Set { selectable: Device::TYPE, typed: true, ..Set::new(DirectoryObject::TYPE, "directoryObjects") };

static READ: Rule = Rule {
    delegated: &[&["Device.Read.All"], &["Directory.Read.All"], &["Directory.ReadWrite.All"]],
    application: &[
        &["Device.Read.All"],
        &["Device.ReadWrite.All"],
        &["Directory.Read.All"],
        &["Directory.ReadWrite.All"],
    ],
    own: &[],
    capability: Capability::ReadDevices,
};
const CHANGE: Rule = Rule {
    delegated: &[&["Directory.AccessAsUser.All"]],
    application: &[&["Device.ReadWrite.All"], &["Directory.ReadWrite.All"]],
    own: &[],
    capability: Capability::ReadDevices,
};
/// Which properties a person may change is for `update.rs`.
static UPDATE: Rule = CHANGE;
/// Graph lets no application create devices, and `Device.ReadWrite.All` says so. Management tools here are applications,
/// so the permission to write the whole directory suffices.
const MANAGE: Rule =
    Rule { application: &[&["Directory.ReadWrite.All"]], capability: Capability::WriteDevices, ..CHANGE };
static WRITE: Rule = MANAGE;
static DELETE: Rule = Rule { capability: Capability::DeleteDevices, ..MANAGE };
static READ_OF_USER: Rule = Rule::new(
    &[&["User.Read.All"], &["User.ReadWrite.All"], &["Directory.Read.All"], &["Directory.ReadWrite.All"]],
    Capability::ReadDevices,
)
.or_own(&[&["User.Read"], &["User.ReadWrite"]]);

/// How a path names a device: what makes a key of its first key.
type By = for<'a> fn(&'a Call) -> DeviceKey<'a>;

fn id(call: &Call) -> DeviceKey<'_> {
    DeviceKey::Id(call.key(0))
}

fn device_id(call: &Call) -> DeviceKey<'_> {
    DeviceKey::DeviceId(call.key(0))
}

pub(super) fn routes() -> Vec<Route> {
    let (read, write) = (Access::Rule(&READ), Access::Rule(&WRITE));
    let mut routes = routes! { Directory;
        GET "devices", read => list::list;
        GET "devices/$count", read => count::count;
        POST "devices", write => create::create;
        GET "users/{id}/ownedDevices", Access::Rule(&READ_OF_USER) => |call| of_user::list(call, Owner);
        GET "users/{id}/registeredDevices", Access::Rule(&READ_OF_USER) => |call| of_user::list(call, RegisteredUser);
    };
    routes.extend(by_id());
    routes.extend(by_device_id());
    routes
}

fn by_id() -> Vec<Route> {
    let (read, write) = (Access::Rule(&READ), Access::Rule(&WRITE));
    routes! { Directory;
        GET "devices/{id}", read => |call| get::get(call, id);
        PATCH "devices/{id}", Access::Rule(&UPDATE) => |call| update::update(call, id);
        DELETE "devices/{id}", Access::Rule(&DELETE) => |call| delete::delete(call, id);
        GET "devices/{id}/registeredOwners", read => |call| people::list(call, id, Owner);
        POST "devices/{id}/registeredOwners/$ref", write => |call| people::add(call, id, Owner);
        DELETE "devices/{id}/registeredOwners/{user}/$ref", write => |call| people::remove(call, id, Owner);
        GET "devices/{id}/registeredUsers", read => |call| people::list(call, id, RegisteredUser);
        POST "devices/{id}/registeredUsers/$ref", write => |call| people::add(call, id, RegisteredUser);
        DELETE "devices/{id}/registeredUsers/{user}/$ref", write => |call| people::remove(call, id, RegisteredUser);
    }
}

fn by_device_id() -> Vec<Route> {
    let (read, write) = (Access::Rule(&READ), Access::Rule(&WRITE));
    routes! { Directory;
        GET "devices/{deviceId=}", read => |call| get::get(call, device_id);
        PATCH "devices/{deviceId=}", Access::Rule(&UPDATE) => |call| update::update(call, device_id);
        DELETE "devices/{deviceId=}", Access::Rule(&DELETE) => |call| delete::delete(call, device_id);
        GET "devices/{deviceId=}/registeredOwners", read => |call| people::list(call, device_id, Owner);
        POST "devices/{deviceId=}/registeredOwners/$ref", write => |call| people::add(call, device_id, Owner);
        DELETE "devices/{deviceId=}/registeredOwners/{user}/$ref", write => |call| people::remove(call, device_id, Owner);
        GET "devices/{deviceId=}/registeredUsers", read => |call| people::list(call, device_id, RegisteredUser);
        POST "devices/{deviceId=}/registeredUsers/$ref", write => |call| people::add(call, device_id, RegisteredUser);
        DELETE "devices/{deviceId=}/registeredUsers/{user}/$ref", write => |call| people::remove(call, device_id, RegisteredUser);
    }
}
