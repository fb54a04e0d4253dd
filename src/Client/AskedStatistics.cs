using Towpath.Contracts;

namespace Towpath.Client;

/// <summary>
/// Controllers publish the path first and the statistics later. Each kind carries its own collection status, which is absent or INPROGRESS
/// until the device was asked, then SUCCESS or FAILED. Not waited for: service policies, whose status real controllers leave out for good
/// where there are none.
/// </summary>
internal static class AskedStatistics
{
    public static bool AreIn(FlowAnalysisResult result)
    {
        IReadOnlyList<string> asked = result.Request.Inclusions ?? [];
        NetworkElementInfo[] devices = [.. (result.NetworkElementsInfo ?? []).Where(HasAgent)];
        InterfaceInfo[] ports = [.. devices.SelectMany(device => new[] { device.IngressInterface, device.EgressInterface })
            .Select(use => use?.PhysicalInterface).OfType<InterfaceInfo>()];

        return (!asked.Contains(Inclusion.DeviceStats) || devices.All(device => HasEnded(device.DeviceStatsCollection)))
            && (!asked.Contains(Inclusion.InterfaceStats) || ports.All(port => HasEnded(port.InterfaceStatsCollection)));
    }

    private static bool HasEnded(string? status) => status is not (null or "INPROGRESS");

    /// <summary>Hosts, unknown elements and lightweight access points have nobody to ask.</summary>
    private static bool HasAgent(NetworkElementInfo element) =>
        element is { Name: not null, Id: not "UNKNOWN", Type: not ("wired" or "wireless" or "Unified AP") };
}
