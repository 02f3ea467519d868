//! A diagnostic as the compilers of our day show it: what, where, and the line with the place marked.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Level, Renderer, Snippet};
use pullquote::{Diagnostic, DiagnosticCode, Span};

use crate::place::Places;

/// Columns that the line number and the frame take on the left.
const MARGIN: usize = 10;
/// How much of a long span is marked, in characters.
const LONGEST_MARK: usize = 60;

/// Renders one finding; `name` is the file, `width` the columns there are.
///
/// Only a window of a long line is shown, so the work depends on the width and not on the text.
pub(crate) fn render(
    finding: &Diagnostic,
    level: pullquote::Level,
    text: &str,
    name: &str,
    places: &Places,
    width: usize,
) -> String {
    let wide = width.saturating_sub(MARGIN).max(40);
    let main = Window::around(text, finding.span(), wide);
    let mut snippet = main.snippet(name, places, AnnotationKind::Primary);
    let related = finding.related().map(|related| (related, Window::around(text, related, wide)));
    let mut elsewhere = None;
    if let Some((related, window)) = &related {
        match main.place_of(text, *related) {
            Some(mark) => {
                snippet = snippet.annotation(AnnotationKind::Context.span(mark).label(label(finding.code())))
            }
            None => elsewhere = Some(window),
        }
    }
    let help = finding.replacement().map(|fix| {
        let old = text.get(fix.span().range()).unwrap_or("");
        format!("write {} in place of {old}", fix.text())
    });
    let title = if level == pullquote::Level::Deny { Level::ERROR } else { Level::WARNING };
    let group = title
        .primary_title(finding.message())
        .id(finding.code().slug())
        .element(snippet)
        .elements(elsewhere.map(|window| window.snippet(name, places, AnnotationKind::Context)))
        .elements(help.as_deref().map(|help| Level::HELP.message(help)));
    // The windows are cut to the width already; the renderer must not cut them again.
    let renderer = Renderer::styled().decor_style(DecorStyle::Ascii).term_width(usize::MAX / 2);
    [Some(&main), elsewhere]
        .into_iter()
        .flatten()
        .fold(renderer.render(&[group]), |rendered, window| window.with_true_column(rendered, name, places))
}

/// Says what the related place of a finding is.
fn label(code: DiagnosticCode) -> &'static str {
    match code {
        DiagnosticCode::MixedMarkStyles => "the other style",
        _ => "opened here",
    }
}

/// A part of one line of the text, with an ellipsis where it is cut.
struct Window {
    shown: String,
    /// Where the marked span stands in `shown`.
    mark: std::ops::Range<usize>,
    /// Where the marked span starts in the text.
    from: usize,
    /// Where the part stands in the text.
    start: usize,
    end: usize,
    /// How many bytes of ellipsis stand before the part.
    shift: usize,
}

impl Window {
    fn around(text: &str, span: Span, wide: usize) -> Window {
        let (from, to) = (span.start().min(text.len()), span.end().min(text.len()));
        let marked = text.get(from..to).unwrap_or("");
        let marked_end =
            from + line_of(marked).char_indices().nth(LONGEST_MARK).map_or(line_of(marked).len(), |(i, _)| i);
        let room = wide.saturating_sub(columns(&text[from..marked_end]));
        let before = last_columns(&text[..from], room / 2);
        let after = first_columns(&text[marked_end..], room - columns(before));
        // A line shorter on the right leaves its room to the left.
        let before = last_columns(&text[..from], room - columns(after));
        let (start, end) = (from - before.len(), marked_end + after.len());
        let is_end = |c: Option<char>| c.is_none_or(|c| c == '\n' || c == '\r');
        let cut_head = !is_end(text[..start].chars().next_back());
        let cut_tail = !is_end(text[end..].chars().next());
        let head = if cut_head { "…" } else { "" };
        let tail = if cut_tail { "…" } else { "" };
        let shift = head.len();
        Window {
            shown: format!("{head}{}{tail}", &text[start..end]),
            mark: from - start + shift..marked_end - start + shift,
            from,
            start,
            end,
            shift,
        }
    }

