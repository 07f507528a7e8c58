"""Executed notebooks in the languages of a report, made beside the kernels as soon as each has been executed."""

import copy
from concurrent.futures import ThreadPoolExecutor

from custlib.report import files
from custlib.report.notebook import executed, failures, nbformat
from custlib.report.run import cache

FACTS = "application/vnd.custlib+json"  # MIME type of what a cell found; see custlib.page.outputs, which loads too much


class Translations:
    """Stem and language → executed notebook, which is also written to the run's folder: 20_b.ipynb, 20_b.zh.ipynb.

    fill: (node, lang) → None, puts words in; made_of: the run's key; earlier: the `Cache` that knows the texts of
    earlier runs.
    """

    def __init__(self, plan, folder, fill, made_of, earlier):
        self._plan, self._folder, self._fill, self._cache = plan, folder, fill, earlier
        self._shared, self._nodes = cache.shared(made_of), {}
        self._pool = ThreadPoolExecutor(plan.jobs)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._pool.shutdown(cancel_futures=any(error))

    def begin(self, stem, node):
        """Starts the translations of a notebook (a publishable node)."""
        for lang in self._plan.langs:
            self._nodes[stem, lang] = self._pool.submit(self._translated, stem, node, lang)

    def nodes(self, lang: str) -> dict:
        """Stem → notebook in one language; waits for those in the making. Raises NotebookFailed."""
        return {book.stem: self._nodes[book.stem, lang].result() for book in self._plan.books}

    def _translated(self, stem, node, lang):
        node, name = copy.deepcopy(node), self._plan.edition(f"{stem}.ipynb", lang)
        outputs = executed.outputs_with(node, FACTS)
        facts = [output.data[FACTS] for output in outputs]
        earlier = self._cache.look_up([stem, facts, lang, self._shared], name) if facts else None
        if earlier:
            said = nbformat.read(earlier.folder / earlier.files[0], as_version=4)
            for output, done in zip(outputs, executed.outputs_with(said, FACTS), strict=True):
                output.data = done.data
        elif facts:
            with failures.rendering(stem):
                self._fill(node, lang)
        files.write(self._folder / name, nbformat.writes(node) + "\n")
        return node
