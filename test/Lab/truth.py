"""Sends one real packet with a cookie in its payload and says which devices and interfaces carried it.

A raw socket in every device's network namespace sees every frame of every interface, received and sent, with the
kernel's own time stamp. The cookie names our packet also inside a tunnel and inside the ICMP error it provokes.
"""
import ctypes, json, os, re, select, socket, struct, time
import engine, nsutil as ns, topology

SOL_PACKET, PACKET_AUXDATA, SO_TIMESTAMPNS, OUTGOING, SO_RCVBUFFORCE = 263, 8, 35, 4, 33
MARK, COOKIE, AT_ONCE = b"NETLAB", 16, 16
WHY = {(3, 0): "no route (ICMP network unreachable)", (3, 1): "host unreachable (ICMP 3/1: no route or no ARP answer)", (3, 3): "port unreachable",
       (3, 4): "fragmentation needed", (3, 9): "administratively prohibited", (3, 10): "administratively prohibited", (3, 13): "administratively prohibited",
       (11, 0): "TTL exceeded"}


def csum(b):
    b += b"\0" * (len(b) & 1)
    s = sum(struct.unpack(f"!{len(b) // 2}H", b))
    s = (s >> 16) + (s & 0xffff)
    return ~(s + (s >> 16)) & 0xffff


def in_netns(pid, fn):
    """fn() in the network namespace of pid, in a child; returns what it returned."""
    r, w = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            ns.setns(f"/proc/{pid}/ns/net", ns.NEWNET)
            res = json.dumps({"ok": fn()})
        except BaseException as e:
            res = json.dumps({"err": f"{type(e).__name__}: {e}"})
        os.write(w, res.encode())
        os._exit(0)
    os.close(w)
    data = b""
    while True:
        c = os.read(r, 65536)
        if not c:
            break
        data += c
    os.close(r)
    os.waitpid(child, 0)
    res = json.loads(data or '{"err": "child died"}')
    if "err" in res:
        raise RuntimeError(res["err"])
    return res["ok"]


def send(src, dst, proto, sport, dport, cookie, ttl=64):
    """One packet from this namespace, by its own routing table."""
    if proto == "udp":
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        s.setsockopt(socket.IPPROTO_IP, socket.IP_TTL, ttl)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        s.bind((src, sport))
        s.sendto(cookie, (dst, dport))
    else:
        num = {"tcp": 6, "icmp": 1}[proto]
        if proto == "tcp":
            h = struct.pack("!HHLLBBHHH", sport, dport, 1000, 0, 5 << 4, 2, 1024, 0, 0)
            ph = socket.inet_aton(src) + socket.inet_aton(dst) + struct.pack("!BBH", 0, 6, len(h) + len(cookie))
            h = h[:16] + struct.pack("!H", csum(ph + h + cookie)) + h[18:]
        else:
            h = struct.pack("!BBHHH", 8, 0, 0, sport, 1)
            h = h[:2] + struct.pack("!H", csum(h + cookie)) + h[4:]
        s = socket.socket(socket.AF_INET, socket.SOCK_RAW, num)
        s.setsockopt(socket.IPPROTO_IP, socket.IP_TTL, ttl)
        s.bind((src, 0))
        s.sendto(h + cookie, (dst, 0))
    s.close()
    return True


def ping(src, dst, n, wait):
    """n echo requests: fills ARP and MAC tables as the hosts' earlier traffic would have. Returns the number of answers."""
    s = socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)
    s.bind((src, 0))
    got = 0
    for i in range(n):
        h = struct.pack("!BBHHH", 8, 0, 0, 0x4242, i)
        s.sendto(h[:2] + struct.pack("!H", csum(h + b"warmup..")) + h[4:] + b"warmup..", (dst, 0))
        end = time.time() + wait
        while time.time() < end:
            if not select.select([s], [], [], max(0, end - time.time()))[0]:
                break
            p, a = s.recvfrom(2048)
            if a[0] == dst and p[20] == 0:
                got += 1
                break
    return got


