"""The arrays of a file that torch saved, without unpickling it.

Such a file is a ZIP with one pickle and one piece of raw numbers for each storage. The pickle is
walked opcode by opcode: only those that name arrays are known, and names of classes and functions
are compared as words with a fixed list. Nothing is imported, nothing is called; whatever does
more than name arrays is refused.
"""

from __future__ import annotations

import io
import math
import pickletools
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Unreadable

Arrays: TypeAlias = Mapping[str, NDArray[np.float32]]

LARGEST_PICKLE = 16_000_000
LARGEST_BYTES = 500_000_000
MOST_STEPS = 1_000_000
MOST_ARRAYS = 20_000
MOST_SIDES = 8
_DEEPEST = 2_000
_NESTED = 4
_STORED = 10_000
"""So many files in the ZIP at most."""
_KEY = re.compile(r"^[0-9]{1,9}$")
_KINDS: Mapping[str, str] = MappingProxyType({
    "torch FloatStorage": "<f4", "torch DoubleStorage": "<f8", "torch HalfStorage": "<f2",
    "torch BFloat16Storage": "bfloat16", "torch LongStorage": "<i8", "torch IntStorage": "<i4",
    "torch ShortStorage": "<i2", "torch CharStorage": "<i1", "torch ByteStorage": "<u1",
    "torch BoolStorage": "?",
})  # fmt: skip
_ORDERED = "collections OrderedDict"
_ARRAY = "torch._utils _rebuild_tensor_v2"
_PARAMETER = "torch._utils _rebuild_parameter"
_NAMES = frozenset({*_KINDS, _ORDERED, _ARRAY, _PARAMETER})
_WRAPPERS = ("state_dict", "model", "network", "net", "model_state_dict")
"""What a saved training calls the weights among its other things."""


@dataclass(frozen=True, slots=True)
class _Name:
    """The name of a class or function: a word, and no more."""

    words: str


@dataclass(frozen=True, slots=True)
class _Storage:
    kind: str
    key: str
    count: int


@dataclass(frozen=True, slots=True)
class _Array:
    storage: _Storage
    start: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


class _Mark:
    """Where a list on the stack begins."""


@dataclass(slots=True, eq=False)
class _Table:
    entries: dict[str, object] = field(default_factory=dict)


_Stack: TypeAlias = list[object]


