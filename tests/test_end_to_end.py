"""Whole runs of the real notebooks: on the sample in both languages, and on a slice of public data with sales only."""

import hashlib
import json
import re
import runpy
import shutil
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from custlib import reference
from custlib.report.archive import archive
from custlib.report.pages import pdf
from custlib.report.run import cache
from tests.test_people import NAMES, custlib, naming

ROOT = Path(__file__).parents[1]
front_words = runpy.run_path(str(ROOT / "tests" / "front_words.py"))
SALES_ONLY = str(ROOT / "tests" / "data" / "online_retail")
LANGS = {"en": "", "zh": ".zh"}  # language → what stands before the endings of its files
pytestmark = pytest.mark.usefixtures("in_the_project")
each_language = pytest.mark.parametrize("lang", LANGS)
NOTEBOOKS = ["10_data_cleanup", "20_abc_analysis", "90_quarterly_summary"]


def run_folder(reports, quarter):
    (folder,) = (path for path in (reports / quarter).iterdir() if path.is_dir())
    return folder


@pytest.fixture(scope="module")
def sales_only(tmp_path_factory):
    reports = tmp_path_factory.mktemp("sales_only")
    ended = custlib("run", "2011Q2", "--data", SALES_ONLY, "--reports", str(reports))
    assert ended.returncode == 0, ended.stderr
    return reports


def pages(reports, quarter, lang="en"):
    found = [reports / quarter / f"index{LANGS[lang]}.html", *sorted(run_folder(reports, quarter).glob("*.html"))]
    return [path for path in found if path.name.endswith(".zh.html") == (lang == "zh")]


def front_of(reports, lang):
    return pages(reports, "2025Q4", lang)[0].read_text(encoding="utf-8")


@each_language
def test_every_notebook_has_its_page_and_the_front_page_links_to_them(reports, lang):
    folder = run_folder(reports, "2025Q4")
    front = front_of(reports, lang)
    for stem in NOTEBOOKS[:2]:
        assert (folder / f"{stem}{LANGS[lang]}.html").is_file()
        assert f'href="{folder.name}/{stem}{LANGS[lang]}.html"' in front


@each_language
def test_the_front_page_is_read_in_three_minutes(reports, lang):
    page = front_of(reports, lang)
    counted, most = front_words["counts"](page, lang), front_words["LIMITS"][lang]
    assert not {place: count for place, count in counted.items() if count > most[place]}, counted
    assert all(counted[place] for place in ("headline", "orders", "cards")), counted


@each_language
def test_pages_are_small_and_the_front_page_names_fifteen_customers_at_most(reports, lang):
    assert max(path.stat().st_size for path in pages(reports, "2025Q4", lang)) < 2_000_000
    names = pd.read_parquet(run_folder(reports, "2025Q4") / "tables" / "customer_changes.parquet")["name"]
    front = front_of(reports, lang)
    assert 5 <= sum(name in front for name in set(names)) <= 15


@each_language
def test_each_room_has_its_card_that_leads_to_its_page(reports, lang):
    page = BeautifulSoup(front_of(reports, lang), "html.parser")
    leads = [Path(link["href"]).stem for link in page.select(".findings .cl-label a")]
    assert [stem.removesuffix(".zh") for stem in leads] == [
        "20_abc_analysis",
        "30_consumer_segments",
        "40_fishbone_factors",
        "50_key_account",
        "55_customer_profile",
        "70_demand_plan",
    ]


