"""`draft-sources --ask`: what is asked in a terminal, and what is written of the answers."""

import io
import tomllib

import pytest

ORDERS = "f1,f2,f3,f4,f5,f6\nS1,2025-10-01,甲店,P1,2,30.00\nS2,2025-10-02,乙店,P2,x,15.00\n"


@pytest.fixture
def answered(custlib, monkeypatch, tmp_path):
    """Runs `draft-sources --ask` on two exports, the second of which nobody knows, with these answers after the first."""
    (tmp_path / "a.csv").write_text("客户编码,客户名称\nK1,甲店\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text(ORDERS, encoding="utf-8")

    def run(*answers):
        monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(["", "", "y", *answers, ""])))
        return custlib("draft-sources", str(tmp_path), "--ask")

    return run


# asked for: date, customer_id, product_id, quantity, net_amount
ALL = ("?", "strange", "sales", "2", "3", "9", "4", "5", "6", "?", "9=date", "1=", "")


def test_each_file_is_asked_about_and_written_at_the_end(answered, tmp_path):
    code, out, err = answered(*ALL, "y", "y")
    text = (tmp_path / "sources.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)["source"][1]
    assert (code, told["table"]) == (0, "sales")
    assert {"f4": "product_id", "f5": "quantity", "f6": "net_amount"}.items() <= told["columns"].items()
    assert out.index(text) < out.index("Written: ")
    assert "a promotion at a customer" in out and "Nothing was written" not in err
    assert answered(*ALL, "y", "y")[0] == 2 and (tmp_path / "sources.toml").read_text(encoding="utf-8") == text


def test_what_is_not_right_is_asked_again(answered, tmp_path):
    assert answered("sales", "2", "3", "1", "5", "6", "", "n", "", "4=product_id", "", "y", "y")[0] == 0
    told = tomllib.loads((tmp_path / "sources.toml").read_text(encoding="utf-8"))["source"][1]
    assert told["columns"]["f4"] == "product_id"


@pytest.mark.parametrize("answers", [(*ALL, "y", "n"), (*ALL[:5],)])
def test_without_a_yes_at_the_end_nothing_is_written(answered, tmp_path, answers):
    code, _, err = answered(*answers)
    assert code == 130 and err.endswith("Nothing was written.\n") and not (tmp_path / "sources.toml").exists()
