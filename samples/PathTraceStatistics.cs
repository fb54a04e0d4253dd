#:project ../src/Client/Client.csproj

// The path that a packet takes, how busy each device on it is, and which software it runs.
//
//     dotnet run samples/PathTraceStatistics.cs [SOURCE] [DESTINATION]

using Towpath.Client;
using Towpath.Contracts;

string source = args.Length > 0 ? args[0] : "10.1.15.117";
string destination = args.Length > 1 ? args[1] : "10.2.1.22";

using TowpathClient client = await TowpathClient.LoginAsync();

FlowAnalysisReference trace = await client.FlowAnalysis.InitiateFlowAnalysisAsync(
    source, destination, new FlowAnalysisOptions { Inclusions = [Inclusion.DeviceStats] });
await client.Tasks.WaitForTaskCompleteAsync(trace, timeout: TimeSpan.FromSeconds(15), pollFrequency: TimeSpan.FromMilliseconds(100));

// The path is there before the statistics are; this waits for both.
FlowAnalysisResult path = await client.FlowAnalysis.GetFullFlowAnalysisResultAsync(trace);

foreach (NetworkElementInfo element in path.NetworkElementsInfo ?? [])
{
    Console.WriteLine($"{element.Name ?? "None"}: {element.Ip}");
    if (element.DeviceStatsCollection is null) continue; // a host, an unknown element: nobody to ask

    NetworkDeviceItem device = await client.Devices.GetDeviceAsync(element.Id);
    Console.WriteLine($"    software {device.SoftwareVersion}");
    if (element.DeviceStatistics is { } load)
    {
        Console.WriteLine($"    CPU {load.CpuStatistics?.FiveMinUsageInPercentage} % over 5 minutes");
        Console.WriteLine($"    memory {load.MemoryStatistics?.MemoryUsage} of {load.MemoryStatistics?.TotalMemory} bytes");
    }
    else
    {
        Console.WriteLine($"    no statistics: {element.DeviceStatsCollectionFailureReason}");
    }
}
