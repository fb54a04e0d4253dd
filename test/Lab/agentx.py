"""A sub-agent of snmpd (AgentX, RFC 2741) that serves tables: one process a device, and snmpd answers others while it gathers rows."""
import bisect, socket, struct, sys, time

OPEN, CLOSE, REGISTER, GET, GETNEXT, GETBULK, TESTSET, CLEANUPSET, RESPONSE = 1, 2, 3, 5, 6, 7, 8, 11, 18
NO_INSTANCE, END = 129, 130
NOT_WRITABLE, GEN_ERR = 17, 5
TYPES = {"integer": 2, "octet": 4, "string": 4, "objectid": 6, "ipaddress": 64, "counter": 65, "gauge": 66, "timeticks": 67}
ORDER = 0x10  # network byte order
FRESH, PATIENCE = 3, 120  # seconds for which rows are kept, and that snmpd waits for them in a slow guest


def oid(key, include=0):
    short = len(key) > 4 and key[:4] == (1, 3, 6, 1) and key[4] < 256
    rest = key[5:] if short else key
    return struct.pack(f"!BBBB{len(rest)}I", len(rest), key[4] if short else 0, include, 0, *rest)


def octets(data):
    return struct.pack("!I", len(data)) + data + b"\0" * (-len(data) % 4)


def varbind(key, kind, text=""):
    code = TYPES.get(kind, kind)
    if code in (NO_INSTANCE, END):
        data = b""
    elif kind == "integer":
        data = struct.pack("!i", int(text))
    elif kind == "objectid":
        data = oid(tuple(map(int, text.strip(".").split("."))))
    elif code == 4:
        data = octets(bytes.fromhex(text) if kind == "octet" else text.encode())
    elif kind == "ipaddress":
        data = octets(socket.inet_aton(text))
    else:
        data = struct.pack("!I", int(text))
    return struct.pack("!HH", code, 0) + oid(key) + data


class Reader:
    """What a PDU has behind its header."""

    def __init__(self, data, order):
        self.data, self.at, self.order = data, 0, order

    def take(self, form):
        v = struct.unpack_from(self.order + form, self.data, self.at)
        self.at += struct.calcsize(form)
        return v

    def oid(self):
        n, prefix, include, _ = self.take("BBBB")
        rest = self.take(f"{n}I")
        return ((1, 3, 6, 1, prefix) + rest if prefix else rest), include

    def ranges(self):
        while self.at < len(self.data):
            (start, include), (end, _) = self.oid(), self.oid()
            yield start, include, end


class Tables:
    """The rows of all trees, each gathered anew when one is asked for that is older than FRESH."""

    def __init__(self, bases, gather):
        """bases: the object identifier of each tree. gather(tree): its keys in order, and a value for each."""
        self.bases, self.gather, self.rows = bases, gather, {}

    def of(self, tree):
        keys, values, born = self.rows.get(tree, ([], [], -FRESH))
        if time.monotonic() - born >= FRESH:
            try:
                keys, values = self.gather(tree)
            except Exception as e:  # the rows from before are better than an agent that died
                print(f"labmib {tree}: {e!r}", file=sys.stderr, flush=True)
            self.rows[tree] = keys, values, time.monotonic()
        return keys, values

    def tree_at(self, key):
        return next((t for t, base in self.bases.items() if key[:len(base)] == base), None)

    def get(self, key):
        tree = self.tree_at(key)
        keys, values = self.of(tree) if tree else ([], [])
        i = bisect.bisect_left(keys, key)
        return (key, *values[i]) if i < len(keys) and keys[i] == key else (key, NO_INSTANCE)

    def next(self, start, include, end):
        """snmpd cuts a request into ranges that lie within one tree, each."""
        tree = self.tree_at(start) or next((t for t, base in sorted(self.bases.items(), key=lambda x: x[1]) if base > start), None)
        keys, values = self.of(tree) if tree else ([], [])
        i = (bisect.bisect_left if include else bisect.bisect_right)(keys, start)
        return (keys[i], *values[i]) if i < len(keys) and (not end or keys[i] < end) else (start, END)


class SubAgent:
    def __init__(self, path, tables):
        self.tables, self.session, self.packet = tables, 0, 0
        self.s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.s.settimeout(PATIENCE)
        self.s.connect(path)
        self.ask(OPEN, struct.pack("!BBBB", PATIENCE, 0, 0, 0) + oid(()) + octets(b"lab"))
        for base in tables.bases.values():
            self.ask(REGISTER, struct.pack("!BBBB", PATIENCE, 1, 0, 0) + oid(base))  # 1: goes before snmpd's own table, if it has one
        self.s.settimeout(None)

    def write(self, kind, transaction, packet, body):
        self.s.sendall(struct.pack("!BBBBIIII", 1, kind, ORDER, 0, self.session, transaction, packet, len(body)) + body)

    def read(self):
        head = self.exactly(20)
        order = "!" if head[2] & ORDER else "<"
        session, transaction, packet, size = struct.unpack(order + "IIII", head[4:])
        return head[1], session, transaction, packet, Reader(self.exactly(size), order)

    def exactly(self, n):
        data = b""
        while len(data) < n:
            more = self.s.recv(n - len(data))
            if not more:
                raise EOFError("snmpd has closed the session")
            data += more
        return data

    def ask(self, kind, body):
        self.packet += 1
        self.write(kind, 0, self.packet, body)
        kind, self.session, _, _, answer = self.read()
        _, error, _ = answer.take("IHH")
        if kind != RESPONSE or error:
            raise RuntimeError(f"snmpd refuses the sub-agent: AgentX error {error}")

    def serve(self):
        while True:
            kind, _, transaction, packet, body = self.read()
            if kind == CLOSE:
                raise EOFError("snmpd has closed the session")
            if kind == CLEANUPSET:
                continue
            try:
                error, rows = 0, self.answer(kind, body)
            except (struct.error, ValueError) as e:
                print(f"labmib: {e!r}", file=sys.stderr, flush=True)
                error, rows = GEN_ERR, []
            if kind == TESTSET:
                error = NOT_WRITABLE
            head = struct.pack("!IHH", 0, error, 1 if error else 0)
            self.write(RESPONSE, transaction, packet, head + b"".join(varbind(*r) for r in rows))

    def answer(self, kind, body):
        if kind == GET:
            return [self.tables.get(start) for start, _, _ in body.ranges()]
        if kind == GETNEXT:
            return [self.tables.next(*r) for r in body.ranges()]
        if kind == GETBULK:
            once, times = body.take("HH")
            ranges = list(body.ranges())
            rows = [self.tables.next(*r) for r in ranges[:once]]
            again = ranges[once:]
            for _ in range(times):
                some = [self.tables.next(*r) for r in again]
                rows += some
                if all(r[1] == END for r in some):
                    break
                again = [(r[0], 0, end) for r, (_, _, end) in zip(some, again)]
            return rows
        return []


def serve(path, tables, agent):
    """For as long as the device lives; snmpd may close a session that was too slow for it."""
    while True:
        try:
            agent.serve()
        except (OSError, EOFError, RuntimeError) as e:
            print(f"labmib: {e}", file=sys.stderr, flush=True)
        agent.s.close()
        while True:
            time.sleep(1)
            try:
                agent = SubAgent(path, tables)
                break
            except (OSError, EOFError, RuntimeError):
                continue
