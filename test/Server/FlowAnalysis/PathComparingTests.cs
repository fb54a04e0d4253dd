using Towpath.Contracts;

namespace Towpath.Server.Tests;

/// <summary>Two shown paths, drawn as <c>host | in device out | ... | host</c>.</summary>
public sealed class PathComparingTests
{
    private const string There = "a | 1 r1 2 | 1 r2 2 | b";

    [Fact]
    public void A_path_is_the_same_as_itself_and_as_itself_backwards()
    {
        Assert.Null(PathComparing.Compare(Path(There), Path(There), isReverse: false).FirstDifference);
        PathComparison back = PathComparing.Compare(Path(There), Path("b | 2 r2 1 | 2 r1 1 | a"), isReverse: true);
        Assert.Equal((null, 4, true), (back.FirstDifference, back.CommonElements, back.IsReverse));
    }

    [Theory]
    [InlineData("b | 2 r2 1 | 2 r3 1 | a", "element", "a", "r1", "r3")]
    [InlineData("b | 2 r2 1 | 3 r1 1 | a", "egressInterface", "a", "r1 2", "r1 3")]
    [InlineData("b | 2 r2 1 | 2 r1 4 | a", "ingressInterface", "a", "r1 1", "r1 4")]
    [InlineData("b | 2 r2 1", "element", null, "a", "r2")] // the way back ends on the way
    [InlineData("b | 2 r2 1 | 2 r1 1 | a | x", "element", null, "a", "x")]
    public void The_first_place_where_the_way_back_parts_is_named(string back, string what, string? after, string? here, string? there)
    {
        PathDifference first = PathComparing.Compare(Path(There), Path(back), isReverse: true).FirstDifference!;
        Assert.Equal((what, after, here, there), (first.What, first.After, first.Here, first.There));
    }

    [Fact]
    public void A_later_path_that_ends_earlier_differs_by_the_elements_it_lacks()
    {
        PathComparison later = PathComparing.Compare(Path(There), Path("a | 1 r1 2"), isReverse: false);
        Assert.Equal((2, "r1", "r2", null),
            (later.CommonElements, later.FirstDifference!.After, later.FirstDifference.Here, later.FirstDifference.There));
    }

    [Fact]
    public void A_port_that_one_path_does_not_name_is_no_difference() =>
        Assert.Null(PathComparing.Compare(Path(There), Path("a | r1 | 1 r2 | b"), isReverse: false).FirstDifference);

    private static FlowAnalysisResult Path(string drawn) => new()
    {
        Request = new FlowAnalysisRequestItem { SourceIP = "192.0.2.1", DestIP = "192.0.2.2" },
        NetworkElementsInfo = [.. drawn.Split(" | ").Select(Element)],
    };

    /// <summary>A word that is no number is the element; numbers before and after it are its ports.</summary>
    private static NetworkElementInfo Element(string drawn)
    {
        string[] words = drawn.Split(' ');
        int name = Array.FindIndex(words, word => !char.IsAsciiDigit(word[0]));
        return new NetworkElementInfo
        {
            Id = words[name],
            Name = words[name],
            IngressInterface = name > 0 ? Port(words[0]) : null,
            EgressInterface = name < words.Length - 1 ? Port(words[^1]) : null,
        };
    }

    private static ElementInterface Port(string name) => new() { PhysicalInterface = new InterfaceInfo { Name = name } };
}
