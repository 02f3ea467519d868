//! The text of a block as HTML, with its quotes, cues, sources and findings marked.
//!
//! Spans may lie in one another and across one another, which elements may not. So the text is cut wherever a
//! span starts or ends, and each piece carries the classes of all that covers it.

use std::fmt::Write as _;

use pullquote::{Article, Span};

/// What covers a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Content(usize),
    Cue(usize),
    Source(usize),
    Finding(usize),
}

/// Everything to mark, in the order of the text.
pub(crate) struct Marks<'a> {
    article: &'a Article<'a>,
    layers: Vec<(Span, Role)>,
    /// Which quotes have had their first piece.
    begun: Vec<bool>,
}

impl<'a> Marks<'a> {
    /// Gathers the spans of an article; `findings` are the places of those of its diagnostics that are shown.
    pub(crate) fn new(article: &'a Article<'a>, findings: &[usize]) -> Marks<'a> {
        let mut layers = Vec::new();
        for (n, quote) in article.quotes().iter().enumerate() {
            let cue = quote.cue().map_or(&[][..], |cue| cue.spans());
            layers.extend(quote.content().iter().map(|&s| (s, Role::Content(n))));
            layers.extend(cue.iter().map(|&s| (s, Role::Cue(n))));
            layers.extend(quote.source().iter().map(|&s| (s, Role::Source(n))));
        }
        let shown = findings.iter().filter_map(|&n| article.diagnostics().get(n).map(|d| (n, d)));
        layers.extend(shown.map(|(n, d)| (d.span(), Role::Finding(n))));
        layers.retain(|(span, _)| !span.is_empty());
        layers.sort_by_key(|(span, _)| (span.start(), std::cmp::Reverse(span.end())));
        Marks { article, layers, begun: vec![false; article.quotes().len()] }
    }

    /// Writes the text of a block.
    pub(crate) fn write(&mut self, block: Span, out: &mut String) {
        let article = self.article;
        // Layers are sorted by their start only, and one may reach into a later block: look at all before its end.
        let until = self.layers.partition_point(|(span, _)| span.start() < block.end());
        let here: Vec<(Span, Role)> =
            self.layers[..until].iter().filter(|(span, _)| span.end() > block.start()).copied().collect();
        let mut cuts: Vec<usize> = here
            .iter()
            .flat_map(|(span, _)| [span.start(), span.end()])
            .map(|at| at.clamp(block.start(), block.end()))
            .chain([block.start(), block.end()])
            .collect();
        cuts.sort_unstable();
        cuts.dedup();
        let mut next = 0;
        let mut open: Vec<(Span, Role)> = Vec::new();
        for pair in cuts.windows(2) {
            let &[from, to] = pair else { continue };
            open.retain(|(span, _)| span.end() > from);
            while let Some(&layer) = here.get(next).filter(|(span, _)| span.start() <= from) {
                open.push(layer);
                next += 1;
            }
            open.retain(|(span, _)| span.end() > from);
            let text = article.text().get(from..to).unwrap_or("");
            self.piece(text, &open, out);
        }
        // What ended before this block is not looked at again; what began in it and goes on is kept.
        let done = self.layers.iter().take_while(|(span, _)| span.end() <= block.end()).count();
        self.layers.drain(..done);
    }

    fn piece(&mut self, text: &str, open: &[(Span, Role)], out: &mut String) {
        // The innermost quote has the colour.
        let quote = open
            .iter()
            .filter_map(|(span, role)| match role {
                Role::Content(n) => Some((span.len(), *n)),
                _ => None,
            })
            .min();
        let has = |find: fn(&Role) -> Option<usize>| open.iter().rev().find_map(|(_, role)| find(role));
        let cue = has(|r| if let Role::Cue(n) = r { Some(*n) } else { None });
        let source = has(|r| if let Role::Source(n) = r { Some(*n) } else { None });
        let finding = has(|r| if let Role::Finding(n) = r { Some(*n) } else { None });
        let about = quote.map(|(_, n)| n).or(cue).or(source);
        let (Some(about), _) = (about.or(finding), ()) else {
            escape(text, out);
            return;
        };
        let mut classes = String::new();
        if let Some((_, n)) = quote {
            classes += "q ";
            let _ = write!(classes, "{} ", colour(self.article, n));
        }
        for (class, there) in
            [("cue ", cue.is_some()), ("src ", source.is_some()), ("bad ", finding.is_some())]
        {
            if there {
                classes += class;
            }
        }
        let _ = write!(out, "<span class=\"{}\"", classes.trim_end());
        if quote.or(cue.map(|n| (0, n))).or(source.map(|n| (0, n))).is_some() {
            let _ = write!(out, " data-q=\"{about}\"");
        }
        if let Some((_, n)) = quote
            && let Some(begun) = self.begun.get_mut(n).filter(|begun| !**begun)
        {
            *begun = true;
            let _ = write!(out, " id=\"q{n}\" tabindex=\"0\" aria-describedby=\"i{n}\"");
        }
        out.push('>');
        escape(text, out);
        out.push_str("</span>");
    }
}

/// Returns the class of the colour of a quote's speaker: eight in turn, and one for nobody known.
pub(crate) fn colour(article: &Article<'_>, quote: usize) -> String {
    let speaker = article.quotes().get(quote).and_then(|q| q.speaker());
    speaker.map_or_else(|| "s0".to_owned(), |id| format!("s{}", (id.get() - 1) % 8 + 1))
}

/// Writes a text so that it is text to HTML, within an element or an attribute.
pub(crate) fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Control characters are no part of a page; line ends and tabs are.
            c if c.is_control() && !matches!(c, '\n' | '\r' | '\t') => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces() {
        let article = pullquote::parse("“It <is> the end,” said Ian Poole.");
        let mut out = String::new();
        Marks::new(&article, &[]).write(article.blocks()[0].span(), &mut out);
        assert_eq!(
            out,
            "<span class=\"q s1\" data-q=\"0\" id=\"q0\" tabindex=\"0\" aria-describedby=\"i0\">“It &lt;is&gt; the \
             end,”</span> <span class=\"cue\" data-q=\"0\">said</span> <span class=\"src\" data-q=\"0\">Ian \
             Poole</span>."
        );
    }

    #[test]
    fn nothing_of_the_text_is_lost() {
        let text =
            "Pier shut\n\n“One ‘two’ three,” Roe said, “and\n\nShe said that “it” was “wet and cold.\n\nEnd.";
        let article = pullquote::parse(text);
        let findings: Vec<usize> = (0..article.diagnostics().len()).collect();
        let mut marks = Marks::new(&article, &findings);
        for block in article.blocks() {
            let mut out = String::new();
            marks.write(block.span(), &mut out);
            let mut plain = String::new();
            let mut in_tag = false;
            for c in out.chars() {
                match c {
                    '<' => in_tag = true,
                    '>' => in_tag = false,
                    c if !in_tag => plain.push(c),
                    _ => {}
                }
            }
            assert_eq!(plain, article[block.span()]);
        }
    }
}
