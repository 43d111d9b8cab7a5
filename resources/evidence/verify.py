#!/usr/bin/env python3
"""Checks a Docket evidence pack (docket-evidence-pack/2). Python 3.8 or later, nothing else.

  python3 verify.py PACK.zip|FOLDER [--key FINGERPRINT] [--source FILE]... [--json]

FINGERPRINT is the SHA-256 of the officer's raw public key, had from outside the pack; without it the pack
can only be shown to agree with itself. FILE is an original export, had from outside the pack: it has to be one
of the pack's source files, and excerpts in the pack have to be its bytes.
Exit: 0 all checks hold, 1 something does not, 2 wrong usage.

One file on purpose: whoever receives a pack can read it from top to bottom and carry it alone.
"""
import bisect
import base64
import hashlib
import io
import json
import os
import re
import struct
import sys
import zipfile
import zlib

FORMAT = 'docket-evidence-pack/2'
DECLARATION = b'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'
SEAL = b'docket-pack/1 sha256='
TAG_FILES = ('bagit.txt', 'bag-info.txt', 'manifest-sha256.txt')
TOP_FILES = TAG_FILES + ('tagmanifest-sha256.txt', 'signature.bin', 'signature.json', 'root.tsq')
PAYLOAD_FILES = (
    'data/README.txt', 'data/messages.ndjson', 'data/attachments.json', 'data/viewer.html', 'data/verify.py',
    'data/case.json', 'data/sources.json', 'data/proofs.json', 'data/completeness.json', 'data/completeness.html',
    'data/decisions.json', 'data/duties.json', 'data/proceedings.json', 'data/custody.json', 'data/audit.json',
    'data/public-key.pem')
PAGES, FILING = 'data/pages.ndjson', 'data/filing.html'
MEDIA, MEDIA_STATES = 'data/attachments.json', ('included', 'missing', 'withheld', 'quarantined', 'not-chosen')
TABLE, VIEWER = 'data/messages.csv', 'data/viewer.html'
ORIGINALS, ORIGINALS_FOLDER = 'data/originals.json', 'data/originals/'
VIEWED = {'data/%s.json' % name for name in (
    'case', 'completeness', 'sources', 'proofs', 'decisions', 'custody', 'attachments', 'audit')}
PARTS = ('attachments', 'carried', 'envelope', 'extra', 'place', 'sender', 'text', 'time')
RECORD = {'attachments', 'carried', 'conversation', 'editedAtText', 'extra', 'forwarded', 'instant', 'kind',
          'platformId', 'refersTo', 'sender', 'senderName', 'sentAtText', 'text', 'wallTime'}
HEX = re.compile('[0-9a-f]{64}')
NAME = re.compile(r'[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*')


def sha(data):
    return hashlib.sha256(data.encode('utf-8') if isinstance(data, str) else data).hexdigest()


# --- canonical JSON (RFC 8785) -------------------------------------------------------------------------

def number(value):
    """A number as ECMAScript writes it (RFC 8785 section 3.2.2.3)."""
    if isinstance(value, int) and abs(value) <= 2 ** 53:
        return str(value)
    value = float(value)
    if value == 0:
        return '0'
    sign, text = ('-', repr(-value)) if value < 0 else ('', repr(value))
    mantissa, _, exponent = text.partition('e')
    whole, _, fraction = mantissa.partition('.')
    digits = (whole + fraction).lstrip('0')
    point = len(whole) + int(exponent or 0) - (len(whole + fraction) - len(digits))
    digits = digits.rstrip('0')
    count = len(digits)
    if count <= point <= 21:
        return sign + digits + '0' * (point - count)
    if 0 < point <= 21:
        return sign + digits[:point] + '.' + digits[point:]
    if -6 < point <= 0:
        return sign + '0.' + '0' * -point + digits
    power = point - 1
    tail = ('.' + digits[1:]) if count > 1 else ''
    return '%s%s%se%s%d' % (sign, digits[0], tail, '+' if power >= 0 else '-', abs(power))


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


def canonical(value):
    if value is None or value is True or value is False:
        return {None: 'null', True: 'true', False: 'false'}[value]
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, (int, float)):
        return number(value)
    if isinstance(value, list):
        return '[' + ','.join(canonical(item) for item in value) + ']'
    names = sorted(value, key=lambda name: name.encode('utf-16-be'))
    return '{' + ','.join(quoted(name) + ':' + canonical(value[name]) for name in names) + '}'


# --- Ed25519 (RFC 8032 section 5.1), verification only --------------------------------------------------

P = 2 ** 255 - 19
L = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def decompress(data):
    y = int.from_bytes(data, 'little')
    sign, y = y >> 255, y & (2 ** 255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x, y


def extended(point):
    return point[0], point[1], 1, point[0] * point[1] % P


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(scalar, point):
    total = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            total = add(total, point)
        point = add(point, point)
        scalar >>= 1
    return total


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = extended(decompress(BASE_Y.to_bytes(32, 'little')))


def ed25519(key, message, signature):
    """Whether `signature` (64 bytes) is that of `message` by the raw public key (32 bytes)."""
    if len(key) != 32 or len(signature) != 64:
        return False
    a, r = decompress(key), decompress(signature[:32])
    s = int.from_bytes(signature[32:], 'little')
    if a is None or r is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), 'little') % L
    left, right = times(s, BASE), add(extended(r), times(h, extended(a)))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


def raw_key(pem):
    body = re.fullmatch(r'-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/=\n]+)-----END PUBLIC KEY-----\n', pem)
    der = base64.b64decode(body.group(1)) if body else b''
    if len(der) != 44 or der[:12] != bytes.fromhex('302a300506032b6570032100'):
        raise ValueError('no Ed25519 public key')
    return der[12:]


# --- Merkle trees (RFC 9162 section 2.1) ---------------------------------------------------------------

def leaf(data):
    return hashlib.sha256(b'\x00' + data).digest()


def node(left, right):
    return hashlib.sha256(b'\x01' + left + right).digest()


def root_from(size, indices, leaves, nodes):
    """The root that follows from leaves at ascending indices and the roots of all other subtrees, or None."""
    if size < 1 or len(indices) != len(leaves):
        return None
    given, taken = iter(nodes), [0]

    def walk(start, end):
        at = taken[0]
        if at == len(indices) or not start <= indices[at] < end:
            return next(given)
        if end - start == 1:
            taken[0] += 1
            return leaves[at]
        half = 1
        while half * 2 < end - start:
            half *= 2
        left = walk(start, start + half)
        return node(left, walk(start + half, end))

    try:
        root = walk(0, size)
    except StopIteration:
        return None
    return root.hex() if next(given, None) is None and taken[0] == len(indices) else None


# --- the report ------------------------------------------------------------------------------------------

class Report:
    NAMES = ('container', 'declaration', 'tag-manifest', 'signature', 'key', 'manifest', 'bag-info', 'messages',
             'proofs', 'attachments', 'exhibits', 'completeness', 'sources', 'decisions', 'custody', 'audit', 'pages',
             'copies', 'originals')

    def __init__(self):
        self.details, self.failed, self.failures = {}, set(), []

    def fail(self, check, file, reason, entry=None):
        self.failed.add(check)
        finding = {key: value for key, value in (('file', file), ('entry', entry), ('reason', reason)) if value}
        if finding not in self.failures and len(self.failures) < 1000:
            self.failures.append(finding)

    def done(self, check, detail):
        self.details[check] = detail

    def result(self):
        checks = [{'name': name, 'ok': name in self.details and name not in self.failed,
                   'detail': self.details.get(name, 'not checked')} for name in self.NAMES]
        return {'ok': all(check['ok'] for check in checks) and not self.failures, 'checks': checks,
                'failures': self.failures}


# --- the container --------------------------------------------------------------------------------------

