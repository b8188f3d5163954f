//! RTF cut into its tokens.

/// The longest control word; the standard's have at most 32 letters.
const LONGEST: usize = 32;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Open,
    Close,
    /// A character of one byte, or half of one: `\'e9`.
    Byte(u8),
    /// Text as it stands.
    Bytes(&'a [u8]),
    /// `\u233`
    Unicode(i32),
    /// `\*`: what follows may be left out by those who do not know it.
    Ignorable,
    /// `\par`, `\fs24`
    Word(&'a str, Option<i32>),
}

/// The character that a control word stands for.
pub(super) fn character(name: &str) -> Option<&'static str> {
    Some(match name {
        "par" | "sect" | "page" => "\u{2029}",
        "line" | "row" | "nestrow" | "column" => "\n",
        "tab" | "cell" | "nestcell" => "\t",
        "emdash" => "—",
        "endash" => "–",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "bullet" => "•",
        "emspace" | "enspace" | "qmspace" => " ",
        "~" => "\u{a0}",
        "_" => "-",
        _ => return None,
    })
}

/// The tokens of a document; bytes that are none are text.
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Lexer<'a> {
        Lexer { bytes, at: 0 }
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Reads the token that a backslash begins. None if it has no effect.
    fn control(&mut self) -> Option<Token<'a>> {
        let first = self.peek()?;
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            return match first {
                b'\'' => self.hexadecimal(),
                b'*' => Some(Token::Ignorable),
                b'~' => Some(Token::Word("~", None)),
                b'_' => Some(Token::Word("_", None)),
                b'\\' | b'{' | b'}' => Some(Token::Byte(first)),
                b'\n' | b'\r' => {
                    if first == b'\r' && self.peek() == Some(b'\n') {
                        self.at += 1;
                    }
                    Some(Token::Word("par", None))
                }
                b'\t' => Some(Token::Word("tab", None)),
                _ => None,
            };
        }
        let letters = self.rest().iter().take(LONGEST).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let name = self.rest().get(..letters).and_then(|name| std::str::from_utf8(name).ok())?;
        self.at += letters;
        let number = self.number();
        // One blank belongs to the word.
        if self.peek() == Some(b' ') {
            self.at += 1;
        }
        match (name, number) {
            ("bin", Some(length)) => {
                self.at = self.at.saturating_add(usize::try_from(length).unwrap_or(0));
                None
            }
            ("u", Some(number)) => Some(Token::Unicode(number)),
            _ => Some(Token::Word(name, number)),
        }
    }

    fn number(&mut self) -> Option<i32> {
        let minus = self.peek() == Some(b'-');
        let begin = usize::from(minus);
        let digits = self.rest().iter().skip(begin).take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            return None;
        }
        let number = self.rest().get(..begin + digits).and_then(|number| std::str::from_utf8(number).ok());
        self.at += begin + digits;
        number.and_then(|number| number.parse().ok())
    }

    fn hexadecimal(&mut self) -> Option<Token<'a>> {
        let digits = self.rest().get(..2)?;
        let byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
        self.at += 2;
        Some(Token::Byte(byte))
    }
}

impl<'a> Iterator for Lexer<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let first = self.peek()?;
            self.at += 1;
            match first {
                b'{' => return Some(Token::Open),
                b'}' => return Some(Token::Close),
                b'\\' => {
                    if let Some(token) = self.control() {
                        return Some(token);
                    }
                }
                b'\r' | b'\n' | 0 => {}
                b'\t' => return Some(Token::Word("tab", None)),
                _ => {
                    let begin = self.at - 1;
                    let special = |byte: &u8| matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n' | b'\t' | 0);
                    let length = self.rest().iter().position(special).unwrap_or(self.rest().len());
                    self.at += length;
                    return self.bytes.get(begin..self.at).map(Token::Bytes);
                }
            }
        }
    }
}
