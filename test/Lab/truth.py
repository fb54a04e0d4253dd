"""Says which devices and interfaces carried a packet that was really sent, and of a drop where and why (see probe.py for how it is seen)."""
import os, re, time
import engine, netlink, probe, topology
from nsutil import run

AT_ONCE = 64
STP = {0: "disabled", 1: "listening", 2: "learning", 3: "forwarding", 4: "blocking"}
WHY = {(3, 0): "no route (ICMP network unreachable)", (3, 1): "host unreachable (ICMP 3/1: no route or no ARP answer)", (3, 3): "port unreachable",
       (3, 4): "fragmentation needed", (3, 9): "administratively prohibited", (3, 10): "administratively prohibited", (3, 13): "administratively prohibited",
       (11, 0): "TTL exceeded"}


def counters(st, dev):
    """Packets counted by each ACL rule of a device: {comment: packets}."""
    out = {}
    with probe.netns(st, dev):
        rules = run(["iptables-legacy-save", "-c", "-t", "filter"], check=False)
    for line in rules.splitlines():
        m = re.match(r'\[(\d+):\d+\] -A acl_.*--comment "([^"]*)"', line)
        if m:
            out[m[2]] = int(m[1])
    return out


def stitch(ev, peer, src, dst_dev):
    """The chain of wire crossings from src to dst: [(out event, in event)], and whether it got there.

    A device may come twice (a tunnel's hairpin), so the earliest onward crossing is tried first; copies that a
    flood sent elsewhere are dead ends and are backed out of."""
    phys = [e for e in ev if (e["dev"], e["ifname"]) in peer and not e["icmp_error"]]
    best, tried = [], set()

    def landing(o):
        d, i = peer[(o["dev"], o["ifname"])]
        c = [e for e in phys if e["dev"] == d and e["ifname"] == i and e["dir"] == "in" and e["ts"] >= o["ts"] and e["tunnel"] == o["tunnel"]]
        return c[0] if c else None

    def walk(dev, ts, chain):
        nonlocal best
        for o in phys:
            if o["dev"] != dev or o["dir"] != "out" or o["ts"] < ts or id(o) in tried:
                continue
            tried.add(id(o))  # what follows a crossing does not depend on what came before it: a packet that circles is walked once
            i = landing(o)
            c = chain + [(o, i)]
            if len(c) > len(best):
                best = c
            if i:
                r = walk(i["dev"], i["ts"], c)
                if r is not None:
                    return r
        return chain if dev == dst_dev else None  # the last arrival: a switch can carry the frame before it gets it as its own

    r = walk(src, 0, [])
    return (r, True) if r is not None else (best, False)


def flow_of(st, src, dst, proto="udp", sport=40000, dport=33434, ttl=64):
    """The flow in addresses, and the device that sends it."""
    topo = st["topo"]
    src_ip, dst_ip = (topology.first_ip(topo, x) if x in topo["nodes"] else x for x in (src, dst))
    dev = topology.owner(topo, src_ip)
    if not dev or dev not in st["devices"]:
        raise RuntimeError(f"source {src}: no device of the lab owns {src_ip}")
    return {"from": dev, "src": src_ip, "dst": dst_ip, "proto": proto, "sport": sport, "dport": dport, "ttl": ttl}


def running():
    st = engine.state()
    if not st:
        raise RuntimeError("no lab is up")
    return st


def trace(src, dst, warm=2, **kw):
    st = running()
    f = flow_of(st, src, dst, **kw)
    answered = probe.ping(st, [f], warm, 0.4)[0] if warm else None
    (ev, send_error), = probe.fire(st, [f])
    return {**explain(st, f, ev, send_error), "warmup_answers": answered}


