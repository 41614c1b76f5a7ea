//! What a disposition demands of its row: a new target, a reason, or neither.

use crate::finding::{Finding, Problem, Quoted};
use crate::model::{Record, Role};
use crate::template::{Need, Template};

/// What the chosen disposition demands: a new target, a reason, or neither.
pub(super) fn check(row: &Record, template: &Template, findings: &mut Vec<Finding>) {
    let Some(chosen) = row.choice_of(Role::Disposition) else { return };
    let rule = template.disposition(chosen.id);
    let print = || Quoted::from(&rule.print);
    let heading =
        |role| template.role(role).map_or_else(|| "".into(), |it| Quoted::from(template.heading(it)));
    match (rule.new_target, row.value_of(Role::NewTarget)) {
        (Need::Required, None) => {
            let wanted = heading(Role::NewTarget);
            let problem = Problem::NewTargetMissing {
                disposition: print(),
                column: heading(Role::Disposition),
                wanted,
            };
            findings.push(Finding::new(problem, chosen.origin.clone()));
        }
        (Need::Forbidden, Some(value)) => {
            let problem = Problem::NewTargetUnexpected {
                disposition: print(),
                column: heading(Role::Disposition),
                unwanted: heading(Role::NewTarget),
                text: (&value.text).into(),
            };
            findings.push(Finding::new(problem, value.origin.clone()));
        }
        _ => {}
    }
    match (rule.reason, row.text_of(Role::Reason)) {
        (Need::Required, None) => {
            let problem = Problem::ReasonMissing { disposition: print(), wanted: heading(Role::Reason) };
            let origin = row.value_of(Role::NewTarget).map_or(&chosen.origin, |value| &value.origin);
            findings.push(Finding::new(problem, origin.clone()));
        }
        (Need::Forbidden, Some(reason)) => {
            let problem = Problem::ReasonUnexpected {
                disposition: print(),
                column: heading(Role::Disposition),
                unwanted: heading(Role::Reason),
                text: (&reason.text).into(),
            };
            findings.push(Finding::new(problem, reason.origin.clone()));
        }
        _ => {}
    }
}
