//! `**Render Dashboard > …**` → a link to that page of the team's dashboard. The words stay as they are.

use crate::engine::catalogue::Team;
use crate::engine::page::{Block, Inline, OutcomePage, Page, Section, Values, plain};

/// How the strong words begin that name a page of the dashboard.
const BEGINNING: &str = "Render Dashboard";
/// Where a link leads when the team file names no better page.
const DASHBOARD: &str = "https://dashboard.render.com/";

/// Makes links in a runbook.
pub(super) fn link_runbook(team: &Team, page: &mut Page) {
    link_blocks(team, &mut page.lead);
    link_sections(team, &mut page.sections);
}

/// Makes links in a way out.
pub(super) fn link_outcome(team: &Team, page: &mut OutcomePage) {
    link_inlines(team, &mut page.summary);
    for step in page.steps.iter_mut().flat_map(|group| &mut group.steps) {
        link_blocks(team, &mut step.does);
        step.notes.iter_mut().for_each(|(_, words)| link_inlines(team, words));
    }
}

fn link_sections(team: &Team, sections: &mut [Section]) {
    for section in sections {
        link_blocks(team, &mut section.blocks);
    }
}

fn link_blocks(team: &Team, blocks: &mut [Block]) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines) => link_inlines(team, inlines),
            Block::List { items, .. } => items.iter_mut().for_each(|item| link_blocks(team, item)),
            Block::Quote(inner) => link_blocks(team, inner),
            Block::Correction(correction) => {
                link_inlines(team, &mut correction.text);
                link_inlines(team, &mut correction.why);
            }
            Block::Heading { .. } | Block::Code(_) | Block::Sql { .. } | Block::Extensions { .. } => {}
        }
    }
}

fn link_inlines(team: &Team, inlines: &mut [Inline]) {
    for inline in inlines {
        if let Inline::Strong(words) = inline {
            let named = plain(words, &Values::default());
            if named.starts_with(BEGINNING) {
                let words = std::mem::take(words);
                *inline = Inline::Link { href: page_of(team, &named), inlines: vec![Inline::Strong(words)] };
            }
        }
    }
}

/// The page the words name; placeholders stand in them as their keys.
fn page_of(team: &Team, named: &str) -> String {
    let words = named.to_lowercase();
    let links = &team.links;
    let page = if words.contains("database") || words.contains("postgres") {
        links.database.as_ref()
    } else if words.ends_with("> environment") {
        links.environment.as_ref().or(links.service.as_ref())
    } else if words.ends_with("> logs") {
        links.logs.as_ref().or(links.service.as_ref())
    } else {
        links.service.as_ref().filter(|_| words.contains("service"))
    };
    page.map_or(DASHBOARD, String::as_str).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::catalogue::TeamLinks;

    fn team() -> Team {
        let page = |name: &str| Some(format!("https://dashboard.example/{name}"));
        let links = TeamLinks { service: page("s"), environment: None, logs: page("l"), database: page("d") };
        Team { links, ..Team::default() }
    }

    #[test]
    fn the_words_decide_the_page() {
        for (named, page) in [
            ("Render Dashboard > service > Manual Deploy", "https://dashboard.example/s"),
            ("Render Dashboard > service > Logs", "https://dashboard.example/l"),
            ("Render Dashboard > service > Environment", "https://dashboard.example/s"),
            ("Render Dashboard > your Postgres database > Shell", "https://dashboard.example/d"),
            ("Render Dashboard", DASHBOARD),
        ] {
            assert_eq!(page_of(&team(), named), page, "{named}");
            assert_eq!(page_of(&Team::default(), named), DASHBOARD, "{named}");
        }
    }

    #[test]
    fn only_strong_words_that_begin_so_become_a_link_and_keep_their_words() {
        let strong = |words: &str| Inline::Strong(vec![Inline::Text(words.into())]);
        let mut blocks = [Block::List {
            ordered: true,
            start: 1,
            items: vec![vec![Block::Paragraph(vec![
                strong("Render Dashboard > service > Logs"),
                strong("Settings > Suspend"),
            ])]],
        }];
        let before =
            crate::engine::page::plain_text(&blocks, &Values::default(), crate::engine::page::Corrections::Shown);
        link_blocks(&team(), &mut blocks);
        let after =
            crate::engine::page::plain_text(&blocks, &Values::default(), crate::engine::page::Corrections::Shown);
        assert_eq!(after, before);
        let [Block::List { items, .. }] = &blocks else { panic!("{blocks:?}") };
        let Some([Block::Paragraph(inlines)]) = items.first().map(Vec::as_slice) else { panic!("{items:?}") };
        assert!(matches!(inlines.as_slice(), [Inline::Link { .. }, Inline::Strong(_)]), "{inlines:?}");
    }
}
