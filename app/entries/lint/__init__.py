"""The linter: what a terminologist would remark on a text, found by 45 small checks.

    finding.py       what a check says: where, how serious, with which parameters
    catalogue.py     every check by its id, and how one is added
    reading.py       a content as the checks read it, with what surrounds it in the compendium
    collection.py    surroundings in memory: a folder, or any set of entries
    running.py       all findings about a content
    checks/          the checks themselves, one module a subject
    grammar/         what several checks know of texts: heads, genders, sentences, quantities, terms in a text
    lists/           words, one list a file and language; lists.py reads them

All of it is pure. A check is judged by its examples in tests/entries/lint/examples.
"""
