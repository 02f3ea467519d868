//! Streams to items, one after the other, never more than one item held.

use std::io::{BufRead, Read as _};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use encoding_rs::Encoding;
use encoding_rs_io::DecodeReaderBytesBuilder;

use crate::error::Error;
use crate::source::charset;
use crate::source::expand::Input;
use crate::source::item::{Body, Item, Place};
use crate::source::kind::InputKind;
use crate::source::lines::{self, Line};
use crate::source::stream::{self, Opened};
use crate::source::warc::{Content, Records};

/// How inputs are read.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    pub(crate) kind: InputKind,
    /// What a file is that neither name nor first bytes tell of.
    pub(crate) otherwise: InputKind,
    pub(crate) encoding: Option<&'static Encoding>,
    /// The longest text that is held, in bytes.
    pub(crate) most: usize,
}

/// Hands every item of `inputs` to `sink`, in order, until it has enough. `read` counts the bytes on the disk.
pub(crate) fn each(
    inputs: Vec<Result<Input, Error>>,
    reading: &Reading,
    read: &Arc<AtomicU64>,
    sink: &mut dyn FnMut(Item, bool) -> ControlFlow<()>,
) -> ControlFlow<()> {
    for input in inputs {
        let file: Arc<str> = input.as_ref().map_or("", |input| input.name.as_str()).into();
        let mut one = One { file, reading, sink };
        let done = match input {
            Ok(input) => one.input(&input, read),
            Err(error) => one.fault(error),
        };
        done?;
    }
    ControlFlow::Continue(())
}

/// One input being read.
struct One<'a> {
    file: Arc<str>,
    reading: &'a Reading,
    sink: &'a mut dyn FnMut(Item, bool) -> ControlFlow<()>,
}

impl One<'_> {
    fn input(&mut self, input: &Input, read: &Arc<AtomicU64>) -> ControlFlow<()> {
        let opened = match stream::open(input, read) {
            Ok(opened) => opened,
            Err(error) => return self.fault(error),
        };
        if self.reading.encoding.is_none()
            && let Some(what) = charset::binary(&opened.head)
        {
            return self.fault(Error::Binary { name: input.name.clone(), what: what.into_owned() });
        }
        match self.reading.kind.of(&input.name, &opened.head, self.reading.otherwise) {
            InputKind::Jsonl => self.rows(opened),
            InputKind::Warc => self.records(opened),
            kind => self.whole(opened, kind, input.size),
        }
    }

    fn put(&mut self, place: Place, body: Body, more: bool) -> ControlFlow<()> {
        (self.sink)(Item { file: Arc::clone(&self.file), place, body }, more)
    }

    fn fault(&mut self, error: Error) -> ControlFlow<()> {
        self.put(Place::File, Body::Fault(error), false)
    }

    /// One text or page: the whole file.
    fn whole(&mut self, opened: Opened, kind: InputKind, size: Option<u64>) -> ControlFlow<()> {
        let most = self.reading.most;
        let mut bytes = Vec::with_capacity(size.map_or(0, |s| (s as usize).min(most) + 1));
        match opened.stream.take(most as u64 + 1).read_to_end(&mut bytes) {
            Err(error) => self.fault(Error::read(&self.file, error)),
            Ok(_) if bytes.len() > most => {
                let length = size.filter(|&s| s > most as u64).unwrap_or(bytes.len() as u64);
                self.put(Place::File, Body::TooLong(length), false)
            }
            Ok(_) => {
                let declared = if kind == InputKind::Html { charset::of_page(&bytes) } else { None };
                self.put(Place::File, Body::Document { bytes, kind, declared, url: None }, false)
            }
        }
    }

    fn rows(&mut self, opened: Opened) -> ControlFlow<()> {
        let encoding = charset::utf16_bom(&opened.head).or(self.reading.encoding);
        if encoding.is_none_or(|e| e == encoding_rs::UTF_8) {
            return self.lines(opened.stream);
        }
        let converted = DecodeReaderBytesBuilder::new().encoding(encoding).build(opened.stream);
        self.lines(std::io::BufReader::with_capacity(1 << 16, converted))
    }

    fn lines(&mut self, mut stream: impl BufRead) -> ControlFlow<()> {
        let mut offset = 0;
        for number in 1.. {
            let (line, taken) = match lines::next(&mut stream, self.reading.most) {
                Err(error) => return self.fault(Error::read(&self.file, error)),
                Ok(None) => break,
                Ok(Some(line)) => line,
            };
            let place = Place::Line { number, offset };
            offset += taken;
            let body = match line {
                // A BOM is no part of the first line.
                Line::Whole(mut line) if number == 1 && line.starts_with(b"\xef\xbb\xbf") => {
                    line.drain(..3);
                    Body::Row(line)
                }
                Line::Whole(line) if line.trim_ascii().is_empty() => continue,
                Line::Whole(line) => Body::Row(line),
                Line::TooLong(length) => Body::TooLong(length),
            };
            self.put(place, body, true)?;
        }
        ControlFlow::Continue(())
    }

    fn records(&mut self, opened: Opened) -> ControlFlow<()> {
        let mut records = Records::new(opened.stream, self.reading.most);
        for number in 1.. {
            let offset = records.taken;
            let place = Place::Record { number, offset };
            let body = match records.next() {
                Err(error) => return self.fault(Error::read(&format!("{}:{number}", self.file), error)),
                Ok(None) => break,
                Ok(Some(None)) => continue,
                Ok(Some(Some(record))) => match record.content {
                    Content::TooLong(length) => Body::TooLong(length),
                    Content::Bytes(bytes) => {
                        let page = record.kind == InputKind::Html;
                        let declared = record.declared.or_else(|| charset::of_page(&bytes).filter(|_| page));
                        Body::Document { bytes, kind: record.kind, declared, url: record.url }
                    }
                },
            };
            self.put(place, body, true)?;
        }
        ControlFlow::Continue(())
    }
}
