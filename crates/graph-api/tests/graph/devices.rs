//! Devices and whose they are.

use riskgate_directory::{CLOUD_DEVICE_ADMINISTRATOR, INTUNE_ADMINISTRATOR};
use serde_json::{Value as Json, json};

use crate::world::{BASE, UNKNOWN, World};

const DEVICE_ID: &str = "4c299165-6e8f-4b45-a5ba-c5d250a707ff";

fn laptop(device_id: &str, name: &str) -> Json {
    json!({ "@odata.type": "#microsoft.graph.device", "accountEnabled": true, "deviceId": device_id,
        "displayName": name, "operatingSystem": "Windows", "operatingSystemVersion": "11" })
}

async fn tool(world: &World) -> String {
    world.app_token(&["Directory.ReadWrite.All"]).await
}

#[tokio::test]
async fn a_management_tool_creates_marks_and_deletes_a_device() {
    let world = World::new().await;
    let token = tool(&world).await;
    let made = world.post("/devices", &token, laptop(DEVICE_ID, "Laptop")).await;
    assert_eq!(made.status, 201, "{}", made.text());
    assert_eq!(made.json["@odata.context"], format!("{BASE}/v1.0/$metadata#devices/$entity"));
    let id = made.json["id"].as_str().unwrap();
    assert_eq!((&made.json["isCompliant"], &made.json["physicalIds"]), (&json!(null), &json!([])));
    let again = world.post("/devices", &token, laptop(DEVICE_ID, "Laptop")).await;
    assert_eq!(
        (again.status.as_u16(), again.json["error"]["details"][0]["target"].as_str()),
        (400, Some("deviceId"))
    );

    let path = format!("/devices(deviceId='{DEVICE_ID}')");
    let patch = json!({ "isCompliant": true, "isManaged": true, "extensionAttributes": { "extensionAttribute1": "a" } });
    assert_eq!(world.patch(&path, &token, patch).await.status, 204);
    let got = world.get(&format!("/devices/{id}?$select=isCompliant,extensionAttributes"), &token).await;
    assert_eq!(got.json["isCompliant"], true);
    assert_eq!(got.json["extensionAttributes"]["extensionAttribute1"], "a");
    assert_eq!(world.get(&path, &token).await.json["id"], id);
    assert_eq!(world.delete(&path, &token).await.status, 204);
    for gone in [path, format!("/devices/{id}"), format!("/directory/deletedItems/{id}")] {
        assert_eq!(world.get(&gone, &token).await.status, 404, "{gone}");
    }
}

#[tokio::test]
async fn devices_are_filtered_ordered_and_counted() {
    let world = World::new().await;
    let token = tool(&world).await;
    for (number, name) in ["Beta", "Alpha", "Gamma"].iter().enumerate() {
        let mut body = laptop(&format!("{number}c299165-6e8f-4b45-a5ba-c5d250a707ff"), name);
        body["isCompliant"] = json!(*name != "Gamma");
        assert_eq!(world.post("/devices", &token, body).await.status, 201);
    }
    let read = world.app_token(&["Device.Read.All"]).await;
    let names = |reply: &crate::world::Reply| -> Vec<String> {
        let all = reply.json["value"].as_array().unwrap();
        all.iter().map(|device| device["displayName"].as_str().unwrap().to_owned()).collect()
    };
    let filter =
        "/devices?$filter=isCompliant%20eq%20true%20and%20operatingSystem%20eq%20'windows'&$count=true";
    let compliant = world.get(filter, &read).await;
    assert_eq!(
        (names(&compliant), &compliant.json["@odata.count"]),
        (vec!["Alpha".into(), "Beta".into()], &json!(2))
    );
    let last = world.get("/devices?$orderby=displayName%20desc&$top=1", &read).await;
    assert_eq!(names(&last), ["Gamma"]);
    assert_eq!(world.get("/devices/$count", &read).await.text(), "3");
    let unsupported = world.get("/devices?$filter=manufacturer%20eq%20'x'", &read).await;
    assert_eq!((unsupported.status.as_u16(), unsupported.code()), (400, "Request_UnsupportedQuery"));
}

