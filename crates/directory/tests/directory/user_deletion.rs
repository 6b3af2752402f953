use std::time::Duration;

use riskgate_directory::*;
use riskgate_model::{AuthenticationMethodKind, RiskLevel, RiskyUser};
use riskgate_odata::Filter;
use riskgate_store::records::{
    AuthenticationMethod, DeletedItem, DeletedKind, FamiliarNetworks, SignInHistory,
};
use riskgate_store::{Batch, StoreExt, tables};

use crate::support::{contoso, start};
use crate::user_sessions::sign_in_often;

#[tokio::test]
async fn nothing_that_lets_a_deleted_user_in_is_left() {
    let it = contoso().await;
    let user = it.user("alice").await;
    let group = it.directory.create_group(&it.actor, &NewGroup::new("Staff", "staff")).await.unwrap();
    it.directory.add_members(&it.actor, &group.id, std::slice::from_ref(&user.id)).await.unwrap();
    it.directory.add_role_assignment(&it.actor, &user.id, SECURITY_READER, "/").await.unwrap();
    let graph = it.directory.find_service_principal_of(GRAPH_APP_ID).await.unwrap().unwrap();
    let consent = ConsentType::Principal(user.id.clone());
    it.directory.grant_consent(&it.actor, &graph.id, &consent, &["User.Read".to_owned()]).await.unwrap();
    sign_in_often(&it, &user.id).await;
    let mut batch = Batch::new(it.tenant);
    batch
        .insert(&AuthenticationMethod {
            id: "m".to_owned(),
            user_id: user.id.clone(),
            kind: AuthenticationMethodKind::SoftwareOath,
            sealed_secret: String::new(),
            created_date_time: start(),
            last_used_step: None,
            display_name: None,
            passkey: None,
            phone: None,
            temporary_access_pass: None,
        })
        .unwrap();
    batch.insert(&FamiliarNetworks { id: user.id.clone(), networks: Vec::new() }).unwrap();
    batch
        .insert(&SignInHistory {
            id: user.id.clone(),
            history: Default::default(),
            changed_date_time: start(),
        })
        .unwrap();
    let risky = RiskyUser { id: user.id.clone(), risk_level: Some(RiskLevel::High), ..RiskyUser::default() };
    batch.insert(&risky).unwrap();
    it.store.commit(batch).await.unwrap();

    it.directory.delete_user(&it.actor, "alice@contoso.com").await.unwrap();

    let of_user = |column: &str| Filter::equals(column, &user.id);
    for (table, filter, left) in [
        (&tables::USERS, of_user("id"), 0),
        (&tables::USER_CREDENTIALS, of_user("id"), 0),
        (&tables::FAMILIAR_NETWORKS, of_user("id"), 0),
        (&tables::SIGN_IN_HISTORIES, of_user("id"), 0),
        (&tables::AUTHENTICATION_METHODS, of_user("userId"), 0),
        (&tables::ROLE_ASSIGNMENTS, of_user("principalId"), 0),
        (&tables::GROUP_MEMBERSHIPS, of_user("memberId"), 0),
        (&tables::PERMISSION_GRANTS, of_user("principalId"), 0),
        (&tables::SESSIONS, of_user("userId"), 0),
        (&tables::REFRESH_TOKENS, of_user("userId"), 0),
        (&tables::SESSIONS, Filter::Constant(true), 1),
    ] {
        assert_eq!(it.count(table, filter).await, left, "{}", table.name);
    }
    let risky = it.store.load::<RiskyUser>(it.tenant, &user.id).await.unwrap().unwrap().record;
    assert_eq!((risky.is_deleted, risky.risk_level), (Some(true), Some(RiskLevel::High)));
    assert_eq!(it.audits("Delete user").await.len(), 1);
}

#[tokio::test]
async fn a_deleted_user_can_be_seen_for_thirty_days_and_the_name_is_free() {
    let it = contoso().await;
    let user = it.user("alice").await;
    it.directory.delete_user(&it.actor, &user.id).await.unwrap();
    let item = it.store.load::<DeletedItem>(it.tenant, &user.id).await.unwrap().unwrap().record;
    assert_eq!(item.kind, DeletedKind::User);
    assert_eq!(item.expires_date_time, start() + Duration::from_secs(30 * 86_400));
    assert_eq!(item.document["userPrincipalName"], "alice@contoso.com");
    assert_eq!(item.document["deletedDateTime"], start().to_string());
    assert_eq!(
        it.directory.delete_user(&it.actor, &user.id).await.unwrap_err().status(),
        ErrorStatus::NotFound
    );
    assert_ne!(it.user("alice").await.id, user.id);
}
