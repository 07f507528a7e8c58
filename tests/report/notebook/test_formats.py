"""nbformat, loaded quickly."""

import subprocess
import sys

PROGRAM = """
import sys
from custlib.report.run import quarterly
from custlib.report.notebook.formats import nbformat
nbformat.validate(nbformat.v4.new_notebook())
print("lark" in sys.modules)
import rfc3987_syntax
print("lark" in sys.modules)
"""


def test_the_grammars_of_addresses_are_not_built_but_stay_there_for_others():
    out = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True).stdout
    assert out.split() == ["False", "True"]
