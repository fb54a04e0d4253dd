using Towpath.Contracts;

namespace Towpath.Client;

/// <summary>Interfaces of devices.</summary>
public sealed class InterfaceClient
{
    private readonly Connection _connection;

    internal InterfaceClient(Connection connection) => _connection = connection;

    /// <summary>The interfaces of one device.</summary>
    public Task<IReadOnlyList<InterfaceItem>> GetInterfacesAsync(string deviceId, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<IReadOnlyList<InterfaceItem>>($"interface/network-device/{Uri.EscapeDataString(deviceId)}", cancellationToken);

    /// <summary>One interface.</summary>
    /// <exception cref="ApiException">404: there is no such interface.</exception>
    public Task<InterfaceItem> GetInterfaceAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<InterfaceItem>($"interface/{Uri.EscapeDataString(id)}", cancellationToken);

    /// <summary>What is at the other end of an interface's cable.</summary>
    /// <exception cref="ApiException">404: there is no such interface, or nothing is known there.</exception>
    public Task<ConnectedDevice> GetNeighborAsync(string deviceId, string id, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<ConnectedDevice>(
            $"network-device/{Uri.EscapeDataString(deviceId)}/interface/{Uri.EscapeDataString(id)}/neighbor", cancellationToken);

    /// <summary>How many interfaces there are on all devices.</summary>
    public Task<int> GetInterfaceCountAsync(CancellationToken cancellationToken = default) =>
        _connection.GetAsync<int>("interface/count", cancellationToken);
}
