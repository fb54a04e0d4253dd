using System.Collections.Immutable;
using Towpath.Accounts;
using Towpath.Contracts;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary><c>/network-device</c>: the inventory's devices, access points among them.</summary>
internal static class NetworkDevicesEndpoints
{
    private const int MostDevicesPerWrite = 500;

    public static void MapNetworkDevices(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder devices = api.MapGroup("/network-device");
        devices.MapGet("", List);
        devices.MapGet("/count", Count);
        devices.MapGet("/{startIndex}/{recordsToReturn}", Range);
        devices.MapGet("/{id}", Find);
        devices.MapGet("/ip-address/{ip}", FindByAddress);
        devices.MapGet("/serial-number/{serialNumber}", FindBySerialNumber);
        devices.MapGet("/autocomplete", Complete);
        devices.MapGet("/{id}/brief", Brief);
        devices.MapGet("/{id}/coverage", CoverageOf);
        devices.MapCollectionSchedules();
        devices.MapDeviceVlans();
        devices.MapInterfaceNeighbors();
        devices.MapPost("", AddAsync);
        devices.MapPut("", ChangeAsync);
        devices.MapPut("/brief", SetRoleAsync);
        devices.MapPut("/sync", SyncAsync);
        devices.MapDelete("/{id}", RemoveAsync);
    }

    private static IResult List(HttpRequest request, Devices devices, TimeProvider time)
    {
        Paging page = Paging.FromQuery(request);
        InventoryView view = devices.View;
        var query = new QueryReader(request);
        if (query.Text("id") is { } ids)
        {
            return Answers.Ok<IReadOnlyList<NetworkDeviceItem?>>(
                [.. ids.Split(',', StringSplitOptions.TrimEntries).Skip(page.Skip).Take(page.Limit).Select(Named)]);
        }
        string? sortBy = query.Word("sortBy", DeviceSorting.Words.AsSpan());
        bool descending = query.Descending();
        query.Validate();
        return Items(DeviceSorting.Sorted(Selected(request, view, time), sortBy, descending).Skip(page.Skip).Take(page.Limit));

        // An unknown id keeps its place as null, so that the answer pairs with the question.
        NetworkDeviceItem? Named(string id) =>
            DeviceId.TryParse(id, null, out DeviceId device) && view.Find(device) is { } found ? NetworkDeviceItems.Of(found) : null;
    }

    private static IResult Count(HttpRequest request, Devices devices, TimeProvider time) =>
        Answers.Ok(Selected(request, devices.View, time).Count());

    private static IResult Range(string startIndex, string recordsToReturn, Devices devices)
    {
        Paging page = Paging.FromPath(startIndex, recordsToReturn);
        return Items(devices.View.Devices.Skip(page.Skip).Take(page.Limit));
    }

    private static IResult Find(string id, Devices devices) => Answers.Ok(NetworkDeviceItems.Of(Require(id, devices)));

    private static IResult FindByAddress(string ip, Devices devices) => One(
        Ipv4Address.TryParse(ip, null, out Ipv4Address address)
            ? devices.View.Devices.FirstOrDefault(device => device.ManagementAddress == address) : null,
        $"There is no device with the management address '{Texts.Shorten(ip)}'.");

    private static IResult FindBySerialNumber(string serialNumber, Devices devices) => One(
        devices.View.Devices.FirstOrDefault(device => string.Equals(device.SerialNumber, serialNumber, StringComparison.OrdinalIgnoreCase)),
        $"There is no device with the serial number '{Texts.Shorten(serialNumber)}'.");

    /// <summary>The distinct values of the first attribute given that match it.</summary>
    private static IResult Complete(HttpRequest request, Devices devices, TimeProvider time)
    {
        Paging page = Paging.FromQuery(request);
        string attribute = DeviceFilter.Attributes.FirstOrDefault(name => request.Query.ContainsKey(name))
            ?? throw ApiException.Malformed("Name an attribute, for instance hostname=CAMPUS.*; attributes are "
                + $"{string.Join(", ", DeviceFilter.Attributes.Order(StringComparer.Ordinal))}.");
        return Answers.Ok<IReadOnlyList<string>>([.. Selected(request, devices.View, time)
            .Select(device => DeviceFilter.Value(attribute, device))
            .OfType<string>()
            .Distinct()
            .Order(StringComparer.OrdinalIgnoreCase)
            .Skip(page.Skip)
            .Take(page.Limit)]);
    }

    private static IResult Brief(string id, Devices devices)
    {
        InventoryDevice device = Require(id, devices);
        return Answers.Ok(new NetworkDeviceBrief { Id = device.Id.ToString(), Role = DeviceRoleWords.Of(device.Role),
            RoleSource = NetworkDeviceItems.RoleSource(device) });
    }

    private static IResult CoverageOf(string id, Devices devices) => Answers.Ok(DeviceCoverage.Of(Require(id, devices)));

