using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>
/// Where packets for an address really go: the port of agents of which nobody says another one, and a map that demonstrations use. With a
/// map, what it does not cover gets none.
/// </summary>
public sealed record DeviceReach(int SnmpPort, IReadOnlyList<(Prefix From, Prefix To)> Map)
{
    /// <summary>How fast addresses are asked that have not answered yet, where nobody says anything else.</summary>
    public SearchPace Pace { get; init; } = new();

    /// <summary>Why nothing is sent to the address; null when it may be.</summary>
    public string? WhyNot(Ipv4Address address) => Map.Count == 0 || Map.Covers(address) ? null
        : $"no mapping of --map covers {address}, so nothing is sent there. "
            + "Map it, or start the server without --map to reach the real network.";

    /// <summary>An address that the map does not cover is one that no packet is sent to, see <see cref="DeviceAccess.Barred"/>.</summary>
    /// <param name="port">Null: <see cref="SnmpPort"/>.</param>
    public DeviceAccess AccessTo(Ipv4Address address, DeviceCredential credential, int retries, TimeSpan timeout, int? port = null) =>
        new(address, credential)
        {
            SentTo = Map.Translate(address),
            SnmpPort = port ?? SnmpPort,
            Retries = retries,
            Timeout = timeout,
            Pace = Pace,
            Barred = WhyNot(address) is { } reason ? $"{address} is not asked: {reason}" : null,
        };
}
