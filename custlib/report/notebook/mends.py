"""What `custlib check` finds and the exact mend, in English and Chinese; path: of the notebook; found: what stands there."""

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
    "stale": (
        "its output is of another state of the notebook ({found}). Restart the kernel and run all cells in JupyterLab, save, then: "
        "nbstripout --keep-count --keep-id {path}",
        "其输出属于笔记本的另一个状态（{found}）。请在 JupyterLab 中重启内核并全部运行，保存，然后执行：nbstripout --keep-count --keep-id {path}",
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
        "it is no plain Python ({found}). Mend the line; write Python in place of % and ! commands",
        "不是纯 Python 代码（{found}）。请改正该行；% 和 ! 命令请改用 Python 语句",
    ),
}
