"""The page that a notebook writes: it knows company, quarter, language and part; it saves and shows results.

page = custlib.page.open(quarter, data_dir, out_dir, lang=lang, part=part, unfinished=unfinished)
moves = page.save("abc_moves", moves)
page.table("abc_moves", ["name", "from_class", "to_class"], rows=moves, limit=8)
page.figure(figures.pareto, ranked)
page.say(wording.abc_reading, summary)
"""

import importlib


def __getattr__(name):
    # what only puts facts into words, or knows words, loads nothing that draws
    if name in ("Page", "open"):
        return getattr(importlib.import_module("custlib.page.opened"), name)
    raise AttributeError(f"custlib.page has no {name}")
