#![allow(missing_docs, clippy::all, unused)]
#[path = "/tmp/gaex/world.rs"]
mod world;
use riskgate_model::*;
use serde_json::json;
#[tokio::main]
async fn main() {
    let w = world::World::new().await;
    let tok = w.admin_token().await;
    for n in ["megan", "alex", "zoe", "MyTestUser1"] { w.user(n, &[]).await; }
    let us: Vec<User> = w.all().await;
    let start = riskgate_core::Timestamp::from_seconds(1790000000);
    let mut ds = vec![];
    for i in 0..45i64 {
        let u = &us[(i % 4) as usize];
        ds.push(RiskDetection { id: format!("{i:064x}"), detected_date_time: Some(riskgate_core::Timestamp::from_micros(start.as_micros() + i * 1_234_567)),
            activity_date_time: Some(start), last_updated_date_time: Some(start), user_id: Some(u.id.clone()), user_display_name: u.display_name.clone(), user_principal_name: u.user_principal_name.clone(),
            risk_level: Some([RiskLevel::Low, RiskLevel::Medium, RiskLevel::High][(i % 3) as usize]), risk_state: Some(if i % 2 == 0 { RiskState::AtRisk } else { RiskState::Dismissed }),
            risk_detail: Some(if i % 5 == 0 { RiskDetail::AdminConfirmedAccountSafe } else { RiskDetail::None }), risk_event_type: Some(["anonymizedIPAddress", "unfamiliarFeatures"][(i % 2) as usize].into()), risk_type: Some("anonymizedIPAddress".into()),
            activity: Some(ActivityType::Signin), source: Some("IdentityProtection".into()), token_issuer_type: Some(TokenIssuerType::AzureAD), ..Default::default() });
    }
    w.put(&ds).await;
    let rs: Vec<RiskyUser> = us.iter().enumerate().map(|(i, u)| RiskyUser { id: u.id.clone(), user_display_name: u.display_name.clone(), user_principal_name: u.user_principal_name.clone(), risk_level: Some([RiskLevel::Low, RiskLevel::High][i % 2]), risk_state: Some(RiskState::AtRisk), risk_detail: Some(RiskDetail::None), is_deleted: Some(false), is_processing: Some(false), risk_last_updated_date_time: Some(riskgate_core::Timestamp::from_seconds(1790000000 + i as i64)) }).collect();
    w.put(&rs).await;
    let hs: Vec<RiskyUserHistoryItem> = (0..3).map(|i| RiskyUserHistoryItem { id: format!("h{i}"), user_id: Some(rs[0].id.clone()), risk_level: Some([RiskLevel::Low, RiskLevel::High][i % 2]), risk_state: Some(RiskState::AtRisk), risk_last_updated_date_time: Some(riskgate_core::Timestamp::from_seconds(1790000000 + i as i64)), ..Default::default() }).collect();
    for r in &rs { let hs: Vec<_> = hs.iter().map(|h| RiskyUserHistoryItem { id: format!("{}{}", h.id, r.id), user_id: Some(r.id.clone()), ..h.clone() }).collect(); w.put(&hs).await; }
    for i in 0..30i64 { let u = &us[(i%4) as usize];
        let si: SignIn = serde_json::from_value(json!({"id": format!("11111111-0000-4000-8000-{i:012}"), "createdDateTime": riskgate_core::Timestamp::from_micros(start.as_micros()+i*7_000_100), "userId": u.id, "userDisplayName": u.display_name, "userPrincipalName": u.user_principal_name, "appId": "a", "conditionalAccessStatus": "success", "riskState": "atRisk", "riskLevelAggregated": "medium", "riskLevelDuringSignIn": "medium", "status": {"errorCode": i % 3, "failureReason": "x", "additionalDetails": null}, "location": {"city": "Oslo", "state": null, "countryOrRegion": (["NO","SE"][(i%2) as usize]), "geoCoordinates": {"altitude": null, "latitude": 1.5, "longitude": 2.5}}, "appliedConditionalAccessPolicies": [{"id":"p","displayName":"x","enforcedGrantControls":["mfa"],"enforcedSessionControls":[],"result":"reportOnlySuccess"}], "riskEventTypes_v2": ["anonymizedIPAddress"], "isInteractive": true, "ipAddress": "192.0.2.1"})).unwrap();
        let mut doc = serde_json::to_value(&si).unwrap(); doc["@riskgate.evidence"] = json!({"x":1});
        let mut b = riskgate_store::Batch::new(w.tenant); b.writes.push(riskgate_store::Write::Insert{ table: &riskgate_store::tables::SIGN_INS, id: si.id.clone(), document: doc }); w.store.commit(b).await.unwrap(); }
    for n in ["A", "B", "C"] {
        w.post("/identity/conditionalAccess/policies", &tok, json!({"displayName": n, "state": if n == "A" {"disabled"} else {"enabledForReportingButNotEnforced"}, "conditions": {"applications": {"includeApplications": ["All"]}, "users": {"includeUsers": [us[0].id]}}, "grantControls": {"operator": "OR", "builtInControls": ["mfa"]}})).await;
        w.post("/identity/conditionalAccess/namedLocations", &tok, json!({"@odata.type": "#microsoft.graph.countryNamedLocation", "displayName": n, "countriesAndRegions": ["NO"]})).await;
        w.post("/identity/conditionalAccess/namedLocations", &tok, json!({"@odata.type": "#microsoft.graph.ipNamedLocation", "displayName": format!("ip{n}"), "ipRanges": [{"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": "192.0.2.0/24"}]})).await;
        w.post("/groups", &tok, json!({"displayName": n, "mailEnabled": false, "mailNickname": n, "securityEnabled": true, "members@odata.bind": [format!("https://x/v1.0/directoryObjects/{}", us[0].id)]})).await;
    }
    w.clock.set(riskgate_core::Clock::now(&riskgate_core::SystemClock));
    let tok = w.admin_token().await;
    std::fs::write("/tmp/ga_token.txt", &tok).unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:9797").await.unwrap();
    axum::serve(listener, w.router.clone()).await.unwrap();
}
