namespace Towpath.Snmp;

/// <summary>
/// How many rows to ask for at once: as many as fill one unfragmented datagram, fewer where the agent cannot, and fewer for a while where
/// answers get lost.
/// </summary>
/// <param name="columns">Cells in a row that are asked for together.</param>
/// <param name="most">Never more than that.</param>
internal sealed class BulkSize(int columns = 1, int most = BulkSize.Most)
{
    private const int First = 10;
    private const int Most = 100;
    private const int AnswerOctets = 1_400;
    private const int UsualCellOctets = 25;

    /// <summary>A try costs all retransmissions, so go down in big steps.</summary>
    private const int LossDivisor = 8;

    private int _ceiling = Math.Min(most, Most); // of what the agent manages: for good
    private int _passing = Most; // of what comes through at present
    private int _good; // answers since the last change of that
    private int _neededGood = 1;

    /// <summary>1 means GetNext where one column is asked.</summary>
    public int Repetitions { get; private set; } = Math.Clamp(AnswerOctets / (UsualCellOctets * columns), 1, Math.Min(most, First));

    /// <param name="columns">May become fewer in the course of a walk.</param>
    public void Answered(int cells, int octets, int columns = 1)
    {
        if (_passing < _ceiling && ++_good >= _neededGood) (_passing, _good) = (2 * _passing, 0);
        int fitting = AnswerOctets * cells / (Math.Max(octets, 1) * columns);
        Repetitions = Math.Clamp(Math.Min(fitting, 2 * Repetitions), 1, Math.Min(_ceiling, _passing));
    }

    /// <summary>The agent cannot. False when it was 1 already: asking for less is impossible.</summary>
    public bool TryShrink(int divisor)
    {
        if (Repetitions == 1) return false;
        Repetitions = _ceiling = Math.Max(1, Repetitions / divisor);
        return true;
    }

    /// <summary>
    /// There was no answer: large ones may get lost for ever, or the agent did not listen for a while. So it grows again after good
    /// answers, after more of them each time. False when it was 1 already.
    /// </summary>
    public bool TryAfterLoss()
    {
        if (Repetitions == 1) return false;
        StartSmall(Math.Max(1, Repetitions / LossDivisor));
        return true;
    }

    /// <summary>Because larger answers were lost before.</summary>
    public void StartSmall(int repetitions = 1)
    {
        Repetitions = _passing = repetitions;
        _good = 0;
        _neededGood = Math.Min(LossDivisor * _neededGood, 1_000);
    }

    /// <summary>For agents without GetBulk.</summary>
    public void OnlyGetNext() => Repetitions = _ceiling = 1;
}
