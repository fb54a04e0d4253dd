namespace Towpath.Simulator;

/// <summary>Checks that the parts of one device fit together, and to its kind.</summary>
internal static class DeviceRules
{
    public static void Check(DeviceDescription device, List<string> problems)
    {
        CheckKind(device, problems);
        foreach (InterfaceDescription i in device.Interfaces) CheckInterface(device, i, problems);
        foreach (IGrouping<int, InterfaceDescription> same in device.Interfaces.GroupBy(i => i.Index))
        {
            foreach (InterfaceDescription other in same.Skip(1))
                problems.Add($"{other.Path}.ifIndex: {other.Index} of {other.Name} is already that of {same.First().Name}");
        }
        foreach (IGrouping<int, InterfaceDescription> same in device.Interfaces.Where(i => i.Svi > 0).GroupBy(i => i.Svi))
        {
            foreach (InterfaceDescription other in same.Skip(1))
                problems.Add($"{other.Path}.svi: VLAN {other.Svi} already has {same.First().Name}");
        }
        if (device.Ospf is { } ospf) CheckOspf(device, ospf, problems);
        foreach (WlanDescription wlan in device.Wlans)
        {
            if (device.Find(wlan.Interface) is not { Svi: > 0 })
                problems.Add($"{wlan.Path}.interface: '{wlan.Interface}' is no svi interface of {device.Name}");
            if (device.Wlans.First(w => w.Id == wlan.Id) != wlan) problems.Add($"{wlan.Path}.id: WLAN {wlan.Id} is already there");
        }
    }

    private static void CheckKind(DeviceDescription device, List<string> problems)
    {
        SubnetAddress[] own = [.. device.Interfaces.SelectMany(i => i.Addresses)];
        bool managed = !device.Hidden || !device.ManagementAddress.IsUnspecified;
        if (managed && own.All(a => a.Address != device.ManagementAddress))
            problems.Add($"{device.Path}.managementAddress: {device.ManagementAddress} is no address of {device.Name}");

        if (!device.Gateway.IsUnspecified)
        {
            if (device.ForwardsIp) problems.Add($"{device.Path}.gateway: only a switch or wlc has one; give {device.Name} a route");
            else if (!own.Any(a => a.Subnet.Contains(device.Gateway) && a.Address != device.Gateway))
                problems.Add($"{device.Path}.gateway: {device.Gateway} is no other address in a subnet of {device.Name}");
        }
        if (!device.ForwardsIp)
        {
            if (device.Routes.Length > 0) problems.Add($"{device.Path}.routes: only a router or l3switch has routes");
            if (device.Ospf is not null) problems.Add($"{device.Path}.ospf: only a router or l3switch speaks OSPF");
            if (device.TopTalkers > 0) problems.Add($"{device.Path}.topTalkers: only a router or l3switch has them");
        }
        if (device.Kind != DeviceKind.Wlc && device.Wlans.Length > 0) problems.Add($"{device.Path}.wlans: only a wlc has WLANs");
        if (!device.Bridges && device.Mibs.Bridge.Length > 0) problems.Add($"{device.Path}.mibs.bridge: only a switch or l3switch bridges");
    }

    private static void CheckInterface(DeviceDescription device, InterfaceDescription i, List<string> problems)
    {
        bool switched = i.Access > 0 || i.IsTrunk;
        if (device.Kind == DeviceKind.Router && (switched || i.Svi > 0))
            problems.Add($"{i.Path}: {i.Name} is in VLANs, but a router does not bridge; make {device.Name} an l3switch");
        if (switched && i.Addresses.Length > 0)
            problems.Add($"{i.Path}.addresses: {i.Name} is a switch port; put {i.Addresses[0]} on a svi");
        if (i.IsRouted && device.Kind is DeviceKind.Switch or DeviceKind.Wlc && i.Addresses.Length > 0)
            problems.Add($"{i.Path}.addresses: a {(device.Kind == DeviceKind.Wlc ? "wlc" : "switch")} has addresses on svi interfaces "
                + $"only; {i.Addresses[0]} is on {i.Name}");
        if (!device.Bridges) return;
        foreach (int vlan in (int[])[.. i.Vlans, .. i.Svi > 0 ? [i.Svi] : Array.Empty<int>()])
        {
            if (device.Vlans.All(v => v.Id.Value != vlan))
                problems.Add($"{i.Path}: {i.Name} is in VLAN {vlan}, which {device.Name} does not have; add it to its vlans");
        }
    }

    private static void CheckOspf(DeviceDescription device, OspfDescription ospf, List<string> problems)
    {
        foreach ((string key, string name) in (IEnumerable<(string, string)>)[.. ospf.Passive.Select(n => ("passive", n)),
            .. ospf.Exclude.Select(n => ("exclude", n))])
        {
            if (device.Find(name) is null) problems.Add($"{ospf.Path}.{key}: {device.Name} has no interface '{name}'");
        }
    }
}
