//! Runbooks and ways out: Markdown read by [`super::markdown`].

use super::markdown::{self, Known};
use super::reader::{Reader, SourceFile};
use super::{dashboard, team};
use crate::engine::catalogue::Team;
use crate::engine::page::{OutcomePage, Page};
use crate::engine::sql::Edition;

/// `content/runbooks/<slug>/runbook.md`, one page each.
pub(super) fn runbooks(reader: &mut Reader<'_>, team: &Team) -> Vec<Page> {
    let editions = edition_ids();
    let known = Known { editions: &editions, placeholders: &[] };
    let mut pages = Vec::new();
    for file in reader.folder("runbooks/", "/runbook.md") {
        let slug = file.path.rsplit('/').nth(1).unwrap_or_default();
        let mut parsed = markdown::runbook(&file.path, slug, &file.text, &known);
        team::show(team, &mut parsed.value.placeholders);
        dashboard::link_runbook(team, &mut parsed.value);
        reader.problems.extend(parsed.problems);
        pages.push(parsed.value);
    }
    pages
}

/// `content/outcomes/<id>.md`, the milder ways out first, then by id.
pub(super) fn outcomes(reader: &mut Reader<'_>, team: &Team, runbooks: &[Page]) -> Vec<OutcomePage> {
    let editions = edition_ids();
    let mut outcomes = Vec::new();
    for file in reader.folder("outcomes/", ".md") {
        let placeholders = runbook_of(file, runbooks).map(|page| page.placeholders.as_slice()).unwrap_or_default();
        let known = Known { editions: &editions, placeholders };
        let mut parsed = markdown::outcome(&file.path, stem(file), &file.text, &known);
        team::show(team, &mut parsed.value.placeholders);
        dashboard::link_outcome(team, &mut parsed.value);
        reader.problems.extend(parsed.problems);
        outcomes.push(parsed.value);
    }
    outcomes.sort_by(|a, b| (a.risk, &a.id).cmp(&(b.risk, &b.id)));
    outcomes
}

/// The runbook an outcome's front matter names; [`markdown::outcome`] says so when it names none.
fn runbook_of<'p>(file: &SourceFile, runbooks: &'p [Page]) -> Option<&'p Page> {
    let (front, _, _) = markdown::split_front_matter(&file.text)?;
    let front: toml::Table = front.parse().ok()?;
    let slug = front.get("runbook")?.as_str()?;
    runbooks.iter().find(|page| page.slug == slug)
}

fn edition_ids() -> Vec<&'static str> {
    Edition::ALL.iter().map(|edition| edition.id()).collect()
}

pub(super) fn stem(file: &SourceFile) -> &str {
    let name = file.path.rsplit('/').next().unwrap_or_default();
    name.strip_suffix(".md").unwrap_or(name)
}
