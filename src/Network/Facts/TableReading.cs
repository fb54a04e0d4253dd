namespace Towpath.Network;

/// <summary>How the reading of one table went.</summary>
/// <param name="Context">SNMP context, for instance <c>vlan-600</c>; empty for the default one.</param>
/// <param name="Rows">Rows that became facts.</param>
/// <param name="Reason">Why rows are missing, in words an operator can act on; null when nothing is missing.</param>
public sealed record TableReading(FactSource Source, string Context, ReadingOutcome Outcome, int Rows, DateTimeOffset ReadAt,
    string? Reason)
{
    public static FactLayout<TableReading> Layout { get; } = new("readings", of => of.Readings, (of, rows) => of with { Readings = rows })
    {
        Change = RowChange.Counted, // of the reading, not of the network; its loss is an event of its own
        Columns =
        [
            new("source", row => row.Source),
            new("context", row => row.Context),
            new("outcome", row => (long)row.Outcome),
            new("rows", row => row.Rows),
            new("readAt", row => row.ReadAt.UtcTicks) { IsLasting = false },
            new("reason", row => row.Reason),
            new("facts", row => row.Facts),
            new("postponed", row => row.Postponed) { IsLasting = false },
        ],
        Row = cells => new TableReading(
            cells.Source(0), cells.Text(1), (ReadingOutcome)cells.Octet(2), cells.Int(3), cells.Time(4), cells.MaybeText(5))
        {
            Facts = cells.Text(6),
            Postponed = cells.MaybeText(7),
        },
    };

    /// <summary>Names of the layouts whose facts were read, with blanks between; empty where their layouts list the source.</summary>
    public string Facts { get; init; } = "";

    /// <summary>Why the table was not read again when it was due, so that it is as old as it says; null when it was.</summary>
    public string? Postponed { get; init; }

    /// <summary>Rows may be there that were not told.</summary>
    public bool IsInPart => Outcome is ReadingOutcome.Refused or ReadingOutcome.Truncated or ReadingOutcome.NoAnswer;

    /// <summary>It is a reading of that kind of fact.</summary>
    public bool IsOf(FactLayout layout) => layout.Sources.Contains(Source) || Facts.Length > 0 && Facts.Split(' ').Contains(layout.Name);
}

public enum ReadingOutcome : byte
{
    Answered,
    Empty,
    NotServed,
    Refused,
    Truncated,
    NoAnswer,
}
