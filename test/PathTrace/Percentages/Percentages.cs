using System.Globalization;

namespace Towpath.Accuracy;

/// <summary>A step of an answer that was held against what is right.</summary>
/// <param name="Class">What it rests on; empty where the answer does not say.</param>
/// <param name="Stated">How sure the answer said it is, 0..1: of several ways, that it is one of them.</param>
/// <param name="Share">Of several ways, how likely the answer said the right one is; null where it gave one way.</param>
internal sealed record JudgedStep(string Class, double Stated, bool IsRight, double? Share = null);

/// <summary>One flow whose answer is known.</summary>
/// <param name="IsAnswerable">Tables tell all of the way.</param>
/// <param name="EndsEarly">The answer ends as UNKNOWN before the way does.</param>
internal sealed record JudgedFlow(IReadOnlyList<JudgedStep> Steps, bool IsAnswerable, bool EndsEarly);

/// <summary>
/// Whether the percentages tell right from wrong. A step is right where the packet goes to the element that it names; what follows a wrong
/// step is not judged, since no packet comes there.
/// </summary>
internal sealed class Percentages(IReadOnlyCollection<JudgedFlow> flows)
{
    /// <summary>What counts as sure.</summary>
    public const double Sure = 0.95;

    private readonly JudgedStep[] _steps = [.. flows.SelectMany(flow => flow.Steps)];

    public IReadOnlyList<JudgedStep> Steps => _steps;

    public int WrongAndSure => _steps.Count(step => !step.IsRight && IsSure(step));

    /// <summary>Of the right steps, the part that was stated as sure.</summary>
    public double RightAndSure => Part(_steps.Where(step => step.IsRight), IsSure);

    /// <summary>
    /// The chance that a right step was stated surer than a wrong one (area under the ROC curve); null where none is wrong.
    /// </summary>
    public double? Auc
    {
        get
        {
            ILookup<bool, double> stated = _steps.ToLookup(step => step.IsRight, step => Math.Round(step.Stated, 4));
            double[] right = [.. stated[true]], wrong = [.. stated[false]];
            if (right.Length == 0 || wrong.Length == 0) return null;
            double above = wrong.Sum(low => right.Sum(high => high > low ? 1 : high == low ? 0.5 : 0));
            return above / ((double)right.Length * wrong.Length);
        }
    }

    /// <summary>Of the flows that tables can answer, the part that ends as UNKNOWN.</summary>
    public double Unanswered => Part(flows.Where(flow => flow.IsAnswerable), flow => flow.EndsEarly);

    /// <summary>For people and documents: a row a stated percentage, then the four figures.</summary>
    public string ToTable()
    {
        var buckets = _steps.GroupBy(step => (int)Math.Round(step.Stated * 100)).OrderByDescending(bucket => bucket.Key);
        JudgedStep[] among = [.. _steps.Where(step => step is { IsRight: true, Share: not null })];
        return string.Join('\n',
        [
            "| stated | steps | right | share right |", "| ---: | ---: | ---: | ---: |",
            .. buckets.Select(bucket => Row(bucket.Key, bucket.Count(), bucket.Count(step => step.IsRight))), "",
            $"{flows.Count} flows, {_steps.Length} steps judged, {_steps.Count(step => !step.IsRight)} of them wrong.", "",
            $"- Wrong steps at 95 % or more: {WrongAndSure}",
            $"- Right steps at 95 % or more: {Percent(RightAndSure)}",
            $"- A right step is surer than a wrong one (AUC): {Auc?.ToString("0.000", CultureInfo.InvariantCulture) ?? "none is wrong"}",
            $"- Answerable flows that end as UNKNOWN: {Percent(Unanswered)}",
            $"- Stated apart: {among.Length} right steps are one of several ways, and that one was given "
                + $"{Percent(among.Select(step => step.Share!.Value).DefaultIfEmpty().Average())} on average", "",
        ]);
    }

    private static string Row(int stated, int steps, int right) => $"| {stated} % | {steps} | {right} | {Percent((double)right / steps)} |";

    private static bool IsSure(JudgedStep step) => Math.Round(step.Stated, 4) >= Sure;

    private static double Part<T>(IEnumerable<T> of, Predicate<T> isMeant)
    {
        T[] all = [.. of];
        return all.Length == 0 ? 0 : (double)all.Count(one => isMeant(one)) / all.Length;
    }

    private static string Percent(double part) => string.Create(CultureInfo.InvariantCulture, $"{part * 100:0.0} %");
}
