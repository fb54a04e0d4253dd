using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// entPhysicalTable (ENTITY-MIB, RFC 6933), index entPhysicalIndex: description .2, class .5 (3 chassis, 9 module), name .7, software
/// revision .10, serial number .11, manufacturer .12, model .13. The first chassis that has a serial number or model is the device's; a
/// stack's members are all in one table.
/// </summary>
internal static class EntPhysicalTable
{
    private const uint Description = 2, Class = 5, Name = 7, SoftwareRevision = 10, SerialNumber = 11, Manufacturer = 12, Model = 13;
    private const int Chassis = 3, Module = 9;
    internal static readonly TableSpec Spec = new(EntityModule.EntPhysicalTable, "1.3.6.1.2.1.47.1.1.1.1", Class, SoftwareRevision,
        SerialNumber, Manufacturer, Model, Name, Description);

    public static SnmpSource Source { get; } = new([Spec], ReadAsync);

    private static async Task ReadAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        bool found = false;
        string? chassisSoftware = null, anySoftware = null;
        await run.ReadAsync(Spec, row =>
        {
            string? software = First(row.Text(SoftwareRevision));
            anySoftware ??= software;
            int? kind = row.Small(Class, 255);
            if (kind == Module) AddModule(run, row);
            if (kind != Chassis) return RowOutcome.Fact;
            chassisSoftware ??= software;

            string serial = row.Text(SerialNumber), model = row.Text(Model);
            if (found || serial.Length + model.Length == 0) return RowOutcome.Fact;
            found = true;
            run.Draft.Identity = run.Draft.Identity with
            {
                SerialNumber = First(serial) ?? run.Draft.Identity.SerialNumber,
                Model = First(model),
                Manufacturer = First(row.Text(Manufacturer)),
            };
            return RowOutcome.Fact;
        }, cancellationToken);

        // Cisco's modules say "15.0(2)SE, RELEASE SOFTWARE (fc1)": the version ends at the comma. A module's own software (a linecard's
        // FPGA, say) is a worse answer than what sysDescr tells about the device.
        string? told = chassisSoftware ?? run.Draft.Identity.SoftwareVersion ?? anySoftware;
        run.Draft.Identity = run.Draft.Identity with { SoftwareVersion = told is null
            ? null : SoftwareVersion.Of(told).Version ?? told.Split(',')[0] };
    }

    private static void AddModule(CollectionRun run, TableRow row)
    {
        if (row.Index.Length != 1 || row.Index[0] > int.MaxValue) return;
        run.Draft.Of(EntityModule.Layout).Add(new EntityModule((int)row.Index[0], row.Text(Name), row.Text(Description),
            row.Text(Manufacturer), row.Text(Model),
            row.Text(SerialNumber), row.Text(SoftwareRevision)));
    }

    private static string? First(string text) => ScalarAnswers.NullIfEmpty(text);
}
