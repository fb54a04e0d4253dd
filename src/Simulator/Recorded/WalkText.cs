using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>
/// What <c>snmpwalk -On</c> prints: <c>.1.3.6.1.2.1.1.7.0 = INTEGER: 6</c>. A value may go on over further lines; the next line that begins
/// with an object identifier and an equals sign ends it.
/// </summary>
public static partial class WalkText
{
    public static RecordedWalk Read(TextReader reader)
    {
        var rows = ImmutableArray.CreateBuilder<VarBind>();
        var unread = ImmutableArray.CreateBuilder<string>();
        string? oid = null;
        var text = new StringBuilder();
        int number = 0, start = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            Match entry = Entry().Match(line);
            if (entry.Success)
            {
                Finish();
                (oid, start) = (entry.Groups[1].Value, number);
                text.Append(line, entry.Length, line.Length - entry.Length);
            }
            else if (line.StartsWith('#') && !WalkValue.IsOpenText(text))
            {
                // A remark that somebody put between the entries.
            }
            else if (oid is not null)
            {
                text.Append('\n').Append(line);
            }
            else if (line.Length > 0)
            {
                unread.Add(string.Create(CultureInfo.InvariantCulture, $"line {number}: no OID = TYPE: value"));
            }
        }
        Finish();
        return new RecordedWalk(rows.ToImmutable(), unread.ToImmutable());

        void Finish()
        {
            if (oid is null) return;
            string value = text.ToString();
            text.Clear();
            if (WalkValue.IsRemark(value)) return;
            if (ObjectIdentifier.TryParse(oid, null, out ObjectIdentifier? instance) && Snmprec.IsSendable(instance)
                && WalkValue.Read(value) is { } read)
                rows.Add(new VarBind(instance, read));
            else
                unread.Add(string.Create(CultureInfo.InvariantCulture,
                    $"line {start}: '{(value.Length > 60 ? value[..60] + "..." : value)}' is no value"));
        }
    }

    [GeneratedRegex(@"^(\.?\d+(?:\.\d+)+) = ?", RegexOptions.CultureInvariant)]
    private static partial Regex Entry();
}