def test_orders_measures_cards_and_lists_never_contradict_each_other(reports):
    read = lambda name: pd.read_parquet(run_folder(reports, "2025Q4") / "tables" / f"{name}.parquet")  # noqa: E731
    named, customers = read("actions_named").set_index("customer_id"), read("abc_customers").set_index("customer_id")
    assert named.index.is_unique
    assert set(named.index) <= {*customers.index, *read("abc_moves")["customer_id"], *read("abc_silent")["customer_id"]}
    measure = customers["measure"].where(customers["measure"].isin(reference.ACTIONS))
    assert measure.fillna("").tolist() == named["action"].reindex(customers.index).fillna("").tolist()
    counts = read("quarter_actions").set_index("action")["customers"]
    assert named["action"].value_counts().to_dict() == counts.to_dict()
    sold, silent, changes = read("abc_sold"), read("abc_silent"), read("customer_changes").set_index("customer_id")
    stuffed = set(sold.loc[sold["stuffed"] == "stuffed", "customer_id"])
    assert stuffed == set(named.index[named["action"] == "check_stock"])
    new = silent.loc[silent["new_this_quarter"] & (silent["told"] != "reported_only"), "customer_id"]
    fell = changes.index[changes["change"] == "fell"]
    back = set(named.index[named["action"] == "win_back"])
    assert {*new, *fell} - stuffed <= back <= {*silent["customer_id"], *fell}
    assert not set(named.index[named["action"] == "keep_new"]) & {*new, *fell}


@each_language
def test_every_mark_of_a_sentence_is_rendered(reports, lang):
    for page in pages(reports, "2025Q4", lang):
        text = re.sub(
            r"<pre.*?</pre>|<script.*?</script>|<style.*?</style>", "", page.read_text(encoding="utf-8"), flags=re.S
        )
        assert "**" not in re.sub(r"<[^>]+>", "", text), page.name


@each_language
def test_no_raw_key_and_in_chinese_no_half_width_mark_is_read(reports, lang):
    for page in pages(reports, "2025Q4", lang):
        soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
        for element in soup.select("script, style, code, pre"):
            element.decompose()
        text = soup.body.get_text(" ")
        assert not re.findall(r"\b[a-z]+(?:_\w+)+(?![\w.])", text), page.name
        assert lang != "zh" or not re.findall(r"[一-鿿][,;:?!(]|[一-鿿]\.(?:\s|$)|[一-鿿]\)|\)[一-鿿]", text), page.name


@each_language
def test_pages_are_in_their_language_and_reach_nowhere(reports, lang):
    for page in pages(reports, "2025Q4", lang):
        text = page.read_text(encoding="utf-8")
        assert f'<html lang="{ {"en": "en", "zh": "zh-CN"}[lang] }">' in text
        assert not re.search(r"(?:src|href|action|url\()\s*=?[\"'(]?\s*(?:https?:)?//", text)
        assert page.stat().st_size < 1_000_000


@each_language
def test_prose_of_the_other_language_is_left_out(reports, lang):
    front = front_of(reports, lang)
    here, elsewhere = (
        ("What do we do differently", "下季度我们要做哪些改变")
        if lang == "en"
        else ("下季度我们要做哪些改变", "What do we do")
    )
    assert here in front and elsewhere not in front


def test_the_manifest_holds_the_hash_of_every_file(reports):
    folder = run_folder(reports, "2025Q4")
    outputs = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    assert {"10_data_cleanup.html", "tables/abc_customers.parquet"} <= set(outputs)
    for name, digest in outputs.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_nobody_who_is_rated_or_rates_is_named_and_no_scorecard_is_made(reports):
    assert naming(reports, *NAMES) == []
    made = {path.stem for path in run_folder(reports, "2025Q4").rglob("*")}
    assert "abc_customers" in made and not made & {"scorecard", "rater_severity", "60_presales_scorecard"}


def test_no_path_of_this_machine_is_published(reports):
    for path in (reports / "2025Q4").rglob("*"):
        if path.is_file():
            held = path.read_bytes()
            assert str(ROOT).encode() not in held and str(reports.parent).encode() not in held, path


def test_a_second_run_has_nothing_to_do(reports, tmp_path, called):
    shutil.copytree(reports, tmp_path / "reports")
    code, told, _ = called("run", "2025Q4", "--lang", "en,zh", "--reports", str(tmp_path / "reports"))
    assert (code, told.partition(":")[0]) == (0, "Nothing has changed. The report is")
    assert front_of(tmp_path / "reports", "zh") == front_of(reports, "zh")


def table(reports, name):
    return pd.read_parquet(run_folder(reports, "2011Q2") / "tables" / f"{name}.parquet")


