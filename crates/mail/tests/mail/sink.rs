//! A mail server that takes everything in, or fails as it is told (RFC 5321).

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

/// A mail that arrived; one that was refused has no text.
#[derive(Debug)]
pub(crate) struct Arrived {
    pub(crate) from: String,
    pub(crate) to: Vec<String>,
    /// Headers and body as sent, lines joined by `\n`.
    pub(crate) text: String,
}

pub(crate) struct Sink {
    pub(crate) port: u16,
    arrived: mpsc::UnboundedReceiver<Arrived>,
}

impl Sink {
    /// Starts one; the first mails are answered with `refusals`, such as `451 later`.
    pub(crate) async fn start(refusals: &[&str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let refusals: VecDeque<String> = refusals.iter().map(|text| (*text).to_owned()).collect();
        let refusals = Arc::new(Mutex::new(refusals));
        let (told, arrived) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, refusals.clone(), told.clone()));
            }
        });
        Self { port, arrived }
    }

    /// The next mail.
    pub(crate) async fn next(&mut self) -> Arrived {
        self.arrived.recv().await.unwrap()
    }
}

async fn serve(
    stream: TcpStream,
    refusals: Arc<Mutex<VecDeque<String>>>,
    told: mpsc::UnboundedSender<Arrived>,
) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let (mut from, mut to) = (String::new(), Vec::new());
    stream.write_all(b"220 sink\r\n").await?;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let command = line.trim_end();
        let answer = match command.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" => "250-sink\r\n250 8BITMIME".to_owned(),
            "MAIL" => {
                (from, to) = (command.to_owned(), Vec::new());
                let refusal = refusals.lock().unwrap().pop_front();
                if refusal.as_ref().is_some_and(|answer| !answer.starts_with("250")) {
                    let _ = told.send(Arrived { from: from.clone(), to: Vec::new(), text: String::new() });
                }
                refusal.unwrap_or_else(|| "250 ok".to_owned())
            }
            "RCPT" => {
                to.push(command.to_owned());
                "250 ok".to_owned()
            }
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await?;
                let text = body(&mut stream).await?;
                let _ = told.send(Arrived { from: from.clone(), to: to.clone(), text });
                "250 taken".to_owned()
            }
            "QUIT" => {
                stream.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => "250 ok".to_owned(),
        };
        stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
}

async fn body(stream: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        match line.trim_end() {
            "." => return Ok(lines.join("\n")),
            line => lines.push(line.strip_prefix('.').unwrap_or(line).to_owned()),
        }
    }
}
