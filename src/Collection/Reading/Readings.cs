using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>What the end of a walk means for its table, and what an operator can do about it.</summary>
internal static class Readings
{
    /// <summary>
    /// A walk that finds nothing cannot tell an empty table from one the agent does not have or hides from this user: all three are
    /// <see cref="ReadingOutcome.NotServed"/>. Empty is a table with rows of which none concerns us.
    /// </summary>
    public static ReadingOutcome Outcome(SnmpStatus status, bool served, int facts) => status switch
    {
        SnmpStatus.Ok => facts > 0 ? ReadingOutcome.Answered : served ? ReadingOutcome.Empty : ReadingOutcome.NotServed,
        _ when served => ReadingOutcome.Truncated,
        SnmpStatus.Timeout or SnmpStatus.Unreachable => ReadingOutcome.NoAnswer,
        SnmpStatus.BudgetSpent or SnmpStatus.NonIncreasing => ReadingOutcome.Truncated,
        _ => ReadingOutcome.Refused,
    };

    /// <summary>Null when nothing is missing.</summary>
    public static string? Reason(TableSpec table, WalkResult ended, bool served, TableRow row)
    {
        string? skipped = row.FirstNote is { } first ? $"{row.Notes} unreadable cells or rows were skipped, the first in {first}." : null;
        string? ending = ended.Status switch
        {
            SnmpStatus.Ok when !served => table.ReasonNotServed,
            SnmpStatus.Ok => null,
            SnmpStatus.BudgetSpent => $"{table.Name} was cut. {ended.Reason}",
            SnmpStatus.NonIncreasing => $"{table.Name} was cut by a fault of the agent's software; look for an update. {ended.Reason}",
            SnmpStatus.NotAuthorized => $"{table.Name} is refused; allow {table.Entry} in the SNMP view of this user. {ended.Reason}",
            _ => $"{table.Name} is missing. {ended.Reason}",
        };
        string?[] parts = [ending, skipped];
        string reason = string.Join(' ', parts.Where(part => part is not null)).Trim();
        return reason.Length == 0 ? null : reason;
    }
}
