#!/usr/bin/python3
"""netlab: a real network on one Linux machine. See README.md."""
import argparse, contextlib, fcntl, json, math, os, signal, struct, subprocess, sys, time
sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import engine, gen, nsutil as ns, registers, texts, topology
from nsutil import run

VM = "/run/netlab-vm"
LOCK, OWNER = "/run/netlab.lock", "/run/netlab.json"  # the lock: held while a lab is built or ended; the owner: which lab runs, and whose it is
ALL = ("vlan_filtering", "vlan", "bond", "vrf", "gre", "vxlan")
HOST_CTL, GUEST_CTL = "169.254.77.1", "169.254.77.2"


class Busy(Exception):
    """Another lab has the machine."""


def owner():
    """The lab that runs (or is being built) on this machine, or None."""
    st = engine.state()
    runs = vm_pid() or (st and engine.alive(st))
    try:
        o = json.load(open(OWNER))
    except (FileNotFoundError, ValueError):  # started by a lab program that left no word
        return {"name": "a lab of unknown origin", "file": "?", "digest": "?", "mode": "?", "started": 0, "pid": 0, "ppid": 0} if runs else None
    return o if runs or engine.starttime(o["pid"]) == o["pid_start"] else None


def words(o):
    return f"{o['name']} ({o['file']}, digest {o['digest']}, {o['mode']}), started {time.strftime('%d %b %H:%M:%S', time.localtime(o['started']))} by pid {o['pid']} (its parent {o['ppid']})"


