//! Work that takes a processor: on threads of its own, no more at once than there are processors, given up when
//! nobody waits for it any longer.

use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

#[derive(Clone, Debug)]
pub struct Workers {
    slots: Arc<Semaphore>,
}

impl Workers {
    pub fn new() -> Workers {
        let processors = std::thread::available_parallelism().map_or(2, |n| n.get());
        Workers { slots: Arc::new(Semaphore::new(processors)) }
    }

    /// Runs a job. Its token is cancelled when the future is dropped; a job that has not begun then never does.
    /// A panic of the job is a panic here. `None` if the runtime is going down.
    pub async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&CancellationToken) -> T + Send + 'static,
    ) -> Option<T> {
        let token = CancellationToken::new();
        let _cancel = token.clone().drop_guard();
        let slot = self.slots.clone().acquire_owned().await.ok()?;
        let running = tokio::task::spawn_blocking(move || {
            let _slot = slot;
            job(&token)
        });
        match running.await {
            Ok(answer) => Some(answer),
            Err(end) if end.is_panic() => std::panic::resume_unwind(end.into_panic()),
            Err(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[tokio::test]
    async fn a_dropped_future_cancels_its_job() {
        let (begun, has_begun) = mpsc::channel();
        let (ended, has_ended) = mpsc::channel();
        let job = move |token: &CancellationToken| {
            begun.send(()).unwrap();
            while !token.is_cancelled() {
                std::thread::yield_now();
            }
            ended.send(()).unwrap();
        };
        let workers = Workers::new();
        let waiting = tokio::spawn(async move { workers.run(job).await });
        tokio::task::spawn_blocking(move || has_begun.recv().unwrap()).await.unwrap();
        waiting.abort();
        tokio::task::spawn_blocking(move || has_ended.recv().unwrap()).await.unwrap();
    }
}
