//! `/api/v1/documents/ID/original`: the file that a document comes from, as a download that no browser shows.

use std::fs::{File, Metadata};
use std::path::Path;

use crate::CurrentIndex;
use crate::serve::named::document;
use crate::serve::parameters::Parameters;
use crate::serve::percent::encoded;
use crate::serve::problem::Problem;
use crate::serve::reply::{Content, Keep, Reply};

/// No browser makes a page of these bytes, and they may do nothing.
const SANDBOX: &str = "sandbox; default-src 'none'";

/// The file that a document comes from: the whole file, also where it holds others. Only files that the index names are
/// given out, and the request has no say in their paths.
pub(in crate::serve) fn original(
    parameters: &Parameters,
    files: Option<&CurrentIndex>,
    id: &str,
) -> Result<Reply, Problem> {
    parameters.only(&[])?;
    let not_given = || Problem::new("not-allowed", "this server does not give out the files that documents come from");
    // A state that cannot be opened is told without the way to it, which not everybody is told.
    let index = files.ok_or_else(not_given)?.get().map_err(|_| Problem::new("index-damaged", "it cannot be read"))?;
    let document = document(&index, id)?;
    let none = |why: &str| Problem::new("no-such-document", format!("the file of document {} {why}", document.id));
    let path = document.place.path.as_ref().ok_or_else(|| none("is not known: it was added by a program"))?;
    let (file, length) = opened(path).ok_or_else(|| none("is not where it was when it was read"))?;
    let name = path.file_name().map_or("document".into(), |name| name.to_string_lossy());
    let mut reply = Reply::new("application/octet-stream", "").keep(Keep::Never);
    reply.content = Content::File(file, length);
    let disposition = format!("attachment; filename=\"{}\"; filename*=UTF-8''{}", plain(&name), encoded(&name));
    Ok(reply.header("content-disposition", disposition).header("content-security-policy", SANDBOX))
}

/// A file, opened, with its length. None where something else is in its place: a link or a pipe is not even opened.
fn opened(path: &Path) -> Option<(File, u64)> {
    std::fs::symlink_metadata(path).ok().filter(Metadata::is_file)?;
    let file = File::open(path).ok()?;
    // What was opened is looked at once more, since it may have been put there in between.
    let length = file.metadata().ok().filter(Metadata::is_file)?.len();
    Some((file, length))
}

/// A file name that every client reads: letters, digits and a few signs of ASCII.
fn plain(name: &str) -> String {
    let is_kept = |c: char| c.is_ascii_alphanumeric() || ['.', '-', '_', ' '].contains(&c);
    name.chars().map(|c| if is_kept(c) { c } else { '_' }).collect()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn file_names_say_nothing_to_a_browser() {
        assert_eq!(plain("\"><script>alert(1)</script>.txt"), "___script_alert_1___script_.txt");
        assert_eq!(plain("a\r\nSet-Cookie: x=1.txt"), "a__Set-Cookie_ x_1.txt");
        assert_eq!(plain("März 1992.pdf"), "M_rz 1992.pdf");
    }
}
