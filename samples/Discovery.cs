#:project ../src/Client/Client.csproj

// A discovery: created, refused a second time under the same name, stopped, started again, awaited, deleted.
//
//     dotnet run samples/Discovery.cs [ADDRESSES] [COMMUNITY]

using Towpath.Client;
using Towpath.Contracts;

using TowpathClient client = await TowpathClient.LoginAsync();

var input = new DiscoveryInput
{
    Name = "sample",
    DiscoveryType = "Range",
    IpAddressList = args.Length > 0 ? args[0] : "10.255.1.1-10.255.1.6",
    SnmpVersion = "v2",
    SnmpROCommunity = args.Length > 1 ? args[1] : "public",
};

// Two clocks: the task ends as soon as the discovery exists, the discovery when all addresses were tried.
TaskItem created = await client.Tasks.WaitForTaskCompleteAsync(await client.Discovery.CreateDiscoveryAsync(input));
string id = created.Progress!;
Console.WriteLine($"Discovery {id} created.");

try
{
    await client.Tasks.WaitForTaskCompleteAsync(await client.Discovery.CreateDiscoveryAsync(input));
}
catch (TaskFailedException duplicate)
{
    Console.WriteLine($"A second one of that name: {duplicate.ErrorCode} ({duplicate.Progress})");
}

await client.Tasks.WaitForTaskCompleteAsync(await client.Discovery.StopDiscoveryAsync(id));
DiscoveryItem stopped = await client.Discovery.GetDiscoveryAsync(id);
Console.WriteLine($"Stopped: {stopped.DiscoveryStatus}");

await client.Tasks.WaitForTaskCompleteAsync(await client.Discovery.StartDiscoveryAsync(id));
DiscoveryItem complete = await client.Discovery.WaitForDiscoveryCompleteAsync(id, timeout: TimeSpan.FromMinutes(2));
Console.WriteLine($"Started again: {complete.DiscoveryCondition}, {complete.NumDevices} devices");

await foreach (DiscoveredDevice device in client.Discovery.GetDiscoveredDevicesAsync(id))
{
    Console.WriteLine($"    {device.Hostname}: {device.ManagementIpAddress}");
}

await client.Tasks.WaitForTaskCompleteAsync(await client.Discovery.DeleteDiscoveryAsync(id));
Console.WriteLine("Deleted; its devices stay.");
