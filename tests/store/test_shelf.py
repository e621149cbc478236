"""Whatever is put and removed in whatever order: numbers stand in order, and beside each its own document."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw

from pmo_tui.store.shelf import Shelf
from pmo_tui.store.values import decode

NUMBERS = st.integers(1, 30)
BEGINNINGS = st.sampled_from(("nothing", "a table", "documents"))


def beginning(how: str, there: set[int]) -> Shelf:
    """A shelf as a snapshot fills it (a table in order of number), or with documents in another order."""
    if how == "nothing":
        return Shelf()
    if how == "a table":
        return Shelf(Raw(b"{" + b",".join(b'"%d":{"n":%d}' % (number, number) for number in sorted(there)) + b"}"))
    return Shelf({str(number): Raw(b'{"n":%d}' % number) for number in there})


@given(BEGINNINGS, st.sets(NUMBERS), st.lists(st.tuples(NUMBERS, st.booleans(), st.booleans()), max_size=20))
def test_numbers_and_documents_lie_side_by_side(how: str, there: set[int], puts: list[tuple[int, bool, bool]]) -> None:
    shelf = beginning(how, there)
    wanted = {number: {"n": number} for number in there} if how != "nothing" else {}
    for count, (number, remove, look) in enumerate(puts):
        if look:
            assert [*map(int, shelf.numbers())] == sorted(wanted)
        old, new = wanted.pop(number, None), None if remove else {"n": number, "count": count}
        if new is not None:
            wanted[number] = new
        if old is not None or new is not None:
            shelf.put(str(number), old, new)
    numbers, documents = shelf.undecoded()
    assert [*map(int, numbers)] == sorted(wanted)
    assert [*map(decode, documents)] == [wanted[number] for number in sorted(wanted)]
    assert dict(shelf.items()) == {str(number): document for number, document in wanted.items()}
