//! `content/signatures/<area>/<name>.md` → [`Signature`].

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::markdown::{self, Known, nearest::did_you_mean};
use super::reader::{Place, Reader, SourceFile};
use super::template;
use super::values;
use crate::engine::fact::FactKey;
use crate::engine::page::{Block, Section, Values, plain};
use crate::engine::reference::ErrorText;
use crate::engine::signature::{Matcher, Role, Signature, Template};
use crate::engine::situation::Situation;

/// The headings every signature's text has, in this order.
const HEADINGS: [&str; 5] = ["What it means", "Why it happens", "What to do", "What not to do", "Source"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    situation: Spanned<String>,
    #[serde(default)]
    role: RoleName,
    #[serde(default = "usual_precedence")]
    precedence: u8,
    headline: Spanned<String>,
    plain_headline: String,
    #[serde(default)]
    tells: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    follows: Vec<String>,
    #[serde(default)]
    passes: bool,
    #[serde(default)]
    unread: bool,
    #[serde(rename = "match", default)]
    matchers: Vec<RawMatcher>,
    #[serde(default)]
    words: Vec<String>,
    // Read by `examples`.
    #[serde(rename = "hit")]
    hits: Vec<toml::Value>,
    #[serde(rename = "miss", default)]
    _misses: Vec<toml::Value>,
}

#[derive(Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum RoleName {
    #[default]
    Failure,
    FollowOn,
    Progress,
    Exit,
    Success,
    Doubt,
    Sign,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawMatcher {
    pub(super) line: Spanned<String>,
    #[serde(default)]
    whole: bool,
    #[serde(default)]
    unless: Vec<String>,
    after: Option<Spanned<String>>,
}

fn usual_precedence() -> u8 {
    50
}

/// All signatures, in the order of their ids, and their prose.
pub(super) fn read(reader: &mut Reader<'_>) -> (Vec<Signature>, BTreeMap<String, ErrorText>) {
    let files = reader.folder("signatures/", ".md");
    let read: Vec<_> = files.into_iter().filter_map(|file| signature(reader, file)).collect();
    let errors = read.iter().map(|(signature, text)| (signature.id.clone(), text.clone())).collect();
    (read.into_iter().map(|(signature, _)| signature).collect(), errors)
}

/// The id of a signature's file: `postgres/duplicate-relation`.
pub(super) fn id_of(path: &str) -> &str {
    let inside = path.split_once("signatures/").map_or(path, |(_, inside)| inside);
    inside.strip_suffix(".md").unwrap_or(inside)
}

fn signature<'f>(reader: &mut Reader<'f>, file: &'f SourceFile) -> Option<(Signature, ErrorText)> {
    let (place, front, body) = reader.front_matter::<Front>(file)?;
    let example = front.hits.first().and_then(|hit| hit.get("log")?.as_str()).unwrap_or_default().to_owned();
    let text = ErrorText { sections: sections(reader, file, body), example };
    let situation = situation(reader, place, &front.situation);
    let matchers: Vec<Matcher> = front.matchers.iter().filter_map(|raw| matcher(reader, place, raw)).collect();
    placeholders(reader, place, &front.headline, &matchers);
    words(reader, place, &front);
    let tells = front.tells.into_iter().map(|(name, value)| tell(reader, place, &name, value)).collect();
    let signature = Signature {
        id: id_of(&file.path).to_owned(),
        situation: situation?,
        role: match front.role {
            RoleName::Failure => Role::Failure,
            RoleName::FollowOn => Role::FollowOn,
            RoleName::Progress => Role::Progress,
            RoleName::Exit => Role::Exit,
            RoleName::Success => Role::Success,
            RoleName::Doubt => Role::Doubt,
            RoleName::Sign => Role::Sign,
        },
        precedence: front.precedence,
        // Words that are never shown are not downloaded.
        plain_headline: if front.headline.get_ref().contains('{') { front.plain_headline } else { String::new() },
        headline: front.headline.into_inner(),
        tells,
        matchers,
        words: front.words,
        follows: front.follows,
        passes: front.passes,
        unread: front.unread,
    };
    Some((signature, text))
}

/// The situation of this id; an unknown one is a problem.
pub(super) fn situation(reader: &mut Reader<'_>, place: Place<'_>, id: &Spanned<String>) -> Option<Situation> {
    let found = Situation::from_id(id.get_ref());
    if found.is_none() {
        let known = Situation::ALL.iter().map(|s| s.id());
        reader.wrong(place, id, format!("`{}` is no situation", id.get_ref()), did_you_mean(id.get_ref(), known));
    }
    found
}

