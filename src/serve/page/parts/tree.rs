//! Sources as a tree by the parts of their names, with counts as links.

use std::cell::Cell;

use maud::{Markup, html};

use super::marks::harmless;
use super::visit::Visit;
use super::words::Word;
use crate::FacetCount;

/// The sources that are named beside a list before the rest is folded away, and below each of them.
const SHOWN: usize = 12;
/// The most that are named beside a list; the page of sources has more.
const BESIDE: usize = 72;
/// The most that the page of sources names; the table has all.
const LISTED: usize = 2_000;

/// The parts of a name that are told apart: a path may have thousands.
const DEPTH: usize = 8;

/// A source or a group of sources, with the documents below it.
#[derive(Debug, PartialEq, Eq)]
struct Branch {
    name: String,
    /// The whole path, as a condition takes it.
    path: String,
    documents: u64,
    below: Vec<Branch>,
}

/// The tree of these sources, each with all that lies below it. `by_name` orders by name, otherwise the most frequent
/// comes first.
fn tree(sources: &[FacetCount], by_name: bool) -> Vec<Branch> {
    let parts = |count: &FacetCount| count.value.parts().take(DEPTH).map(str::to_owned).collect::<Vec<String>>();
    let mut leaves: Vec<(Vec<String>, u64)> = sources.iter().map(|count| (parts(count), count.documents)).collect();
    leaves.sort_unstable();
    let mut roots = grown(&leaves, 0, "");
    order(&mut roots, by_name);
    roots
}

/// The branches at this depth of names that are in order and begin alike.
fn grown(leaves: &[(Vec<String>, u64)], depth: usize, above: &str) -> Vec<Branch> {
    let branch = |leaves: &[(Vec<String>, u64)]| {
        let name = leaves.first()?.0.get(depth)?.clone();
        let path = if above.is_empty() { name.clone() } else { format!("{above}/{name}") };
        let documents = leaves.iter().map(|(_, documents)| documents).sum();
        Some(Branch { documents, below: grown(leaves, depth + 1, &path), name, path })
    };
    leaves.chunk_by(|a, b| a.0.get(depth) == b.0.get(depth)).filter_map(branch).collect()
}

fn order(branches: &mut [Branch], by_name: bool) {
    if by_name {
        branches.sort_by_cached_key(|branch| branch.name.to_lowercase());
    } else {
        branches.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.name.cmp(&b.name)));
    }
    branches.iter_mut().for_each(|branch| order(&mut branch.below, by_name));
}

/// How many sources are named: on one level, and still in all.
struct Room {
    level: usize,
    left: Cell<usize>,
}

impl Room {
    fn of(level: usize, all: usize) -> Room {
        Room { level, left: Cell::new(all) }
    }

    /// The branches of a level that there is room for.
    fn for_these<'b>(&self, branches: &'b [Branch]) -> &'b [Branch] {
        let number = branches.len().min(self.level).min(self.left.get());
        self.left.set(self.left.get() - number);
        &branches[..number]
    }
}

/// The tree beside a list: the first of it, then the rest folded away, then a way to all.
pub(in super::super) fn beside(visit: &Visit<'_>, sources: &[FacetCount]) -> Markup {
    let tree = tree(sources, false);
    let (first, rest) = tree.split_at(tree.len().min(SHOWN));
    let room = Room::of(SHOWN, BESIDE);
    html! {
        (branches(visit, first, &room))
        @if !rest.is_empty() {
            details { summary { (and_more(visit, rest.len())) } (branches(visit, rest, &Room { level: BESIDE, ..room })) }
        }
        p.note.do { a href=(visit.href("/sources", &visit.conditions())) { (visit.say(Word::AllSources)) } }
    }
}

/// All sources, as far as a page has room for them: then the table of all is named.
pub(in super::super) fn all(visit: &Visit<'_>, sources: &[FacetCount], by_name: bool) -> Markup {
    let tree = tree(sources, by_name);
    let room = Room::of(LISTED, LISTED);
    html! {
        (branches(visit, &tree, &room))
        @if room.left.get() == 0 { p.note.do { a href=(visit.href("/sources.csv", &visit.asked())) { (visit.say(Word::ForTables)) } } }
    }
}

/// Branches as a list, with those below each under it.
fn branches(visit: &Visit<'_>, level: &[Branch], room: &Room) -> Markup {
    let parameters = visit.view();
    let shown = room.for_these(level);
    html! {
        ul.tally {
            @for branch in shown {
                li {
                    a href=(visit.href("/search", &parameters.with("source", &branch.path))) { bdi { (harmless(&branch.name)) } }
                    span.count { (visit.locale.number(branch.documents)) }
                    @if !branch.below.is_empty() { (below(visit, branch, room)) }
                }
            }
            @if shown.len() < level.len() { li { span.soft { (and_more(visit, level.len() - shown.len())) } } }
        }
    }
}

/// What lies below a branch; the way to it, where there is no room.
fn below(visit: &Visit<'_>, branch: &Branch, room: &Room) -> Markup {
    let alone = visit.conditions().with("source", &branch.path);
    html! {
        @if room.left.get() > 0 { (branches(visit, &branch.below, room)) } @else {
            ul { li { a href=(visit.href("/sources", &alone)) { (and_more(visit, branch.below.len())) } } }
        }
    }
}

fn and_more(visit: &Visit<'_>, number: usize) -> String {
    visit.fill(Word::AndMore, &[("n", &visit.locale.number(number as u64))])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Source;
    use crate::serve::context::PageContext;
    use crate::serve::parameters::Parameters;

    fn count(name: &str, documents: u64) -> FacetCount {
        FacetCount { value: Source::new(name), documents, from_folder: 0, first: None, last: None }
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

    #[test]
    fn a_page_names_so_many_sources_and_leads_to_the_others() {
        let sources: Vec<FacetCount> =
            (0..50_000).map(|number| count(&format!("G{}/S{number}", number % 300), 1)).collect();
        let (parameters, context) = (Parameters::parse("q=a"), PageContext::default());
        let visit = Visit::new("/search", &parameters, &context);
        let (beside, all) = (beside(&visit, &sources).into_string(), all(&visit, &sources, true).into_string());
        let named = |html: &str| html.matches("class=\"count\"").count();
        assert_eq!((named(&beside), named(&all)), (BESIDE, LISTED));
        assert!(beside.contains("/sources?q=a\"") && beside.contains("and 155 more"), "{beside}");
        assert!(all.contains("/sources.csv?q=a") && all.contains("/sources?q=a&amp;source=G"));
    }
}
