"""Pages that need not be made anew: what an earlier run of the quarter rendered of the same is taken over."""

from dataclasses import asdict, is_dataclass
from hashlib import sha256

from custlib.report.archive import manifest
from custlib.report.notebook import nbformat
from custlib.report.run.reuse import SHARED


class Rendering:
    """Renders like `render`, or gives the page that an earlier run made of the same arguments, inputs, code and versions.

    `made`: key of a page → SHA-256 of its bytes, of all pages that were asked for; the manifest keeps it as `pages`.
    runs: (folder, its manifest) of earlier runs; made_of: the key of this one.
    """

    def __init__(self, render, runs, made_of):
        self.made, self._render, self._made_of = {}, render, made_of
        alike = [run for run in runs if all(run[1]["made_of"].get(part) == made_of[part] for part in SHARED)]
        self._known = {
            key: (folder / name, content)
            for folder, told in alike
            for name, content in told["outputs"].items()
            for key, page in told.get("pages", {}).items()
            if page == content
        }

    def __call__(self, node, **options):
        """The page of an executed notebook."""
        key = _key(node, options)
        page = self._standing(key) or self._render(node, **options)
        if key:
            self.made[key] = sha256(page.encode()).hexdigest()
        return page

    def _standing(self, key):
        path, content = self._known.get(key, (None, None))
        if path is None or not path.is_file() or manifest.hash_file(path) != content:
            return None
        return path.read_bytes().decode()


def _key(node, options):
    """What a page is made of, as a hash; None where an option is nothing that JSON can write: such a page is always made anew."""
    told = {name: asdict(option) if is_dataclass(option) else option for name, option in options.items()}
    try:
        return manifest.hash_of([nbformat.writes(node), told])
    except TypeError:
        return None
