"""Names of files and folders that no export can break out of."""

from hypothesis import given
from hypothesis import strategies as st

from custlib import safe_names


def test_a_plain_name_is_kept_and_any_other_gets_a_mark_of_its_own():
    names = safe_names.of(["华东", "North East", "", "a/b", "a:b", "..", "CON", "2025Q4", "west", "West", "Ltd."])
    assert (names["华东"], names["North East"], names[""]) == ("华东", "North East", "~not-known")
    # the marks are the first eight hex digits of `printf 'a/b' | sha256sum`, and so on
    assert (names["a/b"], names["a:b"], names[".."]) == ("a b~c14cddc0", "a b~6783a31e", "~5ec1f7e7")
    assert all(
        names[value].startswith(f"{value.removesuffix('.')}~") for value in ("CON", "2025Q4", "west", "West", "Ltd.")
    )


@given(st.sets(st.text(max_size=60), max_size=8))
def test_two_values_never_share_a_name_and_no_name_can_leave_its_place(values):
    names = safe_names.of(values)
    assert len({name.casefold() for name in names.values()}) == len(values)
    for name in names.values():
        assert name and name.strip(" .") == name and not set(name) & set('/\\:*?"<>|\0\n') and len(name.encode()) < 255
    assert safe_names.of(sorted(values, reverse=True)) == names
