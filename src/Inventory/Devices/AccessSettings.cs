using System.Collections.Immutable;
using System.Net;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Inventory;

/// <summary>How a device was reached, to be used again.</summary>
/// <param name="Credential">The one that worked.</param>
/// <param name="GlobalCredentialId">The stored credential it is, which is then looked up anew at each use; null when it was given
/// inline.</param>
/// <param name="Retries">See <see cref="SnmpTarget.Retries"/>.</param>
/// <param name="Timeout">See <see cref="SnmpTarget.Timeout"/>.</param>
public sealed record AccessSettings(SnmpCredential Credential, Guid? GlobalCredentialId = null, int Retries = 2, TimeSpan? Timeout = null)
{
    /// <summary>Those of the stored credential.</summary>
    public CredentialRanges Ranges { get; init; } = CredentialRanges.Anywhere;
}

/// <summary>The same as the database has it.</summary>
/// <param name="Sealed">An inline credential, see <see cref="Secrets"/>; empty when <paramref name="GlobalCredentialId"/> is set.</param>
public sealed record StoredAccess(Guid? GlobalCredentialId, ImmutableArray<byte> Sealed, int Retries, TimeSpan Timeout);

/// <summary>
/// Where SNMP packets for an address really go: the agents' port, and a map that demonstrations use. With a map, what it does not cover
/// gets none.
/// </summary>
public sealed record SnmpReach(int Port, IReadOnlyList<(Prefix From, Prefix To)> Map)
{
    /// <summary>Why nothing is sent to the address; null when it may be.</summary>
    public string? WhyNot(Ipv4Address address) => Map.Count == 0 || Map.Covers(address) ? null
        : $"no mapping of --map covers {address}, so nothing is sent there. "
            + "Map it, or start the server without --map to reach the real network.";

    /// <summary>A target that the map does not cover is one that no packet is sent to, see <see cref="SnmpTarget.Barred"/>.</summary>
    public SnmpTarget TargetAt(Ipv4Address address, SnmpCredential credential, int retries, TimeSpan timeout)
    {
        var endPoint = new IPEndPoint(Map.Translate(address).ToIPAddress(), Port);
        bool isMapped = !endPoint.Address.Equals(address.ToIPAddress());
        return new SnmpTarget(endPoint, credential)
        {
            Name = isMapped ? $"{address} (at {endPoint})" : endPoint.ToString(),
            Retries = retries,
            Timeout = timeout,
            Barred = WhyNot(address) is { } reason ? $"{address} is not asked: {reason}" : null,
        };
    }
}
