namespace Towpath.Network;

/// <summary>Work on the indexes that several cores may share.</summary>
internal static class SideBySide
{
    private const int MostCores = 512;

    /// <summary>Both, beside each other where there are two cores for it.</summary>
    public static (T1, T2) Make<T1, T2>(int cores, Func<T1> first, Func<T2> second)
    {
        if (cores == 1) return (first(), second());
        (T1? one, T2? other) = (default, default);
        Parallel.Invoke(new ParallelOptions { MaxDegreeOfParallelism = cores }, () => one = first(), () => other = second());
        return (one!, other!);
    }

    /// <summary>What is made of each, in their order; on no more cores than the runtime takes.</summary>
    public static IEnumerable<TMade> Each<T, TMade>(int cores, IEnumerable<T> all, Func<T, TMade> make) => cores == 1
        ? all.Select(make) : all.AsParallel().AsOrdered().WithDegreeOfParallelism(Math.Min(cores, MostCores)).Select(make);
}
