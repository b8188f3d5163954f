//! The server: an index that is opened when it is first asked, and the tools over it.

use std::fmt;
use std::io::{BufRead, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::clean::clean;
use super::parameter::{LEAST_CHARS, MOST_CHARS};
use super::refusal::Refusal;
use super::stdio;
use super::tool::Tool;
use super::tools::ALL;
use crate::text::{nearest, repeated};
use crate::{CurrentIndex, Date, Error, ErrorKind, Index, Result};

/// The characters of an answer, unless another number is set or asked for.
const CHARS: usize = 12_000;

/// An archive for agents: answers calls of tools, one after the other or from many threads.
///
/// The index is only read. It is opened when it is first asked, so a server may start before there is one, and what
/// another process commits is seen by the next call.
///
/// ```
/// use dateline::mcp::Server;
/// use dateline::{Document, Index};
///
/// let index = Index::in_memory()?;
/// let mut writer = index.writer()?;
/// writer.add(Document::new("log-1", "Fog since four. The ferry stays where it is."))?;
/// writer.commit()?;
///
/// let arguments = serde_json::json!({"q": "ferry"});
/// let reply = Server::over(index).call("dateline_search", arguments.as_object().expect("an object"))?;
/// assert_eq!(reply.structured.expect("no error")["hits"][0]["id"], "log-1");
/// # Ok::<(), dateline::Error>(())
/// ```
#[derive(Clone)]
pub struct Server {
    index: CurrentIndex,
    most: usize,
    /// The day of a call.
    clock: Arc<dyn Fn() -> Date + Send + Sync>,
}

/// The answer to a call.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Reply {
    /// The answer as an object that meets the tool's schema. None where the call could not be answered.
    pub structured: Option<Value>,
    /// The same for reading; for a call that could not be answered, what was wrong, what is allowed, and an example.
    pub text: String,
    /// The kind of what went wrong. None where the call was answered.
    pub error: Option<ErrorKind>,
}

impl Server {
    /// A server for the index in a folder.
    pub fn open(folder: impl Into<PathBuf>) -> Server {
        Server::over(CurrentIndex::at(folder))
    }

    /// A server for an index that is open already, or one that others share.
    pub fn over(index: impl Into<CurrentIndex>) -> Server {
        Server { index: index.into(), most: CHARS, clock: Arc::new(Date::today) }
    }

    /// Sets how many characters an answer may have, text and object together, unless a call asks for another number
    /// (12,000 unless set; from 1,000 to 200,000).
    #[must_use]
    pub fn max_chars(mut self, chars: usize) -> Server {
        self.most = chars.clamp(LEAST_CHARS as usize, MOST_CHARS as usize);
        self
    }

    /// Sets what tells the day that words like "yesterday" count from. Unless set, it is the day of the call in UTC.
    #[must_use]
    pub fn clock(mut self, today: impl Fn() -> Date + Send + Sync + 'static) -> Server {
        self.clock = Arc::new(today);
        self
    }

    /// Answers a call of a tool. A call that is wrong in its arguments, and an index that cannot be read, are answered
    /// with [`Reply::structured`] none. Fails for a tool that does not exist.
    pub fn call(&self, tool: &str, arguments: &Map<String, Value>) -> Result<Reply> {
        let tool = Server::tool(tool)?;
        let answered = caught(|| tool.call(&self.current()?, arguments, (self.clock)(), self.most));
        Ok(match answered {
            Ok(shown) => Reply { structured: Some(shown.structured), text: shown.text, error: None },
            Err(refusal) => Reply { structured: None, text: clean(&tool.explain(&refusal)), error: Some(refusal.kind) },
        })
    }

    /// Speaks the protocol over a reader and a writer, one message a line, until the input ends or nobody reads the output.
    /// Nothing but messages is written. Fails where no thread can be had.
    pub fn serve(&self, input: impl BufRead + Send + 'static, output: impl Write + Send + 'static) -> Result<()> {
        stdio::serve(self.clone(), input, output)
    }

    /// The tool of this name. Fails with the name that is most like it.
    pub(super) fn tool(name: &str) -> Result<&'static Tool> {
        let names = || ALL.iter().map(|tool| tool.name);
        ALL.iter().copied().find(|tool| tool.name == name).ok_or_else(|| {
            let whole = if name.starts_with("dateline") { name.to_owned() } else { format!("dateline_{name}") };
            let meant = nearest(&whole, names()).map_or(String::new(), |name| format!("; did you mean {name}?"));
            let message = format!("there is no tool {}{meant}", repeated(name));
            Error::new(ErrorKind::Argument, message)
                .hint(format!("they are {}", names().collect::<Vec<_>>().join(", ")))
        })
    }

    /// The index as it is now.
    pub(super) fn current(&self) -> Result<Index> {
        self.index.get()
    }
}

/// Does work, and makes a refusal of a fault in it: one call must not end the conversation.
fn caught<T>(work: impl FnOnce() -> std::result::Result<T, Refusal>) -> std::result::Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let error = Error::new(ErrorKind::Internal, "a fault in dateline itself");
        Err(error.hint("please report it; other calls go on").into())
    })
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("folder", &self.index.folder())
            .field("max_chars", &self.most)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_in_one_call_is_its_answer() {
        let refusal = caught::<()>(|| panic!("on purpose")).expect_err("a fault");
        assert!(refusal.what.contains("a fault in dateline itself") && !refusal.is_wrong_call(), "{refusal:?}");
    }
}
