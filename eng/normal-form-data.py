#!/usr/bin/env python3
"""Writes the tables behind NormalForm.cs from this Python's Unicode data.

Usage: eng/normal-form-data.py > lib/FairShare.Core/Identifiers/NormalFormData.cs
"""
import textwrap
import unicodedata

HANGUL = range(0xAC00, 0xD7A4)


def ranges(value_of):
    """Runs of code points with the same value, those of no value left out."""
    runs = []
    for code in range(0x110000):
        value = value_of(code)
        if value is None:
            continue
        if runs and runs[-1][1] == code - 1 and runs[-1][2] == value:
            runs[-1][1] = code
        else:
            runs.append([code, code, value])
    return runs


def replaced(code):
    """The code points that stand for a character that never occurs in normalisation form C; None for all others."""
    character = chr(code)
    if 0xD800 <= code < 0xE000:
        return None
    composed = unicodedata.normalize("NFC", character)
    return None if composed == character else composed


def replacements():
    for code in range(0x110000):
        if replaced(code) is not None:
            yield ":".join(f"{point:X}" for point in [code, *map(ord, replaced(code))])


def combining(code):
    return unicodedata.combining(chr(code)) or None


def pairs():
    for code in range(0x110000):
        if 0xD800 <= code < 0xE000 or code in HANGUL or replaced(code) is not None:
            continue
        parts = unicodedata.decomposition(chr(code))
        if parts and not parts.startswith("<"):
            first, second = parts.split()
            yield f"{code:X}:{int(first, 16):X}:{int(second, 16):X}"


def literal(name, summary, words):
    lines = textwrap.wrap(" ".join(words), 130, break_long_words=False, break_on_hyphens=False)
    body = "\n".join(f"        {line}" for line in lines)
    return f'    /// <summary>{summary}</summary>\n    public const string {name} = """\n{body}\n        """;\n'


print("namespace FairShare.Core.Identifiers;\n")
print(f"/// <summary>Unicode {unicodedata.unidata_version}; written by eng/normal-form-data.py.</summary>")
print("internal static class NormalFormData\n{")
print(literal("Replaced", "Characters that never occur in normalisation form C, each with what stands for it: <c>character:part:…</c>.",
              replacements()))
print(literal("Combining", "Ranges <c>first-last:class</c> of characters with a combining class.",
              [f"{a:X}-{b:X}:{c}" for a, b, c in ranges(combining)]))
print(literal("Composites", "Composites <c>whole:first:second</c>, Hangul syllables left out.", pairs()).rstrip())
print("}")
