//! Sets of objects and the query options they answer (contract §3.4): one way for all of them.

mod computed;
mod context;
mod entity;
mod memory;
mod options;
mod page;
mod set;
mod stored;

pub(crate) use computed::{Rows, list as list_computed};
pub(crate) use context::context_url;
pub(crate) use entity::{complex, created, entity, entity_of, shown_alone};
pub(crate) use memory::{count_of, list_of};
pub(crate) use options::of_list as list_options;
pub(crate) use page::{Page, answer as page_answer};
pub(crate) use set::{DefaultOrder, Set};
pub(crate) use stored::{Source, count, list};
