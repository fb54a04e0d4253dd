using System.Globalization;
using Towpath.Contracts;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Server;

/// <summary><c>/network-device/module</c>: the modules of one device, by entPhysicalIndex (ENTITY-MIB, RFC 6933).</summary>
internal static class ModulesEndpoints
{
    private static readonly string[] s_keys =
        ["deviceId", "nameList", "partNumberList", "vendorEquipmentTypeList", "operationalStateCodeList"];

    public static void MapModules(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder modules = api.MapGroup("/network-device/module");
        modules.MapGet("", List)
            .GivesList<ModuleItem>("The modules of a device.", [.. s_keys, .. QueryKeys.Page]);
        modules.MapGet("/count", (HttpRequest request, Devices devices) => Answers.Ok(Selected(request, devices).Count()))
            .Gives<int>("How many modules a device has.", s_keys);
        modules.MapGet("/{id}", Find)
            .Gives<ModuleItem>("One module.");
    }

    private static IResult List(HttpRequest request, Devices devices)
    {
        Paging page = Paging.FromQuery(request);
        return Answers.Ok<IReadOnlyList<ModuleItem>>([.. Selected(request, devices).Skip(page.Skip).Take(page.Limit)]);
    }

    private static IResult Find(string id, Devices devices)
    {
        Guid wanted = Ids.Parse(id, "module");
        foreach (InventoryDevice device in devices.View.Devices)
            foreach (EntityModule module in ModulesOf(device))
                if (StableId.OfModule(device.Id, module.Index) == wanted) return Answers.Ok(Item(device, module));
        throw ApiException.NotInNetwork("module", id);
    }

    private static IEnumerable<ModuleItem> Selected(HttpRequest request, Devices devices)
    {
        string id = new QueryReader(request).Text("deviceId") ?? throw ApiException.Malformed("deviceId is required.");
        InventoryDevice device = devices.View.Find(new DeviceId(Ids.Parse(id, "device"))) ?? throw ApiException.NotInNetwork("device", id);
        return ModulesOf(device).Select(module => Item(device, module)).Where(module =>
            Matches("nameList", module.Name) && Matches("partNumberList", module.PartNumber)
            && Matches("vendorEquipmentTypeList", module.VendorEquipmentType)
                && Matches("operationalStateCodeList", module.OperationalStateCode));

        // A list is repeated, or has commas between its values.
        bool Matches(string list, string? value) => request.Query[list].Count == 0
            || request.Query[list].SelectMany(values => (values ?? "").Split(',', StringSplitOptions.TrimEntries))
                .Contains(value ?? "", StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>An access point is no agent, so none of its controller's modules is its own.</summary>
    private static IEnumerable<EntityModule> ModulesOf(InventoryDevice device) =>
        device.AccessPoint is null ? device.Source.Snapshot.Modules.OrderBy(module => module.Index) : [];

    private static ModuleItem Item(InventoryDevice device, EntityModule module) => new()
    {
        Id = StableId.OfModule(device.Id, module.Index).ToString(),
        Name = module.Name,
        ModuleIndex = module.Index,
        EntityPhysicalIndex = module.Index.ToString(CultureInfo.InvariantCulture),
        Description = module.Description,
        Manufacturer = Told(module.Manufacturer),
        PartNumber = Told(module.Model),
        SerialNumber = Told(module.SerialNumber),
        AssemblyRevision = Told(module.SoftwareRevision),
    };

    private static string? Told(string text) => text.Length == 0 ? null : text;
}