/// The fact's name; an unknown one is a problem.
pub(super) fn fact(reader: &mut Reader<'_>, place: Place<'_>, name: &Spanned<String>) -> String {
    if FactKey::from_id(name.get_ref()).is_none() {
        let known = FactKey::ALL.iter().map(|key| key.id());
        reader.wrong(place, name, format!("`{}` is no fact", name.get_ref()), did_you_mean(name.get_ref(), known));
    }
    name.get_ref().clone()
}

fn tell(reader: &mut Reader<'_>, place: Place<'_>, name: &Spanned<String>, value: Spanned<String>) -> (String, String) {
    values::told(reader, place, name, &value);
    (fact(reader, place, name), value.into_inner())
}

/// A headline names facts, and what the file's own patterns capture.
fn placeholders(reader: &mut Reader<'_>, place: Place<'_>, headline: &Spanned<String>, matchers: &[Matcher]) {
    let captured: Vec<&str> = matchers.iter().flat_map(|matcher| matcher.template.names()).collect();
    for name in headline.get_ref().split('{').skip(1).filter_map(|piece| piece.split('}').next()) {
        if FactKey::from_id(name).is_none() && !captured.contains(&name) {
            let known = FactKey::ALL.iter().map(|key| key.id()).chain(captured.iter().copied());
            reader.wrong(place, headline, format!("`{{{name}}}` is no fact"), did_you_mean(name, known));
        }
    }
}

/// Words belong to a doubt, which has no other pattern. Those in ASCII are found in any case and written in small letters, others as they are.
fn words(reader: &mut Reader<'_>, place: Place<'_>, front: &Front) {
    let is_doubt = matches!(front.role, RoleName::Doubt);
    if is_doubt == front.words.is_empty() || is_doubt != front.matchers.is_empty() {
        let message = "`words` are what a signature of role `doubt` has, and `[[match]]` what every other has";
        reader.wrong(place, &front.headline, message, "give it one of the two, or another role");
    }
    let is_unfound = |word: &&String| word.is_ascii() && **word != word.to_ascii_lowercase() || word.trim().is_empty();
    if let Some(word) = front.words.iter().find(is_unfound) {
        let message = format!("`{word}` is compared with words in small letters and would never be found");
        reader.wrong(place, &front.headline, message, "write it in small letters");
    }
}

/// One pattern; a template that cannot be is a problem.
pub(super) fn matcher(reader: &mut Reader<'_>, place: Place<'_>, raw: &RawMatcher) -> Option<Matcher> {
    let template = parsed(reader, place, &raw.line, raw.whole)?;
    let after = match &raw.after {
        Some(after) => Some(parsed(reader, place, after, false)?),
        None => None,
    };
    Some(Matcher { template, unless: raw.unless.iter().map(|text| template::as_read(text)).collect(), after })
}

fn parsed(reader: &mut Reader<'_>, place: Place<'_>, text: &Spanned<String>, whole: bool) -> Option<Template> {
    let template = template::parse(text.get_ref(), whole);
    template.map_err(|(message, suggestion)| reader.wrong(place, text, message, suggestion)).ok()
}

/// What stands below each of the fixed headings. The page made of it has no program, so nothing in it can be copied or filled in.
fn sections<'f>(reader: &mut Reader<'f>, file: &'f SourceFile, body: usize) -> Vec<Section> {
    let parsed = markdown::body(&file.path, &file.text, body, &Known::default());
    reader.problems.extend(parsed.problems);
    let mut sections: Vec<Section> = Vec::new();
    let mut all_below = true;
    for block in parsed.value {
        match (block, sections.last_mut()) {
            (Block::Heading { level: 2, id, inlines }, _) => {
                sections.push(Section { id, title: inlines, blocks: Vec::new() });
            }
            (block, Some(section)) if is_prose(&block) => section.blocks.push(block),
            _ => all_below = false,
        }
    }
    let found: Vec<String> = sections.iter().map(|section| plain(&section.title, &Values::default())).collect();
    let mut wrong = |message: String, suggestion: String| reader.problem(&file.path, (1, 1), message, suggestion);
    if found != HEADINGS {
        wrong(
            format!("its headings are {found:?}"),
            format!("give every signature the headings {HEADINGS:?}, level 2, in this order"),
        );
    } else if !all_below || sections.iter().any(|section| section.blocks.is_empty()) {
        wrong(
            "below a heading stands nothing, or something else than prose".to_owned(),
            "write paragraphs, lists and quotations below each heading; code to copy belongs into a way out".to_owned(),
        );
    }
    sections
}

/// Paragraphs, lists of them, quotations.
fn is_prose(block: &Block) -> bool {
    match block {
        Block::Paragraph(_) => true,
        Block::Quote(inner) => inner.iter().all(is_prose),
        Block::List { items, .. } => items.iter().flatten().all(is_prose),
        Block::Heading { .. }
        | Block::Code(_)
        | Block::Sql { .. }
        | Block::Extensions { .. }
        | Block::Correction(_) => false,
    }
}
