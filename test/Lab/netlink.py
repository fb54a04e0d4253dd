"""What `ip neigh flush` and `ip route get` ask of the kernel, without a program for each: in the caller's network namespace."""
import errno, os, socket, struct

ERROR, DONE, DELNEIGH, GETNEIGH, GETROUTE = 2, 3, 29, 30, 26
REQUEST, ACK, DUMP = 1, 4, 0x300
NUD_NOARP, NUD_PERMANENT = 0x40, 0x80
NDA_DST, RTA_DST, RTA_SRC, RTA_IIF = 1, 1, 2, 3


def attribute(kind, data):
    return struct.pack("=HH", len(data) + 4, kind) + data + b"\0" * (-len(data) % 4)


def attributes(data):
    while len(data) >= 4:
        size, kind = struct.unpack_from("=HH", data)
        yield kind, data[4:size]
        data = data[(size + 3) & ~3:]


def ask(s, kind, flags, body):
    """The answers to one request: (type, body). An error is one, as its number."""
    s.send(struct.pack("=IHHII", len(body) + 16, kind, REQUEST | flags, 0, 0) + body)
    while True:
        data = s.recv(65536)
        while data:
            size, kind, flags = struct.unpack_from("=IHH", data)
            if kind == DONE:
                return
            if kind == ERROR:
                yield ERROR, -struct.unpack_from("=i", data, 16)[0]
                return
            yield kind, data[16:size]
            if not flags & 2:  # not one of several
                return
            data = data[(size + 3) & ~3:]


def kernel():
    s = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
    s.bind((0, 0))
    s.settimeout(30)
    return s


def flush_neighbours():
    """Forgets every address that was resolved or is being resolved, IPv4 and IPv6."""
    with kernel() as s:
        for kind, body in list(ask(s, GETNEIGH, DUMP, bytes(12))):
            if kind == ERROR:
                raise OSError(body, f"listing neighbours: {os.strerror(body)}")
            state = struct.unpack_from("=H", body, 8)[0]
            address = dict(attributes(body[12:])).get(NDA_DST)
            if address and not state & (NUD_NOARP | NUD_PERMANENT):
                for _, error in ask(s, DELNEIGH, ACK, body[:12] + attribute(NDA_DST, address)):
                    if error not in (0, errno.ENOENT):
                        raise OSError(error, f"forgetting a neighbour: {os.strerror(error)}")


def route_error(src, dst, iif):
    """Why this namespace does not forward a packet that came in by the interface, in the kernel's words; None when it does."""
    index = socket.if_nametoindex(iif)
    body = struct.pack("=BBBBBBBBI", socket.AF_INET, 32, 32, 0, 0, 0, 0, 0, 0)
    body += attribute(RTA_DST, socket.inet_aton(dst)) + attribute(RTA_SRC, socket.inet_aton(src))
    body += attribute(RTA_IIF, struct.pack("=I", index))
    with kernel() as s:
        kind, answer = next(ask(s, GETROUTE, 0, body))
        return os.strerror(answer) if kind == ERROR else None