class Damaged(Exception):
    pass


class Archive:
    """A zip file, read strictly: what two readers could see differently is refused."""

    def __init__(self, path, report):
        self.name, self.report = os.path.basename(path), report
        self.file = open(path, 'rb')
        try:
            self.zip = zipfile.ZipFile(self.file)
        except (zipfile.BadZipFile, zlib.error, struct.error, ValueError, OverflowError, NotImplementedError) as error:
            raise Damaged('not-a-zip: %s' % error)
        self.infos = self.zip.infolist()
        self.check()

    def check(self):
        fail = lambda reason, name=None: self.report.fail('container', name or self.name, reason)
        size = os.fstat(self.file.fileno()).st_size
        comment = self.zip.comment
        self.sealed = comment.startswith(SEAL) and len(comment) == len(SEAL) + 64
        if self.sealed:
            self.file.seek(0)
            digest, left = hashlib.sha256(), size - 64
            while left:
                chunk = self.file.read(min(left, 1 << 20))
                digest.update(chunk)
                left -= len(chunk)
            if digest.hexdigest().encode() != comment[-64:]:
                fail('seal-differs')
        elif comment:
            fail('comment-unknown')
        seen, end = set(), 0
        for info in sorted(self.infos, key=lambda info: info.header_offset):
            name = info.orig_filename
            if not NAME.fullmatch(name) or '..' in name.split('/') or '.' in name.split('/'):
                fail('name-not-allowed', name)
            if name.lower() in seen:
                fail('duplicate', name)
            seen.add(name.lower())
            if info.compress_type not in (0, 8) or info.flag_bits & 0x2061:
                fail('method-not-allowed', name)
            if (info.external_attr >> 16) & 0o170000 not in (0, 0o100000):
                fail('not-a-file', name)
            self.file.seek(info.header_offset)
            head = self.file.read(30)
            if len(head) < 30 or head[:4] != b'PK\x03\x04':
                fail('header-differs', name)
                continue
            flags, method, names, extra = (struct.unpack_from('<H', head, at)[0] for at in (6, 8, 26, 28))
            if info.header_offset != end:
                fail('bytes-between-entries', name)
            if (flags & 0x2068) != (info.flag_bits & 0x2068) or method != info.compress_type or \
                    self.file.read(names) != name.encode():
                fail('header-differs', name)
            end = info.header_offset + 30 + names + extra + info.compress_size
            if info.flag_bits & 8:
                self.file.seek(end)
                end += 16 if self.file.read(4) == b'PK\x07\x08' else 12
        if end != self.zip.start_dir:
            fail('bytes-between-entries')

    def names(self):
        return [info.orig_filename for info in self.infos]

    def chunks(self, name):
        info = next(info for info in self.infos if info.orig_filename == name)
        left = info.file_size
        if left > (512 << 20) and left > 200 * max(1, info.compress_size):
            raise Damaged('inflates-too-far')
        try:
            with self.zip.open(info) as stream:
                while True:
                    chunk = stream.read(1 << 20)
                    if not chunk:
                        break
                    left -= len(chunk)
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):
            raise Damaged('damaged')
        if left:
            raise Damaged('size-differs')

    def detail(self):
        state = 'sealed' if self.sealed else 'not sealed: packed again by another program'
        return '%s, %d files' % (state, len(self.infos))


class Folder:
    """An unpacked bag."""

    def __init__(self, path):
        self.path, self.top = path, os.path.basename(os.path.abspath(path))

    def names(self):
        found = []
        for place, folders, files in os.walk(self.path):
            folders.sort()
            for name in sorted(files):
                inner = os.path.relpath(os.path.join(place, name), self.path).replace(os.sep, '/')
                found.append(self.top + '/' + inner)
        return found

    def chunks(self, name):
        with open(os.path.join(self.path, *name.split('/')[1:]), 'rb') as stream:
            for chunk in iter(lambda: stream.read(1 << 20), b''):
                yield chunk

    def detail(self):
        return 'a folder, %d files' % len(self.names())


# --- the bag ----------------------------------------------------------------------------------------------

class Bag:
    def __init__(self, store, report):
        self.store, self.report, self.digests, self.sizes, self.media = store, report, {}, {}, None
        names = store.names()
        declared = [name for name in names if re.fullmatch('[^/]+/bagit.txt', name)]
        self.folder = (declared or names or [''])[0].split('/')[0]
        self.paths = []
        for name in names:
            if name.startswith(self.folder + '/'):
                self.paths.append(name[len(self.folder) + 1:])
            else:
                report.fail('manifest', name, 'outside-the-bag')

    def lines(self, path, check):
        """The lines of a file as bytes, each without its line feed; hashes the file; None at its end if cut."""
        if path not in self.paths:
            self.report.fail(check, path, 'missing')
            return
        digest, size, rest = hashlib.sha256(), 0, b''
        try:
            for chunk in self.store.chunks(self.folder + '/' + path):
                digest.update(chunk)
                size += len(chunk)
                parts = (rest + chunk).split(b'\n')
                rest = parts.pop()
                for line in parts:
                    yield line
        except Damaged as error:
            self.report.fail(check, path, str(error))
            return
        self.digests[path], self.sizes[path] = digest.hexdigest(), size
        if rest:
            yield rest
            yield None

    def hash(self, path, check, take=None):
        digest, size = hashlib.sha256(), 0
        try:
            for chunk in self.store.chunks(self.folder + '/' + path):
                digest.update(chunk)
                size += len(chunk)
                if take:
                    take(chunk)
        except Damaged as error:
            self.report.fail(check, path, str(error))
            return
        self.digests[path], self.sizes[path] = digest.hexdigest(), size

    def read(self, path, check):
        if path not in self.paths:
            self.report.fail(check, path, 'missing')
            return None
        out = io.BytesIO()
        try:
            for chunk in self.store.chunks(self.folder + '/' + path):
                out.write(chunk)
        except Damaged as error:
            self.report.fail(check, path, str(error))
            return None
        data = out.getvalue()
        self.digests[path], self.sizes[path] = sha(data), len(data)
        return data

    def document(self, path, check):
        data = self.read(path, check)
        if data is None:
            return None
        try:
            value = json.loads(data.decode('utf-8'))
            if value['format'] != FORMAT:
                raise ValueError
            return value
        except (ValueError, KeyError, TypeError, RecursionError):
            self.report.fail(check, path, 'malformed')
            return None


def manifest(text):
    entries = {}
    for line in text.decode('utf-8', 'replace').split('\n')[:-1]:
        match = re.fullmatch('([0-9a-f]{64})  ([A-Za-z0-9._/-]+)', line)
        if not match or match.group(2) in entries:
            return None
        entries[match.group(2)] = match.group(1)
    again = ''.join('%s  %s\n' % (entries[path], path) for path in sorted(entries))
    return entries if again.encode() == text else None


def bag_info(text):
    fields = {}
    for line in text.decode('utf-8', 'replace').split('\n'):
        if not line:
            continue
        match = re.fullmatch(r'([^\s:][^:]*):[ \t]*(.*)', line)
        if not match or match.group(1).lower() in fields:
            return None
        fields[match.group(1).lower()] = match.group(2)
    return fields


# --- messages and proofs -------------------------------------------------------------------------------------

def part_texts(message, place):
    pick = lambda *names: {name: message[name] for name in names}
    return {
        'attachments': message['attachments'], 'carried': message['carried'], 'extra': message['extra'],
        'envelope': pick('conversation', 'forwarded', 'kind', 'platformId', 'refersTo'), 'place': place,
        'sender': pick('sender', 'senderName'), 'text': message['text'],
        'time': pick('editedAtText', 'instant', 'sentAtText', 'wallTime')}