@contextlib.contextmanager
def locked(mine=lambda o: False, limit=0):
    """Hold the machine's lab lock. While another process builds or ends a lab: wait if that is our own topology, else for `limit` seconds."""
    with open(LOCK, "w") as f:
        end = time.time() + limit
        while True:
            try:
                fcntl.flock(f, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                o = owner()
                if o and not mine(o) and time.time() > end:
                    raise Busy(f"being built or ended right now: {words(o)}")
                time.sleep(0.2)
        yield


def teardown():
    """End whatever lab runs, and forget its owner."""
    r = {"vm_ended": vm_down(), "devices_ended": engine.down()["ended"]}
    if os.path.exists(OWNER):
        os.unlink(OWNER)
    return r


# ------------------------------------------------ the User Mode Linux kernel, for machines whose own kernel lacks VLANs etc.
def vm_pid():
    try:
        pid, start = open(f"{VM}/pid").read().split()
        return int(pid) if engine.starttime(int(pid)) == start else None
    except (FileNotFoundError, ValueError):
        return None


def call(op, timeout=900, **args):
    """One request to the agent in the guest, from the VM's own namespace."""
    import socket
    with ns.inside("/run/netns/netlab-vm"):
        s = socket.create_connection((GUEST_CTL, 7000), timeout=5)
    s.settimeout(timeout)
    with s, s.makefile("rw") as f:
        f.write(json.dumps({"op": op, "args": args}) + "\n")
        f.flush()
        res = json.loads(f.readline() or '{"err": "the guest hung up"}')
    if "err" in res:
        raise RuntimeError(res["err"] + ("\n" + res["trace"] if os.environ.get("LAB_DEBUG") and "trace" in res else ""))
    return res["ok"]


def vm_up(mem):
    if vm_pid():
        return
    vm_down()
    os.makedirs(VM, exist_ok=True)
    os.makedirs("/run/netns", exist_ok=True)
    run(["ip", "-batch", "-"], "netns add netlab-vm\nnetns add netlab-controller\n"
        "link add ctl0 netns netlab-controller type veth peer name vmctl netns netlab-vm\n"
        "link add agent0 netns netlab-vm type veth peer name agent1 netns netlab-vm\n")
    run(["ip", "-n", "netlab-vm", "-batch", "-"], f"link set lo up\nlink set vmctl up\nlink set agent0 up\nlink set agent1 up\naddr add {HOST_CTL}/30 dev agent0\n")
    run(["ip", "-n", "netlab-controller", "link", "set", "lo", "up"])
    for n, i in (("netlab-vm", "agent0"), ("netlab-controller", "ctl0")):
        run(["ip", "netns", "exec", n, "ethtool", "-K", i, "tx", "off", "gso", "off", "tso", "off"], check=False)
    for n in ("netlab-vm", "netlab-controller"):
        run(["ip", "netns", "exec", n, "sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1"], check=False)
    # The guest's port must not hear its own frames again (they would be LLDP and CDP neighbours of themselves): drop packet type 4, outgoing
    code = ((0x20, 0, 0, 0xfffff004), (0x15, 1, 0, 4), (6, 0, 0, 0x40000), (6, 0, 0, 0))
    open(f"{VM}/incoming.bpf", "wb").write(b"".join(struct.pack("=HBBI", *c) for c in code))
    log = open(f"{VM}/console.log", "wb")
    env = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": VM, "TMPDIR": "/dev/shm"}
    wide = registers.too_wide()
    p = subprocess.Popen(["ip", "netns", "exec", "netlab-vm", "linux.uml", *([registers.NARROW] if wide else []), f"mem={mem}M", "root=/dev/root", "rootfstype=hostfs", "rootflags=/", "ro",
                          f"init={HERE}/guest.py", f"netlab_addr={GUEST_CTL}/30", "con=null", "con0=null,fd:1", "ssl=null", "quiet", "umid=netlab",
                          f"vec0:transport=raw,ifname=vmctl,depth=128,gro=0,bpffile={VM}/incoming.bpf", f"vec1:transport=raw,ifname=agent1,depth=128,gro=0,bpffile={VM}/incoming.bpf"],
                         stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=env, start_new_session=True,
                         preexec_fn=registers.refuse if wide else None)
    engine.put(f"{VM}/pid", f"{p.pid} {engine.starttime(p.pid)}\n")
    end = time.time() + 60
    while time.time() < end:
        if p.poll() is not None:
            break
        try:
            call("ping", 5)
            return
        except (OSError, RuntimeError, ValueError):
            time.sleep(0.2)
    raise RuntimeError(f"the guest kernel did not come up; see {VM}/console.log")


def vm_down():
    pid = vm_pid()
    if pid:
        os.killpg(pid, signal.SIGKILL)  # our own session: the guest kernel and its host processes
        end = time.time() + 10
        while vm_pid() and time.time() < end:
            try:
                os.waitpid(pid, os.WNOHANG)
            except ChildProcessError:
                pass
            time.sleep(0.05)
    for n in ("netlab-vm", "netlab-controller"):
        if os.path.exists(f"/run/netns/{n}"):
            run(["ip", "netns", "del", n], check=False)
    run(["rm", "-rf", VM])
    return pid is not None


def do(op, **a):
    """An operation, here or in the guest."""
    if vm_pid():
        return call(op, **a)
    import truth
    return {"status": engine.status, "fingerprint": engine.fingerprint, "exec": engine.exec_in, "age": engine.age, "fail": engine.fail, "trace": truth.trace,
            "traces": truth.traces, "sweep": truth.sweep, "sweeps": truth.sweeps, "talk": truth.talk}[op](**a)


def needs(topo):
    """The kernel features that this topology uses."""
    n = set()
    for x in topo["nodes"].values():
        if topology.is_switch(x):
            n |= {"vlan_filtering", "vlan"}
        if x.get("vrf"):
            n.add("vrf")
        for i, c in x.get("interfaces", {}).items():
            n |= {k for k in ("bond", "vxlan", "gre") if k in c} | ({"vlan"} if "." in i else set())
    return n


# ------------------------------------------------ commands
def c_check(a):
    h = ns.have()
    print(json.dumps({"kernel": os.uname().release, "features": h, "mode": "native" if all(h[x] for x in ALL) else "uml, and native for topologies that use only what is true above",
                      "programs": {p: bool(subprocess.run(["which", p], capture_output=True).stdout) or os.path.exists(f"/usr/lib/frr/{p}")
                                   for p in ("ip", "bridge", "nft", "iptables-legacy", "snmpd", "lldpd", "zebra", "ospfd", "bgpd", "keepalived", "sshd", "linux.uml", "snmpbulkwalk")}}, indent=1))


def c_up(a):
    topo = topology.validate(topology.load(a.topology))
    mode, digest = a.mode, topology.digest(topo)
    if mode == "auto":
        mode = "native" if all(ns.have(*needs(topo)).values() if needs(topo) else [True]) else "uml"
    mine = lambda o: o["digest"] == digest and a.mode in ("auto", o["mode"])
    end = time.time() + a.wait_free
    while True:
        with locked(mine, max(a.wait_free, 600 if a.replace else 0)):
            o = owner()
            if o and mine(o) and not a.force:
                st = do("status")
                if st.get("up") and not st["missing"]:
                    return print(json.dumps({"already_up": True, "devices": st["devices"]}))
            if not o or mine(o) or a.replace:
                res = build(a, topo, mode, digest)
                break
        if time.time() > end:
            raise Busy(f"another lab runs: {words(o)}. It is not ended for you: wait for it (--wait-free SECONDS), or replace it (--replace) if it is yours")
        time.sleep(1)
    if a.wait:
        try:
            res["converged_after"] = wait(topo, a.wait)
        except BaseException:
            if not a.keep:  # nobody would end it
                with locked():
                    if (owner() or {}).get("digest") == digest:
                        teardown()
            raise
    print(json.dumps(res))


def build(a, topo, mode, digest):
    t0 = time.time()
    teardown()  # what is left of a dead lab, or the one to be replaced; a fresh kernel for each topology
    engine.put(OWNER, json.dumps({"name": topo.get("name"), "file": os.path.basename(a.topology), "digest": digest, "mode": mode, "started": t0,
                                  "pid": os.getpid(), "pid_start": engine.starttime(os.getpid()), "ppid": os.getppid()}))
    ctl = [x for x in topo["nodes"].values() if topology.kind(x) == "controller"]
    try:
        if mode == "uml":
            vm_up(a.mem)
            boot = time.time() - t0
            res = call("up", topo=topo, controller=bool(ctl))
            if ctl:
                i, ip = next(topology.addrs(ctl[0]))
                run(["ip", "-n", "netlab-controller", "-batch", "-"], f"link set ctl0 up\naddr add {ip} dev ctl0\n" + (f"route add default via {ctl[0]['gateway']}\n" if "gateway" in ctl[0] else ""))
            res["boot_seconds"] = round(boot, 1)
        else:
            res = engine.up(topo)
    except BaseException:
        if not a.keep:
            teardown()
        raise
    return {**res, "mode": mode, "total_seconds": round(time.time() - t0, 1)}


def unheard(topo, names):
    """Those of the devices whose agent does not yet tell of every neighbour that announces itself, and how many it tells: lldpd and its sub-agent
    take some seconds."""
    nodes, peers, deaf = topo["nodes"], topology.peers(topo), {}
    speaks = lambda x: topology.announces(x) and x.get("lldp") != "off"
    for n in names:
        if topology.managed(nodes[n]) is True and speaks(nodes[n]) and "lldp" not in topology.hides(nodes[n]):
            all_ = sum(d == n and bool(speaks(nodes[m])) for (d, _), (m, _) in peers.items())
            walk = ["snmpbulkwalk", *texts.snmp_access(nodes[n]), "-t", "5", "-On", "127.0.0.1", "1.0.8802.1.1.2.1.4.1.1.5"]
            r = do("exec", dev=n, argv=walk)
            if (told := r["out"].count(".1.0.8802.")) < all_:
                deaf[n] = f"{told} of {all_} {r['err'].strip()[-200:]}"
    return deaf


STILL = 6  # answering is not yet settled: routes must stay the same for so many seconds


def wait(topo, limit):
    """Until routing has settled, the agents tell of their neighbours, and the hosts reach what the topology's 'expect_reachable' pairs name (default:
    first host to last). Returns the seconds that each took; they are waited for together."""
    hosts = [n for n, x in topo["nodes"].items() if topology.kind(x) == "host"]
    pairs = list(topo.get("expect_reachable") or ([[hosts[0], hosts[-1]]] if len(hosts) > 1 else []))
    deaf = dict.fromkeys(topo["nodes"], "")
    t0 = since = time.time()
    last, took = None, {}
    spent = lambda: round(time.time() - t0, 1)
    while True:
        routes = do("fingerprint")
        if routes != last:
            last, since = routes, time.time()
            took["routes_still_since"] = spent()
        if pairs:
            got = do("talk", flows=[{"src": s, "dst": d} for s, d in pairs], n=1)["answers"]
            pairs = [p for p, n in zip(pairs, got) if not n]
            took["reachable"] = spent()
        if deaf:
            deaf = unheard(topo, deaf)
            took["neighbours_told"] = spent()
        if not pairs and not deaf and time.time() - since >= STILL:
            return {**took, "all": spent()}
        if spent() > limit and (pairs or deaf):
            raise RuntimeError(f"after {limit} s not reachable: {pairs or 'none'}; agents that do not tell of all their LLDP neighbours: {deaf or 'none'}")
        if spent() > 2 * limit:
            raise RuntimeError(f"routes have not been the same for {STILL} s in {2 * limit} s")
        time.sleep(0.5)


def c_down(a):
    with locked():
        o = owner()
        if o and a.topology and o["digest"] != topology.digest(topology.load(a.topology)):
            raise Busy(f"not ended, as another lab runs: {words(o)}")
        print(json.dumps({"ended": words(o) if o else None, **teardown()}))


def c_age(a):
    print(json.dumps(do("age")))


def c_fail(a):
    res = do("fail")
    settle(60)
    print(json.dumps(res))


def settle(limit):
    """Until routes have been the same for some seconds."""
    since = start = time.time()
    last = None
    while time.time() - since < STILL:
        routes = do("fingerprint")
        if routes != last:
            last, since = routes, time.time()
        if time.time() - start > limit:
            raise RuntimeError(f"routes have not been the same for {STILL} s in {limit} s")
        time.sleep(0.5)


def c_truth(a):
    kw = dict(proto=a.proto, sport=a.sport, dport=a.port)
    if a.sweep:
        n = math.ceil(a.paths * math.log(1000 * a.paths)) if a.sweep == "auto" else int(a.sweep)  # misses one of `paths` equal paths once in 1,000 sweeps
        r = do("sweep", src=a.src, dst=a.dst, n=n, **kw)
    else:
        r = do("trace", src=a.src, dst=a.dst, ttl=a.ttl, warm=0 if a.cold else 2, **kw)
    if a.json or a.sweep:
        return print(json.dumps(r, indent=1))
    print(f"{r['src']} -> {r['dst']} {r['proto']} {r['sport']}>{r['dport']}: {'delivered' if r['delivered'] else 'DROPPED at ' + r['dropped_at'] + ': ' + str(r['why'])}")
    for n, h in enumerate(r["hops"]):
        v = lambda k: f".{h[k]}" if h.get(k) else ""
        print(f"{n:3} {h['device']:18} {h['kind']:9} {str(h['in'] or '-') + v('in_vlan'):>12} -> {str(h['out'] or '-') + v('out_vlan'):12} "
              + (" ".join(h["inside"])) + ("  tunnel " + ",".join(h["tunnel"]) if h.get("tunnel") else "") + ("" if h["managed"] or h["kind"] == "host" else "  [unmanaged]"))
    for k in ("flooded_copies", "acl_hits"):
        if k in r:
            print(f"    {k}: {r[k]}")


def c_truths(a):
    flows = json.load(sys.stdin)
    json.dump(do("sweeps", flows=flows) if a.sweeps else do("traces", flows=flows, aged=a.aged), sys.stdout)


def c_talk(a):
    print(json.dumps(do("talk", flows=json.load(sys.stdin))))


def c_exec(a):
    if a.dev == "controller" and os.path.exists("/run/netns/netlab-controller"):
        os.execvp("ip", ["ip", "netns", "exec", "netlab-controller"] + a.argv)
    st = engine.state()
    if a.dev == "controller" and st and "controller" in st["devices"]:
        os.execvp("nsenter", ["nsenter", "-t", str(st["devices"]["controller"]["pid"]), "-n", "--"] + a.argv)
    if a.dev == "@guest":
        r = call("sh", argv=a.argv)
    else:
        r = do("exec", dev=a.dev, argv=a.argv)
    sys.stdout.write(r["out"]), sys.stderr.write(r["err"])
    sys.exit(r["rc"])


def c_status(a):
    print(json.dumps(do("status"), indent=1))


def c_gen(a):
    print(json.dumps(gen.generate(a.n, a.seed, a.family), indent=1))


def main():
    p = argparse.ArgumentParser(prog="lab")
    s = p.add_subparsers(dest="cmd", required=True)
    s.add_parser("check", help="what this kernel and machine offer").set_defaults(f=c_check)
    u = s.add_parser("up", help="build a topology (idempotent); exit 3 if another lab runs")
    u.add_argument("topology"), u.add_argument("--mode", choices=("auto", "native", "uml"), default="auto")
    u.add_argument("--mem", type=int, default=4096, help="MiB for the guest kernel"), u.add_argument("--wait", type=int, default=0, metavar="S", help="wait up to S seconds for convergence")
    u.add_argument("--replace", action="store_true", help="end another running lab first"), u.add_argument("--wait-free", type=int, default=0, metavar="S", help="wait up to S seconds until no other lab runs")
    u.add_argument("--force", action="store_true", help="rebuild the same topology"), u.add_argument("--keep", action="store_true", help="keep a lab that failed, for a look"), u.set_defaults(f=c_up)
    d = s.add_parser("down", help="end the running lab")
    d.add_argument("--topology", help="only if it is this one"), d.set_defaults(f=c_down)
    s.add_parser("age", help="empty the MAC and ARP tables of all devices, as time would").set_defaults(f=c_age)
    s.add_parser("fail", help="let the topology's failures happen, and wait until routes are still").set_defaults(f=c_fail)
    s.add_parser("status", help="devices and their memory").set_defaults(f=c_status)
    t = s.add_parser("truth", help="send a real packet and report who carried it")
    t.add_argument("src"), t.add_argument("dst"), t.add_argument("--proto", choices=("udp", "tcp", "icmp"), default="udp")
    t.add_argument("--port", type=int, default=33434), t.add_argument("--sport", type=int, default=40000), t.add_argument("--ttl", type=int, default=64)
    t.add_argument("--sweep", metavar="N", help="N source ports: the ECMP paths in use; auto: enough for --paths"), t.add_argument("--paths", type=int, default=16, help="paths predicted")
    t.add_argument("--json", action="store_true")
    t.add_argument("--cold", action="store_true", help="no warm-up: see the flood of unknown MACs"), t.set_defaults(f=c_truth)
    m = s.add_parser("truths", help="the same for many flows, cold: reads [{src, dst, proto, sport, dport}] and writes a list of answers, both JSON")
    m.add_argument("--sweeps", action="store_true", help="a sweep of each; a flow may have n, its number of source ports")
    m.add_argument("--aged", action="store_true", help="age first"), m.set_defaults(f=c_truths)
    s.add_parser("talk", help="two pings of each flow, all at once, so that tables know the hosts: reads [{src, dst}], JSON").set_defaults(f=c_talk)
    e = s.add_parser("exec", help="run a command in a device ('controller': in the controller's namespace)")
    e.add_argument("dev"), e.add_argument("argv", nargs=argparse.REMAINDER), e.set_defaults(f=c_exec)
    g = s.add_parser("gen", help="print a random topology")
    g.add_argument("n", type=int), g.add_argument("--seed", type=int, default=1)
    g.add_argument("--family", choices=gen.FAMILIES, default="mixed"), g.set_defaults(f=c_gen)
    a = p.parse_args()
    if os.geteuid():
        sys.exit("lab: needs root (namespaces)")
    try:
        a.f(a)
    except Busy as x:
        print(f"lab: {x}", file=sys.stderr)
        sys.exit(3)
    except (RuntimeError, ValueError, OSError) as x:
        sys.exit(f"lab: {x}")


if __name__ == "__main__":
    main()
