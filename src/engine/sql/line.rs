//! Lines of SQL made of fixed text and checked values.
//!
//! In: pieces ([`Part`]): `&'static str` from this program, or an ident's or a literal's token. Out: [`SqlLine`]s, each with the
//! reason why it is there. There is no piece for a run-time string: that is the whole of our protection against injection.
use super::dollar::DollarBody;
use super::ident::Ident;
use super::literal::Literal;

/// One line of a composed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SqlLine {
    /// The line without its line end.
    pub text: String,
    /// Why it is there, for the reader; none for lines that only finish the one above.
    pub why: Option<&'static str>,
}

/// A piece of a line.
#[derive(Clone, Debug)]
pub(super) enum Part {
    Fixed(&'static str),
    Token(Token),
}

/// The written form of an ident or a literal; its constructors are the conversions below.
#[derive(Clone, Debug)]
pub(super) struct Token(String);

impl From<&'static str> for Part {
    fn from(text: &'static str) -> Self {
        Self::Fixed(text)
    }
}

impl From<&Ident> for Part {
    fn from(ident: &Ident) -> Self {
        Self::Token(Token(ident.token()))
    }
}

impl From<Literal> for Part {
    fn from(literal: Literal) -> Self {
        Self::Token(Token(literal.token()))
    }
}

impl Part {
    /// The bare name, where it is the same identifier as the quoted one: only the source's own block is written so.
    pub(super) fn bare_if_plain(ident: &Ident) -> Self {
        if ident.is_plain() { Self::Token(Token(ident.name().to_owned())) } else { Self::from(ident) }
    }

    fn as_str(&self) -> &str {
        match self {
            Self::Fixed(text) => text,
            Self::Token(Token(text)) => text,
        }
    }
}

/// The lines of one edition, in the making.
#[derive(Clone, Debug, Default)]
pub(super) struct Script {
    lines: Vec<SqlLine>,
}

impl Script {
    /// Adds a line made of `parts`.
    pub(super) fn line<const N: usize>(&mut self, parts: [Part; N], why: Option<&'static str>) {
        let text = parts.iter().map(Part::as_str).collect();
        self.lines.push(SqlLine { text, why });
    }

    /// Adds a fixed line that explains itself or finishes the one above.
    pub(super) fn plain(&mut self, text: &'static str) {
        self.line([text.into()], None);
    }

    /// Adds a fixed line and why it is there.
    pub(super) fn why(&mut self, text: &'static str, why: &'static str) {
        self.line([text.into()], Some(why));
    }

    /// Adds fixed text of several lines; `why` goes with its first line.
    pub(super) fn block(&mut self, text: &'static str, why: &'static str) {
        let mut why = Some(why);
        for line in text.split('\n') {
            self.line([line.into()], why.take());
        }
    }

    /// Adds fixed text of several lines that finish what stands above.
    pub(super) fn lines(&mut self, text: &'static str) {
        text.split('\n').for_each(|line| self.plain(line));
    }

    /// Adds `DO` with `body` between dollar quotes that do not occur in it.
    pub(super) fn do_block(&mut self, body: Script, why: &'static str) {
        let text = join(&body.lines);
        let dollar = DollarBody::for_body(&text);
        let delimiter = dollar.delimiter();
        self.lines.push(SqlLine { text: format!("DO {delimiter}"), why: Some(why) });
        self.lines.extend(body.lines);
        self.lines.push(SqlLine { text: format!("{delimiter};"), why: None });
    }

    pub(super) fn into_lines(self) -> Vec<SqlLine> {
        self.lines
    }
}

/// The text of `lines`, each ended by LF.
pub(super) fn join(lines: &[SqlLine]) -> String {
    lines.iter().fold(String::new(), |mut text, line| {
        text.push_str(&line.text);
        text.push('\n');
        text
    })
}
