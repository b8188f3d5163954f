//! How far the cluster's scores are from ours.
//!
//! The cluster scores by BM25 too, but counts documents that were removed and not yet cleared away, and takes exact lengths for the
//! average. How much more than the cluster's a score of ours can be is told by what the cluster explains for one document with each
//! part of a question.

use serde_json::{Value, json};

use super::clause::{Leaf, MOST_LEAVES, leaves, own_leaves};
use super::view::{NONE_STORED, hits};
use crate::backend::bm25::idf;
use crate::backend::clause::Clause;
use crate::backend::definition::statistics::Statistics;
use crate::error::Result;

/// Rounding, and what changes in the cluster between two requests.
const SLACK: f32 = 1.001;

/// What is asked of the cluster to compare its scores with ours.
pub(crate) struct Calibration<'c> {
    leaves: Vec<Leaf<'c>>,
    statistics: &'c Statistics,
}

/// How the cluster's scores were at one time.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Compared {
    /// No score of ours is more than this many times the cluster's.
    pub(crate) most: f32,
    /// The weight and the average length that the cluster takes for each part.
    told: Vec<Option<(f32, f32)>>,
}

impl<'c> Calibration<'c> {
    pub(crate) fn of<T>(clause: &'c Clause<T>, statistics: &'c Statistics) -> Calibration<'c> {
        let leaves = leaves(clause);
        let leaves = if leaves.len() <= MOST_LEAVES { leaves } else { own_leaves(clause) };
        Calibration { leaves, statistics }
    }

    /// A search for each part.
    pub(crate) fn searches(&self) -> impl Iterator<Item = Value> {
        self.leaves.iter().map(|leaf| {
            json!({
                "size": 1, "explain": true, "stored_fields": NONE_STORED, "track_total_hits": false, "query": leaf.query(1.0),
            })
        })
    }

    /// The inverse document frequency of a part, which of several words is that of all together.
    fn weight(&self, leaf: &Leaf<'_>) -> f32 {
        let idf = |(text, term)| idf(self.statistics.total(), self.statistics.with_term(text, term));
        leaf.terms().iter().map(|(text, term)| idf((*text, term))).sum()
    }

    /// The weight by which each of several words scored as one is scored; zero where they are not.
    pub(crate) fn word_weight(&self, leaf: &Leaf<'_>) -> f32 {
        if self.leaves.contains(leaf) { self.weight(leaf) } else { 0.0 }
    }

    /// Compares by the answers to the searches.
    pub(crate) fn compared(&self, answers: &[Value]) -> Result<Compared> {
        let mut compared = Compared { most: SLACK, told: Vec::new() };
        for (leaf, answer) in self.leaves.iter().zip(answers) {
            let Some(hit) = hits(answer)?.first() else {
                compared.told.push(None);
                continue;
            };
            let told = &hit["_explanation"];
            let told = value(told, "idf,").zip(value(told, "avgdl,"));
            compared.told.push(told);
            let Some((theirs, average)) = told else {
                // An explanation in other words says nothing, so every document has to be looked at.
                compared.most = f32::INFINITY;
                continue;
            };
            let own = leaf.terms().first().map_or(average, |(text, _)| self.statistics.average(*text).max(1.0));
            compared.most = compared.most.max(SLACK * self.weight(leaf) / theirs * (own / average).max(1.0));
        }
        Ok(compared)
    }
}

/// The value of the first part of an explanation whose description begins so.
fn value(told: &Value, begins: &str) -> Option<f32> {
    if told["description"].as_str()?.starts_with(begins) {
        return told["value"].as_f64().map(|value| value as f32);
    }
    told["details"].as_array()?.iter().find_map(|part| value(part, begins))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_explanation_tells_weight_and_average() {
        let told = json!({ "value": 0.18, "description": "weight(words:fire in 0)", "details": [
            { "value": 0.18, "description": "score(freq=1.0), computed as boost * idf * tf from:", "details": [
                { "value": 2.2, "description": "boost", "details": [] },
                { "value": 0.18232156, "description": "idf, computed as log(1 + (N - n + 0.5) / (n + 0.5)) from:", "details": [] },
                { "value": 0.45, "description": "tf, computed as", "details": [
                    { "value": 2.5, "description": "avgdl, average length of field", "details": [] },
                ] },
            ] },
        ] });
        assert_eq!((value(&told, "idf,"), value(&told, "avgdl,")), (Some(0.182_321_56), Some(2.5)));
        assert_eq!(value(&told, "other"), None);
    }
}
