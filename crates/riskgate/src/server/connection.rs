use std::convert::Infallible;
use std::future::{Ready, ready};
use std::net::SocketAddr;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::BoxError;
use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::ConnectInfo;
use axum::http::{Request, Response};
use axum::routing::future::RouteFuture;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::Service;

/// Most connections at once: an answer needs far less than the megabyte of memory this leaves each on a small machine.
const MOST: usize = 4096;

/// Makes a service for each connection, as long as there are not too many.
pub(super) struct Connections {
    router: Router,
    places: Arc<Semaphore>,
}

/// Too many connections.
#[derive(Debug, thiserror::Error)]
#[error("there are {MOST} connections already")]
pub(super) struct Full;

impl Connections {
    pub(super) fn new(router: Router) -> Self {
        Self { router, places: Arc::new(Semaphore::new(MOST)) }
    }
}

impl Service<SocketAddr> for Connections {
    type Response = Connection;
    type Error = Full;
    type Future = Ready<Result<Connection, Full>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Full>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, peer: SocketAddr) -> Self::Future {
        let place = self.places.clone().try_acquire_owned().map_err(|_| Full);
        ready(place.map(|place| Connection { router: self.router.clone(), peer, _place: Arc::new(place) }))
    }
}

/// The requests of one connection. It holds a place until the connection ends.
#[derive(Clone)]
pub(super) struct Connection {
    router: Router,
    peer: SocketAddr,
    _place: Arc<OwnedSemaphorePermit>,
}

impl<B> Service<Request<B>> for Connection
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = RouteFuture<Infallible>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        <Router as Service<Request<B>>>::poll_ready(&mut self.router, context)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        request.extensions_mut().insert(ConnectInfo(self.peer));
        self.router.call(request)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_connection_that_ends_makes_room_for_another() {
        let mut connections = Connections { router: Router::new(), places: Arc::new(Semaphore::new(1)) };
        let peer = SocketAddr::from(([127, 0, 0, 1], 1));
        let first = connections.call(peer).await.unwrap();
        let also_first = first.clone();
        drop(first);
        assert!(connections.call(peer).await.is_err(), "the connection still lives");
        drop(also_first);
        assert!(connections.call(peer).await.is_ok());
    }
}
