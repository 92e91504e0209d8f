#!/usr/bin/env python3
# ruff: noqa: E501, T201
"""Validate a TBX file (ISO 30042) against a folder of schema files.

    tbx_validate.py FILE... --schemas DIR [--edition 2019|v4|both|auto] [--lint] [--json]

Layers, in this order (a later layer runs only when the earlier ones allow it):
  1  XML     well-formed, no external entity or DTD is ever loaded
  2  CORE    RELAX NG of the TBX core structure (lxml / libxml2)
  3  MODULE  DCT style only: every foreign-namespace element against its module's RELAX NG
  4  SCH     Schematron (xslt2 binding) of the dialect, compiled here to XSLT 3 and run by Saxon (saxonche)
  5  IDS     duplicate id, dangling internal target (also for targets the core schema types loosely)
  6  LINT    (--lint) warnings: language tags, empty terms, missing part of speech, duplicate langSec, ...
v2 files (root martif) are checked against a v2 DTD or RELAX NG when the folder has one.

Exit status: 0 valid, 1 invalid, 2 could not run (missing schema or dependency).
Dependencies (PyPI): lxml, saxonche.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from xml.sax.saxutils import quoteattr

from lxml import etree

TBX = "urn:iso:std:iso:30042:ed-2"
XML = "http://www.w3.org/XML/1998/namespace"
SCH = "http://purl.oclc.org/dsdl/schematron"
MODULE_NS = {
    "http://www.tbxinfo.net/ns/min": "Min",
    "http://www.tbxinfo.net/ns/basic": "Basic",
    "http://www.tbxinfo.net/ns/linguist": "Linguist",
}
DIALECT_MODULES = {
    "TBX-Core": [],
    "TBX-Min": ["Min"],
    "TBX-Basic": ["Min", "Basic"],
    "TBX-Linguist": ["Min", "Basic", "Linguist"],
}
# role -> file names looked for (recursively), first hit wins: official names, then this project's own
NAMES = {
    "core": ["TBXcoreStructV03.rng", "core_schema.rng", "tbx-core.rng"],
    "core-v4": ["core_schema.rng", "TBXcoreStructV03.rng", "tbx-core.rng"],
    "basic-v4": ["basic_schema.sch", "tbx-basic-v4.sch"],
}
LANG = re.compile(
    r"^[A-Za-z]{2,3}(-[A-Za-z]{3}){0,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?"
    r"(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*(-[0-9A-WY-Za-wy-z](-[A-Za-z0-9]{2,8})+)*"
    r"(-x(-[A-Za-z0-9]{1,8})+)?$"
)


class CannotRun(Exception):
    pass


class Finding(dict):
    def __init__(self, layer, level, message, line=None, where=""):
        super().__init__(layer=layer, level=level, message=" ".join(message.split()), line=line, where=where)

    def __str__(self):
        at = f"line {self['line']}: " if self["line"] else ""
        return f"{self['level'].upper():7} {self['layer']:6} {at}{self['message']}" + (
            f" [{self['where']}]" if self["where"] else ""
        )


def find(folder: Path, names, required=True):
    for name in names:
        hits = sorted(folder.rglob(name), key=lambda p: (len(p.parts), str(p)))
        if hits:
            return hits[0]
    if required:
        raise CannotRun(f"none of {', '.join(names)} under {folder}")
    return None


def parse(path: Path):
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True)
    return etree.parse(str(path), parser)


def local(el):
    return etree.QName(el).localname


def concept_of(el):
    for a in [el, *el.iterancestors()]:
        if isinstance(a.tag, str) and local(a) in ("conceptEntry", "termEntry"):
            return f"{local(a)} id={a.get('id', '?')}"
    return ""


# ---------------------------------------------------------------- schematron
def compile_schematron(path: Path) -> str:
    """Schematron -> XSLT 3 source. Refuses constructs it does not implement, so nothing is skipped silently."""
    root = etree.parse(str(path)).getroot()
    ns = {n.get("prefix"): n.get("uri") for n in root.iter(f"{{{SCH}}}ns")}
    for bad in ("extends", "include", "phase", "let", "param", "diagnostics"):
        if next(root.iter(f"{{{SCH}}}{bad}"), None) is not None:
            raise CannotRun(f"{path.name}: schematron <{bad}> is not supported")
    out = [
        '<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"'
        + "".join(f" xmlns:{p}={quoteattr(u)}" for p, u in ns.items())
        + ">",
        '<xsl:output method="text"/>',
        '<xsl:template name="loc"><xsl:variable name="e" select="if (. instance of element()) then . else .."/>'
        '<xsl:for-each select="$e/ancestor-or-self::*"><xsl:text>/</xsl:text>'
        '<xsl:value-of select="1 + count(preceding-sibling::*)"/></xsl:for-each></xsl:template>',
    ]
    modes = []
    for pi, pattern in enumerate(root.iter(f"{{{SCH}}}pattern")):
        mode = f"p{pi}"
        modes.append(mode)
        rules = [r for r in pattern if r.tag == f"{{{SCH}}}rule"]
        out.append(f'<xsl:mode name="{mode}" on-no-match="shallow-skip"/>')
        for ri, rule in enumerate(rules):  # first matching rule of a pattern wins
            out.append(
                f'<xsl:template match={quoteattr(rule.get("context"))} mode="{mode}" priority="{1000 - ri}">'
            )
            for test in rule:
                if test.tag not in (f"{{{SCH}}}assert", f"{{{SCH}}}report"):
                    continue
                cond = test.get("test")
                cond = f"not({cond})" if test.tag.endswith("assert") else cond
                role = test.get("role") or rule.get("role") or "error"
                text = " ".join("".join(test.itertext()).split()) or f"failed: {test.get('test')}"
                out.append(
                    f"<xsl:if test={quoteattr(cond)}><xsl:text>{etree_escape(role)}&#9;</xsl:text>"
                    f'<xsl:call-template name="loc"/><xsl:text>&#9;{etree_escape(text)}&#10;</xsl:text></xsl:if>'
                )
            out.append(f'<xsl:apply-templates select="@*|node()" mode="{mode}"/></xsl:template>')
    out.append(
        '<xsl:template match="/">'
        + "".join(f'<xsl:apply-templates select="." mode="{m}"/>' for m in modes)
        + "</xsl:template></xsl:stylesheet>"
    )
    return "\n".join(out)


def etree_escape(s):
    return s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_PROC = None


def run_schematron(sch: Path, doc):
    global _PROC
    try:
        import saxonche
    except ImportError as exc:  # pragma: no cover
        raise CannotRun("saxonche is needed for Schematron (pip install saxonche)") from exc
    if _PROC is None:
        _PROC = saxonche.PySaxonProcessor(license=False)
    xslt = _PROC.new_xslt30_processor()
    exe = xslt.compile_stylesheet(stylesheet_text=compile_schematron(sch))
    if exe is None:
        raise CannotRun(f"{sch.name}: {xslt.error_message}")
    # hand Saxon a re-serialised tree: no DOCTYPE, no entities
    text = etree.tostring(doc.getroot(), encoding="unicode", with_tail=False)
    exe.set_global_context_item(xdm_item=_PROC.parse_xml(xml_text=text))
    result = exe.apply_templates_returning_string(xdm_value=_PROC.parse_xml(xml_text=text))
    if result is None:
        raise CannotRun(f"{sch.name}: {exe.error_message}")
    for row in result.splitlines():
        if row.count("\t") < 2:
            continue
        role, loc, text = row.split("\t", 2)
        el = doc.getroot()
        for step in loc.strip("/").split("/")[1:]:
            el = [c for c in el if isinstance(c.tag, str)][int(step) - 1]
        level = "info" if role in ("info", "information") else "warning" if role.startswith("warn") else "error"
        yield Finding("SCH", level, f"{text} ({sch.name})", el.sourceline, concept_of(el))


# ---------------------------------------------------------------- layers
def relaxng(path: Path, node, layer, shift=0, where=""):
    rng = etree.RelaxNG(etree.parse(str(path)))
    if rng.validate(node):
        return
    for e in rng.error_log:
        yield Finding(layer, "error", f"{e.message} ({path.name})", (e.line or 0) + shift or None, where)


def modules(folder, doc):
    cache = {}
    for el in doc.getroot().iter():
        if not isinstance(el.tag, str):
            continue
        ns = etree.QName(el).namespace
        if ns == TBX:
            continue
        name = MODULE_NS.get(ns or "")
        if not name:
            yield Finding(
                "MODULE",
                "error",
                f"element {el.tag} is in no known TBX module",
                el.sourceline,
                concept_of(el),
            )
            continue
        if name not in cache:
            cache[name] = etree.RelaxNG(etree.parse(str(find(folder, [f"{name}.rng", f"tbx-{name.lower()}.rng"]))))
        copy = etree.fromstring(etree.tostring(el, with_tail=False))
        for core in list(copy.iter(f"{{{TBX}}}*")):  # core inline markup inside is the core schema's business
            core.getparent().remove(core)
        cache[name].validate(copy)
        # an element cut out of its document cannot resolve its IDREF; layer IDS does that on the whole file
        errors = [e.message for e in cache[name].error_log if "IDREF attribute" not in e.message]
        if errors:
            yield Finding(
                "MODULE", "error", f"{local(el)}: {errors[0]} ({name}.rng)", el.sourceline, concept_of(el)
            )


def ids(doc):
    seen = {}
    targets = []
    for el in doc.getroot().iter():
        if not isinstance(el.tag, str):
            continue
        i = el.get("id")
        if i is not None:
            if i in seen:
                yield Finding(
                    "IDS", "error", f"id {i!r} already used at line {seen[i]}", el.sourceline, concept_of(el)
                )
            seen.setdefault(i, el.sourceline)
        t = el.get("target")
        if t is not None and not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", t):
            targets.append((t, el))
    for t, el in targets:
        if t not in seen:
            yield Finding("IDS", "error", f"target {t!r} names no id in this file", el.sourceline, concept_of(el))


def lint(doc, v2=False):
    lang_el, term_el = ("langSet", "term") if v2 else ("langSec", "term")
    root = doc.getroot()
    enc = (doc.docinfo.encoding or "UTF-8").upper()
    if enc not in ("UTF-8", "UTF-16"):
        yield Finding("LINT", "warning", f"encoding {enc}: UTF-8 or UTF-16 expected")
    for el in root.iter():
        if not isinstance(el.tag, str):
            continue
        tag = local(el)
        lang = el.get(f"{{{XML}}}lang")
        if lang is not None and not LANG.match(lang):
            yield Finding(
                "LINT", "warning", f"{lang!r} is not a well-formed BCP 47 tag", el.sourceline, concept_of(el)
            )
        if tag == term_el and not "".join(el.itertext()).strip():
            yield Finding("LINT", "warning", "empty term", el.sourceline, concept_of(el))
        if tag in ("conceptEntry", "termEntry"):
            langs = [c.get(f"{{{XML}}}lang") for c in el if isinstance(c.tag, str) and local(c) == lang_el]
            for dup in sorted({x for x in langs if langs.count(x) > 1}, key=str):
                yield Finding(
                    "LINT",
                    "warning",
                    f"{langs.count(dup)} language sections for {dup!r}",
                    el.sourceline,
                    concept_of(el),
                )
            if not el.get("id"):
                yield Finding("LINT", "warning", "concept without id", el.sourceline)
        if tag in ("termSec", "tig"):
            kids = [c for c in el if isinstance(c.tag, str)]
            if not any(c.get("type") == "partOfSpeech" or local(c) == "partOfSpeech" for c in kids):
                yield Finding(
                    "LINT",
                    "warning",
                    "no partOfSpeech (TBX-Basic V4 wants one for automated use)",
                    el.sourceline,
                    concept_of(el),
                )


def check(path: Path, folder: Path, edition: str, want_lint: bool):
    """Returns (kind, findings)."""
    found: list[Finding] = []
    try:
        doc = parse(path)
    except etree.XMLSyntaxError as exc:
        return "not XML", [Finding("XML", "error", str(exc), exc.lineno)]
    root = doc.getroot()
    ns, tag = etree.QName(root).namespace, local(root)

    if tag == "martif" and not ns:
        kind = f"TBX v2 (martif) type={root.get('type')}"
        basic = root.get("type") == "TBX-Basic"
        default_dtd = find(folder, ["TBXcoreStructV02.dtd"], False)
        dtd = default_dtd if not basic and default_dtd else find(folder, ["TBXBasiccoreStructV02.dtd"], False)
        rng = find(folder, ["TBXBasicRNGV02.rng", "tbx-v2-basic.rng"], False)
        if dtd is None and rng is None:
            raise CannotRun("no TBX v2 DTD or RELAX NG in the schema folder")
        wide = next((e for e in root.iter("ntig", "adminGrp", "termCompList", "termNoteGrp") if True), None)
        if dtd is not None and not basic and wide is not None and dtd is not default_dtd:
            found.append(
                Finding(
                    "CORE",
                    "info",
                    f"TBX-Default element <{wide.tag}>: no TBX-Default DTD here, structure not checked",
                    wide.sourceline,
                )
            )
        elif dtd is not None:
            d = etree.DTD(str(dtd))
            if not d.validate(etree.fromstring(etree.tostring(root, with_tail=False))):
                found += [Finding("CORE", "error", f"{e.message} ({dtd.name})", e.line) for e in d.error_log]
        if rng is not None and basic:
            found += relaxng(rng, doc, "CORE")
        found += ids(doc)
        if want_lint:
            found += lint(doc, True)
        return kind, found

    if ns != TBX or tag != "tbx":
        return f"root {root.tag}", [
            Finding(
                "CORE",
                "error",
                f"root {root.tag!r} is neither a TBX v3 <tbx> nor a v2 <martif>",
                root.sourceline,
            )
        ]

    dialect, style = root.get("type"), (root.get("style") or "").lower()
    if edition == "auto":  # a V4 file says so by using V4-only picklist values or the usageStatus category
        v4 = root.xpath(
            "boolean(//t:termNote[@type='usageStatus'] | //t:transac[.='creation'])", namespaces={"t": TBX}
        )
        edition = "v4" if v4 and dialect == "TBX-Basic" and style == "dca" else "2019"
    kind = f"TBX v3 type={dialect} style={style} edition={edition}"
    core = find(folder, NAMES["core-v4" if edition == "v4" else "core"])
    found += relaxng(core, doc, "CORE")
    if style == "dct":
        found += modules(folder, doc)
    sch: list[Path] = []
    if dialect not in DIALECT_MODULES:
        found.append(Finding("SCH", "error", f"dialect {dialect!r} has no schema here"))
    elif dialect == "TBX-Core":
        s = find(folder, ["TBX-Core.sch", "tbx-core.sch"], False)
        sch += [s] if s else []
    else:
        if edition in ("2019", "both"):
            if style == "dca":
                sch.append(find(folder, [f"{dialect}_DCA.sch", f"{dialect.lower()}-dca.sch"]))
            else:
                sch.append(find(folder, [f"{dialect}_DCT.sch", f"{dialect.lower()}-dct.sch"]))
                for m in DIALECT_MODULES[dialect]:
                    sch.append(find(folder, [f"{m}.sch", f"tbx-{m.lower()}.sch"]))
        if edition in ("v4", "both"):
            if dialect != "TBX-Basic" or style != "dca":
                found.append(Finding("SCH", "error", "edition v4 exists only for TBX-Basic in DCA style"))
            else:
                sch.append(find(folder, NAMES["basic-v4"]))
    for s in sch:
        found += run_schematron(s, doc)
    found += ids(doc)
    if want_lint:
        found += lint(doc)
    return kind, found


def main(argv=None):
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("file", nargs="+", type=Path)
    ap.add_argument("--schemas", required=True, type=Path)
    ap.add_argument(
        "--edition",
        choices=["auto", "2019", "v4", "both"],
        default="auto",
        help="2019: LTAC dialect 1.2.1; v4: TerminOrgs TBX-Basic Version 4 (2025); auto: look at the file",
    )
    ap.add_argument("--lint", action="store_true", help="add warnings that no schema states")
    ap.add_argument("--json", action="store_true")
    ap.add_argument("--max", type=int, default=50, help="findings printed a file")
    a = ap.parse_args(argv)
    worst = 0
    report = []
    for f in a.file:
        try:
            kind, found = check(f, a.schemas, a.edition, a.lint)
        except (CannotRun, OSError) as exc:
            print(f"CANNOT RUN {f}: {exc}", file=sys.stderr)
            worst = 2
            continue
        errors = [x for x in found if x["level"] == "error"]
        report.append({"file": str(f), "kind": kind, "valid": not errors, "findings": found})
        if not a.json:
            print(
                f"{'INVALID' if errors else 'VALID  '} {f}  ({kind}; {len(errors)} errors, {len(found) - len(errors)} other)"
            )
            for x in found[: a.max]:
                print("   ", x)
            if a.max and len(found) > a.max:
                print(f"    ... and {len(found) - a.max} more")
        if errors and worst == 0:
            worst = 1
    if a.json:
        json.dump(report, sys.stdout, ensure_ascii=False, indent=1)
        print()
    return worst


if __name__ == "__main__":
    sys.exit(main())