def proof_problem(row):
    proof = row['proof']
    salts, withheld, twin = proof['salts'], proof['withheld'], proof['twin']
    names = ('digest', 'place') if twin is not None or 'digest' in withheld else PARTS
    if sorted(list(salts) + list(withheld)) != list(names):
        return 'proof-malformed'
    texts = part_texts(row['message'], dict(row['locator'], ordinal=proof['ordinal']))
    texts['digest'] = twin
    lines = ''
    for part in names:
        if part in salts:
            value = sha('%s:%s:%s' % (salts[part], part, canonical(texts[part])))
        else:
            value = withheld[part]['commitment']
        lines += '%s:%s\n' % (part, value)
    return None if sha(lines) == proof['commitment'] else 'commitment-differs'


def runs_of(indices):
    runs = []
    for index in indices:
        if runs and runs[-1][1] + 1 == index:
            runs[-1][1] = index
        else:
            runs.append([index, index])
    return runs


class Rows:
    """What must hold between the rows and what the pack says of them."""

    def __init__(self, report, cases, sources, certificate, proofs, media):
        self.report, self.media = report, media
        self.parties = {party['accountId'] for party in cases['parties']}
        self.people, self.disclosed = set(), 0
        self.exhibits = {item['number']: dict(item, digests=[], closed=0) for item in cases['exhibits']}
        self.sources = {item['id']: item for item in sources['sources']}
        self.conversations = {item['conversationId']: [0, 0] for item in certificate['conversations']}
        self.certificate, self.proofs, self.cases = certificate, proofs, cases
        self.trees = {(source['source'], tree['conversation']): {} for source in proofs['sources']
                      for tree in source['trees']}
        self.seen, self.reasons, self.withheld = {}, {}, 0
        self.rows, self.exhibit, self.finished, self.inside = 0, None, set(), set()
        for name, stated, known in (('exhibits', cases['exhibits'], self.exhibits),
                                    ('sources', sources['sources'], self.sources),
                                    ('completeness', certificate['conversations'], self.conversations)):
            if len(stated) != len(known):
                report.fail(name, 'data/%s.json' % {'exhibits': 'case'}.get(name, name), 'stated-twice', name)

    def add(self, line, place):
        fail = lambda check, reason, entry=place: self.report.fail(check, 'data/messages.ndjson', reason, entry)
        try:
            text = line.decode('utf-8')
        except UnicodeDecodeError:
            return fail('messages', 'not-utf-8')
        row = None
        try:
            row = json.loads(text)
            self.row(row, text, fail)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            fail('messages', 'malformed')
        return row

    def row(self, row, text, fail):
        ident, message, proof = row['id'], row['message'], row['proof']
        if set(message) != RECORD or row['role'] not in ('subject', 'context'):
            raise ValueError
        self.rows += 1
        exact = canonical(message)
        if '"message":%s,' % exact not in text:
            fail('messages', 'message-not-canonical', ident)
        whole = not proof['withheld']
        if (row['digest'] is None) == whole:
            fail('messages', 'malformed', ident)
        elif whole and sha(exact) != row['digest']:
            fail('messages', 'digest-differs', ident)
        problem = proof_problem(row)
        if problem:
            fail('proofs', problem, ident)
        self.place(row, fail)
        self.group(row, fail)
        self.media.add(ident, [item['kind'] for item in message['attachments']])
        source = self.sources.get(row['source']['id'])
        if source is None:
            fail('sources', 'not-stated', row['source']['id'])
        elif source['sha256'] != row['source']['sha256']:
            fail('sources', 'source-hash-differs', ident)
        elif not 0 <= row['locator']['start'] < row['locator']['end'] <= source['bytes']:
            fail('sources', 'range-outside-source', ident)

    def place(self, row, fail):
        proof = row['proof']
        placed = self.trees.get((row['source']['id'], row['conversation']['id']))
        if placed is None:
            return fail('proofs', 'no-tree-proves-this', row['id'])
        known = placed.setdefault(proof['index'], (row['id'], proof['commitment']))
        if known != (row['id'], proof['commitment']):
            fail('proofs', 'place-taken: by %s' % known[0], row['id'])

    def group(self, row, fail):
        ident, subject = row['id'], row['role'] == 'subject'
        if row['exhibit'] != self.exhibit:
            self.finished.add(self.exhibit)
            self.exhibit, self.inside = row['exhibit'], set()
            if self.exhibit in self.finished:
                fail('exhibits', 'rows-scattered', self.exhibit)
        if ident in self.inside:
            fail('messages', 'twice-in-one-exhibit', ident)
        self.inside.add(ident)
        stated = self.exhibits.get(row['exhibit'])
        if stated is None:
            fail('exhibits', 'not-stated', row['exhibit'])
        elif row['digest'] is None:
            stated['closed'] += 1
        else:
            stated['digests'].append(row['digest'])
        counts = self.conversations.get(row['conversation']['id'])
        if counts is None:
            return fail('completeness', 'not-stated', row['conversation']['id'])
        mark = (row['proof']['commitment'], row['conversation']['id'])
        known = self.seen.get(ident)
        if known is None:
            counts[0 if subject else 1] += 1
            self.seen[ident] = [mark, subject]
            reasons = {part['reason'] for part in row['proof']['withheld'].values()}
            self.withheld += 1 if reasons else 0
            sender = row['sender']['id']
            if sender is not None and sender not in self.parties:
                self.people.add(sender)
                self.disclosed += 1
            for reason in reasons:
                self.reasons[reason] = self.reasons.get(reason, 0) + 1
        elif known[0] != mark:
            fail('messages', 'differs-between-exhibits', ident)
        elif subject and not known[1]:
            counts[0] += 1
            counts[1] -= 1
            known[1] = True

    def finish(self, stated_roots):
        fail = self.report.fail
        for number, exhibit in self.exhibits.items():
            found = len(exhibit['digests']) + exhibit['closed']
            digest = None if exhibit['closed'] else sha(''.join(item + '\n' for item in sorted(exhibit['digests'])))
            if found != exhibit['messages']:
                reason = 'messages-missing: %d stated, %d found' % (exhibit['messages'], found)
                fail('exhibits', 'data/case.json', reason, number)
            elif digest != exhibit['sha256']:
                fail('exhibits', 'data/case.json', 'digest-differs', number)
        totals, held = self.cases['totals'], [len(self.exhibits), self.rows, len(self.seen)]
        if [totals['exhibits'], totals['rows'], totals['messages']] != held:
            fail('exhibits', 'data/case.json', 'counts-differ: %d %d %d found' % tuple(held), 'totals')
        self.finish_certificate()
        for source in self.proofs['sources']:
            self.finish_source(source, stated_roots)
        if len({source['source'] for source in self.proofs['sources']}) != len(self.proofs['sources']):
            fail('proofs', 'data/proofs.json', 'stated-twice', 'sources')

    def finish_certificate(self):
        path, certificate, any_selective = 'data/completeness.json', self.certificate, False
        for stated in certificate['conversations']:
            entry, found = stated['conversationId'], self.conversations[stated['conversationId']]
            left = sum(item['count'] for item in stated['leftOut'])
            if [stated['selected'], stated['context']] != found:
                reason = 'counts-differ: %d+%d stated, %d+%d found' % (stated['selected'], stated['context'], *found)
                self.report.fail('completeness', path, reason, entry)
            if stated['selected'] + stated['context'] + left != stated['inPeriod'] or stated['inPeriod'] > stated['total']:
                self.report.fail('completeness', path, 'sums-do-not-add-up', entry)
            selective = stated['inPeriod'] < stated['total'] or any(item['count'] > 0 for item in stated['leftOut'])
            any_selective = any_selective or selective
            if stated['selective'] is not selective:
                self.report.fail('completeness', path, 'selective-not-stated', entry)
        if certificate['selective'] is not any_selective:
            self.report.fail('completeness', path, 'selective-not-stated', 'selective')
        reasons = [{'reason': reason, 'messages': self.reasons[reason]} for reason in sorted(self.reasons)]
        if certificate['withheld'] != {'messages': self.withheld, 'reasons': reasons}:
            self.report.fail('completeness', path, 'counts-differ: %d found' % self.withheld, 'withheld')
        if certificate['disclosed'] != {'people': len(self.people), 'messages': self.disclosed}:
            reason = 'counts-differ: %d people, %d messages found' % (len(self.people), self.disclosed)
            self.report.fail('completeness', path, reason, 'disclosed')
        for state, count in self.media.counts().items():
            if certificate['attachments'].get(state) != count:
                self.report.fail('completeness', path, 'counts-differ: %d %s found' % (count, state), 'attachments')

    def finish_source(self, source, stated_roots):
        fail = lambda reason, entry=source['source']: self.report.fail('proofs', 'data/proofs.json', reason, entry)
        for tree in source['trees']:
            entry = '%s %s' % (source['source'], tree['conversation'])
            placed = self.trees[source['source'], tree['conversation']]
            indices = sorted(placed)
            if runs_of(indices) != tree['runs']:
                fail('runs-differ', entry)
                continue
            leaves = [leaf(bytes.fromhex(placed[index][1])) for index in indices]
            nodes = [bytes.fromhex(item) for item in tree['nodes']]
            if root_from(tree['messages'], indices, leaves, nodes) != tree['root']:
                fail('proof-does-not-lead-to-root', entry)
        leaves = [leaf(('%s %d %s' % (tree['conversation'], tree['messages'], tree['root'])).encode())
                  for tree in source['trees']]
        positions = [tree['position'] for tree in source['trees']]
        nodes = [bytes.fromhex(item) for item in source['nodes']]
        if root_from(source['conversations'], positions, leaves, nodes) != source['root']:
            fail('trees-do-not-lead-to-root')
        logged = stated_roots.get(source['source'])
        if logged is None:
            fail('root-not-in-audit-log')
        elif (logged['root'], logged['messages']) != (source['root'], source['messages']):
            fail('root-differs-from-audit-log')
        elif logged['sha256'] != source['sha256']:
            fail('source-hash-differs')


