using System.Reflection;

namespace Quintet.Tests.Package;

/// <summary>The clone that these tests were built from.</summary>
internal static class Checkout
{
    public static string Root { get; } = Path.GetFullPath(Metadata("Root"));

    public static string Configuration { get; } = Metadata("Configuration");

    /// <summary>With <c>QUINTET_UPDATE=1</c> the committed lists are written instead of compared, and the test fails once.</summary>
    public static bool Updates => Environment.GetEnvironmentVariable("QUINTET_UPDATE") == "1";

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Compares lines both ways, so that a missing and a superfluous one are both told by name.</summary>
    public static void AssertMatches(string committed, IEnumerable<string> actual)
    {
        var found = actual.ToList();
        if (Updates)
        {
            File.WriteAllText(committed, string.Concat(found.Select(line => line + "\n")));
            Assert.Fail($"{Path.GetFileName(committed)} was written anew; look at the difference and run again.");
        }

        var expected = File.ReadAllLines(committed);
        var missing = expected.Except(found).Select(line => "missing:     " + line);
        var superfluous = found.Except(expected).Select(line => "superfluous: " + line);
        var differences = missing.Concat(superfluous).ToList();
        Assert.True(differences.Count == 0, $"{Path.GetFileName(committed)} differs:\n" + string.Join("\n", differences));
    }

    private static string Metadata(string key) =>
        typeof(Checkout).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
