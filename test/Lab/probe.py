"""Sends real packets with a cookie in the payload and tells which interfaces of which devices each was seen on.

A raw socket in every device's network namespace sees every frame of every interface, received and sent, with the
kernel's own time stamp. The cookie names our packet also inside a tunnel and inside the ICMP error it provokes.
"""
import ctypes, os, select, socket, struct, time
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


def netns(st, dev):
    """The network namespace of a device."""
    return ns.inside(f"/proc/{st['devices'][dev]['pid']}/ns/net")


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


def ping(st, flows, n, wait):
    """n echo requests of each flow, those of all flows together: fills ARP and MAC tables as the hosts' earlier traffic would have. Each time the
    answers are waited for as long as that many seconds. Returns the number of answers, flow by flow."""
    socks, got = [], [0] * len(flows)
    try:
        for f in flows:
            with netns(st, f["from"]):
                s = socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)
            socks.append(s)
            s.setblocking(False)
            s.bind((f["src"], 0))
        for i in range(n):
            asked = {}
            for k, (s, f) in enumerate(zip(socks, flows)):
                h = struct.pack("!BBHHH", 8, 0, 0, 0x4200 + k % 256, i)
                h = h[:2] + struct.pack("!H", csum(h + b"warmup..")) + h[4:] + b"warmup.."
                try:
                    s.sendto(h, (f["dst"], 0))
                    asked[s] = k
                except OSError:  # no route, which the flow's own packet shows
                    pass
            end = time.time() + wait
            while asked and (left := end - time.time()) > 0:
                for s in select.select(list(asked), [], [], left)[0]:
                    k, (p, a) = asked[s], s.recvfrom(2048)
                    if a[0] == flows[k]["dst"] and p[20] == 0 and p[24:28] == struct.pack("!HH", 0x4200 + k % 256, i):
                        got[k] += 1
                        del asked[s]
    finally:
        for s in socks:
            s.close()
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
        for n in st["devices"]:
            with netns(st, n):
                s = socks[n] = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))  # every protocol, every interface
            s.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, _REJECT)
            s.setsockopt(SOL_PACKET, PACKET_AUXDATA, 1)
            s.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
            s.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 4 << 20)
            s.setblocking(False)
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


def capture(socks, cookies, first, quiet):
    """Read all taps until nothing with one of the cookies came for `quiet` seconds, or not in the `first` seconds."""
    ev, until, end = [], time.time() + first, time.time() + 30  # a frame that circles does not keep us
    by = {s.fileno(): (s, n) for n, s in socks.items()}
    while (left := min(until, end) - time.time()) > 0:
        for fd in select.select(list(by), [], [], left)[0]:
            s, dev = by[fd]
            while True:
                try:
                    f, anc, _, a = s.recvmsg(4096, 256)
                except BlockingIOError:
                    break
                d = dissect(f, a[1], a[3], cookies)
                if not d:
                    continue
                until = time.time() + quiet
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


def fire(st, flows, first=1.0, quiet=0.25):
    """Sends one packet of each flow, all at once. Returns, flow by flow, what the taps saw of it, and why it could not be sent."""
    socks, cookies, errors = taps(st), [new_cookie() for _ in flows], {}
    for s in socks.values():
        s.setsockopt(socket.SOL_SOCKET, SO_DETACH_FILTER, 0)
    try:
        for dev in dict.fromkeys(f["from"] for f in flows):
            with netns(st, dev):
                for i, f in enumerate(flows):
                    if f["from"] == dev:
                        try:
                            send(f["src"], f["dst"], f["proto"], f["sport"], f["dport"], cookies[i], f["ttl"])
                        except OSError as e:
                            errors[i] = f"{type(e).__name__}: {e}"
        ev = capture(socks, set(cookies), first, quiet)
    finally:
        for s in socks.values():
            s.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, _REJECT)
    # not the echo's answer; who translates addresses leaves the packet one of them
    own = lambda e, f: e["icmp_error"] or e["layers"] and (e["layers"][-1][0] == f["src"] or e["layers"][-1][1] == f["dst"])
    return [([e for e in ev if e["cookie"] == c and own(e, f)], errors.get(i)) for i, (f, c) in enumerate(zip(flows, cookies))]
