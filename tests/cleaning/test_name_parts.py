import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib.cleaning import name_parts


@pytest.mark.parametrize(
    ("name", "core", "place", "legal_form"),
    [
        ("上海华盛（集团）有限公司", "华盛", ("上海",), ("有限公司", "集团")),
        ("(上海)华盛贸易股份有限公司", "华盛贸易", ("上海",), ("有限公司", "股份")),
        ("华盛贸易有限公司上海分公司", "华盛贸易", ("上海", "分公司"), ("有限公司",)),
        ("ＡＢＣ Co., Ltd.", "abc", (), ("co", "ltd")),
        ("Abc Holdings Limited", "abc", (), ("holdings", "limited")),
        ("上海有限公司", "上海有限公司", ("上海",), ("有限公司",)),
        ("张伟", "张伟", (), ()),
    ],
)
def test_a_name_is_taken_apart_into_core_place_and_legal_form(name, core, place, legal_form):
    assert name_parts.parts(name) == (core, place, legal_form, (), ())


@pytest.mark.parametrize(
    ("name", "number", "note"),
    [
        ("华盛超市二十一店", ("21",), ()),
        ("华盛超市第二百一十四分店", ("214",), ()),
        ("华盛超市第二一四分店", ("214",), ()),
        ("华盛超市0214店", ("214",), ()),
        ("华盛超市A店", ("a",), ()),
        ("华盛五金百货", (), ()),
        ("华盛超市（二店）", ("2",), ("二店",)),
        ("华盛贸易有限公司（2024年停用）", (), ("2024年停用",)),
        ("华盛贸易有限公司（张三）", (), ("张三",)),
        ("华盛贸易有限公司旧", (), ("旧",)),
        ("华盛贸易有限公司-已停用", (), ("已停用",)),
        ("（停用）", (), ()),
    ],
)
def test_numbers_and_notes_are_told_from_the_name(name, number, note):
    own = name_parts.parts(name)
    assert (own.number, own.note) == (number, note)


def test_all_letters_but_notes_and_numbers():
    assert name_parts.spelled("上海华盛 (集团) 二分店（旧）") == "上海华盛集团分店"


@given(st.text(alphabet="华盛上海有限公司分店()（）一十百零〇12-旧 a.²५", max_size=12))
def test_any_text_has_parts_and_a_core_if_it_has_a_letter(name):
    assert bool(name_parts.parts(name).core) == any(char.isalnum() for char in name)
