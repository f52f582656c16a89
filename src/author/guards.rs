//! Guards: one file each, with its own cases; and the module beside them that a service can adopt.

use std::collections::BTreeMap;

use super::reader::Reader;
use crate::engine::guard::Guard;

/// Where the module stands in the content folder.
const MODULE: &str = "guards/reference/";

/// All guards, and the text of every file of the module by its path. A case that does not get its answer is a problem, and so is a
/// file that no guard names: nobody would find it.
pub(super) fn read(reader: &mut Reader<'_>) -> (Vec<Guard>, BTreeMap<String, String>) {
    let texts = module(reader);
    let mut guards: Vec<Guard> = Vec::new();
    for file in reader.folder("guards/", ".toml") {
        let Some(guard) = reader.whole::<Guard>(file) else { continue };
        for case in guard.failing_cases() {
            let message = format!("the case {:?} does not get its answer", case.set);
            reader.problem(&file.path, (1, 1), message, "correct `runs`, or the requirements");
        }
        for missing in guard.files.iter().filter(|named| !texts.contains_key(&named.path)) {
            let message = format!("there is no file `{}` with anything in it in content/{MODULE}", missing.path);
            reader.problem(&file.path, (1, 1), message, "correct `path`, or add the file");
        }
        guards.push(guard);
    }
    for path in texts.keys().filter(|path| !guards.iter().any(|guard| guard.files.iter().any(|f| f.path == **path))) {
        let suggestion = "say in a guard's `[[files]]` what it does";
        reader.problem(&format!("content/{MODULE}{path}"), (1, 1), "no guard names this file", suggestion);
    }
    (guards, texts)
}

/// What the start page needs of a guard.
pub(super) fn without_examples(guard: &Guard) -> Guard {
    Guard { beside: String::new(), cases: Vec::new(), files: Vec::new(), ..guard.clone() }
}

/// Every file of the module that is not empty. Hosts say of a text in which letters it is written, or do not: plain ones read the same.
fn module(reader: &mut Reader<'_>) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for file in reader.folder(MODULE, ".py") {
        if let Some(line) = file.text.split('\n').position(|line| !line.is_ascii()) {
            let line = u32::try_from(line).unwrap_or_default() + 1;
            let suggestion = "write `...` for an ellipsis, `\\u0435` for a letter";
            reader.problem(&file.path, (line, 1), "a letter here is not ASCII", suggestion);
        }
        let path = file.path.split_once(MODULE).map_or("", |(_, path)| path);
        if !file.text.is_empty() {
            texts.insert(path.to_owned(), file.text.clone());
        }
    }
    texts
}