# --- media and pages ----------------------------------------------------------------------------------------

class Media:
    """The media that rows name, against attachments.json and the files of the bag."""

    def __init__(self, report, document):
        self.report, self.entries, self.listed, self.seen = report, document['attachments'], {}, set()
        for item in self.entries:
            if item['state'] not in MEDIA_STATES or not isinstance(item['position'], int):
                raise ValueError
            self.listed.setdefault(item['message'], []).append((item['position'], item['kind']))

    def fail(self, reason, entry=None, file=MEDIA):
        self.report.fail('attachments', file, reason, entry)

    def add(self, ident, kinds):
        found = self.listed.get(ident)
        if (found is None and not kinds) or ident in self.seen:
            return
        self.seen.add(ident)
        if len(found or []) != len(kinds):
            self.fail('attachments-differ: %d named, %d listed' % (len(kinds), len(found or [])), ident)
        elif found != list(enumerate(kinds)):
            self.fail('kind-differs', ident)

    def finish(self):
        for ident in self.listed:
            if ident not in self.seen:
                self.fail('message-not-shown', ident)

    def counts(self):
        counts = {'named': len(self.entries)}
        for state in MEDIA_STATES:
            name = 'notChosen' if state == 'not-chosen' else state
            counts[name] = sum(1 for item in self.entries if item['state'] == state)
        return counts

    def files(self, bag):
        named = set()
        for item in self.entries:
            entry, path = '%s %d' % (item['message'], item['position']), item['file']
            if (item['state'] == 'included') != (path is not None):
                self.fail('state-differs', entry)
            if path is None:
                continue
            named.add(path)
            match = re.fullmatch(r'data/attachments/([0-9a-f]{64})\.[a-z0-9]+', path)
            if path not in bag.digests:
                self.fail('missing', entry, path)
            elif not match or match.group(1) != item['sha256']:
                self.fail('name-differs', entry, path)
            elif bag.digests[path] != item['sha256']:
                self.fail('digest-differs', entry, path)
            elif bag.sizes[path] != item['bytes']:
                self.fail('size-differs', entry)
        for path in bag.paths:
            if path.startswith('data/attachments/') and path not in named:
                self.fail('no-message-names-this', None, path)
        included = sum(1 for item in self.entries if item['state'] == 'included')
        self.report.done('attachments', '%d named, %d included' % (len(self.entries), included))


def is_volume(path):
    return re.fullmatch(r'data/filing-\d\d\.pdf', path) is not None


def pages(bag, report, pack, rows):
    """The pages to file, where there are any: they show every row, and their digests are those of their text."""
    fail = lambda reason, entry=None, file=PAGES: report.fail('pages', file, reason, entry)
    if PAGES not in bag.paths:
        for path in bag.paths:
            if path == FILING or is_volume(path):
                fail('pages-missing', None, path)
        return report.done('pages', 'none')
    count, of, row, volumes = 0, 0, 0, set()
    for number, line in enumerate(bag.lines(PAGES, 'pages'), 1):
        if line is None:
            fail('line-not-ended', 'last line')
            continue
        try:
            page = json.loads(line.decode('utf-8'))
            lines, shown = page['lines'], page['rows']
            text = '%s\n%d/%d\n' % (pack, page['page'], page['of']) + ''.join('%s\n' % one for one in lines)
            if not HEX.fullmatch(page['sha256']) or not all(isinstance(one, str) for one in lines):
                raise ValueError
            first, last = shown or (row, row)
            volume = page['volume']
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            fail('malformed', 'line %d' % number)
            continue
        entry = 'page %d' % page['page']
        count += 1
        of = page['of'] if count == 1 else of
        if (page['page'], page['of']) != (count, of):
            fail('not-in-sequence', entry)
        if sha(text) != page['sha256']:
            fail('page-digest-differs', entry)
        if shown is not None:
            if first > last or not row <= first <= row + 1 or first < 1:
                fail('rows-not-shown', entry)
            row = last
        if volume is not None:
            volumes.add(volume)
    if PAGES not in bag.digests or rows is None:
        return
    if count != of:
        fail('pages-missing', 'page %d' % of)
    if row != rows:
        fail('rows-not-shown', 'page %d' % of)
    for path in [FILING] + sorted(volumes):
        if path not in bag.paths:
            fail('missing', None, path)
    for path in bag.paths:
        if is_volume(path) and path not in volumes:
            fail('no-page-in-it', None, path)
    report.done('pages', '%d pages' % count)


# --- copies of the messages: the table and the viewer's data -----------------------------------------------

def class_of(ranges):
    return ''.join('-'.join('\\U%08x' % int(code, 16) for code in item.split('-')) for item in ranges.split())


# What has no look of its own; a zero-width joiner inside an emoji has one.
UNSEEN = class_of('0-8 b-1f 7f-9f ad 34f 61c 115f-1160 17b4-17b5 180b-180f 200b-200c 200e-200f 2028-202e 2060-206f '
                  '3164 d800-dfff feff ffa0 fff0-fffb e0000-e0fff')
