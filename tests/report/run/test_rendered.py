"""Pages that are taken over."""

import pytest
from nbformat import v4

from custlib.report import files
from custlib.report.archive import manifest
from custlib.report.run.rendered import Rendering

MADE_OF = {"inputs": {"a": "1"}, "code": "2", "versions": {"pandas": "3"}}
OPTIONS = {"lang": "en", "title": "华锦", "links": [("a", "b.html")]}


def node(text="1"):
    return v4.new_notebook(cells=[v4.new_markdown_cell(text, id="a")])


@pytest.fixture
def asked():
    return []


@pytest.fixture
def render(asked):
    """Renders by naming the notebook and the title, and notes that it was asked."""

    def go(node, **options):
        asked.append(options)
        return f"{node.cells[0].source} {options['title']}\r\n"

    return go


@pytest.fixture
def earlier(tmp_path, render, asked):
    """A run that rendered one page: (folder, manifest)."""
    first = Rendering(render, [], MADE_OF)
    files.write(tmp_path / "20_b.html", first(node(), **OPTIONS))
    manifest.write(tmp_path, MADE_OF, pages=first.made)
    asked.clear()
    return tmp_path, manifest.told(tmp_path)


def test_the_same_page_is_taken_over_byte_for_byte_and_known_to_the_next_run(render, asked, earlier):
    second = Rendering(render, [earlier], MADE_OF)
    assert second(node(), **OPTIONS) == "1 华锦\r\n" and asked == []
    assert second.made == earlier[1]["pages"]


@pytest.mark.parametrize(
    ("text", "options", "made_of"),
    [
        ("2", {}, {}),
        ("1", {"title": "other"}, {}),
        ("1", {"links": [("other", "b.html")]}, {}),
        ("1", {}, {"inputs": {"a": "2"}}),
        ("1", {}, {"code": "3"}),
        ("1", {}, {"versions": {"pandas": "4"}}),
    ],
)
def test_whatever_a_page_is_made_of_makes_it_anew(render, asked, earlier, text, options, made_of):
    Rendering(render, [earlier], MADE_OF | made_of)(node(text), **OPTIONS | options)
    assert len(asked) == 1


@pytest.mark.parametrize("spoil", [lambda page: page.write_text("other"), lambda page: page.unlink()])
def test_a_page_that_was_changed_is_made_anew(render, asked, earlier, spoil):
    spoil(earlier[0] / "20_b.html")
    assert Rendering(render, [earlier], MADE_OF)(node(), **OPTIONS) == "1 华锦\r\n" and len(asked) == 1


def test_a_page_with_an_option_that_cannot_be_compared_is_always_made_anew(render, asked, earlier):
    for _ in range(2):
        rendering = Rendering(render, [earlier], MADE_OF)
        rendering(node(), **OPTIONS, frame=object())
        assert rendering.made == {}
    assert len(asked) == 2
