//! Who said how much in one article.

use pullquote::{Article, Quote, Span, SpeakerId};

/// The part that one speaker has in what is quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Share {
    /// `None` for all quotes whose speaker is not known.
    pub(crate) speaker: Option<SpeakerId>,
    pub(crate) quotes: usize,
    pub(crate) words: usize,
}

/// Counts quotes and words of each speaker; most words first, those of nobody known last.
pub(crate) fn of(article: &Article<'_>) -> Vec<Share> {
    let mut shares: Vec<Share> = article
        .speakers()
        .iter()
        .map(|speaker| Share { speaker: Some(speaker.id()), quotes: 0, words: 0 })
        .chain([Share { speaker: None, quotes: 0, words: 0 }])
        .collect();
    let unknown = shares.len() - 1;
    for quote in article.quotes() {
        let place = quote.speaker().map_or(unknown, |id| id.get() as usize - 1);
        if let Some(share) = shares.get_mut(place) {
            share.quotes += 1;
            share.words += words_of(article, quote);
        }
    }
    shares.retain(|share| share.quotes > 0);
    shares.sort_by_key(|share| (share.speaker.is_none(), std::cmp::Reverse(share.words)));
    shares
}

/// Counts the words of a quote.
pub(crate) fn words_of(article: &Article<'_>, quote: &Quote) -> usize {
    quote.content().iter().map(|&span| words(&article[span])).sum()
}

/// Counts the words of a text: what stands between white space and has a letter or a digit.
pub(crate) fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

/// Counts the words that stand in any of the spans, each once.
pub(crate) fn words_in(article: &Article<'_>, mut spans: Vec<Span>) -> usize {
    spans.sort_unstable();
    let (mut end, mut count) = (0, 0);
    for span in spans {
        let from = span.start().max(end);
        if from < span.end() {
            count += article.text().get(from..span.end()).map_or(0, words);
            end = span.end();
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares() {
        let article = pullquote::parse(
            "“It is the end,” said Ian Poole, a fisherman.\n\n“We are ready for all of it,” said Ada Roe.\n\n\
             “Yes,” Poole said.",
        );
        let shares = of(&article);
        let found: Vec<_> =
            shares.iter().map(|s| (article[s.speaker.unwrap()].name(), s.quotes, s.words)).collect();
        assert_eq!(found, [("Ada Roe", 1, 7), ("Ian Poole", 2, 5)]);
    }

    #[test]
    fn overlapping_spans_count_once() {
        let article = pullquote::parse("one two three four");
        let spans = vec![Span::new(4, 13), Span::new(0, 7), Span::new(0, 3)];
        assert_eq!(words_in(&article, spans), 3);
    }
}