PICTURES = class_of('2190-21ff 2300-23ff 2600-27bf 2b00-2bff 1f000-1faff')
HIDDEN = re.compile('[%s]|(?<![%s\\ufe0f])\\u200d|\\u200d(?![%s])' % (UNSEEN, PICTURES, PICTURES))
CELL_LIMIT = 32000
FORMULA = re.compile(r'\s*[=+\-@＝＋－＠|]|[\t\r\n]')
NUMBER_LIKE = re.compile(r'\s*[0-9０-９][0-9０-９\s.,:/eE+\-年月日时時分秒%]*\Z')
COLUMNS = ('行号 row;证物 exhibit;角色 role;会话 conversation;发送人 sender;发送人标识 sender id;时间 time;'
           '导出文件所记时间 time as exported;类型 kind;正文 text;引用与转发 quoted and forwarded;附件 attachments;'
           '命中类别 categories;命中规则 rules;消息摘要 digest (SHA-256);来源文件 source file;'
           '来源文件摘要 source SHA-256;起始字节 first byte;结束字节 end byte;行 line;消息标识 message id;'
           '改写 altered for display')
TABLE_HEAD = ('\ufeff' + ','.join('"%s"' % title for title in COLUMNS.split(';')) + '\r\n').encode('utf-8')
DATA_LINE = re.compile(rb'<script type="text/plain" data-([a-z]+)="([^"]*)"(?: data-first="(\d+)" data-count="(\d+)")?>'
                       rb'([A-Za-z0-9+/]*={0,2})</script>')


def flatten(parts):
    texts = []
    for part in parts:
        head = ' · '.join(part[name] for name in ('act', 'sender', 'sentAtText') if part[name] is not None)
        inner = '\n' + flatten(part['items']) if part.get('items') else ''
        texts.append('[%s] %s%s' % (head, part['text'], inner))
    return '\n'.join(texts)


def table_line(row, line, file):
    """The row of the table, as Docket writes it, for a row of messages.ndjson."""
    altered = []

    def note(what):
        if what not in altered:
            altered.append(what)

    def cell(value):
        if not value:
            return ''
        text = HIDDEN.sub(lambda match: '⟦U+%04X⟧' % ord(match.group()), value)
        if text != value:
            note('hidden characters')
        units = len(text.encode('utf-16-le')) // 2 if len(text) * 2 > CELL_LIMIT else 0
        if units <= CELL_LIMIT:
            return text
        note('cut')
        kept = text.encode('utf-16-le')[:CELL_LIMIT * 2].decode('utf-16-le', 'ignore')
        whole = len(value.encode('utf-16-le')) // 2
        return '%s… ⟦%d code units; exact: messages.ndjson line %d⟧' % (kept, whole, line)

    message, locator, hits = row['message'], row['locator'], row['hits']
    media = []
    for one in message['attachments']:
        size = None if one['size'] is None else '%s bytes' % number(one['size'])
        media.append(' · '.join(field for field in (one['kind'], one['name'], one['reference'], size, one['md5'])
                                if field is not None))
    sender = row['sender']['name']
    once = lambda texts: cell(', '.join(dict.fromkeys(texts)))
    cells = [
        line, cell(row['exhibit']), '证物 subject' if row['role'] == 'subject' else '上下文 context',
        cell(row['conversation']['name']), cell(message['senderName'] if sender is None else sender),
        cell(row['sender']['platformId']), row['sentAt'] or '', cell(message['sentAtText']), message['kind'],
        cell(message['text']), cell(flatten(message['carried'])), cell('\n'.join(media)),
        once(hit['category'] for hit in hits),
        once('%s/%s@%s' % (hit['pack'], hit['rule'], hit['ruleVersion']) for hit in hits),
        cell(row['digest']), cell(file), cell(row['source']['sha256']),
        locator['start'], locator['end'], locator['line'], cell(row['id'])]
    for i, value in enumerate(cells):
        if isinstance(value, int):
            cells[i] = str(value)
        elif value:
            mark = i not in (2, 6, 8) and (FORMULA.match(value) or NUMBER_LIKE.match(value))
            if mark:
                note('apostrophe')
            cells[i] = '"%s%s"' % ("'" if mark else '', value.replace('"', '""'))
    return '%s,"%s"\r\n' % (','.join(cells), '; '.join(altered))


class Copies:
    """The table and the viewer's data have to say what messages.ndjson and the documents say."""

    def __init__(self, report, bag, sources):
        self.report, self.bag, self.lines, self.cells, self.exhibits = report, bag, [], [], []
        self.names = {item['id']: item['file'] for item in sources['sources']}
        self.is_tabled = TABLE in bag.paths

    def fail(self, file, entry, reason):
        self.report.fail('copies', file, reason, entry)

    def add(self, line, row):
        cells = exhibit = None
        try:
            exhibit = row['exhibit']
            if self.is_tabled:
                text = table_line(row, len(self.lines) + 1, self.names.get(row['source']['id'], ''))
                cells = hashlib.sha256(text.encode('utf-8')).digest()
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            pass
        self.lines.append(hashlib.sha256(line).digest())
        self.cells.append(cells)
        self.exhibits.append(exhibit)

    def check(self, media):
        read = []
        if self.is_tabled and self.table():
            read.append('CSV')
        if self.viewer(media):
            read.append('viewer')
        self.report.done('copies', '%d rows in %s' % (len(self.lines), ', '.join(read)))

    def table(self):
        record, quotes, count = [], 0, -1
        for line in self.bag.lines(TABLE, 'copies'):
            if line is None:
                continue
            record.append(line + b'\n')
            quotes += line.count(b'"')
            if quotes % 2:
                continue
            text = b''.join(record)
            if count < 0:
                if text != TABLE_HEAD:
                    self.fail(TABLE, 'line 1', 'differs-from-messages')
            elif count < len(self.lines) and hashlib.sha256(text).digest() != self.cells[count]:
                self.fail(TABLE, 'row %d' % (count + 1), 'differs-from-messages')
            record, quotes, count = [], 0, count + 1
        if TABLE not in self.bag.digests:
            return False
        if count != len(self.lines) or record:
            self.fail(TABLE, 'rows', 'rows-differ: %d messages, %d rows' % (len(self.lines), count))
        return True

    def viewer(self, media):
        pictures = {item['sha256'] for item in media.entries if item['state'] == 'included'}
        seen, at = set(), 0
        for line in self.bag.lines(VIEWER, 'copies'):
            if line is None or not line.startswith(b'<script type="text/plain"'):
                continue
            match = DATA_LINE.fullmatch(line)
            name = match.group(2).decode('utf-8', 'replace') if match else ''
            try:
                what, data = match.group(1), base64.b64decode(match.group(5))
                if what == b'picture':
                    if sha(data) != name or name not in pictures:
                        self.fail(VIEWER, name, 'digest-differs')
                    continue
                text = zlib.decompress(data, -15)
                if what == b'file':
                    if name in seen or sha(text) != self.bag.digests.get(name):
                        self.fail(VIEWER, name, 'differs-from-file')
                    seen.add(name)
                elif what == b'exhibit':
                    at = self.block(name, at, int(match.group(3)), int(match.group(4)), text.split(b'\n'))
                else:
                    raise ValueError
            except (ValueError, TypeError, AttributeError, zlib.error):
                self.fail(VIEWER, name or 'row %d' % (at + 1), 'malformed')
        for path in sorted(VIEWED - seen):
            self.fail(VIEWER, path, 'missing')
        if at != len(self.lines):
            self.fail(VIEWER, 'rows', 'rows-differ: %d messages, %d rows' % (len(self.lines), at))
        return VIEWER in self.bag.digests

    def block(self, exhibit, at, first, count, lines):
        place = 'row %d' % (at + 1)
        if lines.pop() != b'' or first != at + 1 or count != len(lines):
            self.fail(VIEWER, place, 'block-differs')
        if [self.exhibits[i] for i in (at, at + len(lines) - 1) if i < len(self.exhibits)] != [exhibit] * 2:
            self.fail(VIEWER, place, 'exhibit-differs')
        for line in lines:
            if at < len(self.lines) and hashlib.sha256(line).digest() != self.lines[at]:
                self.fail(VIEWER, 'row %d' % (at + 1), 'differs-from-messages')
            at += 1
        return at


