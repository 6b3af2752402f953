//! Lists of what the store keeps.

use riskgate_odata::{Filter, QueryOptions, SkipToken};
use riskgate_store::{Direction, Order, Position, Query, Table};
use serde_json::Value as Json;

use super::page::{Page, answer};
use super::{Set, options};
use crate::answer::Answer;
use crate::call::Call;
use crate::error::GraphError;
use crate::route::Outcome;

/// Where the objects of a set are.
pub(crate) struct Source {
    /// Table.
    pub(crate) table: &'static Table,
    /// Which of its rows, besides what the client filters for.
    pub(crate) scope: Option<Filter>,
    /// The only properties this caller may filter and order by; `None` for all. Otherwise an order or a filter would
    /// tell what the answer does not.
    pub(crate) queryable: Option<&'static [&'static str]>,
    /// Last change to a document before it is shown: of what it keeps, what this caller may not see.
    pub(crate) prepare: fn(&mut Json, &Call),
}

impl Source {
    /// All rows of a table as they are.
    pub(crate) fn all(table: &'static Table) -> Self {
        Self { table, scope: None, queryable: None, prepare: |_, _| {} }
    }

    /// Refuses to query by what the caller may not see.
    fn check(&self, call: &Call, asked: &QueryOptions) -> Result<(), GraphError> {
        let Some(queryable) = self.queryable else { return Ok(()) };
        let mut paths: Vec<&str> = asked.orderby.iter().map(|part| part.path.as_str()).collect();
        asked.filter.iter().for_each(|filter| collect_paths(filter, &mut paths));
        match paths.iter().all(|path| queryable.contains(path)) {
            true => Ok(()),
            false => Err(call.area.missing_permission()),
        }
    }

    fn filter(&self, asked: Option<Filter>) -> Filter {
        match (self.scope.clone(), asked) {
            (Some(scope), Some(asked)) => Filter::And(vec![scope, asked]),
            (Some(filter), None) | (None, Some(filter)) => filter,
            (None, None) => Filter::Constant(true),
        }
    }
}

/// A page of a set.
///
/// # Errors
/// 400 for options that are wrong or not answered.
pub(crate) async fn list(call: &Call, set: &'static Set, source: Source) -> Outcome {
    let mut asked = options::of_list(call, set)?;
    source.check(call, &asked)?;
    let order = set.order(std::mem::take(&mut asked.orderby));
    let token = asked.skiptoken.take();
    if let Some(token) = &token {
        options::check_token(call.area, token, &order)?;
    }
    let filter = source.filter(asked.filter.take());
    let refusal = |error| options::store_refusal(call.area, set, error);
    let count = match asked.count && token.is_none() {
        true => {
            Some(call.store().count(call.service.api.tenant, source.table, &filter).await.map_err(refusal)?)
        }
        false => None,
    };
    let query = Query {
        filter,
        order: order.into_iter().map(order_of).collect(),
        // The token lies behind what was passed over.
        skip: if token.is_some() { 0 } else { u64::from(asked.skip.unwrap_or(0)) },
        limit: u64::from(asked.top.unwrap_or(set.page)),
        after: token.map(|token| Position { values: token.values, id: token.id }),
    };
    let page = call.store().query(call.service.api.tenant, source.table, &query).await.map_err(refusal)?;
    let mut documents: Vec<Json> = page.items.into_iter().map(|row| row.document).collect();
    documents.iter_mut().for_each(|document| (source.prepare)(document, call));
    let next = page.next.map(|next| SkipToken { values: next.values, id: next.id });
    Ok(answer(call, set, &asked, Page { documents, count, next }))
}

/// `/$count` of a set.
///
/// # Errors
/// Those of [`list`].
pub(crate) async fn count(call: &Call, set: &'static Set, source: Source) -> Outcome {
    let asked = options::of_list(call, set)?;
    source.check(call, &asked)?;
    let filter = source.filter(asked.filter);
    let counted = call.store().count(call.service.api.tenant, source.table, &filter).await;
    let count = counted.map_err(|error| options::store_refusal(call.area, set, error))?;
    Ok::<_, GraphError>(Answer::text(count.to_string()))
}

pub(super) fn order_of(part: riskgate_odata::OrderBy) -> Order {
    let direction = if part.descending { Direction::Descending } else { Direction::Ascending };
    Order { path: part.path, direction }
}

/// The properties a filter looks at. Filters are as deep as the parser allows, no deeper.
fn collect_paths<'a>(filter: &'a Filter, paths: &mut Vec<&'a str>) {
    match filter {
        Filter::Constant(_) => {}
        Filter::And(parts) | Filter::Or(parts) => parts.iter().for_each(|part| collect_paths(part, paths)),
        Filter::Not(part) => collect_paths(part, paths),
        Filter::Compare { path, .. }
        | Filter::Text { path, .. }
        | Filter::AnyItem { path, .. }
        | Filter::IsEmpty { path } => paths.push(path),
    }
}
