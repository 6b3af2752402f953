//! Lists of what is computed from what the store keeps, and kept nowhere.

use std::future::Future;

use riskgate_odata::{Filter, OrderBy, SkipToken};
use riskgate_store::{Position, Query, Table};
use serde_json::Value as Json;

use super::page::{Page, answer};
use super::stored::order_of;
use super::{Set, options};
use crate::call::Call;
use crate::error::GraphError;
use crate::route::Outcome;

/// Most rows one request looks at. What a filter asks of computed properties the store cannot answer; whoever filters for
/// something rare gets a short page, or an empty one, and where to go on.
const MOST_ROWS: u64 = 1_000;

/// What the objects of a set are computed from, one of a row.
pub(crate) struct Rows {
    /// Table.
    pub(crate) table: &'static Table,
    /// Which of its rows.
    pub(crate) scope: Filter,
    /// Properties of the objects that are columns of the table, and the paths of those; what is filtered and ordered by
    /// others is for [`list`] itself, or refused.
    pub(crate) columns: &'static [(&'static str, &'static str)],
}

impl Rows {
    /// The store's part of a filter: no row it leaves out passes the whole.
    fn narrowed(&self, filter: &Filter) -> Filter {
        match filter {
            Filter::And(parts) => Filter::And(parts.iter().map(|part| self.narrowed(part)).collect()),
            other => self.exact(other).unwrap_or(Filter::Constant(true)),
        }
    }

    /// The same condition on columns, if there is one.
    fn exact(&self, filter: &Filter) -> Option<Filter> {
        let every = |parts: &[Filter]| parts.iter().map(|part| self.exact(part)).collect::<Option<Vec<_>>>();
        match filter {
            Filter::Constant(value) => Some(Filter::Constant(*value)),
            Filter::And(parts) => every(parts).map(Filter::And),
            Filter::Or(parts) => every(parts).map(Filter::Or),
            Filter::Not(part) => Some(Filter::Not(Box::new(self.exact(part)?))),
            Filter::Compare { path, comparison, value } => {
                let path = self.column(path)?.to_owned();
                Some(Filter::Compare { path, comparison: *comparison, value: value.clone() })
            }
            Filter::Text { path, function, text } => {
                let path = self.column(path)?.to_owned();
                Some(Filter::Text { path, function: *function, text: text.clone() })
            }
            Filter::AnyItem { .. } | Filter::IsEmpty { .. } => None,
        }
    }

    fn column(&self, property: &str) -> Option<&'static str> {
        self.columns.iter().find(|(own, _)| *own == property).map(|(_, column)| *column)
    }
}

/// A page of a set of which `compute` makes the objects; it is called for the rows of this page alone, and for those a
/// filter leaves out on the way.
///
/// # Errors
/// 400 for options that are wrong or not answered; those of `compute`.
pub(crate) async fn list<F, Fut>(call: &Call, set: &'static Set, rows: Rows, compute: F) -> Outcome
where
    F: Fn(Json) -> Fut + Send + Sync,
    Fut: Future<Output = Result<Json, GraphError>> + Send,
{
    let mut asked = options::of_list(call, set)?;
    let order = set.order(std::mem::take(&mut asked.orderby));
    let token = asked.skiptoken.take();
    if let Some(token) = &token {
        options::check_token(call.area, token, &order)?;
    }
    let filter = asked.filter.take().unwrap_or(Filter::Constant(true));
    let size = asked.top.unwrap_or(set.page) as usize;
    let mut query = Query {
        filter: Filter::And(vec![rows.scope.clone(), rows.narrowed(&filter)]),
        order: order.into_iter().map(|part| on_column(call, &rows, part)).collect::<Result<_, _>>()?,
        skip: 0,
        limit: 0,
        after: token.map(|token| Position { values: token.values, id: token.id }),
    };
    let (mut documents, mut left) = (Vec::new(), MOST_ROWS);
    let next = loop {
        // Never more than the page lacks: the place where the next one begins is behind the last row that was looked at.
        query.limit = left.min((size - documents.len()) as u64);
        let page = call.store().query(call.service.api.tenant, rows.table, &query).await?;
        for row in page.items {
            left = left.saturating_sub(1);
            let document = compute(row.document).await?;
            if filter.matches(&document) {
                documents.push(document);
            }
        }
        query.after = page.next;
        if query.after.is_none() || documents.len() >= size || left == 0 {
            break query.after;
        }
    };
    let next = next.map(|next| SkipToken { values: next.values, id: next.id });
    Ok(answer(call, set, &asked, Page { documents, count: None, next }))
}

fn on_column(call: &Call, rows: &Rows, part: OrderBy) -> Result<riskgate_store::Order, GraphError> {
    match rows.column(&part.path) {
        Some(column) => Ok(order_of(OrderBy { path: column.to_owned(), ..part })),
        None => Err(call.area.bad_request(format!("The property '{}' cannot be ordered by.", part.path))),
    }
}

#[cfg(test)]
mod tests {
    use riskgate_odata::ItemTest;
    use riskgate_store::tables;

    use super::*;

    #[test]
    fn the_store_leaves_out_nothing_that_passes() {
        let rows = Rows {
            table: &tables::USERS,
            scope: Filter::Constant(true),
            columns: &[("userPrincipalName", "name")],
        };
        let stored = Filter::equals("userPrincipalName", "ada");
        let pushed = Filter::equals("name", "ada");
        let computed = Filter::equals("isMfaCapable", true);
        let not = |filter: &Filter| Filter::Not(Box::new(filter.clone()));
        let all = Filter::Constant(true);
        let any = Filter::AnyItem {
            path: "methodsRegistered".to_owned(),
            test: ItemTest::Equals("email".to_owned()),
        };
        for (filter, narrowed) in [
            (stored.clone(), pushed.clone()),
            (not(&stored), not(&pushed)),
            (computed.clone(), all.clone()),
            (not(&computed), all.clone()),
            (any, all.clone()),
            (
                Filter::And(vec![stored.clone(), computed.clone()]),
                Filter::And(vec![pushed.clone(), all.clone()]),
            ),
            (not(&Filter::And(vec![stored.clone(), computed.clone()])), all.clone()),
            (Filter::Or(vec![stored, computed]), all),
        ] {
            assert_eq!(rows.narrowed(&filter), narrowed, "{filter:?}");
        }
    }
}
