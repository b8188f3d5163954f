//! How far the cluster's scores are from ours.
//!
//! The cluster scores by BM25 too, but counts documents that were removed and not yet cleared away, and takes exact lengths for the
//! average. Each part of a question is therefore asked for with a boost that makes up for the difference in its weight, which
//! the cluster explains for one document; what remains is the difference of the averages, which has a bound.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::clause::{Leaf, leaves};
use super::view::{View, hits};
use crate::backend::bm25::idf;
use crate::backend::clause::{Clause, TextField};
use crate::backend::definition::statistics::Statistics;
use crate::error::Result;

/// Rounding, and what changes in the cluster between two requests.
const SLACK: f32 = 1.001;

/// What the cluster's scores are multiplied by.
#[derive(Debug, PartialEq)]
pub(crate) struct Calibration {
    boosts: HashMap<Vec<(TextField, String)>, f32>,
    /// No score of ours is more than this many times the cluster's.
    pub(crate) most: f32,
}

impl Calibration {
    pub(crate) fn of<T>(view: &View, clause: &Clause<T>, statistics: &Statistics) -> Result<Calibration> {
        let mut calibration = Calibration { boosts: HashMap::new(), most: SLACK };
        let leaves = leaves(clause);
        if leaves.is_empty() {
            return Ok(calibration);
        }
        let bodies: Vec<Value> = leaves
            .iter()
            .map(|leaf| {
                json!({ "size": 1, "explain": true, "_source": false, "track_total_hits": false, "query": leaf.query(1.0) })
            })
            .collect();
        for (leaf, answer) in leaves.iter().zip(view.client.searches(&view.index, &bodies)?) {
            let Some(hit) = hits(&answer)?.first() else { continue };
            let told = &hit["_explanation"];
            let (Some(theirs), Some(average)) = (value(told, "idf,"), value(told, "avgdl,")) else {
                // An explanation in other words says nothing, so every document has to be looked at.
                calibration.most = f32::INFINITY;
                continue;
            };
            let terms = leaf.terms();
            let ours: f32 =
                terms.iter().map(|(text, term)| idf(statistics.total(), statistics.with_term(*text, term))).sum();
            let own = terms.first().map_or(average, |(text, _)| statistics.average(*text).max(1.0));
            calibration.boosts.insert(terms, ours / theirs);
            calibration.most = calibration.most.max(SLACK * own / average);
        }
        Ok(calibration)
    }

    /// The boost of a leaf.
    pub(crate) fn boost(&self, leaf: &Leaf<'_>) -> f32 {
        self.boosts.get(&leaf.terms()).copied().unwrap_or(1.0)
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
