from datetime import date

import pandas as pd
import pytest

from custlib import reference
from custlib.refusals import Refused

CHURN = "reason,en,zh,percent,words\ndied,died,去世,1,\n"


def own(folder, text, name="churn_reference.csv", encoding="utf-8"):
    (folder / "reference").mkdir()
    (folder / "reference" / name).write_text(text, encoding=encoding)
    return reference.table(name, data_dir=folder)


def refusal(folder, text, **encoding):
    with pytest.raises(Refused) as caught:
        own(folder, text, **encoding)
    return caught.value


def test_measures_have_no_blank():
    measures = reference.table("measures.csv")
    assert list(measures.columns) == [*reference.COLUMNS["measures.csv"], *reference.MAY["measures.csv"]]
    assert measures.notna().all(axis=None)


def test_formats_say_what_the_deck_says_and_blank_stays_blank():
    formats = reference.table("formats.csv").set_index("zh")
    assert formats.loc["百货店", ["floor_area_m2", "urban_share", "rural_share"]].tolist() == ["5000", "40.9", "14.9"]
    assert formats.loc["专业店", ["floor_area_m2", "urban_share", "rural_share"]].isna().all()
    urban = pd.to_numeric(formats["urban_share"])
    assert urban.sum() == pytest.approx(99.9) and pd.to_numeric(formats["rural_share"]).sum() == pytest.approx(96.3)


def test_reasons_for_leaving_add_up_to_100_percent():
    reasons = reference.table("churn_reference.csv").set_index("reason")["percent"].astype(int)
    assert reasons.sum() == 100 and reasons["attitude"] == 68


def test_the_copy_beside_the_exports_goes_first(tmp_path):
    table = own(
        tmp_path,
        "percent,note,reason,en,zh,words\n5,ours,died, died ,去世,\n\n,,moved,moved,搬迁,\n",
        encoding="utf-8-sig",
    )
    assert list(table.columns) == ["reason", "en", "zh", "percent", "words"]
    assert table["en"].tolist() == ["died", "moved"] and table["percent"].iloc[0] == "5"
    assert pd.isna(table.loc[1, "percent"])


def test_text_stays_text(tmp_path):
    assert own(tmp_path, "reason,en,zh,percent,words\nNA,null,007,1.0,nan\n").iloc[0].tolist() == [
        "NA",
        "null",
        "007",
        "1.0",
        "nan",
    ]


def test_a_lacking_column_is_refused_by_name(tmp_path):
    refused = refusal(tmp_path, "reason,zh\ndied,去世\n")
    assert refused.code == "reference_columns" and "en, percent, words" in str(refused)


def test_an_unquoted_comma_is_refused_with_its_line(tmp_path):
    refused = refusal(tmp_path, CHURN + "tied,tied, but loosely,有约,5,\n")
    assert refused.code == "reference_width" and "line 3" in str(refused)


@pytest.mark.parametrize("line", ["died,died,去世,1,\n", ",died,去世,1,\n"])
def test_a_key_that_is_blank_or_stands_twice_is_refused_with_its_line(tmp_path, line):
    refused = refusal(tmp_path, CHURN + line)
    assert refused.code == "reference_key" and "第 3 行" in refused.line("zh")


def test_a_table_saved_in_another_encoding_is_refused(tmp_path):
    assert refusal(tmp_path, CHURN, encoding="gb18030").code == "reference_encoding"


def test_an_empty_and_a_missing_table_are_refused(tmp_path, monkeypatch):
    assert refusal(tmp_path, "").code == "reference_columns"
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Refused, match="measures.csv"):
        reference.table("measures.csv")


def test_the_projects_signed_lists_are_empty_and_its_fees_are_named():
    assert reference.merges().empty and reference.signed("signed.csv").empty
    assert {"POST", "DOT", "M", "BANK CHARGES", "AMAZONFEE", "C2", "CRUK"} <= set(
        reference.table("fees.csv")["product_id"]
    )


