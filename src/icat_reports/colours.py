"""In: colours as six hexadecimal figures. Out: what reads well upon them, and what lies between two."""

from __future__ import annotations

from icat_reports.theme import Theme

_READABLE = 4.5
"""Contrast that words need (WCAG 2.2, 1.4.3)."""
_TINTS = 1.6
"""Power of a value's share that is the share of the tint: above 1, so that middle values stay light under dark words."""


def readable_on(background: str, theme: Theme) -> str:
    """White, the text's colour or black: the first that reads well upon `background` (WCAG 2.2, 1.4.3)."""
    inks = ("FFFFFF", theme.colour("text"), "000000")
    ratios = {ink: _ratio(ink, background) for ink in inks}
    good = (ink for ink, ratio in ratios.items() if ratio >= _READABLE)
    return next(good, max(inks, key=lambda ink: ratios[ink]))


def tint(theme: Theme, share: float) -> str:
    """The accent for a value that is `share` of the greatest, from light to full."""
    return mix(theme.colour("accent-light"), theme.colour("accent"), share**_TINTS)


def mix(light: str, dark: str, share: float) -> str:
    """A colour between two, `share` of the way from `light` to `dark`."""
    pairs = ((int(light[i : i + 2], 16), int(dark[i : i + 2], 16)) for i in (0, 2, 4))
    return "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def _ratio(a: str, b: str) -> float:
    """Contrast of two colours, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    light, dark = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    linear = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)  # noqa: PLR2004
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
