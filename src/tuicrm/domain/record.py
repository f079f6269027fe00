"""Frozen records: what ``@dataclass(frozen=True, slots=True)`` gives, without its price at import.

The standard decorator imports ``inspect`` (15 ms) and compiles six methods of every class by ``exec`` (1 ms a
class); for the records of this package that is as long as all the rest of ``tuicrm log``. Here one class
costs 30 us, and only its ``__init__`` is compiled, when many records of it are made.

The standard ``dataclasses.replace``, ``fields`` and ``asdict`` work on records too. Zero-argument ``super()``
does not, as in any slotted dataclass.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast, dataclass_transform

T = TypeVar("T")

COMPILED_AFTER = 40
"""Records of a class after which compiling its ``__init__`` (0.2 ms) pays."""


class _Made:
    """A default that is made anew for each record."""

    __slots__ = ("make",)

    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make


def made(*, default_factory: Callable[[], T]) -> T:
    """The default of a field that must not be shared between records: ``made(default_factory=dict)``."""
    return cast(T, _Made(default_factory))


@dataclass_transform(frozen_default=True, field_specifiers=(made,))
def record(cls: type[T]) -> type[T]:
    """Makes a class of annotated fields a frozen, slotted, comparable, hashable record."""
    own = [name for name, kind in cls.__annotations__.items() if "ClassVar" not in str(kind)]
    namespace = {k: v for k, v in cls.__dict__.items() if k not in ("__dict__", "__weakref__")}
    defaults: dict[str, Any] = {}
    names: list[str] = []
    for base in cls.__mro__[-2:0:-1]:
        defaults.update(base.__dict__.get("__record_defaults__", {}))
        names += [name for name in base.__dict__.get("__slots__", ()) if name not in names]
    defaults.update((name, namespace.pop(name)) for name in own if name in namespace)
    names += [name for name in own if name not in names]
    namespace.update(_METHODS | namespace)
    if namespace["__hash__"] is None and namespace["__eq__"] is _eq:
        namespace["__hash__"] = _hash
    namespace.update(
        __slots__=tuple(own),
        __match_args__=tuple(names),
        __record_defaults__=defaults,
    )
    made_class = type(cls.__name__, cls.__bases__, namespace)
    made_class.__qualname__ = cls.__qualname__
    made_class.__init__ = _first_init(made_class)  # type: ignore[misc]
    return made_class


def _first_init(cls: Any) -> Callable[..., None]:
    """The ``__init__`` of a class until it has made ``COMPILED_AFTER`` records: slower, but needs no compiling."""
    left = [COMPILED_AFTER]

    def __init__(self: Any, *args: Any, **values: Any) -> None:
        left[0] -= 1
        if left[0] < 0 or not _put_all(cls, self, args, values):
            # from now on, or to say what is wrong with the arguments
            _compile_init(cls)
            cls.__init__(self, *args, **values)

    return __init__


def _put_all(cls: Any, self: Any, args: tuple[Any, ...], values: dict[str, Any]) -> bool:
    """Sets every field; False when the arguments do not fit."""
    names = cls.__match_args__
    if len(args) > len(names) or any(name not in names[len(args) :] for name in values):
        return False
    put, defaults = object.__setattr__, cls.__record_defaults__
    for name, value in zip(names, args, strict=False):
        put(self, name, value)
    for name in names[len(args) :]:
        if name in values:
            put(self, name, values[name])
        elif name in defaults:
            default = defaults[name]
            put(self, name, default.make() if isinstance(default, _Made) else default)
        else:
            return False
    if hasattr(cls, "__post_init__"):
        self.__post_init__()
    return True


def _compile_init(cls: Any) -> None:
    """Gives the class an ``__init__`` as quick as a hand-written one."""
    scope: dict[str, Any] = {"_put": object.__setattr__}
    parameters, body = [], []
    for name in cls.__match_args__:
        parameter, value = name, name
        if name in cls.__record_defaults__:
            default = cls.__record_defaults__[name]
            scope[f"_d_{name}"] = default
            parameter = f"{name}=_d_{name}"
            if isinstance(default, _Made):
                value = f"_d_{name}.make() if {name} is _d_{name} else {name}"
        parameters.append(parameter)
        body.append(f" _put(self, {name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        body.append(" self.__post_init__()")
    exec("\n".join([f"def __init__(self, {', '.join(parameters)}):", *body, " return"]), scope)
    scope["__init__"].__qualname__ = f"{cls.__qualname__}.__init__"
    cls.__init__ = scope["__init__"]


def _values(self: Any) -> tuple[Any, ...]:
    return tuple(getattr(self, name) for name in self.__match_args__)


def _eq(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return _values(self) == _values(other)


def _hash(self: Any) -> int:
    return hash(_values(self))


def _repr(self: Any) -> str:
    inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
    return f"{self.__class__.__qualname__}({inside})"


def _frozen(self: Any, name: str, *_: object) -> None:
    raise AttributeError(f"{self.__class__.__name__}.{name} cannot change: records are frozen")


def _reduce(self: Any) -> tuple[type, tuple[Any, ...]]:
    return self.__class__, _values(self)


class _Fields:
    """``__dataclass_fields__``, made when the standard functions ask for it."""

    def __get__(self, _instance: object, cls: Any) -> dict[str, Any]:
        import dataclasses

        made_fields = {}
        for name in cls.__match_args__:
            default = cls.__record_defaults__.get(name, dataclasses.MISSING)
            entry: Any = (
                dataclasses.field(default_factory=default.make)
                if isinstance(default, _Made)
                else dataclasses.field(default=default)
            )
            entry.name, entry._field_type = name, dataclasses._FIELD  # type: ignore[attr-defined]
            made_fields[name] = entry
        return made_fields


_METHODS: dict[str, Any] = {
    "__eq__": _eq,
    "__hash__": _hash,
    "__repr__": _repr,
    "__setattr__": _frozen,
    "__delattr__": _frozen,
    "__reduce__": _reduce,
    "__dataclass_fields__": _Fields(),
}


def replace(old: T, /, **changes: Any) -> T:
    """A copy of a record with some fields changed."""
    for name in old.__match_args__:  # type: ignore[attr-defined]
        if name not in changes:
            changes[name] = getattr(old, name)
    return old.__class__(**changes)