def test_one_rule_may_be_signed_for_at_two_places_and_not_twice_at_one(tmp_path):
    signed = "rule,place,who,on,why\nunit_jump,a.csv,李,2025/12/31,\nunit_jump,b.csv,李,2025-12-31,\n"
    assert len(own(tmp_path, signed, "signed.csv")) == 2
    (tmp_path / "reference" / "signed.csv").write_text(signed + "unit_jump,a.csv,王,2025-12-31,\n", encoding="utf-8")
    with pytest.raises(Refused, match="line 4: “unit_jump, a.csv”"):
        reference.signed("signed.csv", tmp_path)


def test_what_was_signed_in_the_list_to_sign_reads_as_it_was_meant(tmp_path):
    listed = (
        "alias_id,customer_id,who,on,why,alias_name,customer_name,likeness,differs\n'=K2,K1,李,2025-12-31,,a,b,1.00,\n"
    )
    own(tmp_path, listed, "aliases.csv")
    assert reference.merges(tmp_path)["customer_id"].to_dict() == {"=K2": "K1"}


def decision(folder, line, name="overrides.csv"):
    header = ",".join(reference.COLUMNS[name])
    own(folder, f"{header}\nK1,{line}\n", name)
    return reference.signed(name, folder)


def test_an_overruled_class_is_signed_until_a_day(tmp_path):
    row = decision(tmp_path, "B,2026/6/30,李,2025-12-31,").iloc[0]
    assert (row["class"], reference.day(row["until"])) == ("B", date(2026, 6, 30))


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("D,2026-06-30,李,2025-12-31,", "not_one_of", "line 2: “D” in column class is not one of A, B, C"),
        ("B,,李,2025-12-31,", "unsigned", "line 2: until is blank"),
        ("B,next year,李,2025-12-31,", "unsigned", "line 2: until is blank or no day"),
        ("B,2026-02-30,李,2025-12-31,", "unsigned", "until"),
        ("B,2026-06-30,,2025-12-31,", "unsigned", "who"),
        ("B,2026-06-30,李,,", "unsigned", "line 2: on is"),
    ],
)
def test_an_overruled_class_that_nobody_can_rely_on_is_refused_with_its_line(tmp_path, line, code, said):
    with pytest.raises(Refused) as caught:
        decision(tmp_path, line)
    assert caught.value.code == code and said in str(caught.value)


def test_a_key_account_of_another_kind_is_refused(tmp_path):
    with pytest.raises(Refused) as caught:
        decision(tmp_path, "vip,李,2025-12-31,", "key_accounts.csv")
    assert caught.value.code == "not_one_of" and "“vip”" in caught.value.line("zh")


def test_a_customer_may_be_key_account_and_strategic_and_neither_twice(tmp_path):
    one = "key_account,李,2025-12-31,"
    assert len(decision(tmp_path, f"{one}\nK1,strategic,李,2025-12-31,", "key_accounts.csv")) == 2
    with (tmp_path / "reference" / "key_accounts.csv").open("a", encoding="utf-8") as file:
        file.write(f"K1,{one}\n")
    with pytest.raises(Refused, match="line 4: “K1, key_account”"):
        reference.signed("key_accounts.csv", tmp_path)


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("2025Q3,win_back,any,maybe,李,2025-12-31,", "not_one_of", "“maybe” in column done is not one of yes, no"),
        (
            "2025Q3,winback,any,yes,李,2025-12-31,",
            "not_one_of",
            "“winback” in column action is not one of check_stock, win_back,",
        ),
        ("2025Q3,win_back,any,yes,李,soon,", "unsigned", "line 2: on is blank or no day"),
        ("2025q3,win_back,any,yes,李,2025-12-31,", "not_one_of", "“2025q3” in column quarter is not one of 2025Q1, 20"),
        ('2025Q3,win_back,any,yes,李,2025-12-31,"called', "reference_quotes", "line 2: a quotation mark"),
        ('2025Q3,win_back,any,yes,李,2025-12-31,"a"b', "reference_quotes", "line 2: a quotation mark"),
    ],
)
def test_what_was_done_is_said_in_words_that_count(tmp_path, line, code, said):
    last = "2025Q3,keep_new,any,no,李,2025-12-31,"
    with pytest.raises(Refused) as caught:
        own(tmp_path, ",".join(reference.COLUMNS["done.csv"]) + f"\n{line}\n{last}\n", "done.csv")
        reference.signed("done.csv", tmp_path)
    assert caught.value.code == code and said in str(caught.value)


