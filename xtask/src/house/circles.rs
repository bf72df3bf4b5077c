//! No import circle among the modules of a folder, nor among the folders of the page.
//!
//! A folder's own file (`mod.rs`, or the file beside it) and its modules belong together: it
//! declares them and they may use its names. Siblings must have an order.

use std::collections::{BTreeMap, BTreeSet};

use super::Finding;
use super::modules::Crate;
use crate::files::File;

/// The names that each name uses, with the first place of each use.
#[derive(Debug, Default)]
pub struct Graph {
    uses: BTreeMap<String, BTreeMap<String, Place>>,
}

#[derive(Clone, Debug)]
pub struct Place {
    pub file: String,
    pub line: usize,
}

impl Graph {
    pub fn add(&mut self, from: &str, to: &str, place: Place) {
        self.uses
            .entry(from.to_owned())
            .or_default()
            .entry(to.to_owned())
            .or_insert(place);
    }

    /// A shortest circle through each knot, as the names along it; the first one is not repeated.
    pub fn circles(&self) -> Vec<Vec<String>> {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut circles = Vec::new();
        for start in self.uses.keys() {
            if seen.contains(start.as_str()) {
                continue;
            }
            if let Some(circle) = self.shortest_back_to(start) {
                seen.extend(self.knot(start));
                circles.push(circle);
            }
        }
        circles
    }

    /// The names that reach this one and are reached from it.
    fn knot<'a>(&'a self, name: &str) -> Vec<&'a str> {
        let reached = self.reach(name).into_iter();
        reached
            .filter(|other| self.reach(other).contains(name))
            .collect()
    }

    fn next<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.uses
            .get(name)
            .into_iter()
            .flat_map(|uses| uses.keys().map(String::as_str))
    }

    fn reach<'a>(&'a self, start: &str) -> BTreeSet<&'a str> {
        let mut reached = BTreeSet::new();
        let mut waiting: Vec<&str> = self.next(start).collect();
        while let Some(name) = waiting.pop() {
            if reached.insert(name) {
                waiting.extend(self.next(name));
            }
        }
        reached
    }

    fn shortest_back_to(&self, start: &str) -> Option<Vec<String>> {
        let mut ways = std::collections::VecDeque::from([vec![start.to_owned()]]);
        let mut reached = BTreeSet::new();
        while let Some(way) = ways.pop_front() {
            for name in self.next(&way[way.len() - 1]) {
                if name == start {
                    return Some(way);
                }
                if reached.insert(name) {
                    let mut longer = way.clone();
                    longer.push(name.to_owned());
                    ways.push_back(longer);
                }
            }
        }
        None
    }

    /// The circles as findings: each names its steps, and where each step is taken.
    pub fn findings(&self, area: &str) -> Vec<Finding> {
        self.circles()
            .into_iter()
            .map(|circle| {
                let steps = circle.iter().zip(circle.iter().cycle().skip(1));
                let places: Vec<&Place> = steps.map(|(from, to)| &self.uses[from][to]).collect();
                let by: Vec<String> = places
                    .iter()
                    .map(|place| format!("{}:{}", place.file, place.line))
                    .collect();
                let names = circle.join(" → ");
                let knot = self.knot(&circle[0]);
                let more = if knot.len() > circle.len() {
                    format!(
                        "; {} modules are in this knot: {}",
                        knot.len(),
                        knot.join(", ")
                    )
                } else {
                    String::new()
                };
                Finding {
                    check: "circle",
                    file: places[0].file.clone(),
                    line: places[0].line,
                    subject: names.clone(),
                    message: format!("{area}: {names} → {} ({}){more}", circle[0], by.join(", ")),
                }
            })
            .collect()
    }
}

/// The circles among the modules of a crate, folder by folder.
pub fn of_crate(krate: &Crate) -> Vec<Finding> {
    let mut folders = Folders::default();
    for (from, module) in &krate.modules {
        for named in &module.paths {
            if let Some(to) = krate.resolve(&named.path) {
                let place = Place {
                    file: module.file.clone(),
                    line: named.line,
                };
                folders.add(from, &to, place);
            }
        }
    }
    folders.findings(&krate.name, "::")
}

/// The circles among the folders of the page, and among the files of each folder.
pub fn of_page(files: &[File]) -> Vec<Finding> {
    let mut folders = Folders::default();
    for (file, text) in files {
        let Some(path) = file.strip_prefix(PAGE).filter(|path| !is_test(path)) else {
            continue;
        };
        let from: Vec<String> = path.split('/').map(part).collect();
        for (index, line) in text.lines().enumerate() {
            if let Some(to) = imported(&from, line) {
                let place = Place {
                    file: file.clone(),
                    line: index + 1,
                };
                folders.add(&from, &to, place);
            }
        }
    }
    folders.findings("page", "/")
}

/// For each folder, by its path, which of its members use which.
#[derive(Default)]
struct Folders(BTreeMap<Vec<String>, Graph>);

impl Folders {
    /// Counts as use of one member by another, in the folder that both are in. A folder and its own
    /// members belong together.
    fn add(&mut self, from: &[String], to: &[String], place: Place) {
        let shared = from.iter().zip(to).take_while(|(a, b)| a == b).count();
        if shared < from.len() && shared < to.len() {
            let graph = self.0.entry(from[..shared].to_vec()).or_default();
            graph.add(&from[shared], &to[shared], place);
        }
    }

