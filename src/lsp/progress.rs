//! How far a long reading has come, shown by the client, which may call it off.

use super::diagnostics::PATIENCE;
use lsp_types::notification::Progress as Told;
use lsp_types::request::WorkDoneProgressCreate;
use lsp_types::*;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tower_lsp::Client;

/// What our tokens begin with.
pub const PREFIX: &str = "ibid/reading/";

/// One reading; nothing is shown of it until it has begun.
#[derive(Clone, Debug)]
pub struct Progress {
    /// Nobody listens at the other end if the client cannot show it.
    tell: UnboundedSender<WorkDoneProgress>,
}

impl Progress {
    pub fn new(client: Client, shown: bool) -> Progress {
        let (tell, told) = unbounded_channel();
        if shown {
            tokio::spawn(show(client, told));
        }
        Progress { tell }
    }

    pub fn begin(&self) {
        let begin = WorkDoneProgressBegin {
            title: "Reading manuscripts".to_owned(),
            cancellable: Some(true),
            message: None,
            percentage: Some(0),
        };
        let _ = self.tell.send(WorkDoneProgress::Begin(begin));
    }

    pub fn report(&self, done: usize, all: usize) {
        let report = WorkDoneProgressReport {
            cancellable: Some(true),
            message: Some(format!("{done}/{all}")),
            percentage: Some((done * 100 / all.max(1)) as u32),
        };
        let _ = self.tell.send(WorkDoneProgress::Report(report));
    }

    pub fn end(&self) {
        let _ = self.tell.send(WorkDoneProgress::End(WorkDoneProgressEnd { message: None }));
    }
}

/// Passes on what is told from the beginning to the end, under a token of its own.
async fn show(client: Client, mut told: UnboundedReceiver<WorkDoneProgress>) {
    static SERIAL: AtomicUsize = AtomicUsize::new(1);
    let token = NumberOrString::String(format!("{PREFIX}{}", SERIAL.fetch_add(1, Ordering::Relaxed)));
    let mut begun = false;
    while let Some(step) = told.recv().await {
        if matches!(step, WorkDoneProgress::Begin(_)) {
            let ask =
                client.send_request::<WorkDoneProgressCreate>(WorkDoneProgressCreateParams { token: token.clone() });
            begun = matches!(tokio::time::timeout(PATIENCE, ask).await, Ok(Ok(())));
        }
        let last = matches!(step, WorkDoneProgress::End(_));
        if begun {
            let value = ProgressParamsValue::WorkDone(step);
            client.send_notification::<Told>(ProgressParams { token: token.clone(), value }).await;
        }
        if last {
            return;
        }
    }
}
