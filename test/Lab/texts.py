"""What one device is configured with: commands for ip and bridge, packet filters, FRR, snmpd, keepalived. Texts only; nothing is run here."""
import labmib
from topology import addrs, is_switch, kind, mgmt_ip, radio_mac

HIDDEN = {"routes": (".1.3.6.1.2.1.4.21", ".1.3.6.1.2.1.4.24"), "arp": (".1.3.6.1.2.1.3.1", ".1.3.6.1.2.1.4.22", ".1.3.6.1.2.1.4.35"),
          "addresses": (".1.3.6.1.2.1.4.20", ".1.3.6.1.2.1.4.34"), "fdb": (".1.3.6.1.2.1.17.4.3", ".1.3.6.1.2.1.17.7.1.2"),
          "vlans": (".1.3.6.1.2.1.17.7.1.4",), "stp": (".1.3.6.1.2.1.17.2",), "lldp": (".1.0.8802",), "ospf": (".1.3.6.1.2.1.14",)}
SNMP = {"community": "public", "user": "labv3", "auth": "SHA", "authpass": "labauthpass", "priv": "AES", "privpass": "labprivpass"}


def ip_batch(name, node, phys, num):
    """Commands for `ip -batch` inside the device."""
    out, ifs = ["link set lo up"], node.get("interfaces", {})
    sw = is_switch(node)
    for i, p in enumerate(sorted(phys)):
        m = f"02:00:{num >> 8:02x}:{num & 255:02x}:00:{i + 1:02x}"
        out.append(f"link set {p} address {radio_mac(m) if kind(node) == 'ap' and p.startswith('wlan') else m}")
    if sw:
        stp = 1 if node.get("stp", kind(node) in ("switch", "l3switch")) else 0
        own = "01" if kind(node) == "phone" else "00"  # a telephone has one address, a switch one a port and one more
        out.append(f"link add br0 address 02:00:{num >> 8:02x}:{num & 255:02x}:00:{own} type bridge vlan_filtering 1 vlan_default_pvid 0 "
                   f"stp_state {stp} forward_delay 200 hello_time 100 max_age 600 priority {node.get('stp_priority', 32768)}"
                   + (" ageing_time 360000" if kind(node) in ("ap", "wlc") else ""))  # a station stays associated while it is silent
    for ifname, c in ifs.items():
        if "bond" in c:
            out.append(f"link add {ifname} type bond mode 802.3ad miimon 100 lacp_rate fast xmit_hash_policy layer3+4")
            for m in c["bond"]:
                out += [f"link set {m} down", f"link set {m} master {ifname}", f"link set {m} up"]
    for v, c in node.get("vrf", {}).items():
        out += [f"link add {v} type vrf table {c['table']}", f"link set {v} up"]
    for ifname, c in ifs.items():
        if "vxlan" in c:
            x = c["vxlan"]
            out.append(f"link add {ifname} address 02:00:{num >> 8:02x}:{num & 255:02x}:01:{x['id'] & 255:02x} type vxlan id {x['id']} local {x['local']} remote {x['remote']} dstport {x.get('port', 4789)}")
        if "gre" in c:
            x = c["gre"]
            out.append(f"link add {ifname} type {'gretap' if x.get('l2') else 'gre'} local {x['local']} remote {x['remote']} ttl 64")
    if sw:
        members = {m for c in ifs.values() for m in c.get("bond", [])}
        for ifname, c in list(ifs.items()):
            if "access" in c or "trunk" in c:
                out.append(f"link set {ifname} addrgenmode none master br0")  # a switch port says nothing of its own (IPv6)
                cost = c.get("cost", 2 if "bond" in c else None)  # the kernel takes a bond's cost from its speed at this moment: 100 before its
                if cost:                                          # members are up, and then spanning tree would block it
                    out.append(f"link set {ifname} type bridge_slave cost {cost}")
        out.append("link set br0 up")
    for p in sorted(phys):
        mtu = ifs.get(p, {}).get("mtu")
        out.append(f"link set {p} {'mtu %d ' % mtu if mtu else ''}up")
    for ifname, c in ifs.items():
        if ifname.startswith("vlan") and sw:
            out.append(f"link add link br0 name {ifname} type vlan id {int(ifname[4:])}")
        elif "." in ifname:
            parent, number = ifname.rsplit(".", 1)
            out.append(f"link add link {parent} name {ifname} type vlan id {c.get('tag', number)}")
        if "vrf" in c:
            out.append(f"link set {ifname} master {c['vrf']}")
        if ifname != "lo":
            out.append(f"link set {ifname} up" + (f" alias \"{c['desc']}\"" if "desc" in c else ""))
    for ifname, a in addrs(node):
        out.append(f"address add {a} dev {ifname}" + (" broadcast +" if a.version == 4 and a.network.prefixlen < 31 else ""))
    gw = node.get("gateway")
    if gw:
        out.append(f"route add default via {gw}")
    for r in node.get("static", []):
        table = f" table {r['table']}" if "table" in r else ""
        dev = f" dev {r['dev']}" if "dev" in r else ""  # with a next hop: it is there, whatever the subnets say
        hops = " ".join(f"nexthop via {v}{dev}{' onlink' if dev else ''}" for v in r.get("via", [])) or dev
        out.append(f"route add {'blackhole ' if r.get('blackhole') else ''}{r['to']}{table} {hops}")
    out += [f"rule add from {r['from']} lookup {r['table']}" for r in node.get("rules", [])]
    return "\n".join(out) + "\n"