    fn findings(&self, whole: &str, separator: &str) -> Vec<Finding> {
        let area = |folder: &[String]| {
            let names = std::iter::once(whole).chain(folder.iter().map(String::as_str));
            names.collect::<Vec<_>>().join(separator)
        };
        let folders = self.0.iter();
        folders
            .flat_map(|(folder, graph)| graph.findings(&area(folder)))
            .collect()
    }
}

const PAGE: &str = "ui/src/";

/// Tests, and what only they use, may import anything.
fn is_test(path: &str) -> bool {
    path.contains(".test.") || path.starts_with("fixtures/")
}

/// The name of a folder as it is, that of a file without its endings.
fn part(name: &str) -> String {
    name.split('.').next().unwrap_or(name).to_owned()
}

/// The path, in the page, of the file that a line of the file `from` imports. `None` if it imports
/// none of the page's files.
fn imported(from: &[String], line: &str) -> Option<Vec<String>> {
    let after = ["from \".", "import \".", "import(\"."]
        .iter()
        .find_map(|start| Some(line.split_once(start)?.1))?;
    let mut path = from.to_vec();
    path.pop();
    for name in format!(".{}", after.split('"').next()?).split('/') {
        match name {
            "." => {}
            ".." => {
                path.pop()?;
            }
            name => path.push(part(name)),
        }
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn krate(files: &[(&str, &str)]) -> Crate {
        let mut krate = Crate {
            name: "core".to_owned(),
            ..Crate::default()
        };
        for (path, text) in files {
            let path: Vec<String> = path.split_terminator("::").map(str::to_owned).collect();
            krate.add(&path, &format!("{}.rs", path.join("/")), text);
        }
        krate
    }

    fn messages(findings: &[Finding]) -> Vec<&str> {
        findings
            .iter()
            .map(|found| found.message.as_str())
            .collect()
    }

    #[test]
    fn an_order_is_no_circle() {
        let ordered = krate(&[
            ("", "mod a; mod b; mod c;"),
            ("a", "pub struct A;"),
            ("b", "use crate::a::A;"),
            ("c", "use crate::{a::A, b};"),
        ]);
        assert!(of_crate(&ordered).is_empty());
    }

    #[test]
    fn a_circle_is_named_with_its_places() {
        let knotted = krate(&[
            ("", "mod a; mod b; mod c;"),
            ("a", "\nuse crate::b::x;"),
            ("b", "fn f() { crate::c::g() }"),
            ("c", "use super::a;"),
        ]);
        assert_eq!(
            messages(&of_crate(&knotted)),
            ["core: a → b → c → a (a.rs:2, b.rs:1, c.rs:1)"]
        );
    }

    #[test]
    fn a_circle_through_a_re_export_inside_a_folder_is_found() {
        let knotted = krate(&[
            ("", "mod plan;"),
            (
                "plan",
                "mod change; mod time; pub use change::Change; pub struct Plan;",
            ),
            (
                "plan::change",
                "use super::{Plan, time}; pub struct Change;",
            ),
            ("plan::time", "use super::Change;"),
        ]);
        assert_eq!(
            messages(&of_crate(&knotted)),
            ["core::plan: change → time → change (plan/change.rs:1, plan/time.rs:1)"]
        );
    }

    #[test]
    fn tests_may_import_what_they_like() {
        let tested = krate(&[
            ("", "mod a; mod b;"),
            ("a", "use crate::b::x;"),
            ("b", "#[cfg(test)] mod tests { use crate::a::y; }"),
        ]);
        assert!(of_crate(&tested).is_empty());
    }

    #[test]
    fn folders_of_the_page_have_an_order_too() {
        let file = |path: &str, text: &str| (format!("{PAGE}{path}"), text.to_owned());
        let found = of_page(&[
            file(
                "gantt/Gantt.svelte",
                "import RowMenu from \"../menu/RowMenu.svelte\";",
            ),
            file(
                "menu/RowMenu.svelte",
                "import { tip } from \"../gantt/tip\";\nimport { a } from \"../bridge\";",
            ),
            file("menu/deep/a.ts", "import { a } from \"../RowMenu.svelte\";"),
            file("menu/b.test.ts", "import { a } from \"../paint\";"),
            file("bridge/index.ts", "import x from \"./types\";"),
            file("paint.ts", "import x from \"./today/today.svelte\";"),
            file("today/b.ts", "import { paint } from \"../paint\";"),
            file("App.svelte", "import Gantt from \"./gantt/Gantt.svelte\";"),
            file("form/Field.svelte", "import { read } from \"./read\";"),
            file("form/read.ts", "import Field from \"./Field.svelte\";"),
        ]);
        assert_eq!(
            messages(&found),
            [
                "page: gantt → menu → gantt (ui/src/gantt/Gantt.svelte:1, ui/src/menu/RowMenu.svelte:1)",
                "page: paint → today → paint (ui/src/paint.ts:1, ui/src/today/b.ts:1)",
                "page/form: Field → read → Field (ui/src/form/Field.svelte:1, ui/src/form/read.ts:1)",
            ]
        );
    }
}
