//! Devices that prove themselves, over a real connection.

use crate::support::Installation;
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value as Json, json};

const DEVICE_ID: &str = "4c299165-6e8f-4b45-a5ba-c5d250a707ff";

/// The value of a hidden field.
fn field<'t>(page: &'t str, name: &str) -> &'t str {
    let start = format!("name=\"{name}\" value=\"");
    let (_, rest) = page.split_once(&start).unwrap_or_else(|| panic!("no {name}: {page}"));
    rest.split_once('"').unwrap().0
}

#[tokio::test]
async fn a_browser_with_the_certificate_of_a_device_signs_in_from_it() {
    let installation = Installation::initialised();
    installation.configure("[devices]\ncertificates = 'listener'\n");
    let app = ["app", "create", "--name", "Management", "--permission", "Directory.ReadWrite.All"];
    let app = installation.json(&[&app[..], &["--permission", "AuditLog.Read.All"]].concat());
    let server = installation.serve(&[]);
    let token = server.token(&app).await;

    let own = rcgen::generate_simple_self_signed(vec!["laptop".to_owned()]).unwrap();
    let key = STANDARD.encode(digest(&SHA256, own.cert.der()).as_ref());
    let device = json!({ "accountEnabled": true, "deviceId": DEVICE_ID, "displayName": "Laptop", "isCompliant": true,
        "operatingSystem": "Windows", "operatingSystemVersion": "11", "trustType": "AzureAD",
        "alternativeSecurityIds": [{ "type": 2, "key": key }] });
    let made = server.client.post(server.url("/v1.0/devices")).bearer_auth(&token).json(&device);
    assert_eq!(made.send().await.unwrap().status(), 201);

    let identity = own.cert.pem() + &own.signing_key.serialize_pem();
    let ca = std::fs::read(server.welcome["caFile"].as_str().unwrap()).unwrap();
    let browser = reqwest::Client::builder()
        .tls_certs_only(reqwest::Certificate::from_pem_bundle(&ca).unwrap())
        .identity(reqwest::Identity::from_pem(identity.as_bytes()).unwrap())
        .cookie_store(true)
        .no_proxy()
        .build()
        .unwrap();
    for (client, expected) in [(&browser, json!(DEVICE_ID)), (&server.client, Json::Null)] {
        let page = client.get(server.url("/signin")).send().await.unwrap().text().await.unwrap();
        let form = [
            ("ctx", field(&page, "ctx")),
            ("anti_forgery", field(&page, "anti_forgery")),
            ("username", "admin@contoso.com"),
            ("password", "Contoso-1234"),
        ];
        let answer = client.post(server.url("/signin")).form(&form).send().await.unwrap();
        assert_eq!(answer.url().path(), "/security-info", "{answer:?}");
        let newest = "/auditLogs/signIns?$filter=isInteractive%20eq%20true&$top=1";
        let (status, sign_ins) = server.graph(&token, newest).await;
        assert_eq!(status, 200, "{sign_ins}");
        let detail = &sign_ins["value"][0]["deviceDetail"];
        assert_eq!(detail["deviceId"], expected, "{detail}");
        assert_eq!(detail["isCompliant"], if expected.is_null() { Json::Null } else { json!(true) });
    }
}

#[tokio::test]
async fn a_simulated_browser_is_registered_once_and_marked_compliant() {
    let installation = Installation::initialised();
    let app = ["app", "create", "--name", "Management", "--permission", "Device.ReadWrite.All"];
    let app = installation.json(&[&app[..], &["--permission", "AuditLog.Read.All"]].concat());
    let server = installation.serve(&[]);
    let token = server.token(&app).await;
    let file = installation.path("device");
    let simulate = |file: &str| {
        let arguments = server.simulate("admin@contoso.com", &["--device-cookie", file]);
        installation.run_with(&arguments, "Contoso-1234").json()
    };
    let first = simulate(file.to_str().unwrap());
    assert_eq!(first["result"], "granted");
    let (_, devices) = server.graph(&token, "/devices").await;
    let device = &devices["value"][0];
    assert_eq!(device["displayName"], "Firefox 128 on Windows 10", "{devices}");
    let mark = server.client.patch(server.url(&format!("/v1.0/devices/{}", device["id"].as_str().unwrap())));
    let marked = mark.bearer_auth(&token).json(&json!({ "isCompliant": true })).send().await.unwrap();
    assert_eq!(marked.status(), 204);

    let second = simulate(file.to_str().unwrap());
    let path = |outcome: &Json| format!("/auditLogs/signIns/{}", outcome["signInId"].as_str().unwrap());
    let (_, sign_in) = server.graph(&token, &path(&second)).await;
    assert_eq!(sign_in["deviceDetail"]["deviceId"], device["deviceId"], "{sign_in}");
    assert_eq!(sign_in["deviceDetail"]["isCompliant"], true);
    let (_, sign_in) = server.graph(&token, &path(&first)).await;
    assert_eq!(sign_in["deviceDetail"]["deviceId"], Json::Null);
    let (_, devices) = server.graph(&token, "/devices").await;
    assert_eq!(devices["value"].as_array().unwrap().len(), 1);
}
