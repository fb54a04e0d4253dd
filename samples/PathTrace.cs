#:project ../src/Client/Client.csproj

// The path that a packet takes, as JSON and as "name: ip" lines.
//
//     dotnet run samples/PathTrace.cs [SOURCE] [DESTINATION]

using Towpath.Client;
using Towpath.Contracts;

string source = args.Length > 0 ? args[0] : "10.1.15.117";
string destination = args.Length > 1 ? args[1] : "10.2.1.22";

// As whom, and where: the profile that 'towpath login' or 'towpath demo' saved, or TOWPATH_URL, TOWPATH_USER and TOWPATH_PASSWORD.
using TowpathClient client = await TowpathClient.LoginAsync();

// Every write is accepted first and done afterwards, by a task.
FlowAnalysisReference trace = await client.FlowAnalysis.InitiateFlowAnalysisAsync(source, destination);
try
{
    await client.Tasks.WaitForTaskCompleteAsync(trace, timeout: TimeSpan.FromSeconds(15), pollFrequency: TimeSpan.FromMilliseconds(100));
}
catch (TaskFailedException failed)
{
    Console.Error.WriteLine($"The trace failed: {failed.FailureReason}");
    return 1;
}

FlowAnalysisResult path = await client.FlowAnalysis.GetFullFlowAnalysisResultAsync(trace);

Console.WriteLine(TowpathClient.Serialize(path));
foreach (NetworkElementInfo element in path.NetworkElementsInfo ?? [])
{
    Console.WriteLine($"{element.Name ?? "None"}: {element.Ip}"); // hosts have no name
}
return 0;
