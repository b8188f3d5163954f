//! Sources as a tree by the parts of their names, with counts as links.

use maud::{Markup, html};

use super::marks::harmless;
use super::visit::Visit;
use super::words::Word;
use crate::FacetCount;

/// The sources that are named before the rest is folded away.
const SHOWN: usize = 12;
/// The most that are named on a page of results; the page of sources has all.
const MOST: usize = 60;

/// The parts of a name that are told apart: a path may have thousands.
const DEPTH: usize = 8;

/// A source or a group of sources, with the documents below it.
#[derive(Debug, PartialEq, Eq)]
pub(in super::super) struct Branch {
    pub(in super::super) name: String,
    /// The whole path, as a condition takes it.
    pub(in super::super) path: String,
    pub(in super::super) documents: u64,
    pub(in super::super) below: Vec<Branch>,
}

/// The tree of these sources, each with all that lies below it. `by_name` orders by name, otherwise the most frequent
/// comes first.
pub(in super::super) fn tree(sources: &[FacetCount], by_name: bool) -> Vec<Branch> {
    let mut roots: Vec<Branch> = Vec::new();
    for count in sources {
        let mut level = &mut roots;
        let mut path = String::new();
        for part in count.value.parts().take(DEPTH) {
            if !path.is_empty() {
                path.push('/');
            }
            path.push_str(part);
            let at = level.iter().position(|branch| branch.name == part).unwrap_or_else(|| {
                level.push(Branch { name: part.to_owned(), path: path.clone(), documents: 0, below: Vec::new() });
                level.len() - 1
            });
            level[at].documents += count.documents;
            level = &mut level[at].below;
        }
    }
    order(&mut roots, by_name);
    roots
}

fn order(branches: &mut [Branch], by_name: bool) {
    if by_name {
        branches.sort_by_key(|branch| branch.name.to_lowercase());
    } else {
        branches.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.name.cmp(&b.name)));
    }
    branches.iter_mut().for_each(|branch| order(&mut branch.below, by_name));
}

/// The tree beside a list: the first of it, then the rest folded away, then a way to all.
pub(in super::super) fn beside(visit: &Visit<'_>, sources: &[FacetCount]) -> Markup {
    let tree = tree(sources, false);
    let (first, rest) = tree.split_at(tree.len().min(SHOWN));
    let rest = &rest[..rest.len().min(MOST)];
    html! {
        (branches(visit, first))
        @if !rest.is_empty() {
            details { summary { (visit.fill(Word::AndMore, &[("n", &visit.locale.number((tree.len() - first.len()) as u64))])) } (branches(visit, rest)) }
        }
        p.note { a href=(visit.href("/sources", &visit.conditions())) { (visit.say(Word::AllSources)) } }
    }
}

/// Branches as a list, with those below each folded under it.
pub(in super::super) fn branches(visit: &Visit<'_>, branches: &[Branch]) -> Markup {
    let parameters = visit.view();
    html! {
        ul.tally {
            @for branch in branches {
                li {
                    a href=(visit.href("/search", &parameters.with("source", &branch.path))) { bdi { (harmless(&branch.name)) } }
                    span.count { (visit.locale.number(branch.documents)) }
                    @if !branch.below.is_empty() { (self::branches(visit, &branch.below)) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Source;

    fn count(name: &str, documents: u64) -> FacetCount {
        FacetCount { value: Source::new(name), documents, first: None, last: None }
    }

    #[test]
    fn a_branch_counts_all_that_lies_below_it() {
        let sources = [count("Senate/Akaka", 5), count("Courier", 7), count("Senate/Burr", 6), count("Senate", 1)];
        let told = |by_name| {
            let names = |branches: &[Branch]| {
                branches.iter().map(|branch| format!("{} {}", branch.path, branch.documents)).collect::<Vec<_>>()
            };
            let tree = tree(&sources, by_name);
            (names(&tree), tree.iter().flat_map(|branch| names(&branch.below)).collect::<Vec<_>>())
        };
        let own = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(told(false), (own(&["Senate 12", "Courier 7"]), own(&["Senate/Burr 6", "Senate/Akaka 5"])));
        assert_eq!(told(true), (own(&["Courier 7", "Senate 12"]), own(&["Senate/Akaka 5", "Senate/Burr 6"])));
    }
}
