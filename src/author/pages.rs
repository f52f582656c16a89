//! Runbooks and ways out: Markdown read by [`super::markdown`], with the team's values and links.

use serde::Deserialize;
use toml::Spanned;

use super::markdown::{self, Known, nearest::did_you_mean};
use super::reader::{Place, Reader, SourceFile};
use super::{dashboard, team};
use crate::engine::catalogue::Team;
use crate::engine::page::{FIRST_ADDRESS, OutcomePage, Page};
use crate::engine::plan::data::AllStepData;
use crate::engine::sql::Edition;

/// How a runbook's file ends, after the folder that names it.
const RUNBOOK: &str = "/runbook.md";

/// The names of the runbooks' folders, in their order.
pub(super) fn slugs(files: &[SourceFile]) -> Vec<&str> {
    let mut slugs: Vec<&str> = files
        .iter()
        .filter(|file| file.path.contains("/runbooks/") && file.path.ends_with(RUNBOOK))
        .map(slug)
        .collect();
    slugs.sort_unstable();
    slugs
}

fn slug(file: &SourceFile) -> &str {
    file.path.rsplit('/').nth(1).unwrap_or_default()
}

/// `content/runbooks/<slug>/runbook.md`, one page each, the `first` before the others.
pub(super) fn runbooks(reader: &mut Reader<'_>, team: &Team, first: &str) -> Vec<Page> {
    let editions = edition_ids();
    let known = Known { editions: &editions, placeholders: &[] };
    let mut pages = Vec::new();
    for file in reader.folder("runbooks/", RUNBOOK) {
        let slug = slug(file);
        if !slug.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
            let message = format!("the folder `{slug}` cannot be a page's address");
            reader.problem(&file.path, (1, 1), message, "name it with small letters, digits and `-`");
        }
        let mut parsed = markdown::runbook(&file.path, slug, &file.text, &known);
        let page = &mut parsed.value;
        page.address = if slug == first { FIRST_ADDRESS.to_owned() } else { format!("/runbooks/{slug}") };
        team::show(team, &mut page.placeholders);
        dashboard::link_runbook(team, page);
        reader.problems.extend(parsed.problems);
        pages.push(parsed.value);
    }
    pages.sort_by_key(|page| page.slug != first);
    pages
}

/// `content/outcomes/<id>.md`, the milder ways out first, then by id.
pub(super) fn outcomes(reader: &mut Reader<'_>, team: &Team, runbooks: &[Page]) -> (Vec<OutcomePage>, AllStepData) {
    let editions = edition_ids();
    let mut outcomes = Vec::new();
    let mut step_data = AllStepData::new();
    for file in reader.folder("outcomes/", ".md") {
        let runbook = runbook_of(reader, file, runbooks);
        let placeholders = runbook.map(|page| page.placeholders.as_slice()).unwrap_or_default();
        let known = Known { editions: &editions, placeholders };
        let parsed = markdown::outcome(&file.path, stem(file), &file.text, &known);
        let mut page = parsed.value.page;
        team::show(team, &mut page.placeholders);
        dashboard::link_outcome(team, &mut page);
        reader.problems.extend(parsed.problems);
        step_data.insert(page.id.clone(), parsed.value.step_data);
        outcomes.push(page);
    }
    outcomes.sort_by(|a, b| (a.risk, &a.id).cmp(&(b.risk, &b.id)));
    (outcomes, step_data)
}

/// Where a way out comes from. What is missing or of a wrong type [`markdown::outcome`] says.
#[derive(Deserialize)]
struct Origin {
    runbook: Spanned<String>,
    anchor: Option<Spanned<String>>,
}

/// The runbook and section a way out names; that there is none is a problem.
fn runbook_of<'p>(reader: &mut Reader<'_>, file: &SourceFile, runbooks: &'p [Page]) -> Option<&'p Page> {
    let (place, front) = Place::front(file)?;
    let origin: Origin = toml::from_str(front).ok()?;
    let slug = origin.runbook.get_ref();
    let Some(page) = runbooks.iter().find(|page| page.slug == *slug) else {
        let known = runbooks.iter().map(|page| page.slug.as_str());
        reader.wrong(place, &origin.runbook, format!("there is no runbook `{slug}`"), did_you_mean(slug, known));
        return None;
    };
    if let Some(anchor) = &origin.anchor
        && page.section(anchor.get_ref()).is_none()
    {
        let known = page.sections.iter().map(|section| section.id.as_str());
        let message = format!("the runbook `{slug}` has no section `{}`", anchor.get_ref());
        reader.wrong(place, anchor, message, did_you_mean(anchor.get_ref(), known));
    }
    Some(page)
}

fn edition_ids() -> Vec<&'static str> {
    Edition::ALL.iter().map(|edition| edition.id()).collect()
}

pub(super) fn stem(file: &SourceFile) -> &str {
    let name = file.path.rsplit('/').next().unwrap_or_default();
    name.strip_suffix(".md").unwrap_or(name)
}
