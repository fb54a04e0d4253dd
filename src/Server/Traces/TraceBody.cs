using System.Collections.Immutable;
using System.Globalization;
using Towpath.FlowAnalysis;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Server;

/// <summary>Reads requests for path traces, and filters of their lists, by the names of either call.</summary>
internal static class TraceBody
{
    /// <summary>Notes problems in the body; the result counts only if it then validates.</summary>
    public static async Task<FlowRequest> ReadAsync(
        RequestBody body, TraceKeys keys, Devices devices, CancellationToken cancellationToken)
    {
        Ipv4Address source = await EndAsync(body, keys.Source, keys.SourceMac, devices, cancellationToken);
        Ipv4Address destination = await EndAsync(body, keys.Destination, keys.DestinationMac, devices, cancellationToken);
        string? protocol = body.Text("protocol", 100);
        if (FlowRequest.ProtocolNumber(protocol) is null)
            body.Refuse($"protocol must be TCP, UDP, ICMP, an IP protocol from 1 to 255, or blank, not '{protocol}'.");
        ImmutableArray<string> inclusions = [.. body.Texts("inclusions", 20).Select(word => Inclusion(body, word)).Distinct()];
        bool isPeriodic = body.Flag("periodicRefresh") ?? false, isVerified = body.Flag("verify") ?? false;
        if (isPeriodic && isVerified)
            body.Refuse("verify asks the devices on the path before one answer, periodicRefresh repeats it without asking: leave one out.");
        return new FlowRequest(
            source, destination, Port(body, "sourcePort"), Port(body, keys.DestinationPort), protocol,
            isPeriodic, body.Flag("controlPath") ?? false, inclusions) { Verify = isVerified };
    }

    /// <summary>The keys that <see cref="Filter"/> reads.</summary>
    public static IReadOnlyList<string> Keys(TraceKeys keys) =>
    [
        "periodicRefresh", .. ((string?[])[keys.Source, keys.SourceMac, keys.Destination, keys.DestinationMac]).OfType<string>(),
        "sourcePort", keys.DestinationPort, "protocol", keys.CreatedAfter, keys.CreatedBefore, "lastUpdateTime", "status", "taskId",
        .. QueryKeys.Order,
    ];

    /// <summary>Without the page. Problems go to the reader.</summary>
    public static FlowAnalysisFilter Filter(QueryReader query, TraceKeys keys, InventoryView view) => new()
    {
        PeriodicRefresh = query.Flag("periodicRefresh"),
        Source = query.Address(keys.Source) ?? Mac(query, keys.SourceMac, view),
        Destination = query.Address(keys.Destination) ?? Mac(query, keys.DestinationMac, view),
        SourcePort = query.Text("sourcePort"),
        DestinationPort = query.Text(keys.DestinationPort),
        Protocol = query.Text("protocol"),
        CreatedAfter = query.Time(keys.CreatedAfter),
        CreatedBefore = query.Time(keys.CreatedBefore),
        UpdatedAt = query.Time("lastUpdateTime"),
        // The newer call has two words for what is in progress here from its acceptance on, and one more for what is completed.
        Status = query.Choice<FlowAnalysisStatus?>("status", ("INPROGRESS", FlowAnalysisStatus.InProgress),
            ("COMPLETED", FlowAnalysisStatus.Completed), ("FAILED", FlowAnalysisStatus.Failed),
            ("SUCCESS", FlowAnalysisStatus.Completed), ("SCHEDULED", FlowAnalysisStatus.InProgress),
            ("PENDING", FlowAnalysisStatus.InProgress)),
        TaskId = query.Task("taskId"),
        SortBy = query.Choice("sortBy", ("createTime", FlowAnalysisOrder.CreatedAt), ("lastUpdateTime", FlowAnalysisOrder.UpdatedAt),
            (keys.Source, FlowAnalysisOrder.Source), (keys.Destination, FlowAnalysisOrder.Destination),
            ("sourcePort", FlowAnalysisOrder.SourcePort), (keys.DestinationPort, FlowAnalysisOrder.DestinationPort),
            ("protocol", FlowAnalysisOrder.Protocol), ("status", FlowAnalysisOrder.Status)),
        Descending = query.Descending(),
    };

    /// <summary>A MAC address without an address stands for the host that has it; beside one it says nothing more.</summary>
    private static async Task<Ipv4Address> EndAsync(
        RequestBody body, string name, string? macName, Devices devices, CancellationToken cancellationToken)
    {
        string? mac = macName is null ? null : body.Text(macName, 100);
        MacAddress known = default;
        if (!string.IsNullOrEmpty(mac) && !MacAddress.TryParse(mac, CultureInfo.InvariantCulture, out known))
            body.Refuse($"{macName} must be a MAC address such as 00:1A:2B:3C:4D:5E, not '{Texts.Shorten(mac)}'.");
        if (known != default && string.IsNullOrEmpty(body.Text(name, 100)))
            return await FoundAsync(view => (TraceEnd.FindMac(view, macName!, known, out string? problem), problem));
        string text = body.RequiredText(name, 100);
        return text.Length == 0 ? default : await FoundAsync(view => (TraceEnd.Find(view, name, text, out string? problem), problem));

        async Task<Ipv4Address> FoundAsync(Func<InventoryView, (Ipv4Address? Address, string? Problem)> find)
        {
            (Ipv4Address? address, string? problem) = find(devices.View);
            // It may have been found by another server a moment ago.
            if (problem is not null) (address, problem) = find(await devices.HeardViewAsync(cancellationToken));
            if (problem is not null) body.Refuse(problem);
            return address.GetValueOrDefault();
        }
    }

    /// <summary>The address of the host that has it now; one that no trace has where no host does.</summary>
    private static Ipv4Address? Mac(QueryReader query, string? name, InventoryView view)
    {
        if (name is null || query.Text(name) is not { } text) return null;
        if (MacAddress.TryParse(text, CultureInfo.InvariantCulture, out MacAddress mac))
            return TraceEnd.FindMac(view, name, mac, out _) ?? default(Ipv4Address);
        query.Refuse($"{name} must be a MAC address such as 00:1A:2B:3C:4D:5E, not '{Texts.Shorten(text)}'.");
        return null;
    }

    private static string? Port(RequestBody body, string name)
    {
        string? text = body.Text(name, 100);
        if (!string.IsNullOrEmpty(text) && !ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            body.Refuse($"{name} must be a port from 0 to 65535, not '{text}'.");
        return text;
    }

    /// <summary>Written with hyphens or, as the newer call does, with underscores.</summary>
    private static string Inclusion(RequestBody body, string word)
    {
        string plain = word.Replace('_', '-');
        if (Inclusions.All.FirstOrDefault(known => known.Equals(plain, StringComparison.OrdinalIgnoreCase)) is { } known) return known;
        body.Refuse($"inclusions knows {string.Join(", ", Inclusions.All)}, not '{Texts.Shorten(word)}'.");
        return word;
    }
}
