using System.Globalization;
using Towpath.Accuracy;
using Towpath.Testing;
using Xunit.Abstractions;

namespace Towpath.PathTrace.Tests;

/// <summary>The percentages of all answers that are known, and the file that holds the classes and their counts.</summary>
public sealed class PercentagesTests(CollectedCases cases, ITestOutputHelper output) : IClassFixture<CollectedCases>
{
    private static readonly string s_file = Path.Combine(Repository.Root, "src", "PathTrace", "confidence.txt");

    [Fact]
    public void They_tell_right_from_wrong()
    {
        var percentages = new Percentages(Flows());
        output.WriteLine(percentages.ToTable());
        foreach (Variant variant in All)
            foreach (JudgedStep step in variant.Judge().SelectMany(flow => flow.Steps).Where(step => !step.IsRight))
                output.WriteLine($"wrong at {step.Stated:0.00} ({step.Class}): {variant}");
        Assert.Equal(0, percentages.WrongAndSure);
        Assert.InRange(percentages.RightAndSure, 0.90, 1);
        Assert.InRange(percentages.Auc ?? 1, 0.9, 1);
        Assert.InRange(percentages.Unanswered, 0, 0.03);
        Golden.Match("percentages.md", percentages.ToTable());
    }

    [Fact]
    public void The_table_stands_in_the_page() => Assert.Contains(
        File.ReadAllText(Path.Combine(Repository.Root, "test", "Approved", "percentages.md")),
        File.ReadAllText(Path.Combine(Repository.Root, "docs", "accuracy.md")), StringComparison.Ordinal);

    [Fact]
    public void The_counts_behind_each_class_are_those_of_the_file()
    {
        ILookup<string, JudgedStep> byClass = Flows().SelectMany(flow => flow.Steps).ToLookup(step => step.Class);
        string[] lines = [.. File.ReadAllLines(s_file).Select(line => WithCounts(line, byClass))];
        if (Environment.GetEnvironmentVariable("TOWPATH_APPROVE") == "1") File.WriteAllText(s_file, string.Join('\n', lines) + '\n');
        Assert.Equal(lines, File.ReadAllLines(s_file));
    }

    [Fact]
    public void No_class_says_that_it_is_sure_and_was_wrong() => Assert.All(RestsOn.All, one =>
    {
        if (one.Value >= Percentages.Sure) Assert.Equal(0, one.Wrong ?? 0);
        if (one.Right + one.Wrong >= 30) Assert.True(one.Right * 1.0 / (one.Right + one.Wrong) >= one.Value - 0.05, one.Name);
    });

    [Fact]
    public void The_classes_are_those_that_steps_rest_on_the_surest_first()
    {
        Assert.Equal(RestsOn.All.OrderByDescending(one => one.Value).Select(one => one.Name), RestsOn.All.Select(one => one.Name));
        Assert.Equal(typeof(RestsOn).GetProperties().Select(property => property.GetValue(null)).OfType<ConfidenceClass>()
            .Select(one => one.Name).Order(), RestsOn.All.Select(one => one.Name).Order());
    }

    [Theory]
    [InlineData("10.1.10.11", "10.1.20.12")]
    [InlineData("10.1.10.11", "10.1.10.12")]
    [InlineData("10.1.10.11", "10.9.0.9")]
    public void A_plain_campus_path_carries_no_note(string from, string to) => Assert.All(PlainVariants.Campus().Trace(from, to).Edges,
        edge => Assert.False(RestsOn.IsWorthANote(edge), edge.Reason));

    private IEnumerable<Variant> All => VariantTests.All.Concat(cases.Variants);

    private List<JudgedFlow> Flows() => [.. All.SelectMany(variant => variant.Judge())];

    private static string WithCounts(string line, ILookup<string, JudgedStep> byClass)
    {
        if (RestsOn.All.FirstOrDefault(one => line.StartsWith($"{one.Name}  ", StringComparison.Ordinal)) is not { } of) return line;
        JudgedStep[] steps = [.. byClass[of.Name]];
        string counts = steps.Length == 0 ? "-  -" : string.Create(CultureInfo.InvariantCulture,
            $"{steps.Count(step => step.IsRight)}  {steps.Count(step => !step.IsRight)}");
        return string.Create(CultureInfo.InvariantCulture, $"{of.Name}  {of.Value * 100:0}  {counts}  {of.What}");
    }
}
