using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// entPhysicalTable (ENTITY-MIB, RFC 6933), index entPhysicalIndex: description .2, class .5 (3 chassis, 9 module, 11 stack), name .7,
/// software revision .10, serial number .11, manufacturer .12, model .13. The device's serial number, model and manufacturer are each from
/// the first chassis that tells it, else from the first stack, else, below a stack without any chassis, from its first module: some agents
/// write the members of a stack so. The device's version is the first software revision of a chassis; that of modules counts where no other
/// object tells the device's, and all modules that tell one tell the same: a linecard's FPGA has a revision, too.
/// </summary>
internal static class EntPhysicalTable
{
    private const uint Description = 2, Class = 5, Name = 7, SoftwareRevision = 10, SerialNumber = 11, Manufacturer = 12, Model = 13;
    private const int Chassis = 3, Module = 9, Stack = 11;
    internal static readonly TableSpec Spec = new(EntityModule.EntPhysicalTable, "1.3.6.1.2.1.47.1.1.1.1", Class, SoftwareRevision,
        SerialNumber, Manufacturer, Model, Name, Description);

    public static SnmpSource Source { get; } = new([Spec], ReadAsync);

    private static async Task ReadAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        var chassis = new Told();
        var stack = new Told();
        var module = new Told();
        bool hasChassis = false, hasStack = false;
        string? chassisSoftware = null;
        HashSet<string> partsSoftware = [];
        await run.ReadAsync(Spec, row =>
        {
            string? software = First(row.Text(SoftwareRevision));
            int? kind = row.Small(Class, 255);
            if (kind is Module or null && software is not null) partsSoftware.Add(software);
            if (kind == Module) AddModule(run, row);
            if (kind == Chassis) chassisSoftware ??= software;
            hasChassis |= kind == Chassis;
            hasStack |= kind == Stack;
            (kind switch { Chassis => chassis, Stack => stack, Module => module, _ => null })?.Take(row);
            return RowOutcome.Fact;
        }, cancellationToken);

        Told[] parts = hasChassis || !hasStack ? [chassis, stack] : [stack, module];
        run.Draft.Identity = run.Draft.Identity with
        {
            SerialNumber = FirstOf(part => part.SerialNumber) ?? run.Draft.Identity.SerialNumber,
            Model = FirstOf(part => part.Model) ?? run.Draft.Identity.Model,
            Manufacturer = FirstOf(part => part.Manufacturer) ?? run.Draft.Identity.Manufacturer,
            SoftwareVersion = (chassisSoftware is null ? null : SoftwareVersion.In(chassisSoftware)) ?? run.Draft.Identity.SoftwareVersion
                ?? (partsSoftware.Count == 1 ? SoftwareVersion.In(partsSoftware.Single()) : null),
        };

        string? FirstOf(Func<Told, string?> field) => parts.Select(field).FirstOrDefault(text => text is not null);
    }

    private static void AddModule(CollectionRun run, TableRow row)
    {
        if (row.Index.Length != 1 || row.Index[0] > int.MaxValue) return;
        run.Draft.Of(EntityModule.Layout).Add(new EntityModule((int)row.Index[0], row.Text(Name), row.Text(Description),
            row.Text(Manufacturer), row.Text(Model),
            row.Text(SerialNumber), row.Text(SoftwareRevision)));
    }

    private static string? First(string text) => ScalarAnswers.NullIfEmpty(text);

    /// <summary>What the parts of one class tell, each field from the first of them that has it.</summary>
    private sealed class Told
    {
        public string? SerialNumber { get; private set; }
        public string? Model { get; private set; }
        public string? Manufacturer { get; private set; }

        public void Take(TableRow row)
        {
            SerialNumber ??= First(row.Text(EntPhysicalTable.SerialNumber));
            Model ??= First(row.Text(EntPhysicalTable.Model));
            Manufacturer ??= First(row.Text(EntPhysicalTable.Manufacturer));
        }
    }
}
