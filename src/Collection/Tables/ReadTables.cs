namespace Towpath.Collection;

/// <summary>The tables that every device is asked for, whatever its others say; the rest follow from what these tell.</summary>
internal static class ReadTables
{
    private static readonly TableSpec[] Always =
    [
        EntPhysicalTable.Spec,
        IfTable.Spec, IfTable.Extension, IfStackTable.Spec, IpAddressTables.Spec, IpAddressTables.OldSpec,
        IpNetToPhysicalTable.Spec, IpNetToMediaTable.Spec,
        VtpVlanTable.Spec, VmMembershipTable.Spec, VlanTrunkPortTable.Spec,
        Dot1dBasePortTable.Spec, Dot1dTpFdbTable.Spec, Dot1dStpPortTable.Spec,
        Dot1qVlanTables.Current, Dot1qVlanTables.Static, Dot1qVlanTables.PortVlan, Dot1qTpFdbTable.Spec,
        LldpLocPortTable.Spec, LldpRemTable.Spec, LldpRemTable.Addresses, CdpCacheTable.Spec,
        LagTables.Lacp, LagTables.Pagp, CHsrpGrpTable.Spec, .. VrrpTables.Groups,
        MplsL3VpnTables.Vrfs, CvVrfTables.Vrfs, TunnelIfTable.Spec, CdsBindingsTable.Spec,
        BsnAPTable.Spec, BsnMobileStationTable.Spec, AgentInterfaceConfigTable.Spec, CnfTopFlowsTable.Spec,
    ];

    /// <summary>Once the scalars are known: they tell which route tables are too large to be asked.</summary>
    public static TableSpec[] Of(CollectionRun run) => [.. Always, .. RouteTables.Walked(run)];
}
