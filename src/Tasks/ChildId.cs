using System.Security.Cryptography;
using System.Text;

namespace Towpath.Tasks;

/// <summary>The id of a child that was given none: a name-based UUID (RFC 9562, version 8) of what the child is.</summary>
internal static class ChildId
{
    public static TaskId Of(TaskId parent, NewTask child)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"task {parent} {child.Kind} {child.Input}"), hash);
        hash[6] = (byte)(hash[6] & 0x0f | 0x80);
        hash[8] = (byte)(hash[8] & 0x3f | 0x80);
        return new TaskId(new Guid(hash[..16], bigEndian: true));
    }
}
