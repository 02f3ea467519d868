//! The role `scheduler`: Ballista's scheduler, with our functions.

use std::sync::Arc;

use ballista_core::object_store::session_config_with_s3_support;
use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::{Config, SchedulerConfig};
use ballista_scheduler::scheduler_process::start_server;

use crate::error::Error;
use crate::{address, log, session};

/// Runs until the process is told to stop.
pub(crate) async fn run(config: Config) -> Result<(), Error> {
    let folder = config.log_dir.as_deref().map(|folder| (folder, config.log_rotation_policy));
    log::start("scheduler", config.bind_port, &config.log_level_setting, config.print_thread_info, folder);
    let address = address::listen(&config.bind_host, config.bind_port)?;
    let config: SchedulerConfig = config.try_into().map_err(Error::cluster)?;
    // A scheduler reads and optimises plans, so it must know the functions that they name: every session it makes for a
    // client is made by us.
    let config = config
        .with_override_config_producer(Arc::new(session_config_with_s3_support))
        .with_override_session_builder(Arc::new(session::state));
    let cluster = BallistaCluster::new_from_config(&config).await.map_err(Error::cluster)?;
    start_server(cluster, address, Arc::new(config)).await.map_err(Error::cluster)
}
