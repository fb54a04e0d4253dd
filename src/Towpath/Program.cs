using System.CommandLine;
using Towpath.Commands;

ParseResult arguments = CommandLine.Root().Parse(args);
if (CommandLine.Problem(arguments) is { } problem) return Failure.Report(new UsageException(problem));

try
{
    // The longest a clean stop takes: requests under way end, everything accepted is flushed.
    var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = TimeSpan.FromSeconds(10) };
    int code = await arguments.InvokeAsync(invocation);
    Environment.Exit(code); // a scheduler whose database is away keeps threads that would keep the process
    return code;
}
catch (Exception failure) when (!Failure.WantsTheStack)
{
    return Failure.Report(failure);
}
