"""In: a layout's templates and what they may see. Out: the XML that they make, or a finding that names their line.

The sandbox lets a template read the values it is given and nothing else: no files, no modules, no private names.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.environment import Template, TemplateModule
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.ext import Extension
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from pydantic import BaseModel

from icat_reports.compose.compiled import Compiled, at_run_time
from icat_reports.diagnostics import Sink, Span, nearest
from icat_reports.layout import Layout

_TAG = re.compile(r"<([A-Za-z][\w.-]*)(?=[\s/>])")
MOST_CHARACTERS = 50_000_000
"""Of what a template makes; the whole mapping resource has half a million."""


class _Places(Extension):
    """Writes the template's name and line into every element, before Jinja sees the source."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """See Jinja's `Extension.preprocess`."""
        del filename
        lines = source.split("\n")
        return "\n".join(_TAG.sub(rf'<\1 at="{name}:{number}"', line) for number, line in enumerate(lines, 1))


class _Sandbox(ImmutableSandboxedEnvironment):
    """Of our types a template sees the data, not the methods: pydantic's read files and run code (`parse_file`)."""

    intercepted_binops = frozenset(("*", "**"))
    _verdicts: ClassVar[dict[tuple[type, str], bool]] = {}
    """What holds for one value of a type holds for all: a template asks for the same few attributes again and again."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401 - Jinja's own signature
        """See Jinja's `SandboxedEnvironment.is_safe_attribute`."""
        question = (type(obj), attr)
        if question not in self._verdicts or isinstance(obj, type):
            self._verdicts[question] = self._is_safe(obj, attr, value)
        return self._verdicts[question]

    def _is_safe(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401
        if isinstance(obj, BaseModel):
            return attr in type(obj).model_fields
        return bool(super().is_safe_attribute(obj, attr, value))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401
        """Multiply numbers only: a text a thousand million times over would fill the memory."""
        del context
        if not all(isinstance(side, int | float) and abs(side) < MOST_CHARACTERS for side in (left, right)):
            message = "a template may multiply small numbers only"
            raise SecurityError(message)
        return left * right if operator == "*" else float(left) ** right


class MacroLackingError(UndefinedError):
    """A template was asked for a macro, or a table, that it has not."""

    def __init__(self, template: str, name: str, *_: object) -> None:
        """Say which template, by its path, lacks what; Jinja's own words for it follow and are not needed."""
        super().__init__(f"the layout's file lacks `{name}`")
        self.template = template
        self.name = name


class _Undefined(StrictUndefined):
    """What a template names and there is not; of another template's, it knows which."""

    def __init__(self, hint: Any = None, obj: Any = missing, name: Any = None, exc: Any = UndefinedError) -> None:  # noqa: ANN401 - Jinja's own signature
        """See Jinja's `Undefined`."""
        if isinstance(obj, TemplateModule):
            exc = partial(MacroLackingError, str(obj.__name__), str(name))
        super().__init__(hint, obj, name, exc)


def render(layout: Layout, context: Mapping[str, Any], filters: Mapping[str, Any], sink: Sink) -> str | None:
    """The XML that the layout's template makes of `context`; None after a finding."""
    environment = _Sandbox(
        loader=FunctionLoader(lambda name: _source(layout, name)),
        autoescape=True,
        undefined=_Undefined,
        extensions=[_Places],
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=Compiled(Path(__file__), filters),
    )
    environment.filters.update((name, at_run_time(filter_)) for name, filter_ in filters.items())
    environment.globals.update(context)
    try:
        return _bounded(environment.get_template(layout.template), layout, sink)
    except TemplateSyntaxError as error:
        sink.error("template-parses", f"this is not a template: {error.message}", _span(error.name, error.lineno),
                   "see the Jinja documentation; every {% … %} that opens needs its end")  # fmt: skip
    except TemplateNotFound as error:
        sink.error("template-exists", f"there is no template `{error.name}`", _raised_at(error, layout),
                   nearest(str(error.name), layout.templates) or "a template may use those below layouts/ only")  # fmt: skip
    except SecurityError as error:
        sink.error("template-safe", _plain(error), _raised_at(error, layout),
                   "a template may read the data that it is given, and nothing else")  # fmt: skip
    except MacroLackingError as error:
        sink.error("macro-present", str(error), Span(f"layouts/{error.template}"),
                   f"{_raised_at(error, layout)} needs it; see the other layouts for its form")  # fmt: skip
    except RecursionError as error:
        sink.error("template-ends", "the template calls itself without end", _raised_at(error, layout),
                   "give the macro or the include a condition under which it stops")  # fmt: skip
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
        sink.error("template-runs", _plain(error), _raised_at(error, layout),
                   "look at the name; `_Studio` in src/icat_reports/compose lists what a template may use")  # fmt: skip
    return None


def _bounded(template: Template, layout: Layout, sink: Sink) -> str | None:
    """What the template makes, as long as it is of a reasonable size."""
    parts: list[str] = []
    size = 0
    for part in template.generate():
        size += len(part)
        if size > MOST_CHARACTERS:
            sink.error("template-ends", f"the template makes more than {MOST_CHARACTERS:,} characters",
                       Span(f"layouts/{layout.template}"), "look for a loop that runs too often")  # fmt: skip
            return None
        parts.append(part)
    return "".join(parts)


def _source(layout: Layout, name: str) -> tuple[str, str, None] | None:
    """A template with its name as its file's name, so that tracebacks tell templates apart."""
    source = layout.templates.get(name)
    return None if source is None else (source, name, None)


_INNER_NAME = re.compile(r"\bicat_reports(?:\.\w+)*\.")
"""Where Python has the type of a value; of no use to who writes a template."""


def _plain(error: Exception) -> str:
    text = f"there is no `{error.args[0]}`" if isinstance(error, KeyError) else str(error) or type(error).__name__
    return f"the template stopped here: {_INNER_NAME.sub('', text)}"


def _span(name: str | None, line: int) -> Span:
    return Span(f"layouts/{name}", line)


def _raised_at(error: BaseException, layout: Layout) -> Span:
    """The innermost template line of a traceback; Jinja rewrites the frames of compiled templates."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename in layout.templates:
            return _span(frame.filename, frame.lineno or 0)
    return Span(f"layouts/{layout.template}")
