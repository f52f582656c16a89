//! README's section "Make it yours", walked: the files it prints are added to a copy of `content/`, and everything the section
//! promises about them is looked at, down to the pages a build makes of them. No Rust is touched on the way.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use runbook::author::scenarios::Stories;
use runbook::author::{Content, SourceFile, files, load, load_told};
use runbook::engine::Engine;
use runbook::engine::catalogue::Catalogue;
use runbook::engine::link::Link;
use runbook::engine::page::{OutcomePage, Value, Values, every_code, fill_code};
use runbook::engine::plan::steps;
use runbook::engine::tree::Answers;

const RUNBOOK: &str = "content/runbooks/nightly-report/runbook.md";
const SIGNATURE: &str = "content/signatures/nightly-report/table-held.md";
const OUTCOME: &str = "content/outcomes/stop-job.md";
const TREE: &str = "content/trees/nightly-report.toml";
const LOG: &str = "nightly-report.log";
const STORY: &str = "tests/scenarios/nightly-report.md";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The section's files: each a line that is a name in backticks, then a fence with what is in it.
fn printed() -> Vec<SourceFile> {
    let readme = fs::read_to_string(root().join("README.md")).expect("README.md");
    let (_, section) = readme.split_once("\n## Make it yours\n").expect("the section");
    let section = section.split("\n## To publish it\n").next().expect("up to the next section");
    let mut found = Vec::new();
    let mut lines = section.split('\n').peekable();
    while let Some(line) = lines.next() {
        let name =
            line.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')).filter(|name| !name.contains(['`', ' ']));
        let Some(name) = name else { continue };
        let blank = lines.next_if(|line| line.is_empty());
        let fence =
            lines.next().filter(|line| blank.is_some() && line.starts_with("```")).expect("a fence follows a name");
        let end: String = fence.chars().take_while(|c| *c == '`').collect();
        let inside: Vec<&str> = lines.by_ref().take_while(|line| *line != end).collect();
        found.push(SourceFile { path: name.into(), text: inside.join("\n") + "\n" });
    }
    found
}

fn text_of(name: &str) -> String {
    printed().into_iter().find(|file| file.path == name).unwrap_or_else(|| panic!("README prints no {name}")).text
}

/// `content/` with what the section adds.
fn content() -> Vec<SourceFile> {
    let mut content = files::read_folder(&root().join("content")).expect("content is readable");
    let added: Vec<SourceFile> =
        printed().into_iter().filter(|file| ![LOG, STORY].contains(&file.path.as_str())).collect();
    assert!(
        added.iter().all(|file| content.iter().all(|there| there.path != file.path)),
        "the section only adds files"
    );
    content.extend(added);
    content
}

fn loaded() -> Content {
    let (content, problems) = load(&content());
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
    content
}

fn catalogue() -> Catalogue {
    loaded().catalogue
}

fn way_out(catalogue: &Catalogue) -> &OutcomePage {
    catalogue.outcome("stop-job").expect("the new way out")
}

#[test]
fn the_section_prints_four_files_a_log_and_a_story() {
    let names: Vec<String> = printed().into_iter().map(|file| file.path).collect();
    assert_eq!(names, [RUNBOOK, SIGNATURE, OUTCOME, TREE, LOG, STORY]);
}

#[test]
fn the_story_shows_the_new_branch_which_no_other_does() {
    let log = |name: &str| files::read_log(&root().join("content"), name);
    let check = |files: &[SourceFile]| load_told(&content(), Some(&Stories { files, log: &log })).1;
    let mut stories = files::read_stories(&root().join("content")).expect("readable").expect("stories");
    let said: Vec<String> = check(&stories).into_iter().map(|problem| problem.message).collect();
    assert_eq!(said, ["no scenario leads here", "no scenario passes `enter` = nightly-report/table-held"]);
    stories.extend(printed().into_iter().filter(|file| file.path == STORY));
    assert_eq!(check(&stories), []);
}

#[test]
fn the_new_runbook_stands_beside_the_first() {
    let catalogue = catalogue();
    let addresses: Vec<&str> = catalogue.runbooks.iter().map(|page| page.address.as_str()).collect();
    assert_eq!(addresses, ["/runbook", "/runbooks/nightly-report"]);
    assert_eq!(catalogue.title(), "Render Database Recovery");
    assert_eq!(catalogue.source_section(way_out(&catalogue)).as_deref(), Some("/runbooks/nightly-report#stop-job"));
}

#[test]
fn its_log_leads_to_its_way_out() {
    let Content { catalogue, patterns, .. } = loaded();
    let engine = Engine::new(&patterns);
    let diagnosis = engine.diagnose(text_of(LOG).as_bytes());
    assert_eq!(diagnosis.signature.as_deref(), Some("nightly-report/table-held"));
    assert_eq!(diagnosis.headline, "Another job held the table orders, so the nightly report gave up.");
    assert_eq!(diagnosis.evidence.first().map(|line| line.line), Some(2));
    let advice = catalogue.advise(&diagnosis, &Answers::new());
    assert_eq!(catalogue.reached(&advice).map(|way| way.id.as_str()), Some("stop-job"));
    assert_eq!(advice.reachable, ["stop-job"]);
}

