namespace Towpath.Server;

/// <summary>Looks through tables and names: millions of rows take a processor a second. See <see cref="FewAtOnce"/>.</summary>
internal sealed class TableScans(TimeProvider time) : FewAtOnce(Most, time)
{
    public static int Most => HalfOfProcessors;
}
