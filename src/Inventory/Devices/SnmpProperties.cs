using System.Collections.Immutable;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>
/// What discoveries and added devices use when their request names no timeout or retries. Names are <c>snmp-timeout</c> and
/// <c>snmp-retry</c>.
/// </summary>
public sealed class SnmpProperties(IInventoryStore store)
{
    public const string TimeoutName = "snmp-timeout";
    public const string RetryName = "snmp-retry";

    /// <summary>After the first request; the same for a property, a discovery and a device.</summary>
    public const int MostRetries = 10;

    /// <summary>Seconds, for one answer; the same for a property, a discovery and a device.</summary>
    public const int LongestTimeout = 300;

    /// <summary>Each property with its lowest, default and highest value; the timeout in seconds.</summary>
    public static ImmutableArray<(string Name, int Lowest, int Default, int Highest)> Known { get; } = [(RetryName, 0, 2, MostRetries),
        (TimeoutName, 1, 2, LongestTimeout)];

    /// <summary>In the order of <see cref="Known"/>.</summary>
    public async Task<ImmutableArray<(string Name, int Value)>> ListAsync(CancellationToken cancellationToken)
    {
        ImmutableDictionary<string, int> set = await store.SnmpPropertiesAsync(cancellationToken);
        return [.. Known.Select(known => (known.Name, set.GetValueOrDefault(known.Name, known.Default)))];
    }

    public async Task<(int Retries, TimeSpan Timeout)> CurrentAsync(CancellationToken cancellationToken)
    {
        ImmutableArray<(string Name, int Value)> all = await ListAsync(cancellationToken);
        return (all[0].Value, TimeSpan.FromSeconds(all[1].Value));
    }
}

public sealed record SaveSnmpProperty(string Name, int Value) : Write;