def bridge_batch(node):
    out = []
    for ifname, c in node.get("interfaces", {}).items():
        if "access" in c:
            out.append(f"vlan add dev {ifname} vid {c['access']} pvid untagged")
        for v in c.get("trunk", []):
            out.append(f"vlan add dev {ifname} vid {v}")
        if "native" in c:
            out.append(f"vlan add dev {ifname} vid {c['native']} pvid untagged")
        if ifname.startswith("vlan"):
            out.append(f"vlan add dev br0 vid {int(ifname[4:])} self")
    return "".join(x + "\n" for x in out)


def l2_rules(node):
    """A bridge would forward CDP (01:00:0c:cc:cc:cc) to the next device; a switch must not."""
    if not is_switch(node):
        return ""
    return "table bridge l2 {\n chain l2fwd {\n  type filter hook forward priority 0; policy accept;\n  ether daddr 01:00:0c:cc:cc:cc drop\n }\n}\n"


def acl_rules(node):
    """ACLs for iptables-restore: one chain an ACL, jumped to by interface and direction; every rule has a comment and the kernel's
    counters. (iptables-legacy, as the guest kernel has nftables for bridges only.)"""
    acls = node.get("acls", {})
    if not acls:
        return ""
    t = "*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n" + "".join(f":acl_{a} - [0:0]\n" for a in acls)
    for acl, rules in acls.items():
        for i, r in enumerate(rules):
            m = "" if r.get("proto", "ip") == "ip" else f" -p {r['proto']}"
            for k, f in (("src", "-s"), ("dst", "-d"), ("sport", "--sport"), ("dport", "--dport")):
                if r.get(k, "any") != "any":
                    m += f" {f} {r[k]}"
            t += f"-A acl_{acl}{m} -m comment --comment \"{acl} {10 * (i + 1)} {r['action']}\" -j {'ACCEPT' if r['action'] == 'permit' else 'DROP'}\n"
        t += f"-A acl_{acl} -m comment --comment \"{acl} implicit deny\" -j DROP\n"
    for key, flag in (("acl_in", "-i"), ("acl_out", "-o")):
        for ifname, c in node.get("interfaces", {}).items():
            if key in c:
                t += f"-A FORWARD {flag} {ifname} -j acl_{c[key]}\n"
    return t + "COMMIT\n"


