"""What would trip a notebook in a run or in review, found by reading its file: no kernel, no data, in a moment."""

import ast
import builtins
import json
import re
from typing import NamedTuple

from custlib.refusals import Refused
from custlib.report import parameters

CHECK_TAGS = {"nbval-check-output", "keep_output"}
PATHS = re.compile(
    r"(?<![\w.:/<])(/(?:home|root|work|tmp|Users|mnt|srv|opt|var|data|etc)/[\w./-]*|[A-Za-z]:\\[\w.\\-]+)"
)
STYLE = re.compile(
    r"(?:(?:sns|seaborn)\.set\w*|(?:plt|pyplot|mpl|matplotlib)\.(?:style|rc|rcdefaults|use)|[\w.]*\brcParams)\b"
)
GIVEN_NAMES = set(dir(builtins)) | {"display", "get_ipython", "In", "Out", "_", "__"}
MESSAGES = {
    "not_a_notebook": (
        "it cannot be read as a notebook ({found}). Restore it from git: git checkout -- {path}",
        "无法作为笔记本读取（{found}）。请从 git 恢复：git checkout -- {path}",
    ),
    "parameters": (
        "{found} cells are tagged “parameters”; a run needs exactly one. Select the parameters cell, then set or remove the tag "
        "in JupyterLab's property inspector (the gears at the right)",
        "有 {found} 个单元格带“parameters”标签，运行要求恰好一个。请选中参数单元格，在 JupyterLab 右侧的属性检查器（齿轮）中添加或删除标签",
    ),
    "parameter_line": (
        "“{found}” is no parameter line. Write it as: name: type = literal  # meaning",
        "“{found}”不是参数行。请写成：name: type = literal  # 含义",
    ),
    "outputs": (
        "outputs are kept outside a check cell. Remove them: nbstripout --keep-count --keep-id {path}",
        "非检查单元格保留了输出。请清除：nbstripout --keep-count --keep-id {path}",
    ),
    "no_outputs": (
        "a check cell without output or execution count checks nothing. Run all cells in JupyterLab, save, then: "
        "nbstripout --keep-count --keep-id {path}",
        "检查单元格没有输出或执行编号，等于没有检查。请在 JupyterLab 中全部运行并保存，然后执行：nbstripout --keep-count --keep-id {path}",
    ),
    "half_tagged": (
        "it has only one of the tags nbval-check-output and keep_output. Add the tag {found}, or remove both",
        "只有 nbval-check-output 和 keep_output 两个标签之一。请添加标签 {found}，或两个都删除",
    ),
    "path": (
        "“{found}” exists on one machine only. Use the parameter data_dir or out_dir, or a path from the project's root",
        "“{found}”只存在于某一台电脑上。请使用参数 data_dir 或 out_dir，或从项目根目录写起的路径",
    ),
    "style": (
        "“{found}” sets the style of figures by hand. Remove it: custlib.figures sets one style for all",
        "“{found}”手工设置了图的样式。请删除：custlib.figures 统一设置样式",
    ),
    "function": (
        "it defines “{found}”. Move it to a module of custlib with a test, and import it",
        "其中定义了“{found}”。请移到 custlib 的模块中并配上测试，然后导入",
    ),
    "undeclared": (
        '“{found}” is used but nowhere set. Declare it in the parameters cell, such as: {found}: str = ""  # meaning',
        '使用了“{found}”，但没有在任何地方设定。请在参数单元格中声明，例如：{found}: str = ""  # 含义',
    ),
    "not_python": (
        "it is no Python ({found}). Mend the line; a run knows no % and ! commands",
        "不是 Python 代码（{found}）。请改正该行；运行不支持 % 和 ! 命令",
    ),
}
PLACE = {"en": "{file}, cell {cell}: ", "zh": "{file}，第 {cell} 个单元格："}
FILE = {"en": "{file}: ", "zh": "{file}："}
GOOD = {"en": "Nothing to mend in {count} notebooks.", "zh": "{count} 个笔记本均无需修改。"}


