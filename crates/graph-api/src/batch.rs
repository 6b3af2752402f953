//! `$batch`: up to twenty requests in one (contract §1.9, SDK notes §1.6). Done one after the other, so that members see
//! what those before them did, whether or not they say that they depend on it.

mod address;
mod member;

use axum::http::StatusCode;
use serde_json::{Map, Value as Json, json};

use self::member::Member;
use crate::answer::{Answer, Content};
use crate::call::Call;
use crate::error::GraphError;
use crate::http::refused;
use crate::route::Outcome;

/// Most members.
const MOST: usize = 20;

/// Does what the members ask for, as the caller of the batch.
pub(crate) async fn batch(call: Call) -> Outcome {
    let members = members(&call)?;
    let mut done: Vec<(String, StatusCode)> = Vec::new();
    let mut responses = Vec::new();
    for member in members {
        let failed = member.depends_on.iter().any(|id| {
            done.iter().any(|(other, status)| other.eq_ignore_ascii_case(id) && !status.is_success())
        });
        let outcome = match failed {
            true => Err(GraphError::new(
                StatusCode::FAILED_DEPENDENCY,
                "FailedDependency",
                "A request this one depends on did not succeed.",
            )),
            false => match member.request {
                Ok(request) => call.service.handle(request).await,
                Err(error) => Err(error),
            },
        };
        let answer = outcome.unwrap_or_else(|error| refused(error, &call.context));
        done.push((member.id.clone(), answer.status));
        responses.push(response(&member.id, answer));
    }
    Ok(Answer::json(json!({ "responses": responses })))
}

fn members(call: &Call) -> Result<Vec<Member>, GraphError> {
    let mut body = call.json()?;
    let Some(Json::Array(requests)) = body.remove("requests") else {
        return Err(call.area.bad_request("'requests' must be an array."));
    };
    if requests.is_empty() || requests.len() > MOST {
        return Err(call.area.bad_request(format!("A batch must have from 1 to {MOST} requests.")));
    }
    let mut members: Vec<Member> = Vec::with_capacity(requests.len());
    for request in requests {
        let member = Member::read(call, request)?;
        let known = |id: &str| members.iter().any(|other| other.id.eq_ignore_ascii_case(id));
        if known(&member.id) {
            return Err(call
                .area
                .bad_request(format!("The request id '{}' occurs more than once.", member.id)));
        }
        if let Some(id) = member.depends_on.iter().find(|id| !known(id)) {
            let id: String = id.chars().take(64).collect();
            return Err(call
                .area
                .bad_request(format!("'dependsOn' names '{id}', which is no request before this one.")));
        }
        members.push(member);
    }
    Ok(members)
}

fn response(id: &str, answer: Answer) -> Json {
    let content_type = answer.content_type();
    let mut headers: Map<String, Json> = answer
        .headers
        .iter()
        .filter_map(|(name, value)| Some((name.to_string(), Json::from(value.to_str().ok()?))))
        .collect();
    if let Some(content_type) = content_type {
        let shown =
            if matches!(answer.content, Content::Json(_)) { "application/json" } else { content_type };
        headers.insert("Content-Type".to_owned(), Json::from(shown));
    }
    let mut response = json!({ "id": id, "status": answer.status.as_u16(), "headers": headers });
    match answer.content {
        // A member that would be a stream is refused before it is one.
        Content::Empty | Content::Events(_) => {}
        Content::Json(body) => response["body"] = body,
        Content::Text(text) | Content::Xml(text) => response["body"] = Json::from(text),
    }
    response
}
