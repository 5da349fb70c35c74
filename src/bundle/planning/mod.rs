//! Makes a plan of an input.

use super::{BundlePlan, PlanError, PlanInput};
use crate::model::{Finding, Profile, Severity};
use crate::rules::Rules;

/// Plans a paper.
///
/// # Errors
/// The paper is not one this version makes, or there is nothing this reader may see.
pub fn plan(input: &PlanInput) -> Result<BundlePlan, PlanError> {
    Err(PlanError::NotMade { profile: input.options.profile })
}

/// What can only be said once it is known how many pages the paper has and how many bytes the file
/// (`None` while it is not made): the page limit (27A-51), the size limit (EF-04).
#[must_use]
pub fn after_layout(_plan: &BundlePlan, pages: u32, _bytes: Option<u64>, _rules: &Rules) -> Vec<Finding> {
    vec![Finding::new(Severity::Info, "pages", "paper", format!("{pages} pages"), "")]
}

/// A name for the file: case number, initials, kind and date; no child's name (27A-65), and no word
/// that makes a court's system drop it (EF-10).
#[must_use]
pub fn suggested_file_name(input: &PlanInput) -> String {
    let kind = match input.options.profile {
        Profile::Exhibit => "exhibit",
        other => other.word(),
    };
    format!("{kind}.pdf")
}

/// What is to be said of a file name meant for this paper (EF-10, 27A-65).
#[must_use]
pub fn check_file_name(_name: &str, _input: &PlanInput) -> Vec<Finding> {
    Vec::new()
}
