using System.Diagnostics;
using System.Globalization;
using Towpath.Snmp.Bench;

// Our engine and snmpbulkwalk take turns at the same simulated devices, which run in a process of their own. Only the clients' processor
// time counts. usage: dotnet run -c Release --project bench/Snmp [-- DEVICES ROWS ROUNDS]
if (args is ["serve", var served, var size])
{
    await Agents.ServeAsync(int.Parse(served, CultureInfo.InvariantCulture), int.Parse(size, CultureInfo.InvariantCulture));
    return;
}
int devices = Argument(0, 200), rows = Argument(1, 10_000), rounds = Argument(2, 3);
var start = new ProcessStartInfo("dotnet",
    [typeof(Agents).Assembly.Location, "serve", $"{devices}", $"{rows}"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
using Process agents = Process.Start(start) ?? throw new InvalidOperationException("The agents did not start.");
try
{
    int port = int.Parse(await agents.StandardOutput.ReadLineAsync() ?? "", CultureInfo.InvariantCulture);
    Console.WriteLine($"{devices} devices of {rows} rows each, our engine over one socket");
    var ratios = new List<double>();
    var losses = new List<double>();
    for (int round = 0; round <= rounds; round++) // the first one warms up and is not counted
    {
        Cost ours = Print("ours", await Walks.OursAsync(devices, port));
        Cost lossy = Print("ours, 1 % lost", await Walks.OursAsync(devices, port + 1));
        Cost netSnmp = Print("snmpbulkwalk", await Walks.NetSnmpAsync(devices, port, rows));
        if (round == 0) continue;
        ratios.Add(ours.NanosecondsPerRow / netSnmp.NanosecondsPerRow);
        losses.Add(lossy.Wall / ours.Wall);
    }
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"median: processor time a row 1/{1 / ratios.Order().ElementAt(ratios.Count / 2):0.0} of snmpbulkwalk's (goal 1/8); with 1 % loss {losses.Order().ElementAt(losses.Count / 2):0.00} times the wall time (goal below 2)"));
}
finally
{
    agents.StandardInput.Close();
    await agents.WaitForExitAsync();
}

int Argument(int at, int otherwise) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : otherwise;

static Cost Print(string who, Cost cost)
{
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"  {who,-16}{cost.NanosecondsPerRow,8:0} ns of processor a row{cost.Rows / cost.Wall.TotalSeconds / 1e6,8:0.00} M rows/s{cost.Wall.TotalSeconds,8:0.0} s{(double)cost.Allocated / cost.Rows,8:0.0} octets a row{cost.Retransmissions,8} sent again"));
    return cost;
}
