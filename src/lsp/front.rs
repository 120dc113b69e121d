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
