//! Streams: opened, counted, unpacked. What a stream is packed with is told by its first bytes, not by its name.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use crate::error::Error;
use crate::source::expand::Input;

/// How much of a stream is read at a time, in bytes.
const CHUNK: usize = 1 << 16;
/// How much of a stream is looked at to tell what it is, in bytes.
pub(crate) const HEAD: usize = 4096;

/// A stream whose first bytes were looked at and are still in it.
pub(crate) type Stream = BufReader<Box<dyn Read + Send>>;

/// An input, opened and unpacked.
pub(crate) struct Opened {
    pub(crate) stream: Stream,
    /// The first bytes, up to [`HEAD`].
    pub(crate) head: Vec<u8>,
}

/// Opens an input and unpacks it; `read` counts the bytes as they lie on the disk.
pub(crate) fn open(input: &Input, read: &Arc<AtomicU64>) -> Result<Opened, Error> {
    let named = |e| Error::read(&input.name, e);
    let raw: Box<dyn Read + Send> = if input.is_stdin() {
        Box::new(io::stdin())
    } else {
        let file = File::open(&input.path).map_err(named)?;
        // Opening a folder works on Unix and fails only at the first read: say it now.
        if file.metadata().is_ok_and(|m| m.is_dir()) {
            return Err(named(io::ErrorKind::IsADirectory.into()));
        }
        Box::new(file)
    };
    let (head, raw) = peek(Box::new(Counted { inner: raw, read: Arc::clone(read) }), 4).map_err(named)?;
    let unpacked: Box<dyn Read + Send> = match &head[..] {
        [0x1f, 0x8b, ..] => {
            Box::new(flate2::bufread::MultiGzDecoder::new(BufReader::with_capacity(CHUNK, raw)))
        }
        [0x28, 0xb5, 0x2f, 0xfd] | [0x50..=0x5f, 0x2a, 0x4d, 0x18] => {
            Box::new(Zstd::new(BufReader::with_capacity(CHUNK, raw)))
        }
        _ => Box::new(raw),
    };
    let (head, stream) = peek(unpacked, HEAD).map_err(named)?;
    Ok(Opened { stream: BufReader::with_capacity(CHUNK, Box::new(stream)), head })
}

type Peeked = Chain<Cursor<Vec<u8>>, Box<dyn Read + Send>>;

/// Reads the first bytes and puts them back in front.
///
/// # Errors
///
/// When nothing can be read at all; an error after some bytes comes after these bytes.
fn peek(mut stream: Box<dyn Read + Send>, bytes: usize) -> io::Result<(Vec<u8>, Peeked)> {
    let mut head = Vec::with_capacity(bytes);
    if let Err(error) = stream.by_ref().take(bytes as u64).read_to_end(&mut head) {
        if head.is_empty() {
            return Err(error);
        }
        stream = Box::new(Broken(Some(error)));
    }
    Ok((head.clone(), Cursor::new(head).chain(stream)))
}

/// A stream with nothing more in it but an error.
struct Broken(Option<io::Error>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// Counts what is read.
struct Counted<R> {
    inner: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.read.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// Unpacks all Zstandard frames of a stream, one after the other (RFC 8878, section 3); ruzstd's own reader
/// stops after the first.
struct Zstd<R> {
    source: R,
    decoder: FrameDecoder,
    in_frame: bool,
}

impl<R: BufRead> Zstd<R> {
    fn new(source: R) -> Zstd<R> {
        Zstd { source, decoder: FrameDecoder::new(), in_frame: false }
    }

    /// Starts the next frame that holds data; `false` at the end of the stream.
    fn next_frame(&mut self) -> io::Result<bool> {
        while !self.source.fill_buf()?.is_empty() {
            match self.decoder.reset(&mut self.source) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    io::copy(&mut self.source.by_ref().take(u64::from(length)), &mut io::sink())?;
                }
                Err(error) => return Err(damaged(error)),
            }
        }
        Ok(false)
    }
}

fn damaged(error: FrameDecoderError) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}

impl<R: BufRead> Read for Zstd<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if !self.in_frame {
                self.in_frame = self.next_frame()?;
                if !self.in_frame {
                    return Ok(0);
                }
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let some = BlockDecodingStrategy::UptoBytes(buffer.len());
                self.decoder.decode_blocks(&mut self.source, some).map_err(damaged)?;
            }
            match self.decoder.read(buffer)? {
                0 => self.in_frame = false,
                n => return Ok(n),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_follow_one_another() {
        use ruzstd::encoding::{CompressionLevel, compress_to_vec};
        let mut packed = compress_to_vec(&b"one "[..], CompressionLevel::Fastest);
        // A frame to be skipped, as pzstd and WARC writers put there.
        packed.extend([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
        packed.extend(compress_to_vec(&b"two"[..], CompressionLevel::Fastest));
        let mut text = String::new();
        Zstd::new(&packed[..]).read_to_string(&mut text).unwrap();
        assert_eq!(text, "one two");
        packed.truncate(packed.len() - 2);
        assert!(Zstd::new(&packed[..]).read_to_end(&mut Vec::new()).is_err());
    }
}
