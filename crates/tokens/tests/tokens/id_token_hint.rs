//! Id tokens that come back as hints.

use crate::common::{CLIENT, DAY, GRAPH, World, user};
use riskgate_tokens::{IdTokenHint, IdTokenRequest, UserTokenRequest};

#[tokio::test]
async fn an_id_token_is_a_hint_also_after_it_expired_and_nothing_else_is() {
    let world = World::new().await;
    let (grant, user) = (world.grant(), user());
    let request = IdTokenRequest { grant: &grant, user: &user, access_token: None, code: None };
    let token = world.tokens.issue_id_token(request).await.unwrap().token;
    let request = UserTokenRequest {
        grant: &grant,
        family_id: None,
        user: &user,
        audience: GRAPH,
        scopes: &[],
        role_template_ids: &[],
        session: Default::default(),
    };
    let access = world.tokens.issue_user_access_token(request).await.unwrap().token;
    world.clock.advance(DAY);
    let hint = IdTokenHint {
        client_id: CLIENT.to_owned(),
        user_id: user.id.clone(),
        session_id: Some(grant.session_id.clone()),
    };
    assert_eq!(world.tokens.read_id_token_hint(&token).await, Ok(Some(hint)));
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let (header, _) = signed.split_once('.').unwrap();
    let forged = format!("{header}.e30.{signature}");
    for other in [&*access, &forged, "", "a.b.c"] {
        assert_eq!(world.tokens.read_id_token_hint(other).await, Ok(None), "{other}");
    }
    let foreign = World::new().await;
    assert_eq!(foreign.tokens.read_id_token_hint(&token).await, Ok(None));
}