# --- source files --------------------------------------------------------------------------------------------

def joined(ranges):
    """Ranges joined where they touch or overlap, ascending."""
    out = []
    for start, end in sorted(ranges):
        if out and start <= out[-1][1]:
            out[-1][1] = max(out[-1][1], end)
        else:
            out.append([start, end])
    return [tuple(item) for item in out]


class Originals:
    """Source files that go along: whole, or the bytes that the messages came from."""

    def __init__(self, report, stated, sources):
        self.report, self.stated, self.sources = report, stated, sources['sources']
        self.entries = stated['sources'] if stated else []
        self.places = {entry['source']: [] for entry in self.entries}

    def fail(self, reason, entry=None, file=ORIGINALS):
        self.report.fail('originals', file, reason, entry)

    def add(self, row):
        """A row, whatever it holds: what is wrong with it is named with the messages."""
        try:
            place = row['locator']['start'], row['locator']['end'], bool(row['proof']['withheld'])
            self.places.get(row['source']['id'], []).append(place)
        except (KeyError, TypeError, AttributeError):
            pass

    def finish(self):
        if self.stated is None:
            return
        if len(self.places) != len(self.entries):
            self.fail('stated-twice', 'sources')
        known = {source['id']: source for source in self.sources}
        for ident in known:
            if ident not in self.places:
                self.fail('not-stated', ident)
        for entry in self.entries:
            source = known.get(entry['source'], {})
            if (source.get('sha256'), source.get('bytes')) != (entry['sha256'], entry['bytes']):
                self.fail('source-hash-differs', entry['source'])
            self.ranges(entry)

    def ranges(self, entry):
        fail = lambda reason, place: self.fail(reason, '%s %d-%d' % ((entry['source'],) + tuple(place[:2])))
        own = self.places[entry['source']]
        ranges = [(item['start'], item['end']) for item in entry['ranges']]
        closed = [(item['start'], item['end']) for item in entry['closed']]
        if entry['form'] in ('whole', 'none'):
            for place in own if entry['form'] == 'whole' else ():
                if place[2]:
                    return fail('withheld-and-shown', place)
            if ranges or closed:
                fail('malformed', (ranges + closed)[0])
            return
        if entry['form'] != 'excerpts' or any(item['reason'] not in ('withheld', 'shared') for item in entry['closed']):
            raise ValueError
        shut = set(closed)
        given = [place for place in own if place[:2] not in shut]
        for place in given:
            if place[2]:
                fail('withheld-not-closed', place)
        known, starts = {place[:2] for place in own}, [start for start, _ in ranges]
        for place in closed:
            before = bisect.bisect_left(starts, place[1]) - 1
            if place not in known:
                fail('no-message-there', place)
            elif before >= 0 and ranges[before][1] > place[0]:
                fail('withheld-and-shown', place)
        expected = joined(place[:2] for place in given)
        for i in range(max(len(ranges), len(expected))):
            if ranges[i:i + 1] != expected[i:i + 1]:
                return fail('ranges-differ', (ranges[i:i + 1] or expected[i:i + 1])[0])

    def files(self, bag):
        named = set()
        for entry in self.entries:
            source, file, whole = entry['source'], entry['file'], entry['form'] == 'whole'
            path = '%s%s%s.bin' % (ORIGINALS_FOLDER, source, '' if whole else '.excerpts')
            if file != (path if whole or entry['ranges'] else None):
                self.fail('name-differs', source)
            if file is None:
                continue
            named.add(file)
            if file not in bag.paths:
                self.fail('missing', source, file)
                continue
            digests = self.read(bag, file, entry['ranges'])
            if file not in bag.digests:
                continue
            size = entry['bytes']
            if not whole:
                size = 0
                for i, item in enumerate(entry['ranges']):
                    place = '%s %d-%d' % (source, item['start'], item['end'])
                    if item['at'] != size:
                        self.fail('offset-differs', place)
                    if digests[i:i + 1] != [item['sha256']]:
                        self.fail('digest-differs', place, file)
                    size += item['end'] - item['start']
            elif bag.digests[file] != entry['sha256']:
                self.fail('digest-differs', source, file)
            if bag.sizes[file] != size:
                self.fail('size-differs', source, file)
        for path in bag.paths:
            if path.startswith(ORIGINALS_FOLDER) and path not in named:
                self.fail('no-source-names-this', None, path)
        if ORIGINALS in bag.paths and self.stated is None:
            return
        forms = ', '.join(dict.fromkeys(entry['form'] for entry in self.entries))
        self.report.done('originals', '%d sources: %s' % (len(self.entries), forms) if self.stated else 'none')

    def read(self, bag, file, ranges):
        """The digests of ranges that stand one after the other in a file."""
        done, state = [], [hashlib.sha256(), 0]

        def take(chunk):
            view = memoryview(chunk)
            while len(view) and len(done) < len(ranges):
                length = ranges[len(done)]['end'] - ranges[len(done)]['start']
                part = view[:max(0, length - state[1])]
                view = view[len(part):]
                state[0].update(part)
                state[1] += len(part)
                if state[1] < length:
                    return
                done.append(state[0].hexdigest())
                state[:] = hashlib.sha256(), 0

        bag.hash(file, 'originals', take)
        return done

    def compare(self, path):
        """Holds an original, had from outside the pack, against what the pack says and gives of it."""
        name = os.path.basename(path)
        with open(path, 'rb') as file:
            digest = hashlib.sha256()
            for chunk in iter(lambda: file.read(1 << 20), b''):
                digest.update(chunk)
            own = [source for source in self.sources if source['sha256'] == digest.hexdigest()]
            if not own:
                return self.fail('not-a-source-of-this-pack: SHA-256 %s' % digest.hexdigest(), name)
            found = 0
            for entry in self.entries:
                for item in entry['ranges'] if entry['source'] in {source['id'] for source in own} else ():
                    file.seek(item['start'])
                    if sha(file.read(item['end'] - item['start'])) != item['sha256']:
                        place = '%s %d-%d' % (entry['source'], item['start'], item['end'])
                        self.fail('excerpt-differs-from-the-original', place)
                    found += 1
        detail = '%s; %s is a source of this pack' % (self.report.details.get('originals', 'none'), name)
        self.report.done('originals', '%s, %d excerpts compared' % (detail, found) if found else detail)


# --- the other documents -----------------------------------------------------------------------------------

def audit(bag, report, head):
    """Checks the extract line by line; gives the roots that its last event about them states."""
    path, before, roots, entries, opened, ended, comma = 'data/audit.json', None, {}, 0, 0, False, True
    fail = lambda reason, entry: report.fail('audit', path, reason, entry)
    number = 0
    for line in bag.lines(path, 'audit'):
        number += 1
        place = 'line %d' % number
        if line is None:
            fail('malformed', 'last line')
            continue
        try:
            text = line.decode('utf-8')
            if number == 1:
                if not text.endswith('"entries":[') or json.loads(text + ']}')['format'] != FORMAT:
                    fail('malformed', place)
                continue
            if text == ']}' and not ended:
                ended = True
                continue
            if ended or not comma:
                fail('malformed', place)
            comma = text.endswith(',')
            entry = json.loads(text[:-1] if comma else text)
            name = str(entry['sequence'])
            if before and entry['sequence'] != before['sequence'] + 1:
                fail('not-in-sequence', name)
            elif entry['previous'] != (before['hash'] if before else '0' * 64) and (before or entry['sequence'] == 1):
                fail('previous-hash-differs', name)
            link = {key: entry[key] for key in ('at', 'payloadDigest', 'previous', 'sequence')}
            if sha(canonical(link)) != entry['hash']:
                fail('hash-differs', name)
            if ('event' in entry) != ('salt' in entry):
                fail('half-opened', name)
            elif 'event' in entry:
                opened += 1
                event = entry['event']
                shown = {key: event[key] for key in ('id', 'officer', 'at', 'type', 'before', 'after', 'supersedes')}
                shown['subject'] = {'type': event['subject']['type'], 'id': event['subject']['id']}
                if sha(canonical({'event': shown, 'salt': entry['salt']})) != entry['payloadDigest']:
                    fail('payload-differs', name)
                if event['at'] != entry['at']:
                    fail('time-differs', name)
                if event['type'] == 'case.roots-stated':
                    roots = {item['source']: item for item in event['after']['sources']}
            before = entry
            entries += 1
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            fail('malformed', place)
    if not ended or (comma and entries):
        fail('malformed', 'last line')
    if not before or (before['sequence'], before['hash']) != (head['sequence'], head['hash']):
        fail('head-not-reached', str(head['sequence']))
    report.done('audit', '%d entries, %d opened' % (entries, opened))
    return roots


