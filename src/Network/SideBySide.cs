namespace Towpath.Network;

/// <summary>Work on the indexes that several cores may share.</summary>
internal static class SideBySide
{
    /// <summary>Both, beside each other where there are two cores for it.</summary>
    public static (T1, T2) Make<T1, T2>(int cores, Func<T1> first, Func<T2> second)
    {
        if (cores == 1) return (first(), second());
        (T1? one, T2? other) = (default, default);
        Parallel.Invoke(new ParallelOptions { MaxDegreeOfParallelism = cores }, () => one = first(), () => other = second());
        return (one!, other!);
    }

    /// <summary>What is made of each, in their order.</summary>
    public static IEnumerable<TMade> Each<T, TMade>(int cores, IEnumerable<T> all, Func<T, TMade> make) => cores == 1
        ? all.Select(make) : all.AsParallel().AsOrdered().WithDegreeOfParallelism(cores).Select(make);
}
