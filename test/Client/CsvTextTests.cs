using Towpath.Contracts;

namespace Towpath.Client.Tests;

/// <summary>Devices name themselves, and a file of values is opened by a spreadsheet.</summary>
public sealed class CsvTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("core-1", "core-1")]
    [InlineData("-1", "-1")]
    [InlineData("+49", "+49")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("-1+1", "'-1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("=HYPERLINK(\"http://192.0.2.1\",\"a\")", "\"'=HYPERLINK(\"\"http://192.0.2.1\"\",\"\"a\"\")\"")]
    [InlineData("to core, south", "\"to core, south\"")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    public void A_cell_is_a_text_and_nothing_else(string? value, string cell) => Assert.Equal(cell, CsvText.Cell(value));
}