def traces(flows, aged=False):
    """Many flows, cold, some at once; aged: all tables are emptied first."""
    st = running()
    flows, res = [flow_of(st, **f) for f in flows], []
    if aged:
        engine.age()
    for at in range(0, len(flows), AT_ONCE):
        some = flows[at:at + AT_ONCE]
        res += [explain(st, f, ev, error, briefly=True) for f, (ev, error) in zip(some, fire_twice(st, some))]
    return res


def fire_twice(st, flows):
    """What did not arrive is sent a second time, with more patience: a drop is one that two packets show."""
    seen = probe.fire(st, flows)
    again = [i for i, (f, (ev, _)) in enumerate(zip(flows, seen)) if not stitched(st, f, ev)[1]]
    if again:
        for i, other in zip(again, probe.fire(st, [flows[i] for i in again], 2.0, 1.0)):
            seen[i] = other
    return seen


def talk(flows, n=2):
    """Lets pairs of hosts talk, all at once, so that tables know them: n pings each. Who does not answer is not an error."""
    st = running()
    return {"answers": probe.ping(st, [flow_of(st, **f) for f in flows], n, 1.0)}


def stitched(st, f, ev):
    last = [e["layers"][-1][1] for e in ev if e["layers"] and not e["icmp_error"]][-1:]  # where it went to in the end: devices translate addresses
    chain, arrived = stitch(ev, topology.peers(st["topo"]), f["from"], topology.owner(st["topo"], *(last or [f["dst"]])))
    # Translated back to its sender it has crossed wires: where no crossing was seen, they were missed.
    return chain, arrived and (bool(chain) or topology.owner(st["topo"], f["dst"]) == f["from"])


def explain(st, f, ev, send_error, briefly=False):
    """The hops of one packet; if it was dropped, where and why. Which ACL rules it met is asked of every device, or briefly of the one that dropped it."""
    topo = st["topo"]
    nodes, peer = topo["nodes"], topology.peers(topo)
    src_ip, dst_ip, src_dev = f["src"], f["dst"], f["from"]
    chain, delivered = stitched(st, f, ev)
    hops, cur = [], {"device": src_dev, "in": None, "t_in": 0}
    for o, i in chain:
        cur.update(out=o["ifname"], out_vlan=o["vlan"], t_out=o["ts"], tunnel=o["tunnel"])
        hops.append(cur)
        if i:
            cur = {"device": i["dev"], "in": i["ifname"], "in_vlan": i["vlan"], "t_in": i["ts"], "in_tunnel": i["tunnel"]}
    last = cur if (not chain or chain[-1][1]) else None
    if last and last is not (hops[-1] if hops else None):
        last.update(out=None, t_out=1 << 63)
        hops.append(last)
    for h in hops:
        # the logical interfaces it crossed inside the device (bridge, vlanN, bond, tunnel), in order
        mine = [e for e in ev if e["dev"] == h["device"] and h["t_in"] <= e["ts"] <= h["t_out"] and not e["icmp_error"] and (e["dev"], e["ifname"]) not in peer]
        h["inside"] = [f"{e['ifname']}:{e['dir']}" for e in mine]
        h["kind"] = topology.kind(nodes[h["device"]])
        h["managed"] = topology.managed(nodes[h["device"]])
        t_out = h["t_out"]
        h.pop("t_in"), h.pop("t_out")
        for k in ("in_tunnel", "tunnel"):
            if not h.get(k):
                h.pop(k, None)
    res = {"src": src_ip, "dst": dst_ip, "proto": f["proto"], "sport": f["sport"], "dport": f["dport"], "delivered": delivered,
           "devices": [h["device"] for h in hops], "hops": hops}
    on_path = {(o["dev"], o["ifname"]) for o, _ in chain}
    flood = sorted({f"{e['dev']}:{e['ifname']}" for e in ev if e["dir"] == "out" and not e["icmp_error"] and (e["dev"], e["ifname"]) in peer and (e["dev"], e["ifname"]) not in on_path})
    if flood:
        res["flooded_copies"] = flood
    errs = [e for e in ev if e["icmp_error"] and e["dir"] == "out"]
    hits = {}
    asked = hops if not briefly else [] if delivered else hops[-1:]
    acl_devs = sorted({h["device"] for h in asked if nodes[h["device"]].get("acls")})
    if acl_devs and not send_error:  # which rules matched: the same flow once more, between two readings of the rules' counters
        before = {n: counters(st, n) for n in acl_devs}
        with probe.netns(st, src_dev):
            probe.send(src_ip, dst_ip, f["proto"], f["sport"], f["dport"], probe.new_cookie(), f["ttl"])
        time.sleep(0.1)
        hits = {n: [c for c, v in counters(st, n).items() if v > before[n].get(c, 0)] for n in acl_devs}
        hits = {n: h for n, h in hits.items() if h}
    if hits:
        res["acl_hits"] = hits
    if not delivered:
        at = hops[-1]["device"] if hops else src_dev
        why = None
        deny = [c for c in hits.get(at, []) if "deny" in c]
        if deny:
            why = "ACL " + "; ".join(deny)
        elif errs:
            why = WHY.get(tuple(errs[0]["icmp_error"]), f"ICMP {errs[0]['icmp_error']}") + f", said by {errs[0]['dev']}"
        elif send_error:
            why = send_error
        elif hops and hops[-1].get("in") is None and hops[-1].get("out") is None:
            why = "never left the source (no route or no ARP answer)"
        else:
            i = hops[-1].get("in")
            stp = spanning_tree(st, at, i)
            l3 = ([x[:-3] for x in hops[-1]["inside"] if x.endswith(":in")] or [i])[-1]
            with probe.netns(st, at):
                word = netlink.route_error(src_ip, dst_ip, l3 or "lo")
            if stp not in ("forwarding", None):
                why = f"port {i} is {stp} (spanning tree)"
            elif topology.forwards(nodes[at]) and word:
                why = "blackhole route" if word == "Invalid argument" else "no route: " + word
            else:
                why = "not forwarded (VLAN not allowed, or no MAC learned, or a silent next hop)"
        res["dropped_at"], res["why"] = at, why
    return res


