//! Content as elements: every block and inline of a page, with the reader's names filled in.

use leptos::prelude::*;

use super::code::code_block;
use super::extensions_block::extensions_block;
use super::glossary::term;
use super::sql_block::sql_block;
use crate::engine::page::{Block, Correction, Form, Inline, Part, Placeholder};
use crate::engine::sql::Edition;
use crate::ui::element::{El, el};
use crate::ui::state::use_session;
use crate::ui::words;

/// What a page's content is shown with.
type Placeholders = &'static [Placeholder];

/// A sequence of blocks.
pub(in crate::ui) fn blocks(blocks: &'static [Block], placeholders: Placeholders) -> Vec<AnyView> {
    blocks.iter().map(|block| block_view(block, placeholders)).collect()
}

/// One block.
pub(super) fn block_view(block: &'static Block, placeholders: Placeholders) -> AnyView {
    match block {
        Block::Heading { level, id, inlines: words } => {
            let tag = if *level <= 3 { "h4" } else { "h5" };
            el(tag).attr("id", id).children(inlines(words, placeholders)).into()
        }
        Block::Paragraph(words) => el("p").children(inlines(words, placeholders)).into(),
        Block::List { ordered, start, items } => list(*ordered, *start, items, placeholders),
        Block::Quote(inner) => el("blockquote").children(blocks(inner, placeholders)).into(),
        Block::Code(code) => code_block(code, placeholders),
        Block::Sql { edition, place } => match Edition::from_id(edition) {
            Some(edition) => sql_block(edition, place),
            // The content check knows every edition; an unknown one shows nothing rather than something else.
            None => ().into_any(),
        },
        Block::Extensions { place } => extensions_block(place),
        Block::Correction(correction) => today(correction, placeholders),
    }
}

fn list(ordered: bool, start: u32, items: &'static [Vec<Block>], placeholders: Placeholders) -> AnyView {
    let items = items.iter().map(|item| el("li").children(blocks(item, placeholders)).into());
    if ordered {
        el("ol").attr("start", start.to_string()).children(items).into()
    } else {
        el("ul").children(items).into()
    }
}

/// What is different today from the words that follow; why and source are folded away.
fn today(correction: &'static Correction, placeholders: Placeholders) -> AnyView {
    let source = el("p").class("quiet").children(inlines(&correction.source, placeholders)).text(format!(
        ". {} {}.",
        words::CHECKED,
        correction.date
    ));
    el("aside")
        .class("today")
        .child(
            el("p")
                .class("today__line")
                .child(el("strong").text(words::TODAY))
                .text(" ")
                .children(inlines(&correction.text, placeholders)),
        )
        .child(folded(words::TODAY_WHY).child(el("p").children(inlines(&correction.why, placeholders))).child(source))
        .into()
}

/// A part that is folded away behind a line of words.
pub(in crate::ui) fn folded(summary: &str) -> El {
    el("details").child(el("summary").text(summary))
}

/// A line of text.
pub(in crate::ui) fn inlines(inlines: &'static [Inline], placeholders: Placeholders) -> Vec<AnyView> {
    inlines.iter().map(|inline| inline_view(inline, placeholders)).collect()
}

fn inline_view(inline: &'static Inline, placeholders: Placeholders) -> AnyView {
    match inline {
        Inline::Text(text) => text.clone().into_any(),
        Inline::Code(code) => el("code").children(parts(code, placeholders, Form::Shown)).into(),
        Inline::Strong(words) => el("strong").children(inlines(words, placeholders)).into(),
        Inline::Emphasis(words) => el("em").children(inlines(words, placeholders)).into(),
        Inline::Link { href, inlines: words } => link(href).children(inlines(words, placeholders)).into(),
        Inline::Term { id, inlines: words } => term(id, inlines(words, placeholders)),
        Inline::Placeholder(key) => name(key, placeholders, Form::Shown),
    }
}

/// A link. One to another site opens beside the page, so that nobody loses their place in it.
pub(super) fn link(href: &str) -> El {
    let link = el("a").attr("href", href);
    if href.starts_with("https://") { link.attr("target", "_blank").attr("rel", "noreferrer noopener") } else { link }
}

/// Code with the reader's names in it.
pub(super) fn parts(parts: &'static [Part], placeholders: Placeholders, form: Form) -> Vec<AnyView> {
    let view = |part: &'static Part| match part {
        Part::Text(text) => text.clone().into_any(),
        Part::Placeholder(key) => name(key, placeholders, form),
    };
    parts.iter().map(view).collect()
}

/// One of the reader's names, or the example while it is not filled in.
fn name(key: &'static str, placeholders: Placeholders, form: Form) -> AnyView {
    let names = use_session().names;
    let class = move || {
        let filled = names.with(|names| names.page_values(placeholders).is_filled(key));
        Some(if filled { "name name--filled" } else { "name" }.to_owned())
    };
    let text = move || names.with(|names| names.page_values(placeholders).get(key, form).into_owned());
    el("span").attr_live("class", class).text_live(text).into()
}
