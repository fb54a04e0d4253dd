using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>ENTITY-MIB entPhysicalTable (RFC 6933): the chassis, its processor, its ports.</summary>
internal static class EntityMib
{
    public const int ProcessorIndex = 2;
    private const int ChassisIndex = 1;
    private const int FirstPortIndex = 1000;
    private static readonly ObjectIdentifier s_entPhysicalEntry = ObjectIdentifier.Parse("1.3.6.1.2.1.47.1.1.1.1");

    public static void Add(MibBuilder mib, AgentFacts facts)
    {
        HardwareDescription hardware = facts.Hardware;
        AddEntity(mib, ChassisIndex, $"{hardware.Vendor} {hardware.Model} chassis", 0, 3, "Chassis", hardware.SoftwareVersion,
            hardware.Serial, hardware.Vendor, hardware.Model, replaceable: true);
        AddEntity(mib, ProcessorIndex, $"{hardware.Model} processor", ChassisIndex, 9, "Processor", "", "", hardware.Vendor, "",
            replaceable: false);
        foreach (Port port in facts.Node.Ports)
            AddEntity(mib, FirstPortIndex + port.Interface.PhysicalNumber, port.Interface.Name, ProcessorIndex, 10, port.Interface.Name, "",
                "", "", "", replaceable: false);
    }

    /// <param name="class">chassis(3), module(9), port(10).</param>
    private static void AddEntity(
        MibBuilder mib, int index, string description, int containedIn, int @class, string name, string software, string serial,
        string vendor, string model, bool replaceable) =>
        mib.Row(s_entPhysicalEntry, (uint)index)
            .Set(2, description)
            .Set(3, new ObjectIdentifier(0, 0))
            .Set(4, containedIn)
            .Set(5, @class)
            .Set(6, containedIn == 0 ? -1 : index % FirstPortIndex)
            .Set(7, name)
            .Set(8, "")
            .Set(9, "")
            .Set(10, software)
            .Set(11, serial)
            .Set(12, vendor)
            .Set(13, model)
            .Set(14, "")
            .Set(15, "")
            .Set(16, replaceable ? 1 : 2);
}