def spanning_tree(st, dev, ifname):
    """The state of a bridge port; None where the interface is none."""
    path = f"{engine.port(st['devices'][dev], ifname)}/state"
    return STP.get(int(open(path).read())) if os.path.exists(path) else None


def sweep(src, dst, n=32, **kw):
    """The same flow with n source ports: which paths does ECMP really use?"""
    return sweeps([{"src": src, "dst": dst, "n": n, **kw}])[0]


def sweeps(flows):
    """Many of them, packets of several at once."""
    st = running()
    packets = []
    for k, f in enumerate(flows):
        n, base = f.get("n", 32), f.get("sport", 40000)
        rest = {x: v for x, v in f.items() if x not in ("n", "sport")}
        packets += [(k, flow_of(st, sport=base + i, **rest)) for i in range(n)]
    paths, warm = [{} for _ in flows], -1
    for at in range(0, len(packets), AT_ONCE):
        some = packets[at:at + AT_ONCE]
        probe.ping(st, list({k: f for k, f in some if k > warm}.values()), 2, 0.4)
        warm = some[-1][0]
        for (k, f), (ev, _) in zip(some, fire_twice(st, [f for _, f in some])):
            chain, delivered = stitched(st, f, ev)
            way = " ".join([f["from"]] + [i["dev"] for _, i in chain if i]) + ("" if delivered else " DROP")
            p = paths[k].setdefault(way, {"devices": way, "count": 0, "sports": [], "wires": []})
            p["count"] += 1
            p["sports"].append(f["sport"])
            p["wires"] = sorted({*p["wires"], *(f"{o['dev']}:{o['ifname']} {i['dev']}:{i['ifname']}" for o, i in chain if i)})
    return [{"paths": sorted(p.values(), key=lambda p: -p["count"])} for p in paths]