def nat_rules(node):
    """Destinations that the device translates, for iptables-restore."""
    rules = "".join(f"-A PREROUTING -d {r['to']} -j DNAT --to-destination {r['by']}\n" for r in node.get("nat", []))
    return f"*nat\n:PREROUTING ACCEPT [0:0]\n{rules}COMMIT\n" if rules else ""


def frr_confs(name, node):
    """Config text of each FRR daemon of this device."""
    out = {}
    if not (node.get("ospf") or node.get("bgp")):
        return out
    v4 = [(i, a) for i, a in addrs(node) if a.version == 4 and "vrf" not in node["interfaces"][i]]
    rid = next((str(a.ip) for i, a in v4 if i == "lo"), str(v4[0][1].ip))
    head = f"hostname {name}\nlog file /run/frr/%s.log\nagentx\n"
    out["zebra"] = head.replace("agentx\n", "") % "zebra" + f"ip router-id {rid}\n"
    if node.get("ospf"):
        o = node["ospf"] if isinstance(node["ospf"], dict) else {}
        t = head % "ospfd"
        for i, a in v4:
            if i != "lo":
                t += f"interface {i}\n ip ospf hello-interval 1\n ip ospf dead-interval {30 if a.network.prefixlen >= 30 else 10}\n"
                t += " ip ospf network point-to-point\n" if a.network.prefixlen >= 30 else ""
                t += f" ip ospf cost {node['interfaces'][i]['ospf_cost']}\n" if "ospf_cost" in node["interfaces"][i] else ""
        t += f"router ospf\n ospf router-id {rid}\n timers throttle spf 50 100 1000\n timers throttle lsa all 0\n timers lsa min-arrival 0\n"
        nets = [f" network {a.network} area {node['interfaces'][i].get('area', '0')}\n" for i, a in v4 if i not in o.get("exclude", [])]
        t += "".join(dict.fromkeys(nets))  # unnumbered links have the loopback's
        t += "".join(f" passive-interface {i}\n" for i in o.get("passive", []))
        t += "".join(f" redistribute {r}\n" for r in o.get("redistribute", []))
        t += " default-information originate always\n" if o.get("default") else ""
        out["ospfd"] = t
    if node.get("bgp"):
        b = node["bgp"]
        t = head % "bgpd" + f"router bgp {b['asn']}\n bgp router-id {rid}\n no bgp ebgp-requires-policy\n bgp bestpath as-path multipath-relax\n no bgp network import-check\n timers bgp 3 30\n"
        for ip, asn in b["neighbors"].items():
            t += f" neighbor {ip} remote-as {asn}\n neighbor {ip} timers connect 1\n neighbor {ip} advertisement-interval 0\n"
        t += " address-family ipv4 unicast\n  maximum-paths 16\n  maximum-paths ibgp 16\n" + "".join(f"  network {n}\n" for n in b.get("networks", []))
        t += "".join(f"  redistribute {r}\n" for r in b.get("redistribute", [])) + " exit-address-family\n"
        out["bgpd"] = t
    return out


def snmp_access(node):
    """What net-snmp's commands need to be answered by this device."""
    s = SNMP
    by_v2c = ["-v2c", "-c", s["community"]]
    by_v3 = ["-v3", "-l", "authPriv", "-u", s["user"], "-a", s["auth"], "-A", s["authpass"], "-x", s["priv"], "-X", s["privpass"]]
    return ["-m", "", *(by_v3 if node.get("snmp") == "v3" else by_v2c)]


def snmp_trees(node):
    """What labmib.py knows of this device: the trees by their object identifiers."""
    trees = ["entity", "ifstack", "lag"]
    if is_switch(node):
        trees.append("bridge")
    if kind(node) == "wlc":
        trees.append("wlc")
    if node.get("vrrp"):
        trees.append("vrrp")
    if node.get("vrf"):
        trees.append("vrf")
    if any("gre" in c for c in node["interfaces"].values()):
        trees.append("tunnel")
    if node.get("cdp"):
        trees.append("cdp")
    if node.get("tags_told"):
        trees.append("tags")
    if node.get("snmp_routes", "full") == "full":  # net-snmp's own table names only one next hop of an ECMP route
        trees.append("route")
    return {tree: labmib.o(labmib.BASES[tree]) for tree in trees}


