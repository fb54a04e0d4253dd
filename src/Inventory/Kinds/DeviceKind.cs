using System.Collections.Frozen;
using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>What a device is, concluded from what it told.</summary>
/// <param name="Vendor">
/// By the enterprise number of sysObjectID, else as ENTITY-MIB names the manufacturer; null when neither tells.
/// </param>
/// <param name="Series">The product family, for instance <c>Cisco Catalyst 9300 Series Switches</c>; null when not known.</param>
/// <param name="Type">
/// One of that series, for instance <c>Cisco Catalyst 9300 Switch</c>; else vendor and model, as far as known; null when neither is.
/// </param>
/// <param name="Model">As the device tells it, for instance <c>C9300-48U</c>; null when it does not.</param>
public sealed record DeviceKind(DeviceFamily Family, string? Vendor, string? Series, string? Type, string? Model)
{
    /// <summary>In sysServices (RFC 3418): it works as an internet gateway.</summary>
    private const int LayerThree = 4;

    /// <summary>Of each device and access point.</summary>
    /// <param name="known">Concluded before; what tells the same facts is what it was. Null: nothing is.</param>
    public static FrozenDictionary<DeviceId, DeviceKind> AllOf(NetworkSnapshot network, InventoryView? known = null)
    {
        var kinds = network.Devices.ToDictionary(device => device.Id, device => Known(device.Id, device, null) ?? Of(device));
        foreach (AttachedAccessPoint accessPoint in network.AccessPoints)
        {
            NetworkDevice controller = network.Device(accessPoint.Controller)!;
            kinds[accessPoint.Id] = Known(accessPoint.Id, controller, accessPoint.Facts) ?? Of(accessPoint.Facts, controller);
        }
        return kinds.ToFrozenDictionary();

        DeviceKind? Known(DeviceId id, NetworkDevice source, AccessPoint? accessPoint) =>
            known?.Find(id) is { } was && ReferenceEquals(was.Source.Snapshot, source.Snapshot)
                && ReferenceEquals(was.AccessPoint, accessPoint) ? was.Kind : null;
    }

    /// <summary>
    /// The family is the first that holds:
    /// <list type="number">
    /// <item>a device that serves access points or stations is a wireless controller;</item>
    /// <item>the table of products knows it, and the device does not deny that it forwards where the table says router;</item>
    /// <item>what filters or translates by policy is a firewall, see <see cref="DeviceTables.PolicyKind"/>;</item>
    /// <item>what bridges several ports is a switch;</item>
    /// <item>what forwards packets of others is a router, see <see cref="Routes"/>;</item>
    /// <item>else it is none of these.</item>
    /// </list>
    /// </summary>
    public static DeviceKind Of(NetworkDevice device)
    {
        DeviceIdentity identity = device.Snapshot.Identity;
        Product? product = Products.Find(identity.Enterprise, identity.Model, identity.SysDescr, BelowEnterprise(identity));
        return Named(FamilyOf(device, product), Vendors.Of(identity.Enterprise) ?? identity.Manufacturer, product, identity.Model);
    }

    /// <summary>An access point as its controller tells it.</summary>
    public static DeviceKind Of(AccessPoint accessPoint, NetworkDevice controller)
    {
        int? enterprise = controller.Snapshot.Identity.Enterprise;
        return Named(DeviceFamily.AccessPoint, Vendors.Of(enterprise), Products.Find(enterprise, accessPoint.Model),
            accessPoint.Model.Length == 0 ? null : accessPoint.Model);
    }

    /// <summary>
    /// The device does the work that a kind of fact tells of. What is not known for sure may do any: nobody is told then that all is well.
    /// </summary>
    public bool Needs(FactLayout layout, DeviceTables tables)
    {
        bool isUnknown = Family == DeviceFamily.Other && Series is null && !tables.ForwardsForNobody;
        return layout.Work switch
        {
            DeviceWork.Routing => tables.IsRouter || Family is DeviceFamily.Router or DeviceFamily.Firewall || isUnknown,
            DeviceWork.Bridging => tables.IsBridge || Family == DeviceFamily.Switch || isUnknown,
            _ => true,
        };
    }

    private static DeviceKind Named(DeviceFamily family, string? vendor, Product? product, string? told)
    {
        string? model = told ?? product?.Model;
        string? series = product?.Series is { } one ? $"{one}{(one.EndsWith("ch", StringComparison.Ordinal) ? "es" : "s")}" : null;
        string maker = $"{vendor} {model}".Trim();
        string? type = product?.Series?.Replace(" Series ", " ", StringComparison.Ordinal) ?? (maker.Length == 0 ? null : maker);
        return new DeviceKind(family, vendor, series, type, model);
    }

    private static DeviceFamily FamilyOf(NetworkDevice device, Product? product)
    {
        DeviceSnapshot told = device.Snapshot;
        if (told.ControllerInterfaces.Length + told.AccessPoints.Length + told.WirelessStations.Length > 0)
            return DeviceFamily.WirelessController;
        if (product is { Family: var known } && !(known == DeviceFamily.Router && device.Tables.ForwardsForNobody)) return known;
        if (device.Tables.PolicyKind is not null) return DeviceFamily.Firewall;
        if (Bridges(told)) return DeviceFamily.Switch;
        return Routes(device) ? DeviceFamily.Router : DeviceFamily.Other;
    }

    /// <summary>Two ports at least: a host or router with a bridge for its own virtual machines is none.</summary>
    private static bool Bridges(DeviceSnapshot device) =>
        device.VlanMembers.Length > 1 || device.BridgePorts.Select(port => port.Interface).Distinct().Skip(1).Any()
            || device.Vlans.Length > 1;

    /// <summary>
    /// Two subnets and ipForwarding 1 make no router: a host with containers has both. Besides, the device says that it works in layer 3
    /// (sysServices). One that is a subnet's gateway, or knows a way that is neither its own subnet's nor the default nor one host's, need
    /// not say so.
    /// </summary>
    private static bool Routes(NetworkDevice device)
    {
        if (!device.Tables.IsRouter) return false;
        DeviceIdentity identity = device.Snapshot.Identity;
        bool says = identity.IpForwarding == IpForwarding.Forwarding && (identity.SysServices & LayerThree) != 0;
        return says || device.Tables.ActiveGateways.Length > 0
            || device.Snapshot.Routes.Any(route => route is { Kind: RouteKind.Remote, Prefix.Length: > 0 and < 32 });
    }

    /// <summary>".1.1208" of 1.3.6.1.4.1.9.1.1208; "." of the bare number.</summary>
    private static string BelowEnterprise(DeviceIdentity identity)
    {
        const int before = 6; // arcs
        string[] arcs = identity.SysObjectId.Split('.', before + 2);
        return arcs.Length == before + 2 ? "." + arcs[^1] : ".";
    }
}
