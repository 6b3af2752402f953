//! Direct members of a group.

use riskgate_directory::{Member, MembershipChange};
use riskgate_odata::{Filter, SkipToken};
use riskgate_store::tables;
use serde_json::Value as Json;

use super::{MEMBERS, referenced_id};
use crate::answer::Answer;
use crate::call::Call;
use crate::error::GraphError;
use crate::query;
use crate::resources::policies::answer_to_change;
use crate::resources::stored::typed;
use crate::route::Outcome;

pub(super) async fn list(call: Call) -> Outcome {
    let asked = query::list_options(&call, &MEMBERS)?;
    if asked.filter.is_some() || !asked.orderby.is_empty() {
        return Err(call.area.bad_request("'$filter' and '$orderby' are not supported for members."));
    }
    let after = asked.skiptoken.as_ref().map(|token| token.id.as_str());
    let limit = u64::from(asked.top.unwrap_or(MEMBERS.page));
    let page = call.service.api.directory.members(call.key(0), after, limit).await?;
    let count = match asked.count && after.is_none() {
        true => Some(number(&call).await?),
        false => None,
    };
    let next = page.next.map(|id| SkipToken { values: Vec::new(), id });
    let documents = page.members.iter().map(document).collect::<Result<_, _>>()?;
    Ok(query::page_answer(&call, &MEMBERS, &asked, query::Page { documents, count, next }))
}

pub(super) async fn count(call: Call) -> Outcome {
    let group = call.service.api.directory.find_group(call.key(0)).await?;
    group.ok_or_else(|| call.not_found("Group", 0))?;
    Ok(Answer::text(number(&call).await?.to_string()))
}

pub(super) async fn add(call: Call) -> Outcome {
    let id = referenced_id(&call)?;
    super::keep_administrators_in(&call, super::added(&call, std::slice::from_ref(&id))).await?;
    call.service.api.directory.add_members(&call.actor()?, call.key(0), &[id]).await?;
    Ok(answer_to_change(&call, Answer::no_content()))
}

pub(super) async fn remove(call: Call) -> Outcome {
    let member_id = call.key(1).to_ascii_lowercase();
    let change = MembershipChange::Removed { group_id: super::group_id(&call), member_id };
    super::keep_administrators_in(&call, change).await?;
    call.service.api.directory.remove_member(&call.actor()?, call.key(0), call.key(1)).await?;
    Ok(answer_to_change(&call, Answer::no_content()))
}

async fn number(call: &Call) -> Result<u64, GraphError> {
    let filter = Filter::equals("groupId", call.key(0).to_ascii_lowercase());
    Ok(call.store().count(call.service.api.tenant, &tables::GROUP_MEMBERSHIPS, &filter).await?)
}

fn document(member: &Member) -> Result<Json, GraphError> {
    match member {
        Member::User(user) => typed(member.kind(), user),
        Member::Group(group) => typed(member.kind(), group),
    }
}
