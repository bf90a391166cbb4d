import pyarrow as pa
import pytest

from onrecord.document.article import SpeakerKind
from onrecord.warehouse.tables import ARTICLE_TABLES, TABLES, conform, empty, to_table


@pytest.mark.parametrize("name", TABLES)
def test_keys_order_and_references_name_columns_that_exist(name: str) -> None:
    table = TABLES[name]
    assert {*table.primary_key, *table.order, table.spread_by} <= set(table.column_names)
    assert table.order[-1] in table.primary_key  # the order decides between any two rows
    for key in table.foreign_keys:
        assert key.column in table.column_names
        assert TABLES[key.table].primary_key == (key.references,)


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_described(name: str) -> None:
    for field in TABLES[name].schema:
        assert field.metadata is not None, field.name
        assert field.metadata[b"description"].strip().endswith(b".")


def test_an_empty_table_has_the_whole_schema() -> None:
    assert empty("quotes").schema.equals(TABLES["quotes"].schema, check_metadata=True)
    assert empty("quotes").num_rows == 0


def test_months_partition_every_table_of_articles() -> None:
    public = {name for name in TABLES if not TABLES[name].internal}
    assert public - set(ARTICLE_TABLES) == {"entities", "runs", "corrections"}


def test_vocabulary_comes_from_the_enums() -> None:
    assert TABLES["quotes"].column("speaker_kind").values == tuple(kind.value for kind in SpeakerKind)


def test_to_table_refuses_an_undeclared_column() -> None:
    with pytest.raises(ValueError, match="near_misses has no column colour"):
        to_table("near_misses", [{"colour": "red"}])


def test_to_table_refuses_a_null_in_a_required_column() -> None:
    with pytest.raises(ValueError, match=r"signatures\.signature must not be null"):
        to_table("signatures", [{"article_id": "a"}])


def test_to_table_refuses_another_type() -> None:
    with pytest.raises((pa.ArrowInvalid, pa.ArrowTypeError)):
        to_table("dates", [{"date_id": "d", "article_id": "a", "start": "three"}])


def test_conform_drops_staging_columns_and_adds_missing_ones_as_null() -> None:
    row = {
        "mention_id": "m", "article_id": "a", "text": "Ann", "start": 0, "end": 3, "entity_type": "PERSON",
        "name": "Ann", "confidence": 0.5, "run_id": "r", "local_id": 0, "roles": ["mayor"],
    }  # fmt: skip
    staged = to_table("mentions", [row], staging=True).drop_columns(["entity_id"])
    assert "local_id" in staged.column_names
    made = conform("mentions", staged)
    assert made.schema.equals(TABLES["mentions"].schema, check_metadata=True)
    assert made.column("entity_id").to_pylist() == [None]


def test_conform_refuses_another_type() -> None:
    table = empty("dates").set_column(3, "start", pa.array([], pa.int64()))
    with pytest.raises(ValueError, match=r"dates\.start is int64 and must be int32"):
        conform("dates", table)
