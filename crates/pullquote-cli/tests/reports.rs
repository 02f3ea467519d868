//! Snapshots of the report of every article in `examples/articles`, as people see it without colours.
//!
//! A change of a snapshot is a change of what is told: look at it, then accept it with
//! `INSTA_UPDATE=always cargo test -p pullquote-cli --test reports`.

use std::path::Path;

use assert_cmd::Command;

#[test]
fn reports() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = Path::new("examples/articles");
    let mut names: Vec<_> =
        std::fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert!(names.len() >= 6, "articles are missing");
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for name in names {
            let path = folder.join(name);
            let run = Command::new(env!("CARGO_BIN_EXE_pullquote"))
                .current_dir(&root)
                .env_remove("CLICOLOR_FORCE")
                .arg(&path)
                .assert()
                .success()
                .stderr("");
            let report = String::from_utf8(run.get_output().stdout.clone()).unwrap();
            insta::assert_snapshot!(path.file_stem().unwrap().to_str().unwrap().to_owned(), report);
        }
    });
}
