"""What the command line says of the runs that lie in the reports folder, in both languages."""

WORDS = {
    "en": {
        "whole": "{quarter}: the published report is as it was made.",
        "changed": "{quarter}: {file} was changed after the report was made",
        "missing": "{quarter}: {file} is missing",
        "added": "{quarter}: {file} does not belong to the report",
        "mend": "Make it anew with: custlib run {quarter}",
        "removed": "Removed: {name} ({size})",
        "nothing": "Nothing to remove.",
        "sum": "Folders removed: {count}; freed: {size}.",
        "columns": ("quarter", "run", "made", "language", "published"),
        "no runs": "No runs in {folder}. Make one with: custlib run QUARTER",
        "yes": "published",
    },
    "zh": {
        "whole": "{quarter}：已发布的报告与生成时一致。",
        "changed": "{quarter}：{file} 在报告生成后被改动",
        "missing": "{quarter}：{file} 缺失",
        "added": "{quarter}：{file} 不属于该报告",
        "mend": "重新生成：custlib run {quarter}",
        "removed": "已删除：{name}（{size}）",
        "nothing": "没有可删除的内容。",
        "sum": "已删除 {count} 个文件夹，释放 {size}。",
        "columns": ("季度", "运行", "生成时间", "语言", "发布"),
        "no runs": "{folder} 中没有运行。请先生成：custlib run QUARTER",
        "yes": "已发布",
    },
}


UNITS = ("B", "kB", "MB", "GB")


def verified(found, lang):
    """Lines about what `shelf.verify` found."""
    return [line for quarter, differences in found.items() for line in _verified(quarter, differences, WORDS[lang])]


def _verified(quarter, differences, words):
    if not differences:
        return [words["whole"].format(quarter=quarter)]
    told = [words[one.what].format(quarter=quarter, file=one.file) for one in differences]
    *by, name = quarter.split("/")
    asked = f"{name} --by {by[0].removeprefix('by-')}" if by else name
    return [*told, words["mend"].format(quarter=asked)]


def removed(found, lang):
    """Lines about what `shelf.clean` removed."""
    words = WORDS[lang]
    if not found:
        return [words["nothing"]]
    told = [words["removed"].format(name=one.name, size=_size(one.size)) for one in found]
    return [*told, words["sum"].format(count=len(found), size=_size(sum(one.size for one in found)))]


def _size(count):
    power = min((len(str(count)) - 1) // 3, len(UNITS) - 1)
    return f"{count / 1000**power:.{bool(power):d}f} {UNITS[power]}"


def runs(found, lang):
    """The runs of `shelf.kept` as a table for the terminal."""
    rows = [(one.quarter, one.run, one.ended[:16].replace("T", " "), one.lang, one.published) for one in found]
    return table(WORDS[lang]["columns"], [(*row[:-1], WORDS[lang]["yes"] if row[-1] else "") for row in rows])


def table(columns, rows):
    """A table of texts that a terminal shows in line, Chinese too."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    drawn = Table(*columns, box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for row in rows:
        drawn.add_row(*map(Text, row))
    return drawn
