//! The language server: the only floor that knows the protocol.
//!
//! ```text
//! stdin → pump → front (documents change here, in order) → tower-lsp → server → ide
//!                  ├ calls → loader (works read from disk)       │
//!                  └ events → diagnostics ┐                     └ answers ┐
//! stdout ← pump ←─────────────────────────┴────────────────────────────────┘
//! ```
//! tower-lsp's own transport ends the session at the first bad frame, holds four requests at once and does not see
//! `exit` while input is open. So its service and its client are driven from here, and its transport is not used.

mod client;
mod diagnostics;
mod documents;
mod front;
mod loader;
mod options;
mod overview;
mod position;
mod progress;
mod proto;
mod pump;
mod server;
mod settings;
mod settings_file;
mod state;
mod work;

use futures::{SinkExt, StreamExt};
use pump::Message;
use server::Server;
use std::io::{self, BufReader};
use std::process::ExitCode;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio_util::sync::CancellationToken;
use tower::{Service, ServiceExt};
use tower_lsp::LspService;

/// How long the client may take to read the last answers.
const FAREWELL: Duration = Duration::from_millis(500);
/// Protocol threads; work has its own.
const THREADS: usize = 2;

/// Serves one client on standard input and output until it leaves.
pub fn run() -> ExitCode {
    let (arrived, messages) = unbounded_channel();
    let (out, frames) = mpsc::channel();
    let (closed, written) = mpsc::channel();
    let abandoned = CancellationToken::new();
    let deaf = abandoned.clone();
    thread::spawn(move || pump::read(BufReader::with_capacity(1 << 16, io::stdin()), |m| arrived.send(m).is_ok()));
    thread::spawn(move || {
        if pump::write(io::stdout().lock(), &frames).is_err() {
            deaf.cancel();
        }
        let _ = closed.send(());
    });
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(THREADS).enable_time().build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("ibid: {error}");
            return ExitCode::from(2);
        }
    };
    let code = runtime.block_on(serve(messages, out, abandoned));
    runtime.shutdown_background();
    let _ = written.recv_timeout(FAREWELL);
    // The thread that reads standard input may be waiting for bytes that never come: it must not hold the process.
    std::process::exit(code.into())
}

/// Serves until `exit`, the end of the input, or the end of the client. The exit code.
async fn serve(
    mut messages: UnboundedReceiver<Message>,
    out: mpsc::Sender<Vec<u8>>,
    abandoned: CancellationToken,
) -> u8 {
    let (tell, events) = unbounded_channel();
    let (load, loads) = unbounded_channel();
    let state = Arc::new(state::State::new(tell, load));
    let workers = work::Workers::new();
    let server = |client: tower_lsp::Client| {
        tokio::spawn(loader::run(state.clone(), client.clone(), workers.clone(), loads));
        tokio::spawn(diagnostics::Actor::run(state.clone(), client.clone(), workers.clone(), events));
        let (options, memory) = (Arc::default(), Arc::default());
        Server { client, options, memory, state: state.clone(), workers: workers.clone(), abandoned: abandoned.clone() }
    };
    let (service, socket) = LspService::build(server)
        .custom_method("ibid/documentText", Server::document_text)
        .custom_method("ibid/sources", Server::sources)
        .custom_method("ibid/names", Server::names)
        .custom_method("ibid/chain", Server::chain)
        .finish();
    let (mut requests, mut answers) = socket.split();
    let to_client = out.clone();
    tokio::spawn(async move {
        while let Some(request) = requests.next().await {
            let _ = to_client.send(pump::frame(&request));
        }
    });
    let mut front = front::Front::new(service, state);
    loop {
        let message = tokio::select! {
            message = messages.recv() => message,
            () = abandoned.cancelled() => None,
        };
        let request = match message {
            None => return front.end_of_input(),
            Some(Message::Refused(answer)) => {
                let _ = out.send(pump::frame(&answer));
                continue;
            }
            Some(Message::Answer(answer)) => {
                let _ = answers.send(answer).await;
                continue;
            }
            Some(Message::Call(request)) => request,
        };
        // Until `initialize` is answered tower-lsp refuses everything; `exit` may follow `shutdown` at once; what is asked
        // after a change of settings is asked under the new ones.
        let alone = matches!(request.method(), "initialize" | "shutdown" | "workspace/didChangeConfiguration");
        let Ok(ready) = front.ready().await else { return front.end_of_input() };
        let answer = ready.call(request);
        if let Some(code) = front.exit() {
            return code;
        }
        let out = out.clone();
        let reply = async move {
            if let Ok(Some(answer)) = answer.await {
                let _ = out.send(pump::frame(&answer));
            }
        };
        if alone { reply.await } else { drop(tokio::spawn(reply)) }
    }
}
