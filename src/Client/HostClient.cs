using Towpath.Contracts;

namespace Towpath.Client;

/// <summary>Hosts, wired and wireless.</summary>
public sealed class HostClient
{
    private readonly Connection _connection;

    internal HostClient(Connection connection) => _connection = connection;

    /// <summary>All hosts that match.</summary>
    /// <param name="filter">Null: all.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public IAsyncEnumerable<HostItem> GetHostsAsync(HostFilter? filter = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync<HostItem>(
            _connection,
            (start, count) => (filter ?? new HostFilter()).AddTo(new Query("host")).Add("offset", start).Add("limit", count).ToString(),
            cancellationToken);

    /// <summary>How many hosts match.</summary>
    /// <param name="filter">Null: all.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public Task<int> GetHostCountAsync(HostFilter? filter = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<int>((filter ?? new HostFilter()).AddTo(new Query("host/count")).ToString(), cancellationToken);
}

/// <summary>Narrows a list of hosts. Values of one property are alternatives, properties add up.</summary>
public sealed record HostFilter
{
    /// <summary>The host's address.</summary>
    public IReadOnlyList<string>? HostIp { get; init; }

    /// <summary>The host's MAC address.</summary>
    public IReadOnlyList<string>? HostMac { get; init; }

    /// <summary>wired or wireless.</summary>
    public string? HostType { get; init; }

    /// <summary>The management address of the device it is attached to.</summary>
    public IReadOnlyList<string>? ConnectedNetworkDeviceIpAddress { get; init; }

    internal Query AddTo(Query query) => query
        .Add("hostIp", HostIp)
        .Add("hostMac", HostMac)
        .Add("hostType", HostType)
        .Add("connectedNetworkDeviceIpAddress", ConnectedNetworkDeviceIpAddress);
}
