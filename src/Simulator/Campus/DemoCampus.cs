namespace Towpath.Simulator;

/// <summary>The network of the demo: a campus, a wide-area network that nobody manages, and a branch.</summary>
public static class DemoCampus
{
    /// <summary>The description that comes with the program.</summary>
    public static NetworkDescription Load()
    {
        using Stream file = typeof(DemoCampus).Assembly.GetManifestResourceStream("campus.json")!;
        using var reader = new StreamReader(file);
        return NetworkDescription.Parse(reader.ReadToEnd());
    }
}