def decisions(document, report):
    fail = lambda reason, entry: report.fail('decisions', 'data/decisions.json', reason, entry)
    keys = {}
    for item in document['keys']:
        try:
            raw = raw_key(item['publicKey'])
        except ValueError:
            raw = b''
        if sha(raw) == item['fingerprint']:
            keys[item['fingerprint']] = raw
        else:
            fail('fingerprint-differs', item['fingerprint'])
    for item in document['decisions']:
        names = ('id', 'partyId', 'proposal', 'measure', 'deviationReason', 'facts', 'basis', 'officerId', 'at')
        decided = {name: item[name] for name in names}
        texts = [canonical({'decision': decided})]
        if item['approval'] is not None:
            approval = {name: item['approval'][name] for name in ('at', 'approved', 'note')}
            texts.append(canonical({'decision': decided, 'approval': approval}))
        signatures = item['signatures']
        if len(signatures) != len(texts):
            fail('signatures-missing: %d needed, %d found' % (len(texts), len(signatures)), item['id'])
        for i, one in enumerate(signatures):
            if i >= len(texts) or one['signed'] != texts[i]:
                fail('signed-text-differs', item['id'])
            key = keys.get(one['fingerprint'])
            if key is None:
                fail('key-missing: %s' % one['fingerprint'], item['id'])
            elif not ed25519(key, one['signed'].encode('utf-8'), base64.b64decode(one['signature'])):
                fail('signature-invalid', item['id'])
        if len(signatures) > 1 and signatures[0]['fingerprint'] == signatures[1]['fingerprint']:
            fail('second-review-by-the-same-key', item['id'])
    report.done('decisions', '%d decisions' % len(document['decisions']))


def signature(bag, report, tag_manifest, wanted):
    """The fingerprint of the pack's own key, or None."""
    pem = bag.read('data/public-key.pem', 'key')
    signed, summary = bag.read('signature.bin', 'signature'), bag.read('signature.json', 'signature')
    request = bag.read('root.tsq', 'signature')
    if tag_manifest is not None and signed is not None and request is not None:
        nonce = bytearray(hashlib.sha256(b'docket-timestamp-nonce' + signed).digest()[:8])
        nonce[0] = nonce[0] & 0x3f | 0x40
        if request != bytes.fromhex('30430201013031300d060960864801650304020105000420') + \
                hashlib.sha256(tag_manifest).digest() + b'\x02\x08' + bytes(nonce) + b'\x01\x01\xff':
            report.fail('signature', 'root.tsq', 'changed')
    if pem is None:
        return None
    try:
        raw = raw_key(pem.decode('latin-1'))
    except ValueError:
        report.fail('key', 'data/public-key.pem', 'not-an-ed25519-key')
        return None
    fingerprint = sha(raw)
    if tag_manifest is not None and signed is not None and summary is not None:
        if not ed25519(raw, tag_manifest, signed):
            report.fail('signature', 'signature.bin', 'signature-invalid')
        try:
            stated = json.loads(summary.decode('utf-8'))
            facts = {'algorithm': 'Ed25519', 'fingerprint': fingerprint, 'format': FORMAT,
                     'publicKey': base64.b64encode(raw).decode(), 'root': sha(tag_manifest),
                     'signature': base64.b64encode(signed).decode(), 'signed': 'tagmanifest-sha256.txt'}
            facts['description'] = {
                'en': 'Signature over the bytes of tagmanifest-sha256.txt. The root is the SHA-256 of that file, '
                      'the fingerprint the SHA-256 of the raw public key.',
                'zh': '对 tagmanifest-sha256.txt 全部字节的签名。root 为该文件的 SHA-256，fingerprint 为公钥原始字节的 SHA-256。'}
            if stated != facts or summary.decode('utf-8') != canonical(facts) + '\n':
                raise ValueError
        except ValueError:
            report.fail('signature', 'signature.json', 'changed')
        report.done('signature', 'Ed25519 over root %s' % sha(tag_manifest))
    if wanted is not None and re.sub(r'[\s:]', '', wanted.lower()) != fingerprint:
        report.fail('key', 'data/public-key.pem', 'fingerprint-differs: the key in the pack is %s' % fingerprint)
    report.done('key', '%s: %s' % ('not anchored' if wanted is None else 'anchored', fingerprint))
    return fingerprint


def visible(text):
    return re.sub('[\t\n]', lambda match: '⟦U+%04X⟧' % ord(match.group()), text).strip()


def verify(path, wanted=None, given=()):
    report = Report()
    try:
        store = Folder(path) if os.path.isdir(path) else Archive(path, report)
        report.done('container', store.detail())
        check(Bag(store, report), report, wanted, given)
    except Damaged as error:
        report.fail('container', os.path.basename(path), str(error))
    except OSError as error:
        report.fail('container', os.path.basename(path), 'cannot-be-read: %s' % error)
    return report.result()


def check(bag, report, wanted, given):
    declaration = bag.read('bagit.txt', 'declaration')
    if declaration is not None and declaration != DECLARATION:
        report.fail('declaration', 'bagit.txt', 'changed')
    report.done('declaration', 'BagIt 1.0')
    info = bag.read('bag-info.txt', 'bag-info')
    if info is not None:
        info = bag_info(info)
        if info is None:
            report.fail('bag-info', 'bag-info.txt', 'malformed')
    listed = bag.read('manifest-sha256.txt', 'manifest')
    if listed is not None:
        listed = manifest(listed)
        if listed is None:
            report.fail('manifest', 'manifest-sha256.txt', 'malformed')
    tag_manifest = bag.read('tagmanifest-sha256.txt', 'tag-manifest')
    if tag_manifest is not None:
        tags = manifest(tag_manifest)
        if tags is None:
            report.fail('tag-manifest', 'tagmanifest-sha256.txt', 'malformed')
        else:
            for name in TAG_FILES:
                if name not in tags:
                    report.fail('tag-manifest', name, 'not-listed')
                elif tags[name] != bag.digests.get(name):
                    report.fail('tag-manifest', name, 'changed')
            for name in sorted(set(tags) - set(TAG_FILES)):
                report.fail('tag-manifest', name, 'listed-needlessly')
            report.done('tag-manifest', '%d files' % len(TAG_FILES))
    fingerprint = signature(bag, report, tag_manifest, wanted)
    documents(bag, report, info, fingerprint, given)
    payload(bag, report, listed)
    if bag.media is not None:
        try:
            bag.media.files(bag)
        except (ValueError, KeyError, TypeError, AttributeError):
            report.fail('attachments', MEDIA, 'malformed')
    if info is not None:
        sizes = [size for name, size in bag.sizes.items() if name not in TOP_FILES]
        oxum = '%d.%d' % (sum(sizes), len(sizes))
        if info.get('payload-oxum') != oxum:
            reason = 'differs: %s stated, %s found' % (info.get('payload-oxum', 'nothing'), oxum)
            report.fail('bag-info', 'bag-info.txt', reason, 'Payload-Oxum')


