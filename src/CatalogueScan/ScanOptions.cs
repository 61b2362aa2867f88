using System.Globalization;

namespace Quintet.CatalogueScan;

/// <summary>What to show of the scan.</summary>
internal sealed record ScanOptions(int Depth, bool WithTwin, bool OnlyNew, string Namespace)
{
    public const string Usage =
        """
        CatalogueScan [--depth N] [--with-twin] [--new] [--in NAMESPACE]
          --depth N        follow calls this deep from a public method to a wait or a system call (default 5)
          --with-twin      show methods that have an asynchronous twin as well
          --new            leave out what the catalogue lists already
          --in NAMESPACE   only types whose full name starts so
        """;

    /// <summary>The options, or null with what is wrong with them.</summary>
    public static ScanOptions? Parse(string[] args, out string error)
    {
        error = "";
        var found = new ScanOptions(Depth: 5, WithTwin: false, OnlyNew: false, Namespace: "");
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--with-twin": found = found with { WithTwin = true }; break;
                case "--new": found = found with { OnlyNew = true }; break;
                case "--in" when value.Length > 0: found = found with { Namespace = value }; i++; break;
                case "--depth" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var depth):
                    found = found with { Depth = depth };
                    i++;
                    break;
                default: error = $"'{args[i]}' is not understood"; return null;
            }
        }

        return found;
    }
}
