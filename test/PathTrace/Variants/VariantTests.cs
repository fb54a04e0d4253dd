namespace Towpath.PathTrace.Tests;

/// <summary>Every variant comes out right, or as a doubt where no table tells, whatever the order of discovery.</summary>
public sealed class VariantTests(CollectedCases cases) : IClassFixture<CollectedCases>
{
    internal static IReadOnlyList<Variant> All { get; } =
    [
        .. PlainVariants.All, .. ForwarderVariants.All, .. GatewayVariants.All, .. LinkVariants.All, .. HostVariants.All,
        .. ExitVariants.All, .. OverlayVariants.All, .. DoubtVariants.All,
    ];

    public static TheoryData<string> Names => [.. All.Select(variant => variant.ToString())];

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_right(string name)
    {
        string? mistake = All.Single(variant => variant.ToString() == name).Mistake();
        Assert.True(mistake is null, mistake);
    }

    [Fact]
    public void The_cases_are_right()
    {
        string[] mistakes = [.. cases.Variants.Select(variant => (variant, Mistake: variant.Mistake()))
            .Where(one => one.Mistake is not null).Select(one => $"{one.variant} {one.Mistake}")];
        Assert.True(mistakes.Length == 0, string.Join("\n", mistakes));
    }
}
