//! Findings that need the whole article: about its quotes and its read time.

use core::time::Duration;

use crate::article::Article;
use crate::attribution::quote::Quote;
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::quotation::{Quotation, QuotationKind};

/// A stated read time may be off by so much, whatever the factor: pages round to minutes.
const ROUNDING: Duration = Duration::from_secs(120);

/// Adds the findings to the article's. Linear in its quotations.
pub(crate) fn add(article: &mut Article<'_>) {
    let before = article.diagnostics.len();
    article.diagnostics.extend(stated_read_time(article));
    let Article { quotations, quotes, diagnostics, .. } = article;
    diagnostics.extend(unattributed(quotations, quotes));
    if article.diagnostics.len() > before {
        article.diagnostics.sort_by_key(|d| (d.span, d.code));
    }
}

/// The stated read time and that of the words differ by more than a factor of two, and not by rounding.
fn stated_read_time(article: &Article<'_>) -> Option<Diagnostic> {
    let time = &article.read_time;
    let stated = time.stated()?;
    let (a, b) = (stated.duration(), time.estimated());
    let differs = a.max(b) > a.min(b) * 2 && a.abs_diff(b) > ROUNDING;
    differs.then(|| Diagnostic::new(DiagnosticCode::StatedReadTimeDiffers, stated.span(), None))
}

/// Whole utterances between marks that nobody is named for.
fn unattributed<'a>(
    quotations: &'a [Quotation],
    quotes: &'a [Quote],
) -> impl Iterator<Item = Diagnostic> + 'a {
    quotations.iter().filter(|q| q.depth == 0 && q.kind == QuotationKind::Speech).filter_map(|q| {
        let quote = q.quote().and_then(|at| quotes.get(at));
        let known = quote.is_some_and(|quote| quote.speaker().is_some() || !quote.source().is_empty());
        (!known).then(|| Diagnostic::new(DiagnosticCode::UnattributedQuotation, q.span, None))
    })
}
