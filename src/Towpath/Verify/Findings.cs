namespace Towpath.Commands;

/// <summary>What comparing one network has found.</summary>
/// <param name="Devices">Collected.</param>
/// <param name="Facts">Rows of their tables that became facts.</param>
/// <param name="Links">Between them, by whatever evidence.</param>
internal sealed record Findings(string Network, int Devices, int Facts, int Links, IReadOnlyList<Agreement> Agreements,
    IReadOnlyList<Disagreement> Disagreements)
{
    public const string Link = "LINK", HiddenDevice = "HIDDEN_DEVICE";

    /// <summary>Compares flows, links and hidden devices with whatever the folder holds.</summary>
    public static Findings Of(NetworkFolder folder, RecordedNetwork network)
    {
        var flows = new FlowCheck(network.Snapshot);
        var hiding = new HiddenDeviceCheck(network.Devices);
        var checks = new List<(string Class, string What, string? Wrong)>();
        foreach (ReferenceFlow flow in ReferenceFlow.Read(folder) ?? [])
        {
            checks.Add((flow.Outcome, flow.ToString(), flows.Differs(flow)));
            foreach (int middle in HiddenDeviceCheck.MiddleOf(flow))
                checks.Add((HiddenDevice, $"{flow} without {flow.Devices[middle]}", hiding.Wrong(flow, middle)));
        }
        if (ExpectedLink.Read(folder) is { } expected)
            foreach ((string link, string? wrong) in LinkCheck.Compare(network.Snapshot, expected)) checks.Add((Link, link, wrong));

        return new Findings(
            folder.Name, network.Devices.Length, network.Facts, network.Snapshot.Links.Length,
            [.. checks.GroupBy(check => check.Class)
                .Select(same => new Agreement(same.Key, same.Count(), same.Count(check => check.Wrong is null)))],
            [.. checks.Where(check => check.Wrong is not null).Select(check => new Disagreement(check.Class, check.What, check.Wrong!))]);
    }

    public IEnumerable<Agreement> Flows => Agreements.Where(agreement => agreement.IsOfFlows);
}

/// <param name="Class">A reference flow's outcome, or <see cref="Findings.Link"/>, or <see cref="Findings.HiddenDevice"/>.</param>
internal sealed record Agreement(string Class, int Checked, int Agreeing)
{
    public bool IsOfFlows => Class is not (Findings.Link or Findings.HiddenDevice);

    public static Agreement Sum(string name, IEnumerable<Agreement> parts)
    {
        Agreement[] all = [.. parts];
        return new Agreement(name, all.Sum(part => part.Checked), all.Sum(part => part.Agreeing));
    }

    public override string ToString() => Checked == 0 ? "" : $"{Agreeing} of {Checked}";
}

internal sealed record Disagreement(string Class, string What, string Reason);
