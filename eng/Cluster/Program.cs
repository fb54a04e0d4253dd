using System.Globalization;
using Towpath.Cluster;

// Three servers on one PostgreSQL behind a load balancer, a client that keeps going, and servers that are killed, paused and started again.
// usage: eng/cluster.sh [LOSSES]
int losses = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10;
await using Site site = await Site.StartAsync(nodes: 3, Console.WriteLine);
Report report = await Trial.RunAsync(site, losses, Console.WriteLine);
foreach (string line in report.Lines) Console.WriteLine(line);
return report.IsClean ? 0 : 1;
