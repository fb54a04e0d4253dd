using System.Text.RegularExpressions;
using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>The API's device families, from what a device serves and what it is built as.</summary>
public static partial class DeviceTypes
{
    public const string Switch = "Switches and Hubs";
    public const string Router = "Routers";
    public const string AccessPoint = "Unified AP";
    public const string WirelessController = "Wireless Controller";

    /// <summary>
    /// A controller serves access points or stations. The model decides between switch and router where its family is known, for routers
    /// with a switch module have bridge tables too, and a core switch may have routed ports only. Else what bridges is a switch.
    /// </summary>
    public static string Of(DeviceSnapshot device)
    {
        if (device.ControllerInterfaces.Length + device.AccessPoints.Length + device.WirelessStations.Length > 0) return WirelessController;
        string model = $"{device.Identity.Model} {device.Identity.SysDescr}";
        if (RouterModel().IsMatch(model)) return Router;
        if (SwitchModel().IsMatch(model)) return Switch;
        return Bridges(device) ? Switch : Router;
    }

    /// <summary>Two ports at least: a host or router with a bridge for its own virtual machines is none.</summary>
    private static bool Bridges(DeviceSnapshot device) =>
        device.VlanMembers.Length > 1 || device.BridgePorts.Select(port => port.Interface).Distinct().Skip(1).Any()
            || device.Vlans.Length > 1;

    [GeneratedRegex(@"\b(?:ISR|ASR|CSR|C8[0-9]{3}V?|CISCO(?:8|18|19|28|29|38|39|72|73|76)[0-9]{1,2}|MX[0-9]{2,4}|Catalyst 8[0-9]{3})",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RouterModel();

    [GeneratedRegex(@"\b(?:WS-C|C9[2-6][0-9]{2}|C1[03]00|N[2-9]K-|Nexus|DCS-|EX[2-9][0-9]{3}|QFX|ICX|IE-[0-9]|Catalyst (?:[1-6]|9)[0-9]{3}|s72033_rp|s2t54)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SwitchModel();
}
