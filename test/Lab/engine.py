"""Builds the lab in the running kernel: one set of namespaces (net, mount, UTS, IPC, PID) a device.

Each device has an init process (a fork of this program, PID 1 of the device's PID namespace). Ending that
one process, found by its pid file, ends every daemon of the device and frees its namespaces.
"""
import glob, hashlib, json, os, signal, subprocess, time, traceback
import nsutil as ns
import agentx, labmib, netlink, texts, topology
from nsutil import run

HERE = os.path.dirname(os.path.abspath(__file__))
BASE = "/run/netlab"
PREFIX = "nl-"


def sysctl(key, val):
    try:
        with open("/proc/sys/" + key, "w") as f:
            f.write(str(val))
    except FileNotFoundError:
        pass


def put(path, text, mode=0o644):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as f:
        f.write(text)
    os.chmod(path, mode)


def configure(name, node, phys, num, fields):
    """Runs as PID 1 of the device, inside its namespaces."""
    t0 = time.time()
    fwd = 1 if topology.forwards(node) else 0
    # The ports from 40000 on are those of the packets that are followed: no program of the device may have one by chance.
    sysctl("net/ipv4/ip_local_port_range", "50000 60999")
    for k, v in {"ipv4/ip_forward": fwd, "ipv6/conf/all/forwarding": fwd, "ipv4/fib_multipath_hash_policy": 3, "ipv6/fib_multipath_hash_policy": 3,
                 "ipv4/fib_multipath_hash_fields": fields, "ipv6/fib_multipath_hash_fields": fields, "ipv4/conf/all/rp_filter": 0,
                 "ipv4/conf/default/rp_filter": 0, "ipv4/icmp_ratelimit": 0, "ipv6/conf/all/accept_dad": 0, "ipv6/conf/default/accept_dad": 0,
                 "ipv4/conf/all/send_redirects": 0, "ipv4/conf/default/send_redirects": 0, "ipv4/udp_l3mdev_accept": 1, "ipv4/tcp_l3mdev_accept": 1,
                 "ipv4/ping_group_range": "0 2147483647", "ipv4/icmp_echo_ignore_broadcasts": 1}.items():
        sysctl("net/" + k, v)
    run(["ip", "-batch", "-"], texts.ip_batch(name, node, phys, num))
    for ifname, c in node.get("interfaces", {}).items():
        if c.get("proxy_arp"):
            sysctl(f"net/ipv4/conf/{ifname}/proxy_arp", 1)
    b = texts.bridge_batch(node)
    if b:
        run(["bridge", "-batch", "-"], b)
    if texts.l2_rules(node):
        run(["nft", "-f", "-"], texts.l2_rules(node))
    if texts.acl_rules(node):
        run(["iptables-legacy-restore"], texts.acl_rules(node))
    if texts.nat_rules(node):
        run(["iptables-legacy-restore"], texts.nat_rules(node))
    agent = topology.managed(node) is True
    os.environ.update(SNMPCONFPATH="/run/snmp", MIBS="")  # MIBS: nobody reads the texts of the MIBs, which takes seconds in a slow guest
    for f in ("snmp", "frr"):  # FRR's daemons read the token from frr.conf only
        put(f"/run/snmp/{f}.conf", "agentXSocket unix:/run/agentx.sock\n")
    if agent:
        put("/run/snmp/snmpd.conf", texts.snmpd_conf(name, node), 0o600)
        run(["snmpd", "-C", "-c", "/run/snmp/snmpd.conf", "-Lf", "/run/snmpd.log", "-p", "/run/snmpd.pid", "-I", "-smux"])
        serve_tables(texts.snmp_trees(node))
    confs = texts.frr_confs(name, node)
    if confs:
        os.makedirs("/run/frr", exist_ok=True)
        run(["chown", "frr:frr", "/run/frr"])
    for d in ("zebra", "ospfd", "bgpd"):
        if d in confs:
            put(f"/run/frr/{d}.conf", confs[d])
            snmp = ["-M", "snmp"] if agent and d != "zebra" else []
            run([f"/usr/lib/frr/{d}", "-d", "-f", f"/run/frr/{d}.conf", "-P", "0", "-A", "127.0.0.1"] + snmp)
    if topology.announces(node):
        os.makedirs("/run/lldpd", exist_ok=True)
        put("/run/lldpd.conf", texts.lldpd_conf(name, node))
        cdp = (["-ccccc"] if node.get("cdp") else []) + ["-ll" if node.get("lldp") == "off" else "-l"] + (["-M", "3"] if topology.kind(node) == "phone" else [])  # -ccccc: always CDPv2; -l, -ll: always LLDP, no LLDP; -M 3: it may call itself a telephone
        run(["lldpd"] + (["-x", "-X", "/run/agentx.sock"] if agent else []) + ["-u", "/run/lldpd.socket", "-O", "/run/lldpd.conf", "-H", "0", "-I", ",".join(p for p in sorted(phys) if not p.startswith("wlan")) or "lo"] + cdp)
    if node.get("vrrp"):
        put("/run/vrrp-notify.sh", texts.VRRP_NOTIFY)
        put("/run/keepalived.conf", texts.keepalived_conf(node))
        run(["keepalived", "-f", "/run/keepalived.conf", "-p", "/run/keepalived.pid", "-r", "/run/vrrp.pid", "-P"])
    if topology.kind(node) in ("ap", "wlc"):
        subprocess.Popen(["/usr/bin/python3", "-S", f"{HERE}/capwap.py", topology.kind(node)] + [c["vxlan"]["remote"] for c in node["interfaces"].values() if "vxlan" in c], stdin=subprocess.DEVNULL)
    if agent and node.get("ssh", True):
        os.makedirs("/run/sshd", exist_ok=True)
        run(["/usr/sbin/sshd", "-f", "/run/netlab-ssh/sshd_config", "-E", "/run/sshd.log"])
    return time.time() - t0


