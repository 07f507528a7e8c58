"""The tree that analysts edit: the project's own, and what a broken one is told."""

import pytest

from custlib import fishbone, glossary, project
from custlib.refusals import Refused
from custlib.sample import factors

HEADER = "factor,bone,zone,name_en,name_zh,question_en,question_zh\n"
TREE = (
    HEADER + "spine,,,spine,脊,,\nfin,,,fin,鳍,,\na,fin,A,a,甲,a?,甲？\nb,spine,B,b,乙,b?,乙？\nc,fin,A,c,丙,c?,丙？\n"
)


def own(folder, text):
    (folder / "reference").mkdir()
    (folder / "reference" / "fishbone.csv").write_text(text, encoding="utf-8")
    return fishbone.tree(folder)


def test_the_projects_tree_is_the_deck_s():
    tree = fishbone.tree()
    assert dict(zip(tree["factor"], tree["bone"].fillna(""), strict=True)) == dict.fromkeys(factors.BONES, "") | {
        factor.id: factor.bone for factor in factors.FACTORS
    }
    zone_b = set(tree.loc[tree["zone"] == "B", "name_zh"])
    assert zone_b == set("产品力 型号的错落 价格 政策的设计 激励政策的设计与运用 资源的投放 客户调差".split())
    assert glossary.term(fishbone.EFFECT, "zh") == "客户获利"


def test_factors_stand_bone_by_bone_in_the_order_of_the_bones(tmp_path):
    tree = own(tmp_path, TREE)
    assert fishbone.bones(tree)["factor"].tolist() == ["spine", "fin"]
    assert fishbone.causes(tree)["factor"].tolist() == ["b", "a", "c"]
    assert fishbone.names(tree, "zh")["fin"] == "鳍"


@pytest.mark.parametrize(
    "broken, code, line",
    [
        ("d,tail,A,d,丁,d?,丁？\n", "fishbone_no_bone", 7),
        ("d,a,A,d,丁,d?,丁？\n", "fishbone_no_bone", 7),
        ("b,fin,A,d,丁,d?,丁？\n", "reference_key", 7),
        ("fin,spine,A,d,丁,d?,丁？\n", "reference_key", 7),
        ("d,fin,C,d,丁,d?,丁？\n", "not_one_of", 7),
        ("d,fin,,d,丁,d?,丁？\n", "fishbone_blank", 7),
        ("d,,A,d,丁,d?,丁？\n", "fishbone_blank", 7),
        ("d,fin,A,d,,d?,丁？\n", "reference_blank", 7),
        ("d,fin,A,d,丁,,丁？\n", "fishbone_blank", 7),
        ("d,,,d,丁,,\n", "fishbone_bare", 7),
        ("d,,,d,,,\ne,d,A,e,戊,e?,戊？\n", "reference_blank", 7),
    ],
)
def test_a_broken_tree_is_refused_with_file_and_line(tmp_path, broken, code, line):
    with pytest.raises(Refused) as refused:
        own(tmp_path, TREE + broken)
    assert refused.value.code == code
    assert f"fishbone.csv, line {line}" in str(refused.value) and f"第 {line} 行" in refused.value.line("zh")


def test_the_tree_beside_the_exports_goes_before_the_projects(tmp_path):
    assert len(own(tmp_path, TREE)) == 5 != len(fishbone.tree(project.root()))