#[tokio::test]
async fn a_device_knows_its_people_and_they_know_it() {
    let world = World::new().await;
    let token = tool(&world).await;
    let megan = world.user("megan", &[]).await;
    let made = world.post("/devices", &token, laptop(DEVICE_ID, "Laptop")).await;
    let id = made.json["id"].as_str().unwrap();
    let reference = json!({ "@odata.id": format!("{BASE}/v1.0/directoryObjects/{}", megan.id) });
    for (property, of_user) in
        [("registeredOwners", "ownedDevices"), ("registeredUsers", "registeredDevices")]
    {
        let path = format!("/devices/{id}/{property}");
        let added = world.post(&format!("{path}/$ref"), &token, reference.clone()).await;
        assert_eq!(added.status, 204, "{}", added.text());
        assert_eq!(world.post(&format!("{path}/$ref"), &token, reference.clone()).await.status, 400);
        let people = world.get(&path, &token).await;
        assert_eq!(people.ids(), [megan.id.as_str()]);
        assert_eq!(people.json["value"][0]["@odata.type"], "#microsoft.graph.user");
        let own = world.user_token(&megan, &["User.Read"]).await;
        let devices = world.get(&format!("/me/{of_user}?$select=id,displayName,isCompliant"), &own).await;
        assert_eq!(devices.ids(), [id]);
        assert_eq!(devices.json["value"][0]["displayName"], "Laptop");
        assert_eq!(devices.json["value"][0]["@odata.type"], "#microsoft.graph.device");
        assert_eq!(world.get(&format!("/users/{}/{of_user}", world.admin.id), &own).await.status, 403);
        let gone = format!("/devices(deviceId='{DEVICE_ID}')/{property}/{}/$ref", megan.id);
        assert_eq!(world.delete(&gone, &token).await.status, 204);
        assert_eq!(world.delete(&gone, &token).await.status, 404);
    }
    let nobody = json!({ "@odata.id": format!("{BASE}/v1.0/users/{UNKNOWN}") });
    assert_eq!(world.post(&format!("/devices/{id}/registeredUsers/$ref"), &token, nobody).await.status, 404);
}

#[tokio::test]
async fn who_enables_devices_is_not_who_says_that_they_comply() {
    let world = World::new().await;
    let made = world.post("/devices", &tool(&world).await, laptop(DEVICE_ID, "Laptop")).await;
    let path = format!("/devices/{}", made.json["id"].as_str().unwrap());
    let intune = world.user("intune", &[INTUNE_ADMINISTRATOR]).await;
    let cloud = world.user("cloud", &[CLOUD_DEVICE_ADMINISTRATOR]).await;
    let member = world.user("megan", &[]).await;
    let scopes = ["Directory.AccessAsUser.All", "Device.Read.All"];
    let (complies, disabled) = (json!({ "isCompliant": true }), json!({ "accountEnabled": false }));
    for (user, marks, disables) in [(&intune, 204, 403), (&cloud, 403, 204), (&member, 403, 403)] {
        let token = world.user_token(user, &scopes).await;
        assert_eq!(world.get(&path, &token).await.status, 200);
        assert_eq!(
            world.patch(&path, &token, complies.clone()).await.status,
            marks,
            "{:?}",
            user.display_name
        );
        assert_eq!(
            world.patch(&path, &token, disabled.clone()).await.status,
            disables,
            "{:?}",
            user.display_name
        );
    }
    let application = world.app_token(&["Device.ReadWrite.All"]).await;
    assert_eq!(world.patch(&path, &application, json!({ "isCompliant": false })).await.status, 204);
    assert_eq!(world.delete(&path, &application).await.status, 403, "that permission does not delete");
    let key = json!({ "alternativeSecurityIds": [{ "type": 2, "key": "AAAA" }] });
    assert_eq!(world.patch(&path, &application, key.clone()).await.status, 403, "nor does it change keys");
    let cloud = world.user_token(&cloud, &scopes).await;
    assert_eq!(world.patch(&path, &cloud, key.clone()).await.status, 403);
    assert_eq!(world.patch(&path, &tool(&world).await, key).await.status, 204);
}
