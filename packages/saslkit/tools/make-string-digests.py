#!/usr/bin/env python3
"""Makes test/vectors/string-digests.json: what Python says of every code point and of many sequences.

    python3 tools/make-string-digests.py > test/vectors/string-digests.json

SASLprep: the standard library's stringprep and unicodedata.ucd_3_2_0. Their normalization serves for single code points,
but it orders and composes marks that were unassigned in Unicode 3.2, so sequences go through an NFKC written here from
Unicode's definitions (The Unicode Standard 3.11; corrigendum 5 applied) over the properties of Unicode 3.2.

PRECIS: the package precis_i18n (Debian: python3-precis-i18n), over the Unicode version of this Python. Code points that
this version does not know, and those in CHANGED, are left out.

The digests are the first 16 hex digits of SHA-256 over the outcomes of a block, each with a line feed after it. An outcome
is "=" and the prepared string, or "!" and the rule (PRECIS: "!" alone).
"""
import hashlib
import json
import stringprep
import sys
import unicodedata
from unicodedata import ucd_3_2_0 as old

from precis_i18n import get_profile

BLOCK = 4096
LIMIT = 0x110000


def digest(outcomes):
    text = ''.join(outcome + '\n' for outcome in outcomes)
    return hashlib.sha256(text.encode('utf-8')).hexdigest()[:16]


# SASLprep


PROHIBITED = [stringprep.in_table_c12, stringprep.in_table_c21_c22, stringprep.in_table_c3, stringprep.in_table_c4,
              stringprep.in_table_c5, stringprep.in_table_c6, stringprep.in_table_c7, stringprep.in_table_c8,
              stringprep.in_table_c9]


def saslprep(text, form, normalize):
    mapped = ''.join(' ' if stringprep.in_table_c12(c) else c for c in text)
    mapped = ''.join(c for c in mapped if not stringprep.in_table_b1(c))
    if form == 'stored' and any(map(stringprep.in_table_a1, mapped)):
        return '!unassigned'
    if any(map(stringprep.in_table_c5, mapped)):
        return '!prohibited'
    prepared = normalize(mapped)
    if any(prohibits(c) for c in prepared for prohibits in PROHIBITED):
        return '!prohibited'
    right = [stringprep.in_table_d1(c) for c in prepared]
    if any(right) and (any(map(stringprep.in_table_d2, prepared)) or not right[0] or not right[-1]):
        return '!bidi'
    return '=' + prepared


