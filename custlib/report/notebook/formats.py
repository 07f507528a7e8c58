"""nbformat, loaded without what takes most of its time: jsonschema builds 38 grammars of addresses at import, for formats that no
notebook has (two seconds). It does without them where their package cannot be imported, so here it cannot, for that moment."""

import sys

GRAMMARS = "rfc3987_syntax"

sys.modules.setdefault(GRAMMARS, None)  # type: ignore[arg-type]
import nbformat  # noqa: E402

if sys.modules[GRAMMARS] is None:
    del sys.modules[GRAMMARS]

__all__ = ["nbformat"]
