use riskgate_directory::role_templates;

use crate::call::Call;
use crate::query;
use crate::route::Outcome;

pub(super) async fn list(call: Call) -> Outcome {
    query::list_of(&call, &super::TEMPLATES, &role_templates())
}

pub(super) async fn get(call: Call) -> Outcome {
    let found = role_templates().into_iter().find(|template| template.id.eq_ignore_ascii_case(call.key(0)));
    let template = found.ok_or_else(|| call.not_found("DirectoryRoleTemplate", 0))?;
    query::entity(&call, &super::TEMPLATES, &template)
}
