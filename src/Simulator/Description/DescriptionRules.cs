using Towpath.Network;

namespace Towpath.Simulator;

/// <summary>Checks that the parts of a description fit together; each rule adds its problems, so that one reading shows them all.</summary>
internal static class DescriptionRules
{
    public static void Check(NetworkDescription network, List<string> problems)
    {
        CheckNames(network, problems);
        CheckAddresses(network, problems);
        foreach (DeviceDescription device in network.Devices) DeviceRules.Check(device, problems);
        CheckRouterIds(network, problems);
        CheckWireless(network, problems);
        CheckCables(network, problems);
        CheckConversations(network, problems);
    }

    private static void CheckNames(NetworkDescription network, List<string> problems)
    {
        var seen = new Dictionary<string, string>();
        IEnumerable<(string Name, string Path)> named =
            [.. network.Devices.Select(d => (d.Name, d.Path)), .. network.AccessPoints.Select(a => (a.Name, a.Path)),
                .. network.Hosts.Select(h => (h.Name, h.Path))];
        foreach ((string name, string path) in named)
        {
            if (name.Length is 0 or > 63 || name.AsSpan().ContainsAny(' ', ':'))
                problems.Add($"{path}.name: '{name}' is no name; take 1 to 63 characters without blank and colon");
            else if (!seen.TryAdd(name, path))
                problems.Add($"{path}.name: '{name}' is already the name of {seen[name]}");
        }
    }

    private static void CheckAddresses(NetworkDescription network, List<string> problems)
    {
        var addresses = new Dictionary<Ipv4Address, string>();
        var macs = new Dictionary<MacAddress, string>();
        foreach (DeviceDescription device in network.Devices)
        {
            TakeMac(device.Mac, $"{device.Path}.mac");
            foreach (InterfaceDescription i in device.Interfaces)
            {
                if (i.IsPhysical) TakeMac(i.Mac, $"{device.Path}.mac (of {i.Name})");
                foreach (SubnetAddress address in i.Addresses) Take(address, $"{i.Path}.addresses");
            }
        }
        foreach (AccessPointDescription accessPoint in network.AccessPoints)
        {
            Take(accessPoint.Address, $"{accessPoint.Path}.address");
            TakeMac(accessPoint.EthernetMac, $"{accessPoint.Path}.ethernetMac");
            TakeMac(accessPoint.RadioMac, $"{accessPoint.Path}.radioMac");
        }
        foreach (HostDescription host in network.Hosts)
        {
            Take(host.Address, $"{host.Path}.address");
            TakeMac(host.Mac, $"{host.Path}.mac");
        }

        void Take(SubnetAddress address, string path)
        {
            if (address.Address.IsUnspecified || address.Address.IsLoopback || address.Address.IsMulticast)
                problems.Add($"{path}: {address} cannot be an interface's address");
            else if (!addresses.TryAdd(address.Address, path))
                problems.Add($"{path}: {address.Address} is already given at {addresses[address.Address]}");
        }

        void TakeMac(MacAddress mac, string path)
        {
            if (mac.IsGroup || mac == default) problems.Add($"{path}: {mac} cannot be a station's MAC address");
            else if (!macs.TryAdd(mac, path)) problems.Add($"{path}: {mac} is already given at {macs[mac]}");
        }
    }

    private static void CheckRouterIds(NetworkDescription network, List<string> problems)
    {
        foreach (IGrouping<Ipv4Address, OspfDescription> same in network.Devices.Select(d => d.Ospf).OfType<OspfDescription>()
            .GroupBy(o => o.RouterId))
        {
            foreach (OspfDescription other in same.Skip(1))
                problems.Add($"{other.Path}.routerId: {other.RouterId} is already given at {same.First().Path}");
        }
    }

    private static void CheckWireless(NetworkDescription network, List<string> problems)
    {
        foreach (AccessPointDescription accessPoint in network.AccessPoints)
        {
            if (network.Devices.FirstOrDefault(d => d.Name == accessPoint.Controller) is not { Kind: DeviceKind.Wlc })
                problems.Add($"{accessPoint.Path}.controller: '{accessPoint.Controller}' is no device of kind wlc");
            CheckGateway(accessPoint.Address, accessPoint.Gateway, accessPoint.Path);
        }
        foreach (HostDescription host in network.Hosts)
        {
            CheckGateway(host.Address, host.Gateway, host.Path);
            if (!host.IsWireless) continue;
            if (network.AccessPoints.FirstOrDefault(a => a.Name == host.AccessPoint) is not { } accessPoint)
                problems.Add($"{host.Path}.accessPoint: there is no access point '{host.AccessPoint}'");
            else if (network.Devices.FirstOrDefault(d => d.Name == accessPoint.Controller) is { } controller
                && controller.Wlans.All(w => w.Id != host.Wlan))
                problems.Add($"{host.Path}.wlan: {controller.Name} has no WLAN {host.Wlan}");
        }

        void CheckGateway(SubnetAddress address, Ipv4Address gateway, string path)
        {
            if (!address.Subnet.Contains(gateway) || gateway == address.Address)
                problems.Add($"{path}.gateway: {gateway} is no other address in {address.Subnet}");
        }
    }

    private static void CheckCables(NetworkDescription network, List<string> problems)
    {
        var used = new Dictionary<CableEnd, string>();
        foreach (CableDescription cable in network.Cables)
        {
            foreach (CableEnd end in new[] { cable.A, cable.B })
            {
                if (WhyNoPort(network, end) is { } reason) problems.Add($"{cable.Path}: {end}: {reason}");
                else if (!used.TryAdd(end, cable.Path)) problems.Add($"{cable.Path}: {end} is already cabled by {used[end]}");
            }
        }
    }

    private static string? WhyNoPort(NetworkDescription network, CableEnd end)
    {
        if (network.Devices.FirstOrDefault(d => d.Name == end.Node) is { } device)
        {
            if (device.Find(end.Interface) is not { } port) return $"{device.Name} has no interface '{end.Interface}'";
            return port.IsPhysical ? null : "a virtual interface takes no cable";
        }
        if (network.AccessPoints.Any(a => a.Name == end.Node))
            return end.Interface == Node.AccessPointPort ? null : $"an access point's only interface is {Node.AccessPointPort}";
        if (network.Hosts.FirstOrDefault(h => h.Name == end.Node) is not { } host) return $"there is nothing named '{end.Node}'";
        if (host.IsWireless) return "a wireless host takes no cable";
        return end.Interface == Node.HostPort ? null : $"a host's only interface is {Node.HostPort}";
    }

    private static void CheckConversations(NetworkDescription network, List<string> problems)
    {
        if (network.ManagementStation.Length > 0 && network.Hosts.All(h => h.Name != network.ManagementStation || h.IsWireless))
            problems.Add($"managementStation: there is no wired host '{network.ManagementStation}'");
        foreach (ConversationDescription conversation in network.Conversations)
        {
            if (network.Hosts.All(h => h.Name != conversation.From))
                problems.Add($"{conversation.Path}.from: there is no host '{conversation.From}'");
            if (network.Hosts.All(h => h.Name != conversation.To))
                problems.Add($"{conversation.Path}.to: there is no host '{conversation.To}'");
            if (conversation.From == conversation.To) problems.Add($"{conversation.Path}.to: '{conversation.To}' would talk to itself");
        }
    }
}
