using Npgsql;
using Towpath.Storage.Postgres;

namespace Towpath.Storage.Tests;

public sealed class PostgresAddressTests : IDisposable
{
    private const string Remote = "Host=db1.example.net;Database=towpath;Username=towpath";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("towpath-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("Host=/run/postgresql;Database=towpath", true)]
    [InlineData("Database=towpath; host=db1.example.net", true)]
    [InlineData("postgresql://towpath@db1.example.net/towpath", true)]
    [InlineData("/var/lib/towpath/towpath.db", false)]
    [InlineData("towpath.db", false)]
    public void A_connection_is_told_from_a_file(string text, bool isConnection) =>
        Assert.Equal(isConnection, PostgresAddress.IsMeant(text));

    [Fact]
    public void The_server_is_verified_unless_it_is_on_a_socket_of_this_machine()
    {
        Assert.Equal(SslMode.VerifyFull, Words(PostgresAddress.Parse(Remote, null)).SslMode);
        Assert.Equal(SslMode.VerifyFull, Words(PostgresAddress.Parse(Remote + ";SSL Mode=VerifyFull", null)).SslMode);
        Assert.Equal(SslMode.Disable, Words(PostgresAddress.Parse("Host=/run/postgresql;Database=towpath", null)).SslMode);
        Assert.Equal(SslMode.VerifyFull, Words(PostgresAddress.Parse("Host=127.0.0.1;Database=towpath", null)).SslMode);
    }

    [Theory]
    [InlineData(Remote + ";SSL Mode=Require", "does not verify")]
    [InlineData(Remote + ";SSL Mode=Disable", "does not verify")]
    [InlineData(Remote + ";Password=hunter2", "--database-password-file")]
    [InlineData("Host=db1.example.net", "one Database")]
    [InlineData("Host=db1,db2;Database=towpath", "one Host")]
    [InlineData("Host=db1.example.net;Database=towpath;Pasword=hunter2", "not known")]
    [InlineData("postgres://towpath:hunter2@db1.example.net/towpath", "A URL is not understood")]
    public void What_cannot_be_used_says_what_to_write_and_repeats_no_secret(string text, string said)
    {
        var refused = Assert.Throws<FormatException>(() => PostgresAddress.Parse(text, null));
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_password_is_the_first_line_of_a_file_that_nobody_else_can_read()
    {
        string path = Path.Combine(_folder.FullName, "password");
        File.WriteAllText(path, "hunter2\nnot this\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead);
            Assert.Contains("chmod 600", Assert.Throws<FormatException>(() => PostgresAddress.Parse(Remote, path)).Message,
                StringComparison.Ordinal);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        PostgresAddress address = PostgresAddress.Parse(Remote, path);

        Assert.Equal("hunter2", Words(address).Password);
        Assert.Equal("towpath on db1.example.net:5432", address.ToString());
        Assert.Contains("cannot be read", Assert.Throws<FormatException>(() => PostgresAddress.Parse(Remote, path + "2")).Message,
            StringComparison.Ordinal);
    }

    private static NpgsqlConnectionStringBuilder Words(PostgresAddress address) => new(address.ConnectionString);
}
