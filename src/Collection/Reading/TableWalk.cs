using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>
/// The rows of one table while it is walked. Most are made facts of at the end. In a walk that lasts, those that are whole are made facts
/// of now and then: where no fact comes the walk goes on slowly, and after a while ends, or an agent that invents rows would never be done
/// with.
/// </summary>
internal sealed class TableWalk
{
    /// <summary>Nearly every walk is over before that time and that many rows; making facts holds up the thread that receives.</summary>
    private static readonly TimeSpan s_often = TimeSpan.FromSeconds(1);
    private const int Many = 300;

    private readonly Column[] _columns;
    private readonly bool[] _ended;
    private readonly RowReader _read;
    private readonly TableRoom _room;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private long _left;
    private long _judgedAt, _factAt;
    private uint[]? _judged; // index of the last row that was made a fact, or none, while the walk went on
    private int _come; // cells since the last look

    /// <param name="patience">How long the walk may go on without a fact.</param>
    public TableWalk(TableSpec table, RowReader read, TableRoom room, TimeSpan patience, TimeProvider time)
    {
        _columns = new Column[table.Columns.Length];
        for (int i = 0; i < _columns.Length; i++)
            _columns[i] = new Column(table.Entry.Append(table.Columns[i]), i == 0 ? null : _columns[0]);
        _ended = new bool[_columns.Length];
        (_read, _room, _left, _patience, _time) = (read, room, room.Octets, patience, time);
        Row = new TableRow(table.Columns, _columns);
        _judgedAt = _factAt = time.GetTimestamp();
    }

    public TableRow Row { get; }

    public int Facts { get; private set; }

    public bool IsServed => Array.Exists(_columns, column => column.Count > 0);

    /// <summary>Its rows were no use for too long.</summary>
    public bool IsFruitless { get; private set; }

    /// <summary>Its last rows, three hundred or those of a second, were no use. It is asked slowly until one is.</summary>
    public bool IsSlow { get; private set; }

    /// <summary>No row behind those that were read becomes a fact.</summary>
    public bool IsPast { get; private set; }

    /// <summary>Why the walk was ended from here; null while it was not.</summary>
    public string? Enough
    {
        get
        {
            if (_left <= 0) return _room.Reason;
            if (IsPast) return "rows that are read";
            return IsFruitless ? $"For {_patience.TotalSeconds:0.#} seconds no row came that says anything." : null;
        }
    }

    /// <summary>Takes a cell, as long as there is room.</summary>
    public void Add(int column, scoped in VarBindView cell)
    {
        _come++;
        _ended[column] = false; // an agent may contradict itself
        if (_left > 0) _left -= _columns[column].Add(cell);
    }

    /// <summary>No more cells come in the column.</summary>
    public void End(int column) => _ended[column] = true;

    /// <summary>
    /// Looks now and then at what has come; see <see cref="WalkBudget.Enough"/>. Whatever form the walk has, its columns are asked together
    /// or in turns, so rows become whole all along. An agent that is silent is not judged: its requests time out.
    /// </summary>
    public string? Judge()
    {
        long now = _time.GetTimestamp();
        if (Enough is { } enough) return enough;
        bool isTime = _come >= Many * _columns.Length || _time.GetElapsedTime(_judgedAt, now) >= s_often;
        if (_come == 0 || !isTime) return null;
        (_judgedAt, _come) = (now, 0);
        int before = Facts;
        bool any = false;
        while (!IsPast && Row.IsNextWhole(_ended) && Row.MoveNext())
        {
            Read();
            any = true;
        }
        if (any && !IsLate) _judged = Row.Index.ToArray();
        IsSlow = Facts == before;
        if (!IsSlow) _factAt = now;
        IsFruitless = !IsPast && _time.GetElapsedTime(_factAt, now) >= _patience;
        return Enough;
    }

    /// <summary>Makes facts of all that has come, when no more comes.</summary>
    public void Finish()
    {
        while (Row.MoveNext()) Read();
    }

    /// <summary>The row was whole without what comes now.</summary>
    private bool IsLate => _judged is not null && ObjectIdentifier.Compare(Row.Index, _judged) <= 0;

    private void Read()
    {
        if (IsLate) return;
        RowOutcome outcome = _read(Row);
        if (outcome == RowOutcome.Fact) Facts++;
        IsPast |= outcome == RowOutcome.Past;
    }
}

/// <summary>Memory that a table's rows may take before they become facts.</summary>
/// <param name="Announced">How many rows the device has announced; null where it announces none.</param>
internal readonly record struct TableRoom(long Octets, long? Announced)
{
    /// <summary>The words about a table that needs more.</summary>
    public string Reason => Announced is { } rows
        ? $"It announced {rows} rows, and they need more than {Octets / (double)(1 << 20):0.#} MiB."
        : $"Its rows need more than {Octets / (double)(1 << 20):0.#} MiB, and nothing announces how many there are.";

    public static TableRoom Of(long? announced, CollectionLimits limits) => announced is > 0 and var rows
        ? new(Math.Clamp(Math.Min(rows, int.MaxValue) * limits.RowOctets, limits.LeastTableOctets, limits.TableOctets), rows)
        : new(Math.Min(limits.UnannouncedOctets, limits.TableOctets), null);
}
