using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Towpath.Contracts;

namespace Towpath.Client;

/// <summary>The inventory of devices.</summary>
public sealed class DeviceClient
{
    private readonly Connection _connection;

    internal DeviceClient(Connection connection) => _connection = connection;

    /// <summary>All devices that match, sorted by hostname.</summary>
    /// <param name="filter">Null: all.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public IAsyncEnumerable<NetworkDeviceItem> GetDevicesAsync(DeviceFilter? filter = null,
        CancellationToken cancellationToken = default) =>
        Pages.ReadAsync<NetworkDeviceItem>(
            _connection,
            // Early controllers page by path alone, and have filters without paging.
            (start, count) => filter is null
                ? Pages.Range("network-device", start, count)
                : filter.AddTo(new Query("network-device")).Add("offset", start).Add("limit", count).ToString(),
            cancellationToken);

    /// <summary>
    /// Listens to devices, endlessly: each that something happens to, from now on. After a lost connection none is missed. Towpath's own.
    /// </summary>
    public async IAsyncEnumerable<DeviceChange> WatchDevicesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (SseItem<byte[]> happened in Listening.ReadAsync(_connection, "network-device/stream", cancellationToken)
            .ConfigureAwait(false))
        {
            if (happened.EventType == "device")
            {
                NetworkDeviceItem device = Listening.Value<NetworkDeviceItem>(happened);
                yield return new DeviceChange(device.Id ?? "", device);
            }
            else if (happened.EventType == "removed") yield return new DeviceChange(Listening.Value<RemovedDevice>(happened).Id, null);
        }
    }

    /// <summary>How many devices there are.</summary>
    public Task<int> GetDeviceCountAsync(CancellationToken cancellationToken = default) =>
        _connection.GetAsync<int>("network-device/count", cancellationToken);

    /// <summary>One device.</summary>
    /// <exception cref="ApiException">404: there is no such device.</exception>
    public Task<NetworkDeviceItem> GetDeviceAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<NetworkDeviceItem>($"network-device/{Uri.EscapeDataString(id)}", cancellationToken);

    /// <summary>The modules of one device, by their index.</summary>
    /// <exception cref="ApiException">404: there is no such device.</exception>
    public IAsyncEnumerable<ModuleItem> GetModulesAsync(string deviceId,
        CancellationToken cancellationToken = default) => Pages.ReadAsync<ModuleItem>(
        _connection,
        (start, count) => new Query("network-device/module").Add("deviceId", deviceId).Add("offset", start).Add("limit", count).ToString(),
        cancellationToken);

    /// <summary>The VLANs of one device, with the subnets that it routes for, by number.</summary>
    /// <exception cref="ApiException">404: there is no such device.</exception>
    public Task<IReadOnlyList<VlanItem>> GetVlansAsync(string deviceId, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<IReadOnlyList<VlanItem>>($"network-device/{Uri.EscapeDataString(deviceId)}/vlan", cancellationToken);

    /// <summary>The device with this management address.</summary>
    /// <exception cref="ApiException">404: there is no such device.</exception>
    public Task<NetworkDeviceItem> GetDeviceByIpAddressAsync(string ipAddress, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<NetworkDeviceItem>($"network-device/ip-address/{Uri.EscapeDataString(ipAddress)}", cancellationToken);

    /// <summary>The device with this serial number.</summary>
    /// <exception cref="ApiException">404: there is no such device.</exception>
    public Task<NetworkDeviceItem> GetDeviceBySerialNumberAsync(string serialNumber, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<NetworkDeviceItem>($"network-device/serial-number/{Uri.EscapeDataString(serialNumber)}", cancellationToken);

    /// <summary>A device's role, and who chose it.</summary>
    public Task<NetworkDeviceBrief> GetDeviceBriefAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<NetworkDeviceBrief>($"network-device/{Uri.EscapeDataString(id)}/brief", cancellationToken);

    /// <summary>
    /// How the reading of each of the device's tables went, what a path trace loses, and what mends it. Towpath's own; Cisco's products
    /// answer 404.
    /// </summary>
    public Task<IReadOnlyList<TableCoverage>> GetDeviceCoverageAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<IReadOnlyList<TableCoverage>>($"network-device/{Uri.EscapeDataString(id)}/coverage", cancellationToken);

    /// <summary>Overrides a device's role.</summary>
    /// <param name="id">The device's id.</param>
    /// <param name="role">ACCESS, DISTRIBUTION, CORE, BORDER ROUTER or UNKNOWN.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public Task<TaskReference> SetDeviceRoleAsync(string id, string role, CancellationToken cancellationToken = default) =>
        _connection.SendAsync<TaskReference>(
            HttpMethod.Put, "network-device/brief", new NetworkDeviceBrief { Id = id, Role = role, RoleSource = "MANUAL" },
            cancellationToken);

    /// <summary>Adds devices by address, without a discovery.</summary>
    public Task<TaskReference> AddDevicesAsync(NetworkDeviceInput devices, CancellationToken cancellationToken = default) =>
        _connection.SendAsync<TaskReference>(HttpMethod.Post, "network-device", devices, cancellationToken);

    /// <summary>Collects devices anew.</summary>
    public Task<TaskReference> SyncDevicesAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken = default) =>
        _connection.SendAsync<TaskReference>(HttpMethod.Put, "network-device/sync", ids, cancellationToken);

    /// <summary>How often a device is collected on its own, in seconds; 0: never.</summary>
    /// <param name="id">The device's id; null: the default for all devices.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public Task<int> GetCollectionScheduleAsync(string? id = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<int>(SchedulePath(id), cancellationToken);

    /// <summary>Sets how often a device is collected on its own. Towpath's own; Cisco's products answer 404.</summary>
    /// <param name="id">The device's id; null: the default for all devices, and 0 as the default is for every device.</param>
    /// <param name="seconds">300 to 604,800 for a whole collection; 0: never. Null: as the default says, or the default's default.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public Task<TaskReference> SetCollectionScheduleAsync(string? id, int? seconds, CancellationToken cancellationToken = default) =>
        seconds is null
            ? _connection.SendAsync<TaskReference>(HttpMethod.Delete, SchedulePath(id), null, cancellationToken)
            : _connection.SendAsync<TaskReference>(
                HttpMethod.Put, SchedulePath(id), new CollectionScheduleInput { IntervalSeconds = seconds }, cancellationToken);

    /// <summary>Deletes a device from the inventory.</summary>
    public Task<TaskReference> DeleteDeviceAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync<TaskReference>(HttpMethod.Delete, $"network-device/{Uri.EscapeDataString(id)}", null, cancellationToken);

    private static string SchedulePath(string? id) =>
        $"network-device/{(id is null ? "collection-schedule/global" : Uri.EscapeDataString(id) + "/collection-schedule")}";
}

/// <summary>
/// Narrows a list of devices. Values of one property are alternatives, properties add up; <c>.*</c> in a value stands for any text.
/// </summary>
public sealed record DeviceFilter
{
    /// <summary>The device's name.</summary>
    public IReadOnlyList<string>? Hostname { get; init; }

    /// <summary>The address it is managed by.</summary>
    public IReadOnlyList<string>? ManagementIpAddress { get; init; }

    /// <summary>For instance FOC2048X0AB.</summary>
    public IReadOnlyList<string>? SerialNumber { get; init; }

    /// <summary>Written with colons.</summary>
    public IReadOnlyList<string>? MacAddress { get; init; }

    /// <summary>For instance Routers, Switches and Hubs.</summary>
    public IReadOnlyList<string>? Family { get; init; }

    /// <summary>ACCESS, DISTRIBUTION, CORE, BORDER ROUTER or UNKNOWN.</summary>
    public IReadOnlyList<string>? Role { get; init; }

    /// <summary>The model.</summary>
    public IReadOnlyList<string>? PlatformId { get; init; }

    /// <summary>The software's version.</summary>
    public IReadOnlyList<string>? SoftwareVersion { get; init; }

    /// <summary>Reachable, Unreachable or Ping Reachable.</summary>
    public IReadOnlyList<string>? ReachabilityStatus { get; init; }

    internal Query AddTo(Query query) => query
        .Add("hostname", Hostname)
        .Add("managementIpAddress", ManagementIpAddress)
        .Add("serialNumber", SerialNumber)
        .Add("macAddress", MacAddress)
        .Add("family", Family)
        .Add("role", Role)
        .Add("platformId", PlatformId)
        .Add("softwareVersion", SoftwareVersion)
        .Add("reachabilityStatus", ReachabilityStatus);
}

/// <summary>Something happened to a device.</summary>
/// <param name="Id">Of the device.</param>
/// <param name="Device">As it is now; null: it was deleted.</param>
public sealed record DeviceChange(string Id, NetworkDeviceItem? Device);
