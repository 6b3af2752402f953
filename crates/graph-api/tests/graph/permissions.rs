//! Every route of the table, without token, with a token that may not, and with ones that may.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use riskgate_directory::{GLOBAL_ADMINISTRATOR, member_allows};
use riskgate_graph_api::{RouteInfo, route_table};
use riskgate_model::User;
use riskgate_store::{Batch, StoreExt};
use serde_json::json;

use crate::world::{UNKNOWN, World};

/// A path the pattern matches, with keys nothing has.
fn path_of(route: &RouteInfo) -> String {
    let mut path = String::new();
    for part in route.pattern.split('/') {
        match part.strip_prefix('{').and_then(|part| part.strip_suffix("=}")) {
            Some(name) => path.push_str(&format!("({name}='{UNKNOWN}')")),
            None if part.starts_with('{') => path.push_str(&format!("/{UNKNOWN}")),
            None => path.push_str(&format!("/{part}")),
        }
    }
    path
}

async fn status(world: &World, route: &RouteInfo, token: &str) -> StatusCode {
    let body = (route.method != Method::GET).then(|| json!({}));
    world.send(route.method.clone(), &path_of(route), token, body).await.status
}

fn is_refused(status: StatusCode) -> bool {
    [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&status)
}

fn guarded() -> Vec<RouteInfo> {
    route_table().into_iter().filter(|route| route.capability.is_some()).collect()
}

#[tokio::test]
async fn nothing_but_the_description_of_the_service_is_open() {
    let world = World::new().await;
    for route in route_table() {
        let status = status(&world, &route, "").await;
        match route.is_anonymous {
            true => assert_eq!(status, StatusCode::OK, "{} {}", route.method, route.pattern),
            false => assert_eq!(status, StatusCode::UNAUTHORIZED, "{} {}", route.method, route.pattern),
        }
    }
    let open: Vec<_> =
        route_table().into_iter().filter(|route| route.is_anonymous).map(|r| r.pattern).collect();
    assert_eq!(open, ["", "$metadata", "riskgate/operations"]);
}

#[tokio::test]
async fn a_token_without_the_permission_is_refused_everywhere() {
    let world = World::new().await;
    let user = world.user_token(&world.admin, &["Mail.Read", "openid"]).await;
    let application = world.app_token(&["Mail.Read"]).await;
    for route in guarded() {
        for token in [&user, &application] {
            assert_eq!(
                status(&world, &route, token).await,
                StatusCode::FORBIDDEN,
                "{} {}",
                route.method,
                route.pattern
            );
        }
    }
}

#[tokio::test]
async fn half_of_what_is_needed_together_is_not_enough() {
    let world = World::new().await;
    for route in guarded() {
        for alternative in route.application.iter().filter(|alternative| alternative.len() > 1) {
            for name in *alternative {
                if route.application.contains(&&[*name][..]) {
                    continue;
                }
                let token = world.app_token(&[name]).await;
                assert_eq!(
                    status(&world, &route, &token).await,
                    StatusCode::FORBIDDEN,
                    "{} {name}",
                    route.pattern
                );
            }
        }
    }
}

#[tokio::test]
async fn each_alternative_of_permissions_opens_its_route() {
    let world = World::new().await;
    for route in guarded() {
        for alternative in route.application {
            let token = world.app_token(alternative).await;
            let status = status(&world, &route, &token).await;
            assert!(!is_refused(status), "{} {} {alternative:?}: {status}", route.method, route.pattern);
        }
        for alternative in route.delegated {
            let token = world.user_token(&world.admin, alternative).await;
            let status = status(&world, &route, &token).await;
            assert!(!is_refused(status), "{} {} {alternative:?}: {status}", route.method, route.pattern);
        }
    }
}

#[tokio::test]
async fn a_person_needs_the_directory_role_too() {
    let world = World::new().await;
    let member = world.user("megan", &[]).await;
    let guest = world.user("guest", &[]).await;
    let mut stored = world.store.load::<User>(world.tenant, &guest.id).await.unwrap().unwrap();
    stored.record.user_type = Some("Guest".to_owned());
    let mut batch = Batch::new(world.tenant);
    batch.update(&stored).unwrap();
    world.store.commit(batch).await.unwrap();
    for route in guarded() {
        let capability = route.capability.unwrap();
        let permissions = route.delegated[0];
        let token = world.user_token(&member, permissions).await;
        let got = status(&world, &route, &token).await;
        let expected = member_allows(capability);
        assert_eq!(!is_refused(got), expected, "member: {} {}: {got}", route.method, route.pattern);
        let token = world.user_token(&guest, permissions).await;
        let got = status(&world, &route, &token).await;
        assert_eq!(got, StatusCode::FORBIDDEN, "guest: {} {}", route.method, route.pattern);
    }
}

#[tokio::test]
async fn own_objects_need_only_what_the_route_says() {
    let world = World::new().await;
    let member = world.user("megan", &[]).await;
    for route in
        guarded().into_iter().filter(|route| !route.own.is_empty() && route.pattern.starts_with("users/{id}"))
    {
        let path = path_of(&route);
        let own = path.replacen(&format!("/users/{UNKNOWN}"), "/me", 1);
        for alternative in route.own {
            // One of the routes revokes what was issued until now.
            world.clock.advance(Duration::from_secs(2));
            let token = world.user_token(&member, alternative).await;
            let body = (route.method != Method::GET).then(|| json!({}));
            let reply = world.send(route.method.clone(), &own, &token, body.clone()).await;
            assert!(!is_refused(reply.status), "{} {own} {alternative:?}: {}", route.method, reply.status);
            if !route.delegated.contains(alternative) {
                world.clock.advance(Duration::from_secs(2));
                let token = world.user_token(&member, alternative).await;
                let reply = world.send(route.method.clone(), &path, &token, body).await;
                assert_eq!(reply.status, StatusCode::FORBIDDEN, "{} {path} {alternative:?}", route.method);
            }
        }
    }
}

#[tokio::test]
async fn a_role_counts_from_the_moment_it_is_given_and_until_it_is_taken() {
    let world = World::new().await;
    let member = world.user("megan", &[]).await;
    let token = world.user_token(&member, &["IdentityRiskEvent.Read.All"]).await;
    let path = "/identityProtection/riskDetections";
    let refused = world.get(path, &token).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (403, "Forbidden"));
    assert!(refused.message().contains("Security Reader"), "{}", refused.message());
    let actor = riskgate_directory::Actor::command_line();
    let given =
        world.directory.add_role_assignment(&actor, &member.id, GLOBAL_ADMINISTRATOR, "/").await.unwrap();
    assert_eq!(world.get(path, &token).await.status, 200);
    world.directory.remove_role_assignment(&actor, &given.id).await.unwrap();
    assert_eq!(world.get(path, &token).await.status, 403);
}