#[test]
fn a_link_of_its_log_leads_there_too() {
    let Content { catalogue, patterns, .. } = loaded();
    let engine = Engine::new(&patterns);
    let diagnosis = engine.diagnose(text_of(LOG).as_bytes());
    let fragment = Link::to(&diagnosis, &Answers::new(), &catalogue.tree).expect("a link").fragment(&catalogue.tree);
    let link = Link::parse(&fragment, &catalogue.tree).expect("a link");
    let there = catalogue.linked(&link, engine.headline("nightly-report/table-held", link.situation));
    assert_eq!(there.headline, "Another job held a table, so the nightly report gave up.");
    let advice = catalogue.advise(&there, &Answers::new());
    assert_eq!(catalogue.reached(&advice).map(|way| way.id.as_str()), Some("stop-job"));
}

#[test]
fn other_logs_lead_where_they_led() {
    let Content { catalogue, patterns, .. } = loaded();
    let engine = Engine::new(&patterns);
    let usual = runbook::embedded::engine();
    for log in ["ERROR: canceling statement due to lock timeout", "relation \"users\" already exists", "nothing known"]
    {
        let (with, without) = (engine.diagnose(log.as_bytes()), usual.diagnose(log.as_bytes()));
        assert_eq!(with, without, "{log}");
        let ends = |catalogue: &Catalogue| catalogue.advise(&with, &Answers::new()).reachable.join(" ");
        assert_eq!(ends(&catalogue), ends(runbook::embedded::catalogue()), "{log}");
    }
}

#[test]
fn its_placeholder_has_a_field_and_is_filled_in_everywhere() {
    let Content { catalogue, later, .. } = loaded();
    let way = way_out(&catalogue);
    let [job] = way.placeholders.as_slice() else { panic!("{:?}", way.placeholders) };
    assert!(job.asked && job.label == "Name of the job that holds the table", "{job:?}");
    let mut values = Values::unfilled(&way.placeholders);
    let sql = |values: &Values| {
        let blocks = steps(later.steps(&way.id)).flat_map(|step| every_code(&step.does));
        blocks.map(|code| fill_code(code, values)).collect::<String>()
    };
    assert!(sql(&values).ends_with("WHERE application_name = 'refresh-prices';\n"), "{}", sql(&values));
    values.set("job", Value::text("bill'); DROP TABLE a; --").expect("one line"));
    assert!(sql(&values).ends_with("WHERE application_name = 'bill''); DROP TABLE a; --';\n"), "{}", sql(&values));
}

#[test]
fn a_mistake_in_an_added_file_is_said_with_its_place() {
    for (file, from, to, says) in [
        (
            RUNBOOK,
            "a table: `{{job}}`",
            "a table: `{{jbo}}`",
            "content/runbooks/nightly-report/runbook.md:14:49: unknown placeholder `jbo`",
        ),
        (
            RUNBOOK,
            "SELECT pid, state, query_start, query\n",
            "DELETE\n",
            "content/runbooks/nightly-report/runbook.md:21:1: this SQL deletes something",
        ),
        (
            RUNBOOK,
            "= {{job}};",
            "= '{{job}}';",
            "content/runbooks/nightly-report/runbook.md:23:27: a placeholder is inside quotes",
        ),
        (
            SIGNATURE,
            "lock-or-timeout",
            "lock-or-timeuot",
            "content/signatures/nightly-report/table-held.md:2:13: `lock-or-timeuot` is no situation",
        ),
        (
            SIGNATURE,
            "is held by job'",
            "was held by job'",
            "content/signatures/nightly-report/table-held.md:9:1: this example is decided by",
        ),
        (
            SIGNATURE,
            "Look what the job does, and stop it or wait for it.\n",
            "",
            "content/signatures/nightly-report/table-held.md:1:1: below a heading stands nothing, or something else than prose",
        ),
        (
            SIGNATURE,
            "Look what the job does,",
            "```sql place=\"psql\"\nSELECT 1;\n```\n\nLook what the job does,",
            "content/signatures/nightly-report/table-held.md:1:1: below a heading stands nothing, or something else than prose",
        ),
        (
            OUTCOME,
            "\"nightly-report\"",
            "\"nightly-reprot\"",
            "content/outcomes/stop-job.md:6:11: there is no runbook `nightly-reprot`",
        ),
        (
            OUTCOME,
            "anchor = \"stop-job\"",
            "anchor = \"stop\"",
            "content/outcomes/stop-job.md:7:10: the runbook `nightly-report` has no section `stop`",
        ),
        (
            TREE,
            "outcome:stop-job",
            "outcome:stop-jb",
            "content/trees/nightly-report.toml:2:31: `enter` leads to the outcome `stop-jb`, which has no file",
        ),
        (
            TREE,
            "table-held\"",
            "table-hold\"",
            "content/trees/nightly-report.toml:2:1: there is no file `content/signatures/nightly-report/table-hold.md`",
        ),
        (
            TREE,
            "outcome:stop-job",
            "outcome:option-a",
            "content/trees/nightly-report.toml:2:1: a way to `option-a` does not pass `right-database` = confirmed",
        ),
        (
            TREE,
            "[enter]",
            "start = \"data\"\n[enter]",
            "content/trees/nightly-report.toml:1:9: only the first runbook has a `start`",
        ),
    ] {
        let mut content = content();
        let Some(planted) = content.iter_mut().find(|planted| planted.path == file) else { panic!("{file}") };
        assert!(planted.text.contains(from), "{file} holds {from}");
        planted.text = planted.text.replacen(from, to, 1);
        let (_, problems) = load(&content);
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(said.iter().any(|problem| problem.starts_with(says)), "{says}\nbut:\n{}", said.join("\n"));
    }
}

