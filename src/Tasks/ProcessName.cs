namespace Towpath.Tasks;

/// <summary>What a process is called in <see cref="TaskRecord.Owner"/> and by whoever schedules for all: new at every start.</summary>
public sealed record ProcessName(string Value)
{
    public static ProcessName New() => new(Guid.NewGuid().ToString("n"));

    public override string ToString() => Value;
}
