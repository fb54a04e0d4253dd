using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;

namespace Towpath.Server.Tests;

public sealed class TextPatternTests
{
    [Theory]
    [InlineData("CAMPUS-Core2", "CAMPUS-Core2", true)]
    [InlineData("campus-core2", "CAMPUS-Core2", true)]
    [InlineData("CAMPUS-Core", "CAMPUS-Core2", false)]
    [InlineData("CAMPUS.*", "CAMPUS-Core2", true)]
    [InlineData(".*Core.*", "CAMPUS-Core2", true)]
    [InlineData(".*Core2", "CAMPUS-Core2", true)]
    [InlineData("C.*-.*2", "CAMPUS-Core2", true)]
    [InlineData("C.*-.*-.*2", "CAMPUS-Core2", false)]
    [InlineData(".*", "", true)]
    [InlineData(".*", null, false)]
    [InlineData("aa.*aa", "aaa", false)]
    [InlineData("a.c", "abc", false)]
    [InlineData("(a+)+.*$", "(a+)+b$", true)]
    public void Only_dot_star_is_special(string pattern, string? text, bool matches)
    {
        Assert.Equal(matches, new TextPattern(pattern).Matches(text));
    }

    [Fact]
    public void It_agrees_with_the_regular_expression_that_it_stands_for() => Prop.ForAll(
        Gen.Elements("a", "b", ".*", ".").ListOf().Select(parts => string.Concat(parts)).ToArbitrary(),
        Gen.Elements('a', 'b', '.').ListOf().Select(letters => string.Concat(letters)).ToArbitrary(),
        (pattern, text) =>
        {
            string expression = string.Join(".*", pattern.Split(".*").Select(Regex.Escape));
            return new TextPattern(pattern)
                .Matches(text) == Regex.IsMatch(text, $"^{expression}$", RegexOptions.Singleline | RegexOptions.NonBacktracking);
        }).QuickCheckThrowOnFailure();
}