#[test]
fn the_mistake_the_section_shows_is_what_is_said() {
    let readme = fs::read_to_string(root().join("README.md")).expect("README.md");
    let mut content = content();
    for file in content.iter_mut().filter(|file| file.path == TREE) {
        file.text = file.text.replace("outcome:stop-job", "outcome:stop-jb");
    }
    let (_, problems) = load(&content);
    let said = problems.first().map(ToString::to_string).unwrap_or_default();
    assert!(readme.contains(&format!("$ ./x runbook check\n{said}\n")), "{said}");
}

// ---- the pages ----

/// What Trunk leaves of index.html, as far as the prerenderer looks.
const TEMPLATE: &str = concat!(
    "<!DOCTYPE html>\n<html lang=\"en\"><head><!--runbook-head--><link rel=\"preload\" integrity=\"\"></head>",
    "<body><!--runbook-body--></body></html>\n"
);

#[test]
fn a_build_makes_its_page() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("second-runbook");
    let (content_folder, site) = (folder.join("content"), folder.join("site"));
    for old in [&content_folder, &site] {
        let _nothing_there = fs::remove_dir_all(old);
    }
    for file in content() {
        let path = folder.join(&file.path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, file.text).expect("written");
    }
    fs::create_dir_all(site.join("assets")).expect("made");
    fs::write(site.join("index.html"), TEMPLATE).expect("written");
    for file in ["reader.js", "reader_bg.wasm", "workbench.js", "workbench_bg.wasm"] {
        fs::write(site.join("assets").join(file), "").expect("written");
    }

    let prerender = build_prerenderer(&folder.join("build"), &content_folder);
    let status = Command::new(prerender).arg(&site).status().expect("it runs");
    assert!(status.success());

    let read = |name: &str| fs::read_to_string(site.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let page = read("runbooks/nightly-report/index.html");
    for part in [
        "data-page=\"/runbooks/nightly-report\"",
        "<title>Nightly report · Runbook</title>",
        "content=\"What to do when the nightly report stops because another job holds a table.\"",
        "id=\"stop-job\"",
        "Name of the job that holds the table",
        "refresh-prices",
        "href=\"/runbook\"",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert!(!page.contains("CURRENT_USER"), "it has no place for a database user");
    assert!(read("runbook/index.html").contains("href=\"/runbooks/nightly-report\""), "the first runbook leads to it");
    let error = read("errors/nightly-report/table-held/index.html");
    for part in [
        "<title>nightly-report: … is held by job · Another job held a table, so the nightly report gave up</title>",
        "A job that usually takes minutes was still running at midnight.",
        "Stop the job that holds the table",
    ] {
        assert!(error.contains(part), "{part} is not in {error}");
    }
    assert!(read("errors/index.html").contains("href=\"/errors/nightly-report/table-held\""), "the list leads to it");
    assert!(read("_headers").contains("/runbooks/*\n  Cache-Control: no-cache\n"));
}

/// Builds the program that makes the pages with this content, in a folder of its own: no other build may find this content in
/// its own. Dependencies are taken over from the build this test belongs to, so that they are compiled once.
fn build_prerenderer(build: &Path, content: &Path) -> PathBuf {
    let here = std::env::current_exe().expect("this test's program");
    let mine = here.parent().and_then(Path::parent).expect("the folder of its build");
    let seeded = build.join("debug");
    if !seeded.exists() {
        link_dependencies(mine, &seeded).expect("the dependencies are taken over");
    }
    let output = Command::new(env!("CARGO"))
        .args(["build", "--locked", "--offline", "--bin", "prerender"])
        .current_dir(root())
        .env("RUNBOOK_CONTENT", content)
        .env("CARGO_TARGET_DIR", build)
        .env("CARGO_BUILD_BUILD_DIR", build)
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    seeded.join("prerender")
}

/// Links every file of a build but those of this package, which differ.
fn link_dependencies(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let own =
            ["runbook-", "librunbook-", "incremental", "examples", ".cargo"].iter().any(|own| name.starts_with(own));
        if own {
            continue;
        }
        if entry.file_type()?.is_dir() {
            link_dependencies(&entry.path(), &to.join(name))?;
        } else {
            fs::hard_link(entry.path(), to.join(name))?;
        }
    }
    Ok(())
}
