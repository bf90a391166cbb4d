from pathlib import Path

from onrecord.warehouse.dictionary import dictionary_markdown
from onrecord.warehouse.store import Warehouse
from onrecord.warehouse.tables import TABLES

README = Path(__file__).parents[3] / "warehouse" / "README.md"


def test_the_data_dictionary_is_current() -> None:
    """After a change of tables.py: python -m onrecord.warehouse.dictionary > warehouse/README.md"""
    assert README.read_text("utf-8") == dictionary_markdown()


def test_the_data_dictionary_has_every_column() -> None:
    text = dictionary_markdown()
    for table in TABLES.values():
        section = text.split(f"## {table.name}\n")[1].split("\n#")[0]
        for column in table.columns:
            assert f"| {column.name} |" in section


def test_types_are_written_as_in_the_contract() -> None:
    text = dictionary_markdown()
    for written in ("list<struct<kind: string, start: int32, end: int32>>", "timestamp[us, UTC]", "date32", "float32"):
        assert f"| {written} |" in text


def test_every_warehouse_has_it_unless_somebody_put_another_there(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "README.md").write_text("mine", "utf-8")
    for name, text in (("new", dictionary_markdown()), ("own", "mine")):
        with Warehouse(tmp_path / name).transaction():
            pass
        assert (tmp_path / name / "README.md").read_text("utf-8") == text