def test_a_company_with_sales_only_gets_its_report_with_what_is_missing_named(sales_only):
    missing = table(sales_only, "abc_missing").set_index("indicator")
    assert missing.loc["size", "stands_for"] == "net_sales"
    assert {"contribution", "brand_share"} <= set(missing.index)
    customers = table(sales_only, "abc_customers")
    assert customers["contribution"].isna().all() and customers["brand_share_class"].isna().all()
    front = (sales_only / "2011Q2" / "index.html").read_text(encoding="utf-8")
    assert "customer size is net sales" in front


def test_the_figures_of_the_slice_are_those_that_plain_counting_gives(sales_only):
    """Counted apart from custlib: 273 lines, 6 342.85 pounds, of them 1 102.57 without a customer and 364.30 of fees such as
    postage; 106 customers bought anything else, of whom the 64th brought 15.00 pounds, and so did the one after it."""
    accounts = table(sales_only, "line_accounts")
    assert accounts[["lines", "clean", "header", "quarantined"]].sum().tolist() == [276, 273, 3, 0]
    totals = table(sales_only, "abc_totals").iloc[0]
    assert totals["net_sales"] == 6342.85 and totals["fees"] == 364.30
    assert totals["without_customer_share"] == pytest.approx(1102.57 / 6342.85, abs=1e-6)
    customers = table(sales_only, "abc_customers").set_index("customer_id")
    assert customers.at["14646.0", "size"] == 1479.56 and customers.at["14646.0", "joint_class"] == "A"
    assert customers["joint_class"].value_counts().to_dict() == {"A": 22, "B": 43, "C": 41}


def test_a_report_of_sales_alone_shows_nothing_of_what_is_not_there(sales_only):
    texts = {}
    for path in pages(sales_only, "2011Q2"):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        texts[path.stem] = page.select_one("main").get_text(" ")
        assert ": none" not in texts[path.stem], path
    assert not re.search("Fishbone with|No earlier report", texts["40_fishbone_factors"])
    assert "the data hold none" in texts["22_class_changes"] and "more than a quarter before" not in str(texts)


@pytest.fixture
def again(called, monkeypatch):
    """Asks for that report once more, in this process and without a kernel: options → what is told."""
    monkeypatch.setattr(pdf, "BROWSERS", ())

    def run(reports, *options):
        code, told, err = called("run", "2011Q2", "--data", SALES_ONLY, "--reports", str(reports), "--cold", *options)
        assert code == 0, err
        return told

    return run


def test_forced_what_was_executed_gives_the_same_bytes_one_page_after_another(sales_only, again, monkeypatch):
    """What notebooks find one after another: `test_run_all.py`; that they are executed when forced: `test_quarterly.py`."""
    standing, executed = cache.Cache([run_folder(sales_only, "2011Q2")]), cache.Cache.executed
    monkeypatch.setattr(cache.Cache, "executed", lambda own, executions: executed(standing, executions))
    again(sales_only, "--force", "--jobs", "1")  # else it is refused, with the files that differ


def test_a_further_language_takes_over_what_was_executed_and_stands_alone_then(sales_only, tmp_path, again):
    reports = shutil.copytree(sales_only, tmp_path / "reports")
    english = run_folder(reports, "2011Q2")
    told = again(reports, "--lang", "zh", "--explain")  # of each notebook that it is taken over, and from which run
    assert told.count(english.name) == len([*english.glob("*.ipynb")]) > 5
    again(reports, "--lang", "zh")
    shutil.rmtree(english)
    assert archive.verify(reports, "2011Q2") == {"2011Q2": []}
    assert '<html lang="zh-CN">' in (reports / "2011Q2/index.html").read_text(encoding="utf-8")


def test_a_quarter_that_the_data_do_not_fill_is_refused_before_any_kernel(tmp_path, called):
    code, _, err = called("run", "2011Q1", "--data", SALES_ONLY, "--reports", str(tmp_path))
    assert code == 3 and "outside the data" in err
    assert not list(tmp_path.glob("2011Q1/*"))


def test_a_misspelt_parameter_is_refused_with_the_nearest_name(tmp_path, called):
    code, _, err = called("run", "2025Q4", "--reports", str(tmp_path), "-p", "rato=[1,1,1]")
    assert code == 2 and "“ratio”" in err
