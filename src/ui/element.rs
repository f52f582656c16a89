//! Elements of one type: what the page is built from.
//!
//! `view!` gives every element, attribute and closure a type of its own, and each type its own copy of Leptos' code for
//! building, hydrating and changing it: two thirds of our first program (measured: 1,007 kB of WebAssembly, 315 kB to
//! download). Here every element has the same type, so that code is there once.

use leptos::attr::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::attr::custom::custom_attribute;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::tachys::html::event::on;
use leptos::tachys::html::property::prop;

/// The browser's event, whatever its kind.
pub type Event = leptos::web_sys::Event;

/// An element under construction.
#[must_use]
pub struct El {
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

/// Begins an element.
pub fn el(tag: &'static str) -> El {
    El { tag, attributes: Vec::new(), children: Vec::new() }
}

impl El {
    /// Gives it classes.
    pub fn class(self, classes: &str) -> Self {
        self.attr("class", classes)
    }

    /// Gives it an attribute.
    pub fn attr(mut self, name: &'static str, value: impl Into<String>) -> Self {
        let value: String = value.into();
        self.attributes.push(custom_attribute(name, value).into_any_attr());
        self
    }

    /// Gives it an attribute that is there or not, and may change.
    pub fn attr_live(mut self, name: &'static str, value: impl Fn() -> Option<String> + Send + Sync + 'static) -> Self {
        self.attributes.push(custom_attribute(name, Signal::derive(value)).into_any_attr());
        self
    }

    /// Keeps a field's text the same as a signal's.
    pub fn value(mut self, value: Signal<String>) -> Self {
        self.attributes.push(prop("value", value).into_any_attr());
        self
    }

    /// Keeps a box or radio button checked or not.
    pub fn checked(mut self, checked: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        self.attributes.push(prop("checked", Signal::derive(checked)).into_any_attr());
        self
    }

    /// Answers an event.
    pub fn on(mut self, event: &'static str, answer: impl FnMut(Event) + 'static) -> Self {
        let answer: Box<dyn FnMut(Event)> = Box::new(answer);
        self.attributes.push(on(ev::Custom::<Event>::new(event), answer).into_any_attr());
        self
    }

    /// Adds words.
    pub fn text(mut self, text: impl Into<String>) -> Self {
        let text: String = text.into();
        self.children.push(text.into_any());
        self
    }

    /// Adds words of content; what stands between backticks is code.
    pub fn prose(mut self, text: &str) -> Self {
        for (index, piece) in text.split('`').enumerate().filter(|(_, piece)| !piece.is_empty()) {
            let piece = piece.to_owned();
            self.children.push(if index % 2 == 1 { el("code").text(piece).into() } else { piece.into_any() });
        }
        self
    }

    /// Adds words that change.
    pub fn text_live(mut self, text: impl Fn() -> String + Send + Sync + 'static) -> Self {
        self.children.push(Signal::derive(text).into_any());
        self
    }

    /// Adds what is inside.
    pub fn child(mut self, child: impl Into<AnyView>) -> Self {
        self.children.push(child.into());
        self
    }

    /// Adds several.
    pub fn children(mut self, children: impl IntoIterator<Item = AnyView>) -> Self {
        self.children.extend(children);
        self
    }

    /// Adds a part that is made anew whenever what it reads changes; `None` is nothing.
    pub fn live(mut self, part: impl Fn() -> Option<AnyView> + Send + Sync + 'static) -> Self {
        self.children.push(live_part(Box::new(part)));
        self
    }
}

/// Outside the generic function, or every part would get a copy of Leptos' code of its own: about 2 kB each.
fn live_part(part: Box<dyn Fn() -> Option<AnyView> + Send + Sync>) -> AnyView {
    (move || part()).into_any()
}

impl From<El> for AnyView {
    fn from(element: El) -> AnyView {
        // Children end in a comment that hydration looks for; a browser keeps none where no element may stand.
        match element.tag {
            "input" => html::input().add_any_attr(element.attributes).into_any(),
            "textarea" => html::textarea().add_any_attr(element.attributes).into_any(),
            tag => html::custom(tag).add_any_attr(element.attributes).child(element.children).into_any(),
        }
    }
}

/// Words for a reader without JavaScript. Words alone: with scripts on the browser holds what is inside as one text.
pub fn noscript(class: &'static str, words: &'static str) -> AnyView {
    html::noscript().class(class).child(words).into_any()
}
