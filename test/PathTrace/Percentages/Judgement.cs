namespace Towpath.Accuracy;

/// <summary>A step of an answer, as far as judging needs it.</summary>
internal sealed record AnsweredStep(int From, int To, double Stated, double Share, string Class = "");

/// <summary>An answer's graph without its guesses.</summary>
/// <param name="Elements">Their names; element 0 is the source.</param>
/// <param name="Open">The elements at which it ends as UNKNOWN.</param>
internal sealed record Answered(IReadOnlyList<string> Elements, IReadOnlyList<AnsweredStep> Steps, IReadOnlySet<int> Open)
{
    /// <summary>The elements of which it says that their policy is not evaluated.</summary>
    public IReadOnlySet<int> ByPolicy { get; init; } = new HashSet<int>();
}

/// <summary>Holds an answer against the way that a packet takes.</summary>
internal static class Judgement
{
    private const string WrongEnd = "ending";
    private const double SaidForSure = 0.99; // an ending has no percentage of its own

    /// <summary>As which an ending counts where the element's policy is not evaluated: it is one step more.</summary>
    public const double EndsByPolicy = 0.90;

    /// <param name="way">The elements that the packet passes, the source first.</param>
    /// <param name="isAnswerable">False where the tables tell no more than this of it.</param>
    public static JudgedFlow Of(Answered answer, IReadOnlyList<string> way, bool isAnswerable)
    {
        List<JudgedStep> steps = [];
        if (answer.Elements.Count == 0) return new JudgedFlow([], isAnswerable, EndsEarly: true);
        ILookup<int, AnsweredStep> leaving = answer.Steps.ToLookup(step => step.From);
        int[] at = [0];
        for (int i = 1; i < way.Count; i++)
        {
            AnsweredStep[] ways = [.. at.SelectMany(node => leaving[node])];
            if (ways.Length == 0)
            {
                bool isOpen = at.Any(answer.Open.Contains);
                double stated = at.Any(answer.ByPolicy.Contains) ? EndsByPolicy : SaidForSure;
                if (!isOpen) steps.Add(new JudgedStep(WrongEnd, stated, IsRight: false));
                return new JudgedFlow(steps, isAnswerable, isOpen);
            }
            AnsweredStep[] right = [.. ways.Where(step => answer.Elements[step.To] == way[i])];
            steps.Add(Step(ways, right, at.Length));
            if (right.Length == 0) return new JudgedFlow(steps, isAnswerable, EndsEarly: false);
            at = [.. right.Select(step => step.To).Distinct()];
        }
        // The answer goes on where the packet does not.
        if (at.SelectMany(node => leaving[node]).ToArray() is { Length: > 0 } more && at.All(leaving.Contains))
            steps.Add(Step(more, [], at.Length));
        return new JudgedFlow(steps, isAnswerable, EndsEarly: isAnswerable && at.All(answer.Open.Contains));
    }

    /// <param name="from">At how many elements of one name the packet may be.</param>
    private static JudgedStep Step(AnsweredStep[] ways, AnsweredStep[] right, int from)
    {
        double stated = Math.Min(SaidForSure, ways.Sum(step => step.Stated) / from);
        string weakest = ways.MinBy(step => step.Stated / Math.Max(step.Share, 0.01))!.Class;
        return new JudgedStep(weakest, stated, right.Length > 0, ways.Length > from ? right.Sum(step => step.Share) / from : null);
    }
}
