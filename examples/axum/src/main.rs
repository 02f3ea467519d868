//! Run: `cargo run -p pullquote-example-axum`, then
//! `curl --data-binary @examples/articles/wire-dateline.txt localhost:3000/parse`
//!
//! How do I embed the parser in a web service?

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::post;
use pullquote::Parser;

/// Options are `const`: every request shares them, no state is needed.
const PARSER: Parser = Parser::new().speaker_confidence(0.6);

/// Takes the text of an article, answers with its record. Text that is not UTF-8 is refused by the extractor.
async fn parse(text: String) -> impl IntoResponse {
    // Tens of megabytes a second on one core: an article takes far less than the network, so no thread of its own.
    let record = serde_json::to_string(&PARSER.parse(&text)).unwrap_or_default();
    ([(CONTENT_TYPE, "application/json")], record)
}

fn service() -> Router {
    Router::new().route("/parse", post(parse)).layer(DefaultBodyLimit::max(4 << 20))
}

fn main() -> std::io::Result<()> {
    tokio::runtime::Builder::new_current_thread().enable_io().build()?.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
        println!("listening on http://{}/parse", listener.local_addr()?);
        axum::serve(listener, service()).await
    })
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::{SocketAddr, TcpStream};

    fn request(to: SocketAddr, method: &str, body: &[u8]) -> (String, String) {
        let mut stream = TcpStream::connect(to).unwrap();
        let head = format!(
            "{method} /parse HTTP/1.1\r\nHost: {to}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(&[head.as_bytes(), body].concat()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.lines().next().unwrap().to_owned(), body.to_owned())
    }

    #[test]
    fn a_posted_article_is_answered_with_its_record() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().unwrap();
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let to = listener.local_addr().unwrap();
        std::thread::spawn(move || runtime.block_on(async { axum::serve(listener, super::service()).await }));

        let (status, body) = request(to, "POST", "“It leaks,” said Ada Roe.".as_bytes());
        println!("{status}\n{body}");
        assert_eq!(status, "HTTP/1.1 200 OK");
        let record: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(record["quotes"][0]["speaker"], "Ada Roe");
        assert_eq!(record["schema"], pullquote::SCHEMA);

        assert_eq!(request(to, "POST", b"\xff\xfe").0, "HTTP/1.1 400 Bad Request");
        assert_eq!(request(to, "GET", b"").0, "HTTP/1.1 405 Method Not Allowed");
    }
}