class Finding(NamedTuple):
    """Something to mend: `cell` is the number of the cell from the top, prose included (None: the file as a whole)."""

    file: str
    cell: int | None
    code: str
    found: str = ""

    def line(self, lang):
        """One line that says where, what, and the exact mend."""
        place = (PLACE if self.cell else FILE)[lang].format(file=self.file, cell=self.cell)
        return place + MESSAGES[self.code][lang == "zh"].format(found=self.found, path=f"notebooks/{self.file}")


def check(folder):
    """The `Finding`s in all notebooks of a folder, and how many notebooks were read. Raises Refused (`no_notebook`)."""
    paths = sorted(folder.glob("*.ipynb"))
    if not paths:
        raise Refused("no_notebook", name=f"{folder.name}/NN_*.ipynb", known="-")
    return [finding for path in paths for finding in _of_file(path)], len(paths)


def told(findings, count, lang):
    """The lines for the terminal."""
    return [finding.line(lang) for finding in findings] or [GOOD[lang].format(count=count)]


def _of_file(path):
    try:
        cells = [_cell(cell) for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return [Finding(path.name, None, "not_a_notebook", type(error).__name__)]
    found = [(None, *finding) for finding in _parameters(cells)]
    for number, cell in enumerate(cells, 1):
        found += [(number, *finding) for finding in _of_cell(cell)]
    found += [(number, "undeclared", name) for number, name in _undeclared(cells)]
    return [Finding(path.name, *one) for one in sorted(found, key=lambda one: one[0] or 0)]


class _Cell(NamedTuple):
    kind: str
    source: str
    tags: set
    outputs: list
    count: int | None
    tree: object


def _cell(cell):
    source = "".join(cell["source"])
    tags = set(cell.get("metadata", {}).get("tags", []))
    tree = _tree(source) if cell["cell_type"] == "code" else None
    return _Cell(cell["cell_type"], source, tags, cell.get("outputs", []), cell.get("execution_count"), tree)


def _tree(source):
    try:
        return ast.parse(source)
    except SyntaxError as error:
        return f"line {error.lineno}: {(error.text or '').strip()}"


def _parameters(cells):
    tagged = [cell for cell in cells if cell.kind == "code" and "parameters" in cell.tags]
    if len(tagged) != 1:
        return [("parameters", str(len(tagged)))]
    lines = [line for line in tagged[0].source.splitlines() if line.strip() and not line.startswith("#")]
    return [("parameter_line", line.strip()) for line in lines if parameters.read_line(line) is None]


def _of_cell(cell):
    found = [("path", match[0]) for match in PATHS.finditer(cell.source)]
    if cell.kind != "code":
        return found
    if isinstance(cell.tree, str):
        return [*found, ("not_python", cell.tree)]
    return found + _outputs(cell) + _of_tree(cell.tree)


def _outputs(cell):
    marked = cell.tags & CHECK_TAGS
    if len(marked) == 1:
        return [("half_tagged", *(CHECK_TAGS - marked))]
    if not marked:
        return [("outputs", "")] if cell.outputs else []
    return [] if cell.outputs and isinstance(cell.count, int) else [("no_outputs", "")]


def _of_tree(tree):
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.append(("function", node.name))
        elif isinstance(node, ast.Lambda):
            found.append(("function", "lambda"))
        elif isinstance(node, ast.Attribute | ast.Name) and STYLE.fullmatch(ast.unparse(node)):
            found.append(("style", ast.unparse(node)))
    return found


def _undeclared(cells):
    """(number of the cell, name) of names that are read, but set in no cell: what a lost line of the parameters cell leaves."""
    trees = [(number, cell.tree) for number, cell in enumerate(cells, 1) if isinstance(cell.tree, ast.Module)]
    known = GIVEN_NAMES.union(*(_set_names(tree) for _, tree in trees))
    found = {}
    for number, tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in known:
                found.setdefault(node.id, number)
    return [(number, name) for name, number in found.items()]


def _set_names(tree):
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names.add(node.id)
        elif isinstance(node, ast.alias):
            names.add((node.asname or node.name).split(".")[0])
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            names.add(node.name)
    return names
