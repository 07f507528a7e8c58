"""The tables do not hold what is asked of them, or break what they promise; a reference table is not in order."""

from custlib.refusals.line import DATA, Line

REFUSALS = {
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
        "Result table “{table}” is not in data/reference/codebook.csv. Add a line for each of its columns, such as: {line}",
        "结果表“{table}”不在 data/reference/codebook.csv 中。请为其每一列登记一行，例如：{line}",
    ),
    "unlisted_column": Line(
        DATA,
        "Result table “{table}”: not in data/reference/codebook.csv: {column}. Add there, and complete: {line}",
        "结果表“{table}”的以下列不在 data/reference/codebook.csv 中：{column}。请在其中登记并补全：{line}",
    ),
    "foreign_customer": Line(
        DATA,
        "{where}: this names {customer}, a customer of another part. Keep to the part's own rows with page.own(…).",
        "{where}：其中出现了其他部分的客户 {customer}。请用 page.own(…) 只保留本部分的行。",
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
    "footer_mismatch": Line(
        DATA,
        "{file}, line {line}: the total row says {column} {stated}, the lines above add up to {found}. Export it again, or ask who sent it.",
        "{file} 第 {line} 行：合计行的 {column} 为 {stated}，但以上各行合计为 {found}。请重新导出或询问提供者。",
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
    "reference_quotes": Line(
        DATA,
        "{file}, line {line}: a quotation mark that stands alone, or a cell without end ({reason}). Close it, or write it twice within a"
        " text in quotation marks.",
        "{file} 第 {line} 行：引号没有成对，或单元格没有结束（{reason}）。请补上引号；带引号的文字中，引号要写两遍。",
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
    "measure_unknown": Line(
        DATA,
        "{file}, line {line}: “{value}” in column {column} fits no customer. Write one or more of {known}, with spaces between.",
        "{file} 第 {line} 行：列 {column} 的“{value}”不对应任何客户。请填写 {known} 中的一个或多个，以空格分隔。",
    ),
    "measure_twice": Line(
        DATA,
        "{file}, line {line}: a customer that is {corner} already has the measure of line {other}. Change one of the two lines.",
        "{file} 第 {line} 行：情况为 {corner} 的客户已对应第 {other} 行的措施。请修改其中一行。",
    ),
    "measure_missing": Line(
        DATA,
        "{file}: no line fits a customer that is {corner} (class, stability, movement). Add a line, or widen one with “any”.",
        "{file}：没有一行适用于情况为 {corner} 的客户（类别、稳定性、变动）。请增加一行，或用“any”放宽某一行。",
    ),
    "strategy_unknown": Line(
        DATA,
        "{file}, line {line}: “{value}” in column {column} is none that there is. Write one of {known}.",
        "{file} 第 {line} 行：列 {column} 的“{value}”不存在。请改为 {known} 之一。",
    ),
    "strategy_missing": Line(
        DATA,
        "{file}: no proposal for {measure}, {direction}. Add a line with a proposal in both languages.",
        "{file}：缺少 {measure}、{direction} 的建议。请增加一行，中英文建议都要填写。",
    ),
    "comparison_strange": Line(
        DATA,
        "{file}, line {line}: {problem}. Compare two of {known}, each pair once, with a ratio from 1/9 to 9 such as 3 or 0.5.",
        "{file} 第 {line} 行：{problem}。请在 {known} 中两两比较，每对一行，比值在 1/9 到 9 之间，例如 3 或 0.5。",
    ),
    "not_one_of": Line(
        DATA,
        "{file}, line {line}: “{value}” in column {column} is not one of {possible}. Write one of them, or take the line out.",
        "{file} 第 {line} 行：列 {column} 的“{value}”不在可选值 {possible} 之中。请改为其中之一，或删去该行。",
    ),
    "no_number": Line(
        DATA,
        "{file}, {key}: “{value}” in column {column} is no number. Write a number such as 40.9, or leave it blank.",
        "{file} 中 {key} 一行：列 {column} 的“{value}”不是数字。请写 40.9 这样的数字，或留空。",
    ),
    "word_twice": Line(
        DATA,
        "{file}: “{word}” names both {one} and {other}. Keep it at one of them.",
        "{file}：“{word}”同时对应 {one} 和 {other}。请只在其中一处保留。",
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
        "Rules of data/reference/contracts.csv are broken above their limits: {found}. That file says what each rule means. Mend the"
        " exports; or, if it is right so, a person signs for it with a line in data/reference/signed.csv: {example}",
        "数据违反了 data/reference/contracts.csv 中的规则并超过上限：{found}。各规则的含义见该文件。请修正导出文件；若确实无误，"
        "请由负责人在 data/reference/signed.csv 中加一行签字：{example}",
    ),
    "segment_word_blank": Line(
        DATA,
        "{file}, line {line}: {column} is blank. Write the word that names segments by {feature}, or take the line out.",
        "{file} 第 {line} 行：列 {column} 为空。请填写按 {feature} 为细分命名的词，或删去该行。",
    ),
    "fishbone_bare": Line(
        DATA,
        "{file}, line {line}: no factor hangs on {id}. Write a factor with this bone, or take the line out; a factor needs its bone and zone.",
        "{file} 第 {line} 行：{id} 上没有任何因素。请为该骨增加因素，或删去该行；因素必须填写所属的骨和区域。",
    ),
    "fishbone_blank": Line(
        DATA,
        "{file}, line {line}, {id}: {columns} blank. Fill it in: the figure and the questionnaire show it in both languages.",
        "{file} 第 {line} 行（{id}）：{columns} 为空。请填写：图和问卷要用两种语言显示。",
    ),
    "fishbone_no_bone": Line(
        DATA,
        "{file}, line {line}: {id} hangs on {bone}, which is no bone. Write one of {known}, or give {bone} a line of its own without bone and"
        " zone.",
        "{file} 第 {line} 行：{id} 挂在 {bone} 上，而 {bone} 不是骨。请改为 {known} 之一，或为 {bone} 单独写一行，骨和区域留空。",
    ),
    "judgement_strange": Line(
        DATA,
        "{file}, line {line}, {expert}, under {parent}: {problem} cannot be used. Compare two of {known}, each pair with one value from"
        " 1/9 to 9.",
        "{file} 第 {line} 行，{expert}，{parent} 之下：{problem} 无法使用。请在 {known} 中两两比较，每对只有一个 1/9 到 9 之间的值。",
    ),
    "judgements_apart": Line(
        DATA,
        "{file}, line {line} and after, {expert}, under {parent}: the judgements do not connect {groups}. Ask for a comparison of one"
        " from each of these groups, or take out what this expert says under {parent}.",
        "{file} 第 {line} 行起，{expert}，{parent} 之下：两两比较没有把 {groups} 连起来。请补充各组之间的一个比较，或删去该专家在"
        " {parent} 之下的判断。",
    ),
    "answer_strange": Line(
        DATA,
        "{file}, sheet {sheet}, line {line}: “{value}” is no answer. Choose one from 9 to 1/9 in the yellow cell, or leave it blank.",
        "{file} 的工作表 {sheet} 第 {line} 行：“{value}”不是有效答案。请在黄色单元格中选择 9 到 1/9 之间的值，或留空。",
    ),
    "no_workbook": Line(
        DATA,
        "{file} cannot be read as an Excel workbook: {reason}. Name a questionnaire that came back, an .xlsx file.",
        "{file} 无法作为 Excel 工作簿读取：{reason}。请指定收回的问卷（.xlsx 文件）。",
    ),
    "not_a_questionnaire": Line(
        DATA,
        "{file}, sheet {sheet}: this is no sheet of the questionnaire, its header is not in line 4. Take the sheet out, or write the"
        " questionnaire again.",
        "{file} 的工作表 {sheet} 不是问卷：第 4 行没有表头。请删去该工作表，或重新生成问卷。",
    ),
}
