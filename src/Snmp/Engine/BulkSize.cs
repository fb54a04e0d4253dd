namespace Towpath.Snmp;

/// <summary>How many rows to ask for at once: as many as fill one unfragmented datagram, fewer where the agent cannot.</summary>
/// <param name="columns">Cells in a row that are asked for together.</param>
internal sealed class BulkSize(int columns = 1)
{
    private const int First = 10;
    private const int Most = 100;
    private const int AnswerOctets = 1_400;
    private const int UsualCellOctets = 25;

    private int _ceiling = Most;

    /// <summary>1 means GetNext where one column is asked.</summary>
    public int Repetitions { get; private set; } = Math.Clamp(AnswerOctets / (UsualCellOctets * columns), 1, First);

    /// <param name="columns">May become fewer in the course of a walk.</param>
    public void Answered(int cells, int octets, int columns = 1)
    {
        int fitting = AnswerOctets * cells / (Math.Max(octets, 1) * columns);
        Repetitions = Math.Clamp(Math.Min(fitting, 2 * Repetitions), 1, _ceiling);
    }

    /// <summary>False when it was 1 already: asking for less is impossible.</summary>
    public bool TryShrink(int divisor)
    {
        if (Repetitions == 1) return false;
        Repetitions = _ceiling = Math.Max(1, Repetitions / divisor);
        return true;
    }

    /// <summary>For agents without GetBulk.</summary>
    public void OnlyGetNext() => Repetitions = _ceiling = 1;
}
