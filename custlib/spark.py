"""Spark, for exports that outgrow one machine: a session that reads an expression as DuckDB does, Parquet in and out.

Every file of the project must lie where all workers of the cluster see it, under the same path.
"""

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from custlib.refusals import Refused

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SCHEME = "pyspark://"
# What an expression means may not hang on how somebody's cluster is set up.
_MEANING = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.caseSensitive": "false",
    "spark.sql.decimalOperations.allowPrecisionLoss": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.compression.codec": "zstd",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
}
# On one machine: no page in a browser, no address in the network, few partitions.
LOCAL: dict[str, bool | float | int | str | None] = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": "8",
}


def master(engine: str) -> str:
    """The master in `pyspark://MASTER`: `local[2]`, `yarn`, `spark://host:7077`; "" is Spark's own default.

    Raises Refused (`engine`) for what is no such address.
    """
    if not engine.startswith(SCHEME):
        raise Refused("engine", engine=engine)
    return engine.removeprefix(SCHEME)


def runs() -> bool:
    """Whether a Spark runs in this process."""
    pyspark = sys.modules.get("pyspark.sql")
    return bool(pyspark and pyspark.SparkSession.getActiveSession())


def session(engine: str) -> "SparkSession":
    """A session with views of its own; on a Spark that already runs in this process, else on one that is started.

    Raises Refused (`engine`, `no_spark`).
    """
    at = master(engine)
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise Refused("no_spark", engine=engine, reason=error) from error
    from py4j.protocol import Py4JError

    builder = SparkSession.builder.appName("custlib")
    builder = builder.config("spark.sql.warehouse.dir", Path(tempfile.gettempdir(), "custlib-spark").as_uri())
    if at:
        builder = builder.master(at)
    if at.startswith("local"):
        builder = builder.config(map=LOCAL)
    try:
        own = builder.config("spark.log.level", "ERROR").getOrCreate().newSession()
    except (PySparkException, Py4JError, OSError) as error:
        raise Refused("no_spark", engine=engine, reason=_reason(error)) from error
    for name, value in _MEANING.items():
        own.conf.set(name, value)
    return own


def _reason(error):
    # The first line of an error of Java only says that there was one.
    return str(error).strip().splitlines()[:2][-1].removeprefix(": ")


def view(own: "SparkSession", name: str, rows, number: str | None = None):
    """Make a pyarrow Table, or Parquet files (paths; a column that a file lacks is null there), a view of a session.

    number: name of a column that gets the place of each row in its file, from 0.
    """
    if isinstance(rows, list):
        rows = own.read.option("mergeSchema", "true").parquet(*(_place(path) for path in rows))
        if number:
            rows = rows.selectExpr("*", f"_metadata.row_index AS `{number}`")
    else:
        rows = own.createDataFrame(rows)
    rows.createOrReplaceTempView(name)


def hold(own: "SparkSession", name: str, query: str):
    """Compute a query once and make its rows a view. They are cut off from how they were made: a plan that goes on
    growing takes Spark longer to read than to run."""
    own.sql(query).localCheckpoint().createOrReplaceTempView(name)


def _place(path):
    # A path without a scheme would be looked for on the cluster's own disk.
    return f"file://{Path(path).resolve()}"


def write_parts(own: "SparkSession", query: str, folder: Path) -> list[Path]:
    """Write an ordered query as Parquet into a new folder; returns the paths of its parts, in order."""
    own.sql(query).write.parquet(_place(folder))
    return sorted(Path(folder).glob("part-*.parquet"))
