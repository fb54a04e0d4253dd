using Towpath.Contracts;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Server;

/// <summary>
/// Says what the readings of a device's tables mean for a path trace; docs/collection.md says the same of each table at length.
/// </summary>
internal static class DeviceCoverage
{
    public static IReadOnlyList<TableCoverage> Of(InventoryDevice device) =>
        Of(device.Source.Snapshot, layout => device.Kind.Needs(layout, device.Source.Tables));

    /// <param name="isNeeded">The device does the work that a kind of fact tells of.</param>
    public static IReadOnlyList<TableCoverage> Of(DeviceSnapshot snapshot, Func<FactLayout, bool> isNeeded)
    {
        TableReading[] answered = [.. snapshot.Readings.Where(reading => reading.Outcome == ReadingOutcome.Answered)];
        return [.. snapshot.Readings.Select(reading =>
        {
            string? cost = Cost(reading, answered, isNeeded);
            return new TableCoverage
            {
                Table = reading.Source.MibName,
                Context = reading.Context,
                Outcome = WordOf(reading.Outcome),
                Rows = reading.Rows,
                Reason = ReasonOf(reading),
                Cost = cost,
                Remedy = cost is null || !IsTable(reading) || !IsHidden(reading) ? null : Remedy(reading, snapshot.Identity.SoftwareType),
            };
        })];
    }

    /// <summary>What is missing, and why it is older than it should be.</summary>
    private static string? ReasonOf(TableReading reading)
    {
        if (reading.Postponed is not { } postponed) return reading.Reason;
        string late = $"Not read again since {NetworkDeviceItems.Text(reading.ReadAt)} UTC: {postponed}";
        return reading.Reason is { } reason ? $"{reason} {late}" : late;
    }

    private static string? Cost(TableReading reading, TableReading[] answered, Func<FactLayout, bool> isNeeded)
    {
        if (reading.Outcome == ReadingOutcome.Answered || LostWithout(reading, isNeeded) is not { } lost) return null;
        // An empty table of a VLAN is an empty VLAN; a table cut short costs even where another tells the same, for nobody knows what it
        // held.
        if (reading is { Outcome: ReadingOutcome.Empty, Context.Length: > 0 }) return null;
        if (reading.Outcome is not (ReadingOutcome.Empty or ReadingOutcome.NotServed)) return lost;
        TableReading[] same = [.. answered.Where(other => LostWithout(other, isNeeded) == lost)];
        // A switch that shows its VLANs one by one shows no table of all; of a VLAN that nobody talks in, it has none, while the others
        // show that it may be read.
        bool told = same.Any(other => other.Context == reading.Context)
            || same.Any(other => other.Context.Length > 0)
                && (reading.Context.Length == 0 || answered.Any(other => other.Context == reading.Context));
        return told ? null : lost;
    }

    private static string? LostWithout(TableReading reading, Func<FactLayout, bool> isNeeded) =>
        FactLayout.All.FirstOrDefault(layout => layout.Lost is not null && reading.IsOf(layout) && isNeeded(layout))?.Lost;

    /// <summary>A configuration line mends what the agent does not show. It shortens no table and speeds up no agent.</summary>
    private static bool IsHidden(TableReading reading) => reading.Outcome is not (ReadingOutcome.NoAnswer or ReadingOutcome.Truncated);

    /// <summary>What a configuration line shows. Of another source, such as a file, the reason says what to do.</summary>
    private static bool IsTable(TableReading reading) => reading.Facts.Length == 0;

    private static string Remedy(TableReading reading, string? system) => reading switch
    {
        { Context.Length: > 0 } => "snmp-server group GROUP v3 priv context vlan- match prefix",
        _ when reading.IsOf(LldpNeighbor.Layout) || reading.IsOf(CdpNeighbor.Layout) => system switch
        {
            "IOS" or "IOS-XE" => "lldp run; cdp run",
            "IOS-XR" => "lldp; cdp",
            "NX-OS" => "feature lldp; cdp enable",
            "Junos" => "set protocols lldp interface all",
            "Linux" => "master agentx (snmpd.conf); lldpd -x",
            _ => "Switch LLDP on, and let the SNMP view include 1.0.8802.",
        },
        _ when reading.IsOf(TopFlow.Layout) => "ip flow-top-talkers; top 200; sort-by bytes",
        _ => system switch
        {
            "IOS" or "IOS-XE" => "snmp-server view ALL iso included; snmp-server group GROUP v3 priv read ALL",
            "Junos" => "set snmp view ALL oid .1 include",
            "Linux" => "view all included .1; rouser USER priv -V all",
            _ => "Let the SNMP view of this user include .1, where the device has this table.",
        },
    };

    private static string WordOf(ReadingOutcome outcome) => outcome switch
    {
        ReadingOutcome.NotServed => "NOT_SERVED",
        ReadingOutcome.NoAnswer => "NO_ANSWER",
        _ => outcome.ToString().ToUpperInvariant(),
    };
}
