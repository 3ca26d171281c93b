"""What is no scenario at all is refused at once, with its place and with advice."""

import os
import socket
import time
from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.scenario import load_policies, load_scenario
from tests.scenario.conftest import SEASON, Complaints


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "s.yaml:1:1: the file is empty; start from the file that `peakwise new` writes"),
        (
            "# nothing\n",
            "s.yaml:1:1: the file is empty; start from the file that `peakwise new` writes",
        ),
        (
            "- a\n",
            "s.yaml:1:1: the file holds a list, not settings; "
            "start from the file that `peakwise new` writes",
        ),
        ("demand:\n\torders_per_day: 3\n", "s.yaml:2:1: a tab is used for indentation; use spaces"),
        (
            "name: Sale: big\n",
            "s.yaml:1:11: a colon where none can stand; "
            "put text that contains `: ` in quotes, or check the indentation",
        ),
        (
            "season: {start: 2026-10-05\n",
            "s.yaml:2:1: the file ends too early; close what was opened on line 1, column 9",
        ),
        (
            "season:\n  a: 1\n b: 2\n",
            "s.yaml:3:2: does not line up with the lines above; "
            "settings of one group begin in the same column",
        ),
        (
            "a: 1\n---\nb: 2\n",
            "s.yaml:2:1: a second document begins here; a scenario is one document",
        ),
        ("a: &x {b: *x}\n", "s.yaml:1:11: the alias *x contains itself"),
        ("a: *x\n", "s.yaml:1:4: the alias *x is not defined above"),
        (
            "<<: {a: 1}\n",
            "s.yaml:1:1: merge keys (<<) are not read; use `extends`, or write it out",
        ),
        (
            "a: !!python/object/apply:os.system [ls]\n",
            "s.yaml:1:4: tags such as 'tag:yaml.org,2002:python/object/apply:os.system' are not "
            "read; remove the tag",
        ),
        ("[a]: 1\n", "s.yaml:1:1: a list or mapping cannot be a name; write `name: value`"),
        ("a: " + "[" * 100 + "]" * 100, "s.yaml:1:67: nested more than 64 levels deep"),
        (
            "a: " + "9" * 5000,
            "s.yaml:1:4: is a number of 5000 digits; put it in quotes if it is a name",
        ),
        ("a: " + "x" * 20_000, "s.yaml:1:4: a value of more than 10,000 characters"),
        ("a: b\x00c", "s.yaml:1:5: the file holds the control character U+0000; remove it"),
    ],
    ids=range(17),
)
def test_broken_yaml_is_explained(complaints: Complaints, text: str, said: str) -> None:
    assert complaints(text) == [said]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            SEASON + "name: x\nname: z\n",
            "s.yaml:7:1: name: is written twice, first on line 6; keep one of them",
        ),
        (
            SEASON.replace("120}", "120, scale: 1, scale: 2}"),
            "s.yaml:2:41: demand.scale: is written twice, first on line 2; keep one of them",
        ),
    ],
)
def test_a_setting_written_twice_is_refused(complaints: Complaints, text: str, said: str) -> None:
    assert complaints(text) == [said]


def test_a_file_in_another_encoding_is_named_with_its_first_wrong_byte(
    complaints: Complaints,
) -> None:
    assert complaints("name: Café".encode("latin-1")) == [
        "s.yaml:1:10: the file is not UTF-8: byte 0xE9 at offset 9; "
        "save it as UTF-8; it may be Latin-1 or Windows-1252"
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_recognized(complaints: Complaints, encoding: str) -> None:
    assert complaints(SEASON.encode(encoding)) == [
        "s.yaml:1:1: the file is UTF-16, not UTF-8; save it as UTF-8"
    ]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(complaints: Complaints) -> None:
    assert complaints(b"\xef\xbb\xbf" + SEASON.replace("\n", "\r\n").encode()) == []


def test_an_alias_bomb_is_refused_before_it_grows(complaints: Complaints) -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for name, before in zip("bcdefghi", "abcdefgh", strict=True):
        lines.append(f"{name}: &{name} [{', '.join(['*' + before] * 9)}]")
    began = time.monotonic()
    assert complaints("\n".join(lines)) == [
        "s.yaml:5:4: more than 200,000 values, those behind aliases counted at each use; "
        "use fewer aliases"
    ]
    assert time.monotonic() - began < 2


def test_too_many_values_that_were_written_belong_into_a_table(
    complaints: Complaints, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.scenario.reading.MOST_NODES", 9)
    assert complaints("a: [" + "1, " * 10 + "]\n") == [
        "s.yaml:1:32: more than 9 values; put long tables into CSV files"
    ]


def test_more_than_a_hundred_aliases_are_refused(complaints: Complaints) -> None:
    text = "a: &a 1\nb: [" + ", ".join(["*a"] * 101) + "]\n"
    assert complaints(text)[0].endswith("more than 100 aliases; write the values out")


def test_a_huge_file_is_refused_without_reading_it(folder: Path) -> None:
    with (folder / "huge.yaml").open("wb") as stream:
        stream.truncate(1_000_000_000)
    began = time.monotonic()
    with pytest.raises(ScenarioError) as caught:
        load_policies("huge.yaml")
    assert str(caught.value) == (
        "huge.yaml: the file has 1,000,000,000 bytes; at most 5,000,000 are read; "
        "put long tables into CSV files"
    )
    assert time.monotonic() - began < 0.5


def test_a_huge_table_is_refused_without_reading_it(complaints: Complaints, folder: Path) -> None:
    with (folder / "p.csv").open("wb") as stream:
        stream.truncate(1_000_000_000)
    text = "season: {length: 3 days}\ndemand: {orders_per_day: 1}\nproducts: p.csv\n"
    assert complaints(text) == [
        "p.csv: the file has 1,000,000,000 bytes; at most 50,000,000 are read"
    ]


def test_what_is_not_a_regular_file_is_refused_at_once(folder: Path) -> None:
    (folder / "folder.yaml").mkdir()
    os.mkfifo(folder / "pipe.yaml")
    with socket.socket(socket.AF_UNIX) as door:
        door.bind("door.yaml")
        for name, said in {
            "folder.yaml": "folder.yaml: is a folder, not a file",
            "pipe.yaml": "pipe.yaml: is not a regular file",
            "/dev/zero": "/dev/zero: is not a regular file",
            "missing.yaml": "missing.yaml: no such file",
        }.items():
            with pytest.raises(ScenarioError) as caught:
                load_policies(name)
            assert str(caught.value) == said
        with pytest.raises(ScenarioError):
            load_policies("door.yaml")


def test_an_unknown_season_is_named_with_the_nearest_shipped_one() -> None:
    with pytest.raises(ScenarioError) as caught:
        load_policies("holliday")
    assert str(caught.value) == (
        "there is no season called 'holliday'; did you mean 'holiday'; a file ends in .yaml"
    )


def test_a_file_does_not_stand_in_for_the_shipped_season_of_its_name(folder: Path) -> None:
    (folder / "holiday").write_text(SEASON, encoding="utf-8")
    (folder / "mine").write_text(SEASON, encoding="utf-8")
    shipped = load_scenario("holiday")
    assert shipped.name == "Holiday season, mid-size gift shop"
    for own in ("./holiday", Path("holiday"), folder / "holiday", "mine"):
        assert len(load_scenario(own).products) == 2, own
