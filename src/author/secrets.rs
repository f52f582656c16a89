//! What a secret looks like (`content/secrets.toml`).

use serde::Deserialize;
use toml::Spanned;

use super::reader::{Place, Reader};
use crate::engine::text::secret::{
    Alphabet, Harmless, NameRules, OptionRule, RowRule, SecretRules, TokenRule, Words, folded,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    names: RawNames,
    harmless: RawHarmless,
    option: Vec<RawOption>,
    row: Vec<RawRow>,
    token: Vec<RawToken>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNames {
    words: String,
    loose: String,
    counted: String,
    endings: String,
    keyed: String,
    open_keys: String,
    suffixes: String,
    headers: String,
    parameters: String,
    phrases: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawHarmless {
    values: String,
    types: String,
    roots: String,
    ids: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOption {
    commands: Vec<String>,
    option: String,
    #[serde(default)]
    attached: bool,
    #[serde(default)]
    behind_user: bool,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRow {
    begins: Spanned<String>,
    ends: Option<String>,
    #[serde(default)]
    quoted: bool,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawToken {
    issuer: Spanned<String>,
    starts: Option<String>,
    holds: Option<String>,
    #[serde(default)]
    before: u8,
    rest: u8,
    #[serde(default)]
    of: RawAlphabet,
    #[serde(default)]
    random: bool,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Deserialize, Clone, Copy, Default)]
#[serde(rename_all = "kebab-case")]
enum RawAlphabet {
    #[default]
    Token,
    Alnum,
    Hex,
    Printed,
}

/// All rules.
pub(super) fn read(reader: &mut Reader<'_>) -> SecretRules {
    let Some((place, raw)) = reader.toml_file::<Raw>("secrets.toml") else {
        return SecretRules::default();
    };
    let names = raw.names;
    let rows = raw.row.into_iter().filter_map(|row| row_rule(reader, place, row)).collect();
    let tokens = raw.token.into_iter().filter_map(|token| token_rule(reader, place, token)).collect::<Vec<_>>().into();
    SecretRules {
        names: NameRules {
            words: words(&names.words),
            loose: words(&names.loose),
            counted: words(&names.counted),
            endings: words(&names.endings),
            keyed: words(&names.keyed),
            open_keys: words(&names.open_keys),
            suffixes: words(&names.suffixes),
            headers: words(&names.headers),
            parameters: words(&names.parameters),
            phrases: names.phrases.iter().collect(),
        },
        harmless: Harmless {
            values: words(&raw.harmless.values),
            types: words(&raw.harmless.types),
            roots: words(&raw.harmless.roots),
            ids: words(&raw.harmless.ids),
        },
        options: raw.option.into_iter().map(option_rule).collect(),
        rows,
        tokens,
    }
}

/// Words between blanks, folded as lines are: `пароль` holds letters that look like Latin ones.
fn words(text: &str) -> Words {
    text.split_whitespace().map(folded).collect()
}

fn option_rule(raw: RawOption) -> OptionRule {
    let RawOption { commands, option, attached, behind_user, .. } = raw;
    OptionRule { commands: commands.iter().collect(), option, attached, behind_user }
}

fn row_rule(reader: &mut Reader<'_>, place: Place<'_>, raw: RawRow) -> Option<RowRule> {
    if raw.quoted == raw.ends.is_some() {
        let message = "a row's value ends with `ends`, or is `quoted`";
        reader.wrong(place, &raw.begins, message.to_owned(), "give one of the two");
        return None;
    }
    Some(RowRule { begins: raw.begins.into_inner(), ends: raw.ends })
}

fn token_rule(reader: &mut Reader<'_>, place: Place<'_>, raw: RawToken) -> Option<TokenRule> {
    let of = match raw.of {
        RawAlphabet::Token => Alphabet::Token,
        RawAlphabet::Alnum => Alphabet::Alnum,
        RawAlphabet::Hex => Alphabet::Hex,
        RawAlphabet::Printed => Alphabet::Printed,
    };
    let rule = |marks: &str, before| TokenRule { marks: words(marks), before, rest: raw.rest, of, random: raw.random };
    match (&raw.starts, &raw.holds) {
        (Some(starts), None) => Some(rule(starts, None)),
        (None, Some(holds)) => Some(rule(holds, Some(raw.before))),
        _ => {
            let message = format!("the token of {} has no mark, or two kinds of it", raw.issuer.get_ref());
            reader.wrong(place, &raw.issuer, message, "give `starts` or `holds`");
            None
        }
    }
}
