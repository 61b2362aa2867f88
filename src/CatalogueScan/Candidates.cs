using Quintet.Analyzers.Catalogue;

namespace Quintet.CatalogueScan;

/// <summary>
/// The visible methods that reach a seed, one line for all overloads, nearest first within their type:
/// <code>state  kind  depth  member  evidence</code>
/// </summary>
internal static class Candidates
{
    public static IReadOnlyList<string> Among(
        CallGraph graph, IReadOnlyDictionary<string, Reached> reached, CatalogueView catalogue, ScanOptions options)
    {
        var names = graph.Methods.Values.Select(static method => $"{method.Type}.{method.Name}").ToHashSet(StringComparer.Ordinal);
        return
        [
            .. from found in reached.Values
               where graph.Methods.TryGetValue(found.Id, out _)
               let method = graph.Methods[found.Id]
               where method.IsVisible && !method.ReturnsAwaitable && method.Name is not (".cctor" or "Finalize" or "Dispose")
               where method.Type.StartsWith(options.Namespace, StringComparison.Ordinal)
               where options.WithTwin || !names.Contains($"{method.Type}.{method.Name}Async")
               group found by ApiCatalogue.WithoutParameters(found.Id) into overloads
               let nearest = overloads.MinBy(static overload => overload.Depth)
               let state = catalogue.StateOf(graph.Methods[nearest.Id])
               where !options.OnlyNew || state == "new"
               orderby overloads.Key
               select $"{state,-6}  {nearest.Kind,-8}  {nearest.Depth}  {overloads.Key}  {Evidence(nearest)}",
        ];
    }

    private static string Evidence(Reached found) => string.Join(" → ", found.Path.Skip(1).Select(ShortName));

    private static string ShortName(string id)
    {
        var words = ApiCatalogue.WithoutParameters(id)[2..].Split('.');
        return words.Length < 2 ? words[0] : $"{words[^2]}.{words[^1]}";
    }
}
