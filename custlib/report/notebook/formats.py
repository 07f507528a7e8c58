"""nbformat, loaded without what takes most of its time.

At import jsonschema builds 38 grammars of addresses (two seconds), for formats that no notebook has. It does without
them where their package cannot be imported; so here it cannot, for that moment.
"""

import sys

GRAMMARS = "rfc3987_syntax"

sys.modules.setdefault(GRAMMARS, None)  # type: ignore[arg-type]
import nbformat  # noqa: E402

if sys.modules[GRAMMARS] is None:
    del sys.modules[GRAMMARS]

__all__ = ["nbformat"]
