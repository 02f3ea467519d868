//! Sessions with our functions: in this process, on a cluster, and inside the roles of a cluster.

use std::sync::Arc;

use ballista::prelude::SessionContextExt as _;
use ballista_core::object_store::{runtime_env_with_s3_support, session_config_with_s3_support};
use ballista_core::registry::BallistaFunctionRegistry;
use datafusion::error::Result as Answer;
use datafusion::execution::registry::FunctionRegistry;
use datafusion::execution::session_state::SessionStateBuilder;
use datafusion::execution::{SessionState, SessionStateDefaults};
use datafusion::prelude::{SessionConfig, SessionContext};

use crate::address;
use crate::args::Engine;
use crate::error::Error;

/// Rows of a batch. A row holds a whole article and is read in a third of a millisecond: with DataFusion's 8192 a batch
/// would be 40 MB of text and a thread would not look up for seconds.
const BATCH: usize = 1024;

/// Returns the number of cores that this process may use.
pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Makes the state that a scheduler plans with and an executor takes its functions from.
///
/// Ballista's own `session_state_with_s3_support` will not do: it replaces the default functions by a list without
/// those on lists and structs, which everybody needs who asks for quotes.
pub(crate) fn state(config: SessionConfig) -> Answer<SessionState> {
    let runtime = runtime_env_with_s3_support(&config)?;
    let mut state = SessionStateBuilder::new()
        .with_config(config)
        .with_runtime_env(runtime)
        .with_default_features()
        .build();
    pullquote_datafusion::register_all(&mut state)?;
    Ok(state)
}

/// Returns the functions of an executor: all of the state's, ours too. `BallistaFunctionRegistry::default()` lacks those
/// on lists and structs as well.
pub(crate) fn functions() -> Answer<Arc<BallistaFunctionRegistry>> {
    Ok(Arc::new(BallistaFunctionRegistry::from(&state(session_config_with_s3_support())?)))
}

/// Opens a session in this process, or on the cluster that `engine` names, with `partitions` parts a query.
pub(crate) async fn open(engine: &Engine, partitions: usize) -> Result<SessionContext, Error> {
    let mut config =
        session_config_with_s3_support().with_batch_size(BATCH).with_target_partitions(partitions);
    // A folder is its files and those of all folders in it, for `sql` as for `extract`.
    config.options_mut().execution.listing_table_ignore_subdirectory = false;
    for (name, value) in &engine.settings {
        let set = config.options_mut().set(name, value);
        set.map_err(|source| Error::Setting { name: name.clone(), source: source.into() })?;
    }
    let state = state(config).map_err(Error::session)?;
    let Some(scheduler) = &engine.scheduler else {
        return Ok(SessionContext::new_with_state(state));
    };
    let url = address::scheduler(scheduler);
    let mut session =
        SessionContext::remote_with_state(&url, state).await.map_err(|e| Error::scheduler(scheduler, e))?;
    // `remote_with_state` replaces the functions of the state by Ballista's list, so they are registered after it.
    register(&mut session).map_err(Error::session)?;
    Ok(session)
}

/// Registers the functions of DataFusion, those on lists and structs among them, and ours.
fn register(registry: &mut dyn FunctionRegistry) -> Answer<()> {
    for function in SessionStateDefaults::default_scalar_functions() {
        registry.register_udf(function)?;
    }
    pullquote_datafusion::register_all(registry)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_executor_knows_our_functions_and_those_on_lists() {
        let functions = functions().unwrap();
        for name in ["quotes", "article", "cardinality", "array_element", "get_field", "substr"] {
            assert!(functions.udf(name).is_ok(), "{name}");
        }
    }

    #[tokio::test]
    async fn a_session_on_a_cluster_keeps_our_functions() {
        let engine = Engine { scheduler: Some("localhost:1".into()), settings: Vec::new() };
        let session = open(&engine, 1).await.unwrap();
        assert!(session.udf("quotes").is_ok() && session.udf("array_element").is_ok());
    }

    #[tokio::test]
    async fn a_setting_that_is_none_is_told_by_name() {
        let engine = Engine { scheduler: None, settings: vec![("s3.colour".into(), "red".into())] };
        let told = open(&engine, 1).await.err().unwrap().to_string();
        assert!(told.contains("s3.colour"), "{told}");
    }
}
