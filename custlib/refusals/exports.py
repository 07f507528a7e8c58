"""An export, or what is declared of it, cannot be read with certainty."""

from custlib.refusals.line import DATA, Line

REFUSALS = {
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
    "not_a_parquet": Line(
        DATA,
        "{file} cannot be read as Parquet: {found}. Write it again, or export it as CSV.",
        "{file} 无法作为 Parquet 读取：{found}。请重新写出，或改为导出 CSV。",
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
    "same_file_twice": Line(
        DATA,
        "{file} and {other} have the same content. Remove one of them.",
        "{file} 与 {other} 内容相同。请移除其中一个。",
    ),
    "declaration": Line(
        DATA,
        "{file}: {problem}",
        "{file}：{problem}",
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
}