def arrays_of(content: bytes, where: str) -> Arrays:
    """Return the named arrays of a file that torch saved, as 32-bit floats.

    Raises:
        Unreadable: if it is another file, damaged, too large, or its pickle does more than name
            arrays (code "pickle").
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _File(archive, where).arrays()
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError) as why:
        raise Unreadable(
            f"{where}: not saved by torch as a ZIP, or damaged; save the weights as safetensors.",
            code="damaged_model",
        ) from why


class _File:
    def __init__(self, archive: zipfile.ZipFile, where: str) -> None:
        self._archive, self._where = archive, where
        entries = archive.infolist()
        if len(entries) > _STORED:
            raise self._too_much("more files than weights need")
        self._entries = {entry.filename: entry for entry in entries}
        found = [name for name in self._entries if name.count("/") == 1
                 and name.endswith("/data.pkl")]  # fmt: skip
        if len(found) != 1 or len(self._entries) != len(entries):
            raise Unreadable(f"{where}: holds no weights that torch saved.", code="damaged_model")
        self._top = found[0].removesuffix("data.pkl")
        if any("/code/" in name or name.endswith(".py") for name in self._entries):
            raise Unreadable(
                f"{where}: is TorchScript, a program, and no list of weights.", code="torchscript"
            )
        self._order()

    def arrays(self) -> Arrays:
        """Return all arrays of the list of weights."""
        text = self._read(f"{self._top}data.pkl", LARGEST_PICKLE)
        said = _weights(_Words(text, self._where).result(), self._where)
        size = sum(4 * math.prod(one.shape) for one in said.values())
        if size > LARGEST_BYTES:
            raise self._too_much("its arrays are larger than any model's")
        kept: dict[_Storage, NDArray[np.generic]] = {}
        return {name: self._array(one, kept) for name, one in said.items()}

    def _array(self, one: _Array, kept: dict[_Storage, NDArray[np.generic]]) -> NDArray[np.float32]:
        if one.storage not in kept:
            kept[one.storage] = self._storage(one.storage)
        numbers = kept[one.storage]
        last = one.start + sum(
            (side - 1) * step for side, step in zip(one.shape, one.strides, strict=True)
        )
        if 0 in one.shape:
            return np.zeros(one.shape, np.float32)
        if last >= len(numbers):
            raise self._damaged("an array reaches beyond its numbers")
        steps = tuple(step * numbers.itemsize for step in one.strides)
        view = np.lib.stride_tricks.as_strided(
            numbers[one.start :], one.shape, steps, writeable=False
        )
        if numbers.dtype == np.uint32:  # bfloat16, widened to the upper half of 32 bits
            return np.ascontiguousarray(view).view(np.float32)
        return np.array(view, dtype=np.float32)

    def _storage(self, storage: _Storage) -> NDArray[np.generic]:
        kind = "<u2" if storage.kind == "bfloat16" else storage.kind
        wanted = storage.count * np.dtype(kind).itemsize
        content = self._read(f"{self._top}data/{storage.key}", LARGEST_BYTES)
        if len(content) != wanted:
            raise self._damaged(f"storage {storage.key} has {len(content)} bytes, not {wanted}")
        numbers = np.frombuffer(content, kind)
        return numbers.astype(np.uint32) << np.uint32(16) if storage.kind == "bfloat16" else numbers

    def _order(self) -> None:
        name = f"{self._top}byteorder"
        if name in self._entries and self._read(name, 16).strip() != b"little":
            raise self._damaged("its numbers begin with the highest byte")

    def _read(self, name: str, most: int) -> bytes:
        entry = self._entries.get(name)
        if entry is None:
            raise self._damaged(f"{name[:80]!r} is missing")
        if entry.file_size > most or entry.is_dir():
            raise self._too_much(f"{name[:80]!r} is larger than it may be")
        with self._archive.open(entry) as packed:
            content = packed.read(most + 1)
        if len(content) != entry.file_size:
            raise self._damaged(f"{name[:80]!r} is not as long as announced")
        return content

    def _damaged(self, why: str) -> Unreadable:
        return Unreadable(f"{self._where}: {why}.", code="damaged_model")

    def _too_much(self, why: str) -> Unreadable:
        return Unreadable(f"{self._where}: {why}.", code="too_large")


def _weights(result: object, where: str) -> dict[str, _Array]:
    """Return the named arrays among what was saved: at the top, or under a usual word."""
    table = result
    for _ in range(_NESTED):
        if not isinstance(table, _Table):
            break
        found = {name: one for name, one in table.entries.items() if isinstance(one, _Array)}
        if found:
            return found
        inner = [table.entries[word] for word in _WRAPPERS if word in table.entries]
        table = inner[0] if inner else None
    raise Unreadable(f"{where}: there is no list of named weights in it.", code="damaged_model")


class _Words:
    """A pickle, walked with a stack and a memory of its own."""

    def __init__(self, text: bytes, where: str) -> None:
        self._text, self._where = text, where
        self._stack: _Stack = []
        self._memory: dict[int, object] = {}
        self._arrays = 0

    def result(self) -> object:
        """Return what the pickle names: tables, arrays and plain values.

        Raises:
            Unreadable: at the first step that does more.
        """
        try:
            return self._walked()
        except (ValueError, IndexError, KeyError, TypeError, OverflowError, RecursionError) as why:
            raise self._damaged() from why

    def _walked(self) -> object:
        for number, (code, argument, _) in enumerate(pickletools.genops(self._text)):
            if number > MOST_STEPS:
                raise Unreadable(f"{self._where}: its list is endless.", code="too_large")
            if code.name == "STOP":
                return self._stack.pop()
            self._step(code.name, argument)
        raise self._damaged()

    def _step(self, name: str, argument: object) -> None:
        stack = self._stack
        if name in _VALUES:
            stack.append(argument if name in _ARGUMENTS else _VALUES[name])
        elif name == "MARK":
            stack.append(_Mark())
        elif name == "EMPTY_DICT":
            stack.append(_Table())
        elif name in ("EMPTY_TUPLE", "TUPLE", "TUPLE1", "TUPLE2", "TUPLE3"):
            stack.append(self._tuple(name))
        elif name in ("EMPTY_LIST", "APPEND", "APPENDS"):
            self._list(name)
        elif name in ("BINPUT", "LONG_BINPUT", "MEMOIZE"):
            at = len(self._memory) if name == "MEMOIZE" else int(str(argument))
            self._memory[at] = stack[-1]
        elif name in ("BINGET", "LONG_BINGET"):
            stack.append(self._memory[int(str(argument))])
        elif name == "GLOBAL":
            stack.append(self._named(str(argument)))
        elif name == "STACK_GLOBAL":
            inner, outer = stack.pop(), stack.pop()
            stack.append(self._named(f"{outer} {inner}"))
        elif name == "BINPERSID":
            stack.append(self._stored(stack.pop()))
        elif name == "REDUCE":
            given, which = stack.pop(), stack.pop()
            stack.append(self._made(which, given))
        elif name in ("SETITEM", "SETITEMS"):
            self._put(name)
        elif name == "BUILD":
            self._described(stack.pop())
        elif name not in ("PROTO", "FRAME"):
            raise self._does_more(f"the step {name}")

    def _named(self, words: str) -> _Name:
        if words not in _NAMES:
            raise self._does_more(repr(words[:80]))
        return _Name(words)

    def _after_mark(self) -> list[object]:
        at = len(self._stack) - 1
        while not isinstance(self._stack[at], _Mark):
            at -= 1
            if at < 0:
                raise self._damaged()
        found = self._stack[at + 1 :]
        del self._stack[at:]
        return found

    def _tuple(self, name: str) -> tuple[object, ...]:
        if name == "TUPLE":
            return tuple(self._after_mark())
        count = int(name.removeprefix("TUPLE")) if name != "EMPTY_TUPLE" else 0
        if count > len(self._stack):
            raise self._damaged()
        found = tuple(self._stack[len(self._stack) - count :])
        del self._stack[len(self._stack) - count :]
        return found

    def _list(self, name: str) -> None:
        """Lists hold nothing that is asked for; they are kept empty."""
        if name == "EMPTY_LIST":
            self._stack.append([])
        elif name == "APPEND":
            self._stack.pop()
        else:
            self._after_mark()

    def _stored(self, said: object) -> _Storage:
        if not isinstance(said, tuple) or len(said) != 5 or said[0] != "storage":
            raise self._damaged()
        _, kind, key, _, count = said
        if not isinstance(kind, _Name) or kind.words not in _KINDS:
            raise self._damaged()
        if not isinstance(key, str) or not _KEY.match(key) or not _whole(count):
            raise self._damaged()
        return _Storage(_KINDS[kind.words], key, int(str(count)))

    def _made(self, which: object, given: object) -> object:
        if not isinstance(which, _Name) or not isinstance(given, tuple):
            raise self._does_more("a call")
        if which.words == _ORDERED and not given:
            return _Table()
        if which.words == _PARAMETER and given and isinstance(given[0], _Array):
            return given[0]
        if which.words == _ARRAY and len(given) in (6, 7):
            return self._array(given)
        raise self._does_more(f"a call of {which.words!r} such as weights do not need")

    def _array(self, given: tuple[object, ...]) -> _Array:
        self._arrays += 1
        storage, start, shape, strides = given[:4]
        if self._arrays > MOST_ARRAYS:
            raise Unreadable(f"{self._where}: more arrays than a network has.", code="too_large")
        if not isinstance(storage, _Storage) or not _whole(start):
            raise self._damaged()
        sides, steps = _wholes(shape), _wholes(strides)
        if sides is None or steps is None or len(sides) != len(steps):
            raise self._damaged()
        if 4 * math.prod(sides) > LARGEST_BYTES:
            raise Unreadable(f"{self._where}: an array too large for a model.", code="too_large")
        return _Array(storage, int(str(start)), sides, steps)

    def _put(self, name: str) -> None:
        found = (
            self._after_mark() if name == "SETITEMS" else [self._stack.pop() for _ in "ab"][::-1]
        )
        table = self._stack[-1]
        if not isinstance(table, _Table) or len(found) % 2:
            raise self._damaged()
        for key, value in zip(found[::2], found[1::2], strict=True):
            if isinstance(key, str) and len(key) < _DEEPEST:
                table.entries[key] = value

    def _described(self, said: object) -> None:
        """Skip the version notes that torch hangs on a list of weights."""
        known = isinstance(said, _Table) and set(said.entries) <= {"_metadata"}
        if not known or not isinstance(self._stack[-1], _Table):
            raise self._does_more("a state that weights do not have")

    def _does_more(self, what: str) -> Unreadable:
        return Unreadable(
            f"{self._where}: a pickle that does more than name arrays ({what}); nothing of it was"
            " run. Save the weights as safetensors.",
            code="pickle",
        )

    def _damaged(self) -> Unreadable:
        return Unreadable(f"{self._where}: its list of weights is damaged.", code="damaged_model")


_ARGUMENTS = frozenset({
    "BINUNICODE", "SHORT_BINUNICODE", "BININT", "BININT1", "BININT2", "LONG1", "BINFLOAT",
})  # fmt: skip
_VALUES: Mapping[str, object] = MappingProxyType({
    **dict.fromkeys(_ARGUMENTS), "NEWTRUE": True, "NEWFALSE": False, "NONE": None,
})  # fmt: skip


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 40


def _wholes(value: object) -> tuple[int, ...] | None:
    if not isinstance(value, tuple) or len(value) > MOST_SIDES:
        return None
    if not all(_whole(one) for one in value):
        return None
    return tuple(int(str(one)) for one in value)
