//! Who speaks in whole articles of several kinds; all are made up.
//!
//! A file under `speakers/` is an article, a line `---`, and a line for each quote looked at: words of it, and the
//! speaker that it must have.

use std::fs;
use std::path::Path;

#[test]
fn speakers_of_whole_articles() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/speakers");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let (mut checked, mut wrong) = (0, Vec::new());
    for file in files {
        let whole = fs::read_to_string(&file).unwrap();
        let (text, wanted) = whole.split_once("---\n").expect("an article, a line, the speakers");
        let article = pullquote::parse(text);
        for (words, speaker) in wanted.lines().map(|l| l.split_once(" | ").expect(l)) {
            let quote = article.quotes().iter().find(|q| q.text(&article).contains(words));
            let name = quote.and_then(|q| q.speaker()).map(|id| article[id].name());
            if name != Some(speaker) {
                wrong.push(format!("{}: {words}: {name:?}, not {speaker}", file.display()));
            }
            checked += 1;
        }
    }
    assert!(checked >= 40);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
