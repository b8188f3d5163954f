//! The interface for programs: the JSON contract of the command, over HTTP.
//!
//! [`answer`] finds what a path asks for. `call` has what all of them share, the forms of an answer; `search`, `counts`,
//! `documents`, `original` and `posted` are the answers, `addresses` the list of them. A body has the bytes that the command prints for the same
//! question, but for the cursor in `next`, which also names the question and the state of the index.

mod addresses;
mod call;
mod counts;
mod documents;
mod original;
mod posted;
mod search;

pub(super) use addresses::described;
pub(super) use original::original;

use call::{Call, Form, lines, object, without_ending};
use posted::POSTED;

use super::percent::segments;
use super::problem::Problem;
use super::reply::Reply;
use super::request::{Method, Request};
use super::routes::wrong_method;
use crate::{CurrentIndex, Index};

/// The answer to what stands behind `/api/v1`. `files` is the index by which the files of documents are given out, if they
/// are.
pub(super) fn answer(
    request: &Request,
    index: &Index,
    files: Option<&CurrentIndex>,
    path: &[&str],
) -> Result<Reply, Problem> {
    let (path, ending) = split(path);
    let call = Call {
        parameters: &request.parameters,
        index,
        path: &request.path,
        accept: &request.accept,
        ending,
        body: &request.body,
    };
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    // The door lets a body come to no other address.
    if path.first().is_some_and(|name| POSTED.contains(name)) && request.method != Method::Post {
        return Ok(wrong_method("POST"));
    }
    match path.as_slice() {
        ["search"] => search::search(&call),
        ["first"] => search::first(&call),
        ["timeline"] => counts::timeline(&call),
        ["sources"] => counts::sources(&call),
        ["figures"] => counts::figures(&call),
        ["compare"] => counts::compare(&call),
        ["dates"] => counts::dates(&call),
        ["copies"] => counts::copies(&call),
        ["documents", id] => documents::show(&call, id),
        ["documents", id, "passages", number] => documents::passage(&call, id, number),
        ["documents", id, "copies"] => documents::copies(&call, id),
        ["documents", id, "citation"] => documents::citation(&call, id),
        ["documents", id, "original"] => original(call.parameters, files, id),
        ["diff", old, new] => documents::diff(&call, old, new),
        ["info"] => info(&call),
        ["skipped"] => skipped(&call),
        ["batch"] => posted::batch(&call),
        ["verify-quote"] => posted::verify(&call),
        _ => Err(Problem::new("no-such-page", "there is nothing at this address")),
    }
}

/// Returns whether the address of this path, still encoded, takes a body.
pub(super) fn is_posted(path: &str) -> bool {
    let path = segments(path);
    match path.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["api", "v1", name] => POSTED.contains(&without_ending(name).0),
        [name] => has_ending(name) && POSTED.contains(&without_ending(name).0),
        _ => false,
    }
}

/// Returns whether the name of a page ends with a form of its answer, as in `timeline.csv`.
pub(super) fn has_ending(name: &str) -> bool {
    without_ending(name).1.is_some()
}

/// The path without the ending that asks for a form. An id keeps what looks like an ending.
fn split(path: &[&str]) -> (Vec<String>, Option<Form>) {
    let mut path: Vec<String> = path.iter().map(|part| (*part).to_owned()).collect();
    let is_word = path.len() == 1;
    let Some(last) = path.last_mut().filter(|_| is_word) else { return (path, None) };
    let (name, form) = without_ending(last);
    *last = name.to_owned();
    (path, form)
}

fn info(call: &Call<'_>) -> Result<Reply, Problem> {
    call.form(&[Form::Json])?;
    call.only(&[])?;
    object(&call.index.info()?)
}

fn skipped(call: &Call<'_>) -> Result<Reply, Problem> {
    call.form(&[Form::Lines])?;
    call.only(&[])?;
    lines(&call.index.skipped()?)
}

#[cfg(test)]
mod tests {
    use super::{described, is_posted};

    #[test]
    fn a_body_is_taken_where_the_description_says_so() {
        for address in described() {
            assert_eq!(is_posted(address.path), address.is_posted, "{}", address.path);
        }
        for (path, expected) in [("/batch.csv", true), ("/api/v1/b%61tch.csv", true), ("/batch", false), ("/", false)] {
            assert_eq!(is_posted(path), expected, "{path}");
        }
    }
}
