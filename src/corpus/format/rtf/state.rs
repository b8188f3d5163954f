//! The properties that hold within a group and end with it.

/// Groups within groups beyond this share what holds. No document of the world has a hundred.
const DEEPEST: usize = 500;

/// The destination of a group's words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Aim {
    #[default]
    Text,
    Note,
    Footer,
    Remark,
    Nowhere,
    Fonts,
    Info,
    Title,
    Author,
    Operator,
    Subject,
    Keywords,
    Description,
    Created,
    Modified,
}

impl Aim {
    /// Returns whether the words are a value of the information group.
    pub(super) fn is_value(self) -> bool {
        matches!(self, Aim::Title | Aim::Author | Aim::Operator | Aim::Subject | Aim::Keywords | Aim::Description)
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct State {
    pub(super) aim: Aim,
    pub(super) font: Option<i32>,
    /// How many characters after a `\u` stand for it where it is not understood.
    pub(super) fallback: usize,
    /// `\*` has been read, and no word after it.
    pub(super) ignorable: bool,
    hidden: bool,
    deleted: bool,
}

impl Default for State {
    fn default() -> Self {
        State { aim: Aim::Text, font: None, fallback: 1, ignorable: false, hidden: false, deleted: false }
    }
}

/// The open groups.
#[derive(Default)]
pub(super) struct Groups {
    now: State,
    around: Vec<State>,
    /// The number of open groups beyond those that are kept.
    beyond: usize,
    /// Set to show hidden and deleted words too.
    all_text: bool,
}

impl Groups {
    pub(super) fn new(all_text: bool) -> Groups {
        Groups { all_text, ..Groups::default() }
    }

    pub(super) fn state(&self) -> State {
        self.now
    }

    pub(super) fn state_mut(&mut self) -> &mut State {
        &mut self.now
    }

    pub(super) fn open(&mut self) {
        if self.around.len() >= DEEPEST {
            self.beyond += 1;
            return;
        }
        self.around.push(self.now);
        self.now.ignorable = false;
    }

    /// Closes a group. A bracket that closes no group has no effect.
    pub(super) fn close(&mut self) {
        if self.beyond > 0 {
            self.beyond -= 1;
        } else if let Some(around) = self.around.pop() {
            self.now = around;
        }
    }

    /// Returns whether words are shown at all.
    pub(super) fn is_shown(&self) -> bool {
        let unseen = (self.now.hidden || self.now.deleted) && !self.all_text;
        !(unseen || matches!(self.now.aim, Aim::Nowhere | Aim::Fonts | Aim::Info))
    }

    pub(super) fn hide(&mut self, hidden: bool, on: bool) {
        if hidden {
            self.now.hidden = on;
        } else {
            self.now.deleted = on;
        }
    }

    /// `\plain`
    pub(super) fn plain(&mut self) {
        self.now.font = None;
        self.now.hidden = false;
    }

    /// Takes the group elsewhere if the word says so; true if it does now go elsewhere.
    pub(super) fn aim_at(&mut self, name: &str) -> bool {
        let ignorable = std::mem::take(&mut self.now.ignorable);
        let within = self.now.aim;
        if within == Aim::Nowhere {
            return false;
        }
        let aim = match name {
            "fonttbl" => Aim::Fonts,
            "info" => Aim::Info,
            "title" | "author" | "operator" | "subject" | "keywords" | "doccomm" | "creatim" | "revtim"
                if within == Aim::Info =>
            {
                match name {
                    "title" => Aim::Title,
                    "author" => Aim::Author,
                    "operator" => Aim::Operator,
                    "subject" => Aim::Subject,
                    "keywords" => Aim::Keywords,
                    "doccomm" => Aim::Description,
                    "creatim" => Aim::Created,
                    _ => Aim::Modified,
                }
            }
            "footnote" => Aim::Note,
            "annotation" => Aim::Remark,
            "footer" | "footerl" | "footerr" | "footerf" => Aim::Footer,
            "shpinst" | "shptxt" => return false,
            _ if ignorable || is_silent(name) => Aim::Nowhere,
            _ => return false,
        };
        self.now.aim = aim;
        aim != within
    }
}

/// Groups that hold no words for a reader, whether or not they are marked so.
fn is_silent(name: &str) -> bool {
    matches!(
        name,
        "colortbl"
            | "stylesheet"
            | "pict"
            | "nonshppict"
            | "objclass"
            | "objname"
            | "objdata"
            | "objalias"
            | "listtable"
            | "listoverridetable"
            | "revtbl"
            | "rsidtbl"
            | "generator"
            | "filetbl"
            | "xe"
            | "tc"
            | "tcn"
            | "rxe"
            | "txe"
            | "fldinst"
            | "sp"
            | "sn"
            | "sv"
            | "do"
            | "bkmkstart"
            | "bkmkend"
            | "themedata"
            | "colorschememapping"
            | "datastore"
            | "latentstyles"
            | "pgptbl"
            | "template"
            | "passwordhash"
            | "wgrffmtfilter"
            | "atnid"
            | "atnauthor"
            | "atntime"
            | "atndate"
            | "atnref"
            | "atrfstart"
            | "atrfend"
            | "atnicn"
            | "ftnsep"
            | "ftnsepc"
            | "ftncn"
            | "aftnsep"
            | "aftnsepc"
            | "aftncn"
            | "falt"
            | "panose"
            | "fontemb"
            | "fontfile"
            | "printim"
            | "buptim"
            | "xmlnstbl"
            | "mmathPr"
            | "company"
            | "doccomm"
            | "hlinkbase"
            | "pnseclvl"
    )
}