# "Accept nothing": taps stay open between traces, as closing one waits for the kernel (an RCU grace period each).
_REJECT_CODE = ctypes.create_string_buffer(struct.pack("=HBBI", 6, 0, 0, 0))
_REJECT = struct.pack("=H6xQ", 1, ctypes.addressof(_REJECT_CODE))
SO_ATTACH_FILTER, SO_DETACH_FILTER = 26, 27
_taps = {}


def taps(st):
    """{device: socket} - one socket a device, in its network namespace, seeing all its interfaces."""
    if _taps.get("digest") != (st["digest"], st.get("started")):
        for s in _taps.get("socks", {}).values():
            s.close()
        socks = {}
        home = os.open("/proc/self/ns/net", os.O_RDONLY)
        try:
            for n, d in st["devices"].items():
                ns.setns(f"/proc/{d['pid']}/ns/net", ns.NEWNET)
                s = socks[n] = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))  # every protocol, every interface
                s.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, _REJECT)
                s.setsockopt(SOL_PACKET, PACKET_AUXDATA, 1)
                s.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
                s.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 4 << 20)
                s.setblocking(False)
        finally:
            ns._chk(ns.libc.setns(home, ns.NEWNET), "setns home")
            os.close(home)
        _taps.update(digest=(st["digest"], st.get("started")), socks=socks)
    return _taps["socks"]


def dissect(f, etype_hint, hatype, cookies):
    """Walk the headers to the cookie: [(layer, text)], outer first. None when none of the cookies is in it."""
    at = f.find(MARK)
    cookie = f[at:at + COOKIE]
    if at < 0 or cookie not in cookies:
        return None
    layers, vlan, eth = [], None, None
    off, et = 0, etype_hint
    if hatype == 1:
        eth = (f[6:12].hex(":"), f[0:6].hex(":"))
        off, et = 14, struct.unpack("!H", f[12:14])[0]
        if et == 0x8100:
            vlan = struct.unpack("!H", f[14:16])[0] & 0xfff
            off, et = 18, struct.unpack("!H", f[16:18])[0]
    err, ttl, tun = None, None, []
    while et == 0x0800 and len(f) >= off + 20:
        ihl, ttl, proto = (f[off] & 15) * 4, f[off + 8], f[off + 9]
        src, dst = socket.inet_ntoa(f[off + 12:off + 16]), socket.inet_ntoa(f[off + 16:off + 20])
        layers.append((src, dst, proto, ttl))
        off += ihl
        if proto == 1 and f[off] in (3, 11, 12):
            err = (f[off], f[off + 1])
            break
        if proto == 47:
            flags, et = struct.unpack("!HH", f[off:off + 4])
            off += 4 + (4 if flags & 0x2000 else 0)
            tun.append(f"gre {src}>{dst}")
            if et == 0x6558:
                et = struct.unpack("!H", f[off + 12:off + 14])[0]
                off += 14
            continue
        if proto == 17 and f[off + 8:off + 9] == b"\x08" and f.find(cookie) > off + 30:  # VXLAN: flags 0x08
            tun.append(f"vxlan {src}>{dst} udp/{struct.unpack('!H', f[off + 2:off + 4])[0]} vni {int.from_bytes(f[off + 12:off + 15], 'big')}")
            et = struct.unpack("!H", f[off + 16 + 12:off + 16 + 14])[0]
            off += 16 + 14
            continue
        break
    return {"cookie": cookie, "vlan": vlan, "eth": eth, "layers": layers, "tunnel": tun, "icmp_error": err, "ttl": layers[-1][3] if layers else None}


def capture(socks, cookies, seconds, quiet):
    """Read all taps until nothing with one of the cookies came for `quiet` seconds."""
    ev, end, last = [], time.time() + seconds, None
    by = {s.fileno(): (s, n) for n, s in socks.items()}
    while time.time() < end and not (last and time.time() - last > quiet):
        for fd in select.select(list(by), [], [], 0.05)[0]:
            s, dev = by[fd]
            while True:
                try:
                    f, anc, _, a = s.recvmsg(4096, 256)
                except BlockingIOError:
                    break
                d = dissect(f, a[1], a[3], cookies)
                if not d:
                    continue
                last = time.time()
                for lvl, typ, val in anc:
                    if (lvl, typ) == (SOL_PACKET, PACKET_AUXDATA):
                        st, _, _, _, _, tci, _ = struct.unpack("=LLLHHHH", val[:20])
                        if st & 0x10:
                            d["vlan"] = tci & 0xfff
                    elif (lvl, typ) == (socket.SOL_SOCKET, SO_TIMESTAMPNS):
                        sec, nsec = struct.unpack("=qq", val[:16])
                        d["ts"] = sec * 10**9 + nsec
                d.update(dev=dev, ifname=a[0], dir="out" if a[2] == OUTGOING else "in", pkttype=a[2])
                ev.append(d)
    ev.sort(key=lambda e: e["ts"])
    return ev


