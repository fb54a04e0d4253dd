namespace Towpath.Snmp;

/// <summary>How many rows to ask for at once: as many as fill one unfragmented datagram, fewer where the agent cannot.</summary>
internal sealed class BulkSize
{
    private const int First = 10;
    private const int Most = 100;
    private const int AnswerOctets = 1_400;

    private int _ceiling = Most;

    /// <summary>1 means GetNext.</summary>
    public int Repetitions { get; private set; } = First;

    public void Answered(int rows, int octets)
    {
        int fitting = AnswerOctets * rows / Math.Max(octets, 1);
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
