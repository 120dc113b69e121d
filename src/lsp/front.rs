//! What stands before tower-lsp: here messages still have their order.
//!
//! tower-lsp polls handlers as it likes; a handler that awaits before it touches a document sees it too late, and two
//! changes may swap. So documents change here, in [`Front::call`], which is called in wire order; a request takes the
//! documents of that moment with it. A handler that panics is answered, and `exit` is seen even if input never ends.

use super::state::{SNAPSHOT, State};
use futures::FutureExt;
use futures::future::BoxFuture;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::task::{Context, Poll};
use tower::Service;
use tower_lsp::jsonrpc::{Error, Request, Response};

pub struct Front<S> {
    inner: S,
    state: Arc<State>,
    shut_down: bool,
    exit: Option<u8>,
}

impl<S> Front<S> {
    pub fn new(inner: S, state: Arc<State>) -> Front<S> {
        Front { inner, state, shut_down: false, exit: None }
    }

    /// The exit code, once `exit` was received: 0 after `shutdown`, else 1.
    pub fn exit(&self) -> Option<u8> {
        self.exit
    }

    /// The exit code if the input ends here.
    pub fn end_of_input(&self) -> u8 {
        self.exit.unwrap_or(u8::from(!self.shut_down))
    }
}

impl<S> Service<Request> for Front<S>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
{
    type Response = Option<Response>;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<Option<Response>, S::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        match request.method() {
            "shutdown" => self.shut_down = true,
            "exit" => {
                self.exit = Some(self.end_of_input());
                return futures::future::ready(Ok(None)).boxed();
            }
            _ => {}
        }
        let id = request.id().cloned();
        let panicked = move || Ok(id.map(|id| Response::from_error(id, Error::internal_error())));
        let begun = catch_unwind(AssertUnwindSafe(|| {
            let request = self.state.apply(request)?;
            Some(SNAPSHOT.scope(self.state.snapshot(), self.inner.call(request)))
        }));
        match begun {
            Ok(Some(answer)) => {
                async move { AssertUnwindSafe(answer).catch_unwind().await.unwrap_or_else(|_| panicked()) }.boxed()
            }
            Ok(None) => futures::future::ready(Ok(None)).boxed(),
            Err(_) => futures::future::ready(panicked()).boxed(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lsp::work::Workers;
    use futures::future::BoxFuture;
    use lsp_types::{Hover, HoverParams, InitializeParams, InitializeResult};
    use serde_json::{Value, json};
    use tokio::sync::mpsc;
    use tokio_util::sync::CancellationToken;
    use tower::ServiceExt;
    use tower_lsp::{LanguageServer, LspService, async_trait, jsonrpc};

    fn state() -> Arc<State> {
        Arc::new(State::new(mpsc::unbounded_channel().0, mpsc::unbounded_channel().0))
    }

    fn request(id: i64, method: &'static str, params: Value) -> Request {
        Request::build(method).id(id).params(params).finish()
    }

    /// Panics when it is asked to: at once, or when it is polled.
    struct Clumsy;

    impl Service<Request> for Clumsy {
        type Response = Option<Response>;
        type Error = ();
        type Future = BoxFuture<'static, Result<Option<Response>, ()>>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), ()>> {
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, request: Request) -> Self::Future {
            assert_ne!(request.method(), "panic at once");
            async move {
                assert_ne!(request.method(), "panic later");
                Ok(request.id().map(|id| Response::from_ok(id.clone(), Value::Null)))
            }
            .boxed()
        }
    }

    #[tokio::test]
    async fn a_panic_is_answered_and_the_session_goes_on() {
        let mut front = Front::new(Clumsy, state());
        for (id, method) in [(1, "panic at once"), (2, "panic later")] {
            let answer = front.call(request(id, method, json!({}))).await.unwrap().unwrap();
            assert_eq!(answer, Response::from_error(id.into(), Error::internal_error()), "{method}");
            let answer = front.call(request(9, "fine", json!({}))).await.unwrap().unwrap();
            assert!(answer.is_ok());
        }
        assert_eq!(front.call(Request::build("panic later").finish()).await, Ok(None));
    }

    #[tokio::test]
    async fn exit_is_an_error_unless_shutdown_came_before() {
        for (methods, code) in [(vec!["exit"], 1), (vec!["shutdown", "exit"], 0)] {
            let mut front = Front::new(Clumsy, state());
            for method in methods {
                assert_eq!(front.exit(), None);
                let _ = front.call(Request::build(method).finish()).await;
            }
            assert_eq!(front.exit(), Some(code));
        }
    }

    /// Works on a hover until it is called off; says when it begins and when it ends.
    struct Slow(Workers, mpsc::UnboundedSender<&'static str>);

    #[async_trait]
    impl LanguageServer for Slow {
        async fn initialize(&self, _: InitializeParams) -> jsonrpc::Result<InitializeResult> {
            Ok(InitializeResult::default())
        }

        async fn shutdown(&self) -> jsonrpc::Result<()> {
            Ok(())
        }

        async fn hover(&self, _: HoverParams) -> jsonrpc::Result<Option<Hover>> {
            let said = self.1.clone();
            let job = move |token: &CancellationToken| {
                let _ = said.send("begun");
                while !token.is_cancelled() {
                    std::thread::yield_now();
                }
                let _ = said.send("ended");
            };
            self.0.run(job).await;
            Ok(None)
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_cancelled_request_is_answered_and_its_work_ends() {
        let (said, mut hears) = mpsc::unbounded_channel();
        let (service, _socket) = LspService::new(|_| Slow(Workers::new(), said));
        let mut front = Front::new(service, state());
        front.ready().await.unwrap().call(request(1, "initialize", json!({"capabilities": {}}))).await.unwrap();
        let place = json!({"textDocument": {"uri": "file:///a"}, "position": {"line": 0, "character": 0}});
        let answer = tokio::spawn(front.ready().await.unwrap().call(request(2, "textDocument/hover", place)));
        assert_eq!(hears.recv().await, Some("begun"));
        let cancel = Request::build("$/cancelRequest").params(json!({"id": 2})).finish();
        front.ready().await.unwrap().call(cancel).await.unwrap();
        let answer = answer.await.unwrap().unwrap().unwrap();
        assert_eq!(answer, Response::from_error(2.into(), Error::request_cancelled()));
        assert_eq!(hears.recv().await, Some("ended"));
    }
}
