//! One type a name: within a crate a type's name means one thing.

use std::collections::BTreeMap;

use super::Finding;
use super::modules::Crate;

pub fn of_crate(krate: &Crate) -> Vec<Finding> {
    let mut defined: BTreeMap<&str, Vec<(&str, usize)>> = BTreeMap::new();
    for module in krate.modules.values() {
        for (name, line) in &module.types {
            defined.entry(name).or_default().push((&module.file, *line));
        }
    }
    defined
        .into_iter()
        .filter(|(_, places)| places.len() > 1)
        .map(|(name, places)| Finding {
            check: "name",
            file: places[0].0.to_owned(),
            line: places[0].1,
            subject: name.to_owned(),
            message: format!(
                "{}: {} types are called {name} ({})",
                krate.name,
                places.len(),
                places
                    .iter()
                    .map(|(file, line)| format!("{file}:{line}"))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_for_two_types_is_found_and_a_test_may_reuse_it() {
        let mut krate = Crate {
            name: "core".to_owned(),
            ..Crate::default()
        };
        krate.add(&[], "lib.rs", "mod a; struct Step; struct Only;");
        krate.add(
            &["a".to_owned()],
            "a.rs",
            "\nenum Step {} #[cfg(test)] mod tests { struct Only; }",
        );
        let found: Vec<String> = of_crate(&krate)
            .into_iter()
            .map(|found| found.message)
            .collect();
        assert_eq!(found, ["core: 2 types are called Step (lib.rs:1, a.rs:2)"]);
    }
}
