"""The executed notebooks of a report in its languages. Their words are put in beside the kernels, as soon as a notebook has been executed."""

import copy
from concurrent.futures import ThreadPoolExecutor

from custlib.refusals import Refused
from custlib.report import files
from custlib.report.notebook import NotebookFailed, executed, nbformat, notebooks
from custlib.report.run.cache import SHOWN

FACTS = "application/vnd.custlib+json"  # what a cell found, which is put into words; see custlib.page.outputs


class Editions:
    """Stem and language → executed notebook, which also lies in the run's folder: 20_b.ipynb, 20_b.zh.ipynb.

    fill: (node, lang) → None, puts words in; made_of: the run's key; cache: what earlier runs said of the same facts is taken over.
    """

    def __init__(self, plan, folder, fill, made_of, cache):
        self._plan, self._folder, self._fill, self._cache, self._made = plan, folder, fill, cache, {}
        self._made_of = [made_of[part] for part in SHOWN]
        self._pool = ThreadPoolExecutor(plan.jobs)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._pool.shutdown(cancel_futures=any(error))

    def begin(self, stem, node):
        """Starts the editions of a notebook (a publishable node)."""
        for lang in self._plan.langs:
            self._made[stem, lang] = self._pool.submit(self._edition, stem, node, lang)

    def nodes(self, lang):
        """Stem → notebook in one language; waits for those in the making. Raises NotebookFailed."""
        return {book.stem: self._made[book.stem, lang].result() for book in self._plan.books}

    def _edition(self, stem, node, lang):
        node, name = copy.deepcopy(node), self._plan.edition(f"{stem}.ipynb", lang)
        told = [one.data[FACTS] for one in executed.outputs_with(node, FACTS)]
        earlier = self._cache.look_up([stem, told, lang, self._made_of], name) if told else None
        if earlier:
            said = nbformat.read(earlier.folder / earlier.files[0], as_version=4)
            for cell, done in zip(notebooks.code(node), notebooks.code(said), strict=True):
                cell.outputs = done.outputs
        elif told:
            self._say(stem, node, lang)
        files.write(self._folder / name, nbformat.writes(node) + "\n")
        return node

    def _say(self, stem, node, lang):
        try:
            self._fill(node, lang)
        except Refused:
            raise
        except Exception as error:  # whatever its facts do to the words, it is this notebook's
            raise NotebookFailed(stem, "rendering", error=type(error).__name__, message=str(error)) from error
