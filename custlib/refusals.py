"""Every refusal of the workbook: one code, one exit code, one clear line in each language, and the next step."""

from typing import NamedTuple

USAGE, DATA, INFRASTRUCTURE, LOCKED = 2, 3, 4, 75


class Line(NamedTuple):
    """What a refusal says: its exit code and one template in each language."""

    exit_code: int
    en: str
    zh: str


REFUSALS = {
    # what was asked for
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
    "no_spark": Line(
        INFRASTRUCTURE,
        "Spark does not start at {engine}: {reason}. It needs Java 17 and: pip install -r requirements-extras.lock",
        "Spark 无法在 {engine} 启动：{reason}。它需要 Java 17，并运行：pip install -r requirements-extras.lock",
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
    # the data
    "missing_folder": Line(
        DATA,
        "There is no folder {folder}. Put the exports there, or name another one with --data.",
        "找不到文件夹 {folder}。请把导出文件放进去，或用 --data 指定其他文件夹。",
    ),
    "no_exports": Line(
        DATA,
        "{folder} holds no export that can be read (CSV or Excel). Put the exports there.",
        "{folder} 中没有可读取的导出文件（CSV 或 Excel）。请把导出文件放进去。",
    ),
    "missing_table": Line(
        DATA,
        "The exports hold no {table}, which {needed_by} needs. Add its file, or declare it in sources.toml.",
        "导出文件中没有 {table}，而 {needed_by} 需要它。请补充文件，或在 sources.toml 中声明。",
    ),
    "no_basis": Line(
        DATA,
        "{folder} names no quarter, so it is no report to compare with. Give a folder such as reports/2025Q3/<run>, or leave basis"
        " empty.",
        "{folder} 中没有季度名，不是可比较的报告。请给出 reports/2025Q3/<run> 这样的文件夹，或将 basis 留空。",
    ),
    "missing_result": Line(
        DATA,
        "The result table “{table}” is missing. Run notebook {notebook} for this quarter first.",
        "缺少结果表“{table}”。请先为本季度运行笔记本 {notebook}。",
    ),
    "unlisted_table": Line(
        DATA,
        "Result table “{table}” is not in data/reference/codebook.csv. Add its columns there before it is published.",
        "结果表“{table}”不在 data/reference/codebook.csv 中。发布前请先在那里登记各列。",
    ),
    "unlisted_column": Line(
        DATA,
        "Result table “{table}”, column “{column}”: not in data/reference/codebook.csv. Add a line there before it is published.",
        "结果表“{table}”的列“{column}”不在 data/reference/codebook.csv 中。发布前请先在那里登记。",
    ),
    "quarter_outside_data": Line(
        DATA,
        "{quarter} is outside the data, which run from {first} to {last}. Choose a quarter within, or add exports.",
        "{quarter} 不在数据范围内（数据从 {first} 到 {last}）。请选择范围内的季度，或补充导出文件。",
    ),
    "quarter_has_gaps": Line(
        DATA,
        "{quarter} is not whole: the exports hold no row of {gaps}. Add the missing export, or add --unfinished to publish it"
        " marked as such.",
        "{quarter} 不完整：导出文件中没有 {gaps} 的任何行。请补充缺少的导出文件，或加 --unfinished 以“未完”标注发布。",
    ),
    "quarter_unfinished": Line(
        DATA,
        "The data run from {first} to {last} and do not fill {quarter}. Wait for the missing exports, declare data_from and data_until"
        " in sources.toml if they do, or add --unfinished"
        " to publish it marked as such.",
        "数据从 {first} 到 {last}，未覆盖整个 {quarter}。请等待缺少的导出文件，或加 --unfinished 以“未完”标注发布。",
    ),
    "empty_file": Line(
        DATA,
        "{file} is empty (0 bytes). Export it again.",
        "{file} 是空文件（0 字节）。请重新导出。",
    ),
    "unknown_header": Line(
        DATA,
        "{file}, line {line}: no header that is known here; it reads “{text}”. Name the file's table and columns in sources.toml"
        " (custlib draft-sources writes a first one).",
        "{file} 第 {line} 行：未找到已知的表头，读到“{text}”。请在 sources.toml 中声明该文件的表和列"
        "(custlib draft-sources 可生成初稿）。",
    ),
    "ambiguous_header": Line(
        DATA,
        "{file}: its header fits {tables} equally well. Say which in sources.toml (table = '…').",
        "{file}：表头同样符合 {tables}。请在 sources.toml 中写明（table = '…'）。",
    ),
    "missing_column": Line(
        DATA,
        "{file}, line {line}: the header lacks {columns}, which table {table} needs. Export it again with it, or declare the column's"
        " name in sources.toml.",
        "{file} 第 {line} 行：表头缺少 {table} 所需的 {columns}。请重新导出，或在 sources.toml 中声明列名。",
    ),
    "duplicate_header": Line(
        DATA,
        "{file}, line {line}: columns {first} and {second} both read as {column}. Say in sources.toml which one is meant.",
        "{file} 第 {line} 行：第 {first} 列和第 {second} 列都被识别为 {column}。请在 sources.toml 中指明用哪一列。",
    ),
    "unknown_encoding": Line(
        DATA,
        "{file}, line {line}: not UTF-8, and its header is none that is known here. It reads “{gb18030}” as gb18030 and “{big5}” as big5."
        " Declare the right one in sources.toml, such as encoding = 'gb18030', and the columns if they are unknown.",
        "{file} 第 {line} 行：不是 UTF-8 编码，表头也不是已知的。按 gb18030 读作“{gb18030}”，按 big5 读作“{big5}”。"
        "请在 sources.toml 中声明正确的编码，例如 encoding = 'gb18030'；列名未知时一并声明。",
    ),
    "wrong_encoding": Line(
        DATA,
        "{file}: not valid {encoding} as sources.toml declares (line {line}). Correct the declaration or export it again.",
        "{file}：不是 sources.toml 所声明的 {encoding} 编码（第 {line} 行）。请更正声明或重新导出。",
    ),
    "not_an_xlsx": Line(
        DATA,
        "{file} is not an Excel workbook: {found}. Open it in Excel and save it as .xlsx, or rename it to what it is.",
        "{file} 不是 Excel 工作簿：{found}。请在 Excel 中打开并另存为 .xlsx，或改成正确的扩展名。",
    ),
    "too_large_workbook": Line(
        DATA,
        "{file} takes more than {limit} to read. Copy its table into a new workbook and save that, or export it as CSV.",
        "读取 {file} 需要超过 {limit}。请把其中的表复制到新的工作簿并保存，或导出为 CSV。",
    ),
    "unreadable_workbook": Line(
        DATA,
        "{file} could not be read to its end ({reason}). Open it in Excel and save it anew as .xlsx, or export it as CSV.",
        "{file} 无法完整读取（{reason}）。请在 Excel 中打开并重新另存为 .xlsx，或导出为 CSV。",
    ),
    "formula_without_value": Line(
        DATA,
        "{file}, sheet {sheet}, cell {cell}: a formula whose value was never computed. Open the workbook in Excel and save it.",
        "{file} 的工作表 {sheet} 的单元格 {cell}：公式没有计算结果。请在 Excel 中打开该工作簿并保存。",
    ),
    "hidden_rows": Line(
        DATA,
        "{file}, sheet {sheet}: {count} rows are hidden, line {line} the first with data. Show them and save, or say in sources.toml"
        " whether they count (hidden_rows = 'include' or 'exclude').",
        "{file} 的工作表 {sheet} 有 {count} 行被隐藏，其中第 {line} 行起有数据。请取消隐藏并保存，"
        "或在 sources.toml 中写明是否计入（hidden_rows = 'include' 或 'exclude'）。",
    ),
    "not_text": Line(
        DATA,
        "{file} is not a text file: {found}. Export it again as CSV, or rename it to what it is.",
        "{file} 不是文本文件：{found}。请重新导出为 CSV，或改成正确的扩展名。",
    ),
    "not_a_file": Line(
        DATA,
        "{file} is {found}, not a file. Put the export itself there.",
        "{file} 是{found}，不是文件。请放入导出文件本身。",
    ),
    "several_sheets": Line(
        DATA,
        "{file} has several sheets with rows: {known}. Say in sources.toml which one is meant (sheet = '…'), or export each as a file.",
        "{file} 有多个含数据的工作表：{known}。请在 sources.toml 中指明要用哪一个（sheet = '…'），或把每个工作表分别导出。",
    ),
    "missing_sheet": Line(
        DATA,
        "{file} has no sheet “{sheet}”. It has: {known}. Correct sources.toml.",
        "{file} 没有工作表“{sheet}”。现有：{known}。请更正 sources.toml。",
    ),
    "open_quote": Line(
        DATA,
        "{file}, line {line}: a quotation mark opens and never closes; all lines after it are in doubt. Repair that line.",
        "{file} 第 {line} 行：引号打开后一直没有关闭，其后各行都不可靠。请修正该行。",
    ),
    "ambiguous_dates": Line(
        DATA,
        "{file}, line {line}, column {column}: “{text}” may be day/month/year or month/day/year, and most of the column is so."
        " Say in sources.toml: date_order = 'dmy' or 'mdy'.",
        "{file} 第 {line} 行的列 {column}：“{text}”可能是 日/月/年，也可能是 月/日/年，且该列大多如此。"
        "请在 sources.toml 中写明 date_order = 'dmy' 或 'mdy'。",
    ),
    "undeclared_date_order": Line(
        DATA,
        "{file}, line {line}, column {column}: “{text}” can only be {order} ({rows} cells show it), but nobody has said so, and the"
        " column's other cells have two readings. Say in sources.toml: date_order = '{order}'.",
        "{file} 第 {line} 行的列 {column}：“{text}”只能是 {order}（共 {rows} 个单元格如此），但没有人声明过，而该列其余单元格有两种读法。"
        "请在 sources.toml 中写明 date_order = '{order}'。",
    ),
    "disproved_date_order": Line(
        DATA,
        "{file}, line {line}, column {column}: “{text}” cannot be in the date_order that sources.toml declares; so it is with {rows} of"
        " the {of_rows} cells that show an order, and the others may be read the wrong way round. Correct date_order, or export it again"
        " with the year first.",
        "{file} 第 {line} 行的列 {column}：“{text}”不可能符合 sources.toml 所声明的 date_order；能看出顺序的 {of_rows} 个单元格中有 {rows} 个如此，"
        "其余单元格可能被读反。请更正 date_order，或以年份在前的格式重新导出。",
    ),
    "half_converted_dates": Line(
        DATA,
        "{file}, line {line}, column {column}: “{text}” stayed text, while every real date has a day of 12 or less, such as line"
        " {other_line}, “{other}”. A spreadsheet has read only those that fit its own order, so this may be {read} or {swapped}. Export it"
        " again with the year first, and do not open it in between.",
        "{file} 第 {line} 行的列 {column}：“{text}”仍是文本，而所有真正的日期的日数都不超过 12，例如第 {other_line} 行的“{other}”。"
        "电子表格只转换了符合其自身顺序的日期，因此它可能是 {read}，也可能是 {swapped}。请以年份在前的格式重新导出，中途不要打开文件。",
    ),
    "decimal_commas": Line(
        DATA,
        "{file}, line {line}, column {column}: “{text}” has a comma for the decimal point; then 1.234 and 1,234 in the same column"
        " may be a thousand or one. Say in sources.toml: decimal = ',', or export it again with decimal points.",
        "{file} 第 {line} 行的列 {column}：“{text}”以逗号作小数点；此时同一列中的 1.234 和 1,234 可能是一千多，也可能是一点几。"
        "请在 sources.toml 中写明 decimal = ','，或改用小数点重新导出。",
    ),
    "second_header": Line(
        DATA,
        "{file}, line {line}: a second line of headers (“{text}”). Say in sources.toml how many there are (header_rows = 2).",
        "{file} 第 {line} 行：还有一行表头（“{text}”）。请在 sources.toml 中写明表头行数（header_rows = 2）。",
    ),
    "unit_conflict": Line(
        DATA,
        "{file}, column {column}: its header or number format says {seen}, but sources.toml or its header says {said}. Correct the"
        " one that is wrong.",
        "{file} 的列 {column}：表头或数字格式写的是{seen}，而 sources.toml 或表头写的是{said}。请更正其中错误的一处。",
    ),
    "mixed_units": Line(
        DATA,
        "{file}, column {column}: by their number formats some numbers are in {unit} (line {line}), others in {other} (line"
        " {other_line}). Give the column one number format in Excel, with all numbers in one unit.",
        "{file} 的列 {column}：按数字格式，有的数字以{unit}计（第 {line} 行），有的以{other}计（第 {other_line} 行）。"
        "请在 Excel 中统一该列的数字格式和单位。",
    ),
    "unknown_format_unit": Line(
        DATA,
        "{file}, line {line}, column {column}: the number format says {unit}, which cannot be read here with certainty. Write the"
        " numbers out in Excel (amounts in 元 or 万元) and give them a plain number format.",
        "{file} 第 {line} 行的列 {column}：数字格式写的是{unit}，无法可靠读取。请在 Excel 中写出完整数字（金额以元或万元计），并改用普通数字格式。",
    ),
    "unknown_unit": Line(
        DATA,
        "{file}, column {column}: yuan (元) or 10,000 yuan (万元)? Neither its header nor sources.toml says so (units = {{…}}).",
        "{file} 的列 {column}：单位是元还是万元？表头和 sources.toml 都没有说明（units = {{…}}）。",
    ),
    "unknown_tax": Line(
        DATA,
        "{file}, column {column}: with or without tax? Say tax = 'excluded' in sources.toml if it is without; {table} needs it without.",
        "{file} 的列 {column}：含税还是不含税？{table} 需要不含税金额；若不含税，请在 sources.toml 中写 tax = 'excluded'。",
    ),
    "footer_mismatch": Line(
        DATA,
        "{file}, line {line}: the total row says {column} {stated}, the lines above add up to {found}. Export it again, or ask who sent it.",
        "{file} 第 {line} 行：合计行的 {column} 为 {stated}，但以上各行合计为 {found}。请重新导出或询问提供者。",
    ),
    "same_file_twice": Line(
        DATA,
        "{file} and {other} have the same content. Remove one of them.",
        "{file} 与 {other} 内容相同。请移除其中一个。",
    ),
    "lines_unaccounted": Line(
        DATA,
        "{file}: {found} of {expected} lines are accounted for. Nothing was published; please report this as a defect of custlib.",
        "{file}：{expected} 行中只有 {found} 行有着落。未发布任何内容；这是 custlib 的缺陷，请报告。",
    ),
    "no_rows": Line(
        DATA,
        "Table {table} has no clean row, so there is nothing to report. See {where} for what was set aside.",
        "表 {table} 没有任何干净的行，无法生成报告。被搁置的行见 {where}。",
    ),
    "declaration": Line(
        DATA,
        "{file}: {problem}",
        "{file}：{problem}",
    ),
    "reference_missing": Line(
        DATA,
        "There is no reference table {file}. Restore it from the project's data/reference.",
        "缺少参考表 {file}。请从项目的 data/reference 恢复。",
    ),
    "reference_encoding": Line(
        DATA,
        "{file} is not UTF-8 text. In Excel, save it as “CSV UTF-8”.",
        "{file} 不是 UTF-8 文本。请在 Excel 中另存为“CSV UTF-8”。",
    ),
    "reference_columns": Line(
        DATA,
        "{file} lacks the columns {columns}. Put them back into its first line.",
        "{file} 缺少列 {columns}。请在首行补回。",
    ),
    "reference_width": Line(
        DATA,
        "{file}, line {line}: {found} cells, the header has {expected}. Put a text that holds a comma in quotation marks.",
        "{file} 第 {line} 行有 {found} 个单元格，表头有 {expected} 个。含逗号的文字请加引号。",
    ),
    "reference_key": Line(
        DATA,
        "{file}, line {line}: “{key}” in column {column} is blank or stands there twice. Keep one line for each.",
        "{file} 第 {line} 行：列 {column} 的“{key}”为空或重复。每个值只保留一行。",
    ),
    "unsigned": Line(
        DATA,
        "{file}, line {line}: {columns} is blank or no day such as 2025-12-31. Fill it in, or take the line out: only what a person"
        " signs counts.",
        "{file} 第 {line} 行：{columns} 为空或不是 2025-12-31 这样的日期。请补填，或删去该行：只有签字的内容才有效。",
    ),
    "alias_chain": Line(
        DATA,
        "{file}, line {line}: {alias} is merged into {customer}, which line {other} merges away itself. Name the customer that stays.",
        "{file} 第 {line} 行：{alias} 并入 {customer}，而第 {other} 行又把 {customer} 并走。请写最终保留的客户。",
    ),
    "alias_unknown": Line(
        DATA,
        "{file}, line {line}: no export knows customer {customer}. Correct the id, or take the line out.",
        "{file} 第 {line} 行：导出文件中没有客户 {customer}。请更正编码，或删去该行。",
    ),
    "contract_broken": Line(
        DATA,
        "The data break rules of data/reference/contracts.csv above their limits, {count} times: {found}. Mend the exports; or, if it"
        " is right so, a person signs for it with a line in data/reference/signed.csv: {example}",
        "数据违反 data/reference/contracts.csv 中的规则并超过上限，共 {count} 处：{found}。请修正导出文件；若确实无误，"
        "请由负责人在 data/reference/signed.csv 中加一行签字：{example}",
    ),
    "cannot_read": Line(
        DATA,
        "{file} cannot be read: {reason}. Allow reading it, or take it out of the folder.",
        "无法读取 {file}：{reason}。请开放读取权限，或将其移出文件夹。",
    ),
    "input_changed": Line(
        DATA,
        "{file} changed while it was being read. Start again when the export is complete.",
        "{file} 在读取过程中发生了变化。请等导出完成后重新开始。",
    ),
    # the machine
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


class Refused(Exception):
    """The workbook will not go on; says what is wrong, where, and what to do.

    code: a key of `REFUSALS`; facts: the values that its templates name. `str()` gives the English line.
    """

    def __init__(self, code, **facts):
        self.code, self.facts = code, facts
        super().__init__(self.line())

    @property
    def exit_code(self):
        """2 usage, 3 data, 4 infrastructure, 75 locked."""
        return REFUSALS[self.code].exit_code

    def line(self, lang="en"):
        """The one line for the reader, in "en" or "zh"."""
        return getattr(REFUSALS[self.code], lang).format(**self.facts)