def counters(dev):
    """Packets counted by each ACL rule of a device: {comment: packets}."""
    out = {}
    for line in engine.exec_in(dev, ["iptables-legacy-save", "-c", "-t", "filter"])["out"].splitlines():
        m = re.match(r'\[(\d+):\d+\] -A acl_.*--comment "([^"]*)"', line)
        if m:
            out[m[2]] = int(m[1])
    return out


def stitch(ev, peer, src, dst_dev):
    """The chain of wire crossings from src to dst: [(out event, in event)], and whether it got there.

    A device may come twice (a tunnel's hairpin), so the earliest onward crossing is tried first; copies that a
    flood sent elsewhere are dead ends and are backed out of."""
    phys = [e for e in ev if (e["dev"], e["ifname"]) in peer and not e["icmp_error"]]
    best = []

    def landing(o):
        d, i = peer[(o["dev"], o["ifname"])]
        c = [e for e in phys if e["dev"] == d and e["ifname"] == i and e["dir"] == "in" and e["ts"] >= o["ts"] and e["tunnel"] == o["tunnel"]]
        return c[0] if c else None

    def walk(dev, ts, chain, used):
        nonlocal best
        for o in phys:
            if o["dev"] != dev or o["dir"] != "out" or o["ts"] < ts or id(o) in used:
                continue
            i = landing(o)
            c = chain + [(o, i)]
            if len(c) > len(best):
                best = c
            if i:
                r = walk(i["dev"], i["ts"], c, used | {id(o)})
                if r is not None:
                    return r
        return chain if dev == dst_dev else None  # the last arrival: a switch can carry the frame before it gets it as its own

    r = walk(src, 0, [], frozenset())
    return (r, True) if r is not None else (best, False)


def fire(st, flows, seconds=1.0, quiet=0.25):
    """Sends one packet of each flow, all at once. Returns, flow by flow, what the taps saw of it, and why it could not be sent."""
    pids = {n: d["pid"] for n, d in st["devices"].items()}
    socks, cookies, errors = taps(st), [MARK + os.urandom(COOKIE - len(MARK)) for _ in flows], {}

    def send_from(mine):
        failed = {}
        for i in mine:
            f = flows[i]
            try:
                send(f["src"], f["dst"], f["proto"], f["sport"], f["dport"], cookies[i], f["ttl"])
            except OSError as e:
                failed[i] = f"{type(e).__name__}: {e}"
        return failed

    for s in socks.values():
        s.setsockopt(socket.SOL_SOCKET, SO_DETACH_FILTER, 0)
    try:
        for dev in dict.fromkeys(f["from"] for f in flows):
            mine = [i for i, f in enumerate(flows) if f["from"] == dev]
            errors.update({int(i): e for i, e in in_netns(pids[dev], lambda: send_from(mine)).items()})
        ev = capture(socks, set(cookies), seconds, quiet)
    finally:
        for s in socks.values():
            s.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, _REJECT)
    # not the echo's answer
    return [([e for e in ev if e["cookie"] == c and (e["icmp_error"] or e["layers"] and e["layers"][-1][:2] == (f["src"], f["dst"]))], errors.get(i))
            for i, (f, c) in enumerate(zip(flows, cookies))]


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


def warm_up(st, f, n):
    return in_netns(st["devices"][f["from"]]["pid"], lambda: ping(f["src"], f["dst"], n, 0.4))


