using System.Collections.Immutable;
using System.Globalization;
using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// What a step may rest on, the surest first. The percentages, and the counts behind them, stand in <c>confidence.txt</c>.
/// </summary>
public static class RestsOn
{
    private const string NotMeasured = "-";

    /// <summary>In the order of the file.</summary>
    public static ImmutableArray<ConfidenceClass> All { get; } = [.. EmbeddedTable.Read(typeof(RestsOn), "confidence.txt", columns: 5)
        .Select(row => new ConfidenceClass(row[0], Number(row[1])!.Value / 100.0, Number(row[2]), Number(row[3]), row[4]))];

    public static ConfidenceClass BothEnds { get; } = Of("both ends");
    public static ConfidenceClass HostPort { get; } = Of("host port");
    public static ConfidenceClass AccessPoint { get; } = Of("access point");
    public static ConfidenceClass OneSide { get; } = Of("one end");
    public static ConfidenceClass Unmanaged { get; } = Of("unmanaged");
    public static ConfidenceClass BeyondUnmanaged { get; } = Of("beyond unmanaged");
    public static ConfidenceClass AddressOnly { get; } = Of("address");
    public static ConfidenceClass FlowRecord { get; } = Of("flow record");
    public static ConfidenceClass Policy { get; } = Of("policy");
    public static ConfidenceClass FdbOnly { get; } = Of("learned");
    public static ConfidenceClass LinkStates { get; } = Of("link states");
    public static ConfidenceClass TreeOnly { get; } = Of("tree");
    public static ConfidenceClass Inferred { get; } = Of("overlay");
    public static ConfidenceClass InDoubt { get; } = Of("doubt");
    public static ConfidenceClass SubnetOnly { get; } = Of("subnet");
    public static ConfidenceClass AcrossGap { get; } = Of("gap");

    /// <summary>
    /// What is at least as sure as seen from one side is as it should be: nothing is said of it, but that somebody should manage the switch
    /// before it.
    /// </summary>
    public static bool IsWorthANote(TraceEdge step) => step.Confidence < OneSide.Value || step.Class == BeyondUnmanaged.Name;

    private static ConfidenceClass Of(string name) => All.First(one => one.Name == name);

    private static int? Number(string cell) => cell == NotMeasured ? null : int.Parse(cell, CultureInfo.InvariantCulture);
}
