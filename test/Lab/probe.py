"""Sends real packets with a cookie in the payload and tells which interfaces of which devices each was seen on.

A raw socket in every device's network namespace sees every frame of every interface, received and sent, with the
kernel's own time stamp. The cookie names our packet also inside a tunnel and inside the ICMP error it provokes.
"""
import ctypes, json, os, select, socket, struct, time
import nsutil as ns

SOL_PACKET, PACKET_AUXDATA, SO_TIMESTAMPNS, OUTGOING, SO_RCVBUFFORCE = 263, 8, 35, 4, 33
MARK, COOKIE = b"NETLAB", 16


def new_cookie():
    return MARK + os.urandom(COOKIE - len(MARK))


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


def fire(st, flows, seconds=1.0, quiet=0.25):
    """Sends one packet of each flow, all at once. Returns, flow by flow, what the taps saw of it, and why it could not be sent."""
    pids = {n: d["pid"] for n, d in st["devices"].items()}
    socks, cookies, errors = taps(st), [new_cookie() for _ in flows], {}

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
