#!/usr/bin/python3
"""Topology makers. generate(n, seed, family): a random network of about n devices; the same numbers give the same network."""
import ipaddress, json, random, sys
import topology


class Topo:
    def __init__(self, name, note=""):
        self.t = {"name": name, "note": note, "nodes": {}, "links": []}
        self.p2p = ipaddress.ip_network("10.200.0.0/16").subnets(new_prefix=30)
        self.count, self.hosts = {}, []

    def node(self, name, kind, **kw):
        self.t["nodes"][name] = {"kind": kind, "interfaces": {}, **kw}
        return name

    def port(self, name):
        self.count[name] = self.count.get(name, 0) + 1
        k = self.t["nodes"][name]["kind"]
        return ("swp" if k in ("switch", "l3switch") else "eth") + str(self.count[name] - (0 if k in ("switch", "l3switch") else 1))

    def iface(self, name, ifname, **c):
        self.t["nodes"][name]["interfaces"].setdefault(ifname, {}).update(c)

    def link(self, a, b, ca=None, cb=None):
        pa, pb = self.port(a), self.port(b)
        self.iface(a, pa, **(ca or {})), self.iface(b, pb, **(cb or {}))
        self.t["links"].append([f"{a}:{pa}", f"{b}:{pb}"])
        return pa, pb

    def bundle(self, a, b, vlans, lag):
        """A trunk, of two bundled links or of one."""
        if not lag:
            return self.link(a, b, {"trunk": vlans}, {"trunk": vlans})
        pairs = [self.link(a, b), self.link(a, b)]
        for side, name in enumerate((a, b)):
            po = f"Po{1 + sum(i.startswith('Po') for i in self.t['nodes'][name]['interfaces'])}"
            self.iface(name, po, bond=[p[side] for p in pairs], trunk=vlans)

    def host(self, at, address, gateway, node=None, **port):
        h = self.node(f"h{len(self.hosts) + 1}", "host", gateway=gateway, **(node or {}))
        self.link(at, h, port, {"ip": address})
        self.hosts.append(h)

    def phone(self, at, address, gateway, data, voice):
        """A telephone in the voice VLAN; the station's frames pass it untagged."""
        p = self.node(f"phone{sum(x['kind'] == 'phone' for x in self.t['nodes'].values()) + 1}", "phone", gateway=gateway, lldp=True)
        self.link(at, p, {"trunk": [voice], "native": data}, {"trunk": [voice], "native": data})
        self.iface(p, f"vlan{voice}", ip=address)
        return p

    def controller(self, at):
        p, _ = self.link(at, self.node("controller", "controller", gateway="10.254.0.1"), {"ip": "10.254.0.1/24"}, {"ip": "10.254.0.10/24"})
        return p

    def site(self, r, gw, names, base, third):
        """Switches with VLANs 10 and 20 and the management VLAN 99 behind a router's one port; three make a ring, in which spanning tree must block."""
        for j, s in enumerate(names):
            self.node(s, "switch", gateway=f"{base}.{third}.1", stp_priority=4096 if j == 0 else 32768)
        pr, _ = self.link(gw, names[0], {}, {"trunk": [10, 20], "native": 99})
        for j in range(1, len(names)):
            self.link(names[j - 1], names[j], {"trunk": [10, 20, 99]}, {"trunk": [10, 20, 99]})
        if len(names) == 3:
            self.link(names[0], names[2], {"trunk": [10, 20, 99]}, {"trunk": [10, 20, 99]})
        self.iface(gw, pr, ip=f"{base}.{third}.1/24")
        for v, off in ((10, 1), (20, 2)):
            self.iface(gw, f"{pr}.{v}", ip=f"{base}.{third + off}.1/24")
        for j, s in enumerate(names):
            self.iface(s, "vlan99", ip=f"{base}.{third}.{10 + j}/24")
            for v, off in ((10, 1), (20, 2)):
                if j == 0 or r.random() < 0.6:
                    self.host(s, f"{base}.{third + off}.{100 + j}/24", f"{base}.{third + off}.1", access=v)
        return pr

    def routed(self, a, b, cost=None):
        n = next(self.p2p)
        x, y = (f"{h}/30" for h in n.hosts())
        c = {"ospf_cost": cost} if cost else {}
        pa, pb = self.link(a, b, {"ip": x, **c}, {"ip": y, **c})
        return pa, pb, x.split("/")[0], y.split("/")[0]