    /// Prepares the window for the renderer, its span marked.
    fn snippet<'a>(
        &'a self,
        name: &'a str,
        places: &Places,
        kind: AnnotationKind,
    ) -> Snippet<'a, Annotation<'a>> {
        Snippet::source(&*self.shown)
            .line_start(places.of(self.from).line)
            .path(name)
            .annotation(kind.span(self.mark.clone()))
    }

    /// Puts the column of the text in place of the column of the window, which is all the renderer knows.
    fn with_true_column(&self, rendered: String, name: &str, places: &Places) -> String {
        let place = places.of(self.from);
        let shown = self.shown[..self.mark.start].chars().count() + 1;
        let head = format!("{name}:{}:", place.line);
        rendered.replacen(&format!("{head}{shown}"), &format!("{head}{}", place.column), 1)
    }

    /// Returns where another span stands in the window, if it does.
    fn place_of(&self, text: &str, span: Span) -> Option<std::ops::Range<usize>> {
        let inside =
            self.start <= span.start() && span.end() <= self.end && text.is_char_boundary(span.end());
        inside.then(|| span.start() - self.start + self.shift..span.end() - self.start + self.shift)
    }
}

/// Returns the text up to its first line end.
fn line_of(text: &str) -> &str {
    text.split(['\n', '\r']).next().unwrap_or("")
}

fn columns(text: &str) -> usize {
    textwrap::core::display_width(text)
}

fn columns_of(c: char) -> usize {
    columns(c.encode_utf8(&mut [0; 4]))
}

/// Returns the start of `text` that fits `room` columns and one line.
fn first_columns(text: &str, room: usize) -> &str {
    let mut left = room;
    let end = text.char_indices().find(|&(_, c)| !takes(&mut left, c)).map_or(text.len(), |(i, _)| i);
    &text[..end]
}

/// Returns the end of `text` that fits `room` columns and one line.
fn last_columns(text: &str, room: usize) -> &str {
    let mut left = room;
    let start =
        text.char_indices().rev().find(|&(_, c)| !takes(&mut left, c)).map_or(0, |(i, c)| i + c.len_utf8());
    &text[start..]
}

/// Takes the columns of `c` off `left`; `false` where it does not fit or ends the line.
fn takes(left: &mut usize, c: char) -> bool {
    let width = columns_of(c);
    if c == '\n' || c == '\r' || width > *left {
        return false;
    }
    *left -= width;
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(text: &str, marked: &str, wide: usize) -> (String, String) {
        let at = text.find(marked).unwrap();
        let span = Span::new(at as u32, (at + marked.len()) as u32);
        let window = Window::around(text, span, wide);
        (window.shown[window.mark.clone()].to_owned(), window.shown)
    }

    #[test]
    fn windows_mark_what_they_show() {
        let cases = [
            ("one “two three\nfour", "“", 40, "one “two three"),
            ("0123456789 “two three four", "“", 10, "…789 “two t…"),
            ("日本日本日本“日本日本日本", "“", 9, "…日本“日本…"),
            ("a\r\nb“c\r\nd", "“", 40, "b“c"),
            ("short “ end", "end", 8, "…rt “ end"),
        ];
        for (text, mark, wide, shown) in cases {
            assert_eq!(window(text, mark, wide), (mark.to_owned(), shown.to_owned()), "{text:?}");
        }
        let (mark, shown) = window("“one\ntwo three", "“one\ntwo", 40);
        assert_eq!((mark.as_str(), shown.as_str()), ("“one", "“one"));
    }

    #[test]
    fn an_empty_text_can_be_pointed_at() {
        let places = Places::find("", [0]);
        let window = Window::around("", Span::default(), 40);
        let group = Level::WARNING.primary_title("it is empty").element(window.snippet(
            "a.txt",
            &places,
            AnnotationKind::Primary,
        ));
        let shown = window.with_true_column(Renderer::plain().render(&[group]), "a.txt", &places);
        assert!(shown.contains("--> a.txt:1:1\n"), "{shown}");
    }

    #[test]
    fn the_column_is_that_of_the_text() {
        let text = format!("{}“b", "a".repeat(300));
        let places = Places::find(&text, [300]);
        let window = Window::around(&text, Span::new(300, 303), 40);
        let group = Level::WARNING.primary_title("far out").element(window.snippet(
            "a.txt",
            &places,
            AnnotationKind::Primary,
        ));
        let shown = window.with_true_column(Renderer::plain().render(&[group]), "a.txt", &places);
        assert!(shown.contains("--> a.txt:1:301\n") && shown.contains("| …aaa"), "{shown}");
    }
}