def serve_tables(trees):
    """Forks the device's sub-agent; when this returns, snmpd knows the trees."""
    path, tables = "/run/agentx.sock", agentx.Tables(trees, labmib.table)
    agent = agentx.SubAgent(path, tables)
    if os.fork() == 0:
        for fd in map(int, os.listdir("/proc/self/fd")):
            if fd > 2 and fd != agent.s.fileno():
                try:
                    os.close(fd)
                except OSError:  # the listing's own
                    pass
        agentx.serve(path, tables, agent)
    agent.s.close()


def device_init(name, node, phys, num, fields, ready, go):
    """PID 1 of the device."""
    ns.mount(None, "/", None, ns.MS_REC | ns.MS_PRIVATE)
    ssh = f"{BASE}/ssh"
    log = os.open(f"{BASE}/log/{name}.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    null = os.open("/dev/null", os.O_RDONLY)
    os.dup2(null, 0), os.dup2(log, 1), os.dup2(log, 2)
    ns.mount("proc", "/proc", "proc")
    ns.mount("sys", "/sys", "sysfs")
    ns.mount("tmpfs", "/mnt", "tmpfs")
    if os.path.isdir(ssh):
        os.mkdir("/mnt/netlab-ssh")
        ns.mount(ssh, "/mnt/netlab-ssh", None, ns.MS_BIND)
    ns.mount("/mnt", "/run", None, ns.MS_BIND | ns.MS_REC)
    ns.umount("/mnt")
    for d in ("/var/lib/snmp",):
        ns.mount("tmpfs", d, "tmpfs")
    if os.path.exists("/run/netlab-ssh/passwd"):
        for f in ("passwd", "shadow"):
            ns.mount(f"/run/netlab-ssh/{f}", f"/etc/{f}", None, ns.MS_BIND)
    ns.libc.sethostname(name.encode(), len(name))
    keep = {0, 1, 2, ready, go}
    for fd in map(int, os.listdir("/proc/self/fd")):
        if fd not in keep:
            try:
                os.close(fd)
            except OSError:
                pass
    os.write(ready, b"n")
    if os.read(go, 1) != b"g":
        os._exit(1)
    try:
        dt = configure(name, node, phys, num, fields)
        os.write(ready, f"ok {dt:.2f}\n".encode())
    except BaseException:
        traceback.print_exc()
        os.write(ready, f"FAIL {traceback.format_exc(limit=0)}\n".encode())
    os.close(ready), os.close(go)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    while True:
        try:
            os.wait()
        except ChildProcessError:
            time.sleep(1)


def spawn(name, node, phys, num, fields):
    """Fork the device's init into new namespaces. Returns (pid, ready_fd, go_fd)."""
    r, w = os.pipe()
    gr, gw = os.pipe()
    pr, pw = os.pipe()
    mid = os.fork()
    if mid == 0:
        try:
            os.setsid()
            ns.unshare(ns.NEWNET | ns.NEWNS | ns.NEWUTS | ns.NEWIPC | ns.NEWPID)
            pid = os.fork()
            if pid == 0:
                os.close(r), os.close(gw)
                device_init(name, node, phys, num, fields, w, gr)
            os.write(pw, str(pid).encode())
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    os.waitpid(mid, 0)
    os.close(w), os.close(gr), os.close(pw)
    pid = int(os.read(pr, 20) or b"0")
    os.close(pr)
    if not pid or os.read(r, 1) != b"n":
        raise RuntimeError(f"{name}: its namespaces could not be made; see {BASE}/log/{name}.log")
    return pid, r, gw


# ---------------------------------------------------------------- the lab
def state():
    try:
        return json.load(open(f"{BASE}/state.json"))
    except (FileNotFoundError, ValueError):
        return None


def starttime(pid):
    try:
        return open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()[19]
    except FileNotFoundError:
        return None


def alive(st):
    return [n for n, d in st["devices"].items() if starttime(d["pid"]) == d["start"]]


def ssh_material():
    """One host key and one password user 'netops' for all devices (lab only)."""
    d = f"{BASE}/ssh"
    os.makedirs(d, exist_ok=True)
    if not os.path.exists(f"{d}/hostkey"):
        run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", f"{d}/hostkey"])
        run(["ssh-keygen", "-q", "-t", "rsa", "-b", "2048", "-N", "", "-f", f"{d}/hostkey_rsa"])
    put(f"{d}/sshd_config", "Port 22\nHostKey /run/netlab-ssh/hostkey\nHostKey /run/netlab-ssh/hostkey_rsa\nPidFile /run/sshd.pid\nUsePAM no\n"
        "PasswordAuthentication yes\nKbdInteractiveAuthentication no\nPubkeyAuthentication no\nPermitRootLogin yes\nAllowUsers netops\n"
        "StrictModes no\nUseDNS no\nPrintMotd no\nX11Forwarding no\nAllowTcpForwarding no\nSubsystem sftp internal-sftp\n")
    h = run(["openssl", "passwd", "-6", "-salt", "netlab", "labpass"]).strip()
    put(f"{d}/passwd", open("/etc/passwd").read() + "netops:x:0:0:lab operator:/run:/bin/bash\n")
    put(f"{d}/shadow", open("/etc/shadow").read() + f"netops:{h}:19000:0:99999:7:::\n", 0o600)


def up(topo, controller_port=None):
    """Build the lab. controller_port: an interface of this namespace to move into the switch that faces the
    'controller' node (in the User Mode Linux guest the controller itself lives on the outer machine)."""
    topology.validate(topo)
    t0, fields = time.time(), topology.hash_fields(topo)
    for d in ("", "log", "pid"):
        os.makedirs(f"{BASE}/{d}", exist_ok=True)
    os.makedirs("/run/netns", exist_ok=True)
    ssh_material()
    phys = {n: [] for n in topo["nodes"]}
    for a, b in topo["links"]:
        for e in (a, b):
            d, i = topology.split(e)
            phys[d].append(i)
    outside = [n for n, x in topo["nodes"].items() if topology.kind(x) == "controller"] if controller_port else []
    devs, pipes = {}, {}
    st = {"digest": topology.digest(topo), "topo": topo, "devices": devs, "outside": outside, "started": time.time()}
    try:
        for num, (name, node) in enumerate(topo["nodes"].items(), 1):
            if name in outside:
                continue
            pid, r, g = spawn(name, node, phys[name], num, fields.get(name, 0x37))
            devs[name] = {"pid": pid, "start": starttime(pid)}
            put(f"{BASE}/pid/{name}", f"{pid}\n")
            pipes[name] = (r, g)
            p = f"/run/netns/{PREFIX}{name}"
            open(p, "w").close()
            ns.mount(f"/proc/{pid}/ns/net", p, None, ns.MS_BIND)
            put(f"{BASE}/state.json", json.dumps(st))
        cmds = []
        for a, b in topo["links"]:
            (da, ia), (db, ib) = topology.split(a), topology.split(b)
            if db in outside:
                (da, ia), (db, ib) = (db, ib), (da, ia)
            if da in outside:
                cmds.append(f"link set {controller_port} netns {PREFIX}{db} name {ib}")
            else:
                cmds.append(f"link add name {ia} netns {PREFIX}{da} type veth peer name {ib} netns {PREFIX}{db}")
        run(["ip", "-batch", "-"], "\n".join(cmds) + "\n", timeout=300)
        t1 = time.time()
        fails, times = [], []
        todo = list(pipes)
        running = []
        while todo or running:  # a few devices at a time
            while todo and len(running) < 4:
                n = todo.pop(0)
                os.write(pipes[n][1], b"g")
                running.append(n)
            n = running.pop(0)
            msg = b""
            while not msg.endswith(b"\n"):
                c = os.read(pipes[n][0], 4096)
                if not c:
                    break
                msg += c
            os.close(pipes[n][0]), os.close(pipes[n][1])
            if msg.startswith(b"ok"):
                times.append(float(msg.split()[1]))
            else:
                fails.append(f"{n}: {msg.decode(errors='replace').strip()}")
        st["seconds"] = round(time.time() - t0, 1)
        put(f"{BASE}/state.json", json.dumps(st))
        if fails:
            raise RuntimeError("; ".join(fails) + f" (logs in {BASE}/log)")
    except BaseException:
        put(f"{BASE}/state.json", json.dumps(st))
        down()
        raise
    return {"devices": len(devs), "seconds": st["seconds"], "links_at": round(t1 - t0, 1), "configure_mean": round(sum(times) / max(1, len(times)), 2)}


def down():
    st = state()
    gone = 0
    if st:
        for n, d in st["devices"].items():
            if starttime(d["pid"]) == d["start"]:  # the very process we started, not a reused number
                os.kill(d["pid"], signal.SIGKILL)
                gone += 1
        end = time.time() + 20
        while alive(st) and time.time() < end:
            time.sleep(0.05)
        for n in st["devices"]:
            p = f"/run/netns/{PREFIX}{n}"
            ns.umount(p)
            if os.path.exists(p):
                os.unlink(p)
    run(["rm", "-rf", BASE])
    return {"ended": gone}


def enter(name, all_ns=True):
    st = state()
    if not st or name not in st["devices"]:
        raise RuntimeError(f"no running device {name}")
    pid = st["devices"][name]["pid"]
    return ["nsenter", "-t", str(pid)] + (["-a"] if all_ns else ["-n"])


def exec_in(dev, argv, timeout=60):
    env = dict(os.environ, SNMPCONFPATH="/run/snmp")
    p = subprocess.run(enter(dev) + ["--"] + argv, text=True, capture_output=True, timeout=timeout, env=env, stdin=subprocess.DEVNULL)
    return {"rc": p.returncode, "out": p.stdout, "err": p.stderr}


def age():
    """Empty every device's MAC and ARP tables, as an idle quarter of an hour would. A station's association (its MAC at the AP and in the
    WLC's tunnel) does not age."""
    st = state()
    for n, d in st["devices"].items():
        node = st["topo"]["nodes"][n]
        stays = lambda i, c: topology.kind(node) in ("ap", "wlc") and ("vxlan" in c or i.startswith("wlan"))
        for i, c in node.get("interfaces", {}).items():
            if ("access" in c or "trunk" in c) and not stays(i, c):
                with open(f"{port(d, i)}/flush", "w") as f:
                    f.write("1")
        with ns.inside(f"/proc/{d['pid']}/ns/net"):
            netlink.flush_neighbours()
    return {"aged": len(st["devices"])}


def fail():
    """What the topology says to fail does: a link, at its one end, which the other sees; of a device all of its ports."""
    st, failed = state(), []
    nodes = st["topo"]
    for f in nodes.get("failures", []):
        ends = [topology.split(f["link"])] if "link" in f else [e for e in topology.peers(nodes) if e[0] == f["device"]]
        for device, ifname in ends:
            with ns.inside(f"/proc/{st['devices'][device]['pid']}/ns/net"):
                run(["ip", "link", "set", ifname, "down"])
            failed.append(f"{device}:{ifname}")
    return {"failed": failed}


def port(device, ifname):
    """Where the kernel tells of a bridge port of the device; there is no such folder where it is none."""
    own_root = os.path.join("/proc", str(device["pid"]), "root")
    return os.path.join(own_root, "sys/class/net", ifname, "brport")


def fingerprint():
    """A digest of every device's IPv4 routes: unchanged for some seconds means that routing has settled."""
    h = hashlib.sha256()
    for n, d in sorted((state() or {"devices": {}})["devices"].items()):
        h.update(open(f"/proc/{d['pid']}/net/route", "rb").read())
        h.update(open(f"/proc/{d['pid']}/net/fib_trie", "rb").read())
    return h.hexdigest()


def status():
    st = state()
    if not st:
        return {"up": False}
    mem = {}
    nsof = {}
    for n, d in st["devices"].items():
        try:
            nsof[os.readlink(f"/proc/{d['pid']}/ns/pid")] = n
        except OSError:
            pass
    for p in glob.glob("/proc/[0-9]*"):
        try:
            n = nsof.get(os.readlink(p + "/ns/pid"))
            if n:
                for line in open(p + "/smaps_rollup"):
                    if line.startswith("Pss:"):
                        cmd = open(p + "/comm").read().strip()
                        mem.setdefault(n, {}).setdefault(cmd, 0)
                        mem[n][cmd] += int(line.split()[1])
        except OSError:
            pass
    up_ = alive(st)
    return {"up": True, "name": st["topo"].get("name"), "devices": len(st["devices"]), "alive": len(up_), "seconds": st.get("seconds"),
            "missing": sorted(set(st["devices"]) - set(up_)), "pss_kib": mem, "pss_total_mib": round(sum(sum(m.values()) for m in mem.values()) / 1024)}