def mix_snmp(t):
    """Every other agent answers SNMPv2c only, the rest SNMPv3 only."""
    for i, x in enumerate(x for x in t["nodes"].values() if topology.managed(x) is True):
        x["snmp"] = ("v2c", "v3")[i % 2]


def leafspine(spines=2, leaves=4, proto="bgp", hosts=2):
    t = Topo(f"leafspine-{proto}", f"{spines} spines, {leaves} leaves, {proto} with ECMP; the controller is a host of leaf1")
    N = t.t["nodes"]
    for s in range(1, spines + 1):
        t.node(f"spine{s}", "router")
        t.iface(f"spine{s}", "lo", ip=f"10.255.0.{s}/32")
    for l in range(1, leaves + 1):
        n = t.node(f"leaf{l}", "l3switch")
        t.iface(n, "lo", ip=f"10.255.1.{l}/32")
        t.iface(n, "vlan10", ip=f"10.{l}.10.1/24")
        for s in range(1, spines + 1):
            _, _, a, b = t.routed(n, f"spine{s}")
            if proto == "bgp":
                for x, asn, peer, pasn in ((n, 65000 + l, b, 65100), (f"spine{s}", 65100, a, 65000 + l)):
                    N[x].setdefault("bgp", {"asn": asn, "neighbors": {}, "redistribute": ["connected"]})["neighbors"][peer] = pasn
        if proto == "ospf":
            N[n]["ospf"] = {"passive": ["vlan10"]}
        for h in range(1, hosts + 1):
            m = t.node(f"h{l}{h}", "host", gateway=f"10.{l}.10.1")
            t.link(n, m, {"access": 10}, {"ip": f"10.{l}.10.{10 + h}/24"})
    if proto == "ospf":
        for s in range(1, spines + 1):
            N[f"spine{s}"]["ospf"] = True
    t.node("controller", "controller", gateway="10.1.10.1")
    t.link("leaf1", "controller", {"access": 10}, {"ip": "10.1.10.250/24"})
    t.t["expect_reachable"] = [["h11", f"h{leaves}1"], ["h21", "h11"]]
    return t.t


def routers(name, note, names, links, last):
    """Routers with OSPF on equal links, h1 and the controller at the first, h2 at `last`: needs no VLANs, so it runs in the machine's own kernel."""
    t = Topo(name, note)
    for i, s in enumerate(names, 1):
        t.node(s, "router", ospf={"passive": []})
        t.iface(s, "lo", ip=f"10.255.0.{i}/32")
    for x, y in links:
        t.routed(x, y)
    for h, k, r, e, n in (("h1", "host", names[0], "eth9", 1), ("h2", "host", last, "eth9", 2), ("controller", "controller", names[0], "eth8", 9)):
        t.node(h, k, gateway=f"10.{n}.0.1")
        t.iface(r, e, ip=f"10.{n}.0.1/24"), t.iface(h, "eth0", ip=f"10.{n}.0.2/24")
        t.t["nodes"][r]["ospf"]["passive"].append(e)
        t.t["links"].append([f"{r}:{e}", f"{h}:eth0"])
    t.t["expect_reachable"] = [["h1", "h2"]]
    return t


def square():
    t = routers("l3-square", "routers only: native mode everywhere; two equal paths", "abcd", ("ab", "ac", "bd", "cd"), "d")
    t.t["nodes"]["d"]["acls"] = {"NO-TELNET": [{"action": "deny", "proto": "tcp", "dport": 23}, {"action": "permit"}]}
    t.iface("d", "eth9", acl_out="NO-TELNET")
    return t.t


