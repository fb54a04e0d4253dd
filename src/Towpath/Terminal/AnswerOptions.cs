using System.CommandLine;

namespace Towpath.Commands;

/// <summary>How an answer is written.</summary>
internal enum AnswerForm
{
    /// <summary>Columns that fit the terminal.</summary>
    Table,

    /// <summary>All columns.</summary>
    Wide,
    Json,
    Csv,
}

/// <summary>What every command with a table takes: <c>-o</c> and <c>--columns</c>.</summary>
internal static class AnswerOptions
{
    public static readonly Option<string?> Output = Form();

    public static readonly Option<string?> Columns = new("--columns") { Description = "Only these, in this order.", HelpName = "A,B,..." };

    public static Command WithAnswerOptions(this Command command)
    {
        command.Options.Add(Output);
        command.Options.Add(Columns);
        return command;
    }

    public static AnswerForm FormOf(ParseResult arguments)
    {
        if (arguments.GetValue(Output) is { } word) return Enum.Parse<AnswerForm>(word, ignoreCase: true);
        return arguments.GetValue(Screen.JsonOption) ? AnswerForm.Json : AnswerForm.Table;
    }

    public static string[]? ColumnsOf(ParseResult arguments) =>
        arguments.GetValue(Columns)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static Option<string?> Form()
    {
        var option = new Option<string?>("--output", "-o") { Description = "table, wide (all columns), json or csv.", HelpName = "FORM" };
        option.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "table", "wide", "json", "csv");
        return option;
    }
}