def trace(src, dst, warm=2, acl=True, **kw):
    st = running()
    f = flow_of(st, src, dst, **kw)
    answered = warm_up(st, f, warm) if warm else None
    (ev, send_error), = fire(st, [f])
    return {**explain(st, f, ev, send_error, acl), "warmup_answers": answered}


def traces(flows):
    """Many flows, cold, some at once. What did not arrive is sent a second time, with more patience: a drop is one that two packets show."""
    st = running()
    flows, res = [flow_of(st, **f) for f in flows], []
    for at in range(0, len(flows), AT_ONCE):
        some = flows[at:at + AT_ONCE]
        seen = fire(st, some)
        arrived = [stitched(st, f, ev)[1] for f, (ev, _) in zip(some, seen)]
        again = [i for i, ok in enumerate(arrived) if not ok]
        if again:
            for i, other in zip(again, fire(st, [some[i] for i in again], 2.0, 1.0)):
                seen[i] = other
        res += [explain(st, f, ev, error, acl=not ok) for f, (ev, error), ok in zip(some, seen, arrived)]
    return res


def stitched(st, f, ev):
    return stitch(ev, topology.peers(st["topo"]), f["from"], topology.owner(st["topo"], f["dst"]))


def explain(st, f, ev, send_error, acl):
    """The hops of one packet; if it was dropped, where and why."""
    topo = st["topo"]
    nodes, peer = topo["nodes"], topology.peers(topo)
    src_ip, dst_ip, src_dev = f["src"], f["dst"], f["from"]
    pids = {n: d["pid"] for n, d in st["devices"].items()}
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
    acl_devs = sorted({h["device"] for h in hops if nodes[h["device"]].get("acls")})
    if acl and acl_devs and not send_error:  # which rules matched: the same flow once more, between two readings of the rules' counters
        before = {n: counters(n) for n in acl_devs}
        in_netns(pids[src_dev], lambda: send(src_ip, dst_ip, f["proto"], f["sport"], f["dport"], MARK + os.urandom(COOKIE - len(MARK)), f["ttl"]))
        time.sleep(0.1)
        hits = {n: [c for c, v in counters(n).items() if v > before[n].get(c, 0)] for n in acl_devs}
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
            b = engine.exec_in(at, ["bridge", "-j", "link", "show", "dev", i])["out"] if i else ""
            stp = [x.get("state") for x in json.loads(b or "[]")]
            l3 = ([x[:-3] for x in hops[-1]["inside"] if x.endswith(":in")] or [i])[-1]
            r = engine.exec_in(at, ["ip", "route", "get", dst_ip, "from", src_ip, "iif", l3 or "lo"])
            word = (r["err"].strip().splitlines() or [""])[-1].replace("RTNETLINK answers: ", "")
            if stp and stp[0] not in ("forwarding", None):
                why = f"port {i} is {stp[0]} (spanning tree)"
            elif topology.forwards(nodes[at]) and r["rc"]:
                why = "blackhole route" if word == "Invalid argument" else "no route: " + word
            else:
                why = "not forwarded (VLAN not allowed, or no MAC learned, or a silent next hop)"
        res["dropped_at"], res["why"] = at, why
    return res


def sweep(src, dst, n=32, **kw):
    """The same flow with n source ports: which paths does ECMP really use?"""
    st, paths, base = running(), {}, kw.pop("sport", 40000)
    flows = [flow_of(st, src, dst, sport=base + i, **kw) for i in range(n)]
    warm_up(st, flows[0], 2)
    for at in range(0, n, AT_ONCE):
        some = flows[at:at + AT_ONCE]
        for f, (ev, _) in zip(some, fire(st, some)):
            chain, delivered = stitched(st, f, ev)
            k = " ".join([f["from"]] + [i["dev"] for _, i in chain if i]) + ("" if delivered else " DROP")
            p = paths.setdefault(k, {"devices": k, "count": 0, "sports": [], "wires": []})
            p["count"] += 1
            p["sports"].append(f["sport"])
            p["wires"] = sorted({*p["wires"], *(f"{o['dev']}:{o['ifname']} {i['dev']}:{i['ifname']}" for o, i in chain if i)})
    return {"paths": sorted(paths.values(), key=lambda p: -p["count"])}


def sweeps(flows):
    return [sweep(**f) for f in flows]
