"""Records behave as frozen dataclasses do, however many of them were made."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from typing import ClassVar

import pytest

from tuicrm.domain.record import COMPILED_AFTER, made, record, replace


@record
class Point:
    """Two numbers, a kind, and a list of its own."""

    kinds: ClassVar[int] = 3
    x: int
    y: int = 2
    names: list[str] = made(default_factory=list)

    @property
    def sum(self) -> int:
        return self.x + self.y


@record
class Named(Point):
    """A point with a label, checked when it is made."""

    label: str = ""

    def __post_init__(self) -> None:
        if self.label == "bad":
            raise ValueError(self.label)


@pytest.fixture(params=["young", "old"])
def worn(request: pytest.FixtureRequest) -> None:
    """Before and after the class got its quick ``__init__``."""
    if request.param == "old":
        for number in range(COMPILED_AFTER + 1):
            Point(number)
            Named(number)


@pytest.mark.usefixtures("worn")
class TestARecord:
    def test_takes_positions_names_and_defaults(self) -> None:
        assert (Point(1).y, Point(1, 5).y, Point(y=6, x=1).y) == (2, 5, 6)
        assert Point(1).sum == 3
        assert Named(1, label="a").label == "a"

    def test_makes_its_own_lists(self) -> None:
        one, other = Point(1), Point(1)
        one.names.append("a")
        assert other.names == []

    @pytest.mark.parametrize("given", [{}, {"x": 1, "z": 2}, {"y": 1}])
    def test_refuses_arguments_that_do_not_fit(self, given: dict[str, int]) -> None:
        with pytest.raises(TypeError):
            Point(**given)  # type: ignore[arg-type]
        with pytest.raises(TypeError):
            Point(1, 2, [], 4)  # type: ignore[call-arg]
        with pytest.raises(TypeError):
            Point(1, x=1)  # type: ignore[misc]

    def test_checks_itself_when_made(self) -> None:
        with pytest.raises(ValueError, match="bad"):
            Named(1, label="bad")

    def test_cannot_change(self) -> None:
        point = Point(1)
        with pytest.raises(AttributeError):
            point.x = 2  # type: ignore[misc]
        with pytest.raises(AttributeError):
            point.z = 2  # type: ignore[attr-defined]
        with pytest.raises(AttributeError):
            del point.x
        assert not hasattr(point, "__dict__")

    def test_equals_its_like_only(self) -> None:
        assert Point(1) == Point(1, 2) != Point(2)
        assert Point(1) != Named(1)
        assert hash(Named(1, names=(), label="a")) == hash(Named(1, names=(), label="a"))  # type: ignore[arg-type]
        assert repr(Named(1, label="a")) == "Named(x=1, y=2, names=[], label='a')"

    def test_is_copied_pickled_and_matched(self) -> None:
        named = Named(1, label="a")
        assert copy.deepcopy(named) == named == pickle.loads(pickle.dumps(named))
        match named:
            case Named(x, y):
                assert (x, y) == (1, 2)

    def test_is_replaced_by_ours_and_by_the_standard_library(self) -> None:
        for change in (replace, dataclasses.replace):
            assert change(Named(1, label="a"), y=9) == Named(1, 9, label="a")
        with pytest.raises(TypeError):
            replace(Point(1), z=1)

    def test_is_a_dataclass_to_those_who_ask(self) -> None:
        assert dataclasses.asdict(Named(1)) == {"x": 1, "y": 2, "names": [], "label": ""}
        assert [field.name for field in dataclasses.fields(Named)] == ["x", "y", "names", "label"]
        assert Named.__match_args__ == ("x", "y", "names", "label")
