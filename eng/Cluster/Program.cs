using System.Globalization;
using Towpath.Cluster;
using Towpath.Scale.Bench;

// Three servers on one PostgreSQL behind a load balancer, clients that keep going, and servers that are lost and started again.
// Or: they share a network of so many devices, and one of them dies in the middle of its discovery, and of its reading.
// usage: eng/cluster.sh [LOSSES [SEED] | --devices DEVICES]
if (args is ["--devices", var devices])
{
    await using Simulator simulator = await Simulator.StartAsync(int.Parse(devices, CultureInfo.InvariantCulture));
    await using Site large = await Site.StartAsync(nodes: 3, Console.WriteLine, simulator.Port);
    IReadOnlyCollection<string> broken = await Large.RunAsync(large, simulator.Addresses, Console.WriteLine);
    foreach (string line in broken) Console.WriteLine(line);
    return broken.Count == 0 ? 0 : 1;
}
int losses = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 30;
int seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : Random.Shared.Next();
Console.WriteLine($"seed {seed}");
await using Site site = await Site.StartAsync(nodes: 3, Console.WriteLine, diskMebibytes: 1024 + 8 * losses);
Report report = await Trial.RunAsync(site, losses, seed, Console.WriteLine);
foreach (string line in report.Lines) Console.WriteLine(line);
return report.IsClean ? 0 : 1;
