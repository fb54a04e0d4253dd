using System.CommandLine;
using Towpath.Commands;

ParseResult arguments = CommandLine.Root().Parse(args);
if (CommandLine.Problem(arguments) is { } problem) return Failure.Report(new UsageException(problem));

int code;
try
{
    // The longest a clean stop takes: requests under way end, everything accepted is flushed.
    var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = TimeSpan.FromSeconds(10) };
    code = await arguments.InvokeAsync(invocation);
}
catch (Exception failure) when (!Failure.WantsTheStack)
{
    code = Failure.Report(failure);
}
Environment.Exit(code); // a scheduler whose database is away keeps threads that would keep the process
return code;
