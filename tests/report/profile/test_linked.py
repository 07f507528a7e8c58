"""Names of customers lead to their pages."""

from custlib.report.profile import linked

ADDRESSES = {"K1": "customers/K1.html", "a/b": "customers/a%20b~1.html"}
NAMES = {"K1": "Alpha & <Co>", "a/b": "", "K2": "Beta"}


def test_a_name_in_a_table_or_list_leads_to_its_page():
    page = '<tr data-key="K1"><td>A</td><td data-label="x">Alpha &amp; &lt;Co&gt;</td><td>9</td></tr>'
    page += '<li data-key="K1"><strong>Alpha &amp; &lt;Co&gt;</strong> visit</li>'
    assert linked.link(page, ADDRESSES, NAMES) == (
        '<tr data-key="K1"><td>A</td><td data-label="x"><a href="customers/K1.html">Alpha &amp; &lt;Co&gt;</a></td><td>9</td></tr>'
        '<li data-key="K1"><strong><a href="customers/K1.html">Alpha &amp; &lt;Co&gt;</a></strong> visit</li>'
    )


def test_a_nameless_customer_is_led_to_by_its_id_and_only_once():
    page = '<tr data-key="a/b"><td>a/b</td><td>a/b</td></tr>'
    led = '<tr data-key="a/b"><td><a href="customers/a%20b~1.html">a/b</a></td><td>a/b</td></tr>'
    assert linked.link(page, ADDRESSES, NAMES) == led


def test_whoever_has_no_page_has_no_link():
    page = '<tr data-key="K2"><td>Beta</td></tr><tr><td>Alpha &amp; &lt;Co&gt;</td></tr>'
    assert linked.link(page, ADDRESSES, NAMES) == page and linked.link(page, {}, {}) == page