def own_nfkc():
    """NFKC over Unicode 3.2, from the definitions."""
    decompositions, pairs = {}, {}
    for code_point in range(LIMIT):
        c = chr(code_point)
        # The decomposition field misses corrigendum 4, which the normalization of ucd_3_2_0 undoes.
        corrected = c in '\U0002f868\U0002f874\U0002f91f\U0002f95f\U0002f9bf'
        fields = [f'{ord(old.normalize("NFD", c)):X}'] if corrected else old.decomposition(c).split()
        if not fields:
            continue
        parts = ''.join(chr(int(f, 16)) for f in fields if f[0] != '<')
        decompositions[c] = parts
        # A composition exclusion is what NFC does not leave alone.
        if fields[0][0] != '<' and len(parts) == 2 and old.normalize('NFC', c) == c:
            pairs[parts] = c

    def decompose(c):
        if '\uac00' <= c <= '\ud7a3':
            index = ord(c) - 0xac00
            tail = index % 28
            return chr(0x1100 + index // 588) + chr(0x1161 + index % 588 // 28) + (chr(0x11a7 + tail) if tail else '')
        return ''.join(map(decompose, decompositions[c])) if c in decompositions else c

    def combining(c):
        return 0 if old.category(c) == 'Cn' else old.combining(c)

    def pair(a, b):
        if '\u1100' <= a <= '\u1112' and '\u1161' <= b <= '\u1175':
            return chr(0xac00 + (ord(a) - 0x1100) * 588 + (ord(b) - 0x1161) * 28)
        if '\uac00' <= a <= '\ud7a3' and (ord(a) - 0xac00) % 28 == 0 and '\u11a8' <= b <= '\u11c2':
            return chr(ord(a) + ord(b) - 0x11a7)
        return pairs.get(a + b)

    def normalize(text):
        ordered, run = [], []
        for c in ''.join(map(decompose, text)):
            if combining(c) == 0:
                ordered += sorted(run, key=combining) + [c]
                run = []
            else:
                run.append(c)
        ordered += sorted(run, key=combining)
        output, starter, last = [], None, 0
        for c in ordered:
            composed = None
            # Not blocked: the character before is the starter, or has a lower class, and not 0.
            if starter is not None and (starter == len(output) - 1 or 0 < last < combining(c)):
                composed = pair(output[starter], c)
            if composed:
                output[starter] = composed
                continue
            if combining(c) == 0:
                starter = len(output)
            last = combining(c)
            output.append(c)
        return ''.join(output)

    return normalize


def saslprep_code_points():
    def normalize(text):
        return old.normalize('NFKC', text)

    contexts = [('', '', 'stored'), ('', '', 'query'), ('a', 'b', 'query'), ('\u0627', '\u0628', 'query')]
    return [digest(saslprep(before + chr(c) + after, form, normalize)
                   for c in range(block, block + BLOCK) for before, after, form in contexts)
            for block in range(0, LIMIT, BLOCK)]


# Sequences. The generator stands once more in test/strings/sequences.ts.


def ranges(text):
    return [tuple(int(end, 16) for end in part.split('-')) for part in text.split()]


SASLPREP_POOLS = [ranges(text) for text in [
    '61-7a 41-5a c0-17f 300-345 1e00-1ef9',  # Latin and its marks
    '1100-1112 1161-1175 11a8-11c2 ac00-ac40 300-314',  # Hangul
    '5d0-5ea 591-5c4 fb1d-fb4e 30-39',  # Hebrew
    '621-655 670-6d3 fb50-fbb1 fdf0-fdfb 660-669',  # Arabic
    '905-94d 985-9d7 b05-b57 b85-bd7 c95-cd6 d05-d57 d85-ddf',  # Indic
    '1000-1059 f40-fbc 3041-309e 30a1-30fe ff66-ff9f',  # Myanmar, Tibetan, Kana
    '1f00-1fff 391-3ff 400-4ff 483-486',  # Greek, Cyrillic
    'fb00-fb17 ff01-ff65 2100-2183 2460-24ea 3300-33fe a0-bf 2000-205f',  # compatibility characters
    '2f800-2fa1d f900-fa6a 1d15e-1d1dd 1d400-1d7ff',  # ideographs, musical and mathematical symbols
    '1b00-1b4f 1dc0-1dff 221-236 350-36f 1e8d0-1e94a 1f600-1f640 61-7a 300-320',  # unassigned in 3.2
    '300-320 591-5af 610-61a 6d6-6ed 3099-309a 302a-302f f71-f87 94d-94d 5b0-5b9',  # marks alone
    '0-7f ad-ad 200b-200f fe00-fe0f feff-feff e000-e010 fff9-fffd',  # mapped and prohibited
    '0-ffff 10000-10ffff',
]]

PRECIS_POOLS = [ranges(text) for text in [
    '61-7a 41-5a c0-17f 300-345 1e00-1ef9',
    '1100-1112 1161-1175 11a8-11c2 ac00-ac40',
    '5d0-5ea 591-5c4 5f3-5f4 30-39 2e-2e 27-27',
    '621-655 6fa-6ff 660-669 6f0-6f9 200c-200d 620-64a',
    '905-94d 985-9cd b05-b4d 200c-200d 94d-94d 915-939',
    '712-72f 7ca-7ea 840-855 8a0-8b4 200c-200c 64b-655',  # cursive scripts
    '1820-1842 1887-18aa a840-a872 200c-200c 300-310',  # left-joining ones
    '1f00-1fff 391-3ff 375-375 400-4ff',
    '3041-309e 30a1-30fe ff66-ff9f 4e00-4e20 30fb-30fb',
    'ff01-ff65 2100-2183 2460-24ea a0-bf 2000-205f 3000-3000 b7-b7 6c-6c',
    '10800-10855 10a00-10a35 1e900-1e94b 1ee00-1ee3b 30-39',  # right-to-left beyond the BMP
    '391-3c9 3a3-3a3 27-27 300-304',  # final sigma
    '0-ffff 10000-10ffff',
]]


class Random:
    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 1664525 + 1013904223) % 2**32
        return (self.state >> 8) % limit


