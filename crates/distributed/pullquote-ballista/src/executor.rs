//! The role `executor`: Ballista's executor, with our functions.

use std::sync::Arc;

use ballista_core::object_store::{runtime_env_with_s3_support, session_config_with_s3_support};
use ballista_executor::config::Config;
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use ballista_executor::health::spawn_health_server;

use crate::error::Error;
use crate::{address, log, session};

/// Runs until the process is told to stop.
pub(crate) async fn run(config: Config) -> Result<(), Error> {
    let folder = config.log_dir.as_deref().map(|folder| (folder, config.log_rotation_policy));
    log::start("executor", config.bind_port, &config.log_level_setting, config.print_thread_info, folder);
    let health = address::listen(&config.bind_host, config.bind_health_port)?;
    let mut config: ExecutorProcessConfig = config.try_into().map_err(Error::cluster)?;
    config.override_config_producer = Some(Arc::new(session_config_with_s3_support));
    config.override_runtime_producer = Some(Arc::new(runtime_env_with_s3_support));
    config.override_function_registry = Some(session::functions().map_err(Error::session)?);

    // Answers /healthz and /readyz, as Ballista's own binary does.
    let (stop, stopped) = tokio::sync::oneshot::channel();
    let server = spawn_health_server(health, config.health.clone(), stopped);
    let end = start_executor_process(Arc::new(config)).await.map_err(Error::cluster);
    let metrics = pullquote_datafusion::metrics();
    ::log::info!("read {} texts of {} bytes", metrics.texts, metrics.bytes);
    if let Some(line) = log::lost(metrics.panics) {
        ::log::warn!("{line}");
    }
    // The receiver is gone when the server could not start; then there is nothing to stop.
    let _ = stop.send(());
    match server.await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => ::log::warn!("the health server: {error}"),
        Err(error) => ::log::warn!("the health server: {error}"),
    }
    end
}
