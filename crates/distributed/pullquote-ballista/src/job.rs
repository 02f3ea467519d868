//! One file: read, written beside its place, checked, put there.

use datafusion::arrow::array::{AsArray as _, RecordBatch};
use datafusion::arrow::datatypes::UInt64Type;
use datafusion::common::config::TableParquetOptions;
use datafusion::common::tree_node::{TreeNode as _, TreeNodeRecursion};
use datafusion::dataframe::{DataFrame, DataFrameWriteOptions};
use datafusion::logical_expr::LogicalPlan;
use datafusion::prelude::SessionContext;

use crate::error::Error;
use crate::footer;
use crate::format::Format;
use crate::place::{File, Place};
use crate::retry::Failure;

/// A file to be read, and where its output goes.
#[derive(Clone)]
pub(crate) struct Job {
    /// The number of the file in the run, for a name of its own in the session.
    pub(crate) number: usize,
    pub(crate) file: File,
    pub(crate) input: Place,
    pub(crate) output: Place,
    /// A folder beside the outputs.
    pub(crate) working: Place,
    /// The columns of the output, as SQL.
    pub(crate) columns: String,
}

/// What a finished job came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Done {
    /// Rows of the input where its format tells, otherwise of the output.
    pub(crate) articles: u64,
}

impl Job {
    /// Plans the query without running it.
    pub(crate) async fn plan(&self, session: &SessionContext) -> Result<DataFrame, Failure> {
        let (format, _) = Format::of(&self.file.name)
            .ok_or_else(|| Failure::Lasting("the name tells neither Parquet nor JSON Lines".to_owned()))?;
        let table = self.table();
        let files = [(self.input.clone(), self.file.meta.clone())];
        format.register(session, &table, &files).await?;
        // Known as `news` in the columns, if anybody needs a name.
        Ok(session.sql(&format!("SELECT {} FROM {table} AS news", self.columns)).await?)
    }

    /// Does the job; `attempt` makes the name of its working file unlike those of other tries, which may still be
    /// writing on a machine that was given up.
    pub(crate) async fn run(&self, session: &SessionContext, attempt: &str) -> Result<Done, Failure> {
        let done = self.attempt(session, attempt).await;
        self.forget(session);
        done
    }

    /// Forgets the table that planning made.
    pub(crate) fn forget(&self, session: &SessionContext) {
        // There is none where planning failed.
        let _ = session.deregister_table(self.table());
    }

    /// Returns the rows of the input, where its format tells.
    ///
    /// A cluster answers every failure alike, as a text. So what is wrong with the file itself is found here.
    pub(crate) async fn given(&self) -> Result<Option<u64>, Failure> {
        match Format::of(&self.file.name) {
            Some((Format::Parquet, _)) => match footer::rows(&self.input).await? {
                None => Err(Failure::Lasting("the file is not there any more".to_owned())),
                rows => Ok(rows),
            },
            _ => Ok(None),
        }
    }

    async fn attempt(&self, session: &SessionContext, attempt: &str) -> Result<Done, Failure> {
        let given = self.given().await?;
        let query = self.plan(session).await?;
        let alike = row_by_row(query.logical_plan())?;
        let mut options = TableParquetOptions::new();
        options.global = session.copied_config().options().execution.parquet.clone();
        let single = DataFrameWriteOptions::new().with_single_file_output(true);
        // No name that a reader of the folder would take for an output.
        let working = self.working.join(&format!("{}-{attempt}.unfinished", self.number));
        let counts = query.write_parquet(working.url().as_str(), single, Some(options)).await?;

        // The engine ends a file properly even where its input broke off, and then fails the task: a file that can be
        // opened may still be half a file. So what it holds is compared with what the engine and the input say.
        let told = count(&counts);
        let written = footer::rows(&working).await.map_err(passing)?.unwrap_or(0);
        if told != Some(written) {
            return Err(Failure::Passing(format!(
                "{written} rows were written, the engine counted {told:?}"
            )));
        }
        if let Some(given) = given.filter(|given| alike && *given != written) {
            return Err(Failure::Passing(format!("{written} rows were written of {given}")));
        }
        working.rename(&self.output).await.map_err(passing)?;
        Ok(Done { articles: given.unwrap_or(written) })
    }

    fn table(&self) -> String {
        format!("news_{}", self.number)
    }
}

fn passing(error: Error) -> Failure {
    Failure::Passing(error.to_string())
}

/// Tells whether a query gives one row for each row it reads.
fn row_by_row(plan: &LogicalPlan) -> Result<bool, Failure> {
    let mut alike = true;
    plan.apply(|node| {
        alike &= matches!(
            node,
            LogicalPlan::Projection(_) | LogicalPlan::SubqueryAlias(_) | LogicalPlan::TableScan(_)
        );
        Ok(TreeNodeRecursion::Continue)
    })?;
    Ok(alike)
}

/// Returns the count that a write answers.
fn count(batches: &[RecordBatch]) -> Option<u64> {
    let column = batches.iter().find(|batch| batch.num_rows() > 0)?.column_by_name("count")?;
    column.as_primitive_opt::<UInt64Type>()?.iter().next()?
}