def test_the_project_has_decided_on_no_customer():
    assert reference.signed("done.csv").empty
    assert reference.signed("key_accounts.csv").empty and reference.signed("overrides.csv").empty


def test_a_text_of_the_exports_names_one_key_by_its_key_its_names_or_its_words(tmp_path):
    table = own(tmp_path, CHURN + "moved,moved away,搬迁,3,搬家 | 迁址 | \n")
    words = reference.words(table, "churn_reference.csv")
    assert words == {"died": "died", "去世": "died"} | dict.fromkeys(
        ["moved", "moved away", "搬迁", "搬家", "迁址"], "moved"
    )


def test_a_text_that_would_name_two_keys_is_refused(tmp_path):
    table = own(tmp_path, CHURN + "moved,moved away,搬迁,3,去世\n")
    with pytest.raises(Refused, match="“去世” names both died and moved"):
        reference.words(table, "churn_reference.csv")


def test_the_projects_own_words_name_one_key_each():
    for name in ("formats.csv", "churn_reference.csv"):
        assert reference.words(reference.table(name), name)


def test_numbers_of_a_reference_table_are_numbers_or_blank(tmp_path):
    table = own(tmp_path, CHURN + "moved,moved,搬迁,,\n")
    assert reference.numbers(table, "percent", "churn_reference.csv").fillna(-1).to_dict() == {"died": 1, "moved": -1}


@pytest.mark.parametrize("number", ["about 5", "nan", "inf", "-1", "100.1", "５", "1e1", "5 %", "1_0"])
def test_what_is_no_number_in_plain_digits_and_within_its_range_is_refused(tmp_path, number):
    refused = refusal(tmp_path, CHURN + f"tied,tied,有约,{number},\n")
    assert refused.code == "no_number" and f"tied: “{number}” in column percent is no number from 0 to 100" in str(
        refused
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (CHURN.splitlines()[0] + "\n", "reference_empty"),
        (CHURN + "moved,moved,,3,\n", "reference_blank"),
        ("reason,en,zh,percent,words,en\ndied,died,去世,1,,x\n", "reference_doubled"),
    ],
)
def test_a_table_that_would_say_nothing_is_refused(tmp_path, text, code):
    assert refusal(tmp_path, text).code == code


PART = "year,customer_id,item,metric,from_quarter,target,who,on,why\n2025,K1,促销,场次,2025Q4,{},Li,2025-09-30,\n"


def test_corrections_that_came_back_as_files_of_their_own_are_read_too(workbook):
    folder = workbook / "data" / "raw" / "reference"
    folder.mkdir(parents=True)
    (folder / "plan_changes_2025Q3.csv").write_text(PART.format(3), encoding="utf-8")
    rows = reference.signed("plan_changes.csv", "data/raw")
    assert rows["target"].tolist() == ["3"] and rows.index.tolist() == ["2 (plan_changes_2025Q3.csv)"]
    (folder / "plan_changes_2025Q3_2.csv").write_text(PART.format(4), encoding="utf-8")
    with pytest.raises(Refused) as caught:
        reference.signed("plan_changes.csv", "data/raw")
    assert caught.value.code == "reference_key" and "2 (plan_changes_2025Q3_2.csv)" in str(caught.value)
