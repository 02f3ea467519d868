//! SQL functions for [Apache DataFusion](https://datafusion.apache.org) that say **who said what** in the text of a
//! news article.
//!
//! | function | answers |
//! |---|---|
//! | `quotes(text)` | a list, one struct a quote: `speaker`, `title`, `affiliation`, `kind`, `content`, `cue`, `source`, `addressee`, `polarity`, `confidence`, `start`, `end` |
//! | `headline(text)` | a struct: `span`, `text` |
//! | `byline(text)` | a struct: `authors`, `outlet`, `date` and more |
//! | `dateline(text)` | a struct: `place`, `agency`, `date` |
//! | `read_time_seconds(text)` | the stated read time, or the estimated one |
//! | `paragraphs(text)` | a list, one struct a paragraph: `span`, `sentences` |
//! | `article(text)` | the whole record as a struct |
//!
//! ```sql
//! SELECT q.speaker, count(*) FROM (SELECT unnest(quotes(body)) q FROM news) GROUP BY 1
//! ```
//!
//! The argument is a string of any of Arrow's three types. NULL gives NULL; any text, the empty one too, gives an
//! answer. Names and types are those of the JSON record of the command `pullquote`; a span is a list of two byte
//! offsets into the text, the end not included. Only `quotes` is flat, for queries: its `cue`, `source` and `addressee`
//! are words where the record has spans, its `content` is the record's `text`, and `start` and `end` tell where the
//! content begins and ends.
//!
//! # Registering
//!
//! [`register_all`] takes whatever holds functions in DataFusion: a `SessionContext`, a `SessionState`. The crate depends
//! on `datafusion-expr` and `datafusion-common` alone, so that a program that embeds the engine chooses its features.
//!
//! ```
//! use datafusion_expr::registry::{FunctionRegistry, MemoryFunctionRegistry};
//!
//! let mut registry = MemoryFunctionRegistry::new();
//! pullquote_datafusion::register_all(&mut registry).unwrap();
//! assert!(registry.udf("quotes").is_ok());
//! ```
//!
//! # When something goes wrong
//!
//! Reading prose never fails. Should the library panic all the same, the row is NULL, the batch goes on, a warning goes
//! to the log, and [`metrics`] counts it.

mod function;
mod metric;
mod quote;
mod reader;
mod record;
mod schema;
mod text;

use std::sync::Arc;

use datafusion_common::Result;
use datafusion_expr::ScalarUDF;
use datafusion_expr::registry::FunctionRegistry;

pub use metric::{Metrics, metrics};

/// Returns all functions, each ready to be registered.
///
/// ```
/// let names: Vec<_> = pullquote_datafusion::all_functions().iter().map(|f| f.name().to_owned()).collect();
/// assert_eq!(names, ["article", "byline", "dateline", "headline", "paragraphs", "quotes", "read_time_seconds"]);
/// ```
#[must_use]
pub fn all_functions() -> Vec<Arc<ScalarUDF>> {
    function::all().into_iter().map(|function| Arc::new(ScalarUDF::new_from_impl(function))).collect()
}

/// Registers all functions; one of the same name that is there already is replaced.
///
/// ```
/// use datafusion_expr::registry::{FunctionRegistry, MemoryFunctionRegistry};
///
/// let mut registry = MemoryFunctionRegistry::new();
/// pullquote_datafusion::register_all(&mut registry)?;
/// assert_eq!(registry.udfs().len(), 7);
/// # Ok::<(), datafusion_common::DataFusionError>(())
/// ```
///
/// # Errors
///
/// When the registry takes no functions.
pub fn register_all(registry: &mut dyn FunctionRegistry) -> Result<()> {
    for function in all_functions() {
        registry.register_udf(function)?;
    }
    Ok(())
}
