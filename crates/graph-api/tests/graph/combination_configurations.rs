//! Which security keys and certificates count for a combination of an authentication strength.

use serde_json::{Value as Json, json};

use crate::world::{UNKNOWN, World};

const STRENGTHS: &str = "/policies/authenticationStrengthPolicies";

fn strength() -> Json {
    json!({ "displayName": "Keys or app", "allowedCombinations": ["fido2", "password,softwareOath"] })
}

fn keys() -> Json {
    json!({
        "@odata.type": "#microsoft.graph.fido2CombinationConfiguration", "appliesToCombinations": ["fido2"],
        "allowedAAGUIDs": ["486be600-3c4a-4f5d-9b4a-1a2b3c4d5e6f"],
    })
}

fn path(made: &Json) -> String {
    format!("{STRENGTHS}/{}", made["id"].as_str().unwrap())
}

#[tokio::test]
async fn configurations_narrow_one_combination_each() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let made = world.post(STRENGTHS, &token, strength()).await;
    let strength_path = path(&made.json);
    let set = format!("{strength_path}/combinationConfigurations");
    let created = world.post(&set, &token, keys()).await;
    assert_eq!(created.status, 201, "{}", created.text());
    let id = created.json["id"].as_str().unwrap().to_owned();
    let own = format!("{set}/{id}");
    let mut expected = keys();
    expected["id"] = json!(id);
    let inline = world.get(&strength_path, &token).await.json["combinationConfigurations"].clone();
    assert_eq!(inline, json!([expected]));
    assert_eq!(world.get(&set, &token).await.json["value"], inline);
    assert_eq!(world.get(&format!("{set}/$count"), &token).await.text(), "1");
    let again = world.post(&set, &token, keys()).await;
    assert!(again.message().contains("already"), "{}", again.message());
    let update = json!({ "allowedAAGUIDs": [UNKNOWN] });
    assert_eq!(world.patch(&own, &token, update).await.status, 204);
    let got = world.get(&own, &token).await.json;
    assert_eq!(
        (&got["allowedAAGUIDs"], &got["appliesToCombinations"]),
        (&json!([UNKNOWN]), &json!(["fido2"]))
    );
    let combinations = json!({ "allowedCombinations": ["password,softwareOath"] });
    let refused =
        world.post(&format!("{strength_path}/updateAllowedCombinations"), &token, combinations).await;
    assert!(refused.message().contains(&id), "{}", refused.message());
    assert_eq!(world.delete(&own, &token).await.status, 204);
    assert_eq!(world.delete(&own, &token).await.status, 404);
    assert_eq!(world.get(&set, &token).await.json["value"], json!([]));
}

#[tokio::test]
async fn configurations_that_say_nothing_or_do_not_fit_are_refused() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let mut body = strength();
    body["allowedCombinations"] = json!(["fido2", "x509CertificateMultiFactor", "password,sms"]);
    let certificates = json!({
        "@odata.type": "#microsoft.graph.x509CertificateCombinationConfiguration",
        "appliesToCombinations": ["x509CertificateMultiFactor"], "allowedPolicyOIDs": ["1.3.6.1.4.1.311"],
        "allowedIssuerSkis": ["9A4248C6AC8C2931AB2A86537818E92E7B6C97B6"],
    });
    body["combinationConfigurations"] = json!([certificates]);
    let made = world.post(STRENGTHS, &token, body).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let kept = &made.json["combinationConfigurations"][0];
    assert_eq!(kept["allowedPolicyOIDs"], certificates["allowedPolicyOIDs"]);
    let own = format!("{}/combinationConfigurations/{}", path(&made.json), kept["id"].as_str().unwrap());
    let set = format!("{}/combinationConfigurations", path(&made.json));
    let with = |name: &str, value: Json| {
        let mut body = keys();
        body[name] = value;
        body
    };
    for body in [
        json!({ "appliesToCombinations": ["fido2"] }),
        with("appliesToCombinations", json!([])),
        with("appliesToCombinations", json!(["password,sms"])),
        with("appliesToCombinations", json!(["windowsHelloForBusiness"])),
        with("appliesToCombinations", json!(["x509CertificateMultiFactor"])),
        with("allowedAAGUIDs", json!([])),
        with("allowedAAGUIDs", json!(["yellow key"])),
        with("allowedAAGUIDs", json!(vec![UNKNOWN; 101])),
        with("allowedIssuerSkis", json!(["00"])),
        with("@odata.type", json!("#microsoft.graph.authenticationCombinationConfiguration")),
    ] {
        let reply = world.post(&set, &token, body.clone()).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (400, "BadRequest"), "{body}: {}", reply.text());
    }
    for body in [
        json!({ "allowedIssuerSkis": [], "allowedPolicyOIDs": [] }),
        json!({ "allowedPolicyOIDs": ["policy"] }),
        keys(),
    ] {
        let reply = world.patch(&own, &token, body.clone()).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (400, "BadRequest"), "{body}: {}", reply.text());
    }
    assert_eq!(world.get(&own, &token).await.json["allowedPolicyOIDs"], certificates["allowedPolicyOIDs"]);
}
