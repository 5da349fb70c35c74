//! What a parent wants said, in their own words: for mediation, and for the call with Cafcass. It stands in
//! no paper for a court.

use serde::{Deserialize, Serialize};

/// Own words for the paper a mediator reads. Each list is one line an item, in the user's order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MediationWords {
    /// About the child or children: `Robin is nine and likes swimming.`
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub child: Vec<String>,
    /// The arrangements as they are now.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub now: Vec<String>,
    /// What is proposed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub proposals: Vec<String>,
    /// What is agreed, as the user understands it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub agreed: Vec<String>,
    /// What is not agreed, as the user understands it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_agreed: Vec<String>,
}

/// Own words for the notes one has at hand during the call with Cafcass (LOG-09).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CallWords {
    /// What concerns somebody's safety.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub safety: Vec<String>,
    /// What one would like for the child.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub wishes: Vec<String>,
    /// Worries, with dates.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub worries: Vec<String>,
}
