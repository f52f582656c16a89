//! One exercise: what is known, the log line by line, three choices, and how they did.

use std::sync::Arc;

use leptos::prelude::*;

use super::blocks::{blocks, inlines};
use super::grade::grade;
use crate::embedded;
use crate::engine::situation::Situation;
use crate::engine::training::{self, Attempt, Exercise, Grade};
use crate::ui::element::{El, el};
use crate::ui::words;

/// What is chosen so far: what happened, the line, the way out.
type Chosen = [RwSignal<Option<String>>; 3];

/// The exercise as a part that is folded away behind its title.
pub(super) fn exercise(exercise: &'static Exercise) -> AnyView {
    let chosen: Chosen = [RwSignal::new(None), RwSignal::new(None), RwSignal::new(None)];
    let graded: RwSignal<Option<Arc<Grade<'static>>>> = RwSignal::new(None);
    let notice = RwSignal::new("");
    let check = move |_| match attempt(chosen).and_then(|it| training::grade(embedded::catalogue(), exercise, &it)) {
        Some(grade) => {
            notice.set("");
            graded.set(Some(Arc::new(grade)));
            #[cfg(target_arch = "wasm32")]
            crate::ui::browser::focus_soon(format!("{}-grade", exercise.id));
        }
        None => notice.set(words::CHOOSE_ALL),
    };
    let button = el("button").attr("type", "button").class("button button--main").on("click", check);
    let chosen_way = move || chosen[2].get_untracked().unwrap_or_default();
    el("details")
        .class("exercise")
        .attr("id", &exercise.id)
        .child(el("summary").child(el("h3").text(&exercise.title)))
        .child(brief(exercise))
        .child(happened(exercise, chosen[0]))
        .child(log(exercise, chosen[1]))
        .child(ways_out(exercise, chosen[2]))
        .child(
            el("p")
                .class("question__buttons")
                .child(button.text(words::CHECK_ANSWER))
                .child(el("span").attr("role", "status").text_live(move || notice.get().to_owned())),
        )
        .live(move || graded.get().map(|graded| grade(exercise, &graded, &chosen_way())))
        .into()
}

/// What is known beside the log.
pub(super) fn brief(exercise: &'static Exercise) -> El {
    el("p").class("note").child(el("strong").text(words::KNOWN)).text(" ").children(inlines(&exercise.brief, &[]))
}

fn attempt([happened, line, way_out]: Chosen) -> Option<Attempt> {
    Some(Attempt {
        happened: Situation::from_id(&happened.get_untracked()?)?,
        line: line.get_untracked()?.parse().ok()?,
        way_out: way_out.get_untracked()?,
    })
}

fn happened(exercise: &'static Exercise, chosen: RwSignal<Option<String>>) -> El {
    let words = |id: &Situation| Some((*id, embedded::catalogue().situation(*id)?));
    let choices = exercise.happened.iter().filter_map(words).map(|(id, words)| {
        let radio = radio(format!("{}-happened", exercise.id), id.id().to_owned(), chosen);
        answer(radio, el("span").text(&words.title))
    });
    choice(words::WHAT_HAPPENED).children(choices)
}

fn log(exercise: &'static Exercise, chosen: RwSignal<Option<String>>) -> El {
    let lines = exercise.lines().map(|(number, text)| {
        let radio = radio(format!("{}-line", exercise.id), number.to_string(), chosen);
        let number = el("span").class("log__number").text(number.to_string());
        el("label").class("log__line").child(radio).child(number).child(el("code").text(text)).into()
    });
    choice(words::WHICH_LINE).child(el("div").class("log").children(lines))
}

fn ways_out(exercise: &'static Exercise, chosen: RwSignal<Option<String>>) -> El {
    let offered = offered(exercise);
    let ways = embedded::catalogue().outcomes.iter().filter(|way| offered.contains(&way.id.as_str())).map(|way| {
        let radio = radio(format!("{}-way", exercise.id), way.id.clone(), chosen);
        let risk = el("span").class(&format!("risk risk--{}", way.risk.id())).text(way.risk.shown());
        answer(radio, el("span").text(way.title_text()).text(" ").child(risk))
    });
    choice(words::WHICH_WAY).children(ways)
}

/// The right way out among the others.
fn offered(exercise: &'static Exercise) -> Vec<&'static str> {
    let right = exercise.solution.as_ref().map(|solution| solution.way_out.as_str());
    exercise.others.iter().map(|other| other.way_out.as_str()).chain(right).collect()
}

fn choice(legend: &str) -> El {
    el("fieldset").class("exercise__choice").child(el("legend").text(legend))
}

fn answer(radio: El, words: El) -> AnyView {
    el("label").class("question__answer").child(radio).child(words).into()
}

fn radio(name: String, value: String, chosen: RwSignal<Option<String>>) -> El {
    let own = value.clone();
    el("input")
        .attr("type", "radio")
        .attr("name", name)
        .attr("value", value.clone())
        .checked(move || chosen.with(|chosen| chosen.as_ref() == Some(&own)))
        .on("change", move |_| chosen.set(Some(value.clone())))
}

/// The guided run's own words on why it ends where it ends.
pub(super) fn why(exercise: &'static Exercise) -> Vec<AnyView> {
    blocks(&exercise.why, &[])
}
