//! How often a parse asks for memory: a few times when fresh, never again with a workspace that has grown.
//!
//! All stages but the learned one are held to it here.

use pullquote::{Parser, Workspace, stages};

/// An article of our own; byline and dateline are kept as text of their own, which asks for no memory.
const ARTICLE: &str = "Pier to close for winter

By Ada M. Roe

8 April 2031

HARROW, Ohio (AP) — The pier shuts on Friday, the harbour board said. It is 140 years old, and it isn’t safe.

“It is not safe to walk on,” said Nora Feld, the board’s engineer. “The ‘new’ bolts have rusted through.”

Advertisement

Feld told reporters the work would cost £4.5m. \"Nobody asked us,\" said Omar Vane, who sells fish there.

The view from the sand

It rained for most of the week, and the café was empty. He called it \"a slow goodbye\".

Read more: The goose that stayed
";

fn count(parse: impl FnOnce()) -> u64 {
    allocation_counter::measure(parse).count_total
}

#[test]
fn a_fresh_frame_allocates_little() {
    let fresh = count(|| drop(Parser::new().quotes(false).parse(ARTICLE)));
    assert!(fresh <= 6, "{fresh} allocations");
}

#[test]
fn a_reused_frame_allocates_nothing() {
    let parser = Parser::new().quotes(false);
    let mut workspace = Workspace::new();
    let article = parser.parse_into(ARTICLE, &mut workspace);
    assert_eq!(article.headline().map(|h| &article[h]), Some("Pier to close for winter"));
    assert_eq!(article.byline().map(|b| b.authors()[0].name().as_str()), Some("Ada M. Roe"));
    assert_eq!(article.dateline().map(|d| d.place()), Some("HARROW, Ohio"));
    workspace.recycle(article);
    let reused = count(|| {
        let article = parser.parse_into(ARTICLE, &mut workspace);
        workspace.recycle(article);
    });
    assert_eq!(reused, 0);
}

#[test]
fn reused_stages_up_to_the_quotations_allocate_nothing() {
    let mut workspace = Workspace::new();
    let fresh = count(|| {
        let article = stages::quotations(ARTICLE, &mut workspace);
        assert_eq!(article.quotations().len(), 5);
        workspace.recycle(article);
    });
    assert!(fresh <= 30, "{fresh} allocations");
    let reused = count(|| {
        let article = stages::quotations(ARTICLE, &mut workspace);
        workspace.recycle(article);
    });
    assert_eq!(reused, 0);
}

#[test]
fn everything_but_the_model_allocates_nothing_when_reused() {
    let mut workspace = Workspace::new();
    let mut read = || {
        count(|| {
            let article = stages::untagged(ARTICLE, &mut workspace);
            assert_eq!((article.quotes().len(), article.speakers().len()), (5, 3));
            workspace.recycle(article);
        })
    };
    let (fresh, reused) = (read(), read());
    assert!(fresh <= 100, "{fresh} allocations");
    assert_eq!(reused, 0);
}

/// The same article comes out of a workspace that has held another one.
#[test]
fn nothing_is_left_of_the_article_before() {
    let mut workspace = Workspace::new();
    let before = Parser::new().parse_into("“Go!” said Ian Poole.\n\n“Go“ again", &mut workspace);
    workspace.recycle(before);
    let reused = Parser::new().parse_into(ARTICLE, &mut workspace);
    let fresh = pullquote::parse(ARTICLE);
    assert_eq!(format!("{reused:?}"), format!("{fresh:?}"));
}
