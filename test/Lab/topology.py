"""Reads a topology file: who owns which address, who is cabled to whom, what each router hashes."""
import hashlib, ipaddress, json, zlib


def load(path):
    return json.load(open(path))


def kind(node):
    return node.get("kind", "router")


def is_switch(node):
    return kind(node) in ("switch", "l3switch", "ap", "wlc", "phone")


def forwards(node):
    return kind(node) in ("router", "l3switch")


def managed(node):
    """True, False, or "by-wlc": an access point, which speaks LLDP and CDP, but whose facts only its controller's agent has."""
    return node.get("managed", not is_end(node))


def is_end(node):
    """It starts and ends conversations: a host, or a telephone, which is a bridge for the station behind it, too."""
    return kind(node) in ("host", "controller", "phone")


def announces(node):
    """It has an lldpd: a managed device, or an end station that says `lldp`."""
    return node.get("lldp") is True if is_end(node) else bool(managed(node)) and bool(node.get("lldp", True))


def hides(node):
    """What its agent does not show, by the names in texts.HIDDEN."""
    return set(node.get("hides", []))


def mgmt_ip(node):
    return node.get("mgmt") or next((str(a.ip) for _, a in addrs(node) if a.version == 4), None)


def split(end):
    dev, _, ifname = end.partition(":")
    return dev, ifname


def peers(topo):
    p = {}
    for a, b in topo["links"]:
        p[split(a)], p[split(b)] = split(b), split(a)
    return p


def validate(topo):
    seen = set()
    for a, b in topo["links"]:
        for end in (a, b):
            dev, ifname = split(end)
            if dev not in topo["nodes"]:
                raise ValueError(f"link end {end}: no such node")
            if not 0 < len(ifname) <= 15 or "/" in ifname:
                raise ValueError(f"link end {end}: Linux interface names have 1-15 characters and no '/'")
            if end in seen:
                raise ValueError(f"{end} is used twice")
            seen.add(end)
    for n in topo["nodes"]:
        if len(n) > 60 or not n.replace("-", "").replace("_", "").isalnum():
            raise ValueError(f"node name {n!r}")
    return topo


def digest(topo):
    return hashlib.sha256(json.dumps(topo, sort_keys=True).encode()).hexdigest()[:16]


def addrs(node):
    for ifname, c in node.get("interfaces", {}).items():
        ip = c.get("ip", [])
        for a in [ip] if isinstance(ip, str) else ip:
            yield ifname, ipaddress.ip_interface(a)


def owner(topo, ip):
    for n, node in topo["nodes"].items():
        for _, a in addrs(node):
            if str(a.ip) == ip:
                return n
    return None


def first_ip(topo, name):
    return next(str(a.ip) for _, a in addrs(topo["nodes"][name]) if a.version == 4)


def neighbours(topo, ok=lambda a, b: True):
    adj = {n: set() for n in topo["nodes"]}
    for a, b in topo["links"]:
        a, b = split(a)[0], split(b)[0]
        if ok(topo["nodes"][a], topo["nodes"][b]):
            adj[a].add(b), adj[b].add(a)
    return adj


def distances(adj, start):
    dist, todo = {start: 0}, [start]
    for n in todo:
        for m in sorted(adj[n] - set(dist)):
            dist[m] = dist[n] + 1
            todo.append(m)
    return dist


def discovery(topo):
    """The addresses from which an LLDP (or CDP) crawl over SNMP finds every managed device: one an island, the controller's own first."""
    speaks = lambda x: {p for p, on in (("lldp", x.get("lldp", True) not in (False, "off")), ("cdp", x.get("cdp") and x.get("lldp", True))) if on}
    adj = neighbours(topo, lambda a, b: managed(a) is True and managed(b) is True and speaks(a) & speaks(b))
    adj.update({n: set() for n, x in topo["nodes"].items() if "lldp" in hides(x)})
    near = [m for n, x in topo["nodes"].items() if kind(x) == "controller" for m in neighbours(topo)[n]]
    seen, out = set(), []
    for n in near + list(topo["nodes"]):
        if managed(topo["nodes"][n]) is True and n not in seen:
            seen |= set(distances(adj, n))
            out.append(mgmt_ip(topo["nodes"][n]))
    return out


HASHES = [0x10 | sum(b for k, b in enumerate((1, 2, 4, 0x20)) if m >> k & 1) for m in range(16)]


def hash_fields(topo):
    """What each router hashes to choose one of equal paths (fib_multipath_hash_fields): the source port always, and one of 16 sets of the
    address, protocol and port fields, so that cascaded routers choose independently. Two routers with the same set stand as far apart as can be."""
    adj, out = neighbours(topo), {}
    for n in (n for n, x in topo["nodes"].items() if forwards(x)):
        dist = distances(adj, n)
        near = lambda f: min((dist.get(m, 999) for m, g in out.items() if g == f), default=1000)
        out[n] = max(HASHES, key=lambda f: (near(f), zlib.crc32(f"{n} {f}".encode())))
    return out


def radio_mac(eth):
    """An access point's base radio MAC: as on real ones, not its Ethernet MAC."""
    return f"06{eth[2:-2]}{int(eth[-1], 16):x}0"
