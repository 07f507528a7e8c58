"""What was asked for is no such thing."""

from custlib.refusals.line import USAGE, Line

REFUSALS = {
    "unknown_parameter": Line(
        USAGE,
        "No notebook has a parameter “{name}”. Did you mean “{nearest}”?",
        "没有名为“{name}”的参数。是否想写“{nearest}”？",
    ),
    "reserved_parameter": Line(
        USAGE,
        "“{name}” is set by the run itself. Give it as {instead} instead of -p.",
        "“{name}”由运行本身设定。请用 {instead} 代替 -p。",
    ),
    "wrong_parameter_type": Line(
        USAGE,
        "{notebook}: parameter “{name}” takes {expected}, not {value}.",
        "{notebook}：参数“{name}”应为 {expected}，而不是 {value}。",
    ),
    "parameters_cell": Line(
        USAGE,
        "{notebook} has {count} cells tagged “parameters”; it needs exactly one. Tag it in JupyterLab's property inspector.",
        "{notebook} 有 {count} 个带“parameters”标签的单元格，应恰好为一个。请在 JupyterLab 的属性检查器中设置标签。",
    ),
    "parameter_line": Line(
        USAGE,
        "{notebook}, parameters cell, line {line}: write “name: type = literal  # meaning”, not “{text}”.",
        "{notebook} 参数单元格第 {line} 行应写成“name: type = literal  # 含义”，而不是“{text}”。",
    ),
    "engine": Line(
        USAGE,
        "“{engine}” is no engine. Leave --engine out, or write pyspark://MASTER, such as pyspark://local[2] or pyspark://yarn.",
        "“{engine}”不是计算引擎。请去掉 --engine，或写成 pyspark://MASTER，例如 pyspark://local[2] 或 pyspark://yarn。",
    ),
    "not_a_notebook": Line(
        USAGE,
        "{file} cannot be read as a notebook: {reason}. Restore it from git, or open and save it in JupyterLab.",
        "{file} 无法作为笔记本读取：{reason}。请从 git 恢复，或在 JupyterLab 中打开并重新保存。",
    ),
    "not_a_quarter": Line(
        USAGE,
        "“{value}” is not a quarter. Write it like 2025Q4.",
        "“{value}”不是季度。请写成 2025Q4 的形式。",
    ),
    "no_notebook": Line(
        USAGE,
        "No notebook is called “{name}”. There are: {known}.",
        "没有名为“{name}”的笔记本。现有：{known}。",
    ),
    "no_project": Line(
        USAGE,
        "{folder} is not in a workbook: no folder at or above it holds notebooks/ and pyproject.toml. Change into the project.",
        "{folder} 不在工作簿项目中：其本身及上级目录都没有 notebooks/ 和 pyproject.toml。请先进入项目文件夹。",
    ),
    "folder_exists": Line(
        USAGE,
        "{folder} is not empty. Name a new folder; nothing was written.",
        "{folder} 不是空文件夹。请换一个新文件夹；没有写入任何内容。",
    ),
    "sample_size": Line(
        USAGE,
        "The sample company has {least} to {most} {name}, not {value}.",
        "示例公司的 {name} 应为 {least} 到 {most}，而不是 {value}。",
    ),
    "file_exists": Line(
        USAGE,
        "{file} is there already. Rename or remove it first; nothing was written.",
        "{file} 已经存在。请先改名或移走；没有写入任何内容。",
    ),
    "not_a_place": Line(
        USAGE,
        "“{place}” is no place in a file. Write FILE:LINE, such as 销售.csv:120.",
        "“{place}”不是文件中的位置。请写成“文件:行号”，例如 销售.csv:120。",
    ),
    "unknown_export": Line(
        USAGE,
        "The exports hold no file called {file}. Did you mean {nearest}? Name another folder with --data.",
        "导出文件中没有 {file}。是否想写 {nearest}？其他文件夹请用 --data 指定。",
    ),
    "line_beyond": Line(
        USAGE,
        "{file} has no line {line}: its lines are 1 to {lines}. Choose one of them.",
        "{file} 没有第 {line} 行：行号为 1 到 {lines}。请选择其中之一。",
    ),
    "file_not_read": Line(
        USAGE,
        "{file} is declared in sources.toml as not to be read, so nothing is known of its lines. Take out ignore = true to read it.",
        "{file} 在 sources.toml 中声明为不读取，因此没有其各行的记录。如需读取，请去掉 ignore = true。",
    ),
    "no_run": Line(
        USAGE,
        "{folder} holds no run “{run}”. The latest are: {known}. List all with: custlib runs",
        "{folder} 中没有运行“{run}”。最近的有：{known}。列出全部：custlib runs",
    ),
    "run_not_whole": Line(
        USAGE,
        "Run {run} is not as it was made: a file is missing, added or changed. Make it anew with: custlib run {quarter}",
        "运行 {run} 已与生成时不同：有文件缺失、增加或改变。请重新生成：custlib run {quarter}",
    ),
    "not_published": Line(
        USAGE,
        "{folder} holds no published report (quarter asked: {quarter}). Make one with: custlib run QUARTER",
        "{folder} 中没有已发布的报告（所问季度：{quarter}）。请先生成：custlib run QUARTER",
    ),
    "wrong_part": Line(
        USAGE,
        "Customers are not parted by “{by}”. Write one of: {known}.",
        "不能按“{by}”划分客户。可用：{known}。",
    ),
    "no_part": Line(
        USAGE,
        'No notebook declares the parameter “part”, so there is nothing to report by {by}. Add to a parameters cell: part: str = ""  # whose customers are shown',
        '没有笔记本声明参数“part”，无法按 {by} 生成报告。请在参数单元格中加入：part: str = ""  # 显示哪一部分客户',
    ),
}