def lldpd_conf(name, node):
    """A telephone calls itself one, and a bridge for the station behind it; the others what the kernel says that they are."""
    t = f"configure system hostname {name}\nconfigure lldp tx-interval 5\nconfigure lldp tx-hold 4\n"
    if mgmt := mgmt_ip(node):
        t += f"configure system ip management pattern {mgmt}\n"
    if "descr" in node:
        t += f"configure system platform \"{node['descr']}\"\n"
    if kind(node) == "phone":
        t += "configure system capabilities enabled bridge,telephone\n"
    return t


def snmpd_conf(name, node):
    s = SNMP
    services = {"switch": 2, "ap": 2, "l3switch": 78}.get(kind(node), 76)
    view, by_view, in_view = "", "", ""
    if node.get("hides"):
        view, by_view, in_view = "view told included .1\n", " default -V told", " -V told"
        view += "".join(f"view told excluded {tree}\n" for name in node["hides"] for tree in HIDDEN[name])
    v2c = f"rocommunity {s['community']}{by_view}\n"
    v3 = f"createUser {s['user']} {s['auth']} {s['authpass']} {s['priv']} {s['privpass']}\nrouser {s['user']} priv{in_view}\n"
    t = f"""agentAddress udp:161
{view}{ {"v2c": v2c, "v3": v3}.get(node.get("snmp"), v2c + v3)}sysName {name}
sysDescr {node.get('descr', 'netlab ' + kind(node) + ' (Linux, FRR)')}
sysLocation {node.get('location', 'netlab')}
sysContact lab
sysServices {services}
master agentx
agentXSocket /run/agentx.sock
agentXPerms 0777 0777
agentXTimeout 120
agentXRetries 0
"""
    return t


# As a switch does: the master takes frames for the virtual MAC and floods none, the backup routes none that is flooded to it.
VRRP_NOTIFY = """# STATE MACVLAN MAC, then VLAN where it is a bridge's
deny="PREROUTING -t mangle -i $2 -j DROP"
case $1 in
master)
    /usr/sbin/iptables-legacy -w -D $deny
    [ -z "$4" ] || /sbin/bridge fdb replace $3 dev br0 vlan $4 self permanent ;;
backup)
    /usr/sbin/iptables-legacy -w -C $deny || /usr/sbin/iptables-legacy -w -I $deny
    [ -z "$4" ] || /sbin/bridge fdb del $3 dev br0 vlan $4 self ;;
esac
"""


def keepalived_conf(node):
    """With `vmac` the group's virtual MAC is on the wire: a macvlan has it."""
    t = "global_defs {\n vrrp_garp_master_delay 1\n enable_script_security\n script_user root\n}\n"
    for v in node["vrrp"]:
        mac = f"v{v['vrid']}-{v['if']}"
        t += (f"vrrp_instance {v['if']}-{v['vrid']} {{\n interface {v['if']}\n virtual_router_id {v['vrid']}\n priority {v['prio']}\n advert_int 2\n"
              f" state {'MASTER' if v['prio'] > 100 else 'BACKUP'}\n virtual_ipaddress {{\n  {v['ip']}\n }}\n")
        if v.get("vmac"):
            words = f"{mac} 00:00:5e:00:01:{v['vrid']:02x}" + (f" {v['if'][4:]}" if v["if"].startswith("vlan") else "")
            t += f" use_vmac {mac}\n vmac_xmit_base\n"
            t += "".join(f" notify_{state} \"/bin/sh /run/vrrp-notify.sh {state} {words}\"\n" for state in ("master", "backup"))
        t += "}\n"
    return t
