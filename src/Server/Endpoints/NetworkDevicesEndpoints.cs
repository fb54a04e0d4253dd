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
        devices.MapGet("", List).AsList()
            .GivesList<NetworkDeviceItem>("Devices, by name. Texts may be patterns such as CAMPUS.*",
                ["id", .. NetworkDeviceItems.Keys, .. QueryKeys.Order, .. QueryKeys.Page]);
        devices.MapGet("/count", Count).AsList()
            .Gives<int>("How many devices there are.", NetworkDeviceItems.Keys);
        devices.MapGet("/{startIndex}/{recordsToReturn}", Range).AsList()
            .GivesList<NetworkDeviceItem>("A part of the devices, from 1.");
        devices.MapGet("/{id}", Find)
            .Gives<NetworkDeviceItem>("One device.");
        devices.MapGet("/ip-address/{ip}", FindByAddress)
            .Gives<NetworkDeviceItem>("The device that is managed at an address.");
        devices.MapGet("/serial-number/{serialNumber}", FindBySerialNumber)
            .Gives<NetworkDeviceItem>("The device with a serial number.");
        devices.MapGet("/autocomplete", Complete)
            .GivesList<string>("The values of one attribute that match.", [.. NetworkDeviceItems.Keys, .. QueryKeys.Page]);
        devices.MapGet("/{id}/brief", Brief)
            .Gives<NetworkDeviceBrief>("The role of a device.");
        devices.MapGet("/{id}/coverage", CoverageOf)
            .GivesList<TableCoverage>("Which tables the device answered, and what the others cost a trace.");
        devices.MapCollectionSchedules();
        devices.MapDeviceVlans();
        devices.MapInterfaceNeighbors();
        devices.MapPost("", AddAsync)
            .Takes<NetworkDeviceInput>().Starts("Adds devices by their addresses.");
        devices.MapPut("", ChangeAsync)
            .Takes<NetworkDeviceInput>().Starts("Reads devices with another credential, and keeps it where it works.");
        devices.MapPut("/brief", SetRoleAsync)
            .Takes<NetworkDeviceBrief>().Starts("Sets the role of a device.");
        devices.MapPut("/sync", SyncAsync)
            .Takes<IReadOnlyList<string>>().Starts("Reads devices again, by their ids.", "forceSync");
        devices.MapDelete("/{id}", RemoveAsync)
            .Starts("Removes a device.", "cleanConfig");
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
        devices.View.Find(new DeviceId(Ids.Parse(id, "device"))) ?? throw ApiException.NotInNetwork("device", id);

    private static IResult One(InventoryDevice? device, string notFound) => device is null
        ? throw ApiException.NotInNetwork(notFound)
        : Answers.Ok(NetworkDeviceItems.Of(device));

    private static IResult Items(IEnumerable<InventoryDevice> devices) =>
        Answers.Ok(Rendered.Of([.. devices], NetworkDeviceItems.Of));
}
