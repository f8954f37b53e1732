"""In: a layout's templates and what they may see. Out: the XML that they make, or a finding that names their line.

The sandbox lets a template read the values it is given and nothing else: no files, no modules, no private names.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.sandbox import ImmutableSandboxedEnvironment

from icat_reports.diagnostics import Sink, Span
from icat_reports.layout import Layout

_TAG = re.compile(r"<([a-z][a-z]*)(?=[\s/>])")


class Reported(LookupError):  # noqa: N818 - it is an outcome, not a fault of the program
    """A template asked for what is not there, and the finding about it has been made."""


class _Places(Extension):
    """Writes the template's name and line into every element, before Jinja sees the source."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """See Jinja's `Extension.preprocess`."""
        del filename
        lines = source.split("\n")
        return "\n".join(_TAG.sub(rf'<\1 at="{name}:{number}"', line) for number, line in enumerate(lines, 1))


def render(layout: Layout, context: Mapping[str, Any], filters: Mapping[str, Any], sink: Sink) -> str | None:
    """The XML that the layout's template makes of `context`; None after a finding."""
    environment = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(lambda name: _source(layout, name)),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=[_Places],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(filters)
    environment.globals.update(context)
    try:
        return environment.get_template(layout.template).render()
    except Reported:
        return None
    except TemplateSyntaxError as error:
        sink.error("template-parses", error.message or "this is not a template", _span(error.name, error.lineno))
    except TemplateNotFound as error:
        sink.error("template-exists", f"there is no template `{error.name}`", Span(f"layouts/{layout.template}"))
    except SecurityError as error:
        sink.error("template-safe", str(error), _raised_at(error, layout))
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
        sink.error("template-runs", _plain(error), _raised_at(error, layout))
    return None


def _source(layout: Layout, name: str) -> tuple[str, str, None] | None:
    """A template with its name as its file's name, so that tracebacks tell templates apart."""
    source = layout.templates.get(name)
    return None if source is None else (source, name, None)


def _plain(error: Exception) -> str:
    text = str(error) or type(error).__name__
    return f"the template stopped here: {text}"


def _span(name: str | None, line: int) -> Span:
    return Span(f"layouts/{name}", line)


def _raised_at(error: BaseException, layout: Layout) -> Span:
    """The innermost template line of a traceback; Jinja rewrites the frames of compiled templates."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename in layout.templates:
            return _span(frame.filename, frame.lineno or 0)
    return Span(f"layouts/{layout.template}")
