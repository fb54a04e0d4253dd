using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>
/// Devices that answer what real ones once answered. A file is one device, <c>NAME.vlan.N</c> beside it the same device in the context of
/// VLAN N (<c>community@N</c>, in v3 <c>vlan-N</c>). Files: <c>.snmprec</c>, <c>.txt</c>, <c>.walk</c>, <c>.snmpwalk</c>,
/// <c>.properties</c>, each also with <c>.gz</c>. Times and counters stand still.
/// </summary>
public static partial class RecordedWalks
{
    private static readonly ObjectIdentifier s_dot1dBridge = ObjectIdentifier.Parse("1.3.6.1.2.1.17");
    private static readonly ObjectIdentifier s_ipAdEntIfIndex = ObjectIdentifier.Parse("1.3.6.1.2.1.4.20.1.2");
    private static readonly ObjectIdentifier s_ipAddressIfIndex = ObjectIdentifier.Parse("1.3.6.1.2.1.4.34.1.3.1.4");

    /// <summary>
    /// Where devices without a recorded address of their own stand: the first one at the first address, in the order of their names.
    /// </summary>
    public static Prefix SpareAddresses { get; } = Prefix.Parse("10.200.0.0/16");

    /// <summary>
    /// All devices of a folder, ordered by name. Where two recorded the same address, or two that <see cref="AgentHostOptions.ToLoopback"/>
    /// makes one, the first device has it.
    /// </summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The folder holds no recorded walk.</exception>
    public static ImmutableArray<SimulatedDevice> FromFolder(string path)
    {
        var devices = ImmutableArray.CreateBuilder<SimulatedDevice>();
        var taken = new HashSet<Ipv4Address>();
        IEnumerable<IGrouping<string, (string Path, string Context)>> byName = Directory.EnumerateFiles(path)
            .Select(file => (File: file, Name: FileName().Match(Path.GetFileName(file))))
            .Where(file => file.Name.Success)
            .GroupBy(
                file => file.Name.Groups["name"].Value,
                file => (file.File, file.Name.Groups["vlan"] is { Success: true } vlan ? $"vlan-{vlan.Value}" : ""))
            .OrderBy(group => group.Key, StringComparer.Ordinal);
        foreach (IGrouping<string, (string, string)> device in byName) devices.Add(Device(device.Key, device, taken));
        return devices.Count > 0 ? devices.ToImmutable()
            : throw new InvalidDataException($"{path} holds no recorded walk; walks are files named .snmprec, .txt, .walk, .snmpwalk or "
                + ".properties, each also with .gz.");
    }

    private static SimulatedDevice Device(string name, IEnumerable<(string Path, string Context)> files, HashSet<Ipv4Address> taken)
    {
        var walks = new Dictionary<string, RecordedWalk>();
        var unread = ImmutableArray.CreateBuilder<string>();
        foreach ((string path, string context) in files)
        {
            RecordedWalk walk = RecordedWalk.FromFile(path);
            walks.Add(context, walk);
            unread.AddRange(walk.Unread.Select(entry => $"{Path.GetFileName(path)} {entry}"));
        }
        RecordedWalk main = walks.GetValueOrDefault("", new RecordedWalk([], []));
        // A VLAN's context shows its own bridge tables, and everything else as the default context does.
        var shared = new SortedMibView(main.Rows.Where(row => !s_dot1dBridge.IsPrefixOf(row.Oid.SubIdentifiers)));
        var contexts = new Dictionary<string, IMibView> { [""] = new SortedMibView(main.Rows) };
        foreach ((string context, RecordedWalk walk) in walks.Where(w => w.Key.Length > 0))
            contexts[context] = new LayeredMibView(new SortedMibView(walk.Rows), shared);

        ImmutableArray<Ipv4Address> addresses = [.. OwnAddresses(main).Where(address => taken.Add(AgentHostOptions.ToLoopback(address)))];
        if (addresses.Length == 0) addresses = [Spare(taken)];
        return new SimulatedDevice(name, addresses, contexts.GetValueOrDefault) { Unread = unread.ToImmutable() };
    }

    private static IEnumerable<Ipv4Address> OwnAddresses(RecordedWalk walk)
    {
        foreach (VarBind row in walk.Rows)
        {
            ReadOnlySpan<uint> oid = row.Oid.SubIdentifiers;
            bool ofTable = s_ipAdEntIfIndex.IsPrefixOf(oid) ? oid.Length == s_ipAdEntIfIndex.Length + 4
                : s_ipAddressIfIndex.IsPrefixOf(oid) && oid.Length == s_ipAddressIfIndex.Length + 4;
            if (!ofTable || oid[^4..].ContainsAnyExceptInRange(0u, 255u)) continue;
            var address = new Ipv4Address(oid[^4] << 24 | oid[^3] << 16 | oid[^2] << 8 | oid[^1]);
            if (!address.IsUnspecified && !address.IsLoopback && !address.IsMulticast) yield return address;
        }
    }

    private static Ipv4Address Spare(HashSet<Ipv4Address> taken)
    {
        Ipv4Address address = SpareAddresses.Network;
        do address = new Ipv4Address(address.Bits + 1);
        while (!taken.Add(AgentHostOptions.ToLoopback(address)));
        return address;
    }

    [GeneratedRegex(@"^(?<name>.+?)(?:\.vlan\.(?<vlan>\d{1,4}))?\.(?:snmprec|txt|walk|snmpwalk|properties)(?:\.gz)?$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex FileName();
}
