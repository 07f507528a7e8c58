"""The page of a customer as a file."""

import re

import pytest

from custlib.report.profile import rendering

AROUND = rendering.Around("Huajin · 2025Q4", (("Summary", "../front.html"),), "foot")


@pytest.mark.parametrize(("lang", "name"), [("en", "Net sales by month"), ("zh", "各月销售净额")])
def test_a_page_is_small_and_stands_alone(customer, speaker, lang, name):
    page = rendering.render(customer(), speaker(lang), AROUND, [("zh", "K1.zh.html")])
    assert name in page and "<h1>Alpha</h1>" in page and len(page.encode()) < 80_000
    assert "default-src 'none'" in page and not re.search(r'\b(src|href)="(https?:|/)', page)
    assert page.count("@font-face") == 1 and 'href="../front.html"' in page and 'href="K1.zh.html"' in page


def test_the_same_rows_are_the_same_page_and_other_rows_another(customer, speaker):
    say = speaker()
    one, again, other = customer(), customer(), customer(abc_history=[{"quarter": "2025Q4", "joint_class": "B"}])
    assert rendering.render(one, say, AROUND) == rendering.render(again, say, AROUND)
    assert rendering.decided(one, say, AROUND) == rendering.decided(again, say, AROUND)
    assert rendering.decided(one, say, AROUND) != rendering.decided(other, say, AROUND)
    assert rendering.decided(one, say, AROUND) != rendering.decided(one, speaker("zh"), AROUND)


def test_a_nameless_customer_has_a_heading(customer, speaker):
    assert "<h1>Customer without a name</h1>" in rendering.render(customer(name=" "), speaker(), AROUND)


def test_a_name_is_shown_never_run(customer, speaker):
    page = rendering.render(customer(name="<script>x</script>\u202e"), speaker(), AROUND)
    assert "<script>x" not in page and "<h1>&lt;script&gt;x&lt;/script&gt;[U+202E]</h1>" in page
