//! `Reader`: reads the texts of a batch one after the other, with one workspace, and survives a panic.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pullquote::{Article, Parser, Workspace};

use crate::metric;

/// Reads texts, and keeps the memory of one for the next.
pub(crate) struct Reader {
    parser: Parser,
    workspace: Workspace,
}

impl Reader {
    pub(crate) fn new(parser: Parser) -> Reader {
        Reader { parser, workspace: Workspace::new() }
    }

    /// Reads a text and hands the article on; `None` after a panic of either, which is counted.
    ///
    /// The library does not panic as far as anybody knows; a bug in it must not cost the other rows of a batch.
    pub(crate) fn read<T>(&mut self, text: &str, then: impl FnOnce(&Article<'_>) -> T) -> Option<T> {
        metric::read(text);
        let Reader { parser, workspace } = self;
        let read = catch_unwind(AssertUnwindSafe(|| {
            #[cfg(test)]
            assert_ne!(text, tests::PANIC);
            let article = parser.parse_into(text, workspace);
            let answer = then(&article);
            (article, answer)
        }));
        if read.is_err() {
            metric::panicked(text);
            // Half-filled buffers are not to be read again.
            self.workspace = Workspace::new();
        }
        let (article, answer) = read.ok()?;
        // Apart: `then` may have written columns by now, and its answer must not be lost where memory is not kept.
        let recycled = catch_unwind(AssertUnwindSafe(|| {
            #[cfg(test)]
            assert_ne!(text, tests::SPOILT);
            self.workspace.recycle(article);
        }));
        if recycled.is_err() {
            self.workspace = Workspace::new();
        }
        Some(answer)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The text on which the library panics in tests, as no text is known on which it does.
    pub(crate) const PANIC: &str = "a text that nobody can read";

    /// The text after which the library panics while it keeps its memory.
    pub(crate) const SPOILT: &str = "“It leaks,” said Ada Roe, who was not kept.";

    #[test]
    fn reading_goes_on_after_a_panic_and_it_is_counted() {
        let before = metric::metrics();
        let mut reader = Reader::new(Parser::new());
        let quotes = |article: &Article<'_>| article.quotes().len();
        assert_eq!(reader.read("“It leaks,” said Ada Roe.", quotes), Some(1));
        assert_eq!(reader.read(PANIC, quotes), None);
        assert_eq!(reader.read("“It leaks,” said Ada Roe.", |_| panic!("of what comes after")), None::<()>);
        assert_eq!(reader.read("“It leaks,” said Ada Roe.", quotes), Some(1));
        let after = metric::metrics();
        assert!(after.panics >= before.panics + 2 && after.texts >= before.texts + 4);
        assert!(after.bytes > before.bytes);
    }
}
