import subprocess
import sys

import pytest

import custlib.page
from custlib.page import opened


def test_who_only_makes_words_loads_nothing_that_draws():
    code = "import sys; from custlib.page import outputs, vocabulary; print({'matplotlib', 'seaborn'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_a_notebook_opens_its_page_here():
    assert custlib.page.open is opened.open and custlib.page.Page is opened.Page
    with pytest.raises(AttributeError, match=r"custlib\.page has no close"):
        custlib.page.close  # noqa: B018 - asked for to see it refused