def sequences(pools, seed, count):
    random = Random(seed)
    for _ in range(count):
        chosen = [pools[random.below(len(pools))]]
        if random.below(2):
            chosen.append(pools[random.below(len(pools))])
        text = ''
        for _ in range(1 + random.below(10)):
            pool = chosen[random.below(len(chosen))]
            first, last = pool[random.below(len(pool))]
            code_point = first + random.below(last - first + 1)
            text += chr(0x41 if 0xd800 <= code_point <= 0xdfff else code_point)
        yield text


SEQUENCES, SEQUENCE_BLOCK = 60000, 2000


def in_blocks(outcomes):
    outcomes = list(outcomes)
    return [digest(outcomes[at:at + SEQUENCE_BLOCK]) for at in range(0, len(outcomes), SEQUENCE_BLOCK)]


def saslprep_sequences():
    normalize = own_nfkc()
    return in_blocks(saslprep(text, form, normalize) for text in sequences(SASLPREP_POOLS, 4013, SEQUENCES)
                     for form in ('stored', 'query'))


# PRECIS


PROFILES = [get_profile(name) for name in ('UsernameCaseMapped', 'UsernameCasePreserved', 'OpaqueString')]

# Assigned by Unicode 14, and changed by a later version.
CHANGED = {0x1171e}  # no longer a nonspacing mark

KNOWN = [c for c in range(LIMIT) if c not in CHANGED and
         (unicodedata.category(chr(c)) != 'Cn' or c & 0xfffe == 0xfffe or 0xfdd0 <= c <= 0xfdef)]


def precis(text, profile):
    try:
        return '=' + profile.enforce(text)
    except UnicodeEncodeError:
        return '!'


def precis_code_points():
    # The last four tell all classes of the Bidi Rule apart.
    contexts = [('', '', 0), ('', '', 2), ('\u0628.', '', 1), ('', '\u0628', 1), ('\u0628', '1', 1), ('\u0628', '', 1)]
    known = set(KNOWN)
    return [digest(precis(before + chr(c) + after, PROFILES[profile])
                   for c in range(block, block + BLOCK) if c in known and not 0xd800 <= c <= 0xdfff
                   for before, after, profile in contexts)
            for block in range(0, LIMIT, BLOCK)]


def precis_sequences():
    known = set(KNOWN)
    return in_blocks(precis(text, profile) for text in sequences(PRECIS_POOLS, 8265, SEQUENCES)
                     if all(ord(c) in known for c in text) and not halfwidth_hangul(text) for profile in PROFILES)


def halfwidth_hangul(text):
    """precis_i18n takes these through NFKC, so that syllables arise; RFC 8265 asks for one step of decomposition."""
    return any('\uffa0' <= c <= '\uffdc' for c in text)


def known_ranges():
    found = []
    for c in KNOWN:
        if found and found[-1][1] == c - 1:
            found[-1][1] = c
        else:
            found.append([c, c])
    return ' '.join(f'{first:x}' if first == last else f'{first:x}-{last:x}' for first, last in found)


if __name__ == '__main__':
    json.dump({
        'source': f'tools/make-string-digests.py, Python {sys.version.split()[0]}, Unicode {unicodedata.unidata_version}',
        'saslprep': {'codePoints': saslprep_code_points(), 'sequences': saslprep_sequences()},
        'precis': {'known': known_ranges(), 'codePoints': precis_code_points(), 'sequences': precis_sequences()},
    }, sys.stdout, indent=1)
    print()
