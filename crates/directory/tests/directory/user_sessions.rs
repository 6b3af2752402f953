use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_directory::*;
use riskgate_model::AuthenticationFacts;
use riskgate_odata::Filter;
use riskgate_store::records::{RefreshTokenFamily, Session, TokenGrant};
use riskgate_store::{Batch, StoreExt, tables};
use serde_json::Map;

use crate::support::{Contoso, HASH, contoso, start};

pub(crate) fn session(id: &str, user_id: &str, at: Timestamp) -> Session {
    Session {
        id: id.to_owned(),
        session_id: format!("sid-{id}"),
        user_id: user_id.to_owned(),
        authentication: AuthenticationFacts::default(),
        created_date_time: at,
        ip_address: "192.0.2.1".to_owned(),
        user_agent: None,
        applications: Default::default(),
        expires_date_time: at + Duration::from_secs(86_400),
    }
}

pub(crate) fn family(id: &str, user_id: &str, at: Timestamp) -> RefreshTokenFamily {
    let grant = TokenGrant {
        client_id: "client".to_owned(),
        user_id: user_id.to_owned(),
        scopes: vec!["User.Read".to_owned()],
        authentication: AuthenticationFacts::default(),
        session_id: "sid".to_owned(),
        sign_in_id: "sign-in".to_owned(),
        nonce: None,
        granted_date_time: at,
        claims: Default::default(),
        session: Default::default(),
        dpop_key: None,
    };
    RefreshTokenFamily {
        id: id.to_owned(),
        user_id: user_id.to_owned(),
        grant,
        current_digest: "00".to_owned(),
        issued_to: None,
        generation: 1,
        is_sliding: true,
        revoked_date_time: None,
        expires_date_time: at + Duration::from_secs(86_400),
    }
}

/// 450 sessions and refresh tokens, more than are handled at once, and one of each for somebody else.
pub(crate) async fn sign_in_often(it: &Contoso, user_id: &str) {
    let mut batch = Batch::new(it.tenant);
    for number in 0..450 {
        batch.insert(&session(&format!("s{number}"), user_id, start())).unwrap();
        batch.insert(&family(&format!("f{number}"), user_id, start())).unwrap();
    }
    batch.insert(&session("other", &it.admin_id, start())).unwrap();
    batch.insert(&family("other", &it.admin_id, start())).unwrap();
    it.store.commit(batch).await.unwrap();
}

async fn good_families(it: &Contoso) -> Vec<String> {
    let all = it.store.find_all::<RefreshTokenFamily>(it.tenant, Filter::Constant(true)).await.unwrap();
    let good = all.into_iter().filter(|family| family.record.revoked_date_time.is_none());
    good.map(|family| family.record.id).collect()
}

#[tokio::test]
async fn revoking_ends_all_sessions_of_the_user_and_nobody_elses() {
    let it = contoso().await;
    let user = it.user("alice").await;
    sign_in_often(&it, &user.id).await;
    it.clock.advance(Duration::from_secs(60));
    let moment = it.directory.revoke_sign_in_sessions(&it.actor, "alice@contoso.com").await.unwrap();
    assert_eq!(moment, start() + Duration::from_secs(60));
    let user = it.directory.user(&user.id).await.unwrap();
    assert_eq!(user.sign_in_sessions_valid_from_date_time, Some(moment));
    assert_eq!(it.count(&tables::SESSIONS, Filter::Constant(true)).await, 1);
    assert_eq!(good_families(&it).await, ["other"]);
    assert_eq!(it.audits("Update StsRefreshTokenValidFrom Timestamp").await.len(), 1);
}

#[tokio::test]
async fn what_began_after_the_revocation_stays() {
    let it = contoso().await;
    let user = it.user("alice").await;
    let later = start() + Duration::from_secs(1);
    let mut batch = Batch::new(it.tenant);
    batch.insert(&session("later", &user.id, later)).unwrap();
    batch.insert(&family("later", &user.id, later)).unwrap();
    it.store.commit(batch).await.unwrap();
    it.directory.revoke_sign_in_sessions(&it.actor, &user.id).await.unwrap();
    assert_eq!(it.count(&tables::SESSIONS, Filter::Constant(true)).await, 1);
    assert_eq!(good_families(&it).await, ["later"]);
}

#[tokio::test]
async fn a_new_password_ends_the_sessions_made_with_the_old_one() {
    let it = contoso().await;
    let user = it.user("alice").await;
    sign_in_often(&it, &user.id).await;
    it.clock.advance(Duration::from_secs(5));
    it.directory.set_password(&it.actor, &user.id, "$argon2id$new", true).await.unwrap();
    let credential = it.directory.user_credential(&user.id).await.unwrap().unwrap();
    assert_eq!((credential.password_hash.as_str(), credential.must_change), ("$argon2id$new", true));
    let moment = Some(start() + Duration::from_secs(5));
    let user = it.directory.user(&user.id).await.unwrap();
    assert_eq!(user.last_password_change_date_time, moment);
    assert_eq!(user.sign_in_sessions_valid_from_date_time, moment);
    assert_eq!(it.count(&tables::SESSIONS, Filter::equals("userId", &user.id)).await, 0);
    assert_eq!(good_families(&it).await, ["other"]);
    assert_eq!(it.audits("Reset user password").await.len(), 1);

    let own = Actor::user(&user.id, "alice@contoso.com");
    it.directory.set_password(&own, &user.id, "$argon2id$own", false).await.unwrap();
    assert_eq!(it.audits("Change user password").await.len(), 1);
}

#[tokio::test]
async fn a_change_can_be_demanded_without_a_new_password() {
    let it = contoso().await;
    let user = it.user("alice").await;
    let password = PasswordChange { hash: None, must_change: Some(true), is_forgotten: false };
    let change = UserChange { properties: Map::new(), password: Some(password) };
    it.directory.update_user(&it.actor, &user.id, &change).await.unwrap();
    let credential = it.directory.user_credential(&user.id).await.unwrap().unwrap();
    assert_eq!((credential.password_hash.as_str(), credential.must_change), (HASH, true));
    assert_eq!(it.directory.user(&user.id).await.unwrap(), user);
}
