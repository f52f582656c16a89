//! The card: what happened, where we are, the next step, what must not be done. It fits one screen.

use super::write::{Format, Part, write};
use super::{Visit, evidence, for_whom, words};
use crate::engine::journal::Deed;
use crate::engine::page::{OutcomePage, Values, plain};
use crate::engine::plan::{Group, Step, opens_deleting, steps};
use crate::engine::risk::Risk;
use crate::engine::sql::Edition;
use crate::engine::tree::End;

impl Visit<'_> {
    /// The card, as plain text.
    pub fn card(&self) -> String {
        let (stands, next) = self.stands();
        let mut parts = vec![
            Part::Title(format!("{}, {}", words::CARD, self.now)),
            Part::Heading(words::HAPPENED),
            Part::Line(self.diagnosis.headline.clone()),
        ];
        let line = self.diagnosis.evidence.first();
        parts.extend(line.map(|line| Part::Item(evidence(line))));
        parts.extend([Part::Heading(words::WHERE), Part::Line(stands), Part::Heading(words::NEXT), Part::Line(next)]);
        parts.push(Part::Heading(words::MUST_NOT));
        parts.extend(self.must_not().into_iter().map(Part::Item));
        write(&parts, Format::Text)
    }

    /// Where the reader stands, and the next step.
    fn stands(&self) -> (String, String) {
        if let Some(plan) = self.journal.recovered() {
            return (format!("{} {}.", words::RECOVERED, self.title_of(plan)), words::WATCH.to_owned());
        }
        if let End::Question(question) = self.advice().walk.end {
            return (format!("{} {}", words::ASKED, question.text), words::NEXT_ANSWER.to_owned());
        }
        let Some((way, groups)) = self.way() else { return (String::new(), String::new()) };
        let values = (self.values)(&way.placeholders);
        let (mut count, mut done, mut last, mut next) = (0, 0, None::<(&str, &Step)>, None);
        for step in groups.iter().filter(|group| group.id != "prevent").flat_map(|group| &group.steps) {
            count += 1;
            match self.ticked(way, groups, step) {
                Some(time) => {
                    done += 1;
                    if last.is_none_or(|(before, _)| before <= time) {
                        last = Some((time, step));
                    }
                }
                None if next.is_none() => next = Some(step),
                None => {}
            }
        }
        let next = next.map(|step| format!("{}{}", plain(&step.title, &values), for_whom(step)));
        let last =
            last.map(|(_, step)| [", ", words::LAST, " ", &plain(&step.title, &values)].concat()).unwrap_or_default();
        let stands = format!("{}: {done} / {count} {}{last}", way.title_text(), words::DONE);
        (stands, next.unwrap_or_else(|| words::NEXT_LOG.to_owned()))
    }

    fn must_not(&self) -> Vec<String> {
        let forbids =
            |id: &String| self.catalogue.warnings.iter().any(|words| words.id == *id && !words.scripts.is_empty());
        let warnings = self.diagnosis.warnings.iter().filter(|warning| forbids(&warning.id));
        let mut all: Vec<String> = warnings.map(|warning| warning.text.clone()).collect();
        let way = self.way().filter(|(way, _)| way.risk == Risk::Destructive);
        match way {
            _ if self.deleted() => all.push(words::NOT_TWICE.to_owned()),
            Some((way, groups)) => {
                all.extend(self.not_before(way, groups));
                all.push(words::NOTHING_ELSE.to_owned());
            }
            None => all.push(words::DELETE_NOTHING.to_owned()),
        }
        all
    }

    /// Whether SQL that deletes data was copied.
    fn deleted(&self) -> bool {
        let deletes = |id: &str| Edition::from_id(id).is_some_and(|edition| edition.risk() == Risk::Destructive);
        let copied = |deed: &Deed| matches!(deed, Deed::Copied { edition, .. } if deletes(edition));
        self.journal.entries().iter().any(|entry| copied(&entry.deed))
    }

    /// What is still to be confirmed before anything is deleted.
    fn not_before(&self, way: &OutcomePage, groups: &[Group]) -> Vec<String> {
        let needed = steps(groups).filter(|step| opens_deleting(groups, &step.id));
        let open = needed.filter(|step| self.ticked(way, groups, step).is_none());
        let open = open.filter_map(|step| step.done.as_ref()).map(|done| plain(done, &Values::default()));
        open.map(|done| format!("{} {done}", words::NOT_BEFORE)).collect()
    }
}
