#!/usr/bin/env python3
"""Writes han.in: which ideographs are another form of which. Usage: src/text/han.py DATA > src/text/han.in

DATA is the folder of OpenCC's dictionaries (https://github.com/BYVoid/OpenCC, Apache-2.0) with TSCharacters.txt,
JPShinjitaiCharacters.txt, TWVariants.txt and HKVariants.txt. A character stands for the simplified one that readers of
mainland China write for it: traditional, Taiwanese, Hongkong and new Japanese forms all become that one.
"""
import sys

folder = sys.argv[1]


def rows(name):
    for line in open(f"{folder}/{name}", encoding="utf-8"):
        line = line.rstrip("\n")
        if line and not line.startswith("#"):
            form, others = line.split("\t")[:2]
            yield form, others.split(" ")


simple = {form: others[0] for form, others in rows("TSCharacters.txt")}
pairs = dict(simple)
for traditional, others in [*rows("TWVariants.txt"), *rows("HKVariants.txt")]:
    for form in others:
        pairs.setdefault(form, simple.get(traditional, traditional))
for form, others in rows("JPShinjitaiCharacters.txt"):
    # Where the new form is a simplified one too, or another word in Chinese, that is what it stays.
    if form not in simple.values():
        pairs.setdefault(form, simple.get(others[0], others[0]))


def last(form, seen=()):
    """The end of the chain that begins with a form."""
    other = pairs.get(form, form)
    return form if other == form or other in seen else last(other, seen + (form,))


written = sorted((form, last(form)) for form in pairs)
written = [(a, b) for a, b in written if a != b and len(a) == len(b) == 1 and 0x3400 <= ord(a) <= 0x9FFF and 0x3400 <= ord(b) <= 0x9FFF]
print('"\\')
line = ""
for a, b in written:
    line += a + b
    if len(line) == 56:
        print(line + "\\")
        line = ""
print(line + '"')
