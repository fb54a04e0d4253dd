namespace Towpath.Testing;

/// <summary>
/// Golden answers in <c>test/Approved</c>. With <c>TOWPATH_APPROVE=1</c> they are written instead of compared, to be reviewed like code.
/// </summary>
public static class Golden
{
    public static void Match(string name, string actual)
    {
        string path = Path.Combine(Repository.Root, "test", "Approved", name);
        if (Environment.GetEnvironmentVariable("TOWPATH_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }
        Assert.True(File.Exists(path), $"{path} does not exist; run with TOWPATH_APPROVE=1 and review it. Actual:\n{actual}");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
