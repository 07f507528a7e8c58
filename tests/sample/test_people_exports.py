from custlib.sample.factors import FACTORS


def test_scores_name_every_factor_for_every_active_dealer(folder):
    rows = list(folder.records("因素评分_*.csv"))
    assert {row["因素编码"] for row in rows} == {factor.id for factor in FACTORS}
    dealers = {(row["季度"], row["客户编码"]) for row in rows}
    assert len(dealers) * 26 - len(rows) < 10
    assert {row["评分"] for row in rows} == set("12345")


def test_consumers_and_dealers_of_all_tables_are_known(folder):
    known = {row["客户编码"] for row in folder.records("客户档案.xlsx")}
    known |= {
        folder.rows(fault.file)[fault.line - 1][0] for fault in folder.told.faults if fault.file == "客户档案.xlsx"
    }
    for file in ("拜访记录.csv", "需求访谈.csv", "流失客户.csv", "因素评分_2025.csv", "库存快照.csv"):
        assert {row["客户编码"] for row in folder.records(file)} <= known
    people = {cells[0] for cells in folder.rows("用户档案.csv")[1:]}
    assert {row["用户编号"] for row in folder.records("购买记录.csv")} <= people


def test_pairwise_ratios_lie_on_saatys_scale(folder):
    ratios = {float(row["比值"]) for row in folder.records("两两比较.xlsx")}
    assert ratios <= {round(value, 6) for n in range(1, 10) for value in (n, 1 / n)}


def test_visits_hold_one_line_of_mojibake_and_needs_one_broken_byte(folder):
    visits = (folder.path / "拜访记录.csv").read_bytes().decode("gb18030")
    assert sum("锟斤拷" in line for line in visits.splitlines()) == 1
    needs = (folder.path / "需求访谈.csv").read_bytes()
    broken = [line for line in needs.split(b"\r\n") if "\ufffd" in line.decode("utf-8", "replace")]
    assert len(broken) == 1


def test_keys_are_unique_but_for_the_planted_doubles(folder):
    for file, columns in (
        ("拜访记录.csv", ("拜访日期", "客户编码")),
        ("需求访谈.csv", ("季度", "客户编码", "需求")),
        ("售前考核.csv", ("考核季度", "姓名", "考核指标", "评价来源")),
        ("购买记录.csv", ("小票号",)),
        ("年度计划_2025.xlsx", ("客户编码", "计划项目", "衡量指标")),
    ):
        keys = [tuple(row[name] for name in columns) for row in folder.records(file)]
        assert len(keys) == len(set(keys)) > 0