def payload(bag, report, listed):
    found = [path for path in bag.paths if path not in TOP_FILES]
    for path in found:
        if path not in bag.digests:
            bag.hash(path, 'manifest')
    for path in PAYLOAD_FILES:
        if path not in bag.paths and not (listed and path in listed):
            report.fail('manifest', path, 'missing')
    if listed is None:
        return
    added = [path for path in found if path not in listed]
    for path, stated in listed.items():
        if not path.startswith('data/'):
            report.fail('manifest', path, 'not-payload')
        if bag.digests.get(path) == stated:
            continue
        if path in bag.paths:
            report.fail('manifest', path, 'changed')
            continue
        moved = [other for other in added if bag.digests.get(other) == stated]
        report.fail('manifest', path, 'renamed: now %s' % moved[0] if moved else 'missing')
    for path in added:
        report.fail('manifest', path, 'not-listed')
    report.done('manifest', '%d files' % len(listed))


def documents(bag, report, info, fingerprint, given):
    cases = bag.document('data/case.json', 'exhibits')
    sources = bag.document('data/sources.json', 'sources')
    certificate = bag.document('data/completeness.json', 'completeness')
    decided = bag.document('data/decisions.json', 'decisions')
    bag.document('data/duties.json', 'manifest')
    bag.document('data/proceedings.json', 'manifest')
    media = bag.document(MEDIA, 'attachments')
    stated = bag.document(ORIGINALS, 'originals') if ORIGINALS in bag.paths else None
    custody = bag.document('data/custody.json', 'custody')
    proofs = bag.document('data/proofs.json', 'proofs')

    def guarded(check, path, work):
        try:
            return work()
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            report.fail(check, path, 'malformed')
            return None

    if decided is not None:
        guarded('decisions', 'data/decisions.json', lambda: decisions(decided, report))
    if sources is not None:
        guarded('sources', 'data/sources.json', lambda: ledgers(sources, report))
    if custody is not None and cases is not None:
        guarded('custody', 'data/custody.json', lambda: custody_of(custody, cases, report))
    if media is not None:
        bag.media = media = guarded('attachments', MEDIA, lambda: Media(report, media))
    if cases is None:
        return
    roots = guarded('audit', 'data/audit.json', lambda: audit(bag, report, cases['workspace']['auditHead'])) or {}
    if sources is None or certificate is None or proofs is None or media is None:
        return
    copies = Copies(report, bag, sources)
    originals = guarded('originals', ORIGINALS, lambda: Originals(report, stated, sources))
    guarded('messages', 'data/messages.ndjson',
            lambda: messages(bag, report, cases, sources, certificate, proofs, media, roots, copies, originals))
    guarded('pages', PAGES, lambda: pages(bag, report, cases['pack']['id'], cases.get('rows')))
    if cases.get('rows') is not None:
        guarded('copies', VIEWER, lambda: copies.check(media))
        if originals is not None:
            guarded('originals', ORIGINALS, originals.finish)
            guarded('originals', ORIGINALS, lambda: originals.files(bag))
            for path in given:
                originals.compare(path)
    if info is not None:
        guarded('bag-info', 'data/case.json', lambda: facts(bag, report, info, fingerprint, cases))


def ledgers(sources, report):
    for source in sources['sources']:
        ledger = source['ledger']
        if ledger['parsedBytes'] + ledger['skippedBytes'] + ledger['ignoredBytes'] != source['bytes']:
            report.fail('sources', 'data/sources.json', 'ledger-does-not-add-up', source['id'])


def custody_of(custody, cases, report):
    known = {exhibit['number'] for exhibit in cases['exhibits']}
    for event in custody['custody']:
        if event['exhibit'] not in known:
            report.fail('custody', 'data/custody.json', 'exhibit-unknown: %s' % event['exhibit'], event['id'])
    report.done('custody', '%d events' % len(custody['custody']))


def messages(bag, report, cases, sources, certificate, proofs, media, roots, copies, originals):
    rows, number = Rows(report, cases, sources, certificate, proofs, media), 0
    for line in bag.lines('data/messages.ndjson', 'messages'):
        number += 1
        if line is None:
            report.fail('messages', 'data/messages.ndjson', 'line-not-ended', 'last line')
        else:
            row = rows.add(line, 'line %d' % number)
            copies.add(line, row)
            if originals is not None:
                originals.add(row)
    if 'data/messages.ndjson' not in bag.digests:
        return
    rows.finish(roots)
    media.finish()
    cases['found'], cases['rows'] = len(rows.seen), rows.rows
    report.done('messages', '%d rows, %d messages' % (rows.rows, len(rows.seen)))
    trees = sum(len(source['trees']) for source in proofs['sources'])
    report.done('proofs', '%d trees of %d sources' % (trees, len(proofs['sources'])))
    for name, count in (('exhibits', cases['exhibits']), ('sources', sources['sources']),
                        ('completeness', certificate['conversations'])):
        report.done(name, '%d' % len(count))


def facts(bag, report, info, fingerprint, cases):
    head = cases['workspace']['auditHead']
    expected = {
        'External-Identifier': cases['pack']['id'], 'Docket-Format': FORMAT, 'Docket-Case': cases['case']['number'],
        'Docket-Audit-Head': '%d %s' % (head['sequence'], head['hash']),
        'Docket-Exhibits': str(len(cases['exhibits'])), 'Docket-Messages': str(cases.get('found'))}
    for label, value in expected.items():
        if info.get(label.lower()) != visible(value):
            report.fail('bag-info', 'bag-info.txt', 'differs: %s found' % value, label)
    if isinstance(bag.store, Archive) and bag.folder != re.sub('[^A-Za-z0-9._-]', '_', 'docket-%s-%s' % (cases['case']['number'], cases['pack']['id'])):
        report.fail('bag-info', bag.folder, 'folder-renamed')
    if fingerprint is not None:
        if info.get('docket-key-fingerprint') != fingerprint:
            report.fail('key', 'bag-info.txt', 'fingerprint-differs', 'Docket-Key-Fingerprint')
        if cases['pack']['officer']['fingerprint'] != fingerprint:
            report.fail('key', 'data/case.json', 'fingerprint-differs', 'officer')
    report.done('bag-info', '%d fields' % len(info))


def main(arguments):
    as_json = '--json' in arguments
    arguments = [item for item in arguments if item != '--json']
    wanted = None
    if '--key' in arguments:
        at = arguments.index('--key')
        wanted = arguments[at + 1] if at + 1 < len(arguments) else ''
        del arguments[at:at + 2]
    given = []
    while '--source' in arguments:
        at = arguments.index('--source')
        given += arguments[at + 1:at + 2] or ['']
        del arguments[at:at + 2]
    if len(arguments) != 1 or wanted == '' or '' in given:
        print(__doc__, file=sys.stderr)
        return 2
    result = verify(arguments[0], wanted, given)
    if as_json:
        print(json.dumps(result, ensure_ascii=False))
        return 0 if result['ok'] else 1
    for item in result['checks']:
        print('%-6s %-14s %s' % ('ok' if item['ok'] else 'FAILED', item['name'], item['detail']))
    for item in result['failures']:
        print('  %s: %s' % (' '.join(item[key] for key in ('file', 'entry') if key in item), item['reason']))
    print('完好 intact' if result['ok'] else '不完好 NOT INTACT')
    return 0 if result['ok'] else 1


if __name__ == '__main__':
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, 'reconfigure'):
            stream.reconfigure(encoding='utf-8', errors='backslashreplace')
    sys.exit(main(sys.argv[1:]))
