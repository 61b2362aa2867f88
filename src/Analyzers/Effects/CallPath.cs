namespace Quintet.Analyzers.Effects;

/// <summary>The evidence as the user reads it: <c>Handle → Refresh → File.ReadAllText</c>.</summary>
internal static class CallPath
{
    private const string Arrow = " → ";

    public static string Of(BodySummary body, Reach reach)
    {
        var names = new List<string> { body.Name };
        foreach (var link in reach.Links)
        {
            // CPU work of a body's own has evidence, not a name; the message tells it apart.
            if (link.Next is null && link.Step.Evidence is not null && link.Step.Entry is null && link.Kind != StepKind.Blocks) break;
            names.Add(link.Step.Name);
        }

        return string.Join(Arrow, names);
    }
}
