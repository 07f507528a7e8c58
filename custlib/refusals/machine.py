"""The machine stands in the way."""

from custlib.refusals.line import INFRASTRUCTURE, LOCKED, Line

REFUSALS = {
    "no_spark": Line(
        INFRASTRUCTURE,
        "Spark does not start at {engine}: {reason}. It needs Java 17 and: pip install -r requirements-extras.lock",
        "Spark 无法在 {engine} 启动：{reason}。它需要 Java 17，并运行：pip install -r requirements-extras.lock",
    ),
    "no_cluster": Line(
        INFRASTRUCTURE,
        "No Dask cluster answers at {address}: {reason}. It needs a scheduler, a worker, and: pip install -r requirements-extras.lock",
        "{address} 没有 Dask 集群应答：{reason}。需要一个调度器、至少一个 worker，并运行：pip install -r requirements-extras.lock",
    ),
    "worker_differs": Line(
        INFRASTRUCTURE,
        "The worker {worker} would make another report: it has {there}, this machine {here}. Start it in the workbook's folder, on the "
        "same disk, with the same packages.",
        "worker {worker} 会生成不同的报告：它那里是 {there}，本机是 {here}。请在同一磁盘的工作簿文件夹中启动它，并安装相同的软件包。",
    ),
    "locked": Line(
        LOCKED,
        "Another run is writing to {folder}. Wait for it to end, then start again.",
        "另一个运行正在写入 {folder}。请等它结束后再开始。",
    ),
    "wrong_kernel": Line(
        INFRASTRUCTURE,
        "The kernel “python3” starts {found}, not this Python. Run: {python} -m ipykernel install --sys-prefix",
        "内核“python3”启动的是 {found}，而不是当前的 Python。请运行：{python} -m ipykernel install --sys-prefix",
    ),
    "code_changed": Line(
        INFRASTRUCTURE,
        "The files of custlib changed during the run. Start again when the change is complete.",
        "运行期间 custlib 的文件发生了变化。请在修改完成后重新开始。",
    ),
    "cannot_write": Line(
        INFRASTRUCTURE,
        "{folder} cannot be written: {reason}. Free space or allow writing, then start again. The published report is as it was.",
        "无法写入 {folder}：{reason}。请释放空间或开放写权限后重新开始。已发布的报告没有改变。",
    ),
    "not_reproducible": Line(
        INFRASTRUCTURE,
        "Executed again, {files} came out different from the published run {run}, which stays as it was. Compare with {folder}.",
        "重新执行后，{files} 与已发布的运行 {run} 不一致；已发布的内容没有改变。请与 {folder} 比较。",
    ),
}