def cascade():
    return routers("l3-cascade", "routers only; two stages of equal choice (a: b or c; these: d or e), so four paths", "abcdef",
                   ("ab", "ac", "bd", "be", "cd", "ce", "df", "ef"), "f").t


def mixed(n, r):
    """Routers in a random OSPF mesh with equal costs (ECMP), sites of switches with two VLANs (router on a stick), rings (spanning
    tree), ACLs that drop, one router in ten unmanaged."""
    t = Topo("mixed")
    N = t.t["nodes"]
    nr = max(3, n // 2)
    nsw = n - nr
    routers = [f"r{i}" for i in range(1, nr + 1)]
    for i, x in enumerate(routers, 1):
        t.node(x, "router", ospf={"passive": []})
        t.iface(x, "lo", ip=f"10.255.{i >> 8}.{i & 255}/32")
        if i > 1 and r.random() < 0.1:
            N[x]["managed"] = False
    for i in range(1, nr):
        t.routed(routers[i], routers[r.randrange(max(0, i - 6), i)], r.choice((10, 10, 10, 20)))
    for _ in range(nr):
        a, b = r.sample(routers, 2)
        t.routed(a, b, r.choice((10, 10, 10, 20)))
    sw, site, edge = 0, 0, r.sample(routers, nr)
    while sw < nsw:
        gw = edge[site % nr]
        site += 1
        k = min(nsw - sw, r.choice((1, 2, 3)))
        base, third = f"10.{site >> 6}", (site & 63) * 4
        pr = t.site(r, gw, [f"sw{sw + j + 1}" for j in range(k)], base, third)
        sw += k
        N[gw]["ospf"]["passive"] += [f"{pr}.10", f"{pr}.20", pr]
        if r.random() < 0.5:
            port = r.choice((22, 23, 80, 443, 8080))
            N[gw]["acls"] = {"SITE-IN": [{"action": "deny", "proto": r.choice(("tcp", "udp")), "dport": port},
                                         {"action": "deny", "proto": "udp", "src": f"{base}.{third + 2}.0/24", "dport": 53}, {"action": "permit"}]}
            t.iface(gw, f"{pr}.{r.choice((10, 20))}", acl_in="SITE-IN")
    N["r1"]["ospf"]["passive"].append(t.controller("r1"))
    return t


def campus(n, r):
    """Two core routers; blocks of two distribution layer-3 switches (OSPF up, VRRP down) and access switches on both of them, VLANs that
    span a block's switches, loops that spanning tree cuts, bundled links; one access switch in eight is unmanaged."""
    t = Topo("campus")
    N = t.t["nodes"]
    cores = [t.node(f"core{i}", "router", ospf={"passive": []}) for i in (1, 2)]
    for i, c in enumerate(cores, 1):
        t.iface(c, "lo", ip=f"10.255.0.{i}/32")
    t.routed(*cores)
    left, b = max(3, n - 2), 0
    while left >= 3:
        b += 1
        k = min(left - 2, r.choice((2, 3, 4)))
        k += left - 2 - k if left - 2 - k < 3 else 0  # what is left would be no block
        left -= 2 + k
        vlans = [10, 20, 30][:r.choice((2, 3))] + [99]
        dist = [t.node(f"dist{b}{x}", "l3switch", stp_priority=4096 * i, ospf={"passive": [f"vlan{v}" for v in vlans]}, vrrp=[]) for i, x in ((1, "a"), (2, "b"))]
        for i, d in enumerate(dist):
            t.iface(d, "lo", ip=f"10.255.{b}.{i + 1}/32")
            for v in vlans:
                t.iface(d, f"vlan{v}", ip=f"10.{b}.{v}.{i + 2}/24")
                N[d]["vrrp"].append({"if": f"vlan{v}", "vrid": v, "ip": f"10.{b}.{v}.1/24", "prio": 120 if (v // 10 + i) % 2 else 90})
            for c in cores:
                t.routed(d, c)
        t.bundle(*dist, vlans, r.random() < 0.5)
        for j in range(k):
            a = t.node(f"acc{b}{j + 1}", "switch", gateway=f"10.{b}.99.1", **({"managed": False} if r.random() < 0.125 else {}))
            t.iface(a, "vlan99", ip=f"10.{b}.99.{10 + j}/24")
            for d in dist:
                t.bundle(a, d, vlans, r.random() < 0.3)
            for v in r.sample(vlans[:-1], r.choice((1, 2))):
                t.host(a, f"10.{b}.{v}.{100 + j}/24", f"10.{b}.{v}.1", access=v)
    N["core1"]["ospf"]["passive"].append(t.controller("core1"))
    return t


def branch(n, r):
    """A hub and branches around an unmanaged WAN: a routed one (static routes, or GRE tunnels with OSPF over it), or one wire-like layer-2 service."""
    t = Topo("branch")
    N = t.t["nodes"]
    wan, left, s, sw = r.choice(("routed", "gre", "l2")), n - 1, 0, 0
    t.t["note"] = f"WAN: {wan}"
    t.node("wan", "switch" if wan == "l2" else "router", managed=False, **({"stp": 0} if wan == "l2" else {"static": []}))
    while left > 0:
        x = t.node(f"site{s}" if s else "hub", "router")
        k = min(left - 1, 2 if s == 0 else r.choice((0, 1, 1, 2, 3)))
        left -= 1 + k
        t.iface(x, "lo", ip=f"10.255.0.{s + 1}/32")
        if wan == "l2":
            up, _ = t.link(x, "wan", {"ip": f"10.201.0.{s + 1}/24"}, {"access": 500})
        else:
            up, _, mine, its = t.routed(x, "wan")
            N[x]["gateway"] = its
            if s:
                N["wan"]["static"].append({"to": f"10.{s}.0.0/16", "via": [mine]}) if wan == "routed" else None
            elif wan == "routed":
                N["wan"]["static"] += [{"to": f"10.{d}/{m}", "via": [mine]} for d, m in (("0.0.0", 16), ("254.0.0", 16))]
            if wan == "gre" and s:
                for y, z, a, b, last in (("hub", x, hub_ip, mine, 1), (x, "hub", mine, hub_ip, 2)):
                    t.iface(y, f"gre-{z}", ip=f"10.202.{s}.{last}/30", gre={"local": a, "remote": b})
            hub_ip = mine if s == 0 else hub_ip
        if k:
            pr = t.site(r, x, [f"sw{sw + j + 1}" for j in range(k)], f"10.{s}", 0)
            sw += k
            passive = [pr, f"{pr}.10", f"{pr}.20"]
        else:
            t.host(x, f"10.{s}.1.100/24", f"10.{s}.1.1", ip=f"10.{s}.1.1/24")
            passive = [list(N[x]["interfaces"])[-1]]
        passive += [t.controller(x)] if s == 0 else []
        if wan != "routed":
            N[x]["ospf"] = {"passive": passive, "exclude": [up] if wan == "gre" else []}
        else:
            N[x]["mgmt"] = f"10.{s}.{0 if k else 1}.1"  # the WAN does not carry the loopbacks
        s += 1
    return t


def edge(n, r):
    """Access switches with what people plug in: telephones with a station behind, end stations that speak LLDP, switches that nobody manages with
    three hosts. Two routers with a site of switches each, on a stick by subinterfaces whose numbers are no tags, which not every router tells;
    a site's switches are a chain, or hang with their router on a switch that nobody manages."""
    t = Topo("edge")
    N = t.t["nodes"]
    gws = [t.node(f"gw{i}", "router", ospf={"passive": []}, tags_told=True) for i in (1, 2)]
    for i, g in enumerate(gws, 1):
        t.iface(g, "lo", ip=f"10.255.0.{i}/32")
    t.routed(*gws)
    N["gw1"]["ospf"]["passive"].append(t.controller("gw1"))
    stars, kinds = r.sample((True, False), 2), r.sample(("phone", "station", "dumb"), 3)
    for i, (gw, star) in enumerate(zip(gws, stars), 1):
        left = (n - 2) // 2 if i == 1 else n - 2 - (n - 2) // 2
        names = [t.node(f"sw{i}{j + 1}", "switch", gateway=f"10.{i}.99.1", stp_priority=4096 if j == 0 else 32768) for j in range(left)]
        trunk, up = {"trunk": [10, 20], "native": 99}, (gw, names[0])
        if not star:
            N[gw]["tags_told"] = r.random() < 0.5  # behind a switch that nobody manages no other table tells them
        if star:
            hub = t.node(f"hub{i}", "switch", managed=False, lldp=False, stp=0)
            t.link(hub, names[0], trunk, trunk)
            up = (gw, hub)
        pr, _ = t.link(*up, {}, trunk)
        for a, b in zip(names, names[1:]):
            t.link(hub if star else a, b, trunk, trunk)
        numbers = r.sample((1, 2, 7), 2)
        t.iface(gw, pr, ip=f"10.{i}.99.1/24")
        for v, number in zip((10, 20), numbers):
            t.iface(gw, f"{pr}.{number}", ip=f"10.{i}.{v}.1/24", tag=v)
        N[gw]["ospf"]["passive"] += [pr, *(f"{pr}.{number}" for number in numbers)]
        for j, s in enumerate(names):
            t.iface(s, "vlan99", ip=f"10.{i}.99.{10 + j}/24")
            kind = kinds.pop() if kinds else r.choice(("phone", "station", "plain"))
            at = lambda v, h: (f"10.{i}.{v}.{100 + 10 * j + h}/24", f"10.{i}.{v}.1")
            if kind == "phone":
                t.host(t.phone(s, *at(20, 0), 10, 20), *at(10, 0), trunk=[], native=10)
            elif kind == "dumb":
                d = t.node(f"desk{i}", "switch", managed=False, lldp=False, stp=0)
                t.link(s, d, {"access": 10}, {"access": 10})
                for h in range(3):
                    t.host(d, *at(10, h), access=10)
            else:
                v = r.choice((10, 20))
                t.host(s, *at(v, 0), {"lldp": True} if kind == "station" else None, access=v)
    return t


def unnumbered(n, r):
    """A ring of routers with OSPF, and some more links: with subnets of their own, /31, or unnumbered (the loopback's address). Stubs: by a route
    that names an interface, where the stub answers ARP for its hosts (proxy ARP), or by addresses of /32 at both ends and static routes."""
    t = Topo("unnumbered")
    N = t.t["nodes"]
    stubs = max(2, n // 3)
    ring = [t.node(f"r{i}", "router", ospf={"passive": [], "redistribute": ["kernel"]}) for i in range(1, n - stubs + 1)]
    for i, x in enumerate(ring, 1):
        t.iface(x, "lo", ip=f"10.255.0.{i}/32")
    lo = lambda x: N[x]["interfaces"]["lo"]["ip"]
    pairs = list(zip(ring, ring[1:] + ring[:1])) + [tuple(r.sample(ring, 2)) for _ in range(r.choice((0, 1)))]
    for k, (a, b) in enumerate(pairs):
        kind = ("unnumbered", "/31")[k] if k < 2 else r.choice(("unnumbered", "/31", "/30"))
        if kind == "unnumbered":
            t.link(a, b, {"ip": lo(a)}, {"ip": lo(b)})
        elif kind == "/31":
            t.link(a, b, {"ip": f"10.203.0.{2 * k}/31"}, {"ip": f"10.203.0.{2 * k + 1}/31"})
        else:
            t.routed(a, b)
    for s in range(1, stubs + 1):
        x, at = t.node(f"stub{s}", "router"), r.choice(ring)
        t.iface(x, "lo", ip=f"10.255.1.{s}/32")
        if s % 2:
            pa, pb, near, _ = t.routed(at, x)
            t.iface(x, pb, proxy_arp=True)
            N[x]["gateway"] = near
            N[at].setdefault("static", []).extend({"to": to, "dev": pa} for to in (f"10.{s}.0.0/24", f"10.255.1.{s}/32"))
            N[at]["ospf"]["passive"].append(pa)
        else:
            near, far = f"10.204.{s}.1", f"10.204.{s}.2"
            pa, pb = t.link(at, x, {"ip": f"{near}/32"}, {"ip": f"{far}/32"})
            N[at].setdefault("static", []).extend([{"to": f"{far}/32", "dev": pa}, {"to": f"10.{s}.0.0/24", "via": [far], "dev": pa},
                                                   {"to": f"10.255.1.{s}/32", "via": [far], "dev": pa}])
            N[x]["static"] = [{"to": f"{near}/32", "dev": pb}, {"to": "default", "via": [near], "dev": pb}]
            N[at]["ospf"]["exclude"] = N[at]["ospf"].get("exclude", []) + [pa]
        t.host(x, f"10.{s}.0.100/24", f"10.{s}.0.1", ip=f"10.{s}.0.1/24")
    a = r.choice(ring)
    t.host(a, "10.100.0.100/24", "10.100.0.1", ip="10.100.0.1/24")
    N[a]["ospf"]["passive"].append(list(N[a]["interfaces"])[-1])
    N["r1"]["ospf"]["passive"].append(t.controller("r1"))
    return t


def silent(n, r):
    """A mixed network of which three agents do not show some of their tables."""
    t = mixed(n, r)
    agents = [x for x, node in t.t["nodes"].items() if topology.managed(node) is True]
    for x in r.sample(agents, 3):
        tables = ("fdb", "vlans", "stp", "lldp") if topology.is_switch(t.t["nodes"][x]) else ("arp", "routes", "addresses", "lldp")
        t.t["nodes"][x]["hides"] = sorted(r.sample(tables, r.choice((1, 2))))
    return t


def failing(n, r):
    """A mixed network in which, after it was read, two links fail and a device does; the controller's own router stays."""
    t = mixed(n, r)
    N = t.t["nodes"]
    between = [a for a, b in t.t["links"] if all(topology.managed(N[topology.split(e)[0]]) is True for e in (a, b))]
    links = r.sample(between, min(2, len(between)))
    device = r.choice([x for x in N if topology.managed(N[x]) is True and x != "r1"])
    t.t["failures"] = [*({"link": e} for e in links), {"device": device}]
    return t


FAMILIES = ("mixed", "campus", "leafspine", "branch", "edge", "unnumbered", "silent", "failing")


def generate(n, seed, family="mixed"):
    r = random.Random(seed)
    if family == "leafspine":
        spines = min(r.choice((2, 3, 4)), max(2, n // 3))
        t = leafspine(spines, n - spines, r.choice(("bgp", "ospf")), r.choice((1, 2)))
        hosts = [h for h, x in t["nodes"].items() if x["kind"] == "host"]
    else:
        make = {"mixed": mixed, "campus": campus, "branch": branch, "edge": edge, "unnumbered": unnumbered, "silent": silent, "failing": failing}
        t = make[family](n, r)
        t, hosts = t.t, t.hosts
    t["name"], t["note"] = f"{family}-{n}-{seed}", (t["note"] + "; " if t["note"] else "") + f"made by: lab gen {n} --seed {seed} --family {family}"
    mix_snmp(t)
    t["discovery"] = topology.discovery(t)
    t["expect_reachable"] = [[hosts[0], h] for h in hosts[1:]]
    return t


if __name__ == "__main__":  # the files in topologies/
    a = sys.argv[1:]
    t = square() if a[0] == "square" else cascade() if a[0] == "cascade" else leafspine(proto=a[1])
    mix_snmp(t)
    t["discovery"] = topology.discovery(t)
    print(json.dumps(t, indent=1))
