"""Reads a folder of Parquet with Spark into one row a quote. Run: python quotes.py NEWS QUOTES [CORES]

NEWS has the columns `id` and `body`. Spark hands each partition to a Python process as Arrow batches, and the wheel of
this folder reads a batch at a time: no row is ever a Python object.
"""
import os
import sys
import time

import pyarrow as pa
from pyspark.sql import SparkSession

# Spark has no numbers without sign.
QUOTES = pa.list_(pa.struct(
    [(name, pa.string()) for name in (
        "speaker", "title", "affiliation", "kind", "content", "cue", "source", "addressee", "polarity")]
    + [("confidence", pa.float32()), ("start", pa.int64()), ("end", pa.int64())]
))
SCHEMA = """id bigint, quotes array<struct<speaker: string, title: string, affiliation: string, kind: string,
    content: string, cue: string, source: string, addressee: string, polarity: string,
    confidence: float, start: bigint, end: bigint>>"""


def read(batches):
    import pullquote_arrow  # here, as the executors import it, not the driver

    for batch in batches:
        quotes = pullquote_arrow.call("quotes", batch.column("body")).cast(QUOTES)
        yield pa.RecordBatch.from_arrays([batch.column("id"), quotes], names=["id", "quotes"])
    # Of this Python process since it started; Spark keeps what it writes here with the executor's log.
    if panics := pullquote_arrow.metrics()["panics"]:
        print(f"{panics} texts gave NULL because the library panicked", file=sys.stderr)


def main():
    news, out, cores = sys.argv[1], sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else "*"
    builder = SparkSession.builder
    # spark-submit starts the gateway, and has been told the master and the Python or has defaults of its own.
    if "PYSPARK_GATEWAY_PORT" not in os.environ:
        # The Python that has the wheel, also where no environment is active.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = builder.master(f"local[{cores}]")
    spark = (
        builder
        # An article is some kilobytes, and a batch is held in memory twice.
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", 1024)
        .config("spark.ui.enabled", False)
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    start = time.monotonic()
    articles = spark.read.parquet(news).select("id", "body").mapInArrow(read, SCHEMA)
    articles.write.mode("overwrite").parquet(out)
    seconds = time.monotonic() - start
    rows = spark.read.parquet(out)
    quotes = rows.selectExpr("sum(size(quotes))").first()[0]
    print(f"{rows.count()} articles, {rows.select('id').distinct().count()} different, {quotes} quotes in {seconds:.1f} s")
    rows.selectExpr("inline(quotes)").groupBy("speaker").count().orderBy("count", ascending=False).show(5)
    spark.stop()


if __name__ == "__main__":
    main()