    private static async Task<IResult> AddAsync(HttpContext context, InventoryWork work, SnmpProperties properties,
        CancellationToken cancellationToken)
    {
        RequestBody body = await RequestBody.ReadAsync(context, cancellationToken);
        NewDevices wanted = NewDevices.Read(body, await properties.CurrentAsync(cancellationToken));
        ImmutableArray<string> warnings = [.. body.Validate(), .. wanted.Warnings];
        TaskRecord task = await work.AddAsync(Caller.Of(context).Name, wanted.Addresses, wanted.Access, cancellationToken);
        return Answers.Accepted(context, task, warnings);
    }

    /// <summary>Reads known devices with another credential, and keeps it for those that answer.</summary>
    private static async Task<IResult> ChangeAsync(HttpContext context, Devices devices, InventoryWork work, SnmpProperties properties,
        CancellationToken cancellationToken)
    {
        RequestBody body = await RequestBody.ReadAsync(context, cancellationToken);
        NewDevices wanted = NewDevices.Read(body, await properties.CurrentAsync(cancellationToken));
        HashSet<Ipv4Address> known = [.. devices.View.Network.Devices.Select(device => device.ManagementAddress)];
        foreach (Ipv4Address address in wanted.Addresses.Where(address => !known.Contains(address)))
            body.Refuse($"No device is managed at {address}: add it with POST.");
        ImmutableArray<string> warnings = [.. body.Validate(), .. wanted.Warnings];
        TaskRecord task = await work.AddAsync(Caller.Of(context).Name, wanted.Addresses, wanted.Access, cancellationToken);
        return Answers.Accepted(context, task, warnings);
    }

    private static async Task<IResult> SetRoleAsync(HttpContext context, Devices devices, InventoryWork work,
        CancellationToken cancellationToken)
    {
        RequestBody body = await RequestBody.ReadAsync(context, cancellationToken);
        string id = body.RequiredText("id");
        string? word = body.Text("role");
        bool isManual = !"AUTO".Equals(body.Text("roleSource"), StringComparison.OrdinalIgnoreCase);
        if (!DeviceRoleWords.TryParse(word, out DeviceRole role) && isManual)
            body.Refuse($"role must be one of {string.Join(", ", DeviceRoleWords.All)}, not '{Texts.Shorten(word ?? "")}'.");
        ImmutableArray<string> warnings = body.Validate();
        TaskRecord task = await work.SetRoleAsync(Caller.Of(context).Name, Require(id, devices).Id, isManual ? role : null,
            cancellationToken);
        return Answers.Accepted(context, task, warnings);
    }

    private static async Task<IResult> SyncAsync(HttpContext context, Devices devices, InventoryWork work,
        CancellationToken cancellationToken)
    {
        var query = new QueryReader(context.Request);
        query.Flag("forceSync"); // accepted: every sync is done at once, forced or not
        query.Validate();
        ImmutableArray<DeviceId> wanted = [.. (await RequestBody.ReadTextsAsync(context, MostDevicesPerWrite, cancellationToken))
            .Select(id => Require(id, devices))
            .Select(device => device.Source.Id) // an access point is read with its controller
            .Distinct()];
        return Answers.Accepted(context, await work.SyncAsync(Caller.Of(context).Name, wanted, cancellationToken));
    }

    private static async Task<IResult> RemoveAsync(HttpContext context, string id, Devices devices, InventoryWork work,
        CancellationToken cancellationToken)
    {
        var query = new QueryReader(context.Request);
        bool cleanConfig = query.Flag("cleanConfig") == true;
        query.Validate();
        TaskRecord task = await work.RemoveAsync(Caller.Of(context).Name, Require(id, devices).Id, cancellationToken);
        return Answers.Accepted(context, task, cleanConfig ? ["cleanConfig is ignored: nothing was ever configured on the device."] : []);
    }

    private static IEnumerable<InventoryDevice> Selected(HttpRequest request, InventoryView view, TimeProvider time)
    {
        DeviceFilter filter = NetworkDeviceItems.Filter(request);
        DateTimeOffset now = time.GetUtcNow();
        return view.Devices.Where(device => filter.Matches(device, now));
    }

    private static InventoryDevice Require(string id, Devices devices) =>
        devices.View.Find(new DeviceId(Ids.Parse(id, "device"))) ?? throw ApiException.NotFound("device", id);

    private static IResult One(InventoryDevice? device, string notFound) => device is null
        ? throw new ApiException(StatusCodes.Status404NotFound, "NOT_FOUND", notFound)
        : Answers.Ok(NetworkDeviceItems.Of(device));

    private static IResult Items(IEnumerable<InventoryDevice> devices) =>
        Answers.Ok<IReadOnlyList<NetworkDeviceItem>>([.. devices.Select(NetworkDeviceItems.Of)]);
}
